"""Whatever is pressed in whatever order: never two adults at once, and no gap that the coordinators don't see."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from config import leaving
from coordination.agencies.models import Membership
from coordination.agencies.rules import NotNow, holds
from coordination.clocks.rules import today
from coordination.people import access
from coordination.staffing.commands import end_membership
from coordination.support.commands import ending, handover, naming, substitutes
from coordination.support.commands.silence import look_after_supports
from coordination.support.models import Substitution, Support
from coordination.support.queries.naming import standing
from tests.access.browser import undone
from tests.acts import begun
from tests.coordination.support.changes import alone, in_days, told
from tests.coordination.support.namings import accepted, named

PEOPLE = ["nurse", "social_worker", "youth_worker", "teacher"]
who = st.sampled_from(PEOPLE)
yes = st.booleans()
STEP = st.one_of(
    st.tuples(st.just("name"), who),
    st.tuples(st.just("name"), who),
    st.tuples(st.just("accept")),
    st.tuples(st.just("accept")),
    st.tuples(st.just("decline")),
    st.tuples(st.just("take_back")),
    st.tuples(st.just("substitute"), who),
    st.tuples(st.just("end_substitute")),
    st.tuples(st.just("hand_over"), yes),
    st.tuples(st.just("hand_over"), yes),
    st.tuples(st.just("end"), st.sampled_from(["adult_left", "wish", "other"]), yes),
    st.tuples(st.just("end"), st.sampled_from(Support.EndReason.values), yes),
    st.tuples(st.just("no_longer"), st.sampled_from(Support.EndReason.values)),
    st.tuples(st.just("leave"), who),
)


# Where a history begins: most of what can go wrong needs an adult, and often the next one, too.
BEGINNINGS = [
    [],
    [("name", "nurse"), ("accept",)],
    [("name", "nurse"), ("accept",), ("name", "social_worker"), ("accept",)],
    [("name", "nurse"), ("accept",), ("substitute", "youth_worker")],
]


def every_end(test):
    """Chance alone seldom ends a history with each reason."""
    for reason in Support.EndReason.values:
        test = example(beginning=BEGINNINGS[1], steps=[("end", reason, False), ("name", "teacher")])(test)
    return test


class History:
    """One young person, and whatever happens around their adults."""

    def __init__(self, cast):
        self.cast, self.by = cast, cast.coordinator
        self.person = begun(cast).young_person
        pks = [getattr(cast, name).pk for name in PEOPLE]
        found = Membership.objects.select_related("user", "agency__area").in_bulk(pks)
        self.members = dict(zip(PEOPLE, (found[pk] for pk in pks), strict=True))
        accepted(*(one.agency for one in self.members.values()))

    def play(self, step):
        """One step, as far as it may be taken now."""
        name, *more = step
        with suppress(NotNow):
            getattr(self, name)(*more)

    def name(self, who):
        active, _coming = standing(self.person)
        named(self.person, self.members[who], by=self.by, predecessor=active)

    def _of_coming(self, command, **more):
        _active, coming = standing(self.person)
        if coming:
            command(support=coming, **({"by": coming.adult} | more))

    def accept(self):
        self._of_coming(naming.accept)

    def decline(self):
        self._of_coming(naming.decline)

    def take_back(self):
        self._of_coming(naming.take_back, by=self.by)

    def _of_latest(self, command, **more):
        latest = Support.objects.filter(young_person=self.person).order_by("-began_at", "-pk")
        for support in latest.exclude(began_at=None)[:1]:
            command(support=support, by=self.by, **more)

    def substitute(self, who):
        self._of_latest(substitutes.name_substitute, membership=self.members[who], until=in_days(5))

    def end_substitute(self):
        for one in Substitution.objects.filter(ended_at=None).select_related("support__young_person"):
            substitutes.end_substitute(substitution=one, by=self.by)

    def hand_over(self, sees_on):
        self._of_latest(handover.complete_handover, met_on=today(), sees_on=sees_on)

    def end(self, reason, sees_on):
        self._of_latest(ending.end_support, reason=reason, sees_on=sees_on)

    def no_longer(self, reason):
        self._of_latest(ending.no_longer_waits, reason=reason)

    def leave(self, who):
        member = self.members[who]
        if holds(member):
            end_membership(membership=member, by=self.cast.administrator, on=today())
            member.refresh_from_db()
            leaving.sweep()

    def check(self):
        """What is true at any moment."""
        rows = list(Support.objects.filter(young_person=self.person).order_by("began_at", "pk"))
        active = [one for one in rows if one.state == "active"]
        assert len(active) <= 1
        assert sum(one.state in ("asked", "ready") for one in rows) <= 1
        ended = sorted((one for one in rows if one.state == "ended"), key=lambda one: (one.ended_at, one.pk))
        waits = not active and bool(ended) and ended[-1].end_reason not in Support.FINAL
        left = [one for one in active if not holds(self._fresh(one.adult_id))]
        standing_in = Substitution.objects.filter(support__in=active, ended_at=None)
        assert not left or standing_in.exists(), "nobody works with the young person, and nobody knows"
        expected = [ended[-1].pk] if waits else [one.pk for one in left]
        assert alone(self.cast.coordinator) == alone(self.cast.second_coordinator) == expected
        look_after_supports()
        assert (told(self.cast.second_coordinator, "without_adult", waiting=True) > 0) == bool(expected)
        self._check_sight(active, ended, standing_in)

    def _check_sight(self, active, ended, standing_in):
        works = {one.adult_id for one in active} | set(standing_in.values_list("membership", flat=True))
        sees_on = {one.adult_id for one in ended if one.seen_until}
        works, sees_on = ({pk for pk in pks if holds(self._fresh(pk))} for pks in (works, sees_on))
        sees = {one.pk for one in self.members.values() if access.may(one, "support", self.person)}
        assert works <= sees <= works | sees_on
        assert not Substitution.objects.filter(ended_at=None).exclude(support__state="active").exists()

    def _fresh(self, pk):
        return Membership.objects.select_related("user").get(pk=pk)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@every_end
@example(beginning=BEGINNINGS[3], steps=[("leave", "nurse"), ("leave", "youth_worker")])
@given(beginning=st.sampled_from(BEGINNINGS), steps=st.lists(STEP, min_size=2, max_size=9))
def test_never_two_adults_and_every_gap_is_on_the_desk(cast, beginning, steps):
    with undone():
        history = History(cast)
        for step in beginning:
            history.play(step)
        for step in steps:
            history.play(step)
            history.check()

"""Where the demo's stories are played: a clock that moves, what people press, and what the timetable runs meanwhile.

A story is a generator. It yields how many days ago its next scene was; the stage plays all stories' scenes in the
order of time, each under the clock of its moment, and between them what the timetable would have run.
"""

import heapq
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from uuid import uuid4

import time_machine
from django.http import HttpRequest
from django.urls import resolve, reverse
from django.utils import timezone

from config import merging
from config.demo.young_people import everybody
from config.pages import desks
from coordination.clocks.rules import HELSINKI, is_working_day, today, working_day_after
from coordination.follow_ups import commands as follow_ups
from coordination.follow_ups import queries as follow_up_queries
from coordination.follow_ups.forms import CallForm
from coordination.follow_ups.models import FollowUp
from coordination.outbox import commands as outbox
from coordination.people import access
from coordination.people.models import LikelyDouble, YoungPerson
from coordination.support.commands import sight, silence
from flags.flagging import commands as flagging
from flags.flagging import queries as flag_queries
from flags.flagging import renewing
from flags.flagging.models import Flag
from flags.flagging.rules import needs_guardian
from flags.matching import commands as matching
from pilots.schedules.commands import telling as schedules
from pilots.service_map.commands import telling as surveys

# After the digests of 8.00, when people come to work; scenes of one day come this far apart, until the afternoon.
WORK_BEGINS = time(8, 20)
BETWEEN_SCENES = timedelta(minutes=7)
SCENES_A_DAY = 60


@contextmanager
def clock_at(moment):
    """Everything in here happens at this moment."""
    with time_machine.travel(moment, tick=False):
        yield


class Stage:
    """Plays stories, and is what they press: each method is one person's deed, done through the product's command."""

    def __init__(self, *, progress=lambda words: None):
        self.now = timezone.now()
        self.today = today()
        self.progress = progress
        self.young = everybody(self.today)
        self.ids = {}
        self.cast = None

    # --- Time -------------------------------------------------------------------------------------------------------

    def play(self, stories):
        """Play these generators from their first scene to their last."""
        waiting, scenes, last = [], 0, None
        for number, story in enumerate(stories):
            self._await(waiting, number, story)
        while waiting:
            day, number, story = heapq.heappop(waiting)
            if day != last:
                self._day_breaks(last, day)
                scenes, last = 0, day
            moment = datetime.combine(day, WORK_BEGINS, tzinfo=HELSINKI) + BETWEEN_SCENES * (scenes % SCENES_A_DAY)
            scenes += 1
            with clock_at(min(moment, self.now - timedelta(minutes=1))):
                self._await(waiting, number, story)
        self._morning(working_day_after(last, 1))
        self._morning(self.today)

    def _day_breaks(self, last, day):
        if last:
            self._morning(working_day_after(last, 1))
        if last is None or day.month != last.month:
            self.progress(f"{day:%Y-%m}")

    def _await(self, waiting, number, story):
        """Let the story go on to its next scene, and put it in the queue for that day."""
        days_ago = next(story, None)
        if days_ago is not None:
            heapq.heappush(waiting, (self.day(-days_ago), number, story))

    def day(self, days):
        """The day so many days from today (negative: ago): a working day, the one before where it isn't one."""
        day = self.today + timedelta(days=days)
        while not is_working_day(day):
            day -= timedelta(days=1)
        return day

    def _morning(self, day):
        """What the timetable runs at 8.00 of this day; what ends by date in the night ends here, too.

        Played on the mornings after scenes and on the last one: on others it would find nothing new.
        """
        moment = datetime.combine(day, time(8), tzinfo=HELSINKI)
        if moment > self.now:
            return
        with clock_at(moment):
            flagging.end_expired()
            renewing.remind_of_ends()
            matching.sweep(older_than_seconds=0)
            access.end_by_date()
            silence.look_after_supports()
            sight.keep_all_in_sight()
            follow_ups.look_after_clocks()
            schedules.look_after_schedules()
            surveys.look_after_surveys()
            outbox.make_digests()

    # --- Flags ------------------------------------------------------------------------------------------------------

    def flag(self, who, by, *, phone=True, days=None, told_and_allowed=True, **typed):
        """Flag, for so many days from then (else as long as the area allows), and let the flag meet the others."""
        young, member = self.young[who], self.cast[by]
        flag = flagging.post_flag(
            by=member,
            token=uuid4(),
            **young.identity,
            phone=young.phone if phone else "",
            until=today() + timedelta(days=days or 366),
            told_and_allowed=told_and_allowed,
            guardian_allowed=told_and_allowed and needs_guardian(member.area, young.birth_date),
            legal_ground=None if told_and_allowed else self.cast.legal_grounds[young.town],
            **typed,
        )
        self.ids[who] = flag.young_person_id
        with clock_at(flag.counts_from or timezone.now()):  # once it can't be undone any more
            matching.settle_flag(flag_id=flag.pk)
        return flag

    def renew(self, who, by, *, days):
        """Let one's own flag hold for so many days from then: the young person was asked again."""
        flag = Flag.objects.get(user=self.cast[by].user, young_person=self.ids[who], ended_at=None)
        renewing.renew_flag(
            flag=flag,
            by=self.cast[by],
            token=uuid4(),
            until=today() + timedelta(days=days),
            told_and_allowed=True,
            guardian_allowed=needs_guardian(flag.area, flag.birth_date),
        )

    def post_and_undo(self, who, by):
        """Flag by mistake, and undo it while that is possible."""
        young, member = self.young[who], self.cast[by]
        flag = flagging.post_flag(
            by=member,
            token=uuid4(),
            **young.identity,
            until=today() + timedelta(days=60),
            told_and_allowed=True,
            guardian_allowed=needs_guardian(member.area, young.birth_date),
        )
        flagging.undo_flag(flag=flag, by=member)
        matching.settle_flag(flag_id=flag.pk)

    def withdraw(self, who, by):
        """Take one's own flag back."""
        flag = Flag.objects.get(user=self.cast[by].user, young_person=self.ids[who], ended_at=None)
        flagging.withdraw_flag(flag=flag, by=self.cast[by])
        matching.settle_flag(flag_id=flag.pk)

    # --- Follow-ups -------------------------------------------------------------------------------------------------

    def person(self, who):
        """The young person's row, through the pointer that a joined row leaves."""
        row = YoungPerson.objects.get(pk=self.ids[who])
        return row.joined_to or row

    def follow_up(self, who):
        """The latest follow-up."""
        return FollowUp.objects.filter(young_person=self.person(who)).latest("opened_at")

    def take_up(self, who, by):
        follow_ups.take_up(follow_up=self.follow_up(who), by=self.cast[by])

    def begin(self, who, by):
        """Begin from a telephone call."""
        young = self.young[who]
        begun = follow_ups.begin_from_call(**young.identity, phone=young.phone, by=self.cast[by])
        self.ids[who] = begun.young_person_id

    def ask_about(self, who, adult, by):
        follow_ups.add_adult(follow_up=self.follow_up(who), membership=self.cast[adult], by=self.cast[by])

    def call(
        self, who, by, *, reached=True, channel="phone", decisions=None, said_by="young_person", step=None, pause=False,
        services=(), unmet=(), **contact,
    ):  # fmt: skip
        """Save a call sheet. `decisions` is {adult: (takes part, may know)}, `step` is (what, days from then)."""
        follow_up = self.follow_up(who)
        self.look(by, "follow_ups:sheet", public_id=follow_up.public_id)
        asked = {adult.membership_id: adult for adult in follow_up.asked.filter(left_at=None)}
        what, when = step or ("", None)
        attempt = {
            "at": timezone.now(),
            "channel": channel,
            "reached": reached,
            "identity_checked": ("face" if channel == "face" else "known_number") if reached else "",
        }
        follow_ups.save_call(
            follow_up=follow_up,
            by=self.cast[by],
            version=follow_up.version,
            token=uuid4(),
            attempt=attempt,
            decisions=[
                follow_ups.Decision(asked[self.cast[adult].pk], takes_part, may_know, said_by)
                for adult, (takes_part, may_know) in (decisions or {}).items()
            ],
            next_step=what,
            next_step_on=working_day_after(today() + timedelta(days=when - 1), 1) if what else None,
            pause=pause,
            contact={name: getattr(follow_up.young_person, name) for name in CallForm.CONTACT} | contact,
            services=services,
            unmet=unmet,
        )

    def refuse(self, who, adult, by):
        """The young person forbids this adult's flag."""
        follow_up = self.follow_up(who)
        follow_ups.refuse_adult(
            follow_up=follow_up,
            adult=follow_up.asked.get(membership=self.cast[adult]),
            said_by="young_person",
            by=self.cast[by],
        )

    def close(self, who, by, outcome):
        follow_up = self.follow_up(who)
        follow_ups.close_follow_up(
            follow_up=follow_up, by=self.cast[by], outcome=outcome, version=follow_up.version
        )  # fmt: skip

    def exclude(self, who, by, *, adult, whole_agency=False):
        """Keep an adult, or their whole agency, from learning of the young person."""
        member = self.cast[adult]
        follow_ups.exclude(
            follow_up=self.follow_up(who),
            by=self.cast[by],
            user=None if whole_agency else member.user,
            agency=member.agency if whole_agency else None,
        )

    def decide_double(self, one, other, by, *, same):
        """Say of a likely double whether it is one person."""
        first, second = sorted([self.ids[one], self.ids[other]])
        double = LikelyDouble.objects.get(first=first, second=second)
        merging.decide(double=double, same=same, by=self.cast[by])
        matching.sweep(older_than_seconds=-1)

    # --- Looking ----------------------------------------------------------------------------------------------------

    def look(self, by, page, **which):
        """Open a page, up to the row that it leaves in the use log: through the same door, but nothing is drawn."""
        request = HttpRequest()
        request.resolver_match, request.membership = resolve(reverse(page, kwargs=which)), self.cast[by]
        if page == "follow_ups:sheet":
            follow_up_queries.follow_up_or_404(request, which["public_id"])
        elif page == "flagging:mine":
            flag_queries.page_of_own_flags(request, page=1)
        elif page == "pages:desk":
            access.look(request, people=desks.desk(request.membership)["people"], purpose="desk")
        else:
            access.person_or_404(request, which["public_id"], to="view_network")

    def look_at_person(self, who, *members):
        """Each of these opens the young person's page."""
        for by in members:
            self.look(by, "pages:person", public_id=self.person(who).public_id)

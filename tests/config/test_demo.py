"""The demo: loaded once and whole, by the product's own commands, and full enough that every page has something."""

import io
import tempfile
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import RequestFactory, TestCase, override_settings
from django.utils import timezone

from config import demo
from config.demo import loading
from config.demo.young_people import everybody
from coordination.agencies.models import Agency, Area, CovenantParty, Membership, User
from coordination.agencies.rules import NotNow, check_may_flag
from coordination.cards.queries import said_in
from coordination.clocks.half_years import counted_halves
from coordination.follow_ups.models import AskedAdult, FollowUp, Referral
from coordination.follow_ups.queries import late
from coordination.follow_ups.states import FollowUpState
from coordination.interface.small_numbers import JOINED, NOTHING
from coordination.outbox.models import Mail, Notification
from coordination.outbox.queries import demo_mails
from coordination.outbox.states import MailState
from coordination.people.drifting import drift
from coordination.people.models import Exclusion, Ground, LikelyDouble, YoungPerson
from coordination.people.rules import birth_date_of, clean_hetu
from coordination.services.models import Service, UnmetNeed
from coordination.staffing.models import Invitation
from coordination.support.models import HalfYearFact, OverlapProposal, OwnPage, OwnRequest, Rating, Support, Whereabouts
from coordination.support.opening import Opening, state_of
from coordination.support.queries import overlaps
from coordination.support.queries.figures import figures
from coordination.support.states import OverlapState, SupportState
from coordination.use_log.models import Look, Seal
from flags.flagging.models import Flag
from flags.matching.models import Match
from tests.config.demo_of_pilots import OfPilots

YES = AskedAdult.TakesPart.YES


def load(**options):
    """What the command says."""
    out = io.StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


# Loading takes seconds, so all tests of the loaded demo share one process.
@pytest.mark.xdist_group("demo")
class TestLoaded(OfPilots, TestCase):
    """What stands after one load."""

    @classmethod
    def setUpClass(cls):
        folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        own = {"DATA_DIR": folder, "USE_LOG_HEADS_FILE": folder / "heads.txt"}
        # Django's tests put mails in a list; the demo keeps them as files.
        cls.enterClassContext(override_settings(EMAIL_BACKEND="config.demo_mail.Backend", **own))
        super().setUpClass()

    @classmethod
    def setUpTestData(cls):
        load(verbosity=0)

    def test_every_state_and_outcome_of_a_follow_up(self):
        for state in FollowUpState:
            assert FollowUp.objects.filter(state=state).exists(), state
        for outcome in FollowUp.Outcome:
            assert FollowUp.objects.filter(outcome=outcome).exists(), outcome
        for origin in FollowUp.Origin:
            assert FollowUp.objects.filter(origin=origin).exists(), origin
        assert {one.state for one in late()} >= {FollowUpState.WAITING, FollowUpState.TAKEN_UP}
        assert late().filter(reached_at__isnull=False, next_step="").exists()

    def test_every_kind_of_flag(self):
        flags = Flag.objects.filter(ended_at=None)
        unmatched = flags.exclude(young_person__in=Match.objects.values("young_person"))
        assert unmatched.count() >= 10
        assert unmatched.filter(until__lte=timezone.localdate() + timedelta(days=7)).exists()
        assert flags.filter(legal_ground__isnull=False).exists()
        assert flags.filter(guardian_allowed=True).exists()
        assert flags.exclude(hetu=None).exists()
        assert Flag.objects.filter(end_reason=Flag.EndReason.WITHDRAWN).exists()
        assert not Flag.objects.filter(settled_at=None).exists()

    def test_those_who_take_part_see_each_other_until_it_is_taken_back(self):
        parts = Ground.objects.filter(kind=Ground.Kind.PARTICIPATION)
        assert parts.filter(ended_at=None, until=None).count() >= 15
        assert parts.filter(ended_at__isnull=False).exists()
        assert AskedAdult.objects.filter(takes_part=YES, membership__agency__sensitive=True).exists()
        assert AskedAdult.objects.filter(takes_part=AskedAdult.TakesPart.LATER).exists()
        assert AskedAdult.objects.filter(takes_part=AskedAdult.TakesPart.NO, may_know=AskedAdult.MayKnow.YES).exists()

    def test_doubles_exclusions_and_non_disclosure(self):
        for state in LikelyDouble.State:
            assert LikelyDouble.objects.filter(state=state).exists(), state
        assert LikelyDouble.objects.filter(first__hetu_index__isnull=False, second__hetu_index=None).exists()
        assert YoungPerson.objects.exclude(joined_to=None).exists()
        assert Exclusion.objects.exclude(user=None).exists()
        assert Exclusion.objects.exclude(agency=None).exists()
        assert YoungPerson.objects.filter(non_disclosure=True).exists()

    def test_towns_and_agencies(self):
        assert dict(Area.objects.values_list("name_fi", "threshold")) == {"Mikkeli": 2, "Kerava": 1}
        mikkeli = Agency.objects.filter(area__name_fi="Mikkeli")
        assert mikkeli.count() >= 12
        assert set(mikkeli.values_list("sector", flat=True)) == set(Agency.Sector.values)
        assert mikkeli.filter(sensitive=True).count() == 1
        assert set(mikkeli.filter(covenants=None).values_list("name_fi", flat=True)) == {
            "Mikkeli",
            "Valmennus Virta Oy",
        }
        assert CovenantParty.objects.filter(area__name_fi="Kerava").exists()

    def test_services_and_what_was_missing(self):
        assert Service.objects.filter(area__name_fi="Mikkeli").count() >= 10
        assert set(Service.objects.values_list("threshold", flat=True)) == set(Service.Threshold.values)
        assert Referral.objects.filter(follow_up__young_person__non_disclosure=True).exists()
        assert Referral.objects.filter(follow_up__outcome="referred").exists()
        assert UnmetNeed.objects.exclude(source=None).count() >= 3

    def test_doubles_closed_asked_about_and_nobody_asked(self):
        assert OverlapProposal.objects.get(state=OverlapState.CLOSED).hours_freed
        asked = OverlapProposal.objects.get(state=OverlapState.PROPOSED)
        assert asked.asked.user.email == "riikka@mikkeli.example"
        around = overlaps.around(asked.support, asked.support.adult)
        assert around.counted.agencies_now < around.counted.agencies_then
        free = [one for one in around.double if not one.in_question]
        assert any(overlaps.could_be_asked(one, asked.support.adult) for one in free)

    def test_own_pages_and_what_is_asked_for_on_them(self):
        assert {state_of(one) for one in OwnPage.objects.all()} >= {Opening.WAITING, Opening.OPENED}
        waiting = OwnRequest.objects.filter(handled_at=None).values_list("kind", flat=True)
        assert set(waiting) == {OwnRequest.Kind.CALL, OwnRequest.Kind.CHANGE}
        assert Rating.objects.count() >= 2
        active = Support.objects.filter(state=SupportState.ACTIVE)
        assert active.filter(whereabouts__moment=Whereabouts.Moment.NAMING).exists()
        assert active.filter(whereabouts=None).exists()

    def test_half_years_are_counted_and_told(self):
        mikkeli, kerava = Area.objects.get(name_fi="Mikkeli"), Area.objects.get(name_fi="Kerava")
        assert len(counted_halves(HalfYearFact, mikkeli)) >= 4
        assert not counted_halves(HalfYearFact, kerava)
        told = figures(mikkeli)
        assert told.lasting.told.median
        latest = {name: str(column.cells[-1]) for name, column in told.columns.items()}
        for name in (
            "days",
            "months",
            "caseload",
            "stars",
            "agencies_then",
            "agencies_now",
            "closed",
            "why_not_needed",
        ):
            assert latest[name] not in (JOINED, NOTHING, "<5"), (name, latest)

    def test_whether_the_action_cards_helped_is_told_of_some_roles(self):
        said = said_in(Area.objects.get(name_fi="Mikkeli"))
        told = {(role, answer) for role, of_role in said.items() for answer, one in of_role.items() if one.number}
        assert told >= {("school", "yes"), ("school", "partly"), ("child_welfare", "yes")}
        assert ("health_care", "yes") not in told

    def test_only_invented_people(self):
        invented = {(one.first_name, one.last_name): one for one in everybody(timezone.localdate()).values()}
        people = YoungPerson.objects.filter(joined_to=None)
        assert 55 <= people.count() <= 80
        for person in people:
            assert (person.first_name, person.last_name) in invented
            assert person.phone in ("", invented[person.first_name, person.last_name].phone)
        for flag in Flag.objects.all():
            young = invented[flag.first_name, flag.last_name]
            assert flag.birth_date == young.birth_date
            assert flag.phone in ("", young.phone)
            assert flag.hetu in (None, young.hetu)

    def test_every_account_signs_in(self):
        for account in demo.ACCOUNTS:
            user = authenticate(RequestFactory().post("/"), email=account["email"], password=account["password"])
            assert user, account["email"]
            assert user.get_full_name() == account["name"]
            agencies = ", ".join(one.agency.name_fi for one in user.memberships.open().order_by("pk"))
            assert agencies == account["agency"]
        assert {one.language for one in User.objects.all()} == set(User.Language.values)
        assert Membership.objects.open().filter(user__email="riikka@mikkeli.example").count() == 2

    def test_two_learn_why_they_cannot_flag(self):
        for email in ("veera@mikkeli.example", "ulla@mikkeli.example"):
            membership = Membership.objects.open().get(user__email=email)
            with pytest.raises(NotNow):
                check_may_flag(membership, membership.area)

    def test_notices_and_mails(self):
        assert Notification.objects.filter(seen_at=None, done_at=None).exists()
        assert Notification.objects.exclude(seen_at=None).exists()
        assert set(Mail.objects.values_list("state", flat=True)) <= {MailState.SENT, MailState.EMPTY}
        assert set(Mail.objects.values_list("kind", flat=True)) == set(Mail.Kind.values)
        mails = demo_mails()
        assert len(mails) >= 20
        assert max(mail.at for mail in mails) <= timezone.now()
        assert Invitation.objects.filter(accepted_at=None, expires_at__gt=timezone.now()).exists()

    def test_everything_lies_in_the_past(self):
        now = timezone.now()
        for model, field in ((Flag, "made_at"), (FollowUp, "opened_at"), (Look, "at"), (Notification, "made_at")):
            moments = model.objects.order_by(field).values_list(field, flat=True)
            assert moments.last() <= now, model
        assert Flag.objects.order_by("made_at").first().made_at < now - timedelta(days=120)

    def test_use_log_and_access_are_in_order(self):
        assert Look.objects.count() >= 100
        assert Seal.objects.exists()
        out = io.StringIO()
        call_command("verify_use_log", stdout=out, stderr=out, verbosity=0)
        assert "In order" in out.getvalue()
        assert not list(drift())

    def test_a_second_load_changes_nothing(self):
        counts = [model.objects.count() for model in (User, YoungPerson, Flag, FollowUp, Look, Mail)]
        assert "nothing was loaded" in load()
        assert [model.objects.count() for model in (User, YoungPerson, Flag, FollowUp, Look, Mail)] == counts


@pytest.mark.django_db
def test_an_interrupted_load_leaves_nothing():
    def half_way(stage):
        next(loading._opening(stage))
        raise KeyboardInterrupt

    with mock.patch.object(loading, "play", half_way), pytest.raises(KeyboardInterrupt):
        load(verbosity=0)
    assert not Area.objects.exists()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_there_is_no_demo_in_a_real_installation(settings):
    settings.DEMO_MODE = False
    with pytest.raises(CommandError, match="for the demo only"):
        load()
    assert not Area.objects.exists()


def test_identity_codes_belong_to_nobody():
    for young in everybody(timezone.localdate()).values():
        assert clean_hetu(young.hetu) == young.hetu
        assert int(young.hetu[7:10]) >= 900
        assert birth_date_of(young.hetu) == young.birth_date

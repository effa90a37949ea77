"""What else must have happened before a page offers a form: CIRCUMSTANCES, and addresses that have none: FORMLESS."""

from datetime import timedelta
from uuid import uuid4

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coordination.agencies.models import Agency, Membership
from coordination.assessments.commands import parts, reports
from coordination.assessments.commands.deadlines import look_after_deadlines
from coordination.clocks import reference as deadlines
from coordination.follow_ups.commands import ask_area
from coordination.follow_ups.models import FollowUp
from coordination.going_live import commands as going_live
from coordination.going_live.rules import CODES
from coordination.people.access import end_grounds
from coordination.people.models import LegalGuardian
from coordination.signing_in.commands import begin_reset
from coordination.support.commands.handover import plan_warm_meeting
from coordination.support.commands.naming import accept, take_back
from coordination.support.commands.overlaps import answer
from pilots.registry.commands.parts import complete
from pilots.service_map.models import ChildQuestion, SurveyRound
from tests import acts
from tests.cast import PASSWORD
from tests.coordination.assessments import planned
from tests.coordination.assessments.parting import banned
from tests.coordination.assessments.reporting import at, sent
from tests.coordination.signing_in.conftest import with_app
from tests.coordination.support.working import stands_in
from tests.pilots.service_map.surveying import begun


def _sheet(follow_up):
    return reverse("follow_ups:sheet", args=[follow_up.public_id])


def _waits(world):
    return _sheet(world.other_follow_up)


def _is_anothers(world):
    FollowUp.objects.filter(pk=world.follow_up.pk).update(owner=world.cast.second_coordinator)
    return _sheet(world.follow_up)


def _can_be_undone(world):
    world.cast.mikkeli.undo_minutes = 30
    world.cast.mikkeli.save()
    acts.say(FollowUp.objects.get(pk=world.follow_up.pk), world.cast.social_worker, by=world.cast.coordinator)
    return _sheet(world.follow_up)


def _flagged_just_now(world):
    world.cast.mikkeli.undo_minutes = 30
    world.cast.mikkeli.save()
    flag = world.cast.flag(world.cast.teacher, first_name="Hetkinen", settle=False)
    return reverse("flagging:flag", args=[flag.public_id])


def _protected(world):
    acts.reason_to_reveal(world.cast.mikkeli)
    acts.protect(FollowUp.objects.get(pk=world.follow_up.pk), by=world.cast.coordinator)
    return _sheet(world.follow_up)


def _protected_page(world):
    _protected(world)
    return reverse("pages:person", args=[world.person.public_id])


def _asks_an_area(world):
    ask_area(
        follow_up=FollowUp.objects.get(pk=world.follow_up.pk),
        to_area=world.cast.kerava,
        reason="moved",
        by=world.cast.coordinator,
    )
    return _sheet(world.follow_up)


def _guardian_may_know(world):
    LegalGuardian.objects.filter(pk=world.guardian.pk).update(knows="allowed")
    return _sheet(world.follow_up)


def _is_in_elsewhere(world):
    for _ in range(2):
        login = {"login": world.cast.teacher.user.email, "password": PASSWORD}
        Client().post(reverse("account_login"), login)
    return reverse("usersessions_list")


def _factor_was_lost(world):
    with_app(world.cast.teacher.user)
    begin_reset(user=world.cast.teacher.user, identified="document", by=world.cast.administrator)
    return reverse("mfa_index")


def _resets_a_factor(world):
    _factor_was_lost(world)
    return reverse("signing_in:reset", args=[world.cast.teacher.user.public_id])


def _all_is_ticked(world):
    for code in CODES:
        going_live.tick(item=code, note="", by=world.cast.administrator)
    return reverse("going_live:checklist")


def _has_signed(world):
    path = _all_is_ticked(world)
    going_live.sign(by=world.cast.administrator)
    return path


def _support(name, support):
    return reverse(f"support:{name}", args=[support.public_id])


def _has_no_adult(world):
    return reverse("support:name", args=[world.other_person.public_id])


def _nobody_goes_on(world):
    take_back(support=world.supports.naming, by=world.cast.coordinator)
    return _support("name_successor", world.supports.support)


def _next_adult_is_ready(world):
    accept(support=world.supports.naming, by=world.cast.teacher)
    return _support("hand_over", world.supports.support)


def _meeting_can_be_planned(world):
    _next_adult_is_ready(world)
    return _support("plan_meeting", world.supports.support)


def _meeting_is_planned(world):
    path = _next_adult_is_ready(world)
    plan_warm_meeting(
        support=world.supports.support,
        memberships=[world.cast.nurse, world.cast.teacher],
        starts_at=timezone.now() + timedelta(days=3),
        minutes=60,
        place="Koulu",
        token=uuid4(),
        by=world.cast.coordinator,
    )
    return path


def _somebody_stands_in(world):
    stands_in(world.supports.support, world.cast.youth_worker)
    return _support("overview", world.supports.support)


def _agreed_to_close(world):
    answer(proposal=world.supports.question, agrees=True, hours=4, by=world.cast.nurse)
    return _support("overlaps", world.supports.support)


def _passed_on(world):
    """A notification at the intake, which the coordinator's agency is for once."""
    Agency.objects.filter(takes_reports=True).update(takes_reports=False)
    Agency.objects.filter(pk=world.cast.outreach.pk).update(kind="social", takes_reports=True)
    deadlines.load()
    return sent(world.cast.nurse)


def _at_the_intake(word, *, judged=False, assessed=False, late=False):
    def happen(world):
        report, by = _passed_on(world), Membership.objects.get(pk=world.cast.coordinator.pk)
        if judged:
            reports.judge(report=report, urgency="not_urgent", why="Arki sujuu", by=by)
        if assessed:
            reports.decide(report=report, assess=True, scope="others", why="", by=by)
        if late:
            report.deadlines.update(last_day=timezone.localdate() - timedelta(days=1))
            look_after_deadlines()
            return at(word, report, what="start")
        return at(word, report)

    return happen


def _guardian_is_banned(world):
    banned(world.cards.own_guardian)
    return world.cards.own_room.get_absolute_url()


def _can_be_signed(world):
    room = world.cards.own_room
    planned.heard(room)
    planned.written(room)
    return at("sign", room)


def _has_a_colleague(world):
    world.cast.member("Kaarina", "Kollega", world.cast.health)
    return at("worker", world.cards.own_room)


def _part_was_taken_back(world):
    parts.withdraw_part(assessment=world.cards.room, by=Membership.objects.get(pk=world.cast.nurse.pk))
    return world.cards.room.get_absolute_url()


def _worker_is_gone(world):
    room = world.cards.own_room
    end_grounds(young_person=room.young_person, source=room.public_id)
    return reverse("assessments:mine")


def _milestone_is_done(world):
    milestone = world.pilots.parts["milestone"]
    complete(milestone=milestone, done_on=timezone.localdate(), by=world.cast.coordinator)
    return reverse("registry:milestone", args=[world.pilots.own.public_id])


def _round_is_prepared(world):
    SurveyRound.objects.filter(area=world.cast.mikkeli, state="open").delete()
    return begun(world.cast.coordinator).get_absolute_url()


def _children_have_no_code(world):
    survey_round = SurveyRound.objects.get(area=world.cast.mikkeli, state="open")
    survey_round.child_codes.all().delete()
    return reverse("children:ask", args=[survey_round.public_id])


def _children_are_asked_nothing(world):
    path = _children_have_no_code(world)
    ChildQuestion.objects.filter(round__state="open").delete()
    return path


def _has_a_gap(world):
    return f"{reverse('coverage:open_finding')}?row=school&band=6-6"


# The address of the form, who gets it, and what happens first; that tells on which page it stands then.
CIRCUMSTANCES = {
    "follow_ups:take_up": ("other_coordinator", _waits),
    "follow_ups:take_over": ("coordinator", _is_anothers),
    "follow_ups:undo_decision": ("coordinator", _can_be_undone),
    "follow_ups:end_non_disclosure": ("coordinator", _protected),
    "follow_ups:withdraw_asking": ("coordinator", _asks_an_area),
    "follow_ups:tell_guardian": ("coordinator", _guardian_may_know),
    "support:name": ("other_coordinator", _has_no_adult),
    "support:name_successor": ("coordinator", _nobody_goes_on),
    "support:hand_over": ("coordinator", _next_adult_is_ready),
    "support:plan_meeting": ("coordinator", _meeting_can_be_planned),
    "support:cancel_meeting": ("coordinator", _meeting_is_planned),
    "support:end_substitute": ("coordinator", _somebody_stands_in),
    "support:close_overlap": ("participant", _agreed_to_close),
    "assessments:receive": ("coordinator", _at_the_intake("report")),
    "assessments:judge": ("coordinator", _at_the_intake("judge")),
    "assessments:decide": ("coordinator", _at_the_intake("decide", judged=True)),
    "assessments:begin": ("coordinator", _at_the_intake("report", judged=True, assessed=True)),
    "assessments:family": ("coordinator", _at_the_intake("family")),
    "assessments:late": ("coordinator", _at_the_intake("late", late=True)),
    "assessments:nothing_to_add": ("participant", _part_was_taken_back),
    "assessments:worker": ("participant", _has_a_colleague),
    "assessments:take": ("participant", _worker_is_gone),
    "assessments:end_ban": ("participant", _guardian_is_banned),
    "assessments:sign": ("participant", _can_be_signed),
    "flagging:undo": ("flagger", _flagged_just_now),
    "pages:reveal": ("coordinator", _protected_page),
    "registry:reopen": ("coordinator", _milestone_is_done),
    "children:standard": ("coordinator", _children_are_asked_nothing),
    "children:remove_question": ("coordinator", _children_have_no_code),
    "service_map:open": ("coordinator", _round_is_prepared),
    "coverage:open_finding": ("coordinator", _has_a_gap),
    "usersessions_list": ("flagger", _is_in_elsewhere),
    "stop_factor_reset": ("flagger", _factor_was_lost),
    "signing_in:withdraw": ("administrator", _resets_a_factor),
    "going_live:take_back": ("administrator", _all_is_ticked),
    "going_live:take_back_signature": ("administrator", _has_signed),
}

# A script sends the pulse, nobody signs up by themselves, and no town's sign-in is configured in the world: who sends
# it, and the names of what is read there.
FORMLESS = {
    "account_signup": ("anonymous", ["email", "password1", "password2", "next"]),
    "drafts:pulse": ("flagger", ["idle"]),
    "openid_connect_login": ("anonymous", ["process", "next", "scope", "auth_params"]),
    "staffing:invitation_with": ("anonymous", ["next"]),
}

"""What a contact, a notification or an assessment must say, and what can be done about it when."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.agencies.models import Agency
from coordination.agencies.rules import NotNow, holds
from coordination.assessments.models import DisclosureBan, Participant, PartVersion, Report, Section
from coordination.assessments.states import (
    ASSESSMENT_MOVES,
    PARTICIPANT_MOVES,
    REPORT_MOVES,
    AssessmentState,
    ReportState,
)
from coordination.clocks.changing import LONGEST_TO_RECEIPT
from coordination.clocks.models import DeadlineRule
from coordination.clocks.rules import today
from coordination.people.exclusions import kept_away
from coordination.people.rules import is_of_age

What = DeadlineRule.What
Basis, Kind = PartVersion.Basis, Participant.Kind
_Agency = Agency.Kind
# Whoever reports hears within this time that it has been received, or rings, whatever rules there are.
RING_AFTER = timedelta(minutes=LONGEST_TO_RECEIPT)
# What anybody who works with the child can have seen.
_BY_ANYBODY = (Section.RISKS, Section.PROTECTIVE, Section.STRENGTHS)
# The assessment itself concerns all of it (SHL 36 §, LSL 26 §).
_ALL = tuple(section for section in Section if section != Section.OWN_WORDS)
_SECTIONS_OF = {
    _Agency.SOCIAL: _ALL,
    _Agency.CHILD_WELFARE: _ALL,
    _Agency.EARLY_EDUCATION: (Section.GROWTH, Section.FRIENDS, Section.SCHOOL, Section.DAILY_CARE, *_BY_ANYBODY),
    _Agency.SCHOOL: (Section.FRIENDS, Section.SCHOOL, *_BY_ANYBODY),
    _Agency.STUDENT_WELFARE: (Section.FRIENDS, Section.SCHOOL, Section.HEALTH, *_BY_ANYBODY),
    # Child health clinics and school nurses follow the family's strength as well (ThL 15 and 16 §).
    _Agency.HEALTH: (Section.GROWTH, Section.DAILY_CARE, Section.HEALTH, Section.GUARDIANS, *_BY_ANYBODY),
    # The patient may be the child or a guardian.
    _Agency.MENTAL_HEALTH: (Section.DAILY_CARE, Section.HEALTH, Section.GUARDIANS, *_BY_ANYBODY),
}
_OF_OTHERS = (Section.FRIENDS, Section.SCHOOL, *_BY_ANYBODY)


def check_move(report, state):
    """Raise NotNow for a step that can't be taken now: somebody else has taken it, or it comes later."""
    if state not in REPORT_MOVES[report.state]:
        raise NotNow(_("This has been done already, or something else comes first. Look at it again."))


def check_sent_outside(report):
    """Raise NotNow for a report that the portal has sent itself."""
    if report.state != ReportState.OUTSIDE:
        raise NotNow(_("This was sent by the portal."))


def check_said(what):
    """Raise NotNow where a decision doesn't say what it must: why, or for whom."""
    if not what:
        raise NotNow(_("Something is missing that whoever reads this later must know: why, or for whom."))


def check_contact_ground(kind, ground):
    """Raise NotNow for a contact that doesn't say on what it rests (SHL 35 §); the others rest on their own law."""
    if (kind == Report.Kind.CONTACT) != bool(ground):
        raise NotNow(_("A contact says on what it rests, and nothing else does."))


def check_crime_suspected(report):
    """Raise NotNow where no crime is suspected."""
    if not report.crime_suspected:
        raise NotNow(_("No crime is suspected here."))


def check_day(report, day):
    """Raise NotNow for a day before the report was sent, or one that is still to come."""
    if not timezone.localdate(report.sent_at) <= day <= today():
        raise NotNow(_("The day must be between the day of sending and today."))


def check_family_can_be_told(report):
    """Raise NotNow where it has been written down already that the family knows."""
    if report.family_informed_on:
        raise NotNow(_("It has been written down already that the family knows."))


def check_missed(deadline):
    """Raise NotNow for a reason that nobody asks for: in time, or given already."""
    if deadline.what == What.RECEIPT or deadline.missed_told_at is None or deadline.missed_why:
        raise NotNow(_("No reason is asked for here any more."))


def not_yours():
    """The refusal of whoever doesn't come into an assessment (any more)."""
    return NotNow(_("This assessment is not yours any more."))


def check_assessment_move(assessment, state):
    """Raise NotNow for a step that an assessment can't take now."""
    if state not in ASSESSMENT_MOVES[assessment.state]:
        raise NotNow(_("This has been done already, or something else comes first. Look at it again."))


def check_participant_move(participant, state):
    """Raise NotNow for a step that somebody's part can't take now."""
    if state not in PARTICIPANT_MOVES[participant.state]:
        raise NotNow(_("This has been done already, or something else comes first. Look at it again."))


def why_not_changed(assessment):
    """Why nothing is changed any more: signed, or handed over; empty while it is under way."""
    if assessment.state != AssessmentState.OPEN:
        return _("The assessment has been signed. The social worker can open it again for a reason.")
    return ""


def check_open(assessment):
    """Raise NotNow where `why_not_changed` speaks against it."""
    if sentence := why_not_changed(assessment):
        raise NotNow(sentence)


def check_signed(assessment):
    """Raise NotNow where nothing has been signed yet: no record of it goes out."""
    if assessment.state == AssessmentState.OPEN:
        raise NotNow(_("Sign the assessment first. Until then no record of it is made."))


def check_received(assessment, day):
    """Raise NotNow for a day on which the record can't have been received: before it was signed, or still to come."""
    if not timezone.localdate(assessment.signed_at) <= day <= today():
        raise NotNow(_("The day must be between the day of signing and today."))


def check_looks_held(assessment):
    """Raise NotNow where the looks have been released already."""
    if assessment.looks_released_at:
        raise NotNow(_("Who has looked has been released already."))


def number_of(version):
    """The number of this version; 0 before the first."""
    return version.number if version else 0


def check_version(number, latest):
    """Raise NotNow where somebody saved another version while this one was being written: both stay."""
    if number != latest:
        raise NotNow(
            _("This was changed meanwhile. What is there now is shown below; what you typed is still in the form.")
        )


def sections_of(agency):
    """The sections that a professional of this agency can write, in their order.

    Only what is necessary is told, by whoever knows it from their own work: a school knows studies and friends, not the
    family's health. Social welfare answers for the whole. Kinds without a role of their own have a general set.
    """
    own = _SECTIONS_OF.get(agency.kind, _OF_OTHERS)
    return [section for section in Section if section in own]


def check_content(agency, content):
    """Raise NotNow for a part that says nothing, or more than its author's role concerns."""
    if not any(text.strip() for text in content.values()):
        raise NotNow(_("Write something in one section at least."))
    if content.keys() - set(sections_of(agency)):
        raise NotNow(_("Write only what your own work concerns."))


def check_basis(basis, why):
    """Raise NotNow for a part without a ground on which it is shared, or with a law that isn't named."""
    if basis not in (Basis.PERMISSION, Basis.DUTY, Basis.ALLOWED):
        raise NotNow(_("Say on what basis you share this."))
    if basis != Basis.PERMISSION and not why:
        raise NotNow(_("Name the law."))


def check_chosen(chosen, able):
    """Raise NotNow where somebody was chosen who doesn't take part (any more)."""
    if set(chosen) - set(able):
        raise NotNow(_("Somebody whom you chose takes part no more. Choose again."))


def check_can_be_heard(participant):
    """Raise NotNow where what somebody says can't be written down: a professional writes themselves; nor of whoever
    takes part no more or has no say."""
    if participant.kind == Kind.PROFESSIONAL:
        raise NotNow(_("A professional writes their own part."))
    check_takes_part(participant)
    if sentence := why_no_say(participant.kind, participant.assessment.young_person):
        raise NotNow(sentence)


def check_guardian(participant):
    """Raise NotNow for anybody but a guardian: disclosure is banned to guardians."""
    if participant.kind != Kind.GUARDIAN:
        raise NotNow(_("Only what is told to a guardian can be banned."))


def check_heard_on(day):
    """Raise NotNow for a conversation that is still to come."""
    if day > today():
        raise NotNow(_("The date is in the future."))


def check_why_not_alone(met_alone, why):
    """Raise NotNow where a child wasn't met alone, and nobody says why (LSL 20 and 29 §, SHL 32 §)."""
    if not met_alone and not why:
        raise NotNow(_("Say why the child was not met alone."))


def check_can_work_on(assessment, membership):
    """Raise NotNow for somebody who can't answer for this assessment: at another agency, no longer at work, or one who
    must not learn of the child."""
    away = membership.user_id in kept_away(assessment.young_person)
    if away or membership.agency_id != assessment.agency_id or not holds(membership):
        raise NotNow(_("Choose a colleague who works in the same agency."))


def not_to_be_invited(assessment):
    """The ids of the users who can't be invited: whoever answers for it, and whoever must not learn of the child."""
    return {assessment.worker.user_id, *kept_away(assessment.young_person)}


def check_can_be_invited(assessment, membership):
    """Raise NotNow for somebody who can't take part: gone, or one of `not_to_be_invited`; the sentence doesn't say
    which."""
    if not holds(membership) or membership.user_id in not_to_be_invited(assessment):
        raise NotNow(_("This professional can't be invited now. Choose somebody else."))


def why_no_say(kind, young_person):
    """Why a guardian of somebody who is of age has no say; empty for anybody else."""
    if kind == Kind.GUARDIAN and is_of_age(young_person):
        return _("The young person is of age: guardians have no say any more.")
    return ""


def check_can_stand_here(assessment, kind):
    """Raise NotNow for a guardian of somebody who is of age, and for the child a second time."""
    if sentence := why_no_say(kind, assessment.young_person):
        raise NotNow(sentence)
    if kind == Kind.CHILD and assessment.participants.filter(kind=Kind.CHILD, ended_at=None).exists():
        raise NotNow(_("The child or young person takes part already."))


def why_no_link(participant):
    """Why nothing is sent to somebody without an account, and a link to them opens no more; empty where one may be
    sent."""
    young_person = participant.assessment.young_person
    if sentence := why_no_say(participant.kind, young_person):
        return sentence
    if any(ban.ended_at is None and ban.covers == DisclosureBan.Covers.EVERYTHING for ban in participant.bans.all()):
        return _("Nothing of this assessment may be disclosed to this guardian, so nothing is sent.")
    if young_person.non_disclosure:
        return _("Under non-disclosure nothing is sent by a link. Hear them face to face.")
    return ""


def check_link_may_be_sent(participant):
    """Raise NotNow for somebody who takes part no more, and where `why_no_link` speaks against it."""
    check_takes_part(participant)
    if sentence := why_no_link(participant):
        raise NotNow(sentence)


def check_takes_part(participant):
    """Raise NotNow for whoever takes part no more."""
    if participant.ended_at:
        raise NotNow(_("They take part no more."))

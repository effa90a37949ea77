"""What the worker heard: the child's own view, what somebody without an account said, and what a guardian must not be
told."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.agencies.rules import NotNow
from coordination.assessments import rules
from coordination.assessments.commands.parts import keep_version, set_state
from coordination.assessments.models import ChildView, DisclosureBan, Participant, PartVersion, Section
from coordination.assessments.queries import rooms
from coordination.assessments.states import ParticipantState
from coordination.links.commands import end_links

Covers = DisclosureBan.Covers


@transaction.atomic
def hear_child(*, assessment, number, by, **heard):
    """Write down the next version of the child's own view, and how it was obtained: `heard` are the other columns of
    ChildView. `number` is that of the version after which it was written, 0 for none; the very same once more is no new
    version. Raises NotNow for anybody but the worker, and where another version came meanwhile."""
    assessment = rooms.held_for_worker(by, assessment)
    rules.check_open(assessment)
    rules.check_heard_on(heard["heard_on"])
    rules.check_why_not_alone(heard["met_alone"], heard["why_not_alone"])
    latest = assessment.child_views.last()
    if latest and all(getattr(latest, name) == value for name, value in heard.items()):
        return latest
    last = rules.number_of(latest)
    rules.check_version(number, last)
    # Whoever has been heard is not waited for, whether or not they write as well.
    asked = assessment.participants.filter(kind=Participant.Kind.CHILD, state=ParticipantState.ASKED)
    for child in asked:
        set_state(child, ParticipantState.CONTRIBUTED)
    return ChildView.objects.create(assessment=assessment, number=last + 1, by=by, **heard)


@transaction.atomic
def hear_participant(*, participant, words, how, on, number, by):
    """Write down what a guardian, the child or an agency outside said to the worker, as the next version of their own
    part, which the worker alone reads. Otherwise as `hear_child`."""
    assessment, participant = rooms.held_with(by, participant)
    rules.check_open(assessment)
    rules.check_can_be_heard(participant)
    rules.check_said(words)
    rules.check_heard_on(on)
    version, _is_new = keep_version(
        participant,
        number=number,
        content={Section.OWN_WORDS: words},
        basis=PartVersion.Basis.OWN,
        written_by=by,
        heard_how=how,
        heard_on=on,
    )
    return version


@transaction.atomic
def ban(*, participant, covers, why, by):
    """Write down what must not be told to this guardian, and why. What they can read by a link ends with a ban on
    everything. Raises NotNow where there is another ban."""
    assessment, guardian = rooms.held_with(by, participant)
    rules.check_guardian(guardian)
    rules.check_said(why)
    if guardian.bans.filter(ended_at=None).exists():
        raise NotNow(_("There is a ban for this guardian already. End it first."))
    made = DisclosureBan.objects.create(assessment=assessment, guardian=guardian, covers=covers, why=why, made_by=by)
    if covers == Covers.EVERYTHING:
        end_links(about=guardian.public_id)
    return made


@transaction.atomic
def end_ban(*, participant, by):
    """The ban for this guardian ends. Raises NotNow where there is none."""
    _assessment, guardian = rooms.held_with(by, participant)
    open_ban = guardian.bans.filter(ended_at=None).first()
    if open_ban is None:
        raise NotNow(_("There is no ban for this guardian any more."))
    open_ban.ended_at = timezone.now()
    open_ban.save(update_fields=["ended_at"])

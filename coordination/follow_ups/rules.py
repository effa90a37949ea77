"""Whether now: what a follow-up allows in the state it is in."""

from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coordination.agencies.queries import rules_since
from coordination.agencies.rules import NotNow
from coordination.clocks.rules import HELSINKI, today
from coordination.follow_ups.states import (
    MOVES,
    OPEN_STATES,
    TAKEOVER_MOVES,
    FollowUpState,
    TakeoverState,
)
from coordination.meetings.queries import next_planned
from coordination.people.models import LegalGuardian
from coordination.people.rules import age_on, in_age_band
from coordination.use_log.queries import looks_by

BEGIN = "follow_ups:begin"
AN_HOUR = 20
A_DAY = 60
# How the first contact came, in the counts of what was erased, too.
NEVER, IN_TIME, LATE = "never", "in_time", "late"


def check_move(follow_up, to):
    """Raise NotNow unless the follow-up may go to this state from where it is."""
    if to not in MOVES[follow_up.state]:
        raise NotNow(
            {
                FollowUpState.TAKEN_UP: _("Somebody has already taken this follow-up up, or it is no longer open."),
                FollowUpState.PAUSED: _("Take the follow-up up before pausing it."),
                FollowUpState.CLOSED: _("Take the follow-up up before closing it."),
            }.get(to, _("The follow-up has moved on."))
        )


def check_begun(follow_up):
    """Raise NotNow unless somebody owns the follow-up and it is open: only then are calls saved."""
    if follow_up.state not in (FollowUpState.TAKEN_UP, FollowUpState.PAUSED):
        raise NotNow(_("Take the follow-up up first; then calls can be saved."))


def check_provider_may_learn(service, excluded):
    """Raise NotNow where the service's provider is among the `excluded` agencies (their keys)."""
    if service.owner_id in excluded:
        raise NotNow(_("Who provides this service must not learn of the young person."))


def taken_back_already():
    """The sentence for whoever takes back what another has taken back in the same moment."""
    return _("This has been taken back already.")


def check_same_version(follow_up, version):
    """Raise NotNow where somebody saved the sheet after the reader opened it, so that nobody's words are lost."""
    if follow_up.version != version:
        raise NotNow(saved_meanwhile())


def saved_meanwhile():
    """The sentence for whoever would save over what another has saved since the page was opened."""
    return _("Somebody saved this follow-up after you opened it. Look at what changed below, then save again.")


def check_age(area, birth_date):
    """Raise NotNow unless somebody born then is within the area's age band today."""
    if not in_age_band(area, birth_date):
        raise NotNow(
            _("In this area a follow-up can begin for a young person of %(youngest)s to %(oldest)s years.")
            % {"youngest": area.youngest_age, "oldest": area.oldest_age}
        )


def check_not_fishing(membership):
    """Raise NotNow once this user has begun so often from calls that it could serve to search for people: 20 an hour,
    60 a day, like flagging. Counted from the use log, in which every beginning leaves a row."""
    now = timezone.now()
    looks = looks_by(membership.user_id, page=BEGIN, since=now - timedelta(days=1))
    if looks.count() >= A_DAY or looks.filter(at__gt=now - timedelta(hours=1)).count() >= AN_HOUR:
        raise NotNow(_("You have begun from calls unusually often. Go on later, or ask another coordinator."))


def contacted(follow_up):
    """How the first contact came: in the time that the area has set, late, or never."""
    if follow_up.reached_at is None:
        return NEVER
    return IN_TIME if timezone.localdate(follow_up.reached_at, HELSINKI) <= follow_up.contact_by else LATE


def check_closable(follow_up):
    """Raise NotNow while a follow-up can't be closed: from where it is, or because of a meeting that nobody could
    change or cancel any more."""
    check_move(follow_up, FollowUpState.CLOSED)
    if meeting := next_planned(follow_up.public_id):
        day = date_format(timezone.localtime(meeting.starts_at), "j.n.Y")
        raise NotNow(
            _("A meeting is planned on %(day)s. Cancel it, or write down what came of it, and then close.")
            % {"day": day}
        )


def guardians_are_heard(follow_up):
    """Whether the young person's guardians have a say still: under the age that the area has set, 18 by law."""
    heard_under = rules_since(follow_up.area, follow_up.rules_from).guardians_heard_under
    return age_on(follow_up.young_person.birth_date, today()) < heard_under


def check_guardians_heard(follow_up):
    """Raise NotNow unless the follow-up is begun and its young person's guardians have a say still."""
    check_begun(follow_up)
    if not guardians_are_heard(follow_up):
        raise NotNow(_("The young person is of age: guardians have no say any more."))


def check_may_tell(legal_guardian, young_person):
    """Raise NotNow for a guardian who must not learn, and under non-disclosure: a mailbox may be read by anybody."""
    if legal_guardian.knows == LegalGuardian.Knows.MUST_NOT:
        raise NotNow(_("This guardian must not learn, so nothing is sent."))
    if young_person.non_disclosure:
        raise NotNow(_("Under non-disclosure nothing is sent by a link. Tell the guardian face to face."))


def check_may_ask_area(follow_up, area):
    """Raise NotNow unless the follow-up is open and this is another area."""
    if follow_up.state not in OPEN_STATES:
        raise NotNow(_("The follow-up has moved on."))
    if follow_up.area_id == area.pk:
        raise NotNow(_("Choose another area."))


def check_waits_for_answer(takeover):
    """Raise NotNow unless the asked area may still answer."""
    if TakeoverState.ACCEPTED not in TAKEOVER_MOVES[takeover.state]:
        raise NotNow(_("This has been answered already."))


def told_from(adult, area):
    """The moment from which what was last decided of this adult is told; until then it can be undone."""
    return adult.decided_at + timedelta(minutes=area.undo_minutes)


def can_be_undone(adult, area):
    """Whether what was last decided of this adult can still be undone, if nobody has seen it."""
    return adult.undo_to is not None and adult.decided_at is not None and timezone.now() < told_from(adult, area)


def told_decision(adult, area):
    """What the adult may know of the decision: while the latest can be undone, the one before it."""
    if can_be_undone(adult, area):
        return adult.undo_to
    return {"takes_part": adult.takes_part, "may_know": adult.may_know}

"""Whether now: what a follow-up allows in the state it is in."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from coordination.follow_ups.states import MOVES, FollowUpState
from coordination.people.rules import age_on
from coordination.use_log.queries import looks_by

BEGIN = "follow_ups:begin"
AN_HOUR = 20
A_DAY = 60


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


def check_same_version(follow_up, version):
    """Raise NotNow where somebody saved the sheet after the reader opened it, so that nobody's words are lost."""
    if follow_up.version != version:
        raise NotNow(
            _("Somebody saved this follow-up after you opened it. Look at what changed below, then save again.")
        )


def check_age(area, birth_date):
    """Raise NotNow unless somebody born then is within the area's age band today."""
    age = age_on(birth_date, today())
    if not area.youngest_age <= age <= area.oldest_age:
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


def check_closable(follow_up):
    """Raise NotNow while a follow-up can't be closed."""
    check_move(follow_up, FollowUpState.CLOSED)

"""Who may make and lead trainings, and what can be done about one when."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.agencies.models import Membership
from coordination.agencies.rules import NotNow, holds
from coordination.clocks.rules import today
from pilots.trainings.models import TrainingEvent
from pilots.trainings.states import OPEN, SignUpState

Kind = TrainingEvent.Kind
# For these a certificate is given; groups and meetings recur without an end.
CERTIFIED = [Kind.TRAINING, Kind.WORKSHOP, Kind.INTRODUCTION]
MOST_OCCASIONS = 60
# Of people without an account, in a day and at one address: more would be somebody's joke.
OUTSIDERS_A_DAY = 30
# Somebody who signs up again is written to again, but not more often.
BETWEEN_MAILS = timedelta(days=1)
# Afterwards one can say how it was, and then it is told to whoever leads it: all at once, so that no answer stands out.
DAYS_OF_FEEDBACK = 14
_LOOKING_AFTER = (Membership.Role.ADMINISTRATOR, Membership.Role.COORDINATOR)


# --- Who ------------------------------------------------------------------------------------------------------------


def looks_after(membership, area_id):
    """Whether this membership looks after all trainings of this area."""
    return holds(membership) and membership.role in _LOOKING_AFTER and membership.agency.area_id == area_id


def may_manage(membership, training):
    """Whether this membership leads the training, or looks after those of its area."""
    return looks_after(membership, training.area_id) or holds(membership) and training.leader_id == membership.pk


def check_may_make(membership):
    """Raise NotNow for a membership that has ended."""
    if not holds(membership):
        raise NotNow(_("You don't act for this agency any more."))


def not_yours():
    """The refusal of whoever doesn't lead a training (any more), or look after those of its area."""
    return NotNow(_("This training is not yours to change."))


def check_may_set(membership, *, gives_right, leader):
    """Raise NotNow for somebody who may neither say that a training gives the right to flag nor let another lead it."""
    if looks_after(membership, membership.agency.area_id):
        return
    if gives_right:
        raise NotNow(_("Only an administrator or a coordinator says that a training gives the right to flag."))
    if leader is None or leader.pk != membership.pk:
        raise NotNow(_("Only an administrator or a coordinator lets somebody else lead it."))


def check_can_lead(leader, area_id):
    """Raise NotNow for somebody who doesn't work in the area (any more)."""
    if not holds(leader) or leader.agency.area_id != area_id:
        raise NotNow(_("Choose somebody who works in your own area."))


def check_pilot(pilot, area_id):
    """Raise NotNow for a pilot of another area."""
    if pilot and pilot.area_id not in (None, area_id):
        raise NotNow(_("Choose a pilot of your own area, or one that comes with the portal."))


# --- The training and its occasions ---------------------------------------------------------------------------------


def check_number(number, stands):
    """Raise NotNow where a training or an occasion was changed while this was being written."""
    if number != stands:
        raise NotNow(_("This was changed meanwhile. Look at it again."))


def check_there(found):
    """Raise NotNow where something has been taken away meanwhile."""
    if not found:
        raise NotNow(_("This has been removed meanwhile. Look at it again."))


def check_written(texts):
    """Raise NotNow unless there is a language in which both the title and the description are written, and none in
    which one of them is missing."""
    titles = {name[-2:] for name, text in texts.items() if name.startswith("title_") and text.strip()}
    told = {name[-2:] for name, text in texts.items() if name.startswith("about_") and text.strip()}
    if not titles or titles != told:
        raise NotNow(_("Write the title and the description in at least one language, and both in each."))


def check_not_called_off(training):
    """Raise NotNow for a training that was called off."""
    if training.called_off_at:
        raise NotNow(_("This training has been called off."))


def check_not_over(is_over):
    """Raise NotNow for a training whose last occasion is over."""
    if is_over:
        raise NotNow(_("This training is over."))


def check_not_only(others):
    """Raise NotNow for the only occasion that a training has."""
    if not others:
        raise NotNow(_("This is the only time there is. Call the whole training off instead."))


def check_times(times):
    """Raise NotNow for times of which one is in the past or ends before it begins."""
    if any(ends_at <= starts_at for starts_at, ends_at in times):
        raise NotNow(_("It can't end before it begins."))
    if any(starts_at <= timezone.now() for starts_at, _ends_at in times):
        raise NotNow(_("It is planned for a moment to come."))


def check_room_for_occasions(number):
    """Raise NotNow where a training would have more occasions than it can."""
    if number > MOST_OCCASIONS:
        raise NotNow(_("A training can have %(number)d occasions.") % {"number": MOST_OCCASIONS})


def check_to_come(occasion):
    """Raise NotNow for an occasion that has begun or was called off."""
    if occasion.called_off_at:
        raise NotNow(_("This time has been called off."))
    if occasion.starts_at <= timezone.now():
        raise NotNow(_("This time has begun already."))


def repeated(day, begins, ends, *, every_weeks, times):
    """The moments of a rule: on this day from `begins` to `ends`, and again every so many weeks, so often in all. The
    clock on the wall stays the same through the changes to summer time and back."""
    days = [day + timedelta(weeks=every_weeks * number) for number in range(times)]
    return [(_moment(one, begins), _moment(one, ends)) for one in days]


def _moment(day, time):
    return timezone.make_aware(datetime.combine(day, time))


# --- Signing up -----------------------------------------------------------------------------------------------------


def closed_because(training, *, begins_last):
    """Why nobody can sign up any more, as a sentence; empty where one can. `begins_last` is when the last occasion
    begins, None where there is none to come."""
    if training.called_off_at:
        return _("This training has been called off.")
    if begins_last is None or begins_last <= timezone.now():
        return _("The last time has begun already: nobody signs up any more.")
    if training.closes_on and training.closes_on < today():
        return _("The last day to sign up is over.")
    return ""


def check_open(training, *, begins_last):
    """Raise NotNow where nobody can sign up any more."""
    if sentence := closed_because(training, begins_last=begins_last):
        raise NotNow(sentence)


def check_can_cancel(sign_up, *, came):
    """Raise NotNow for a sign-up that is over, or of somebody who `came`."""
    if sign_up.state not in OPEN:
        raise NotNow(_("This sign-up has been cancelled already."))
    if came:
        raise NotNow(_("It stands in the list of those who came, so it can't be cancelled any more."))


def check_address(secret, stands):
    """Raise NotNow for an address that was renewed or closed while somebody was typing."""
    if not secret or secret != stands:
        raise NotNow(_("This address works no more. Ask whoever gave it to you for a new one."))


def check_not_flooded(number):
    """Raise NotNow where so many without an account have signed up at one address today that it must be a joke."""
    if number >= OUTSIDERS_A_DAY:
        raise NotNow(_("Very many have signed up today. Try again tomorrow, or ask whoever gave you this address."))


# --- Attendance, certificates and feedback --------------------------------------------------------------------------


def check_begun(occasion):
    """Raise NotNow for an occasion that hasn't begun, or was called off."""
    if occasion.called_off_at:
        raise NotNow(_("This time has been called off."))
    if occasion.starts_at > timezone.now():
        raise NotNow(_("Who came is written down once it has begun."))


def why_no_certificates(training, *, ended):
    """Why no certificates can be given now, as a sentence; empty where they can. `ended` says whether every occasion
    that wasn't called off is over."""
    if training.kind not in CERTIFIED:
        return _("For groups and meetings no certificates are given.")
    if training.called_off_at:
        return _("This training has been called off.")
    if not ended:
        return _("Certificates are given once the last time is over.")
    return ""


def check_certificates(training, *, ended):
    """Raise NotNow where no certificates can be given now."""
    if sentence := why_no_certificates(training, ended=ended):
        raise NotNow(sentence)


def check_not_certified(certificate):
    """Raise NotNow for what somebody has a certificate for."""
    if certificate:
        raise NotNow(_("Somebody on this list has a certificate already. What they came to isn't changed any more."))


def day_of(moment):
    """The day of this moment, by the clock here."""
    return timezone.localtime(moment).date()


def is_own_right(training, sign_up, by):
    """Whether whoever gives certificates would give themselves the right to flag."""
    return training.gives_right and sign_up.membership is not None and sign_up.membership.user_id == by.user_id


def gives_right_to(training, membership):
    """Whether a certificate of this training lets this membership's holder flag: they work in its area."""
    return training.gives_right and membership is not None and membership.agency.area_id == training.area_id


def may_answer(sign_up, *, came, ended_at):
    """Whether this sign-up's person can say how it was: they came, the last time (`ended_at`) is over, and not long."""
    if not came or sign_up.has_answered or ended_at is None:
        return False
    return ended_at <= timezone.now() < feedback_until(ended_at)


def feedback_until(ended_at):
    """When feedback on a training that ended then is told, and taken no more."""
    return ended_at + timedelta(days=DAYS_OF_FEEDBACK)


def check_may_answer(sign_up, *, came, ended_at):
    """Raise NotNow for whoever can't say how it was (any more)."""
    if not may_answer(sign_up, came=came, ended_at=ended_at):
        raise NotNow(_("Whoever came says how it was once, within two weeks after the last time."))


def first_state(free):
    """Where a new sign-up stands while so many places are free (None: no limit)."""
    return SignUpState.IN if free is None or free > 0 else SignUpState.WAITING

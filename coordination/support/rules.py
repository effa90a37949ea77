"""Whether now: what a support allows where it stands."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.agencies.rules import NotNow, holds
from coordination.clocks.rules import months_after, today
from coordination.support.models import ClientTask, Support
from coordination.support.states import MATTER_MOVES, MOVES, OVERLAP_MOVES, SupportState
from coordination.templatetags.ui import finnish_date

# For so long a permission to talk is offered at first, where the area lets it last as long.
MONTHS_SUGGESTED = 3


def check_move(support, to):
    """Raise NotNow unless the support may go to this state from where it is."""
    if to not in MOVES[support.state]:
        raise NotNow(_("Somebody has answered or ended this meanwhile. Look at it again."))


def check_goes_on(support):
    """Raise NotNow unless the support goes on: only then is anything written down in it."""
    if support.state != SupportState.ACTIVE:
        raise NotNow(_("This support has ended, so nothing more is written down in it."))


def first_day(support):
    """The first day of which something can be written down: the support's first."""
    return timezone.localdate(support.began_at)


def check_day_of_work(support, day):
    """Raise NotNow unless the day lies between the support's first day and today."""
    if not first_day(support) <= day <= today():
        raise NotNow(_("Choose a day between the first day of the support and today."))


def written_today(row):
    """Whether a contact, or a service gone along to, was written down today, whatever day it is of."""
    return timezone.localdate(row.saved_at) == today()


def check_written_today(row):
    """Raise NotNow for what was written down on an earlier day: a slip is noticed at once."""
    if not written_today(row):
        raise NotNow(_("This can be taken back only on the day on which it was written down."))


def check_matter_move(matter, to):
    """Raise NotNow unless the matter may go to this state from where it is."""
    if to not in MATTER_MOVES[matter.state]:
        raise NotNow(_("This matter has moved on meanwhile. Look at it again."))


def heard_on(support):
    """The day from which silence is counted: of the last contact that came about, else of the beginning."""
    return support.heard_on or first_day(support)


def is_silent(support):
    """Whether nothing was heard between the two for longer than the area lets pass."""
    return (today() - heard_on(support)).days > support.area.days_without_contact


@dataclass(frozen=True)
class Facts:
    """What decides whether somebody can be asked: keys of users, but `accepted`, which are those of agencies."""

    area_id: int
    roles: set
    kept_away: set
    refused: set
    trained: set
    accepted: set
    adult: set


def why_not_asked(membership, facts):
    """Why this membership can't be asked to be the one adult, as a sentence for coordinators; empty where it can."""
    if membership.user_id in facts.kept_away:
        return _("This adult must not learn of the young person.")
    if membership.user_id in facts.refused:
        return _("The young person has forbidden what this adult asked for. Lift that first, if they want this adult.")
    if not holds(membership):
        return _("This professional no longer works here.")
    if membership.user_id in facts.adult:
        return _("This professional is the young person's one adult already.")
    if membership.role not in facts.roles:
        return _("Somebody who administers the portal can't be a young person's adult in that role.")
    if membership.agency.area_id != facts.area_id:
        return _("This professional works in another area. Only somebody of your own area can be asked.")
    if membership.user_id not in facts.trained:
        return _("This professional has not done the training yet.")
    if membership.agency_id not in facts.accepted:
        return _("This agency has not accepted the shared practices yet. The administrator writes that down.")
    return ""


def check_agreed_on(day):
    """Raise NotNow for a day still to come: the young person agrees first, then somebody is asked."""
    if day > today():
        raise NotNow(_("The young person must have agreed before somebody is asked."))


def check_nobody_yet(*, active, coming, predecessor):
    """Raise NotNow where somebody has been asked already, and unless the adult that there is now is the `predecessor`,
    with whom a handover is planned. The sentences are those of the constraints."""
    if coming:
        raise NotNow(_("Somebody has already been asked."))
    if active and predecessor is None:
        raise NotNow(_("This young person already has one adult."))
    if predecessor and (active is None or active.pk != predecessor.pk):
        raise NotNow(_("The support that was to be handed over has ended. Name one adult anew."))


def check_text_in_force(text, *, read=None):
    """Raise NotNow without a job description in force, or where another than the one `read` has come into force."""
    if text is None:
        raise NotNow(_("There is no job description in force. Ask the administrator to add one."))
    if read is not None and read != text.pk:
        raise NotNow(_("A new version of the job description has come into force. Read it below, then answer."))


def last_day_of_permission(area):
    """The last day until which a permission to talk that is given today may hold, by the area's months."""
    return months_after(today(), area.months_permission_lasts)


def suggested_last_day(area):
    """The last day that is offered first for a permission to talk: a near one. Whoever needs it longer says so."""
    return min(months_after(today(), MONTHS_SUGGESTED), last_day_of_permission(area))


def check_permission_lasts(support, until):
    """Raise NotNow unless a permission given today may hold until this day."""
    last = last_day_of_permission(support.area)
    if not today() <= until <= last:
        raise NotNow(_("Choose a day from today to %(day)s.") % {"day": finnish_date(last)})


def reminded_on(permission, area):
    """The day on which the one adult is reminded that a permission to talk ends."""
    return permission.until - timedelta(days=area.days_before_end_of_permission)


def ends_soon(permission, area):
    """Whether a permission to talk is so near its end that the young person should be asked."""
    return reminded_on(permission, area) <= today()


def check_no_problem(sentence):
    """Raise NotNow with the sentence that says why somebody can't be the one adult, where there is one."""
    if sentence:
        raise NotNow(sentence)


def check_reason_to_end(reason):
    """Raise NotNow for a handover, which has a way of its own: it ends only together with the next beginning."""
    if reason == Support.EndReason.HANDED_OVER:
        raise NotNow(_("A handover is completed on its own page, when the next adult has said yes."))


def check_final(reason):
    """Raise NotNow for a reason after which somebody waits for another adult."""
    if reason not in Support.FINAL:
        raise NotNow(_("Choose why nobody is needed any more."))


def check_waits_for_adult(waits):
    """Raise NotNow unless the young person waits for another adult."""
    if not waits:
        raise NotNow(_("The young person doesn't wait for an adult any more. Look at it again."))


def check_ready(successor):
    """Raise NotNow unless somebody has said yes to go on as the one adult."""
    if successor is None:
        raise NotNow(_("Ask somebody to go on first, as the young person wishes."))
    if successor.state != SupportState.READY:
        raise NotNow(_("Whoever was asked to go on has not answered yet."))


def check_met(successor, day):
    """Raise NotNow unless the young person and both adults have met, between the naming and today."""
    if day is None:
        raise NotNow(_("The three meet first: plan a meeting, or write down when they met."))
    if not timezone.localdate(successor.named_at) <= day <= today():
        raise NotNow(_("Choose a day between the asking of the next adult and today."))


def check_nobody_stands_in(standing_in):
    """Raise NotNow where somebody stands in already: one at a time."""
    if standing_in:
        raise NotNow(_("Somebody already stands in for this adult."))


def check_last_day(until):
    """Raise NotNow unless standing in lasts at least until today, and no longer than a year: then it is a handover."""
    if not today() <= until <= months_after(today(), 12):
        raise NotNow(_("Choose a day from today on, within a year."))


def is_in_force(text):
    """Whether the version has come into force: then somebody may have said yes to it, and it stays as it is."""
    return text.in_force_from <= today()


def check_not_in_force(text, area):
    """Raise NotNow unless the version is this area's own and isn't in force yet."""
    if is_in_force(text) or text.area_id != area.pk:
        raise NotNow(_("What is in force is not changed. Add a new version."))


def check_comes_into_force(day):
    """Raise NotNow for a day that has passed."""
    if day < today():
        raise NotNow(_("A version comes into force today or later."))


def check_accepted_on(day, text):
    """Raise NotNow for a day still to come, and for one on which the text wasn't in force yet."""
    if day > today():
        raise NotNow(_("An acceptance is written down once it has been given."))
    if day < text.in_force_from:
        raise NotNow(_("This version was not in force on that day yet."))


def double_tasks(relationships):
    """What more than one agency does, in the order of the closed list: {task: the relationships}."""
    by_task = {task: [one for one in relationships if one.task == task] for task in ClientTask.values}
    return {task: ones for task, ones in by_task.items() if len(ones) > 1}


def around(relationships):
    """How many agencies these are, and how many adults: of an agency one for each thing that it does, unless one and
    the same does all of it."""
    agencies = {}
    for one in relationships:
        agencies.setdefault(one.agency_id, []).append(one)
    adults = sum(1 if any(one.same_adult for one in ones) else len(ones) for ones in agencies.values())
    return len(agencies), adults


def check_can_be_listed(agencies, choosable):
    """Raise NotNow for an agency (a key) that isn't, or is no longer, one of those to choose from."""
    if not agencies <= choosable:
        raise NotNow(_("An agency that you chose can't be chosen any more. Choose again."))


def check_nobody_asked(asked):
    """Raise NotNow where somebody is asked about what is to leave the list: the question would hang in the air."""
    if asked:
        raise NotNow(_("Somebody is asked about what you took away. Take the question back first."))


def check_double(closing, stays):
    """Raise NotNow unless both still go on, and two agencies do the same."""
    both = closing is not None and stays is not None
    if not both or closing.task != stays.task or closing.agency_id == stays.agency_id:
        raise NotNow(_("The list has changed meanwhile: these two no longer do the same. Look at it again."))


def check_one_goes_on(elsewhere):
    """Raise NotNow where either of the two is in another question already: closing both would leave nobody."""
    if elsewhere:
        raise NotNow(_("Somebody has already been asked about this."))


def check_can_be_asked(can):
    """Raise NotNow for a professional who can't be asked, whatever the reason: it is nobody's to know."""
    if not can:
        raise NotNow(_("This professional can't be asked. Choose again."))


def check_overlap_move(proposal, to):
    """Raise NotNow unless the question may go to this state from where it is."""
    if to not in OVERLAP_MOVES[proposal.state]:
        raise NotNow(_("This was answered, closed or taken back meanwhile. Look at it again."))

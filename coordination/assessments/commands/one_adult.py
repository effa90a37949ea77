"""From a joint plan to one adult: the coordinators are asked to name one, as the young person agreed."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from coordination.assessments import notices, planning
from coordination.assessments.commands.plans import held_action
from coordination.assessments.models import PlanAction
from coordination.follow_ups.commands import Asked, open_follow_up
from coordination.follow_ups.models import FollowUp
from coordination.follow_ups.rules import check_age
from coordination.interface.each import each
from coordination.interface.wake import wake
from coordination.outbox.commands import tell
from coordination.people.access import coordinators, pass_on
from coordination.people.holding import hold_all
from coordination.people.models import Refusal
from coordination.support.rules import check_agreed_on


@transaction.atomic
def ask_for_adult(*, action, agreed_how, agreed_on, by):
    """Write down how and when the young person agreed to `by` that the coordinators name one adult.

    They are asked in the moment after, so that neither the answer nor its time tells whether they work with the young
    person already. Raises NotNow for whoever may not call the action done, the second time, and outside the ages of the
    area's follow-ups.
    """
    action = held_action(action, by)
    check_can_be_asked(action, area_of(action))
    check_agreed_on(agreed_on)
    action.agreed_how, action.agreed_on, action.agreed_with = agreed_how, agreed_on, by
    action.save(update_fields=["agreed_how", "agreed_on", "agreed_with"])
    wake("coordination.ask_for_adults")
    return action


def check_can_be_asked(action, area):
    """Raise NotNow where the coordinators of this area can't be asked (any more) to name one adult."""
    planning.check_can_ask_for_adult(action)
    check_age(area, action.young_person.birth_date)


def area_of(action):
    """The area whose coordinators are asked: the assessment's, and of an action that outlives it the young person's."""
    return action.assessment.area if action.assessment else action.young_person.area


def ask_coordinators():
    """Ask the coordinators wherever somebody wrote down that the young person agreed and they haven't been asked."""
    found = PlanAction.objects.filter(agreed_on__isnull=False, passed_on_at=None)
    each(list(found), _ask, otherwise="the coordinators could not be asked for plan action %s")


@transaction.atomic
def _ask(action):
    """The young person's follow-up opens, or the open one is joined, with whoever they agreed with on its sheet."""
    person = hold_all([action.young_person_id])[action.young_person_id]
    found = PlanAction.objects.select_for_update(of=["self"]).filter(pk=action.pk, passed_on_at=None)
    action = found.select_related("assessment__area", "young_person__area", "agreed_with__agency").first()
    if action is None or person.joined_to_id:
        return
    by = action.agreed_with
    refused = Refusal.objects.filter(young_person=person, user=by.user_id, ended_at=None)
    # What was forbidden before the young person agreed anew doesn't count.
    asked = [] if refused.filter(made_at__date__gte=action.agreed_on).exists() else [Asked(by)]
    origin = FollowUp.Origin.ASSESSMENT
    follow_up = open_follow_up(young_person=person, area=area_of(action), origin=origin, asked=asked)
    action.passed_on_at = timezone.now()
    action.save(update_fields=["passed_on_at"])
    told = coordinators(follow_up.area, person)
    for agency in {one.agency_id: one.agency for one in told}.values():
        pass_on(young_person=person, by=by, agency=agency, what=["identity"])
    tell(
        notices.ONE_ADULT_WISHED,
        to=told,
        about=follow_up.public_id,
        link=reverse("support:name", args=[person.public_id]),
        dedupe=action.public_id,
        except_for=by,
    )

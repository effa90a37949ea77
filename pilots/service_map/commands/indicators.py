"""The indicators that an area's survey asks. Only whoever leads its group writes them."""

from django.db import transaction

from pilots.registry.rules import check_number, check_there
from pilots.service_map import rules
from pilots.service_map.models import SurveyAnswer, SurveyIndicator
from pilots.service_map.queries.group import held_area
from pilots.service_map.states import RoundState


@transaction.atomic
def add_indicator(*, token, by, **columns):
    """One more indicator of the own area; the same `token` again gives back what it made. `columns` are goal, kind,
    owner, unit and the names of SurveyIndicator."""
    area = held_area(by)
    own = SurveyIndicator.objects.filter(area=area)
    if made := own.filter(token=token).first():
        return made
    rules.check_room_for_more(own.filter(is_active=True).count())
    last = own.filter(goal=columns["goal"]).order_by("order").values_list("order", flat=True).last() or 0
    code = f"{columns['goal'].order}.{last + 1}"
    return SurveyIndicator.objects.create(area=area, token=token, order=last + 1, code=code, **columns)


@transaction.atomic
def change_indicator(*, indicator, number, by, **columns):
    """Change an indicator; its goal stays. Raises NotNow where it was changed since the page was opened (`number`).

    A round that has been opened keeps its words: another one with the same code takes its place, also where a round is
    being prepared.
    """
    indicator = _held(indicator, by)
    rules.check_in_use(indicator)
    check_number(number, indicator)
    drafted = SurveyAnswer.objects.filter(indicator=indicator, round__state=RoundState.DRAFTED)
    if SurveyAnswer.objects.filter(indicator=indicator).exclude(pk__in=drafted).exists():
        indicator.is_active = False
        indicator.save(update_fields=["is_active"])
        same = {name: getattr(indicator, name) for name in ("area", "goal", "code", "order")}
        successor = SurveyIndicator.objects.create(**same, number=indicator.number + 1, **columns)
        for answer in drafted:
            answer.indicator = successor
            answer.save(update_fields=["indicator"])
        return successor
    for name, value in columns.items():
        setattr(indicator, name, value)
    indicator.number += 1
    indicator.save()
    return indicator


@transaction.atomic
def retire(*, indicator, by):
    """Ask it no more; rounds that have it keep it. Raises NotNow the second time."""
    indicator = _held(indicator, by)
    rules.check_in_use(indicator)
    indicator.is_active = False
    indicator.number += 1
    indicator.save(update_fields=["is_active", "number"])


def _held(indicator, by):
    area = held_area(by)
    found = SurveyIndicator.objects.filter(pk=indicator.pk, area=area).first()
    check_there(found)
    return found

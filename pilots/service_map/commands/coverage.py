"""The rules of an area by which its coverage is judged. Its administrators set them."""

from django.db import transaction

from coordination.agencies.constraints import keeping_constraints
from coordination.agencies.models import Area
from pilots.registry.rules import check_number, check_there
from pilots.service_map import coverage_rules as rules
from pilots.service_map.models import CoverageRule


@transaction.atomic
def add_rule(*, area, token, by, thin_until, double_from, need=None, service_class=None):
    """A rule of this area for a need, a class, or all that has none of its own; the same `token` again gives back the
    one made. Raises NotNow where there is a rule for this already, and for whoever doesn't set the area's rules."""
    rules.check_may_set_rules(by, area.pk)
    Area.objects.select_for_update(no_key=True).get(pk=area.pk)
    if made := CoverageRule.objects.filter(area=area, token=token).first():
        return made
    rules.check_numbers(thin_until, double_from)
    about = {"need": need, "service_class": service_class}
    with keeping_constraints():
        return CoverageRule.objects.create(
            area=area, token=token, thin_until=thin_until, double_from=double_from, **about
        )


@transaction.atomic
def change_rule(*, rule, number, by, thin_until, double_from):
    """Change the numbers of a rule. Raises NotNow where it was changed since the page was opened (`number`)."""
    rule = _held(rule, by)
    check_number(number, rule)
    rules.check_numbers(thin_until, double_from)
    rule.thin_until, rule.double_from, rule.number = thin_until, double_from, rule.number + 1
    rule.save(update_fields=["thin_until", "double_from", "number"])
    return rule


@transaction.atomic
def remove_rule(*, rule, by):
    """From now on the next more general rule counts. Raises NotNow the second time."""
    _held(rule, by).delete()


def _held(rule, by):
    rules.check_may_set_rules(by, rule.area_id)
    found = CoverageRule.objects.select_for_update().filter(pk=rule.pk).first()
    check_there(found)
    return found

"""The rules of the own area by which its coverage is judged: everybody reads them, its administrators set them."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from coordination.agencies.door import acting
from coordination.agencies.models import Membership
from coordination.agencies.saving import press, saved, sent
from coordination.services.queries.lists import choices
from pilots.service_map.commands import coverage as commands
from pilots.service_map.coverage_rules import may_set_rules
from pilots.service_map.forms.coverage import NewRuleForm, RuleForm
from pilots.service_map.models import CoverageRule


@acting()
def coverage_rules(request):
    """The rules of the own area, and what counts where it has none."""
    area = request.membership.agency.area
    context = {
        "rules": CoverageRule.objects.filter(area=area).select_related("need", "service_class"),
        "portals": CoverageRule(),
        "may_set": may_set_rules(request.membership, area.pk),
    }
    return render(request, "pilots/service_map/coverage/rules.html", context)


@acting(Membership.Role.ADMINISTRATOR)
def new_rule(request):
    """A rule of something of which there is none yet."""
    by = request.membership
    form = NewRuleForm(sent(request), lists=choices())

    def save():
        commands.add_rule(area=by.agency.area, by=by, **form.said())

    if saved(request, form, save):
        return redirect("coverage:rules")
    return render(request, "pilots/service_map/coverage/rule.html", {"form": form})


@acting(Membership.Role.ADMINISTRATOR)
def rule(request, public_id):
    """The numbers of a rule."""
    by, found = request.membership, _rule_or_404(request.membership, public_id)
    form = RuleForm(sent(request), rule=found)

    def save():
        commands.change_rule(rule=found, number=form.cleaned_data["number"], by=by, **form.numbers())

    if saved(request, form, save):
        return redirect("coverage:rules")
    context = {"form": form, "rule": found, "is_overtaken": form.is_overtaken(found.number)}
    return render(request, "pilots/service_map/coverage/rule.html", context)


@acting(Membership.Role.ADMINISTRATOR)
def remove_rule(request, public_id):
    """The next more general rule counts; without a press the address leads to the rules."""
    found = _rule_or_404(request.membership, public_id)
    press(request, lambda: commands.remove_rule(rule=found, by=request.membership), said=_("The rule is removed."))
    return redirect("coverage:rules")


def _rule_or_404(membership, public_id):
    rows = CoverageRule.objects.select_related("need", "service_class", "area")
    found = get_object_or_404(rows, public_id=public_id)
    if not may_set_rules(membership, found.area_id):
        raise Http404
    return found

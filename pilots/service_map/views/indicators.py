"""The indicators of the own area's survey, for whoever leads its group."""

from django.shortcuts import get_object_or_404, redirect, render

from coordination.agencies.saving import press, saved, sent
from pilots.service_map.commands import indicators as commands
from pilots.service_map.forms.survey import IndicatorForm
from pilots.service_map.queries.rounds import indicators_of
from pilots.service_map.views.doors import leading


@leading
def indicators(request):
    """Those in use, and one more."""
    by = request.membership
    form = IndicatorForm(sent(request))

    def save():
        commands.add_indicator(token=form.cleaned_data["token"], by=by, **form.columns())

    if saved(request, form, save):
        return redirect("service_map:indicators")
    context = {"form": form, "indicators": indicators_of(by.agency.area_id)}
    return render(request, "pilots/service_map/indicators.html", context)


@leading
def indicator(request, indicator_id):
    """What is said of one of them."""
    found, by = _found(request, indicator_id), request.membership
    form = IndicatorForm(sent(request), indicator=found)

    def save():
        number = form.cleaned_data["number"]
        commands.change_indicator(indicator=found, number=number, by=by, **form.columns())

    if saved(request, form, save):
        return redirect("service_map:indicators")
    context = {"form": form, "indicator": found, "is_overtaken": form.is_overtaken(found.number)}
    return render(request, "pilots/service_map/indicator.html", context)


@leading
def retire(request, indicator_id):
    """It is asked no more."""
    found = _found(request, indicator_id)
    press(request, lambda: commands.retire(indicator=found, by=request.membership))
    return redirect("service_map:indicators")


def _found(request, indicator_id):
    return get_object_or_404(indicators_of(request.membership.agency.area_id), public_id=indicator_id)

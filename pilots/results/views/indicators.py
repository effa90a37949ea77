"""What is followed of a pilot, and its numbers; for whoever may change the pilot."""

from functools import wraps

from django.shortcuts import redirect

from coordination.agencies.saving import press, saved, sent
from coordination.clocks.rules import today
from pilots.registry.views.doors import back_when_refused, own, page
from pilots.results import rules
from pilots.results.commands import indicators as commands
from pilots.results.forms.indicators import IndicatorForm, ValuesForm
from pilots.results.queries.following import indicator_or_404, typed_values


def _own_indicator(view):
    """A page about one of the pilot's indicators."""

    @own
    @wraps(view)
    def wrapper(request, pilot, indicator_id, **more):
        return view(request, pilot, indicator=indicator_or_404(pilot, indicator_id), **more)

    return wrapper


@own
def add(request, pilot):
    """One more indicator."""
    form, by, made = IndicatorForm(sent(request)), request.membership, []

    def save():
        token = form.cleaned_data["token"]
        made.append(commands.add_indicator(pilot=pilot, token=token, by=by, **form.columns()))

    if saved(request, form, save):
        (indicator,) = made
        if indicator.is_by_hand:
            return redirect("results:values", pilot.public_id, indicator.public_id)
        return redirect("results:results", pilot.public_id)
    return page(request, "pilots/results/indicator.html", pilot, form=form)


@_own_indicator
@back_when_refused
def change(request, pilot, indicator):
    """What is said of an indicator."""
    if request.method != "POST":
        rules.check_followed(indicator)
    form, by = IndicatorForm(sent(request), indicator=indicator), request.membership

    def save():
        number = form.cleaned_data["number"]
        commands.change_indicator(indicator=indicator, number=number, by=by, **form.columns())

    if saved(request, form, save):
        return redirect("results:results", pilot.public_id)
    context = {"form": form, "indicator": indicator, "is_overtaken": form.is_overtaken(indicator.number)}
    return page(request, "pilots/results/indicator.html", pilot, **context)


@_own_indicator
@back_when_refused
def values(request, pilot, indicator):
    """The numbers of all periods so far, saved together; the latest period first."""
    if request.method != "POST":
        rules.check_by_hand(indicator)
        rules.check_followed(indicator)
    there = [one.starts_on for one in indicator.values.all()]
    periods = rules.periods(indicator.period, min([pilot.starts_on, *there]), today())[::-1]
    form, by = ValuesForm(sent(request), indicator=indicator, periods=periods), request.membership

    def save():
        number = form.cleaned_data["number"]
        commands.save_values(indicator=indicator, values=form.values(), number=number, by=by)

    if saved(request, form, save):
        return redirect("results:results", pilot.public_id)
    context = {"form": form, "indicator": indicator, "is_overtaken": form.is_overtaken(indicator.number)}
    context["there"] = typed_values(indicator)
    rows = [(rules.is_running(indicator.period, first), value, note) for first, value, note in form.rows()]
    return page(request, "pilots/results/values.html", pilot, rows=rows, **context)


@_own_indicator
def close(request, pilot, indicator):
    """It isn't followed any more."""
    return _pressed(request, pilot, commands.close_indicator, indicator)


@_own_indicator
def follow(request, pilot, indicator):
    """It is followed after all."""
    return _pressed(request, pilot, commands.follow_again, indicator)


@_own_indicator
def up(request, pilot, indicator):
    """It stands before the one that stood before it."""
    return _pressed(request, pilot, commands.move_up, indicator)


def _pressed(request, pilot, command, indicator):
    press(request, lambda: command(indicator=indicator, by=request.membership))
    return redirect("results:results", pilot.public_id)

"""What may be told of a pilot's courses, to whoever reads the pilot."""

from django.shortcuts import render

from coordination.agencies.door import acting
from coordination.clocks.half_years import next_half
from coordination.clocks.rules import today
from pilots.measures.queries.figures import figures_of
from pilots.registry.queries.editing import pilot_or_404
from pilots.registry.queries.texts import text_of


@acting()
def pilot(request, public_id):
    """The figures by half-year, as a chart and a table."""
    found = pilot_or_404(public_id)
    half, day = next_half(today())
    context = {"pilot": found, "text": text_of(found), "figures": figures_of(found)}
    return render(request, "pilots/measures/pilot.html", context | {"next_half": half, "next_day": day})

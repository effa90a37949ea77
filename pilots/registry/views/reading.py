"""The pages on which pilots are read: the list with its map, one pilot, and the same on paper."""

from itertools import groupby

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.agencies.door import acting
from coordination.interface import finland, pdf, spreadsheets
from coordination.interface.pages import page_number
from pilots.registry import rules
from pilots.registry.forms.filters import PilotFilterForm, address_of
from pilots.registry.models import Partner
from pilots.registry.queries.editing import pilot_or_404
from pilots.registry.queries.lists import all_counties, counts_by_county, listed, matching
from pilots.registry.queries.pilots import laid_out, leads_of
from pilots.registry.queries.texts import read_in
from pilots.registry.states import PilotState

# What whoever leads a pilot presses, by the state that it leads to.
_DEEDS = {
    PilotState.RUNNING: _("Begin the pilot"),
    PilotState.EVALUATED: _("Record the evaluation"),
    PilotState.SPREAD: _("Decide to spread it"),
    PilotState.ADAPTED: _("Decide to adapt it"),
    PilotState.STOPPED: _("Stop the pilot"),
}


@acting()
def pilots(request):
    """All pilots of all areas, and how many there are in each county."""
    counties = all_counties()
    form = PilotFilterForm(request.GET, counties=counties)
    filters, area, page = form.filters, request.membership.area, page_number(request)
    rows, has_more = listed(filters, area, page=page)
    context = {
        "form": form,
        "is_filtered": bool(address_of(filters)),
        "rows": rows,
        "number": matching(filters, area).count(),
        "older_url": address_of(filters, page=page + 1) if has_more else "",
        "newer_url": address_of(filters, page=page - 1) or "?" if page > 1 else "",
        "may_begin": rules.may_begin(request.membership),
        **_by_county(filters, area, counties),
    }
    return render(request, "pilots/registry/list.html", context)


def _by_county(filters, area, counties):
    """The map and its table: the other filters stay, so that a county can be changed for another."""
    others = filters.anywhere()
    counts = counts_by_county(others, area)
    rows = {
        one.code: (one.name, counts.get(one.code, 0), address_of(others, county=one.code))
        for one in counties
        if one.code in counts or one.code == filters.county
    }
    drawing = finland.drawn(
        title=gettext("Pilots by wellbeing services county"),
        desc=gettext("The darker a county, the more pilots there are. The table has the same numbers."),
        counties={one.code: rows.get(one.code, (one.name, 0, "")) for one in counties},
    )
    table = [{"code": code, "name": name, "number": number, "url": url} for code, (name, number, url) in rows.items()]
    return {"map": drawing, "table": table, "county": filters.county, "everywhere_url": address_of(others) or "?"}


@acting()
def pilot(request, public_id):
    """One pilot: what it is, where it stands, what can be done next, and what is known of it."""
    found = pilot_or_404(public_id)
    shown = laid_out(found, request.membership)
    context = _context(shown) | {
        "moves": [{"state": move.state, "deed": _DEEDS[move.state], "why_not": move.why_not} for move in shown.moves],
        "leads": leads_of(found, request.membership) if shown.may_edit else [],
        "no_pdf": pdf.unavailable(),
    }
    return render(request, "pilots/registry/pilot.html", context)


@acting()
def report(request, public_id):
    """The pilot as a PDF; where none can be made, back to the page, which can be printed."""
    found = pilot_or_404(public_id)
    if sentence := pdf.unavailable():
        messages.warning(request, sentence)
        return redirect("registry:pilot", public_id)
    shown = laid_out(found, request.membership)
    made = pdf.make("pilots/registry/report.html", _context(shown) | {"on_paper": True}, request=request)
    name = slugify(shown.text.name)[:80] or "pilot"
    return spreadsheets.download(made, name=f"{name}.pdf", content_type=pdf.CONTENT_TYPE)


def _context(shown):
    """What the page and the paper have in common."""
    return {
        "shown": shown,
        "pilot": shown.pilot,
        "text": shown.text,
        "programme": shown.pilot.programme,
        "places": [_place(site) for site in shown.sites],
        "partners": _by_kind(shown.partners),
        "decisions": shown.decisions[::-1],
        "read_in": read_in(shown.text.language),
    }


def _place(site):
    """A site, with its municipality where its own name doesn't say it."""
    town = str(site.municipality or "")
    return site.name if not town or town in site.name else f"{site.name} ({town})"


def _by_kind(partners):
    """(kind, names) of each kind of partner that there is, in the order of kinds."""
    order = Partner.Kind.values
    rows = sorted(partners, key=lambda partner: order.index(partner.kind))
    groups = groupby(rows, key=lambda partner: partner.get_kind_display())
    return [{"kind": kind, "names": [one.name for one in group]} for kind, group in groups]

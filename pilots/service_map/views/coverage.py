"""The matrix for whoever acts: how much there is of what for whom, one cell of it, and both as files."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from coordination.agencies.door import acting
from coordination.agencies.models import Area
from coordination.clocks.rules import today
from coordination.interface import pdf, spreadsheets
from coordination.services.forms.filters import address_of as directory_address
from coordination.services.queries.entries import entry
from coordination.services.queries.lists import Filters
from coordination.services.queries.places import municipalities
from pilots.service_map import coverage_rules as rules
from pilots.service_map.coverage_states import Coverage
from pilots.service_map.forms.coverage import NarrowForm, address_of
from pilots.service_map.queries import heat, papers
from pilots.service_map.queries.areas import area_or_404, mapped_areas
from pilots.service_map.queries.deciding import may_decide
from pilots.service_map.queries.matrix import NEED, ROWS, Matrix, Narrowing, services_of


@dataclass(frozen=True)
class Asked:
    """What the query string asks for: whose matrix, narrowed by what."""

    area: Area
    own: bool
    form: NarrowForm
    narrowing: Narrowing
    matrix: Matrix

    def address(self, **more):
        """The query string that asks for the same."""
        return address_of(self.narrowing, area=None if self.own else self.area, **more)

    def cell_address(self, found):
        """The query string that asks for this cell."""
        return self.address(row=found.about.code, band=found.band.code)


def asked_area(request):
    """The area that this request asks for, else the reader's own; one that isn't there is 404."""
    key = request.GET.get("area")
    return area_or_404(key) if key else request.membership.agency.area


def asked(request):
    """What this request asks for."""
    viewer = request.membership
    area = asked_area(request)
    own = area.pk == viewer.agency.area_id
    form = NarrowForm(request.GET, towns=municipalities(area))
    narrowing = form.narrowing
    return Asked(area, own, form, narrowing, Matrix(area, narrowing, own=own))


@acting()
def coverage(request):
    """The matrix as a drawing and as a table."""
    said = asked(request)
    context = {
        "said": said,
        "form": said.form,
        "drawing": heat.drawn(said.matrix.rows),
        "areas": mapped_areas(said.area),
        "query": said.address(),
        "area_query": f"?area={said.area.pk}",
        "no_pdf": pdf.unavailable(),
        **_table(said, leads_to=said.cell_address),
    }
    return render(request, "pilots/service_map/coverage/matrix.html", context)


def _table(said, *, leads_to):
    """What the table shows, each box with its address."""
    return {
        "area_shown": said.area,
        "bands": rules.BANDS,
        "rows": [(row, [(one, leads_to(one)) for one in row.cells]) for row in said.matrix.rows],
        "has_lacking": said.narrowing.by == NEED,
        "unknown": said.matrix.unknown,
        "narrowed_by": papers.narrowed_by(said.narrowing),
    }


def asked_cell(request):
    """(what is asked for, its cell); 404 for a row or ages that aren't in the matrix."""
    said = asked(request)
    band = rules.band_of(request.GET.get("band", ""))
    code = request.GET.get("row", "").replace("\x00", "")[:20]
    about = ROWS[said.narrowing.by].objects.filter(code=code, is_active=True).first()
    if band is None or about is None:
        raise Http404
    return said, said.matrix.cell(about, band)


@acting()
def cell(request):
    """One cell: its services, by which rule it is judged, and what is open of it."""
    said, found = asked_cell(request)
    viewer = request.membership
    same = {one.pk for one in found.same} if found.state == Coverage.DOUBLE else set()
    services = services_of(found, said.area, own=said.own)
    context = {
        "area_shown": said.area,
        "cell": found,
        "same": [entry(one, viewer) for one in services if one.pk in same],
        "rows": [entry(one, viewer) for one in services if one.pk not in same],
        "narrowed_by": papers.narrowed_by(said.narrowing),
        "matrix_url": said.address(),
        "open_url": said.cell_address(found),
        "directory_url": _in_the_directory(said, found),
        "may_decide": may_decide(viewer, said.area),
    }
    return render(request, "pilots/service_map/coverage/cell.html", context)


def _in_the_directory(said, found):
    """The directory's list, narrowed by the same; ages one by one can be chosen there."""
    narrowing = said.narrowing
    filters = Filters(
        need=found.about.code if narrowing.by == NEED else "",
        service_class="" if narrowing.by == NEED else found.about.code,
        municipality=narrowing.municipality.code if narrowing.municipality else "",
        language=narrowing.language,
        threshold=narrowing.threshold,
        priority=str(narrowing.priority or ""),
    )
    return directory_address(filters) if said.own else ""


@acting()
def workbook(request):
    """The matrix as a workbook."""
    said = asked(request)
    book = spreadsheets.as_xlsx(*papers.sheets(said.matrix))
    return spreadsheets.download(book, name=f"{papers.file_name(said.area)}.xlsx", content_type=spreadsheets.XLSX)


@acting()
def paper(request):
    """The matrix as a PDF; where none can be made, back to the page, which can be printed."""
    said = asked(request)
    if sentence := pdf.unavailable():
        messages.warning(request, sentence)
        return redirect(reverse("coverage:matrix") + said.address())
    context = _table(said, leads_to=lambda _cell: "") | {"day": today()}
    made = pdf.make("pilots/service_map/coverage/paper.html", context, request=request)
    return spreadsheets.download(made, name=f"{papers.file_name(said.area)}.pdf", content_type=pdf.CONTENT_TYPE)

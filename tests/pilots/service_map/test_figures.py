"""The figures of the services and of their gaps and overlaps, against ones counted by hand; and the files."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from auditlog.models import LogEntry
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from coordination.clocks.rules import today
from coordination.interface import pdf
from coordination.services.models import Service
from pilots.service_map.models import Finding
from pilots.service_map.queries import figures
from tests.cast import sign_in
from tests.pilots.service_map.mapping import entered, opened


@pytest.fixture
def browser(cast):
    return sign_in(Client(), cast.teacher)


def found(by, age, opened_on, *, decided_on=None, closed_on=None):
    """A gap with these days."""
    columns = {"opened_on": opened_on, "decided_on": decided_on, "closed_on": closed_on}
    if decided_on:
        columns |= {"state": "decided", "decision": "buy", "decided_by": by}
    if closed_on:
        columns |= {"state": "closed", "outcome": "filled", "closed_by": by}
    Finding.objects.filter(pk=opened(by, from_age=age, to_age=age).pk).update(**columns)


def test_half_years_counted_by_hand(cast, monkeypatch):
    by = cast.coordinator
    found(by, 1, date(2025, 6, 30), decided_on=date(2025, 7, 10), closed_on=date(2026, 1, 1))
    found(by, 2, date(2025, 7, 1), decided_on=date(2025, 7, 3), closed_on=date(2025, 12, 31))
    found(by, 3, date(2025, 12, 1), decided_on=date(2025, 12, 4))
    found(by, 4, date(2026, 1, 1))
    found(cast.other_coordinator, 5, date(2026, 1, 1))
    monkeypatch.setattr(figures, "today", lambda: date(2026, 2, 1))
    halves = [(half.first, half.opened, half.decided, half.closed) for half in figures.halves_of(cast.mikkeli)]
    assert halves == [
        (date(2023, 7, 1), 0, 0, 0),
        (date(2024, 1, 1), 0, 0, 0),
        (date(2024, 7, 1), 0, 0, 0),
        (date(2025, 1, 1), 1, 0, 0),
        (date(2025, 7, 1), 2, 3, 1),
        (date(2026, 1, 1), 1, 0, 1),
    ]
    *_others, latest_but_one, latest = figures.halves_of(cast.mikkeli)
    assert (latest_but_one.days_to_decide, latest_but_one.days_to_close) == (3, 183)
    assert (latest.days_to_decide, latest.days_to_close) == (None, 185)


def test_six_half_years_on_a_leap_day(cast, monkeypatch):
    monkeypatch.setattr(figures, "today", lambda: date(2028, 2, 29))
    assert [half.first for half in figures.halves_of(cast.mikkeli)][0] == date(2025, 7, 1)


def test_services_by_priority_and_age(cast):
    entered(cast.mikkeli, "A", priority=2, youngest_age=7, oldest_age=14)
    entered(cast.mikkeli, "B", priority=2)
    entered(cast.mikkeli, "C", youngest_age=18)
    entered(cast.mikkeli, "D", priority=2, owner=cast.clinic)
    rows = [(bands, number) for _label, bands, number in figures.by_priority(cast.mikkeli)]
    assert rows == [
        ([0] * 8, 0),
        ([1, 1, 1, 2, 2, 1, 1, 1], 2),
        ([0] * 8, 0),
        ([0] * 8, 0),
        ([0, 0, 0, 0, 0, 0, 1, 1], 1),
    ]


def test_what_changed_within_a_year(cast):
    old, changed, gone, checked = (entered(cast.mikkeli, name) for name in "ABCD")
    LogEntry.objects.update(timestamp=timezone.now() - timedelta(days=400))
    entered(cast.mikkeli, "New").save()
    entered(cast.mikkeli, "Hidden", owner=cast.clinic)
    entered(cast.kerava, "Elsewhere")
    changed.oldest_age = 17
    changed.save()
    gone.is_active = False
    gone.save()
    checked.checked_on = today()
    checked.save()
    assert figures.changes_of(cast.mikkeli) == figures.Changes(added=1, changed=1, retired=1)
    assert Service.objects.filter(pk=old.pk).exists()


def sheet(answer, number):
    rows = load_workbook(BytesIO(answer.content)).worksheets[number].iter_rows(values_only=True)
    return [list(row) for row in rows]


def test_the_figures_as_a_workbook(cast, browser):
    entered(cast.mikkeli, "A", youngest_age=18)
    found(cast.coordinator, 1, today(), decided_on=today())
    opened(cast.coordinator)
    page = browser.get("/service-map/figures/").context
    answer = browser.get("/service-map/figures/figures.xlsx")
    assert sheet(answer, 0)[-1][1:] == [0, 0, 0, 0, 0, 0, 1, 1, 1]
    assert sheet(answer, 2)[-1] == list(page["halves"][-1])
    assert page["halves"][-1][1:] == (2, 1, 0, 0, None)


def test_the_matrix_as_a_workbook_without_formulas(cast, browser):
    one = entered(cast.mikkeli, "A", youngest_age=18)
    one.needs.all().update(name_fi="=1+1")
    answer = browser.get("/service-map/coverage/coverage.xlsx")
    states, numbers = sheet(answer, 0), sheet(answer, 1)
    assert [row[0] for row in states[1:]] == [row[0] for row in numbers[1:]]
    assert numbers[1][-3:-1] == [1, 1]
    cells = [cell for row in load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert "=1+1" in [cell.value for cell in cells]


@pytest.mark.skipif(bool(pdf.unavailable()), reason="no Pango here")
def test_the_paper_lies_on_its_side_and_says_what_the_page_says(cast, browser):
    cast.teacher.user.language = "sv"
    cast.teacher.user.save()
    entered(cast.mikkeli, "A", youngest_age=18)
    document = PdfReader(BytesIO(browser.get("/service-map/coverage/coverage.pdf?language=fi").content))
    box = document.pages[0].mediabox
    assert box.width > box.height
    assert document.trailer["/Root"]["/Lang"] == "sv"
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    said = " ".join(" ".join(page.extract_text() for page in document.pages).split())
    for sentence in ("Mikkeli: Tjänsternas täckning", "18–22", "finska"):
        assert sentence in said

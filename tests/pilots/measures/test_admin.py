"""Each area keeps its own instruments, and whoever holds a licence adds the wording; the portal's are read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coordination.agencies import role_permissions
from pilots.measures.models import Cutoff, Instrument, LicensedWording, Scale
from tests.cast import sign_in
from tests.coordination.staffing.pages import change, changelist, posted
from tests.pilots.measures.measuring import instrument

INSTRUMENTS, WORDINGS = "pilots_instrument", "pilots_licensedwording"


@pytest.fixture
def anna(client, cast):
    role_permissions.apply()
    return sign_in(client, cast.administrator)


def fields(**more):
    """A new instrument of two scales with one cut-off, as the page sends it."""
    sent = {
        "name_fi": "Arkimittari",
        "kind": "outcome",
        "when": "start",
        "respondents": ["young_person"],
        "reliable_change": "2.5",
        "in_use": "on",
        "scales-TOTAL_FORMS": "2",
        "scales-INITIAL_FORMS": "0",
        "cutoffs-TOTAL_FORMS": "1",
        "cutoffs-INITIAL_FORMS": "0",
        "cutoffs-0-respondent": "young_person",
        "cutoffs-0-from_age": "13",
        "cutoffs-0-value": "12.5",
    }
    for number in (0, 1):
        values = {"number": number + 1, "kind": "visual", "lowest": 0, "highest": 10}
        sent |= {f"scales-{number}-{name}": str(value) for name, value in values.items()}
    return sent | more


def own(cast, **more):
    facts = {"name_fi": "Oma", "kind": "outcome", "when": "start", "respondents": ["young_person"]}
    made = Instrument.objects.create(area=cast.mikkeli, reliable_change=5, **facts | more)
    for number in (1, 2):
        made.scales.create(number=number)
    return made


def shown(client, model, query=""):
    return set(client.get(f"{changelist(model)}?{query}").context["cl"].result_list)


def test_a_new_instrument_is_the_own_areas_with_its_scales_and_cutoffs(cast, anna):
    assert anna.post(reverse("admin:pilots_instrument_add"), fields()).status_code == 302
    made = Instrument.objects.get()
    assert (made.area, made.code, made.scales.count(), made.cutoffs.get().value) == (cast.mikkeli, None, 2, 12.5)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name_fi": ""},
        {"respondents": []},
        {"respondents": ["nobody"]},
        {"reliable_change": "-1"},
        {"reliable_change": "NaN"},
        {"youngest_age": "18", "oldest_age": "13"},
        {"scales-1-number": "1"},
        {"scales-0-highest": "0"},
        {"cutoffs-0-to_age": "12"},
        {"licence_note_fi": "x" * 501},
    ],
)
def test_what_contradicts_itself_is_asked_again(anna, wrong):
    assert anna.post(reverse("admin:pilots_instrument_add"), fields(**wrong)).status_code == 200
    assert not Instrument.objects.exists()


def test_the_portals_instruments_are_read_and_found(cast, anna):
    ors, mine = instrument("ors"), own(cast)
    foreign = Instrument.objects.create(area=cast.kerava, name_fi="Muu", kind="outcome", when="end", reliable_change=1)
    assert {ors, mine} <= shown(anna, INSTRUMENTS)
    assert foreign not in shown(anna, INSTRUMENTS)
    assert shown(anna, INSTRUMENTS, "q=oma") == {mine}
    assert shown(anna, INSTRUMENTS, "kind__exact=alliance") == {instrument("srs")}
    assert anna.get(change(ors)).status_code == 200
    for row in (ors, foreign):
        assert anna.post(change(row), fields(name_fi="Vallattu")).status_code in (403, 404)
    assert not Instrument.objects.filter(name_fi="Vallattu").exists()


def test_scales_stay_once_something_was_answered_on_them(cast, anna, course):
    mine = own(cast)
    page = anna.get(change(mine))
    assert "scales-0-highest" in page.content.decode()
    type(course).objects.filter(pk=course.pk).update(outcome=mine)
    course.refresh_from_db()
    course.sessions.create(number=1, held_on=course.begun_on).responses.create(
        instrument=mine, respondent="young_person", values='["1.0", "2.0"]', by_hand_over=False, by=course.membership
    )
    page = anna.get(change(mine))
    assert 'name="scales-0-highest"' not in page.content.decode()
    sent = posted(page) | {"scales-TOTAL_FORMS": "3", "scales-INITIAL_FORMS": "2", "scales-0-highest": "5"}
    anna.post(change(mine), sent)
    assert set(Scale.objects.filter(instrument=mine).values_list("highest", flat=True)) == {10}


# --- Wording ----------------------------------------------------------------------------------------------------------


def wording(of, **more):
    sent = {"instrument": of.pk, "language": "fi", "names": "Yksi\nKaksi", "licence": "123", "holds_licence": "on"}
    return sent | more


def test_whoever_adds_a_wording_confirms_the_licence(cast, anna):
    of = own(cast)
    assert anna.post(reverse("admin:pilots_licensedwording_add"), wording(of, agency=cast.health.pk)).status_code == 302
    made = LicensedWording.objects.get()
    assert (made.area, made.agency, made.confirmed_by) == (cast.mikkeli, cast.health, cast.administrator)


@pytest.mark.parametrize(
    "wrong",
    [{"holds_licence": ""}, {"licence": ""}, {"names": "Yksi"}, {"lows": "a\nb\nc"}, {"names": ""}, {"language": "xx"}],
)
def test_without_a_licence_or_with_too_few_lines_nothing_is_added(cast, anna, wrong):
    assert anna.post(reverse("admin:pilots_licensedwording_add"), wording(own(cast), **wrong)).status_code == 200
    assert not LicensedWording.objects.exists()


def test_a_wording_is_there_once_in_each_language(cast, anna):
    of = own(cast)
    assert anna.post(reverse("admin:pilots_licensedwording_add"), wording(of)).status_code == 302
    assert anna.post(reverse("admin:pilots_licensedwording_add"), wording(of)).status_code == 200
    assert LicensedWording.objects.count() == 1


def test_another_areas_agency_and_instrument_are_no_choice(cast, anna):
    foreign = Instrument.objects.create(area=cast.kerava, name_fi="Muu", kind="outcome", when="end", reliable_change=1)
    for sent in (wording(foreign), wording(own(cast), agency=cast.other_school.pk)):
        assert anna.post(reverse("admin:pilots_licensedwording_add"), sent).status_code == 200
    assert not LicensedWording.objects.exists()


@pytest.mark.parametrize("model", [INSTRUMENTS, WORDINGS])
def test_a_list_takes_as_many_statements_for_thirty_as_for_one(cast, anna, model):
    def statements():
        with CaptureQueriesContext(connection) as queries:
            assert anna.get(changelist(model)).status_code == 200
        return len(queries)

    for number in range(30):
        of = own(cast, name_fi=f"Mittari {number}")
        Cutoff.objects.create(instrument=of, respondent="young_person", from_age=13, value=5)
        LicensedWording.objects.create(
            instrument=of,
            area=cast.mikkeli,
            language="fi",
            names="a\nb",
            licence="1",
            confirmed_by=cast.administrator,
            confirmed_on="2026-01-01",
        )
        if number == 0:
            alone = statements()
    assert statements() == alone <= 15

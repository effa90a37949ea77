"""The page on which pilots are looked for: whatever is asked, the answer is a page, and it costs the same."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coordination.agencies.models import County
from pilots.registry.models import Programme
from pilots.registry.queries import brief
from pilots.registry.states import PilotState
from tests.cast import sign_in
from tests.pilots.registry.piloting import begun, in_state, of_the_portal, text

pytestmark = pytest.mark.django_db

LIST = reverse("registry:list")


@pytest.fixture
def read(cast, client):
    """What the page says to a teacher, whose language is Finnish."""
    sign_in(client, cast.teacher)

    def read(**asked):
        answer = client.get(LIST, asked)
        assert answer.status_code == 200
        return answer

    return read


def names(answer):
    return [row.text.name for row in answer.context["rows"]]


def page_of(answer):
    return answer.content.decode()


def test_each_pilot_says_what_it_is_where_when_and_how_it_stands(cast, read):
    county = County.objects.get(code="09")
    pilot = in_state(
        PilotState.RUNNING,
        cast.coordinator,
        texts={"fi": text(aim="Nuori saa avun ajoissa. Toinen virke.")},
        counties=[county],
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 12, 31),
    )
    for number in range(1, 6):
        pilot.sites.create(name_fi=f"Koulu {number}")
    page = page_of(read())
    where = ("Koulu 1, Koulu 2 ja 3 muuta", county.name)
    for said in ("Kirje", "Käynnissä", "2026–2027", "Nuori saa avun ajoissa.", *where):
        assert said in page, said
    assert "Toinen virke" not in page
    assert "Koulu 3" not in page
    assert pilot.get_absolute_url() in page


def test_filters_narrow_the_list_and_stay_in_the_form(cast, read):
    programme = Programme.objects.create(name_fi="Oma hanke", area=cast.mikkeli, from_year=2026)
    county = County.objects.create(code="01", name_fi="Itä-Uusimaa")
    begun(cast.coordinator, texts={"fi": text("Nuorten")}, youngest_age=15, oldest_age=17)
    begun(cast.coordinator, texts={"fi": text("Hankkeen")}, programme=programme, youngest_age=3, oldest_age=6)
    begun(cast.other_coordinator, texts={"fi": text("Keravan")}, counties=[county], youngest_age=3, oldest_age=6)
    of_the_portal(youngest_age=18)
    assert len(names(read())) == 4
    assert names(read(words="hankkeen")) == ["Hankkeen"]
    assert names(read(state="spread")) == ["Portaalin kirje"]
    assert names(read(county="01")) == ["Keravan"]
    assert names(read(programme=programme.pk)) == ["Hankkeen"]
    assert set(names(read(whose="own"))) == {"Nuorten", "Hankkeen"}
    assert names(read(age="16")) == ["Nuorten"]
    assert names(read(whose="own", age="5")) == ["Hankkeen"]
    page = page_of(read(words="hankkeen", state="planned"))
    assert 'value="hankkeen"' in page
    assert '<option value="planned" selected>' in page


def test_the_map_and_its_table_keep_the_other_filters(cast, read):
    here, there = County.objects.get(code="09"), County.objects.create(code="01", name_fi="Itä-Uusimaa")
    begun(cast.coordinator, counties=[here, there])
    begun(cast.coordinator, counties=[here], texts={"fi": text("Toinen")})
    answer = read(words="kirje", county="01")
    assert names(answer) == ["Kirje"]
    # Both say "Kirje kotiin."; the county that was chosen doesn't narrow the numbers of the others.
    assert {row["code"]: (row["number"], row["url"]) for row in answer.context["table"]} == {
        "09": (2, "?words=kirje&county=09"),
        "01": (1, "?words=kirje&county=01"),
    }
    drawn = {one.url: one.number for one in answer.context["map"].counties}
    assert drawn == {"?words=kirje&county=09": 2, "?words=kirje&county=01": 1}
    assert 'href="?words=kirje&amp;county=09"' in page_of(answer)


def test_nothing_found_says_what_to_do(cast, read):
    assert "ei ole vielä" in page_of(read())
    begun(cast.coordinator)
    page = page_of(read(words="olematon"))
    assert "Mikään pilotti" in page
    assert f'href="{LIST}"' in page


def test_the_next_25_are_a_page_further_with_the_same_filters(cast, read):
    for number in range(27):
        begun(cast.coordinator, texts={"fi": text(f"Pilotti {number}")})
    first = read(words="pilotti")
    assert (len(names(first)), first.context["number"]) == (25, 27)
    assert first.context["older_url"] == "?words=pilotti&page=2"
    second = read(words="pilotti", page="2")
    assert (len(names(second)), second.context["older_url"], second.context["newer_url"]) == (
        2,
        "",
        "?words=pilotti&page=1",
    )
    assert len(names(read(page="400"))) == 0


NASTY = (
    "\0",
    "9" * 30,
    "9" * 5000,
    "-1",
    "//[",
    "%",
    "ä" * 3000,
    "1e9",
    "olematon",
    "\u202e",
    "1 2 3 4 5 6 7 8 9",
    "٣",
)


@pytest.mark.parametrize("name", ["words", "state", "county", "programme", "whose", "age", "page", "unknown"])
def test_no_query_string_fails(cast, read, name):
    begun(cast.coordinator)
    for value in NASTY:
        page = page_of(read(**{name: value}))
        if name in ("state", "county", "programme", "whose"):
            # What can't be chosen is said, and leaves the list as it is.
            assert "govuk-error-message" in page, (name, value)
            assert "Kirje" in page, (name, value)


def test_a_text_of_another_language_says_so_to_whoever_has_it_read(cast, read):
    begun(cast.coordinator, texts={"sv": text("Brevet")})
    assert '<h3 class="pilots__name" lang="sv">' in page_of(read())


def test_only_those_who_may_begin_are_offered_to(cast, client):
    for member, offered in ((cast.coordinator, True), (cast.administrator, True), (cast.teacher, False)):
        sign_in(client, member)
        assert client.get(LIST).context["may_begin"] is offered
        assert (reverse("registry:new") in client.get(LIST).content.decode()) is offered


def test_the_page_takes_as_many_statements_for_thirty_as_for_one(cast, read):
    programme = Programme.objects.create(name_fi="Oma hanke", area=cast.mikkeli, from_year=2026)
    county = County.objects.get(code="09")

    def more():
        begun(cast.coordinator, programme=programme, counties=[county]).sites.create(name_fi="Koulu")

    def statements():
        with CaptureQueriesContext(connection) as queries:
            read(words="kirje", county="09")
        return len(queries)

    more()
    read()
    alone = statements()
    for _more in range(29):
        more()
    assert statements() == alone


# --- In few words ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "said"),
    [
        (date(2021, 1, 1), date(2022, 12, 31), "2021–2022"),
        (date(2021, 1, 1), date(2021, 12, 31), "2021"),
        (date(2021, 8, 1), date(2022, 12, 31), "1.8.2021–31.12.2022"),
        (date(2021, 1, 1), date(2022, 5, 31), "1.1.2021–31.5.2022"),
        (date(2021, 1, 1), None, "from 2021 on"),
        (date(2021, 8, 15), None, "from 15.8.2021 on"),
    ],
)
def test_whole_years_are_said_as_years(starts_on, ends_on, said):
    pilot = of_the_portal()
    pilot.starts_on, pilot.ends_on = starts_on, ends_on
    assert brief.period(pilot) == said


def test_the_first_sentence_is_cut_between_words():
    assert brief.first_sentence("Apua nuorelle, esim. koulussa. Toinen.") == "Apua nuorelle, esim. koulussa."
    assert brief.first_sentence("Vain yksi") == "Vain yksi"
    cut = brief.first_sentence("sana " * 100)
    assert len(cut) <= 240
    assert cut.endswith("sana…")


def test_three_names_are_said_and_of_four_two():
    assert brief.shortened(["Turku", "Salo", "Naantali"]) == "Turku, Salo, Naantali"
    assert brief.shortened(["Turku", "Salo", "Naantali", "Pori"]) == "Turku, Salo and 2 more"
    assert brief.shortened(["Klaara, Vaasa", "Pietarsaari"]) == "Klaara, Vaasa; Pietarsaari"

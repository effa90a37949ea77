"""What comes with the portal is loaded from its files, keeps to the rules, and is written once."""

from datetime import date

import pytest
from auditlog.models import LogEntry
from django.core.management import call_command

from coordination.agencies import reference as places
from coordination.agencies.rules import NotNow
from pilots.registry import reference, rules
from pilots.registry.models import Decision, Pilot, Programme
from pilots.registry.queries.pilots import text_of
from pilots.registry.states import PilotState
from tests.pilots.registry.piloting import begun, now

pytestmark = pytest.mark.django_db

# What no form asks for.
MAY_BE_EMPTY = ["area", "spread_from", "by"]
FILE = """
code = "ohjelma"
from_year = 2021
until_year = 2022
counties = ["09"]
[fi]
name = "Ohjelma"
funder = "Ministeriö"
[en]
name = "Programme"
{more}
[[pilots]]
code = "lapsi"
state = "planned"
starts_on = 2022-01-01
spread_from = "vanhempi"
[pilots.fi]
name = "Lapsi"
aim = "Sama"
target_group = "Nuoret"

[[pilots]]
code = "vanhempi"
state = "spread"
method_version = "{version}"
youngest_age = 13
starts_on = 2021-01-01
counties = ["09"]
[pilots.fi]
name = "Vanhempi"
aim = "Apu ajoissa"
target_group = "Nuoret"
in_place = ["Yksi", "Kaksi"]
[pilots.sv]
name = "Förälder"
aim = "Hjälp i tid"
target_group = "Unga"
in_place = ["Ett", "Två"]
[[pilots.sites]]
fi = "Mikkeli"
sv = "S:t Michel"
municipality = "491"
[[pilots.sites]]
fi = "Koulu"
[[pilots.partners]]
kind = "association"
fi = "Yhdistys"
[[pilots.milestones]]
fi = "Lopussa"
due_on = 2022-01-01
[[pilots.milestones]]
fi = "Alussa"
due_on = 2021-01-01
done_on = 2021-01-01
[[pilots.decisions]]
state = "running"
decided_on = 2021-01-01
decided_by = "Kaupunki"
evidence = "none"
reason.fi = "Alkaa."
reason.en = "It begins."
"""


@pytest.fixture
def files(cast, tmp_path, monkeypatch):
    """Writes the files that are loaded, in place of our own."""
    monkeypatch.setattr(reference, "_DATA", tmp_path)

    def write(version="1", more="", text=FILE):
        (tmp_path / "ohjelma.toml").write_text(text.format(version=version, more=more), encoding="utf-8")

    write()
    return write


def test_a_programme_and_its_pilots_are_loaded_with_all_that_belongs_to_them(files):
    assert reference.load() == (3, 0)
    programme, parent = Programme.objects.get(), Pilot.objects.get(code="vanhempi")
    assert (programme.code, programme.area, programme.name_en, programme.funder_fi) == (
        *("ohjelma", None, "Programme", "Ministeriö"),
    )
    assert [one.code for one in programme.counties.all()] == [one.code for one in parent.counties.all()] == ["09"]
    assert (parent.area, parent.programme, parent.state, parent.youngest_age, parent.oldest_age) == (
        *(None, programme, PilotState.SPREAD, 13, None),
    )
    assert {one.language: rules.points(one) for one in parent.texts.all()} == {
        "fi": ["Yksi", "Kaksi"],
        "sv": ["Ett", "Två"],
    }
    assert [(one.name_fi, one.municipality and one.municipality.code) for one in parent.sites.all()] == [
        ("Mikkeli", "491"),
        ("Koulu", None),
    ]
    assert [(one.name_fi, one.kind) for one in parent.partners.all()] == [("Yhdistys", "association")]
    assert [(one.name_fi, one.done_on) for one in parent.milestones.all()] == [
        ("Alussa", date(2021, 1, 1)),
        ("Lopussa", None),
    ]
    decision = parent.decisions.get()
    assert (decision.reason_en, decision.decided_by_fi, decision.by) == ("It begins.", "Kaupunki", None)
    assert Pilot.objects.get(code="lapsi").spread_from == parent


def test_a_second_run_writes_nothing(files):
    reference.load()
    log, keys = LogEntry.objects.count(), list(Decision.objects.values_list("pk"))
    assert reference.load() == (0, 0)
    assert LogEntry.objects.count() == log
    assert list(Decision.objects.values_list("pk")) == keys


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('fi = "Koulu"', 'fi = "Koulut"'),
        ('"Yksi", "Kaksi"', '"Yksi", "Kolme"'),
        ("youngest_age = 13", "youngest_age = 14"),
        ("due_on = 2022-01-01", "due_on = 2022-01-02"),
        ('reason.fi = "Alkaa."', 'reason.fi = "Alkoi."'),
        ('kind = "association"', 'kind = "other"'),
        ('spread_from = "vanhempi"', ""),
    ],
)
def test_what_the_file_says_anew_changes_the_row(files, old, new):
    reference.load()
    before = Pilot.objects.get(code="vanhempi").public_id
    files(text=FILE.replace(old, new))
    assert reference.load() == (0, 1)
    assert reference.load() == (0, 0)
    assert Pilot.objects.get(code="vanhempi").public_id == before


def test_what_the_files_no_longer_have_stays_and_areas_own_is_left_alone(files, cast):
    reference.load()
    own = begun(cast.coordinator, spread_from=Pilot.objects.get(code="vanhempi"))
    files(text=FILE[: FILE.index("[[pilots]]")])
    assert reference.load() == (0, 0)
    assert Pilot.objects.filter(area=None).count() == 2
    assert now(own).spread_from.code == "vanhempi"


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ('"Ett", "Två"', '"Ett"', NotNow),
        ('spread_from = "vanhempi"', 'spread_from = "ei-ole"', KeyError),
        ('counties = ["09"]', 'counties = ["99"]', KeyError),
    ],
)
def test_a_file_that_does_not_hold_together_changes_nothing(files, old, new, error):
    reference.load()
    files(text=FILE.replace(old, new).replace("Vanhempi", "Muuttunut"))
    with pytest.raises(error):
        reference.load()
    assert not Pilot.objects.filter(texts__name="Muuttunut").exists()


def test_what_comes_with_the_portal_keeps_to_the_rules(db):
    places.load()
    added, _changed = reference.load()
    assert added == Programme.objects.count() + Pilot.objects.count() > 0
    assert reference.load() == (0, 0)
    for row in (*Programme.objects.all(), *Pilot.objects.all()):
        row.full_clean(exclude=MAY_BE_EMPTY)
    for pilot in Pilot.objects.all():
        assert {text.language for text in pilot.texts.all()} == {"fi", "sv", "en"}, pilot.code
        assert text_of(pilot).lead, pilot.code
        for rows in (pilot.texts, pilot.sites, pilot.partners, pilot.milestones, pilot.decisions):
            for row in rows.all():
                row.full_clean(exclude=MAY_BE_EMPTY)
        _check_decisions(pilot)


def _check_decisions(pilot):
    """Each move is one that pilots know, in the order of days, and they lead where the pilot is."""
    state, day = PilotState.PLANNED, None
    for decision in pilot.decisions.all():
        rules.check_move(state, decision.state)
        rules.check_evidence(decision.state, decision.evidence)
        rules.check_decided_on(decision.decided_on, day)
        assert decision.reason_sv, pilot.code
        assert decision.reason_en, pilot.code
        state, day = decision.state, decision.decided_on
    assert state == pilot.state, pilot.code


def test_load_reference_data_brings_them(db):
    call_command("load_reference_data", verbosity=0)
    assert Pilot.objects.filter(area=None).exists()

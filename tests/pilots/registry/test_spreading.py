"""Others begin the same where it has been decided that they may."""

from datetime import date
from uuid import uuid4

import pytest

from coordination.agencies.rules import NotNow
from pilots.registry.commands.parts import add_partner
from pilots.registry.commands.spreading import spread
from pilots.registry.models import Pilot
from pilots.registry.queries.editing import may_edit
from pilots.registry.queries.lineage import lineage_of
from pilots.registry.queries.pilots import laid_out
from pilots.registry.states import SPREADING, PilotState
from tests.pilots.registry.piloting import in_state, now, of_the_portal, text

pytestmark = pytest.mark.django_db


def spread_by(pilot, by, **asked):
    asked = {
        "sites": [{"name_fi": "Keravan lukio"}],
        "lead": "Keravan kaupunki",
        "starts_on": date(2026, 9, 1),
        "token": uuid4(),
    } | asked
    return spread(pilot=pilot, by=by, **asked)


def test_a_new_pilot_takes_over_the_method_and_begins_from_nothing(cast):
    parent = in_state(PilotState.SPREAD, cast.coordinator, method_version="2", youngest_age=13, oldest_age=17)
    parent.texts.update(learned="Toimii.")
    add_partner(pilot=parent, kind="school", name_fi="Koulu", token=uuid4(), by=cast.coordinator)
    parent = now(parent)
    before = Pilot.objects.filter(pk=parent.pk).values().get()
    made = now(spread_by(parent, cast.other_coordinator))
    assert (made.area, made.state, made.spread_from, made.in_place) == (cast.kerava, PilotState.PLANNED, parent, [])
    assert (made.method_version, made.youngest_age, made.oldest_age) == ("2", 13, 17)
    own, theirs = made.texts.get(), parent.texts.get()
    for name in ("name", "aim", "target_group", "method", "in_place"):
        assert getattr(own, name) == getattr(theirs, name)
    assert (own.lead, own.learned) == ("Keravan kaupunki", "")
    assert [site.name_fi for site in made.sites.all()] == ["Keravan lukio"]
    assert not made.partners.exists()
    assert not made.decisions.exists()
    assert may_edit(cast.other_coordinator, made)
    assert Pilot.objects.filter(pk=parent.pk).values().get() == before


@pytest.mark.parametrize("state", PilotState)
def test_only_what_was_decided_to_spread_does(cast, state):
    pilot = in_state(state, cast.coordinator)
    assert laid_out(pilot, cast.other_coordinator).may_spread == (state in SPREADING)
    if state in SPREADING:
        assert spread_by(pilot, cast.other_coordinator).spread_from == pilot
    else:
        with pytest.raises(NotNow):
            spread_by(pilot, cast.other_coordinator)
        assert Pilot.objects.count() == 1


def test_the_portals_own_spreads_too(cast):
    assert spread_by(of_the_portal(), cast.administrator).area == cast.mikkeli


@pytest.mark.parametrize("who", ["teacher", "therapist", "stranger"])
def test_professionals_spread_nothing(cast, who):
    with pytest.raises(NotNow):
        spread_by(of_the_portal(), getattr(cast, who))
    assert not laid_out(of_the_portal("toinen"), getattr(cast, who)).may_spread


def test_the_same_form_sent_twice_spreads_once(cast):
    parent, token = of_the_portal(), uuid4()
    first, second = (spread_by(parent, cast.coordinator, token=token) for _again in range(2))
    assert first == second
    assert first.sites.count() == 1


def test_an_agency_of_another_area_is_no_site(cast):
    with pytest.raises(NotNow):
        spread_by(of_the_portal(), cast.coordinator, sites=[{"name_fi": "Lukio", "agency": cast.other_school}])
    assert Pilot.objects.count() == 1


def test_the_lineage_goes_up_and_down(cast):
    first = of_the_portal()
    second = in_state(PilotState.SPREAD, cast.coordinator, texts={"fi": text("Toinen")}, spread_from=first)
    third = in_state(PilotState.ADAPTED, cast.coordinator, texts={"fi": text("Kolmas")}, spread_from=second)
    fourth = in_state(PilotState.PLANNED, cast.coordinator, texts={"fi": text("Neljäs")}, spread_from=first)

    def told(relatives):
        return [(one.pilot, one.text.name, one.level) for one in relatives]

    assert told(lineage_of(third).up) == [(second, "Toinen", 1), (first, "Portaalin kirje", 2)]
    down = lineage_of(first).down
    assert told(down) == [(second, "Toinen", 1), (third, "Kolmas", 2), (fourth, "Neljäs", 1)]
    assert lineage_of(fourth).down == []

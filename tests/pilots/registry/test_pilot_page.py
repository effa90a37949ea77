"""One pilot's page: what it is, where it stands and what comes next, for everybody who acts for a membership."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst

from coordination.clocks.rules import today
from pilots.registry.commands.attachments import attach
from pilots.registry.commands.pilots import tick
from pilots.registry.commands.spreading import spread
from pilots.registry.models import Programme
from pilots.registry.states import PilotState
from tests.cast import sign_in
from tests.pilots.registry.documents import sent
from tests.pilots.registry.piloting import begun, in_state, now, of_the_portal, text

pytestmark = pytest.mark.django_db

EDITING = ("change", "text", "checklist", "decide", "attach", "leads", "site", "partner", "milestone", "risk")


def address(name, pilot):
    return reverse(f"registry:{name}", args=[pilot.public_id])


def page(client, pilot, member):
    answer = sign_in(client, member).get(address("pilot", pilot))
    assert answer.status_code == 200
    return answer.content.decode()


def filled(pilot, number=1):
    """The pilot with so many of each of its parts."""
    for one in range(number):
        pilot.sites.create(name_fi=f"Koulu {one}")
        pilot.partners.create(name_fi=f"Yhdistys {one}", kind="association")
        pilot.milestones.create(name_fi=f"Väliarvio {one}", due_on=today() - timedelta(days=1))
        pilot.risks.create(words=f"Riski {one}", likelihood=3, impact=2, answer="Sovitaan.")
        pilot.attachments.create(token=uuid4(), name=f"liite{one}.pdf", content_type="application/pdf", size=10)
        decision = pilot.decisions.create(
            state="running", reason_fi=f"Syy {one}", decided_by_fi="Johtoryhmä", decided_on=today(), evidence="counted"
        )
        pilot.attachments.create(
            token=uuid4(), decision=decision, name=f"paatos{one}.pdf", content_type="application/pdf", size=10
        )
    return pilot


def test_everything_that_is_known_stands_on_the_page(cast, client):
    programme = Programme.objects.create(
        name_fi="Oma hanke", funder_fi="Kaupunki", origin_fi="Se alkoi koulusta.", area=cast.mikkeli, from_year=2026
    )
    pilot = filled(
        begun(
            cast.coordinator,
            texts={"fi": text(learned="Moni jatkoi koulua.")},
            programme=programme,
            method_version="2",
            youngest_age=13,
            oldest_age=17,
            contact="Koulutoimi, 015 000 000",
        )
    )
    pilot.milestones.create(name_fi="Aloitus", due_on=date(2026, 1, 1), done_on=date(2026, 1, 2))
    tick(pilot=pilot, in_place=[1], number=now(pilot).number, by=cast.coordinator)
    shown = page(client, pilot, cast.stranger)
    for said in (
        *("Kirje", "Nuori saa avun ajoissa.", "Kirje kotiin.", "versio 2", "Yläkouluikäiset", "13–17"),
        *("Mikkeli", "Koulu 0", "Mikkelin kaupunki", "Yhdistys: Yhdistys 0", "Koulutoimi, 015 000 000"),
        *("Oma hanke", "Rahoittaja: Kaupunki", "Se alkoi koulusta.", "Moni jatkoi koulua."),
        *("myöhässä", "tehty 2.1.2026", "Riski 0", "Sovitaan.", "Todennäköisyys"),
        *("Johtoryhmä", "Syy 0", "paatos0.pdf", "liite0.pdf", "kunnossa", "ei vielä kunnossa"),
    ):
        assert said in shown, said
    with translation.override("fi"):
        assert capfirst(pilot.get_state_display()) in shown


def test_without_a_programme_there_is_no_separate_funding(cast, client):
    assert "Ei erillistä rahoitusta" in page(client, begun(cast.coordinator), cast.teacher)


def test_the_latest_decision_stands_first_with_what_it_rests_on(cast, client):
    pilot = in_state(PilotState.EVALUATED, cast.coordinator)
    attach(
        pilot=pilot,
        file=sent("arvio.txt", b"Moni jatkoi."),
        token=uuid4(),
        by=cast.coordinator,
        decision=pilot.decisions.last(),
    )
    shown = page(client, pilot, cast.teacher)
    decisions = shown[shown.index('id="decisions"') :]
    assert decisions.index("Arvioitu") < decisions.index("Käynnissä")
    assert decisions.index("arvio.txt") < decisions.index("Käynnissä")
    assert "laskettu ennen ja jälkeen" in decisions
    assert "Se auttaa." in decisions
    assert "1.2.2026" in decisions
    assert "Lasten palvelujen johtoryhmä" in decisions


def test_only_its_editors_see_what_comes_next(cast, client):
    pilot = begun(cast.coordinator)
    editors, readers = (cast.coordinator, cast.administrator), (cast.teacher, cast.stranger)
    for member, edits in [(one, True) for one in editors] + [(one, False) for one in readers]:
        shown = page(client, pilot, member)
        assert [address(name, pilot) in shown for name in EDITING] == [edits] * len(EDITING), member


def test_a_move_that_cant_be_made_yet_says_why(cast, client):
    pilot = begun(cast.coordinator)
    shown = page(client, pilot, cast.coordinator)
    assert 'aria-disabled="true">Aloita pilotti</button>' in shown
    assert "2 tarkistuslistan kohtaa" in shown
    assert f"{address('decide', pilot)}?state=running" not in shown
    assert f"{address('decide', pilot)}?state=stopped" in shown
    tick(pilot=pilot, in_place=[0, 1], number=pilot.number, by=cast.coordinator)
    assert f"{address('decide', pilot)}?state=running" in page(client, pilot, cast.coordinator)


def test_a_stopped_pilot_says_that_nothing_follows(cast, client):
    pilot = in_state(PilotState.STOPPED, cast.coordinator)
    assert "on lopetettu" in page(client, pilot, cast.coordinator)
    assert address("decide", pilot) not in page(client, pilot, cast.coordinator)


def test_the_portals_own_is_read_and_spread_by_those_who_begin_pilots(cast, client):
    pilot = of_the_portal()
    for member, spreads in ((cast.coordinator, True), (cast.administrator, True), (cast.teacher, False)):
        shown = page(client, pilot, member)
        assert (address("spread", pilot) in shown) is spreads
        assert not any(address(name, pilot) in shown for name in EDITING)
        # Nobody ticks what is to be in place wherever it is begun.
        assert "Työpari on nimetty" in shown
        assert "ei vielä kunnossa" not in shown


def test_the_lineage_leads_both_ways(cast, client):
    parent = of_the_portal()
    child = spread(
        pilot=parent,
        sites=[{"name_fi": "Koulu", "name_sv": "", "municipality": None, "agency": None}],
        lead="Mikkeli",
        token=uuid4(),
        by=cast.coordinator,
        programme=None,
        starts_on=date(2026, 5, 1),
        ends_on=None,
        contact="",
    )
    assert child.get_absolute_url() in page(client, parent, cast.teacher)
    assert parent.get_absolute_url() in page(client, child, cast.teacher)


def test_a_text_in_another_language_says_in_which(cast, client):
    swedish = page(client, begun(cast.coordinator, texts={"sv": text("Brevet")}), cast.teacher)
    assert "Tämä teksti on ruotsiksi" in swedish
    assert '<span lang="sv">Brevet</span>' in swedish
    own = page(client, begun(cast.coordinator, texts={"fi": text("Kirje"), "sv": text("Brevet")}), cast.teacher)
    assert "Tämä teksti on" not in own
    assert "<span>Kirje</span>" in own


def test_a_pilot_that_isnt_there_is_404(cast, client):
    assert sign_in(client, cast.teacher).get(reverse("registry:pilot", args=[uuid4()])).status_code == 404


def test_what_was_typed_is_shown_as_text(cast, client):
    pilot = begun(cast.coordinator, texts={"fi": text("<script>alert(1)</script>", method="<b>x</b>\n\ny")})
    shown = page(client, pilot, cast.teacher)
    assert "<script>alert" not in shown
    assert "<b>x" not in shown
    assert "&lt;b&gt;x" in shown


def test_the_page_takes_as_many_statements_for_thirty_parts_as_for_one(cast, client):
    programme = Programme.objects.create(name_fi="Oma hanke", area=cast.mikkeli, from_year=2026)
    few, many = (filled(begun(cast.coordinator, programme=programme), number) for number in (1, 30))
    for parent, number in ((few, 1), (many, 30)):
        for _child in range(number):
            child = begun(cast.coordinator)
            type(child).objects.filter(pk=child.pk).update(spread_from=parent)
    sign_in(client, cast.coordinator)

    def statements(pilot):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address("pilot", pilot)).status_code == 200
        return len(queries)

    statements(few)
    assert statements(many) == statements(few)

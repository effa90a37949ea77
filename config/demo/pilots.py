"""What the towns try: a model taken into use, one of their own that was adapted, one that was stopped, one that is
planned."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

from coordination.agencies.models import Municipality
from coordination.clocks.rules import today
from pilots.registry.commands import attachments, decisions, parts
from pilots.registry.commands.pilots import begin_pilot, tick
from pilots.registry.commands.spreading import spread
from pilots.registry.models import Decision, Partner, Pilot, Risk
from pilots.registry.queries.texts import text_of
from pilots.registry.rules import points
from pilots.registry.states import PilotState

Evidence, Grade, Kind = Decision.Evidence, Risk.Grade, Partner.Kind


def stories(stage):
    """In no order, like the towns' own."""
    yield _taken_into_use(stage)
    yield _own_and_adapted(stage)
    yield _stopped(stage)
    yield _planned(stage)


def _taken_into_use(stage):
    """Sisukas, from Central Finland to two schools of Mikkeli: runs, and one milestone is late."""
    yield 150
    kaisa = stage.cast["Kaisa"]
    pilot = spread(
        pilot=Pilot.objects.get(code="sisukas-keski-suomi"),
        sites=[
            {"name_fi": "Rantatien koulu", "municipality": _town("491")},
            {"name_fi": "Harjun lukio", "municipality": _town("491")},
        ],
        lead="Mikkelin etsivä nuorisotyö",
        token=uuid4(),
        by=kaisa,
        programme=None,
        starts_on=today() + timedelta(days=20),
        ends_on=today() + timedelta(days=750),
        contact="Mikkelin etsivä nuorisotyö, 015 000 0101",
    )
    parts.add_partner(pilot=pilot, kind=Kind.SCHOOL, name_fi="Rantatien koulu", token=uuid4(), by=kaisa)
    parts.add_partner(pilot=pilot, kind=Kind.ASSOCIATION, name_fi="Nuorten Aalto ry", token=uuid4(), by=kaisa)
    first, *_later = [
        parts.add_milestone(pilot=pilot, name_fi=name, due_on=today() + timedelta(days=days), token=uuid4(), by=kaisa)
        for name, days in (
            ("Alkukartoitus tehty kaikkien mukaan tulevien kanssa", 60),
            ("Ensimmäinen seuranta molemmissa kouluissa", 135),
            ("Väliarvio sivistyslautakunnalle", 260),
        )
    ]
    parts.add_risk(
        pilot=pilot,
        words="Opettajilla ei ole aikaa yhteisiin tapaamisiin",
        likelihood=Grade.GREAT,
        impact=Grade.MIDDLING,
        answer="Tapaamiset sijoitetaan jo oleviin oppilashuollon aikoihin.",
        token=uuid4(),
        by=kaisa,
    )
    closed = parts.add_risk(
        pilot=pilot,
        words="Huoltajat eivät saa tietoa omalla kielellään",
        likelihood=Grade.MIDDLING,
        impact=Grade.MIDDLING,
        answer="Kirje on käännetty kuudelle kielelle.",
        token=uuid4(),
        by=kaisa,
    )
    yield 130
    _put_in_place(pilot, by=kaisa)
    begun = _decide(
        pilot,
        PilotState.RUNNING,
        Evidence.EXPERIENCE,
        "Muualla saadut kokemukset ovat hyviä, ja molemmat rehtorit ovat sitoutuneet kahdeksi vuodeksi.",
        "Mikkelin sivistyslautakunta",
        by=kaisa,
    )
    _attach(pilot, "paatos.txt", "Sivistyslautakunnan päätös: kokeilu aloitetaan kahdessa koulussa.", begun, by=kaisa)
    yield 88
    parts.complete(milestone=first, done_on=today(), by=kaisa)
    parts.close_risk(risk=closed, by=kaisa)


def _own_and_adapted(stage):
    """Talks on a walk: evaluated by what was counted, and adapted."""
    yield 240
    jussi_works, anna = "Nuorten Aalto ry", stage.cast["Anna"]
    pilot = begin_pilot(
        texts={
            "fi": {
                "name": "Kävelytapaaminen",
                "aim": "Nuori, joka ei tule toimistolle, tapaa työntekijän kävelyllä.",
                "target_group": "Nuoret, joita ei ole tavattu kahteen kuukauteen",
                "method": "Työntekijä ehdottaa reittiä, nuori valitsee paikan ja ajan. Puhelimet pysyvät taskussa.",
                "lead": jussi_works,
                "in_place": "Työnantaja on sopinut työturvallisuudesta ulkona.\nVarapari tietää reitin.",
                "learned": "Sovituista tapaamisista toteutui ensin joka toinen, kävellen kolme neljästä.",
            },
            "sv": {
                "name": "Möte på promenad",
                "aim": "En ung person som inte kommer till kontoret träffar en arbetare på en promenad.",
                "target_group": "Unga som ingen har träffat på två månader",
                "method": "Arbetaren föreslår en rutt, den unga väljer plats och tid. Telefonerna stannar i fickan.",
                "lead": jussi_works,
                "in_place": "Arbetsgivaren har kommit överens om säkerheten ute.\nEn arbetskamrat känner till rutten.",
                "learned": "Av de avtalade mötena blev först vartannat av, på promenad tre av fyra.",
            },
        },
        token=uuid4(),
        by=anna,
        method_version="1",
        youngest_age=15,
        oldest_age=25,
        starts_on=today(),
        ends_on=today() + timedelta(days=180),
        contact="Nuorten Aalto ry, 015 000 0130",
    )
    parts.add_site(pilot=pilot, name_fi="Kalevankangas", municipality=_town("491"), token=uuid4(), by=anna)
    yield 225
    _put_in_place(pilot, by=anna)
    _decide(pilot, PilotState.RUNNING, Evidence.NONE, "Kokeilu ei maksa mitään.", "Nuorisotyön tiimi", by=anna)
    yield 45
    _decide(
        pilot,
        PilotState.EVALUATED,
        Evidence.COUNTED,
        "Toteutuneet tapaamiset laskettiin ennen kokeilua ja sen aikana. Nuoret kertoivat puhuvansa helpommin.",
        "Nuorisotyön tiimi",
        by=anna,
    )
    yield 30
    _decide(
        pilot,
        PilotState.ADAPTED,
        Evidence.COUNTED,
        "Jatketaan, mutta talvella sisätiloissa liikkuen. Muut voivat ottaa mallin käyttöön.",
        "Lasten ja nuorten palvelujen johtoryhmä",
        by=anna,
    )


def _stopped(stage):
    """An idea that didn't do what was hoped, and was stopped for that reason."""
    yield 200
    anna = stage.cast["Anna"]
    pilot = begin_pilot(
        texts={
            "fi": {
                "name": "Tekstiviesti muistuttaa tapaamisesta",
                "aim": "Useampi nuori tulee sovittuun tapaamiseen.",
                "target_group": "Kaikki nuoret, joilla on sovittu tapaaminen",
                "lead": "Nuorten sosiaalipalvelut",
            }
        },
        token=uuid4(),
        by=anna,
        starts_on=today(),
        ends_on=today() + timedelta(days=90),
    )
    _decide(pilot, PilotState.RUNNING, Evidence.NONE, "Helppo kokeilla.", "Nuorten sosiaalipalvelut", by=anna)
    yield 95
    _decide(
        pilot,
        PilotState.STOPPED,
        Evidence.COUNTED,
        "Tapaamisiin tultiin yhtä usein kuin ennenkin, ja osa nuorista pelkäsi, että viestin näkee joku muu.",
        "Nuorten sosiaalipalvelut",
        by=anna,
    )


def _planned(stage):
    """Kerava plans; half of what must be in place is."""
    yield 12
    oona = stage.cast["Oona"]
    pilot = begin_pilot(
        texts={
            "fi": {
                "name": "Iltavastaanotto ilman ajanvarausta",
                "aim": "Nuori saa puhua jonkun kanssa samana iltana, jona sitä tarvitsee.",
                "target_group": "16–28-vuotiaat keravalaiset",
                "method": "Etsivä nuorisotyö ja nuorten terveysneuvonta ovat samassa paikassa torstaisin klo 16–20.",
                "lead": "Keravan etsivä nuorisotyö",
                "in_place": "Paikka on valittu nuorten kanssa.\nTyöajoista on sovittu.\nOn sovittu, mitä lasketaan.\n"
                "Tiedetään, kuka jatkaa nuoren kanssa seuraavana päivänä.",
            }
        },
        token=uuid4(),
        by=oona,
        method_version="0.1",
        youngest_age=16,
        oldest_age=28,
        starts_on=today() + timedelta(days=50),
        contact="Keravan etsivä nuorisotyö, 09 000 0101",
    )
    parts.add_site(pilot=pilot, name_fi="Nuorisotila Tunneli", municipality=_town("245"), token=uuid4(), by=oona)
    due_on = today() + timedelta(days=40)
    parts.add_milestone(pilot=pilot, name_fi="Nuoret ovat nähneet tilan", due_on=due_on, token=uuid4(), by=oona)
    tick(pilot=pilot, in_place=[0, 2], number=_number(pilot), by=oona)


def _town(code):
    return Municipality.objects.get(code=code)


def _put_in_place(pilot, *, by):
    numbers = range(len(points(text_of(pilot))))
    tick(pilot=pilot, in_place=numbers, number=_number(pilot), by=by)


def _decide(pilot, state, evidence, reason, decided_by, *, by):
    said = {"reason_fi": reason, "decided_by_fi": decided_by, "decided_on": today()}
    return decisions.decide(
        pilot=pilot, state=state, evidence=evidence, number=_number(pilot), token=uuid4(), by=by, **said
    )


def _number(pilot):
    return Pilot.objects.values_list("number", flat=True).get(pk=pilot.pk)


def _attach(pilot, name, words, decision, *, by):
    file = BytesIO(f"{words}\n".encode())
    file.name = name
    attachments.attach(pilot=pilot, decision=decision, file=file, token=uuid4(), by=by)

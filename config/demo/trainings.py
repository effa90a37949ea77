"""What the towns learn together: a workshop that is full, an introduction for several towns, a team that meets every
other week, the flag model's own training with its certificates, and the developers of a pilot."""

from datetime import time
from uuid import uuid4

from coordination.clocks.rules import today
from pilots.registry.models import Pilot
from pilots.trainings import rules
from pilots.trainings.commands.attendance import give_certificates, mark_attendance
from pilots.trainings.commands.feedback import give_feedback
from pilots.trainings.commands.outside import sign_up_outside
from pilots.trainings.commands.signing_up import sign_up
from pilots.trainings.commands.trainings import make_training, open_address
from pilots.trainings.models import TrainingFeedback

Better, Useful = TrainingFeedback.Better, TrainingFeedback.Useful


def stories(stage):
    """In no order, like the pilots."""
    yield _full_workshop(stage)
    yield _introduction(stage)
    yield _team(stage)
    yield _flag_training(stage)
    yield _developers(stage)


def _full_workshop(stage):
    """All places are taken; two wait."""
    yield 21
    kaisa = stage.cast["Kaisa"]
    workshop = _make(
        kaisa,
        _times(stage.day(9), time(12, 30), time(15, 30)),
        kind="workshop",
        places=4,
        place="Mikkelin nuorisotalo, iso sali",
        closes_on=stage.day(7),
        title_fi="Puheeksi ottaminen nuoren kanssa",
        about_fi="Harjoitellaan pareittain, miten liputuksesta puhutaan nuoren kanssa ja miten lupa kysytään niin, "
        "että myös ei on hyvä vastaus.\n\nTuo mukanasi oma tapa aloittaa vaikea keskustelu.",
        for_whom_fi="Kaikki nuoria työssään tapaavat",
    )
    for name in ("Tiina", "Niina", "Sanna"):
        _sign_up(stage, workshop, name)
    yield 15
    for name in ("Jussi", "Linnea", "Daniel"):
        _sign_up(stage, workshop, name)


def _introduction(stage):
    """Half a day, for several towns and for people without an account."""
    yield 18
    sanna = stage.cast["Sanna"]
    introduction = _make(
        sanna,
        _times(stage.day(26), time(9), time(12)),
        kind="introduction",
        places=30,
        open_to_all=True,
        video_link="https://video.example/systeeminen",
        title_fi="Systeeminen työote puolessa päivässä",
        about_fi="Mitä muuttuu, kun perhettä katsotaan kokonaisuutena? Lyhyitä alustuksia, yksi tapaus ja paljon "
        "keskustelua. Mukana on kokemusasiantuntija.",
        for_whom_fi="Ammattilaiset ja kokemusasiantuntijat",
        title_sv="Systemiskt arbetssätt på en halv dag",
        about_sv="Vad förändras när man ser på familjen som en helhet? Korta inledningar, ett fall och mycket samtal. "
        "En erfarenhetsexpert är med.",
        for_whom_sv="Yrkespersoner och erfarenhetsexperter",
    )
    introduction = open_address(training=introduction, by=sanna)
    _join(introduction, "Leena Järvikallio", "leena@jarvikyla.example", "Järvikylän vanhemmat ry")
    yield 11
    for name in ("Tiina", "Heidi", "Ville", "Mirja"):
        _sign_up(stage, introduction, name)


def _team(stage):
    """Every other week; those that are over have their lists."""
    yield 48
    kalle = stage.cast["Kalle"]
    first = stage.day(-43)
    team = _make(
        kalle,
        _times(first, time(8, 30), time(9, 30), every_weeks=2, times=8),
        kind="team",
        place="Etsivän nuorisotyön kahvihuone",
        title_fi="Yhteinen tiimi",
        about_fi="Mitä alueella tapahtuu, mitä kokeillaan ja mikä ei toimi. Kenestäkään nuoresta ei puhuta.",
        for_whom_fi="Liputtajat ja koordinaattorit",
    )
    names = ("Tiina", "Niina", "Sanna", "Kaisa")
    rows = [_sign_up(stage, team, name) for name in names]
    for days_ago, came in ((42, rows), (28, rows[:3])):
        yield days_ago
        for occasion in team.occasions.filter(starts_at__date__lte=today(), attendances=None):
            mark_attendance(occasion=occasion, came={one.pk for one in came}, by=kalle)


def _flag_training(stage):
    """Held a month ago: certificates were given, and what was said of it is told by now."""
    yield 62
    kaisa = stage.cast["Kaisa"]
    training = _make(
        kaisa,
        _times(stage.day(-33), time(13), time(16)),
        kind="training",
        gives_right=True,
        places=12,
        place="Kaupungintalo, kokoushuone 2",
        title_fi="Liputtamisen koulutus",
        about_fi="Mikä liputus on, miten nuoren lupa kysytään, mitä osumassa tapahtuu ja miksi syytä ei kirjata. "
        "Sama sisältö kuin portaalin kurssissa, mutta enemmän keskustelua.",
        for_whom_fi="Uudet liputtajat",
    )
    names = ("Heidi", "Petri", "Outi", "Marko", "Tuomas", "Riikka", "Linnea", "Daniel")
    rows = [_sign_up(stage, training, name) for name in names]
    yield 32
    came = {one.pk for one in rows}
    for occasion in training.occasions.all():
        mark_attendance(occasion=occasion, came=came, by=kaisa)
    give_certificates(training=training, by=kaisa)
    yield 27
    for number, one in enumerate(rows):
        useful = Useful.PARTLY if number == 3 else Useful.YES
        better = Better.PRACTICE if number % 4 else Better.NOTHING
        give_feedback(sign_up=one, useful=useful, better=better, token=uuid4())


def _developers(stage):
    """Those who develop the talks on a walk."""
    yield 36
    jussi = stage.cast["Jussi"]
    group = _make(
        jussi,
        _times(stage.day(-20), time(14), time(15, 30), every_weeks=4, times=4),
        kind="developers",
        pilot=Pilot.objects.get(texts__name="Kävelytapaaminen"),
        place="Nuorten Aalto ry",
        title_fi="Kävelytapaamisen kehittäjäryhmä",
        about_fi="Katsotaan yhdessä, mitä kokeilussa on laskettu, ja sovitaan, mitä seuraavaksi muutetaan.",
        for_whom_fi="Kokeilussa mukana olevat ja siitä kiinnostuneet",
    )
    rows = [_sign_up(stage, group, name) for name in ("Kaisa", "Riikka", "Tuomas")]
    yield 19
    for occasion in group.occasions.filter(starts_at__date__lte=today()):
        mark_attendance(occasion=occasion, came={one.pk for one in rows[:2]}, by=jussi)


def _times(day, begins, ends, *, every_weeks=0, times=1):
    return rules.repeated(day, begins, ends, every_weeks=every_weeks, times=times)


def _make(by, times, **facts):
    return make_training(times=times, token=uuid4(), by=by, language="fi", **facts)


def _sign_up(stage, training, name):
    return sign_up(training=training, token=uuid4(), by=stage.cast[name])


def _join(training, name, email, agency):
    sign_up_outside(training=training, name=name, email=email, agency=agency, language="fi", token=uuid4())

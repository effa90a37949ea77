"""Services of both towns in the demo, a few referrals, and needs for which there was no service. All of it invented.

Mikkeli has its hundred and fifty: those below, and those of the file in `data/`.
"""

import csv
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from config.demo.stories import Channel, Step
from coordination.clocks.rules import today
from coordination.services.commands.suggestions import suggest
from coordination.services.commands.words import rebuild
from coordination.services.models import Need, Service, ServiceClass, TargetGroup

_FILE = Path(__file__).resolve().parent / "data" / "services.csv"
OPEN, REFERRAL = Service.Threshold.OPEN, Service.Threshold.REFERRAL

# Agency's key or a provider's name; names in Finnish, Swedish, English; class; needs; ages; threshold; contact.
SERVICES = [
    (
        "workshop",
        ("Työpaja Tuulen starttivalmennus", "Startträning på Verkstaden Tuuli", "Starting off at Youth workshop Tuuli"),
        "workshop",
        ["work", "daily_life", "studies"],
        (16, 28),
        OPEN,
        "Soita tai tule käymään, ma–to 9–15",
    ),
    (
        "jobs",
        ("Nuorten työ- ja opintotiski", "De ungas disk för arbete och studier", "Desk for work and studies"),
        "employment",
        ["work", "studies", "money"],
        (15, 29),
        OPEN,
        "Ilman ajanvarausta ti ja to 12–16",
    ),
    (
        "association",
        ("Aallon avoin olohuone", "Aaltos öppna vardagsrum", "The open living room of Aalto"),
        "youth_work",
        ["friends", "free_time"],
        (13, 24),
        OPEN,
        "Ma–pe 14–20",
    ),
    (
        "association",
        ("Kaverina-vapaaehtoinen", "Frivillig vän", "A volunteer for company"),
        "peer_support",
        ["friends", "daily_life"],
        (13, 28),
        REFERRAL,
        "Ohjaaja tapaa ensin, sitten kaveri",
    ),
    (
        "bridge",
        ("Kielikahvila ja läksykerho", "Språkkafé och läxklubb", "Language café and homework club"),
        "integration",
        ["integration", "school"],
        (13, 28),
        OPEN,
        "Keskiviikkoisin 16–18",
    ),
    (
        "social",
        ("Nuorten sosiaaliohjaus", "Social handledning för unga", "Social guidance for young people"),
        "social",
        ["money", "housing", "family"],
        (13, 29),
        REFERRAL,
        "Yhteydenotto puhelimitse tai lähetteellä",
    ),
    (
        "social",
        ("Tukiasunnot nuorille", "Stödbostäder för unga", "Supported flats for young people"),
        "housing",
        ["housing"],
        (18, 24),
        REFERRAL,
        "Haku sosiaaliohjaajan kanssa",
    ),
    (
        "clinic",
        ("Matalan kynnyksen mielen vastaanotto", "Lågtröskelmottagning för psyket", "Drop-in for the mind"),
        "mental_health",
        ["mental", "substance"],
        (13, 29),
        OPEN,
        "Ma–pe 9–11 ilman aikaa",
    ),
    (
        "family",
        ("Perhetyö kotona", "Familjearbete hemma", "Work with families at home"),
        "family",
        ["family", "school"],
        (None, 17),
        REFERRAL,
        "Sovitaan sosiaalipalvelujen kautta",
    ),
    (
        "welfare",
        ("Sitouttava kouluyhteistyö", "Engagerande skolsamarbete", "Back to school together"),
        "student_welfare",
        ["school", "studies"],
        (13, 17),
        REFERRAL,
        "Koulun kuraattorin kautta",
    ),
    (
        "Järvikylän ratsastajat",
        ("Hevostoimintaa nuorille", "Hästverksamhet för unga", "Time with horses"),
        "hobbies",
        ["free_time", "mental"],
        (13, 20),
        OPEN,
        "Viikonloppuisin",
    ),
    (
        "police",
        ("Puheeksi otto turvallisuudesta", "Samtal om trygghet", "A talk about safety"),
        "advice",
        ["safety", "substance"],
        (13, 24),
        REFERRAL,
        "Ankkuritiimi sopii tapaamisen",
    ),
    (
        "k_house",
        ("Nuorten Pihan iltakerho", "Kvällsklubben på Nuorten Piha", "Evening club of Nuorten Piha"),
        "youth_work",
        ["friends", "free_time"],
        (16, 28),
        OPEN,
        "Ti–pe 16–21",
    ),
    (
        "k_outreach",
        ("Asumisneuvonta", "Boenderådgivning", "Housing advice"),
        "housing",
        ["housing", "money"],
        (16, 28),
        OPEN,
        "Sovi aika",
    ),
]
# Who, by whom, how many days ago, what the next step stays and in how many days from then, services, needs.
WRITTEN_DOWN = [
    ("Samu", "Kalle", 12, (Step.REFER, 19), ["Työpaja Tuulen starttivalmennus"], ["housing"]),
    ("Hilla", "Kaisa", 30, (Step.CHECK, 5), ["Aallon avoin olohuone"], []),
    ("Kerttu", "Kalle", 9, (Step.CHECK, 16), [], ["mental", "free_time"]),
    ("Lilja", "Kaisa", 5, (Step.JOINT_MEETING, 11), ["Kaverina-vapaaehtoinen"], ["mental"]),
    ("Venla", "Kaisa", 6, (Step.MEETING, 13), ["Nuorten sosiaaliohjaus"], []),
]
# Who keeps the entries of their own agency.
KEEPERS = {"health": "Niina", "association": "Jussi", "bridge": "Daniel", "workshop": "Riikka"}
# Every so manieth entry of the file was last looked at when the clock was so many days earlier.
OLD_EVERY, OLD_DAYS = 14, 230


def stories(stage):
    """In no order, like the towns' own."""
    yield _services(stage)
    yield _suggestions(stage)
    for row in WRITTEN_DOWN:
        yield _written_down(stage, *row)


def _services(stage):
    """The towns have made their lists, Mikkeli a longer one."""
    yield 190
    make_services(stage.cast.agencies, stage.cast.areas["mikkeli"])
    for key, name in KEEPERS.items():
        for service in Service.objects.filter(owner=stage.cast.agencies[key]):
            service.keeper = stage.cast[name]
            service.save(update_fields=["keeper"])
    rebuild(Service.objects.all())


def _suggestions(stage):
    """A colleague has found a mistake, and another knows of something that isn't there yet."""
    yield 3
    suggest(
        service=Service.objects.get(name_fi="Koulukuraattori"),
        proposed={"contact": "Wilma-viesti tai puhelin 015 000 0210, ma–pe 8–15"},
        words="Numero on vaihtunut syksyllä.",
        token=uuid4(),
        by=stage.cast["Tiina"],
    )
    yield 2
    free_time = Need.objects.get(code="free_time")
    suggest(
        service=None,
        proposed={
            "name_fi": "Maailman keittiö",
            "name_sv": "Världens kök",
            "kind": "project",
            "provider_name": "Keittiökollektiivi Mauste ry",
            "service_class": ServiceClass.objects.get(code="hobbies").pk,
            "needs": [free_time.pk],
            "threshold": "open",
            "cost": "free",
            "channels": ["group"],
            "languages": ["en", "fi"],
            "description_fi": "Nuoret kokkaavat yhdessä eri maiden ruokia joka toinen lauantai.",
        },
        words="",
        token=uuid4(),
        by=stage.cast["Daniel"],
    )


def make_services(agencies, mikkeli):
    """Every service of the demo, checked on the day it is made; whoever isn't among the agencies is outside."""
    classes, needs, groups = (_by_code(model) for model in (ServiceClass, Need, TargetGroup))
    for provider, names, kind, codes, ages, threshold, contact in SERVICES:
        made = _make(
            agencies,
            mikkeli,
            provider,
            service_class=classes[kind],
            threshold=threshold,
            contact=contact,
            **dict(zip(("name_fi", "name_sv", "name_en"), names, strict=True)),
            **dict(zip(("youngest_age", "oldest_age"), ages, strict=True)),
        )
        made.needs.set([needs[code] for code in codes])
    for number, row in enumerate(rows()):
        columns = ("kind", "name_fi", "name_sv", "threshold", "cost", "contact", "description_fi", "description_sv")
        made = _make(
            agencies,
            mikkeli,
            row["provider"],
            service_class=classes[row["class"]],
            youngest_age=row["from"] or None,
            oldest_age=row["to"] or None,
            channels=row["channels"].split(","),
            languages=row["languages"].split(","),
            priority=row["priority"],
            checked_on=today() - timedelta(days=0 if number % OLD_EVERY else OLD_DAYS),
            **{column: row[column] for column in columns},
        )
        made.needs.set([needs[code] for code in row["needs"].split(",")])
        made.target_groups.set([groups[code] for code in row["groups"].split(",")])


def rows():
    """The services of the file."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="|"))


def _make(agencies, mikkeli, provider, **fields):
    owner = agencies.get(provider)
    return Service.objects.create(
        area=owner.area if owner else mikkeli,
        owner=owner,
        provider_name="" if owner else provider,
        **{"checked_on": today()} | fields,
    )


def _by_code(model):
    return {one.code: one for one in model.objects.all()}


def _written_down(stage, who, by, ago, step, services, needs):
    yield ago
    stage.call(
        who,
        by,
        channel=Channel.FACE,
        step=step,
        services=[*Service.objects.filter(name_fi__in=services)],
        unmet=[*Need.objects.filter(code__in=needs)],
    )

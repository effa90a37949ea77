"""Services of both towns in the demo, a few referrals, and needs for which there was no service. All of it invented."""

from config.demo.stories import Channel, Step
from coordination.services.models import Need, Service, ServiceClass

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


def stories(stage):
    """In no order, like the towns' own."""
    yield _services(stage)
    for row in WRITTEN_DOWN:
        yield _written_down(stage, *row)


def _services(stage):
    """The towns have made their lists."""
    yield 190
    classes = {one.code: one for one in ServiceClass.objects.all()}
    needs = {one.code: one for one in Need.objects.all()}
    for provider, names, kind, codes, ages, threshold, contact in SERVICES:
        owner = stage.cast.agencies.get(provider)
        made = Service.objects.create(
            area=owner.area if owner else stage.cast.areas["mikkeli"],
            owner=owner,
            provider_name="" if owner else provider,
            service_class=classes[kind],
            threshold=threshold,
            contact=contact,
            **dict(zip(("name_fi", "name_sv", "name_en"), names, strict=True)),
            **dict(zip(("youngest_age", "oldest_age"), ages, strict=True)),
        )
        made.needs.set([needs[code] for code in codes])


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

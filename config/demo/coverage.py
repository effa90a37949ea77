"""The service map of Mikkeli in the demo: what was lacking in work, two gaps, and an overlap that was merged."""

from datetime import timedelta
from uuid import uuid4

from coordination.clocks.half_years import TIME_TO_WRITE_DOWN
from coordination.clocks.rules import half_year_of, today
from coordination.services.commands.words import rebuild
from coordination.services.models import Need, Service, ServiceClass, TargetGroup, UnmetNeed
from pilots.service_map.commands import findings as commands
from pilots.service_map.commands.coverage import add_rule
from pilots.service_map.coverage_rules import band_of
from pilots.service_map.queries.matrix import Matrix, Narrowing, columns_of

# Two that do the same, in the same yard.
_TWINS = (
    ("Perhekahvila Pikkukulma", "Familjecafé Lillhörnet", "Pikkukulman vanhemmat ry"),
    ("Avoin perhekahvila Kaneli", "Öppna familjecaféet Kanel", "Kanelin kortteliyhdistys"),
)
# How often each agency found nothing for a need in the latest half-year that can be told of.
_LACKING = {"mental": {"school": 9, "health": 6, "outreach": 7}, "housing": {"outreach": 6, "social": 6}}


def stories(stage):
    """In no order, like the towns' own."""
    yield _lacking(stage)
    yield _overlap(stage)
    yield _gap_in_swedish(stage)
    yield _gap_without_referral(stage)


def _lacking(stage):
    """What real work has counted before, and the rule that the town has made of it."""
    yield 150
    anna = stage.cast["Anna"]
    month = half_year_of(half_year_of(stage.today - TIME_TO_WRITE_DOWN) - timedelta(days=1))
    for code, counts in _LACKING.items():
        for agency, number in counts.items():
            UnmetNeed.objects.create(
                public_id=None,
                area=anna.agency.area,
                need=Need.objects.get(code=code),
                agency=stage.cast.agencies[agency],
                age_band=UnmetNeed.AgeBand.FROM_16,
                month=month,
                count=number,
            )
    need = Need.objects.get(code="mental")
    add_rule(area=anna.agency.area, need=need, token=uuid4(), by=anna, thin_until=3, double_from=4)


def _overlap(stage):
    """Two family cafés a street apart become one."""
    yield 92
    kaisa = stage.cast["Kaisa"]
    twins = [_twin(kaisa.agency.area, *names) for names in _TWINS]
    rebuild(Service.objects.filter(pk__in=[one.pk for one in twins]))
    found = _opened(
        kaisa,
        "family",
        "3-5",
        services=twins,
        kind="overlap",
        title="Kaksi perhekahvilaa samassa korttelissa",
        words="Samat perheet käyvät molemmissa, kumpikin on auki vain kahdesti viikossa.",
    )
    yield 80
    _decided(kaisa, found, decision="merge", action="Yhdistetään Pikkukulmaan, auki neljästi viikossa", days=30)
    yield 66
    commands.merge(finding=found, kept=twins[0], retired=twins[1], by=kaisa)
    commands.add_note(finding=found, token=uuid4(), by=kaisa, words="Yhdistykset jakavat vuorot.")
    yield 52
    found.refresh_from_db()
    commands.close(finding=found, number=found.number, by=kaisa, outcome="filled")


def _twin(area, name_fi, name_sv, provider):
    made = Service.objects.create(
        area=area,
        name_fi=name_fi,
        name_sv=name_sv,
        provider_name=provider,
        service_class=ServiceClass.objects.get(code="peer_support"),
        oldest_age=6,
        threshold=Service.Threshold.OPEN,
        cost=Service.Cost.FREE,
        channels=[Service.Channel.VISIT, Service.Channel.GROUP],
        languages=[Service.Language.FI],
        priority=Service.Priority.PARENTHOOD,
        checked_on=today(),
    )
    made.needs.set(Need.objects.filter(code="family"))
    made.target_groups.set(TargetGroup.objects.filter(code="families"))
    return made


def _gap_in_swedish(stage):
    """Help for newcomers in Swedish for children at school: it is bought, and the nurse sees to it."""
    yield 58
    anna, niina = stage.cast["Anna"], stage.cast["Niina"]
    found = _opened(
        anna,
        "integration",
        "7-12",
        narrowing=Narrowing(language="sv"),
        owner=niina,
        title="Kotoutumisen tukea alakouluikäisille ruotsiksi",
        words="Perheet on ohjattu naapurikuntiin, jonne matka on pitkä.",
    )
    yield 44
    _decided(anna, found, decision="buy", action="Ostetaan ohjausta naapurialueelta", days=56)
    yield 15
    commands.add_note(finding=found, token=uuid4(), by=niina, words="Kaksi tarjousta saatu, kolmatta odotetaan.")


def _gap_without_referral(stage):
    """Children of parents who drink, without a referral: it waits to be decided."""
    yield 20
    _opened(
        stage.cast["Kalle"],
        "substance",
        "7-12",
        narrowing=Narrowing(threshold=Service.Threshold.OPEN),
        title="Apua ilman lähetettä lapsille, joiden kotona juodaan",
        words="Lähetettä ei haeta, ja ryhmään pääsee vasta yläkoulussa.",
    )


def _opened(by, need, band, *, narrowing=None, services=None, kind="gap", **seen):
    """A gap or an overlap as its box stands on that day."""
    narrowing, area = narrowing or Narrowing(), by.agency.area
    cell = Matrix(area, narrowing, own=True).cell(Need.objects.get(code=need), band_of(band))
    return commands.open_finding(
        area=area,
        token=uuid4(),
        by=by,
        services=services or [one.pk for one in cell.services],
        kind=kind,
        need=cell.about,
        from_age=cell.band.first,
        to_age=cell.band.last,
        state_then=cell.state,
        number_then=cell.number,
        **columns_of(narrowing),
        **seen,
    )


def _decided(by, found, *, decision, action, days):
    said = {"reason": "", "decided_on": today(), "due_on": today() + timedelta(days=days)}
    commands.decide(finding=found, number=found.number, by=by, decision=decision, action=action, **said)

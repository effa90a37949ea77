"""The coverage of an area: how much there is for each need or service class at each age."""

from dataclasses import dataclass, field
from functools import cached_property

from coordination.services.models import Need, ServiceClass
from coordination.services.queries.coverage import Covering, countable, covering
from coordination.services.queries.sight import public, seen_by
from pilots.service_map import coverage_rules as rules
from pilots.service_map.coverage_states import Coverage
from pilots.service_map.models import CoverageRule, Finding
from pilots.service_map.queries.deciding import open_findings
from pilots.service_map.queries.lacking import Lacking, lacking_in

NEED, CLASS = "need", "class"
ROWS = {NEED: Need, CLASS: ServiceClass}


@dataclass(frozen=True)
class Narrowing:
    """By what the matrix is narrowed; empty is everything. A municipality stands as its row."""

    by: str = NEED
    municipality: object = None
    language: str = ""
    threshold: str = ""
    priority: int | None = None

    def leaves(self, service):
        """Whether the service counts."""
        town = self.municipality
        return (
            (town is None or not service.municipalities or town.pk in service.municipalities)
            and (not self.language or self.language in service.languages)
            and (not self.threshold or service.threshold == self.threshold)
            and (self.priority is None or service.priority == self.priority)
        )


@dataclass(frozen=True)
class Cell:
    """How much there is of one thing for one band. `providers` is how many do the same for the same people;
    `findings` are those open of it."""

    about: Need | ServiceClass
    band: rules.Band
    services: list[Covering]
    providers: int
    state: Coverage
    rule: CoverageRule
    findings: list[Finding] = field(default_factory=list)

    @property
    def number(self):
        """How many services there are."""
        return len(self.services)

    @property
    def same(self):
        """Those of the services that do the same, where that is possibly double; of any two providers elsewhere."""
        least = self.rule.double_from if self.state == Coverage.DOUBLE else 2
        return rules.doing_the_same(self.services, self.band, providers=least)


@dataclass(frozen=True)
class Row:
    """One need or class with its cells, and what was needed of it and not available (of a need alone)."""

    about: Need | ServiceClass
    cells: list[Cell]
    lacking: list[Lacking] = field(default_factory=list)


@dataclass(frozen=True)
class Unknown:
    """How many of the services that count don't say something."""

    number: int
    ages: int
    municipalities: int
    languages: int
    target_groups: int


class Matrix:
    """The coverage of one area, for readers of it (`own`) or of another; read as it is asked for."""

    def __init__(self, area, narrowing, *, own):
        self.area, self.narrowing, self.own = area, narrowing, own

    @cached_property
    def _services(self):
        return covering(self.area, own=self.own)

    @cached_property
    def _rules(self):
        return list(CoverageRule.objects.filter(area=self.area).select_related("need", "service_class"))

    @cached_property
    def _findings(self):
        return list(open_findings(self.area))

    @cached_property
    def _counted(self):
        return [service for service in self._services if self.narrowing.leaves(service)]

    @cached_property
    def rows(self):
        """A row for each need or class in use, by its name in the reader's language."""
        model = ROWS[self.narrowing.by]
        found = sorted(model.objects.filter(is_active=True), key=lambda one: one.name.casefold())
        marks = lacking_in(self.area) if model is Need else {}
        return [Row(one, [self.cell(one, band) for band in rules.BANDS], marks.get(one.pk, [])) for one in found]

    def cell(self, about, band):
        """One cell."""
        is_need = isinstance(about, Need)
        services = [
            one
            for one in self._counted
            if (about.pk in one.needs if is_need else one.service_class == about.pk)
            and rules.touches(band, one.youngest_age, one.oldest_age)
        ]
        key = {"need": about.pk} if is_need else {"service_class": about.pk}
        rule, providers = rules.rule_for(self._rules, **key), rules.providers_of_the_same(services, band)
        state = rules.state_of(len(services), providers, rule)
        return Cell(about, band, services, providers, state, rule, self._open_of(about, band, is_need))

    def _open_of(self, about, band, is_need):
        column = "need_id" if is_need else "service_class_id"
        wanted = columns_of(self.narrowing) | {"from_age": band.first, "to_age": band.last, column: about.pk}
        return [one for one in self._findings if all(getattr(one, name) == value for name, value in wanted.items())]

    @property
    def unknown(self):
        """How many services don't say for whom they are."""
        services = self._services
        return Unknown(
            number=len(services),
            ages=sum(one.youngest_age is None and one.oldest_age is None for one in services),
            municipalities=sum(not one.municipalities for one in services),
            languages=sum(not one.languages for one in services),
            target_groups=sum(not one.target_groups for one in services),
        )


def columns_of(narrowing):
    """The columns of a finding that say by what the matrix was narrowed."""
    return {
        "municipality_id": narrowing.municipality and narrowing.municipality.pk,
        "language": narrowing.language,
        "threshold": narrowing.threshold,
        "priority": narrowing.priority,
    }


def narrowing_of(finding):
    """By what the matrix was narrowed when this finding was opened."""
    return Narrowing(
        by=NEED if finding.need else CLASS,
        municipality=finding.municipality,
        language=finding.language,
        threshold=finding.threshold,
        priority=finding.priority,
    )


def services_of(cell, area, *, own):
    """The services of a cell as rows, by name."""
    keys = [one.pk for one in cell.services]
    rows = countable(area, own=own).filter(pk__in=keys).select_related("service_class", "owner__area", "area")
    return list(rows.order_by("name_fi", "pk"))


def shown_services(finding, viewer):
    """The services of a finding that this membership may know of: in use or not, by name."""
    rows = finding.services.select_related("service_class", "owner__area", "area").order_by("name_fi", "pk")
    own = viewer.agency.area_id == finding.area_id
    return list(seen_by(rows, viewer) if own else public(rows))

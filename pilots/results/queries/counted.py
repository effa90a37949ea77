"""What the portal counts of a pilot by itself, for indicators: one line for each, only closed half-years, and only what
may be told."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from coordination.interface.small_numbers import Told
from pilots.measures.queries import figures as measures
from pilots.questionnaires.queries import figures as forms
from pilots.results.models.indicators import Unit
from pilots.schedules.queries import figures as schedules
from pilots.trainings.queries.figures import held_of


class Counts:
    """What has been counted of one pilot; each step is asked once, and only where it is needed."""

    def __init__(self, pilot):
        self.pilot = pilot

    @cached_property
    def measures(self):
        """The figures of its courses of measures."""
        return measures.figures_of(self.pilot)

    @cached_property
    def forms(self):
        """The figures of its forms."""
        return forms.figures_of(self.pilot)

    @cached_property
    def schedules(self):
        """The figures of its schedules."""
        return schedules.figures_of(self.pilot)

    @cached_property
    def trainings(self):
        """Its trainings by half-year."""
        return held_of(self.pilot)

    def held(self, what):
        """{half-year: how many} of its trainings, of the people who came, or of the certificates."""
        numbers = {half: len(getattr(one, what)) for half, one in self.trainings.items()}
        return {half: Told(str(number), number) for half, number in numbers.items()}


@dataclass(frozen=True)
class Source:
    """One thing that is counted: what it is called, its unit, and {half-year: what may be told} of a pilot's Counts."""

    label: str
    unit: Unit
    told: Callable[[Counts], dict]


SOURCES = {
    "courses_begun": Source(
        _("courses of measures begun"), Unit.NUMBER, lambda counts: counts.measures.of(measures.What.BEGUN)
    ),
    "courses_planned": Source(
        _("courses of measures that ended as planned"),
        Unit.NUMBER,
        lambda counts: counts.measures.of(measures.What.PLANNED),
    ),
    "courses_better": Source(
        _("share of courses of measures reliably better at the end"),
        Unit.PERCENT,
        lambda counts: counts.measures.of(measures.What.IMPROVED),
    ),
    "forms_submitted": Source(_("forms submitted"), Unit.NUMBER, lambda counts: counts.forms.of(forms.What.SUBMITTED)),
    "schedules_begun": Source(
        _("young people who came along in a schedule"),
        Unit.NUMBER,
        lambda counts: counts.schedules.of(schedules.What.BEGUN),
    ),
    "steps_in_time": Source(
        _("share of the steps of schedules done in time"),
        Unit.PERCENT,
        lambda counts: counts.schedules.of(schedules.What.DONE),
    ),
    "trainings_held": Source(_("trainings and meetings held"), Unit.NUMBER, lambda counts: counts.held("trainings")),
    "people_trained": Source(
        _("people who came to trainings and meetings"), Unit.NUMBER, lambda counts: counts.held("people")
    ),
    "certificates": Source(_("certificates given"), Unit.NUMBER, lambda counts: counts.held("certificates")),
}

"""The curves of a course, each with its table: one for each instrument and respondent."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from coordination.interface.charts import Chart, Level, scores
from coordination.interface.small_numbers import NOTHING
from coordination.templatetags.ui import finnish_date
from pilots.measures.models import Instrument, Respondent
from pilots.measures.rules import Reading, Verdict

COLOURS = {Verdict.BETTER: "green", Verdict.ACROSS: "green", Verdict.WORSE: "red"}


@dataclass(frozen=True)
class Row:
    """One line of the table beside a curve."""

    reading: Reading
    is_clinical: bool | None
    verdict: str
    colour: str

    @property
    def change(self):
        """The change since the first score, with its sign; empty at the first."""
        if self.reading.verdict == Verdict.FIRST:
            return ""
        sign = "+" if self.reading.change > 0 else "−" if self.reading.change < 0 else "±"
        return sign + one_decimal(abs(self.reading.change))


@dataclass(frozen=True)
class Curve:
    """One respondent's scores of one instrument."""

    instrument: Instrument
    respondent: str
    chart: Chart
    rows: list[Row]

    @property
    def is_outcome(self):
        """Whether it is about how things are going rather than about working together."""
        return self.instrument.kind == Instrument.Kind.OUTCOME

    @property
    def last(self):
        """What was said last."""
        return self.rows[-1]


def curves_of(told):
    """Every curve of a course, the outcome's first."""
    found = []
    for instrument, by_respondent in told.readings.items():
        highest = sum(scale.highest for scale in instrument.scales.all())
        for respondent, readings in by_respondent.items():
            found.append(_curve(instrument, respondent, readings, highest))
    return found


def _curve(instrument, respondent, readings, highest):
    who = Respondent(respondent).label
    title = _("%(instrument)s, %(who)s") % {"instrument": instrument.name, "who": who}
    first, last = readings[0].score, readings[-1].score
    said = {"first": one_decimal(first.total), "last": one_decimal(last.total), "number": len(readings)}
    levels = [Level(_("first score"), [first.total] * len(readings))]
    if any(one.score.cutoff is not None for one in readings):
        levels.insert(0, Level(_("cut-off"), [one.score.cutoff for one in readings]))
        said["cutoff"] = one_decimal(last.cutoff) if last.cutoff is not None else NOTHING
        desc = _("%(number)d scores, from %(first)s to %(last)s; the cut-off is %(cutoff)s.") % said
    else:
        desc = _("%(number)d scores, from %(first)s to %(last)s.") % said
    chart = scores(
        id=f"curve-{instrument.pk}-{respondent}",
        title=title,
        desc=desc,
        name=_("score"),
        labels=[(finnish_date(one.score.day).rsplit(".", 1)[0] + ".", str(one.score.number)) for one in readings],
        values=[one.score.total for one in readings],
        levels=levels,
        most=highest,
    )
    return Curve(instrument, who, chart, [_row(instrument, one) for one in readings])


def _row(instrument, reading):
    if instrument.kind == Instrument.Kind.OUTCOME:
        return Row(reading, reading.score.is_below, reading.verdict.label, COLOURS.get(reading.verdict, "grey"))
    words = _("talk about it") if reading.is_alert else _("as it should be")
    return Row(reading, reading.score.is_below, words, "red" if reading.is_alert else "green")


def one_decimal(number):
    """As the reader's language writes it."""
    return number_format(number, decimal_pos=1)

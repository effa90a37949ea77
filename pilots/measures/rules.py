"""What a score is worth, when something can be answered, and what is asked of whoever writes it down.

Scores are decimals with one place, so that a millimetre of a ten-centimetre line is exact.
"""

import json
import re
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from coordination.people.rules import age_on, is_of_age
from pilots.measures.models import Instrument, Respondent, Scale, Source

HANDED_OVER = timedelta(minutes=30)
# A course of a session a day for the better part of a year; nobody reads more on one page.
MOST_SESSIONS = 200
_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d)?", re.ASCII)
SOURCES = {
    Respondent.YOUNG_PERSON: Source.YOUNG_PERSON,
    Respondent.GUARDIAN_1: Source.GUARDIAN,
    Respondent.GUARDIAN_2: Source.GUARDIAN,
}


# --- Scores ---------------------------------------------------------------------------------------------------------


class Verdict(models.TextChoices):
    """What a score says of the way since the first one."""

    FIRST = "first", gettext_lazy("the first score")
    SAME = "same", gettext_lazy("no reliable change")
    BETTER = "better", gettext_lazy("reliably better")
    ACROSS = "across", gettext_lazy("reliably better, and across the cut-off")
    WORSE = "worse", gettext_lazy("reliably worse")


@dataclass(frozen=True)
class Score:
    """The total of one respondent in one session, with the cut-off of their age on that day (None: there is none)."""

    number: int
    day: date
    total: Decimal
    cutoff: Decimal | None = None

    @property
    def is_below(self):
        """Whether it is below the cut-off; None where there is none."""
        return None if self.cutoff is None else self.total < self.cutoff


@dataclass(frozen=True)
class Reading:
    """A score beside the first one and the one before it."""

    score: Score
    change: Decimal
    verdict: Verdict
    is_alert: bool = False


def cutoff_of(cutoffs, respondent, age):
    """The cut-off for whoever answers about a young person of this age; None where there is none."""
    source = SOURCES[respondent]
    fitting = (one for one in cutoffs if one.respondent == source and one.from_age <= age)
    return next((one.value for one in fitting if one.to_age is None or age <= one.to_age), None)


def verdict_of(first, score, reliable_change):
    """What the way from the first score to this one says, measured by the reliable change."""
    if score.number == first.number:
        return Verdict.FIRST
    change = score.total - first.total
    if change <= -reliable_change:
        return Verdict.WORSE
    if change < reliable_change:
        return Verdict.SAME
    return Verdict.ACROSS if first.is_below and score.is_below is False else Verdict.BETTER


def is_alert(score, before, drop):
    """Whether an alliance is to be talked about: below the cut-off, or fallen by `drop` since the session before."""
    return bool(score.is_below) or before is not None and drop is not None and before.total - score.total >= drop


def readings(instrument, scores):
    """Each of one respondent's scores, in their order, beside those before it."""
    found = []
    for place, score in enumerate(scores):
        alert = instrument.kind == Instrument.Kind.ALLIANCE and is_alert(
            score, scores[place - 1] if place else None, instrument.alert_drop
        )
        verdict = verdict_of(scores[0], score, instrument.reliable_change)
        found.append(Reading(score, score.total - scores[0].total, verdict, alert))
    return found


class Standing(models.TextChoices):
    """How a course stands, by the outcome of whoever has answered twice: the young person, else a guardian."""

    EARLY = "early", gettext_lazy("too few sessions to tell")
    IMPROVING = "improving", gettext_lazy("improving")
    UNCHANGED = "unchanged", gettext_lazy("not changing")
    WORSE = "worse", gettext_lazy("getting worse")


_STANDS = {
    Verdict.SAME: Standing.UNCHANGED,
    Verdict.BETTER: Standing.IMPROVING,
    Verdict.ACROSS: Standing.IMPROVING,
    Verdict.WORSE: Standing.WORSE,
}


def standing_of(outcomes):
    """How a course stands, of {respondent: readings} of its outcome."""
    for respondent in Respondent.values:
        found = outcomes.get(respondent, [])
        if len(found) > 1:
            return _STANDS[found[-1].verdict]
    return Standing.EARLY


# --- Values ---------------------------------------------------------------------------------------------------------


def number_of(text):
    """The number that was typed, with a point or a comma; None for whatever is none with one decimal at most."""
    text = text.strip()
    return Decimal(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def fits(number, scale):
    """Whether this number can be one of the scale."""
    is_fine = scale.kind == Scale.Kind.VISUAL or number == number.to_integral_value()
    return scale.lowest <= number <= scale.highest and is_fine


def check_values(values, scales):
    """Raise NotNow unless there is a number that fits for each scale."""
    if len(values) != len(scales) or not all(map(fits, values, scales)):
        raise NotNow(_("Something is missing, or beyond the ends of its line."))


def as_text(values):
    """The values as they are encrypted: decimals with one place."""
    return json.dumps([f"{value:.1f}" for value in values])


# --- Who is asked what ----------------------------------------------------------------------------------------------


def fits_age(instrument, age):
    """Whether the instrument is for a young person of this age."""
    return (instrument.youngest_age or 0) <= age and (instrument.oldest_age is None or age <= instrument.oldest_age)


def check_fits(instrument, kind, young_person, area):
    """Raise NotNow for an instrument that isn't this area's to use, of the other kind, or for another age."""
    is_ours = instrument.in_use and instrument.area_id in (None, area.pk) and instrument.kind == kind
    if not is_ours or not fits_age(instrument, age_on(young_person.birth_date, today())):
        raise NotNow(_("Choose an instrument for the young person's age."))


def respondents_of(instrument, young_person):
    """Who may answer this instrument about the young person; guardians until the young person is of age."""
    sources = {*instrument.respondents} - ({Source.GUARDIAN} if is_of_age(young_person) else set())
    return [one for one in Respondent if SOURCES[one] in sources]


def check_answers(instrument, respondent, course):
    """Raise NotNow for somebody who isn't asked this in this course."""
    if instrument.pk not in (course.outcome_id, course.alliance_id) or respondent not in respondents_of(
        instrument, course.young_person
    ):
        raise NotNow(_("This isn't asked here."))


# --- Courses and sessions -------------------------------------------------------------------------------------------


def check_open(course):
    """Raise NotNow for a course that has ended."""
    if course.ended_on:
        raise NotNow(_("This course has ended: nothing more is added to it."))


def check_none_open(found):
    """Raise NotNow where the young person has an open course with the same professional."""
    if found:
        raise NotNow(_("You have begun with this young person already."))


def check_chosen(*instruments):
    """Raise NotNow where no instrument was chosen."""
    if not any(instruments):
        raise NotNow(_("Choose at least one instrument."))


def check_pilot(pilot, area):
    """Raise NotNow for a pilot of another area."""
    if pilot and pilot.area_id != area.pk:
        raise NotNow(_("Choose a pilot of your own area."))


def check_day(day, course):
    """Raise NotNow for a day that hasn't come yet, and for one before the course began."""
    if day > today():
        raise NotNow(_("The date is in the future."))
    if day < course.begun_on:
        raise NotNow(_("The course began later than that. Check the day."))


def check_order(day, before, after):
    """Raise NotNow for a day that isn't between those of the sessions before and after it (None: there is none)."""
    if (before and day <= before.held_on) or (after and day >= after.held_on):
        raise NotNow(_("The sessions before and after this one were on other days. Check the day."))


def check_room_for_more(number):
    """Raise NotNow where a course has as many sessions as it can have."""
    if number >= MOST_SESSIONS:
        raise NotNow(_("A course can have %(number)d sessions. End it, and begin another.") % {"number": MOST_SESSIONS})


def check_end(day, course, last):
    """Raise NotNow for an end to come, before the beginning, or before the day of the last session."""
    check_day(day, course)
    if last and day < last.held_on:
        raise NotNow(_("There is a session after that day. Check the day."))


def check_not_answered(found):
    """Raise NotNow for what has been answered: a slip of the finger must not take its place."""
    if found:
        raise NotNow(_("This has been answered already. It can be corrected on its page."))


# --- Handing over ---------------------------------------------------------------------------------------------------


def new_secret():
    """What stands in the address: nobody guesses it."""
    return secrets.token_urlsafe(32)


def works(hand_over):
    """Whether this can be answered now."""
    is_waiting = hand_over.used_at is None and hand_over.ended_at is None
    return is_waiting and timezone.now() < hand_over.expires_at and hand_over.session.course.ended_on is None


def check_works(hand_over):
    """Raise NotNow for what has been answered, has ended, is over, or never was."""
    if hand_over is None or not works(hand_over):
        raise _over()


def check_may_begin(works_with):
    """Raise NotNow for a professional who doesn't work with the young person (any more)."""
    if not works_with:
        raise NotNow(_("You don't work with this young person any more."))


def check_still_works_with(works_with):
    """Raise the same where the professional works with the young person no more: nothing is gathered then."""
    if not works_with:
        raise _over()


def _over():
    return NotNow(_("This page does not open any more. Give the phone back."))

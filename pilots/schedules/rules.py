"""On which days the steps of a schedule are due, and what can be done with one when."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.agencies.rules import NotNow
from coordination.clocks.rules import ONE_DAY, months_after, today
from coordination.people.rules import age_on
from pilots.measures.rules import fits_age
from pilots.schedules.models import ScheduleStep

When = ScheduleStep.When
AUGUST = 8
# From here on a first day counts with the school year to come: nothing is held in the summer.
_JUNE = 6
# How far back a first day can lie: somebody came along before the portal was there.
MONTHS_BACK = 12


# --- Days -----------------------------------------------------------------------------------------------------------


def due_on(step, first_day):
    """The day by which the step is to be done; the school year is that of the act on basic education (628/1998 23 §),
    from 1 August to 31 July."""
    if step.when == When.AFTER:
        return first_day + timedelta(days=step.after_days)
    begins = first_day.year - (first_day.month < _JUNE) + step.school_year - 1
    year = begins if step.month >= AUGUST else begins + 1
    return date(year, step.month, min(step.day, calendar.monthrange(year, step.month)[1]))


def days_of(steps, first_day, birth_date):
    """[(step, day)] of what comes of these steps for whoever was born on that day: not what is for another age then,
    and of a school year nothing that lies before the first day, or before what goes ahead of it has come due.

    What goes ahead is counted in days from the first one and stands earlier in the order: no follow-up comes before the
    plan. What lay before isn't made up for.
    """
    found, earliest = [], first_day
    for step in sorted(steps, key=lambda one: one.order):
        day = due_on(step, first_day)
        if not fits_age(step, age_on(birth_date, day)):
            continue
        if step.when == When.AFTER:
            earliest = max(earliest, day + ONE_DAY)
        elif day < earliest:
            continue
        found.append((step, day))
    return sorted(found, key=lambda pair: (pair[1], pair[0].order))


@dataclass(frozen=True)
class Changes:
    """What another wording of a schedule would change in one that is followed: the rows that `move`, as (row, day), the
    `new` steps, as (step, day), and the rows that are `gone`."""

    move: list
    new: list
    gone: list

    def __bool__(self):
        return bool(self.move or self.new or self.gone)


def changes(due_steps, days):
    """What changes of these rows (with `elsewhere`) where these days come of the schedule now. What was done, left out
    or begun stays as it is, and what is new doesn't begin with being late."""
    on = {step.pk: day for step, day in days}
    untouched = [one for one in due_steps if is_untouched([one]) and not one.elsewhere]
    known = {one.step_id for one in due_steps}
    return Changes(
        move=[(one, on[one.step_id]) for one in untouched if on.get(one.step_id, one.due_on) != one.due_on],
        new=[(step, day) for step, day in days if step.pk not in known and day >= today()],
        gone=[one for one in untouched if one.step_id not in on],
    )


def check_some_change(changes):
    """Raise NotNow where the schedule is followed as it stands now."""
    if not changes:
        raise NotNow(_("Everything is as the schedule says now."))


class State(models.TextChoices):
    """How a step stands today."""

    LATE = "late", gettext_lazy("late")
    NOW = "now", gettext_lazy("due now")
    COMING = "coming", gettext_lazy("still to come")
    IN_TIME = "in_time", gettext_lazy("done in time")
    DONE_LATE = "done_late", gettext_lazy("done late")
    LEFT_OUT = "left_out", gettext_lazy("left out")
    UNDONE = "undone", gettext_lazy("not done")


def state_of(due, *, done_on, is_open):
    """How a step stands that was done on this day (None: it wasn't), while its schedule is followed or after."""
    if due.left_out_at:
        return State.LEFT_OUT
    if done_on:
        return State.IN_TIME if done_on <= due.due_on else State.DONE_LATE
    if not is_open:
        return State.UNDONE
    if due.due_on < today():
        return State.LATE
    return State.NOW if shows_from(due) <= today() else State.COMING


def shows_from(due):
    """Since which day the step shows on the desk."""
    return due.due_on - timedelta(days=due.step.days_before)


# --- Beginning and ending -------------------------------------------------------------------------------------------


def earliest_day():
    """The earliest first day that can be said."""
    return months_after(today(), -MONTHS_BACK)


def check_may_begin(works_with):
    """Raise NotNow for whoever doesn't work with the young person (any more)."""
    if not works_with:
        raise NotNow(_("You don't work with this young person any more."))


def check_fits(schedule, young_person, area):
    """Raise NotNow for a schedule that isn't this area's to use, or is for another age."""
    is_ours = schedule.in_use and schedule.area_id in (None, area.pk)
    if not is_ours or not fits_age(schedule, age_on(young_person.birth_date, today())):
        raise NotNow(_("Choose a schedule for the young person's age."))


def check_first_day(day):
    """Raise NotNow for a first day to come, or too long ago."""
    if day > today():
        raise NotNow(_("The date is in the future."))
    if day < earliest_day():
        raise NotNow(_("The first day can lie a year back at most."))


def check_something_comes(days):
    """Raise NotNow where nothing comes of a schedule for this young person."""
    if not days:
        raise NotNow(_("Nothing comes of this schedule: all of it lies before the first day, or is for another age."))


def is_untouched(due_steps):
    """Whether nothing was done, left out or begun yet."""
    return not any(one.done_on or one.left_out_at or one.sheet_id for one in due_steps)


def check_untouched(due_steps):
    """Raise NotNow once something was done in it: the days count from the first day as it was."""
    if not is_untouched(due_steps):
        raise NotNow(_("Something has been done or left out already, so the first day stays as it is."))


def not_yours():
    """The refusal of whoever doesn't answer for this (any more)."""
    return NotNow(_("This schedule is not yours to follow."))


def check_open(enrolment):
    """Raise NotNow once it has ended."""
    if enrolment.ended_on:
        raise NotNow(_("This schedule has ended: nothing more is done in it."))


def check_end(day, enrolment, due_steps):
    """Raise NotNow for an end to come, before the first day, or before something that was done."""
    check_day(day, enrolment)
    if any(one.done_on and one.done_on > day for one in due_steps):
        raise NotNow(_("Something was done after that day. Check the day."))


def check_can_take_over(can):
    """Raise NotNow for somebody to whom it can't be handed over."""
    if not can:
        raise NotNow(_("It can't be handed over to them now. Choose somebody else."))


# --- Steps ----------------------------------------------------------------------------------------------------------


def check_waits(due):
    """Raise NotNow for a step that is done or left out."""
    if due.done_on or due.left_out_at:
        raise NotNow(_("This step has been done or left out already."))


def check_day(day, enrolment):
    """Raise NotNow for a day that hasn't come yet, or that lies before the first one."""
    if day > today():
        raise NotNow(_("The date is in the future."))
    if day < enrolment.first_day:
        raise NotNow(_("That is before the first day of this schedule. Check the day."))


def can_begin_form(due, membership):
    """Whether this membership can begin the form of this step: nobody has, or somebody else who followed it then."""
    return due.step.kind == ScheduleStep.Kind.FORM and (due.sheet is None or due.sheet.owner_id != membership.pk)


def check_can_begin_form(due, by):
    """Raise NotNow for a step that isn't a form, or whose form `by` has begun."""
    if not can_begin_form(due, by):
        raise NotNow(_("The form has been begun already."))


def check_is_of_step(version, versions):
    """Raise NotNow for a form that isn't one of those for the step."""
    if version not in versions:
        raise NotNow(_("Choose one of these."))


def check_can_reopen(due):
    """Raise NotNow for a step that nobody called done by hand: what was written elsewhere stands there."""
    if due.elsewhere or not (due.done_on or due.left_out_at):
        raise NotNow(_("What was written in a form or in measures says that it is done."))

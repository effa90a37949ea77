"""What a method says is to be done when, whom it is followed with, and what is counted of it."""

from pilots.schedules.models.enrolments import DueStep, Enrolment
from pilots.schedules.models.figures import ScheduleFact
from pilots.schedules.models.schedules import Schedule, ScheduleStep

__all__ = ["DueStep", "Enrolment", "Schedule", "ScheduleFact", "ScheduleStep"]

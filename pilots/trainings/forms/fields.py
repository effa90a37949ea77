"""Days and times of trainings."""

from datetime import timedelta

from coordination.clocks.rules import today
from coordination.interface.fields import DateField3


def in_three_years():
    """The last day that a training can be planned for."""
    return today() + timedelta(days=3 * 366)


class ComingDayField(DateField3):
    """A day to come, today included."""

    def __init__(self, **kwargs):
        super().__init__(future_only=True, not_after=in_three_years, **kwargs)

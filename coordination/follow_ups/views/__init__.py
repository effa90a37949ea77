"""The coordinator's list, the call sheet, and what is pressed on it."""

from coordination.follow_ups.views.lists import begin, list
from coordination.follow_ups.views.pressed import add_adult, close, end_exclusion, exclude, take_over, take_up
from coordination.follow_ups.views.sheet import sheet

__all__ = ["add_adult", "begin", "close", "end_exclusion", "exclude", "list", "sheet", "take_over", "take_up"]

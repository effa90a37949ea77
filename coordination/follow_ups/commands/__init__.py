"""Every write of the step."""

from coordination.follow_ups.commands.calls import save_call
from coordination.follow_ups.commands.closing import close_follow_up, look_after_clocks, move_follow_ups
from coordination.follow_ups.commands.opening import (
    Asked,
    add_adult,
    ask_also,
    begin_from_call,
    drop_excluded,
    end_exclusion,
    exclude,
    no_longer_asked,
    not_needed,
    open_follow_up,
    take_over,
    take_up,
)
from coordination.follow_ups.commands.parts import Decision

__all__ = [
    "Asked",
    "Decision",
    "add_adult",
    "ask_also",
    "begin_from_call",
    "close_follow_up",
    "drop_excluded",
    "end_exclusion",
    "exclude",
    "look_after_clocks",
    "move_follow_ups",
    "no_longer_asked",
    "not_needed",
    "open_follow_up",
    "save_call",
    "take_over",
    "take_up",
]

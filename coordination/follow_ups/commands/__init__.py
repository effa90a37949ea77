"""Every write of the step."""

from coordination.follow_ups.commands.again import (
    decide_again,
    exclude_again,
    hide_again,
    keep_from_learning_again,
    refuse_again,
)
from coordination.follow_ups.commands.calls import save_call
from coordination.follow_ups.commands.closing import close_follow_up, look_after_clocks, move_follow_ups
from coordination.follow_ups.commands.erasing import erase_follow_up, tell_parts_end
from coordination.follow_ups.commands.guardians import (
    erase_guardian,
    erase_guardians_of_age,
    let_learn,
    remove_guardian,
    save_guardian,
)
from coordination.follow_ups.commands.leaving import leave_sheets, reassign_follow_ups
from coordination.follow_ups.commands.non_disclosure import end_non_disclosure
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
from coordination.follow_ups.commands.referrals import remove_referral, remove_unmet
from coordination.follow_ups.commands.refusals import lift_refusal, refuse_adult
from coordination.follow_ups.commands.takeovers import (
    accept_takeover,
    ask_area,
    decline_takeover,
    hand_over,
    withdraw_asking,
)
from coordination.follow_ups.commands.telling import tell_guardian
from coordination.follow_ups.commands.undoing import undo_decision

__all__ = [
    "Asked",
    "Decision",
    "accept_takeover",
    "add_adult",
    "ask_also",
    "ask_area",
    "begin_from_call",
    "close_follow_up",
    "decide_again",
    "decline_takeover",
    "drop_excluded",
    "end_exclusion",
    "end_non_disclosure",
    "erase_follow_up",
    "erase_guardian",
    "erase_guardians_of_age",
    "exclude",
    "exclude_again",
    "leave_sheets",
    "let_learn",
    "lift_refusal",
    "hand_over",
    "hide_again",
    "keep_from_learning_again",
    "look_after_clocks",
    "move_follow_ups",
    "no_longer_asked",
    "not_needed",
    "open_follow_up",
    "reassign_follow_ups",
    "refuse_adult",
    "refuse_again",
    "remove_guardian",
    "remove_referral",
    "remove_unmet",
    "save_call",
    "save_guardian",
    "take_over",
    "take_up",
    "tell_parts_end",
    "undo_decision",
    "tell_guardian",
    "withdraw_asking",
]

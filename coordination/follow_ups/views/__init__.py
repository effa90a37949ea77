"""The coordinator's list, the call sheet, and what is pressed on it."""

from coordination.follow_ups.views.guardians import (
    add_guardian,
    change_guardian,
    let_learn,
    remove_guardian,
    tell_guardian,
)
from coordination.follow_ups.views.lists import begin, list
from coordination.follow_ups.views.meetings import cancel_meeting, change_meeting, hold_meeting, plan_meeting
from coordination.follow_ups.views.pressed import (
    add_adult,
    close,
    end_exclusion,
    end_non_disclosure,
    exclude,
    take_over,
    take_up,
)
from coordination.follow_ups.views.referrals import remove_referral, remove_unmet
from coordination.follow_ups.views.refusals import lift_refusal, refuse, undo_decision
from coordination.follow_ups.views.sheet import sheet
from coordination.follow_ups.views.takeovers import answer, ask_area, asked_over, withdraw_asking

__all__ = [
    "add_adult",
    "add_guardian",
    "answer",
    "ask_area",
    "asked_over",
    "begin",
    "cancel_meeting",
    "change_guardian",
    "change_meeting",
    "close",
    "end_exclusion",
    "end_non_disclosure",
    "exclude",
    "hold_meeting",
    "let_learn",
    "lift_refusal",
    "list",
    "plan_meeting",
    "refuse",
    "remove_guardian",
    "remove_referral",
    "remove_unmet",
    "sheet",
    "take_over",
    "take_up",
    "tell_guardian",
    "undo_decision",
    "withdraw_asking",
]

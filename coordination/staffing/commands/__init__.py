"""Every write of the step."""

from coordination.staffing.commands.addresses import ask_for_address, confirm_address
from coordination.staffing.commands.again import disable_again, end_membership_again, take_power_again
from coordination.staffing.commands.idleness import end_idle
from coordination.staffing.commands.invitations import accept, invite, make_administrator_link, send_again, withdraw
from coordination.staffing.commands.members import (
    disable_user,
    end_by_date,
    end_membership,
    save_membership,
    save_user,
)
from coordination.staffing.commands.settings import (
    decide_change,
    end_late_changes,
    save_agency,
    save_area,
    save_ground,
    withdraw_change,
)

__all__ = [
    "accept",
    "ask_for_address",
    "confirm_address",
    "decide_change",
    "disable_again",
    "disable_user",
    "end_by_date",
    "end_idle",
    "end_late_changes",
    "end_membership",
    "end_membership_again",
    "invite",
    "make_administrator_link",
    "save_agency",
    "save_area",
    "save_ground",
    "save_membership",
    "save_user",
    "send_again",
    "take_power_again",
    "withdraw",
    "withdraw_change",
]

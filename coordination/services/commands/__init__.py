"""Every write of the step."""

from coordination.services.commands.unmet import count_unmet, mark_unmet, move_unmet, take_back_unmet

__all__ = ["count_unmet", "mark_unmet", "move_unmet", "take_back_unmet"]

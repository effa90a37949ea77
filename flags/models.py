"""Where Django looks for the models of this app; each lives in its own step."""

from flags.figures.models import MonthCount
from flags.flagging.models import Flag, FlaggingCount, FlaggingUnlock
from flags.matching.models import Match, MatchedFlag

__all__ = ["Flag", "FlaggingCount", "FlaggingUnlock", "Match", "MatchedFlag", "MonthCount"]

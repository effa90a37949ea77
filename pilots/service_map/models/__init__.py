"""The coordination group of an area and its meetings, the rounds of its survey, and the network of professionals."""

from pilots.service_map.models.children import AgeBand, ChildCode, ChildQuestion, ChildWords, Face
from pilots.service_map.models.gaps import Finding, FindingNote
from pilots.service_map.models.group import GroupMember
from pilots.service_map.models.indicators import SurveyGoal, SurveyIndicator
from pilots.service_map.models.matrix import CoverageRule
from pilots.service_map.models.meetings import AgendaItem, GroupAction, GroupMeeting
from pilots.service_map.models.network import NetworkContact
from pilots.service_map.models.rounds import SurveyAnswer, SurveyRound, SurveySummary

__all__ = [
    "CoverageRule",
    "Finding",
    "FindingNote",
    "AgendaItem",
    "GroupAction",
    "GroupMeeting",
    "GroupMember",
    "NetworkContact",
    "AgeBand",
    "ChildCode",
    "ChildQuestion",
    "ChildWords",
    "Face",
    "SurveyAnswer",
    "SurveyGoal",
    "SurveyIndicator",
    "SurveyRound",
    "SurveySummary",
]

"""Questionnaires in versions, and what was filled in of a young person."""

from pilots.questionnaires.models.questionnaires import (
    Question,
    Questionnaire,
    QuestionnaireParty,
    QuestionnaireVersion,
)
from pilots.questionnaires.models.sheets import Sheet, SheetPart, SheetRecipient

__all__ = [
    "Question",
    "Questionnaire",
    "QuestionnaireParty",
    "QuestionnaireVersion",
    "Sheet",
    "SheetPart",
    "SheetRecipient",
]

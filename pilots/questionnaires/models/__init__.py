"""Questionnaires in versions, what was filled in of a young person, and what is counted of it."""

from pilots.questionnaires.models.figures import FormFact
from pilots.questionnaires.models.questionnaires import (
    Question,
    Questionnaire,
    QuestionnaireParty,
    QuestionnaireVersion,
)
from pilots.questionnaires.models.sheets import Sheet, SheetPart, SheetRecipient

__all__ = [
    "FormFact",
    "Question",
    "Questionnaire",
    "QuestionnaireParty",
    "QuestionnaireVersion",
    "Sheet",
    "SheetPart",
    "SheetRecipient",
]

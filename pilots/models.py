"""Where Django looks for the models of this app; each lives in its own step."""

from pilots.questionnaires.models import (
    Question,
    Questionnaire,
    QuestionnaireParty,
    QuestionnaireVersion,
    Sheet,
    SheetPart,
    SheetRecipient,
)
from pilots.registry.models import (
    Attachment,
    AttachmentContent,
    Decision,
    Milestone,
    Partner,
    Pilot,
    PilotLead,
    PilotText,
    Programme,
    Risk,
    Site,
)

__all__ = [
    "Attachment",
    "AttachmentContent",
    "Decision",
    "Milestone",
    "Partner",
    "Pilot",
    "PilotLead",
    "PilotText",
    "Programme",
    "Question",
    "Questionnaire",
    "QuestionnaireParty",
    "QuestionnaireVersion",
    "Risk",
    "Sheet",
    "SheetPart",
    "SheetRecipient",
    "Site",
]

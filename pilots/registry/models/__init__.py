"""Programmes and their pilots, what was decided of them, and the files that belong to them."""

from pilots.registry.models.attachments import Attachment, AttachmentContent
from pilots.registry.models.decisions import Decision
from pilots.registry.models.parts import Milestone, Partner, Risk, Site
from pilots.registry.models.pilots import Pilot, PilotLead, PilotText
from pilots.registry.models.programmes import Programme

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
    "Risk",
    "Site",
]

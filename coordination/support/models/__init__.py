"""The one adult of a young person: texts that are agreed to, the relationship, its permissions, and its work."""

from coordination.support.models.permissions import TalkPermission
from coordination.support.models.supports import SaidHow, Substitution, Support
from coordination.support.models.texts import PracticesAcceptance, SupportText
from coordination.support.models.work import Accompanied, Contact, Matter, MatterKind

__all__ = [
    "Accompanied",
    "Contact",
    "Matter",
    "MatterKind",
    "PracticesAcceptance",
    "SaidHow",
    "Substitution",
    "Support",
    "SupportText",
    "TalkPermission",
]

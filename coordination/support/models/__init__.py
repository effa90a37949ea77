"""The one adult of a young person: texts that are agreed to, the relationship, its permissions, and its work."""

from coordination.support.models.figures import HalfYearFact
from coordination.support.models.overlaps import ClientRelationship, ClientTask, OverlapProposal
from coordination.support.models.own_page import OwnPage, OwnRequest
from coordination.support.models.permissions import TalkPermission
from coordination.support.models.standing import Rating, Whereabouts
from coordination.support.models.supports import SaidHow, Substitution, Support
from coordination.support.models.texts import PracticesAcceptance, SupportText
from coordination.support.models.work import Accompanied, Contact, Matter, MatterKind

__all__ = [
    "Accompanied",
    "ClientRelationship",
    "ClientTask",
    "Contact",
    "HalfYearFact",
    "Matter",
    "MatterKind",
    "OverlapProposal",
    "OwnPage",
    "OwnRequest",
    "PracticesAcceptance",
    "Rating",
    "SaidHow",
    "Substitution",
    "Support",
    "SupportText",
    "TalkPermission",
    "Whereabouts",
]

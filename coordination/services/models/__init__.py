"""The directory: services and projects, the lists that sort them, what is proposed of them, and what was lacking."""

from coordination.services.models.entries import Service
from coordination.services.models.lists import Need, ServiceClass, TargetGroup
from coordination.services.models.suggestions import ServiceSuggestion
from coordination.services.models.unmet import UnmetNeed
from coordination.services.models.words import ServiceWords

__all__ = ["Need", "Service", "ServiceClass", "ServiceSuggestion", "ServiceWords", "TargetGroup", "UnmetNeed"]

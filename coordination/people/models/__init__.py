"""A young person, why and what somebody may see of them, and what protects them."""

from coordination.people.models.protection import LegalGuardian, NonDisclosureChange
from coordination.people.models.refusals import Refusal
from coordination.people.models.young_people import (
    Exclusion,
    Ground,
    LikelyDouble,
    YoungPerson,
    YoungPersonGroupPermission,
    YoungPersonUserPermission,
)

__all__ = [
    "Exclusion",
    "Ground",
    "LegalGuardian",
    "LikelyDouble",
    "NonDisclosureChange",
    "Refusal",
    "YoungPerson",
    "YoungPersonGroupPermission",
    "YoungPersonUserPermission",
]

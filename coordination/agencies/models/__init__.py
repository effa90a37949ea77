"""Who is who: places, agencies, people who work in them."""

from coordination.agencies.models.agencies import Agency, CovenantParty
from coordination.agencies.models.areas import Area, AreaRules, County, LegalGround, Municipality
from coordination.agencies.models.reveals import RevealReason
from coordination.agencies.models.users import Membership, Training, User

__all__ = [
    "Agency",
    "Area",
    "AreaRules",
    "County",
    "CovenantParty",
    "LegalGround",
    "Membership",
    "Municipality",
    "RevealReason",
    "Training",
    "User",
]

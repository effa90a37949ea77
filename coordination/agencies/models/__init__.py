"""Who is who: places, agencies, people who work in them."""

from coordination.agencies.models.agencies import Agency, CovenantParty
from coordination.agencies.models.areas import Area, County, LegalGround, Municipality
from coordination.agencies.models.users import Membership, Training, User

__all__ = [
    "Agency",
    "Area",
    "County",
    "CovenantParty",
    "LegalGround",
    "Membership",
    "Municipality",
    "Training",
    "User",
]

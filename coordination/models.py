"""Where Django looks for the models of this app; each lives in its own step."""

from coordination.activity.models import Event
from coordination.agencies.models import (
    Agency,
    Area,
    County,
    CovenantParty,
    LegalGround,
    Membership,
    Municipality,
    Training,
    User,
)
from coordination.follow_ups.models import AskedAdult, ContactAttempt, FollowUp
from coordination.outbox.models import Mail, Notification
from coordination.people.models import (
    Exclusion,
    Ground,
    LikelyDouble,
    YoungPerson,
    YoungPersonGroupPermission,
    YoungPersonUserPermission,
)
from coordination.staffing.models import Invitation
from coordination.use_log.models import Look, Seal

__all__ = [
    "Agency",
    "Area",
    "AskedAdult",
    "ContactAttempt",
    "County",
    "CovenantParty",
    "Event",
    "Exclusion",
    "FollowUp",
    "Ground",
    "Invitation",
    "LegalGround",
    "LikelyDouble",
    "Look",
    "Mail",
    "Membership",
    "Municipality",
    "Notification",
    "Seal",
    "Training",
    "User",
    "YoungPerson",
    "YoungPersonGroupPermission",
    "YoungPersonUserPermission",
]

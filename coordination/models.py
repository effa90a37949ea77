"""Where Django looks for the models of this app; each lives in its own step."""

from coordination.activity.models import Event
from coordination.agencies.models import (
    Agency,
    Area,
    AreaRules,
    County,
    CovenantParty,
    LegalGround,
    Membership,
    Municipality,
    RevealReason,
    Training,
    User,
)
from coordination.assessments.models import Report, ReportDeadline
from coordination.cards.models import CardEvaluation, CardText, CardTrial, CardUse, CardVersion
from coordination.clocks.models import DeadlineRule
from coordination.drafts.models import Draft
from coordination.erasures.models import LedgerLine, Tally
from coordination.feedback.models import Feedback
from coordination.follow_ups.models import AskedAdult, ContactAttempt, FollowUp, Referral, Takeover
from coordination.going_live.models import Signature, Tick
from coordination.links.models import OneTimeLink
from coordination.meetings.models import AgreedItem, Invited, Meeting
from coordination.outbox.models import Mail, Notification
from coordination.people.models import (
    Exclusion,
    Ground,
    LegalGuardian,
    LikelyDouble,
    NonDisclosureChange,
    Refusal,
    YoungPerson,
    YoungPersonGroupPermission,
    YoungPersonUserPermission,
)
from coordination.rosters.models import Roster
from coordination.services.catalogue.models import CatalogueEntry, CatalogueLine, CatalogueRun
from coordination.services.models import (
    Need,
    Service,
    ServiceClass,
    ServiceSuggestion,
    ServiceWords,
    TargetGroup,
    UnmetNeed,
)
from coordination.signing_in.models import FactorReset
from coordination.staffing.models import AddressChange, Invitation, SettingChange
from coordination.support.models import (
    Accompanied,
    ClientRelationship,
    Contact,
    HalfYearFact,
    Matter,
    OverlapProposal,
    OwnPage,
    OwnRequest,
    PracticesAcceptance,
    Rating,
    Substitution,
    Support,
    SupportText,
    TalkPermission,
    Whereabouts,
)
from coordination.use_log.models import Look, Seal

__all__ = [
    "Accompanied",
    "AddressChange",
    "Agency",
    "AgreedItem",
    "Area",
    "AreaRules",
    "AskedAdult",
    "CardEvaluation",
    "CardText",
    "CardTrial",
    "CardUse",
    "CardVersion",
    "CatalogueEntry",
    "CatalogueLine",
    "CatalogueRun",
    "ClientRelationship",
    "Contact",
    "ContactAttempt",
    "County",
    "CovenantParty",
    "DeadlineRule",
    "Draft",
    "Event",
    "Exclusion",
    "FactorReset",
    "Feedback",
    "FollowUp",
    "Ground",
    "HalfYearFact",
    "Invitation",
    "Invited",
    "LedgerLine",
    "LegalGround",
    "LegalGuardian",
    "LikelyDouble",
    "Look",
    "Mail",
    "Matter",
    "Meeting",
    "Membership",
    "Municipality",
    "Need",
    "NonDisclosureChange",
    "Notification",
    "OneTimeLink",
    "OverlapProposal",
    "OwnPage",
    "OwnRequest",
    "PracticesAcceptance",
    "Rating",
    "Referral",
    "Refusal",
    "RevealReason",
    "Report",
    "ReportDeadline",
    "Roster",
    "Seal",
    "Service",
    "ServiceClass",
    "ServiceSuggestion",
    "ServiceWords",
    "SettingChange",
    "Signature",
    "Substitution",
    "Support",
    "SupportText",
    "Takeover",
    "TalkPermission",
    "Tally",
    "TargetGroup",
    "Tick",
    "Training",
    "UnmetNeed",
    "User",
    "Whereabouts",
    "YoungPerson",
    "YoungPersonGroupPermission",
    "YoungPersonUserPermission",
]

"""What must be done before real data may come, and how many must say so.

The list belongs to the product, not to an installation's settings: whoever signs must not be able to shorten it first.
What each item asks of this town, and in which document it stands, is written beside its tick.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.agencies.models import Membership
from coordination.agencies.rules import NotNow

SIGNERS = 2


@dataclass(frozen=True)
class Item:
    """One thing to be done: a code that never changes, what it is, and how one knows that it is done."""

    code: str
    title: str
    hint: str


ITEMS = (
    Item(
        "impact_assessment",
        gettext_lazy("The data protection impact assessment is done"),
        gettext_lazy("Each controller has approved it, and the data protection officer has been heard (GDPR 35, 36)."),
    ),
    Item(
        "joint_controllers",
        gettext_lazy("The controllers have agreed who answers for what"),
        gettext_lazy("A written arrangement says to whom a young person turns and who answers (GDPR 26, 28)."),
    ),
    Item(
        "covenant",
        gettext_lazy("The cooperation agreement is signed"),
        gettext_lazy("By every agency that flags; each has its date of signing in the administration."),
    ),
    Item(
        "officer",
        gettext_lazy("The data protection officer’s contact is published"),
        gettext_lazy("Young people and guardians find it, and the notice about their data, before anybody flags."),
    ),
    Item(
        "restored",
        gettext_lazy("A backup has been restored in a drill"),
        gettext_lazy("On another machine, from the backup’s own place, with the keys from theirs; write the day down."),
    ),
    Item(
        "keys",
        gettext_lazy("Two people keep the keys"),
        gettext_lazy("Apart from the backups, so that neither a fire nor one person’s leaving loses them."),
    ),
    Item(
        "second_factor",
        gettext_lazy("Everybody signs in with two factors"),
        gettext_lazy("Coordinators and administrators with a passkey."),
    ),
    Item(
        "heads",
        gettext_lazy("The heads of the use log leave the house"),
        gettext_lazy("To a disk or an address that the database’s administrators can’t change."),
    ),
    Item(
        "monitor",
        gettext_lazy("Somebody is told when something stands still"),
        gettext_lazy("A monitor asks /readyz, runs verify_use_log and rebuild_access --check, and rings a person."),
    ),
    Item(
        "coordinators",
        gettext_lazy("The coordinators have substitutes"),
        gettext_lazy("Every area has at least two, also in holidays, and its telephone numbers are right."),
    ),
    Item(
        "accessibility",
        gettext_lazy("The accessibility statement is published"),
        gettext_lazy("With the town’s own contact details and way of feedback (306/2019)."),
    ),
    Item(
        "no_invented_people",
        gettext_lazy("Nothing invented is left in the database"),
        gettext_lazy("What was typed while trying out has been erased, or the database was begun anew."),
    ),
)
CODES = tuple(item.code for item in ITEMS)


def check_may_sign(*, ticked, signed, by):
    """Raise NotNow unless every item is ticked and this person has not signed already."""
    if missing := set(CODES) - set(ticked):
        raise NotNow(_("Not everything on the list is done yet. Still open: %(number)s.") % {"number": len(missing)})
    if any(signature.by.user_id == by.user_id for signature in signed):
        raise NotNow(_("You have signed already. Somebody else must sign, too."))


def is_signed(signatures):
    """Whether enough different people have signed; `signatures` are those in force for this address."""
    return len({signature.by.user_id for signature in signatures}) >= SIGNERS


def this_address():
    """The installation that a signature stands for."""
    return settings.PUBLIC_URL


def may(membership):
    """Whether this membership works on the checklist: administrators do."""
    return membership is not None and membership.role == Membership.Role.ADMINISTRATOR

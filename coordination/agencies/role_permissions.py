"""What coordinators and administrators may do in the administration, as one table; nobody else has anything there.

It names models of later steps by their permission's text, so that the whole table can be read in one place.
"""

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from coordination.agencies.commands import ROLE_GROUPS
from coordination.agencies.models import Membership

_REFERENCE = {"coordination.view_county", "coordination.view_municipality"}
_FAILED_MAIL = {"coordination.view_mail", "coordination.change_mail"}
_TRAINING = {"coordination.view_training", "coordination.add_training", "coordination.change_training"}
_INVITATION = {"coordination.view_invitation", "coordination.add_invitation", "coordination.change_invitation"}
_LOOK_ONLY = {
    f"coordination.view_{model}"
    for model in ("area", "legalground", "revealreason", "agency", "covenantparty", "user", "membership")
}

_SERVICES = {
    f"coordination.{one}"
    for one in (
        *("view_service", "add_service", "change_service"),
        *("view_need", "view_serviceclass", "view_targetgroup"),
    )
}
_FEEDBACK = {"coordination.view_feedback", "coordination.change_feedback"}

_SUPPORT_TEXTS = {"coordination.view_supporttext", "coordination.view_practicesacceptance"}
_CARDS = {"coordination.view_cardversion", "coordination.view_cardtext", "coordination.view_cardtrial"}
_DEADLINES = {"coordination.view_deadlinerule"}
_PILOTS = {"pilots.view_programme", "pilots.view_pilot"}
# Forms are written by one and approved by another, so both roles do it.
_FORMS = {
    f"pilots.{action}_{model}"
    for model in ("questionnaireversion", "questionnaireparty", "question")
    for action in ("view", "add", "change")
}
_MEASURES = {f"pilots.view_{model}" for model in ("instrument", "scale", "cutoff", "licensedwording")}
_SCHEDULES = {"pilots.view_schedule", "pilots.view_schedulestep"}
_COVERAGE = {"pilots.view_coveragerule", "pilots.view_finding"}

COORDINATOR = (
    _REFERENCE
    | _LOOK_ONLY
    | _TRAINING
    | _INVITATION
    | _FAILED_MAIL
    | _SERVICES
    | _SUPPORT_TEXTS
    | _CARDS
    | _DEADLINES
    | _PILOTS
    | _FORMS
    | _MEASURES
    | _SCHEDULES
    | _COVERAGE
    | {"auditlog.view_logentry", "flags.view_flaggingunlock", "flags.add_flaggingunlock"}
)
ADMINISTRATOR = (
    _REFERENCE
    | _LOOK_ONLY
    | _TRAINING
    | _INVITATION
    | _FAILED_MAIL
    | _SERVICES
    | _FEEDBACK
    | _SUPPORT_TEXTS
    | _CARDS
    | _DEADLINES
    | _PILOTS
    | _FORMS
    | _MEASURES
    | _SCHEDULES
    | _COVERAGE
    | {"auditlog.view_logentry", "coordination.change_area", "coordination.change_user"}
    | {"pilots.add_programme", "pilots.change_programme"}
    | {
        f"pilots.{action}_{model}"
        for action in ("add", "change")
        for model in ("instrument", "scale", "cutoff", "licensedwording", "schedule", "schedulestep", "coveragerule")
    }
    | {
        f"coordination.{action}_{model}"
        for action in ("add", "change")
        for model in (
            *("legalground", "revealreason", "agency", "covenantparty", "membership"),
            *("supporttext", "practicesacceptance", "deadlinerule"),
            *("cardversion", "cardtext", "cardtrial"),
        )
    }
)
_OF_ROLE = {Membership.Role.COORDINATOR: COORDINATOR, Membership.Role.ADMINISTRATOR: ADMINISTRATOR}


def of_role(role):
    """The permissions of this role, as "app.action_model"; empty for professionals."""
    return _OF_ROLE.get(role, frozenset())


@transaction.atomic
def apply():
    """Make the role groups hold exactly what the table says; True when something had to change.

    Raises ImproperlyConfigured when a permission doesn't exist, so that a misspelt one can't pass unseen.
    """
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type").filter(
            content_type__app_label__in=["coordination", "flags", "pilots", "auditlog"]
        )
    }
    if missing := sorted((COORDINATOR | ADMINISTRATOR) - set(known)):
        raise ImproperlyConfigured(f"No such permission: {', '.join(missing)}. Run the migrations first.")
    changed = False
    for role, permissions in _OF_ROLE.items():
        group, is_new = Group.objects.get_or_create(name=ROLE_GROUPS[role])
        wanted = {known[permission].pk for permission in permissions}
        if is_new or set(group.permissions.values_list("pk", flat=True)) != wanted:
            group.permissions.set(wanted)
            changed = True
    return changed

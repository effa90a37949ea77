"""What changes memberships and what follows from them."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.agencies.models import Agency, Area, Membership, Municipality, Training, User
from coordination.agencies.rules import NotNow

ROLE_GROUPS = {Membership.Role.COORDINATOR: "Coordinators", Membership.Role.ADMINISTRATOR: "Administrators"}


@transaction.atomic
def put_in_groups(*, user):
    """Make the user's groups what the open memberships say: the role groups for the admin, and for a coordinator
    the group of each area coordinated. Called after every change of a membership, and each night for ends by date."""
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    groups = []
    for membership in user.memberships.open().select_related("agency__area"):
        if membership.role in ROLE_GROUPS:
            groups.append(Group.objects.get_or_create(name=ROLE_GROUPS[membership.role])[0])
        if membership.is_coordinator:
            groups.append(membership.area.coordinators)
    user.groups.set(groups)
    is_staff = bool(groups)
    if user.is_staff != is_staff:
        user.is_staff = is_staff
        user.save(update_fields=["is_staff"])


def end_sessions(*, user):
    """End every session of this user, on all computers: whoever is signed in must sign in again."""
    found = User.objects.filter(pk=user.pk)
    found.update(sessions_ended=F("sessions_ended") + 1)  # unaudited: a mere count; what led to it is audited


def forget_sessions():
    """Drop what is kept of sessions that are over: what they held, and the line in their user's own list."""
    SessionStore.clear_expired()
    began_before = timezone.now() - timedelta(hours=settings.ABSOLUTE_SESSION_HOURS)
    UserSession.objects.filter(created_at__lt=began_before).delete()


def set_language(*, user, language):
    """Read and be written to in this language from now on."""
    user.language = language
    user.save(update_fields=["language"])


@transaction.atomic
def add_membership(*, user, agency, role=Membership.Role.PROFESSIONAL, job_title="", started_on=None):
    """Let the user act for the agency in this role, from the day given (default today)."""
    membership = Membership(user=user, agency=agency, role=role, job_title=job_title)
    if started_on:
        membership.started_on = started_on
    membership.full_clean()
    membership.save()
    put_in_groups(user=user)
    return membership


@transaction.atomic
def note_training(*, user, held_on):
    """This user has done the model's own training on this day, and may flag from it on.

    There is one row while the right lasts, whose day never goes back: what was done earlier than it says changes
    nothing. A row with an end stays as it is, beside one of its own. Gives back the row that counts.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    lasting = user.trainings.filter(ended_on=None).order_by("-held_on", "-pk")
    # A day that is still to come gives no right yet.
    if found := lasting.filter(held_on__gte=held_on, held_on__lte=timezone.localdate()).first():
        return found
    found = lasting.filter(held_on__lt=held_on).first() or Training(user=user)
    found.held_on = held_on
    found.save()
    return found


@transaction.atomic
def begin_area(*, name_fi, municipality_code, coordinator_phone, emergency_phone, name_sv="", name_en="", **settings):
    """Make an area of one municipality, and the agency that its administrators act for.

    Areas begin on the command line, with their first administrator (`create_administrator`): inside the portal
    everybody works in an area that already exists.
    """
    area = Area(
        name_fi=name_fi,
        name_sv=name_sv,
        name_en=name_en,
        coordinator_phone=coordinator_phone,
        emergency_phone=emergency_phone,
        **settings,
    )
    area.full_clean(exclude=["coordinators"])
    area.save()
    municipality = Municipality.objects.get(code=municipality_code)
    if municipality.area_id:
        raise NotNow(_("This municipality already belongs to an area."))
    municipality.area = area
    municipality.save(update_fields=["area"])
    agency = Agency.objects.create(
        area=area,
        name_fi=name_fi,
        name_sv=name_sv,
        name_en=name_en,
        sector=Agency.Sector.PUBLIC,
        kind=Agency.Kind.OTHER,
    )
    return area, agency

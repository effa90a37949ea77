"""Who may flag, and how an agency is shown."""

from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.agencies.models import Membership


class NotNow(Exception):
    """Allowed to this person, but not now. Carries the sentence that the page shows; it never tells of others."""

    def __init__(self, sentence):
        self.sentence = sentence
        super().__init__(sentence)


def holds(membership):
    """Whether this membership holds today; the twin of `Membership.objects.open()` for a row already read."""
    today = timezone.localdate()
    began = membership.started_on <= today
    return began and membership.user.is_active and (membership.ended_on is None or membership.ended_on > today)


def sees_sensitive_names(agency, viewer):
    """Whether this viewer learns a sensitive agency's name: its own people, and the area's coordinators who ring it."""
    if viewer is None:
        return False
    if viewer.agency_id == agency.pk:
        return True
    return viewer.role != Membership.Role.PROFESSIONAL and viewer.agency.area_id == agency.area_id


def is_hidden(agency, viewer):
    """Whether this viewer must see "a professional" in place of the agency and of whoever acts for it."""
    return agency.sensitive and not sees_sensitive_names(agency, viewer)


def shown_name(agency, viewer):
    """The agency as this membership may see it: the only way to show an agency.

    A sensitive agency's name alone would tell why somebody is involved, so others see "a professional".
    """
    return _("a professional") if is_hidden(agency, viewer) else agency.name


def check_may_flag(membership, area):
    """Raise NotNow unless this professional may flag in this area: trained, and the agency in the covenant."""
    today = timezone.localdate()
    if not membership.user.trainings.filter(held_on__lte=today).exclude(ended_on__lte=today).exists():
        raise NotNow(_("You can flag once you have done the training. Ask the coordinator when the next one is."))
    parties = membership.agency.covenants.filter(area=area, signed_on__lte=today).exclude(ended_on__lte=today)
    if not parties.exists():
        raise NotNow(_("Your agency has not signed this area's covenant, so it can't flag here yet."))

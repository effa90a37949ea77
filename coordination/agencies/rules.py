"""Who may flag, and how an agency is shown."""

from dataclasses import dataclass

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


def is_hidden(agency, viewer, *, about=None, coordinates=False):
    """Whether this viewer must see "a professional" in place of the agency and of whoever acts for it.

    Whoever `coordinates` the young person whom this is `about` sees the agencies of that person's own area, which
    another area may have taken over: they ask about these adults, and ring them.
    """
    if coordinates and about is not None and about.area_id == agency.area_id:
        return False
    return agency.sensitive and not sees_sensitive_names(agency, viewer)


def is_by_kind(agency, viewer, *, about, revealed=False):
    """Whether the agency shows by its kind alone: under the young person's non-disclosure its name would tell the
    municipality. `about` is the young person whose page this is, None on pages that are about nobody."""
    restricted = about is not None and about.non_disclosure and not revealed
    return restricted and (viewer is None or viewer.agency_id != agency.pk)


def shown_name(agency, viewer, *, about=None, coordinates=False, revealed=False):
    """The agency as this membership may see it beside the young person it is shown with: the only way to show one.

    A sensitive agency's name alone would tell why somebody is involved, so others see "a professional". With
    non-disclosure agencies appear by kind, unless the viewer has just revealed what is hidden.
    """
    if is_hidden(agency, viewer, about=about, coordinates=coordinates):
        return _("a professional")
    if is_by_kind(agency, viewer, about=about, revealed=revealed):
        return agency.get_kind_display()
    return agency.name


# What `shown_adult` and `holds` read of a membership. A page of forty adults names these columns (`columns_of`): each
# other one costs, with every adult, more than it takes to find the adult.
_SHOWN = (
    *("role", "job_title", "started_on", "ended_on"),
    *("user__first_name", "user__last_name", "user__phone", "user__email", "user__is_active"),
    *("agency__name_fi", "agency__name_sv", "agency__name_en", "agency__area", "agency__kind", "agency__sensitive"),
)


def columns_of(path):
    """What is read of memberships that are shown, for the `only` of a query in which they stand under this path."""
    return [f"{path}__{column}" for column in _SHOWN]


@dataclass(frozen=True)
class ShownAdult:
    """A professional as one viewer may see them beside a young person; empty where they may not."""

    agency: str
    name: str = ""
    job_title: str = ""
    role: str = ""
    phone: str = ""
    email: str = ""


def shown_adult(membership, viewer, *, about, coordinates=False, revealed=False):
    """The only way to show a professional beside a young person: name, agency, telephone and e-mail.

    Somebody of a sensitive agency is "a professional" and nothing more. With non-disclosure the job title and the
    e-mail address, which often name the town, are left out, and the telephone too, which the coordinator alone needs.
    """
    user, agency = membership.user, membership.agency
    name = shown_name(agency, viewer, about=about, coordinates=coordinates, revealed=revealed)
    if is_hidden(agency, viewer, about=about, coordinates=coordinates):
        return ShownAdult(agency=name)
    # `get_role_display` translates every role to say one.
    role = str(Membership.Role(membership.role).label)
    if is_by_kind(agency, viewer, about=about, revealed=revealed):
        phone = user.phone if coordinates else ""
        return ShownAdult(agency=name, name=user.get_full_name(), role=role, phone=phone)
    return ShownAdult(
        agency=name,
        name=user.get_full_name(),
        job_title=membership.job_title,
        role=role,
        phone=user.phone,
        email=user.email,
    )


def check_reveals_here(membership):
    """Raise NotNow unless this professional is of an authority, whose area has a reason in use to reveal for."""
    if not membership.agency.is_authority:
        raise NotNow(_("Only an authority's professional can reveal these, on a ground in law."))
    if not membership.area.reveals_a_day or not membership.area.reveal_reasons.filter(is_active=True).exists():
        raise NotNow(_("In your area nobody can reveal these. The administrator looks after the reasons."))


def is_trained(user):
    """Whether this person has done the model's own training, and it still counts."""
    today = timezone.localdate()
    return user.trainings.filter(held_on__lte=today).exclude(ended_on__lte=today).exists()


def check_may_flag(membership, area):
    """Raise NotNow unless this professional may flag in this area: trained, and the agency in the covenant."""
    today = timezone.localdate()
    if not is_trained(membership.user):
        raise NotNow(_("You can flag once you have done the training. Ask the coordinator when the next one is."))
    parties = membership.agency.covenants.filter(area=area, signed_on__lte=today).exclude(ended_on__lte=today)
    if not parties.exists():
        raise NotNow(_("Your agency has not signed this area's covenant, so it can't flag here yet."))

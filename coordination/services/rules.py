"""Who keeps the directory, which service may be referred to, how one is shown beside a young person, and in which age
band a mark counts."""

from datetime import timedelta

from django.utils.translation import gettext as _

from coordination.agencies.models import Membership
from coordination.agencies.rules import NotNow, holds, is_hidden
from coordination.services.models import UnmetNeed

_BANDS = [
    (12, UnmetNeed.AgeBand.UNDER_13),
    (15, UnmetNeed.AgeBand.FROM_13),
    (17, UnmetNeed.AgeBand.FROM_16),
    (20, UnmetNeed.AgeBand.FROM_18),
    (24, UnmetNeed.AgeBand.FROM_21),
]


def age_band(birth_year, year):
    """The band of somebody born in this year, by the age that they reach in `year`."""
    return next((band for oldest, band in _BANDS if year - birth_year <= oldest), UnmetNeed.AgeBand.FROM_25)


def is_offered(service, area, day):
    """Whether the service is in use in this area on this day; the twin of `queries.offered` for a row already read.

    For a service that is not of this area itself `also_in` is asked.
    """
    began = service.valid_from is None or service.valid_from <= day
    lasts = service.valid_until is None or service.valid_until >= day
    here = service.area_id == area.pk or service.also_in.filter(pk=area.pk).exists()
    return service.is_active and began and lasts and here


def check_offered(service, area, day):
    """Raise NotNow unless the service is in use in this area on this day."""
    if not is_offered(service, area, day):
        raise NotNow(_("A service that you chose is offered no more. Choose again."))


def shown_service(service, viewer, *, about, coordinates=True):
    """A service as this viewer, mostly a coordinator, may see it beside the young person `about`: the only way to show
    one.

    Under non-disclosure its name would tell the municipality, so its class stands for it, as an agency's kind does for
    the agency; and what a sensitive agency provides is "a service" to those who may not know that agency.
    """
    if service.owner and is_hidden(service.owner, viewer, about=about, coordinates=coordinates):
        return _("a service")
    return service.service_class.name if about.non_disclosure else service.name


def may_moderate(membership, area_id):
    """Whether this membership keeps the directory of the area: its coordinators and administrators do."""
    own = membership.role != Membership.Role.PROFESSIONAL and membership.agency.area_id == area_id
    return own and holds(membership)


def may_keep(membership, service):
    """Whether this membership may change the service, say that it is true, and decide what is proposed of it."""
    return service.keeper_id == membership.pk and holds(membership) or may_moderate(membership, service.area_id)


def check_may_keep(membership, service):
    """Raise NotNow unless this membership may change the service."""
    if not may_keep(membership, service):
        raise NotNow(_("You don't keep this entry any more."))


def check_may_moderate(membership, area_id):
    """Raise NotNow unless this membership keeps the directory of the area."""
    if not may_moderate(membership, area_id):
        raise NotNow(_("You don't keep the directory of this area any more."))


def check_number(number, service):
    """Raise NotNow where the service was changed since the page that shows this number was opened."""
    if number != service.number:
        raise NotNow(
            _("Somebody else has changed this entry since you opened the page. Below is what is there now. Save again.")
        )


def is_stale(service, day):
    """Whether nobody has said for the days of its area that the service is true; the twin of `lists.stale`."""
    last = day - timedelta(days=service.area.directory_checked_days)
    return service.checked_on is None or service.checked_on < last


def shown_provider(service, viewer):
    """Who provides a service, on pages that are about nobody: empty where the reader may not know the agency."""
    if service.owner is None:
        return service.provider_name
    return "" if is_hidden(service.owner, viewer) else str(service.owner)


def check_proposes(proposed, words):
    """Raise NotNow where somebody suggests nothing."""
    if not proposed and not words:
        raise NotNow(_("You haven't changed anything. Change what is wrong, or write what it is about."))


def check_waits(suggestion):
    """Raise NotNow where the suggestion has been decided."""
    if suggestion.decided_at:
        raise NotNow(_("This has been decided already."))


def check_answered(answer):
    """Raise NotNow where somebody would be turned down without a word."""
    if not answer:
        raise NotNow(_("Say in a few words why it isn't taken: whoever suggested it reads that."))


def page_beside(service, viewer, *, about):
    """The address of a service's page where its name stands beside the young person `about`; empty where the name
    doesn't stand there, or this viewer would not find the page."""
    hidden = service.owner and is_hidden(service.owner, viewer)
    elsewhere = service.area_id != viewer.agency.area_id
    return "" if hidden or elsewhere or about.non_disclosure else service.get_absolute_url()


def not_to_be_merged():
    """The refusal of two entries of which one can't take the other's place."""
    return _("Only two entries of your own area that are in use can be merged.")


def check_merges(kept, retired):
    """Raise NotNow unless the one entry can take the other's place."""
    if kept.area_id != retired.area_id or not (kept.is_active and retired.is_active):
        raise NotNow(not_to_be_merged())

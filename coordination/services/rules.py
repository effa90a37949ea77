"""Which service may be referred to, how it is shown beside a young person, and in which age band a mark counts."""

from django.utils.translation import gettext as _

from coordination.agencies.rules import NotNow, is_hidden
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

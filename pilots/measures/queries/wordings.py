"""What the scales of an instrument say: an owner's licensed wording, or neutral names."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from pilots.measures.models import LicensedWording, Scale


@dataclass(frozen=True)
class Worded:
    """One scale with its words, and where they come from: the neutral names are the portal's."""

    scale: Scale
    name: str
    low: str
    high: str

    @property
    def step(self):
        """The smallest step on it."""
        return "0.1" if self.scale.kind == Scale.Kind.VISUAL else "1"


def wording_of(instrument, membership, language):
    """The wording that this membership's agency, else its area, has added in this language; None without one."""
    found = LicensedWording.objects.filter(
        Q(agency=membership.agency_id) | Q(agency=None), instrument=instrument, area=membership.agency.area_id
    )
    return max(found.filter(language=language), key=lambda one: one.agency_id is not None, default=None)


def worded(instrument, membership, language):
    """The scales of the instrument in their order, each with its words in this language."""
    scales, wording = list(instrument.scales.order_by("number")), wording_of(instrument, membership, language)
    names = _lines(wording and wording.names, [_("Scale %(number)d") % {"number": one.number} for one in scales])
    lows = _lines(wording and wording.lows, [_("low")] * len(scales))
    highs = _lines(wording and wording.highs, [_("high")] * len(scales))
    return [Worded(*parts) for parts in zip(scales, names, lows, highs, strict=True)]


def _lines(text, neutral):
    """One line for each scale. An owner who left the ends empty wants none."""
    if text is None:
        return neutral
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines or [""] * len(neutral)


def without_wording(instruments, membership):
    """Those licensed instruments of which neither the membership's agency nor its area has added the wording."""
    found = LicensedWording.objects.filter(
        Q(agency=membership.agency_id) | Q(agency=None), instrument__in=instruments, area=membership.agency.area_id
    )
    there = set(found.values_list("instrument", flat=True))
    return [one for one in instruments if one.licence_holder and one.pk not in there]

"""Reads of imports."""

from itertools import groupby

from django.http import Http404

from coordination.agencies.models import Membership, Municipality
from coordination.services.catalogue.models import CatalogueEntry, CatalogueLine, CatalogueRun

_MOST_RUNS = 20


def unfinished():
    """The runs that wait or go on, the oldest first."""
    return _runs().filter(finished_at=None).order_by("begun_at", "pk")


def runs_of(area):
    """The latest runs of an area, without their records."""
    return _runs().filter(area=area).defer("records")[:_MOST_RUNS]


def run_or_404(area, public_id):
    """One run of this area; another area's isn't there."""
    found = _runs().filter(area=area, public_id=public_id).defer("records").first()
    if found is None:
        raise Http404
    return found


def last_fetched(run):
    """The last run of this area that fetched from the same place and came to its end."""
    done = CatalogueRun.objects.filter(area=run.area_id, url=run.url, file_name="", failure="")
    return done.exclude(finished_at=None).defer("records").first()


def begun_by(run):
    """Who began it, as that membership is now."""
    return Membership.objects.select_related("agency", "user").get(pk=run.by_id)


def municipality_codes(area):
    """The codes of the municipalities of an area."""
    return list(Municipality.objects.filter(area=area).order_by("code").values_list("code", flat=True))


def entries_of(area, ids):
    """{id in the catalogue: entry} of those of these records that were taken over earlier."""
    found = CatalogueEntry.objects.filter(area=area, source_id__in=ids).select_related("service")
    return {str(one.source_id): one for one in found}


def entries_but(area, ids):
    """What was taken over of other records than these."""
    found = CatalogueEntry.objects.filter(area=area).exclude(source_id__in=ids)
    return found.select_related("service").order_by("pk")


def lines_by_outcome(run):
    """[(outcome, its lines)], in the order of the outcomes."""
    order = list(CatalogueLine.Outcome)
    lines = sorted(run.lines.select_related("service"), key=lambda line: order.index(line.outcome))
    return [(CatalogueLine.Outcome(word), list(its)) for word, its in groupby(lines, key=lambda line: line.outcome)]


def _runs():
    return CatalogueRun.objects.select_related("area", "by__user", "by__agency__area")

"""A town of 150 services, in the catalogue's own shape, comes into the directory and is sorted."""

import pytest

from coordination.services.catalogue.files import records_in
from coordination.services.catalogue.models import CatalogueEntry
from coordination.services.models import Need, Service, ServiceClass
from tests.coordination.services.catalogue.importing import begin, demo_town, finished


@pytest.fixture
def run(cast):
    return _brought_in(cast)


def test_150_are_taken_over_and_mapped(run):
    assert list(run.lines.exclude(outcome="added")) == []
    assert (run.failure, run.lines.count(), run.tally) == ("", 150, {"others": 3, "no_class": 2})
    services = Service.objects.prefetch_related("needs", "target_groups", "municipalities")
    assert all(one.needs.all() and one.target_groups.all() for one in services)
    assert Service.objects.filter(name_sv="").count() == 0
    assert ServiceClass.objects.filter(pk__in=services.values("service_class")).count() >= 13
    assert Need.objects.filter(pk__in=Service.needs.through.objects.values("need")).count() >= 12
    assert Service.objects.exclude(contact="").count() > 100
    assert Service.objects.filter(description_fi="").count() == 0
    assert sum(bool(one.life_events) for one in CatalogueEntry.objects.all()) == 23


def test_again_changes_nothing(run, cast):
    again = _brought_in(cast)
    assert (again.lines.count(), again.tally["same"]) == (0, 150)


def _brought_in(cast):
    return finished(begin(cast, by=cast.other_coordinator, file_name="town.json", records=records_in(demo_town())))

"""The demo's town with its hundred and fifty services, without the rest of the demo."""

from config.demo.cast import AGENCIES
from config.demo.directory import make_services
from coordination.agencies.models import Agency
from coordination.services.commands.words import rebuild
from coordination.services.models import Service


def full(cast):
    """All services of the demo in the cast's Mikkeli (and a few in Kerava), ready to be searched."""
    agencies = {
        key: Agency.objects.create(
            area=getattr(cast, town),
            name_fi=fi,
            name_sv=sv,
            name_en=en,
            sector=sector,
            kind=kind,
            sensitive=key == "clinic",
        )  # fmt: skip
        for key, (town, fi, sv, en, sector, kind) in AGENCIES.items()
    }
    make_services(agencies, cast.mikkeli)
    rebuild(Service.objects.all())

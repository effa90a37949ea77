"""The registry of pilots: one of the coordinator's, in a programme of the same area."""

from pilots.registry.models import Programme
from tests.pilots.registry.piloting import begun


class Pilots:
    """One planned pilot, led by the coordinator."""

    def __init__(self, world):
        cast = world.cast
        self.programme = Programme.objects.create(area=cast.mikkeli, name_fi="Mikkelin ohjelma", from_year=2026)
        self.pilot = begun(cast.coordinator, programme=self.programme)

    def admin_rows(self):
        """The rows of the administration, by model."""
        return {"programme": self.programme, "pilot": self.pilot}

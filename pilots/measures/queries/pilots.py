"""The pilots to which a course can belong."""

from pilots.registry.models import Pilot
from pilots.registry.queries.texts import text_of
from pilots.registry.states import PilotState


def to_choose_from(area):
    """(the pilot, its name) of the area's own that run, in the order of their names."""
    found = Pilot.objects.filter(area=area, state=PilotState.RUNNING).prefetch_related("texts")
    return sorted(((one, text_of(one).name) for one in found), key=lambda pair: pair[1])

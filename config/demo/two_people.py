"""Settings that take two people: one change was declined, another waits."""

from coordination.agencies.models import Area
from coordination.staffing.commands import decide_change, save_area


def stories(stage):
    """Every story of the topic, in no order: the stage plays their scenes by date."""
    yield _declined(stage)
    yield _waiting(stage)


def _declined(stage):
    """Identity codes were thought of, and thought better of."""
    yield 50
    (change,) = _propose(stage, hetu_allowed=True)
    yield 48
    decide_change(change=change, confirm=False, by=stage.cast["Helena"])


def _waiting(stage):
    """Twelve-year-olds, too: the area's other administrator has some days left to say."""
    yield 3
    _propose(stage, youngest_age=12)


def _propose(stage, **settings):
    area = Area.objects.get(pk=stage.cast.areas["mikkeli"].pk)
    for name, value in settings.items():
        setattr(area, name, value)
    return save_area(area=area, by=stage.cast["Anna"])

"""The results of the access table: those of the coordinator's pilot, and of another area's."""

from django.utils import timezone

from pilots.results.commands.evaluations import publish
from pilots.results.commands.indicators import close_indicator, save_values
from pilots.results.rules import first_of
from tests.pilots.results.following import counted, drafted, finished, indicator


class Results:
    """Of each pilot a typed indicator with a number, one that is counted, one that isn't followed any more, an
    evaluation that is finished, one that everybody reads, and another that could be finished."""

    def __init__(self, cast, own, other):
        self.own = _Followed(own, cast.coordinator)
        self.other = _Followed(other, cast.other_coordinator)

    def admin_rows(self):
        """Nothing of it stands in the administration."""
        return {}

    def objects(self):
        """What stands in the addresses, by the words of the table."""
        everybody = {
            "published_in_finnish": {"language": "fi", "public_id": self.own.published.public_id},
            "unpublished_in_finnish": {"language": "fi", "public_id": self.own.finished.public_id},
        }
        return self.own.objects("own") | self.other.objects("other") | everybody


class _Followed:
    def __init__(self, pilot, by):
        self.pilot = pilot
        self.counted = counted(pilot, by)
        self.typed = indicator(pilot, by)
        first = first_of("month", timezone.localdate())
        save_values(indicator=self.typed, values={first: (12, "")}, number=1, by=by)
        self.closed = indicator(pilot, by)
        close_indicator(indicator=self.closed, by=by)
        self.published = publish(evaluation=finished(pilot, by), by=by)
        self.finished = finished(pilot, by)
        self.draft = drafted(pilot, by)

    def objects(self, word):
        pilot = {"public_id": self.pilot.public_id}
        return {
            f"{word}_typed": pilot | {"indicator_id": self.typed.public_id},
            f"{word}_counted": pilot | {"indicator_id": self.counted.public_id},
            f"{word}_closed": pilot | {"indicator_id": self.closed.public_id},
            f"{word}_evaluation": pilot | {"evaluation_id": self.finished.public_id},
            f"{word}_published": pilot | {"evaluation_id": self.published.public_id},
            f"{word}_draft": pilot | {"evaluation_id": self.draft.public_id},
        }

"""The coverage of services in the access table: gaps and overlaps in each state, and the rules of an area."""

from uuid import uuid4

from coordination.services.models import Need
from pilots.service_map.commands import findings as commands
from pilots.service_map.commands.coverage import add_rule
from tests.pilots.service_map.mapping import decided, entered, listed, opened


class Coverage:
    """A gap that is open, one that was decided and that the nurse sees to, a closed one, an overlap to merge, and one
    of another area."""

    def __init__(self, world):
        cast, by = world.cast, world.cast.coordinator
        self.open = opened(by, need="money")
        self.decided = decided(by, finding=opened(by, need="housing", owner=cast.nurse))
        closed = decided(by, finding=opened(by, need="work"))
        self.closed = commands.close(finding=closed, number=closed.number, by=by, outcome="filled")
        listed(Need, "school")
        two = [entered(cast.mikkeli, name, needs=["money"]) for name in ("Kerho A", "Kerho B")]
        overlap = opened(by, need="friends", kind="overlap", services=two)
        self.overlap = decided(by, finding=overlap, decision="merge")
        self.other = opened(cast.other_coordinator, need="money")
        numbers = {"thin_until": 1, "double_from": 3}
        self.rule = add_rule(area=cast.mikkeli, token=uuid4(), by=cast.administrator, **numbers)

    def admin_rows(self):
        """The rows of the administration, by the words of the table."""
        return {"finding": self.open, "coveragerule": self.rule}

    def objects(self):
        """What stands in the addresses, by the words of the table."""
        rows = {"open_gap": self.open, "decided_gap": self.decided, "closed_gap": self.closed}
        rows |= {"overlap_to_merge": self.overlap, "other_gap": self.other, "coverage_rule": self.rule}
        return {word: {"public_id": row.public_id} for word, row in rows.items()}

"""Page-ready reads of assessments: the list, and the room with all its parts."""

from dataclasses import dataclass, field

from coordination.assessments.queries.rooms import rooms_of, without_worker

AT_ONCE = 50


@dataclass
class Mine:
    """One's own assessments, those one takes part in, and those of one's agency that nobody answers for."""

    own: list = field(default_factory=list)
    part_of: list = field(default_factory=list)
    untaken: list = field(default_factory=list)

    @property
    def assessments(self):
        """All of them."""
        return [*self.own, *self.part_of, *self.untaken]


def mine(membership):
    """The assessments of the reader's list; the same statements however many there are."""
    found = Mine(untaken=list(without_worker(membership).select_related("young_person")[:AT_ONCE]))
    for one in rooms_of(membership).select_related("young_person", "worker__user")[:AT_ONCE]:
        (found.own if one.worker_id == membership.pk else found.part_of).append(one)
    return found


def of(room):
    """What the page of a room shows."""
    return {"room": room, "assessment": room.assessment}

"""What a support adds to the young person's page: the one adult first, and with whom they may talk.

Who sees the adult: the young person's coordinators; the adult, who stands in and who was the adult; who takes part, as
far as their own follow-up reaches; and who may talk with the adult, who sees nobody else.
"""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from coordination.agencies.rules import columns_of
from coordination.clocks.rules import today
from coordination.follow_ups.queries import network_row
from coordination.people.models import Ground
from coordination.support.models import Support, TalkPermission
from coordination.support.queries import overlaps, permissions
from coordination.support.queries.knowing import kept_apart, shows
from coordination.support.states import COMING, SupportState

Kind = Ground.Kind
_READ = ["public_id", "young_person", "area", "state", "source", "named_at", "began_at", "next_step", "next_step_on"]


@dataclass(frozen=True)
class Beside:
    """What one viewer sees of a young person's support; empty where they see nothing of one.

    `support` is the one that goes on and `rows` are for the network card. `works` says that the viewer is its adult or
    stands in, `talk` is the viewer's own permission, `coming` (for coordinators) the support that somebody was asked
    for and that has not begun, `asked` the questions to the viewer to close what another agency does, too.
    """

    support: Support | None = None
    coming: Support | None = None
    works: bool = False
    talk: TalkPermission | None = None
    asked: list = field(default_factory=list)
    rows: list = field(default_factory=list)

    @property
    def matters(self):
        """What the viewer may talk about with the adult, in words."""
        return permissions.matters_of(self.talk) if self.talk else []


def beside(young_person, viewer, *, sees, coordinates, follow_up, adults, revealed=False):
    """What this viewer sees of the support. `sees` are the kinds of their grounds, `follow_up` and `adults` what they
    see of the follow-up.

    It takes the same number of statements whatever there is that the viewer may not know of.
    """
    found = _supports(young_person, viewer, follow_up)
    active = next((one for one in found if one.state == SupportState.ACTIVE), None)
    talk = permissions.own_permission(viewer, young_person) if Kind.TALK in sees else None
    known = {"sees": sees, "coordinates": coordinates, "follow_up": follow_up, "adults": adults, "talk": talk}
    if active is None or not shows(active, viewer, **known):
        coming = next((one for one in found if one.state in COMING), None) if coordinates else None
        # Not even what they were asked before: the question says who asks.
        return Beside(coming=coming)
    asked = list(overlaps.waiting_for(viewer, young_person)) if active.asks and sees & set(overlaps.BESIDE) else []
    shown = (viewer, young_person, coordinates, revealed)
    adult = network_row(active.adult, *shown, since=active.began_at) | {"is_adult": True}
    works = Kind.SUPPORT in sees and permissions.acts_in(active, viewer)
    rows = [adult]
    if works or coordinates:
        rows += _standing_in(active, shown) + _talking(active, shown)
    elif talk:
        rows.append(network_row(viewer, *shown, since=talk.given_at) | {"talks_until": talk.until})
    coming = next((one for one in found if one.state in COMING), None) if coordinates else None
    return Beside(active, coming, works, talk, asked, rows)


def merged(network, rows):
    """The rows of both, each adult once: the support's first, with what the follow-up says of them."""
    of_follow_up = {row["membership"].pk: row for row in network}
    closest, others = [], []
    for row in rows:
        known = of_follow_up.pop(row["membership"].pk, row)
        row |= {"coordinates": known["coordinates"], "apart": known["apart"]}
        (closest if row.get("is_adult") or row.get("stands_in_until") else others).append(row)
    return closest + list(of_follow_up.values()) + others


def _supports(young_person, viewer, follow_up):
    """Those that go on or are coming, each with `apart`: whether the young person keeps the adult apart from the others
    of the follow-up; and with `asks`: whether the viewer is asked to close what another agency does, too."""
    of_adult = kept_apart(follow_up, membership=OuterRef("adult"))
    of_viewer = overlaps.asked_of(viewer).filter(support=OuterRef("pk"))
    found = Support.objects.filter(young_person=young_person, state__in=[SupportState.ACTIVE, *COMING]).order_by()
    found = found.select_related("adult__user", "adult__agency").only(*_READ, *columns_of("adult"))
    found = list(found.annotate(apart=Exists(of_adult), asks=Exists(of_viewer)))
    for support in found:
        support.young_person = young_person
    return sorted(found, key=lambda one: (one.named_at, one.pk), reverse=True)


def _standing_in(support, shown):
    found = support.substitutions.filter(ended_at=None, until__gte=today())
    return [
        network_row(one.membership, *shown, since=one.began_at) | {"stands_in_until": one.until}
        for one in found.select_related("membership__user", "membership__agency")
    ]


def _talking(support, shown):
    """Those with whom the adult may talk, by name."""
    found = permissions.holding().filter(support=support)
    rows = [
        network_row(one.membership, *shown, since=one.given_at) | {"talks_until": one.until}
        for one in found.select_related("membership__user", "membership__agency")
    ]
    return sorted(rows, key=lambda row: (not row["name"], row["name"]))

"""Page-ready reads of young people."""

from dataclasses import dataclass

from coordination.agencies.models import Membership
from coordination.interface.names import words_of
from coordination.people import access
from coordination.people.models import Ground, LikelyDouble

PAGE = 25
# What lists show: of 26 people every other column costs, above all what would have to be deciphered.
_LISTED = ["kind", "source", "until", "last_activity"]
LISTED_OF_PERSON = ["public_id", "first_name", "last_name", "birth_date", "log_keys"]


@dataclass
class ContactDetails:
    """What a viewer may know of how to reach a young person; empty where they may not."""

    phone: str = ""
    municipality: str = ""
    safe_hours: str = ""
    no_voicemail: bool = False
    say_only_youth_services: bool = False


def contact_details(young_person, viewer, *, coordinates, revealed=False):
    """The only way to show a contact detail.

    The coordinator sees what is needed to call safely, and so does the one adult, who `coordinates` in this; those who
    take part see the telephone only where the young person allowed it. With non-disclosure the municipality shows to
    nobody and the rest to these two alone; a reveal shows what this viewer would see without it, and nothing more.
    """
    restricted = young_person.non_disclosure and not revealed
    if not coordinates and (restricted or not young_person.contact_shared):
        return ContactDetails()
    town = "" if restricted or not young_person.municipality else young_person.municipality.name
    return ContactDetails(
        phone=young_person.phone,
        municipality=town,
        safe_hours=young_person.safe_hours,
        no_voicemail=young_person.no_voicemail,
        say_only_youth_services=young_person.say_only_youth_services,
    )


@dataclass(frozen=True)
class Sight:
    """By what a membership has a young person's page: the kinds of its grounds, and the public ids of that in which
    the young person chose it, as `access.chosen_in` has them."""

    kinds: set
    chosen: list


def sight_of(membership, young_person, grounds=None):
    """The sight of this membership; `grounds` are those of the page, where they have been read for this very page."""
    if grounds is None:
        grounds = access.grounds_for(membership, "view_network").filter(young_person=young_person)
    found = [(one.kind, one.membership_id, one.source) for one in grounds]
    chosen = [source for kind, holder, source in found if holder == membership.pk and kind in access.CHOSEN]
    return Sight({kind for kind, _holder, _source in found}, chosen)


def sights(membership, young_person):
    """By which kinds of grounds this membership has the young person's page."""
    return sight_of(membership, young_person).kinds


def listed(membership, *, search="", page=1):
    """One page of the young people this membership may see, latest activity first, and whether more follow.

    Read from the grounds, which carry the last activity that their holder may read, so it costs the same whoever
    asks. Such lists, one for each kind of ground, are joined in one statement. Returns (grounds, has_more).
    """
    upto = page * PAGE + 1
    lists = [Ground.objects.filter(membership=membership, kind=kind) for kind in Ground.OWN_LISTED]
    if membership.is_coordinator:
        lists.append(Ground.objects.filter(area=membership.area, kind=Ground.Kind.COORDINATION))
    tops = []
    for grounds in lists:
        grounds = grounds.open().filter(~access.excluded(membership)).select_related("young_person")
        grounds = grounds.only(*_LISTED, *(f"young_person__{column}" for column in LISTED_OF_PERSON))
        for word in words_of(search):
            grounds = grounds.filter(young_person__name_key__contains=word)
        tops.append(grounds.order_by("-last_activity", "-pk")[:upto])
    found = {}
    # Of several grounds on the same young person the first of OWN_LISTED stands there, the area's after one's own.
    ranks = {kind: rank for rank, kind in enumerate(Ground.OWN_LISTED)}
    for ground in sorted(tops[0].union(*tops[1:], all=True), key=lambda ground: ranks.get(ground.kind, len(ranks))):
        found.setdefault(ground.young_person_id, ground)
    in_order = sorted(found.values(), key=lambda ground: (ground.last_activity, ground.pk), reverse=True)
    return in_order[(page - 1) * PAGE : page * PAGE], len(in_order) > page * PAGE


def doubles_waiting(membership):
    """Likely doubles on this coordinator's desk, the likeliest first; none that an exclusion keeps away."""
    if membership.role != Membership.Role.COORDINATOR:
        return LikelyDouble.objects.none()
    return (
        LikelyDouble.objects.filter(
            ~access.excluded(membership, person="first"),
            ~access.excluded(membership, person="second"),
            area=membership.area,
            state=LikelyDouble.State.WAITING,
        )
        .select_related("first", "second", "area")
        .order_by("-score", "pk")
    )

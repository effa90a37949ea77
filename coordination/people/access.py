"""The door: who may see whom, why, and the row that every look leaves.

A Ground says why somebody may look; guardian's permission rows, written here in the same transaction, say what. Both
are asked, and an exclusion comes before either.
"""

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from coordination.agencies.models import Membership
from coordination.agencies.rules import holds
from coordination.erasures.commands import note
from coordination.interface.each import each
from coordination.people.exclusions import excluded, kept_away
from coordination.people.holding import hold
from coordination.people.models import Ground
from coordination.people.permissions import PERMISSIONS, named, recompute
from coordination.use_log.commands import write_look
from coordination.use_log.rules import DISCLOSURE, REVEAL

Kind = Ground.Kind
# By these the young person chose somebody: to take part, or as the one adult.
CHOSEN = [Kind.PARTICIPATION, Kind.SUPPORT]
# By these a membership works with the young person itself; somebody who may only talk with the one adult doesn't.
WORKING = frozenset({Kind.COORDINATION, *CHOSEN})
# Of these kinds one holder may have several with a person, each for what it came from.
FOR_ONE_THING = [Kind.DOUBLE, *Ground.STATUTORY, Kind.FORM]


def grounds_for(membership, permission):
    """The open grounds of this membership that carry the permission, the excluded people's left out."""
    return Ground.objects.open().held_by(membership).filter(~excluded(membership), kind__in=_kinds_with(permission))


def _kinds_with(permission):
    return [kind for kind, permissions in PERMISSIONS.items() if permission in permissions]


def chosen_in(membership, young_person):
    """The public ids of that in which the young person chose this membership, as a query."""
    found = Ground.objects.open().filter(membership=membership, young_person=young_person, kind__in=CHOSEN)
    return found.values("source")


def may(membership, permission, young_person, *, kinds=None):
    """Whether this membership may do this with this young person: an open ground and the named permission, both.
    `kinds` are those of all its open grounds, where they have been read for this very page."""
    if not holds(membership) or kinds is not None and kinds.isdisjoint(_kinds_with(permission)):
        return False
    own = grounds_for(membership, permission).filter(young_person=young_person)
    return (kinds is not None or own.exists()) and bool(named(permission, young_person, [membership.user_id]))


def working(membership):
    """The open grounds by which this membership works with young people itself."""
    return grounds_for(membership, "view_network").filter(kind__in=WORKING)


def works_with(membership, young_person):
    """Whether this membership works with the young person itself now."""
    kinds = set(working(membership).filter(young_person=young_person).values_list("kind", flat=True))
    return bool(kinds) and may(membership, "view_network", young_person, kinds=kinds)


def look(request, *, people, purpose, grounds=(), reason=""):
    """Write the one row that this page leaves in the use log, with the random keys of everybody it shows.

    Called inside the transaction that renders the page: without the row there is no page. `reason` is the law by
    which hidden details were revealed.
    """
    membership = request.membership
    keys = [key for person in people for key in person.log_keys]
    write_look(
        user_id=membership.user_id,
        user_name=membership.user.get_full_name(),
        membership_id=membership.pk,
        agency_id=membership.agency_id,
        agency_name=membership.agency.name_fi,
        agency_kind=membership.agency.kind,
        role=membership.role,
        page=request.resolver_match.view_name,
        purpose=purpose,
        person_keys=keys,
        grounds=[ground.pk for ground in grounds],
        request_id=getattr(request, "id", ""),
        reason=reason,
    )


def pass_on(*, young_person, by, what, agency=None, to=""):
    """Write into the disclosure log what `by` passed on of this young person: codes of PASSED_ON, and to which agency
    or to whom else (a code of PASSED_TO)."""
    write_look(
        user_id=by.user_id,
        user_name=by.user.get_full_name(),
        membership_id=by.pk,
        agency_id=by.agency_id,
        agency_name=by.agency.name_fi,
        agency_kind=by.agency.kind,
        role=by.role,
        page="",
        purpose=DISCLOSURE,
        person_keys=young_person.log_keys,
        passed_to=agency.name_fi if agency else to,
        passed_to_agency=agency and agency.pk,
        passed_on=what,
    )


@transaction.atomic
def look_for_somebody(request):
    """Write the look of somebody who types a name to find or begin with, whatever comes of it."""
    look(request, people=[], purpose="search")


def person_or_404(request, public_id, *, to, reason_of=None, purpose=""):
    """The young person, if the acting membership may do `to`; else the same 404 as for somebody who doesn't exist.

    `reason_of(young_person)` says for which reason hidden details are revealed on this page; empty where they aren't.
    `purpose` is what the look is for, where that isn't what the ground says.
    """
    return ground_or_404(request, public_id, to=to, reason_of=reason_of, purpose=purpose).young_person


def ground_or_404(request, public_id, *, to, reason_of=None, purpose=""):
    """The longest lasting of the grounds by which the acting membership comes in, with all of them as `beside`; all
    else as in `person_or_404`."""
    ground = _ground_or_404(request, to, young_person__public_id=public_id)
    reason = reason_of(ground.young_person) if reason_of else ""
    purpose = REVEAL if reason else purpose or ground.kind
    look(request, people=[ground.young_person], purpose=purpose, grounds=[ground], reason=reason)
    return ground


def hold_the_door(request, *people, to):
    """The young people whom a follow-up or a double is about, through the same door; one look for all of them."""
    grounds = [_ground_or_404(request, to, young_person=person) for person in people]
    look(request, people=[ground.young_person for ground in grounds], purpose=grounds[0].kind, grounds=grounds)


def _ground_or_404(request, permission, **which):
    found = grounds_for(request.membership, permission).filter(**which)
    # There are a few at most. Told apart here, as the page asks for them all, and ordering takes the ORM longer.
    grounds = [*found.select_related("young_person__municipality")]
    ground = min(grounds, key=_how_long, default=None)
    if ground is None or not named(permission, ground.young_person, [request.membership.user_id]):
        raise Http404
    if ground.young_person.area_id == request.membership.agency.area_id:
        ground.young_person.area = request.membership.area
    ground.beside = grounds
    return ground


def _how_long(ground):
    """Those without a last day first, then by the day from the latest on."""
    return (ground.until is not None, -ground.until.toordinal() if ground.until else 0, ground.pk)


def audience(memberships, permission, young_person):
    """Those of the memberships who may open what they would be told about; the others are not told.

    The same answer as `may` gives for each, but asked of all at once.
    """
    holding = [membership for membership in memberships if holds(membership)]
    if not holding:
        return []
    grounds = Ground.objects.open().filter(young_person=young_person, kind__in=_kinds_with(permission))
    holders = set(grounds.values_list("membership", "area"))
    out = kept_away(young_person)
    users = named(permission, young_person, {membership.user_id for membership in holding})

    def has_a_ground(membership):
        of_area = membership.is_coordinator and (None, membership.agency.area_id) in holders
        return of_area or (membership.pk, None) in holders

    return [one for one in holding if one.user_id in users and one.user_id not in out and has_a_ground(one)]


def coordinators(area, young_person):
    """The area's coordinators who may coordinate this young person's follow-up."""
    found = Membership.objects.coordinators(area).select_related("user", "agency__area").order_by("pk")
    return audience(found, "coordinate", young_person)


@transaction.atomic
def give_ground(*, young_person, kind, source, membership=None, area=None, until=None):
    """Let one membership, or an area's coordinators, look at this young person because of `source` (a public id).

    One open ground of a kind with a person for each holder (those FOR_ONE_THING apart): an earlier one gives way.
    """
    hold(young_person)
    earlier = Ground.objects.filter(
        young_person=young_person, kind=kind, membership=membership, area=area, ended_at=None
    )
    if kind in FOR_ONE_THING:
        earlier = earlier.filter(source=source)
    earlier.update(ended_at=timezone.now())  # unaudited: a ground's rows are their own history
    ground = Ground.objects.create(
        young_person=young_person, kind=kind, source=source, membership=membership, area=area, until=until
    )
    recompute(young_person)
    return ground


def give_ground_of_flag(*, young_person_id, membership, flag):
    """The ground of one's own flag: it shows that flag's data alone, so it carries no permission and takes no lock."""
    return Ground.objects.create(
        young_person_id=young_person_id, kind=Kind.FLAG, source=flag.public_id, membership=membership, until=flag.until
    )


def let_ground_of_flag_last(flag):
    """Let the sight that came from one's own flag last as long as the renewed flag."""
    Ground.objects.filter(source=flag.public_id, ended_at=None).update(until=flag.until)


def end_ground_of_flag(flag):
    """End what one's own flag let its flagger see. It carried no permission, so nothing is recomputed."""
    kinds = [Kind.FLAG, Kind.INFORM]
    Ground.objects.filter(source=flag.public_id, kind__in=kinds, ended_at=None).update(ended_at=timezone.now())


def end_informing(flag):
    """End what one's own flag let its flagger see of others who have flagged, too; the flag itself stays."""
    informs = Ground.objects.filter(source=flag.public_id, kind=Kind.INFORM, ended_at=None)
    if informs.update(ended_at=timezone.now()):  # unaudited: a ground's rows are their own history
        note("sight", source=flag.public_id, kind=Kind.INFORM, holder=flag.membership.public_id)


@transaction.atomic
def end_grounds(*, young_person, source, kind=None, membership=None):
    """End sight that came from `source`, at once: all of it, or one kind's, or one membership's."""
    hold(young_person)
    grounds = Ground.objects.filter(young_person=young_person, source=source, ended_at=None)
    if kind:
        grounds = grounds.filter(kind=kind)
    if membership:
        grounds = grounds.filter(membership=membership)
    if grounds.update(ended_at=timezone.now()):  # unaudited: a ground's rows are their own history
        note("sight", source=source, kind=kind, holder=membership and membership.public_id)
    recompute(young_person)


@transaction.atomic
def erase_grounds(*, young_person, source):
    """End all sight that came from `source`, and erase that there was any."""
    end_grounds(young_person=young_person, source=source)
    young_person.grounds.filter(source=source).delete()


@transaction.atomic
def end_ground(ground):
    """End one ground, at once."""
    hold(ground.young_person)
    Ground.objects.filter(pk=ground.pk, ended_at=None).update(ended_at=timezone.now())
    recompute(ground.young_person)


@transaction.atomic
def end_all_of(membership):
    """End every sight of a membership that has ended; beginning it again brings nothing back."""
    grounds = Ground.objects.filter(membership=membership, ended_at=None)
    for ground in grounds.select_related("young_person").order_by("young_person_id"):
        end_grounds(young_person=ground.young_person, source=ground.source, membership=membership)


@transaction.atomic
def let_grounds_run_out(*, young_person, source, until):
    """Let the sight that came from `source` end by itself after the day given."""
    Ground.objects.filter(young_person=young_person, source=source, ended_at=None).exclude(kind=Kind.FLAG).update(
        until=until
    )


@transaction.atomic
def move_grounds(*, gone, kept):
    """After two rows were joined: flags' grounds go along, all other sight of the row that goes ends.

    What the joined row newly shows sleeps until a coordinator has confirmed it with the young person.
    """
    hold(gone)
    hold(kept)
    gone.grounds.filter(kind=Kind.FLAG).update(young_person=kept)  # unaudited: a ground's rows are their own history
    gone.grounds.filter(ended_at=None).update(ended_at=timezone.now())  # unaudited: as above
    recompute(gone)
    recompute(kept)


def end_by_date():
    """End every ground whose last day has passed; they were filtered at the door already."""
    past = Ground.objects.filter(ended_at=None, until__lt=timezone.localdate()).order_by("pk")
    rows = past.select_related("young_person").iterator(chunk_size=500)
    each(rows, end_ground, otherwise="ground %s could not be ended")

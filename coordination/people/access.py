"""The door: who may see whom, why, and the row that every look leaves.

A Ground says why somebody may look; guardian's permission rows, written here in the same transaction, say what. Both
are asked, and an exclusion comes before either.
"""

import logging

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.utils import timezone

from coordination.agencies.models import Membership
from coordination.agencies.rules import holds
from coordination.people.models import Exclusion, Ground, YoungPerson
from coordination.people.permissions import PERMISSIONS, recompute
from coordination.use_log.commands import write_look

log = logging.getLogger(__name__)

Kind = Ground.Kind


def excluded(membership, *, person="young_person"):
    """An Exists over open exclusions of this membership's user or agency, for a query that has the person's id."""
    return Exists(exclusions_of(membership).filter(young_person=OuterRef(person)))


def exclusions_of(membership):
    """The open exclusions that keep this user away: their own, and those of every agency they act for today."""
    agencies = Membership.objects.open().filter(user=membership.user_id).values("agency")
    return Exclusion.objects.filter(Q(user=membership.user_id) | Q(agency__in=agencies), ended_at=None)


def grounds_for(membership, permission):
    """The open grounds of this membership that carry the permission, the excluded people's left out."""
    kinds = [kind for kind, permissions in PERMISSIONS.items() if permission in permissions]
    return Ground.objects.open().held_by(membership).filter(~excluded(membership), kind__in=kinds)


def chosen_in(membership, young_person):
    """The public ids of that in which the young person chose this membership to take part, as a query."""
    return (
        Ground.objects.open()
        .filter(membership=membership, young_person=young_person, kind=Kind.PARTICIPATION)
        .values("source")
    )


def may(membership, permission, young_person):
    """Whether this membership may do this with this young person: an open ground and the named permission, both."""
    return (
        holds(membership)
        and grounds_for(membership, permission).filter(young_person=young_person).exists()
        and membership.user.has_perm(f"coordination.{permission}", young_person)
    )


def look(request, *, people, purpose, grounds=()):
    """Write the one row that this page leaves in the use log, with the random keys of everybody it shows.

    Called inside the transaction that renders the page: without the row there is no page.
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
    )


@transaction.atomic
def look_for_somebody(request):
    """Write the look of somebody who types a name to find or begin with, whatever comes of it."""
    look(request, people=[], purpose="search")


def person_or_404(request, public_id, *, to):
    """The young person, if the acting membership may do `to`; else the same 404 as for somebody who doesn't exist."""
    ground = _ground_or_404(request, to, young_person__public_id=public_id)
    look(request, people=[ground.young_person], purpose=ground.kind, grounds=[ground])
    return ground.young_person


def hold_the_door(request, *people, to):
    """The young people whom a follow-up or a double is about, through the same door; one look for all of them."""
    grounds = [_ground_or_404(request, to, young_person=person) for person in people]
    look(request, people=[ground.young_person for ground in grounds], purpose=grounds[0].kind, grounds=grounds)


def _ground_or_404(request, permission, **which):
    ground = (
        grounds_for(request.membership, permission)
        .filter(**which)
        .select_related("young_person__area", "young_person__municipality")
        .order_by("pk")
        .first()
    )
    if ground is None or not request.membership.user.has_perm(f"coordination.{permission}", ground.young_person):
        raise Http404
    return ground


def audience(memberships, permission, young_person):
    """Those of the memberships who may open what they would be told about; the others are not told."""
    return [membership for membership in memberships if may(membership, permission, young_person)]


def coordinators(area, young_person):
    """The area's coordinators who may coordinate this young person's follow-up."""
    found = Membership.objects.coordinators(area).select_related("user", "agency__area").order_by("pk")
    return audience(found, "coordinate", young_person)


@transaction.atomic
def give_ground(*, young_person, kind, source, membership=None, area=None, until=None):
    """Let one membership, or an area's coordinators, look at this young person because of `source` (a public id).

    One holder has one open ground of a kind with a person (likely doubles apart), so an earlier one gives way.
    """
    hold(young_person)
    earlier = Ground.objects.filter(
        young_person=young_person, kind=kind, membership=membership, area=area, ended_at=None
    )
    if kind == Kind.DOUBLE:
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


def end_ground_of_flag(flag):
    """End the ground of one's own flag. It carried no permission, so nothing is recomputed."""
    Ground.objects.filter(source=flag.public_id, kind=Kind.FLAG, ended_at=None).update(ended_at=timezone.now())


@transaction.atomic
def end_grounds(*, young_person, source, kind=None, membership=None):
    """End sight that came from `source`, at once: all of it, or one kind's, or one membership's."""
    hold(young_person)
    grounds = Ground.objects.filter(young_person=young_person, source=source, ended_at=None)
    if kind:
        grounds = grounds.filter(kind=kind)
    if membership:
        grounds = grounds.filter(membership=membership)
    grounds.update(ended_at=timezone.now())  # unaudited: a ground's rows are their own history
    recompute(young_person)


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


def hold(young_person):
    """Keep everybody else who would change this young person's sight waiting; new flags don't wait."""
    YoungPerson.objects.select_for_update(no_key=True).get(pk=young_person.pk)


def hold_against_flags(young_person):
    """Keep even new flags waiting: a flag committed between the last look and the erasing would be erased along.

    The waiting poster then finds nobody and makes the person anew.
    """
    YoungPerson.objects.select_for_update().get(pk=young_person.pk)


def hold_all(ids):
    """Hold several young people, always in the same order so that two can't wait for each other; the rows by id."""
    rows = YoungPerson.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    return {row.pk: row for row in rows}


def end_by_date():
    """End every ground whose last day has passed; they were filtered at the door already."""
    past = Ground.objects.filter(ended_at=None, until__lt=timezone.localdate()).order_by("pk")
    for ground in past.select_related("young_person").iterator(chunk_size=500):
        with transaction.atomic():
            hold(ground.young_person)
            Ground.objects.filter(pk=ground.pk, ended_at=None).update(ended_at=timezone.now())
            recompute(ground.young_person)


def drift(*, write=False, progress=None):
    """Compare every person's permission rows with the grounds; yields (person's pk, rows that were wrong).

    `progress` is called with the number of people looked at so far, every thousand.
    """
    for number, person in enumerate(YoungPerson.objects.order_by("pk").iterator(chunk_size=1000), start=1):
        with transaction.atomic():
            if write:
                hold(person)
            wrong = recompute(person, write=write)
        if wrong:
            yield person.pk, wrong
        if progress and number % 1000 == 0:
            progress(number)


def report_drift():
    """Log an error where grounds and permission rows have come apart; the door had asked both all along."""
    found = list(drift())
    if found:
        log.error("access rows differ from grounds for %s people; run rebuild_access", len(found))

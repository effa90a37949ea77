"""The door of an assessment: who comes in, as what, and the look that it leaves."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from coordination.agencies.models import Membership
from coordination.agencies.rules import holds, shown_adult
from coordination.assessments.models import Assessment, Participant
from coordination.assessments.rules import not_yours
from coordination.people import access
from coordination.people.exclusions import keeps_away, kept_away
from coordination.people.holding import hold_all
from coordination.people.models import Ground, YoungPerson

Kind = Ground.Kind
_WITH = ("young_person", "area", "agency__area", "worker__user", "worker__agency__area")


@dataclass
class Room:
    """An assessment as one membership comes into it: as its worker, or with a part of its own, or both."""

    assessment: Assessment
    membership: Membership
    is_worker: bool = False
    participant: Participant | None = None
    grounds: list = field(default_factory=list)

    @property
    def young_person(self):
        return self.assessment.young_person

    def named(self, membership, *, with_title=False):
        """A professional in one line, as whoever came in may know them beside the child."""
        shown = shown_adult(membership, self.membership, about=self.young_person, coordinates=self.is_worker)
        return ", ".join(filter(None, [shown.name, with_title and shown.job_title, shown.agency]))


def room_or_404(request, public_id):
    """The room, for its worker and for whoever takes part. Everybody else gets the same 404 as for one that doesn't
    exist. The look is in the use log."""
    room = room_for(request.membership, public_id)
    if room is None:
        raise Http404
    purpose = Kind.ASSESSMENT if room.is_worker else Kind.CONTRIBUTION
    access.look(request, people=[room.assessment], purpose=purpose, grounds=room.grounds)
    return room


def worker_room_or_404(request, public_id):
    """The room for its worker alone; else as `room_or_404`."""
    room = room_or_404(request, public_id)
    if not room.is_worker:
        raise Http404
    return room


def participant_room_or_404(request, public_id):
    """The room for a professional who takes part with a part of their own; else as `room_or_404`."""
    room = room_or_404(request, public_id)
    if room.participant is None:
        raise Http404
    return room


def _held(assessments):
    """These assessments (one at most) as a query that keeps everybody else waiting who would change one.

    First the child, whose sight changes with it: whoever erases or joins takes them in this order, too, and two who
    took them the other way round would wait for each other.
    """
    held = hold_all(list(assessments.values_list("young_person", flat=True)))
    # One that went over to another row meanwhile isn't found: nobody holds that child here.
    found = assessments.filter(young_person__in=held)
    return found.select_related(*_WITH).select_for_update(of=["self"], no_key=True)


def room_for(membership, public_id, *, lock=False):
    """The room as this membership comes into it; None where it doesn't. With `lock` nobody else changes it."""
    found = Assessment.objects.filter(public_id=public_id)
    assessment = (_held(found) if lock else found.select_related(*_WITH)).first()
    if assessment is None:
        return None
    room = Room(assessment, membership)
    for permission, kind in (("assess", Kind.ASSESSMENT), ("contribute", Kind.CONTRIBUTION)):
        grounds = access.grounds_for(membership, permission).filter(source=public_id, kind=kind)
        ground = grounds.filter(young_person=assessment.young_person).first()
        if ground and access.named(permission, assessment.young_person, [membership.user_id]):
            room.grounds.append(ground)
            room.is_worker |= kind == Kind.ASSESSMENT
            if kind == Kind.CONTRIBUTION:
                own = assessment.participants.filter(membership=membership, ended_at=None)
                room.participant = own.first()
    return room if room.is_worker or room.participant else None


def held_for_worker(membership, assessment):
    """The assessment, with everybody else who would change it waiting. Raises NotNow for anybody but its worker."""
    room = room_for(membership, assessment.public_id, lock=True)
    if room is None or not room.is_worker:
        raise not_yours()
    return room.assessment


def held_with(membership, participant):
    """(assessment, participant) as they stand now; else as `held_for_worker`."""
    assessment = held_for_worker(membership, participant.assessment)
    return assessment, assessment.participants.select_related("membership__user").get(pk=participant.pk)


def held(pk):
    """The assessment, with everybody else who would change it waiting, for what happens without its worker."""
    return _held(Assessment.objects.filter(pk=pk)).get()


def held_for_participant(membership, assessment):
    """(assessment, own participant), with everybody else who would change it waiting. Raises NotNow for whoever
    doesn't take part (any more)."""
    room = room_for(membership, assessment.public_id, lock=True)
    if room is None or room.participant is None:
        raise not_yours()
    return room.assessment, room.participant


def rooms_of(membership):
    """The assessments into which this membership comes, as a query."""
    kinds = [Kind.ASSESSMENT, Kind.CONTRIBUTION]
    grounds = Ground.objects.open().filter(~access.excluded(membership), membership=membership, kind__in=kinds)
    return Assessment.objects.filter(public_id__in=grounds.values("source"))


def workerless():
    """The assessments that nobody answers for: the worker is gone, or must not learn of the child any more."""
    at_work = Membership.objects.open().filter(pk=OuterRef("worker"), agency=OuterRef("agency"), user__is_active=True)
    of_worker = Ground.objects.open().filter(kind=Kind.ASSESSMENT, membership=OuterRef("worker"))
    sees = of_worker.filter(source=OuterRef("public_id"))
    away = keeps_away("worker", young_person="young_person")
    return Assessment.objects.filter(~Exists(at_work) | ~Exists(sees) | Exists(away))


def without_worker(membership):
    """The assessments of this membership's agency that nobody answers for, so that a colleague can take them; none of a
    child of whom the membership must not learn."""
    kept = YoungPerson.objects.filter(Q(access.excluded(membership, person="pk")))
    return workerless().filter(agency=membership.agency_id).exclude(young_person__in=kept)


def worker_of(report):
    """Who answers for the assessment that this report led to, as a list; empty where there is none, or nobody."""
    found = Assessment.objects.filter(reports=report).select_related("worker__user", "worker__agency__area").first()
    return [found.worker] if found and holds(found.worker) else []


def colleagues(room):
    """Who else in the assessing agency could answer for it; nobody who must not learn of the child."""
    away = kept_away(room.young_person)
    found = Membership.objects.open().filter(agency=room.assessment.agency_id).exclude(user__in=away)
    return found.exclude(pk=room.assessment.worker_id).select_related("user").order_by("user__last_name", "pk")

"""A flagger's own flags: the only ones anybody reads as flags."""

from django.http import Http404
from django.utils import timezone

from coordination.follow_ups.queries import feedback
from coordination.people.access import look
from coordination.people.models import Ground
from flags.flagging.models import Flag

PAGE = 25


def own_flags(membership):
    """The user's open flags, in every membership: what one human has flagged is one list."""
    return (
        Flag.objects.filter(user=membership.user_id, ended_at=None, until__gte=timezone.localdate())
        .select_related("young_person", "membership__agency", "area", "municipality", "legal_ground")
        .order_by("-made_at", "-pk")
    )


def page_of_own_flags(request, *, page):
    """One page of own flags with what the young person lets the flagger know, and whether more follow.

    Reading it is a look. It runs the same statements whether or not anybody else has flagged.
    """
    rows = list(own_flags(request.membership)[(page - 1) * PAGE : page * PAGE + 1])
    flags, has_more = rows[:PAGE], len(rows) > PAGE
    _add_feedback(flags)
    _look(request, flags)
    return flags, has_more


def own_flag_or_404(request, public_id):
    """One's own open flag; anybody else's, an ended one and one that never was are the same 404. Writes the look."""
    flag = own_flags(request.membership).filter(public_id=public_id).first()
    if flag is None:
        raise Http404
    _add_feedback([flag])
    _look(request, [flag])
    return flag


def _look(request, flags):
    """The look names the flags' grounds: a coordinator who reviews it later sees those of matched flags alone."""
    grounds = Ground.objects.filter(source__in=[flag.public_id for flag in flags], ended_at=None).order_by("pk")
    look(request, people=[flag.young_person for flag in flags], purpose=Ground.Kind.FLAG, grounds=grounds)


def _add_feedback(flags):
    found = feedback({flag.membership_id for flag in flags} or {0}, {flag.young_person_id for flag in flags} or {0})
    for flag in flags:
        flag.feedback = found.get((flag.membership_id, flag.young_person_id), "")

"""Two rows turned out to be one young person, who has one adult at a time."""

from coordination.outbox.commands import tell
from coordination.people import access
from coordination.people.exclusions import kept_away
from coordination.people.models import Ground
from coordination.support import notices
from coordination.support.commands.ending import close, tell_without_adult
from coordination.support.commands.naming import take_back
from coordination.support.commands.own_page import end_pages
from coordination.support.commands.own_requests import leave_requests, pass_on_requests
from coordination.support.models import Support
from coordination.support.queries.rounds import overview_link
from coordination.support.states import COMING, SupportState


def move_supports(*, gone, kept, by):
    """Let the supports of the row that goes go along. Of two adults the one who began first stays, and the coordinators
    are told that the other's support has ended; of several who were asked, only one who fits that stays asked.

    An adult who by the other row's exclusions must not learn of the young person stays no longer. Whoever stays, or
    the coordinators where nobody does, rings a young person who asked for it. The caller holds both rows and joins
    them afterwards.
    """
    rows = Support.objects.select_for_update(of=["self"]).filter(young_person__in=[kept, gone])
    rows = list(rows.select_related("young_person", "area", "adult__user", "adult__agency__area").order_by("pk"))
    away = kept_away(kept) | kept_away(gone)
    active = sorted((one for one in rows if one.state == SupportState.ACTIVE), key=lambda one: (one.began_at, one.pk))
    may_stay = [one for one in active if one.adult.user_id not in away]
    stays = may_stay[0] if may_stay else None
    ended = [one for one in active if one is not stays]
    end_pages(people=[kept, gone])
    for support in ended:
        close(support, reason=Support.EndReason.OTHER, by=by, sees_on=False)
    asked = _asked_still(rows, stays, away, by=by)
    for support in rows:
        if support.young_person_id == gone.pk:
            support.young_person = kept
            support.save(update_fields=["young_person"])
            support.own_pages.update(young_person=kept)  # unaudited: they have ended, and go along with the support
            if support in (stays, asked):
                _see_on(support)
    for support in filter(None, (stays, asked)):
        _keep_coordinators(support, gone)
    for support in ended:
        if stays:
            pass_on_requests(support=support, to=stays)
        else:
            leave_requests(support=support)
    if stays and ended:
        _tell_of_two(stays)
    elif ended:
        tell_without_adult(ended[-1])


def _asked_still(rows, stays, away, *, by):
    """Of those who were asked the first who can still begin; what the others were asked is taken back."""
    asked = None
    for support in sorted((one for one in rows if one.state in COMING), key=lambda one: (one.named_at, one.pk)):
        fits = stays is None or support.predecessor_id == stays.pk
        if fits and asked is None and support.adult.user_id not in away:
            asked = support
        else:
            take_back(support=support, by=by)
    return asked


def _see_on(support):
    """The support goes on with another row of its young person, and so does what was seen because of it."""
    kind = Ground.Kind.SUPPORT if support.state == SupportState.ACTIVE else Ground.Kind.NAMING
    _give(support, kind, support.adult)
    for one in support.substitutions.filter(ended_at=None).select_related("membership"):
        _give(support, Ground.Kind.SUPPORT, one.membership, until=one.until)
    for one in support.permissions.filter(ended_at=None).select_related("membership"):
        _give(support, Ground.Kind.TALK, one.membership, until=one.until, source=one.public_id)


def _keep_coordinators(support, gone):
    """Coordinators who saw the row that goes because of its support see the kept one: they look after gaps."""
    of_area = {"kind": Ground.Kind.COORDINATION, "area": support.area}
    kept = support.young_person
    if (
        gone.grounds.open().filter(**of_area).exists()
        and not kept.grounds.open().filter(**of_area, until=None).exists()
    ):
        access.give_ground(young_person=kept, source=kept.public_id, **of_area)


def _give(support, kind, membership, *, until=None, source=None):
    access.give_ground(
        young_person=support.young_person,
        kind=kind,
        source=source or support.public_id,
        membership=membership,
        until=until,
    )


def _tell_of_two(stays):
    """Tell the coordinators: somebody must make sure with the young person that this is the adult they want."""
    tell(
        notices.TWO_ADULTS,
        to=access.coordinators(stays.area, stays.young_person),
        about=stays,
        link=overview_link(stays),
        dedupe=stays.public_id,
    )

"""A flagger's own flags: the only ones anybody reads as flags."""

from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.utils import timezone

from coordination.agencies.models import Area, Membership
from coordination.agencies.queries import periods, rules_at
from coordination.agencies.rules import shown_adult
from coordination.clocks.rules import today
from coordination.follow_ups.models import AskedAdult, FollowUp
from coordination.follow_ups.queries import feedback
from coordination.follow_ups.states import OPEN_STATES
from coordination.interface.pages import one_page
from coordination.people.access import look
from coordination.people.exclusions import kept_away
from coordination.people.models import Ground
from coordination.people.rules import latest_birth_date
from flags.flagging.models import Flag

PAGE = 25
INFORM = Area.RevealRule.INFORM


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
    flags, has_more = one_page(own_flags(request.membership), page, PAGE)
    _add_feedback(flags)
    _look(request, flags)
    return flags, has_more


def own_flag_or_404(request, public_id):
    """One's own open flag; anybody else's, an ended one and one that never was are the same 404. Writes the look."""
    flag = own_flags(request.membership).filter(public_id=public_id).first()
    if flag is None:
        raise Http404
    _add_feedback([flag])
    flag.informs = flag.reveal_rule == flag.area.reveal_rule == INFORM
    flag.others = others_seen(flag, request.membership)
    _look(request, [flag], purpose=Ground.Kind.INFORM if flag.others else Ground.Kind.FLAG)
    return flag


def others_seen(flag, viewer):
    """Who else has flagged the same young person, as (adult, since when), for a flag that informs; else nobody.

    Of a flag that has not matched nothing is asked here but whether it has: the statements are the same whether or not
    anybody else has flagged. Sight is lost at once when either flag ends, when either flagger is excluded, and where
    the rule becomes consent again. Somebody of a sensitive agency shows once the young person wants them along.
    """
    person = flag.young_person
    if flag.reveal_rule != INFORM or not _informs().filter(source=flag.public_id, membership=viewer).exists():
        return []
    if flag.forbidden_at:
        return []
    followed = FollowUp.objects.filter(young_person=person).select_related("area").order_by("-opened_at").first()
    wanted = AskedAdult.objects.filter(
        follow_up__young_person=person, follow_up__state__in=OPEN_STATES, takes_part=AskedAdult.TakesPart.YES
    ).filter(left_at=None, membership=OuterRef("membership"))
    informed = Exists(_informs().filter(source=OuterRef("public_id")))
    away = kept_away(person)
    others = (
        Flag.objects.filter(informed | Q(Exists(wanted), membership__agency__sensitive=True))
        .filter(young_person=person, ended_at=None, forbidden_at=None, until__gte=timezone.localdate())
        .filter(membership__in=Membership.objects.open())
        .exclude(user__in=[viewer.user_id, *away])
        .select_related("membership__user", "membership__agency", "area")
        .order_by("made_at", "pk")
    )
    holding = still_informing([flag, *others], followed.area if followed else flag.area)
    if viewer.user_id in away or flag not in holding:
        return []
    return [(shown_adult(other.membership, viewer, about=person), other.made_at) for other in holding if other != flag]


def _informs():
    return Ground.objects.open().filter(kind=Ground.Kind.INFORM)


def still_informing(flags, area):
    """Those of these flags for which informing has held in this area and in their own ever since they were posted."""
    times = {}

    def holds(area, flag):
        if area.pk not in times:
            times[area.pk] = periods(area)
        return rules_at(times[area.pk], flag.made_at).reveal_rule == INFORM

    return [flag for flag in flags if flag.reveal_rule == INFORM and holds(flag.area, flag) and holds(area, flag)]


def grown(area):
    """The open flags of young people who have left the age band: by the rules of the time at which each was posted,
    a queryset for each of the area's `periods`."""
    times = periods(area)
    for number, (from_at, rules) in enumerate(times):
        too_old = latest_birth_date(rules.oldest_age + 1, today())
        flags = Flag.objects.filter(area=area, ended_at=None, birth_date__lte=too_old)
        if number:
            flags = flags.filter(made_at__gte=from_at)
        if number + 1 < len(times):
            flags = flags.filter(made_at__lt=times[number + 1][0])
        yield flags


def _look(request, flags, *, purpose=Ground.Kind.FLAG):
    """The look names the flags' grounds: a coordinator who reviews it later sees those of matched flags alone."""
    grounds = Ground.objects.filter(source__in=[flag.public_id for flag in flags], ended_at=None).order_by("pk")
    look(request, people=[flag.young_person for flag in flags], purpose=purpose, grounds=grounds)


def _add_feedback(flags):
    found = feedback({flag.membership_id for flag in flags} or {0}, {flag.young_person_id for flag in flags} or {0})
    for flag in flags:
        flag.feedback = found.get((flag.membership_id, flag.young_person_id), "")

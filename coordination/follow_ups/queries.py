"""Page-ready reads of follow-ups."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from coordination.agencies.models import Area
from coordination.agencies.rules import columns_of, holds, shown_adult
from coordination.clocks.rules import today
from coordination.follow_ups import rules
from coordination.follow_ups.due import DUE, WITHOUT_NEXT_STEP, due_on
from coordination.follow_ups.models import AskedAdult, FollowUp
from coordination.follow_ups.states import OPEN_STATES, FollowUpState
from coordination.people import access
from coordination.people.exclusions import kept_away
from coordination.people.models import Ground, LegalGuardian
from coordination.people.queries import LISTED_OF_PERSON
from coordination.people.rules import latest_birth_date
from coordination.use_log.queries import has_looked

PAGE = 50
# What the lists show: of each row every other column costs, above all what would have to be deciphered.
_LISTED = [
    *("public_id", "state", "reached_at", "contact_by", "next_step", "next_step_on", "outcome", "closed_at"),
    *(f"young_person__{column}" for column in LISTED_OF_PERSON),
    *("owner__user__first_name", "owner__user__last_name"),
]


def person_link(young_person):
    """Where those who take part read about the young person."""
    return reverse("pages:person", args=[young_person.public_id])


def list_link():
    """The list of follow-ups: for a notice about one that can be opened no more."""
    return reverse("follow_ups:list")


def is_excluded(membership, young_person):
    """Whether this membership must not learn of the young person."""
    return membership.user_id in kept_away(young_person)


def follow_up_or_404(request, public_id, *, to="coordinate"):
    """The follow-up, for its area's coordinators; else the 404 of one that doesn't exist. Writes the look."""
    follow_up = (
        FollowUp.objects.filter(public_id=public_id, area=request.membership.area)
        .select_related("young_person__municipality", "area", "owner__user", "owner__agency")
        .first()
    )
    if follow_up is None:
        raise Http404
    access.hold_the_door(request, follow_up.young_person, to=to)
    return follow_up


def late():
    """Open follow-ups that stand still: the day of the next step or the first contact has passed, or somebody was
    reached and no next step was agreed."""
    return _open().filter(Q(due__lt=today()) | WITHOUT_NEXT_STEP).select_related("area", "young_person")


def kept_long_enough():
    """The keys of the follow-ups that ended so long ago that their area keeps them no longer, and that nobody can see
    any more."""
    seen = Ground.objects.open().filter(source=OuterRef("public_id"))
    for area in Area.objects.all():
        days = max(area.days_kept_after_closing, area.days_seen_after_closing)
        ended = FollowUp.objects.filter(area=area, state__in=[FollowUpState.CLOSED, FollowUpState.NOT_NEEDED])
        ended = ended.alias(since=Coalesce(F("closed_at"), F("opened_at"))).exclude(Exists(seen))
        yield from ended.filter(since__lt=timezone.now() - timedelta(days=days)).values_list("pk", flat=True)


def _shown():
    return FollowUp.objects.select_related("young_person", "owner__user").only(*_LISTED)


def _open():
    found = FollowUp.objects.filter(state__in=OPEN_STATES, young_person__erase_asked_at=None)
    return found.alias(due=DUE).order_by("due", "pk")


def desk(membership, *, page=1):
    """One page of the area's open follow-ups, those that stand still first, then by what is due; and whether more
    follow. Each row has `late` and `due`.

    Each list is read from its index as far as this page reaches, so that it costs the same however many are open. The
    third has those of the second, too: leaving them out there would keep PostgreSQL from walking the index.
    """
    upto = page * PAGE + 1
    found = _open().filter(~access.excluded(membership), area=membership.area).values("pk")
    passed, to_come = found.filter(due__lt=today()), found.filter(due__gte=today())
    undecided = to_come.filter(WITHOUT_NEXT_STEP).order_by("contact_by", "pk")
    rows = _shown().filter(pk__in=passed[:upto].union(undecided[:upto], to_come[:upto]))
    for row in rows:
        row.due = due_on(row)
        row.late = row.due < today() or bool(row.reached_at and not row.next_step)
    in_order = sorted(rows, key=lambda row: (not row.late, row.due, row.pk))
    return in_order[(page - 1) * PAGE : page * PAGE], len(in_order) > page * PAGE


def closed(membership, *, limit=25):
    """The follow-ups of the area that were closed lately and can still be seen."""
    grounds = access.grounds_for(membership, "coordinate").filter(young_person=OuterRef("young_person"))
    # A value, so that it is asked of one row after the other: with EXISTS all grounds of the area are read first.
    found = _shown().alias(ground=Subquery(grounds.values("pk")[:1])).filter(ground__isnull=False)
    found = found.filter(area=membership.area, state=FollowUpState.CLOSED)
    return found.order_by("-closed_at", "-pk")[:limit]


def owned_by(membership):
    """The open follow-ups that this membership has taken up."""
    return FollowUp.objects.filter(owner=membership, state__in=OPEN_STATES).order_by("pk")


def coordinating(follow_up):
    """Whoever is told what a follow-up needs: its owner, or all coordinators of the area where the owner may not go on
    with the young person."""
    owner = [follow_up.owner] if follow_up.owner else []
    told = access.audience(owner, "coordinate", follow_up.young_person)
    return told or access.coordinators(follow_up.area, follow_up.young_person)


def asked_of(membership):
    """This membership's rows on the sheets of open follow-ups."""
    found = AskedAdult.objects.filter(membership=membership, left_at=None, follow_up__state__in=OPEN_STATES)
    return found.select_related("follow_up").order_by("pk")


def asked_adults(follow_up):
    """The adults on the sheet who are still asked about."""
    return (
        follow_up.asked.filter(left_at=None)
        .select_related("membership__user", "membership__agency__area", "legal_ground")
        .order_by("joined_at", "pk")
    )


def seen_follow_up(young_person, viewer, *, coordinates, chosen=None):
    """The follow-up that this viewer reads about: for coordinators the latest, for somebody who takes part the one in
    which the young person chose them. What others begin later is not theirs to see. `chosen` is what
    `access.chosen_in` finds, where it has been read already."""
    found = FollowUp.objects.filter(young_person=young_person).exclude(state=FollowUpState.NOT_NEEDED)
    if not coordinates:
        found = found.filter(public_id__in=access.chosen_in(viewer, young_person) if chosen is None else chosen)
    # A young person has a few, so they are not put in order by the database: that takes the ORM longer.
    follow_up = max(found.select_related("owner__user", "owner__agency"), key=lambda one: one.opened_at, default=None)
    if follow_up:
        follow_up.young_person = young_person
    return follow_up


def network(follow_up, viewer, adults, *, coordinates, revealed=False):
    """The network card's rows for this viewer: who coordinates, the viewer's own row, then the others of `adults`
    (those of `shown_adults`) by name, those of sensitive agencies last as "a professional".
    """
    person, rows, owner = follow_up.young_person, [], follow_up.owner
    if owner and follow_up.state not in OPEN_STATES and not access.audience([owner], "coordinate", person):
        owner = None  # an open one is handed on; a closed one keeps whose it was, who may since have been kept away
    if owner:
        rows.append(network_row(owner, viewer, person, coordinates, revealed, since=follow_up.taken_up_at))
        rows[0]["coordinates"] = True
    beside = [
        network_row(one.membership, viewer, person, coordinates, revealed, since=one.decided_at, apart=one.apart)
        for one in adults
    ]
    # The order in which adults were asked about would tell who came first.
    return rows + sorted(beside, key=lambda row: (not row["is_me"], not row["name"], row["name"]))


def shown_adults(follow_up, viewer, *, coordinates):
    """The adults who take part and whom this viewer may know of: for whoever coordinates all of them, for others their
    own row, and the rest unless the young person keeps either of the two apart."""
    adults = taking_part(follow_up)
    if coordinates:
        return adults
    is_apart = any(one.apart for one in adults if one.membership_id == viewer.pk)
    return [one for one in adults if one.membership_id == viewer.pk or not (is_apart or one.apart)]


def taking_part(follow_up):
    """The adults whom the young person chose and who may still see the page: with an open ground and membership."""
    parts = follow_up.young_person.grounds.open().filter(kind="participation", source=follow_up.public_id)
    adults = follow_up.asked.filter(
        takes_part=AskedAdult.TakesPart.YES, left_at=None, membership__in=parts.values("membership")
    )
    adults = adults.select_related("membership__user", "membership__agency").order_by()
    adults = adults.only("public_id", "follow_up", "apart", "joined_at", "decided_at", *columns_of("membership"))
    return sorted((one for one in adults if holds(one.membership)), key=lambda one: (one.joined_at, one.pk))


def network_row(membership, viewer, young_person, coordinates, revealed, *, since, apart=False):
    """One adult's row on the network card, as this viewer may see them."""
    adult = shown_adult(membership, viewer, about=young_person, coordinates=coordinates, revealed=revealed)
    return {
        "membership": membership,
        "name": adult.name,
        "agency": adult.agency,
        "role": adult.job_title or adult.role,
        "phone": adult.phone,
        "email": adult.email,
        "since": since,
        "is_me": membership.pk == viewer.pk,
        "coordinates": False,
        "apart": apart and coordinates,
        # What a support says of some: a template that looks for what isn't there takes long over each row.
        "is_adult": False,
        "stands_in_until": None,
        "talks_until": None,
    }


def guardians(follow_up):
    """The young person's guardians; once their say has ended, those who must not learn, as a warning."""
    found = follow_up.young_person.legal_guardians.all()
    if not rules.guardians_are_heard(follow_up):
        found = found.filter(knows=LegalGuardian.Knows.MUST_NOT)
    return [*found]


def guardians_past_their_say():
    """The guardians of those who have come of age, but for those who must not learn.

    Whose age counts is the area's whose follow-up is open, as on its sheet: after a takeover that is not the area in
    which the young person was first known, which decides alone where none is open.
    """
    past = Q(pk=None)
    for area in Area.objects.only("guardians_heard_under"):
        born_by = latest_birth_date(area.guardians_heard_under, today())
        past |= Q(young_person__area=area, young_person__birth_date__lte=born_by)
    followed = FollowUp.objects.filter(
        state__in=OPEN_STATES, young_person__in=LegalGuardian.objects.values("young_person")
    )
    followed = followed.select_related("area", "young_person")
    heard = {one.young_person_id: rules.guardians_are_heard(one) for one in followed}
    unheard = Q(young_person__in=[pk for pk, is_heard in heard.items() if not is_heard])
    found = LegalGuardian.objects.filter(unheard | past & ~Q(young_person__in=list(heard)))
    return found.exclude(knows=LegalGuardian.Knows.MUST_NOT)


def feedback(memberships, people):
    """What the young person lets flaggers know, by (membership id, person id): "wanted" or "talked", never a no."""
    found = {}
    adults = AskedAdult.objects.filter(
        membership__in=memberships,
        follow_up__young_person__in=people,
        follow_up__state__in=OPEN_STATES,
        left_at=None,
    ).select_related("follow_up__area")
    # Of the rest nothing is read: deciphering a telephone number would take its time.
    adults = adults.only(
        *("membership_id", "takes_part", "may_know", "undo_to", "decided_at"),
        *("follow_up__young_person_id", "follow_up__area__undo_minutes"),
    )
    for adult in adults.order_by("decided_at"):
        told = rules.told_decision(adult, adult.follow_up.area)
        if told["takes_part"] == AskedAdult.TakesPart.YES:
            found[adult.membership_id, adult.follow_up.young_person_id] = "wanted"
        elif told["may_know"] == AskedAdult.MayKnow.YES:
            found[adult.membership_id, adult.follow_up.young_person_id] = "talked"
    return found


def agencies_let_in(young_person):
    """The ids of the agencies of which the young person lets somebody take part or know, in any follow-up: as it is
    told, so that nothing shows of a decision which can still be undone."""
    adults = AskedAdult.objects.filter(follow_up__young_person=young_person)
    adults = adults.select_related("membership", "follow_up__area").only(
        *("takes_part", "may_know", "undo_to", "decided_at"),
        *("membership__agency_id", "follow_up__area__undo_minutes"),
    )
    told = ((one.membership.agency_id, rules.told_decision(one, one.follow_up.area)) for one in adults)
    return {
        agency
        for agency, decided in told
        if decided["takes_part"] == AskedAdult.TakesPart.YES or decided["may_know"] == AskedAdult.MayKnow.YES
    }


def has_been_seen(follow_up, adult):
    """Whether somebody who could see what was last decided of this adult has been shown the young person since: the
    adult, or those who take part and may know of the adult. A look at one's own flag shows nothing of it yet."""
    person, users = follow_up.young_person, set()
    if not adult.apart:
        parts = person.grounds.open().filter(kind="participation", source=follow_up.public_id)
        users.update(parts.values_list("membership__user", flat=True))
    return has_seen(adult, person, since=adult.decided_at, others=users)


def has_seen(adult, young_person, *, since, others=()):
    """Whether this adult or one of the `others` (users' ids) has been shown the young person since that moment."""
    users = {adult.membership.user_id, *others}
    return has_looked(users, person_keys=young_person.log_keys, since=since, not_for=["flag", "inform"])

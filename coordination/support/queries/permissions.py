"""With whom the one adult may talk, and who can be chosen for it."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from coordination.agencies.models import Area, Membership
from coordination.agencies.rules import shown_adult
from coordination.clocks.rules import today
from coordination.follow_ups import queries as follow_ups
from coordination.people.exclusions import kept_away
from coordination.people.models import Ground
from coordination.support import rules
from coordination.support.models import MatterKind, Support, TalkPermission
from coordination.support.queries.doors import support_or_404
from coordination.support.states import SupportState

# So many professionals a search shows; whoever finds more writes more of the name.
MOST = 20


def holding():
    """The permissions that hold now. Each stands and falls with its ground: sight that ended, by whatever way, leaves
    no permission behind, whether or not its row says so yet."""
    return TalkPermission.objects.filter(
        Exists(Ground.objects.open().filter(source=OuterRef("public_id"), kind=Ground.Kind.TALK)),
        ended_at=None,
        until__gte=today(),
        support__state=SupportState.ACTIVE,
    )


def ending_soon():
    """The permissions of whose end the one adult hasn't been reminded yet, though it is near by the area's days."""
    for area in Area.objects.only("days_before_end_of_permission"):
        last = today() + timedelta(days=area.days_before_end_of_permission)
        near = holding().filter(support__area=area, reminded_at=None, until__lte=last).order_by("pk")
        yield from near.select_related("support__young_person", "support__area")


def overtaken():
    """The permissions that still count as going on, but whose sight, last day, holder or support has ended."""
    open_ground = Ground.objects.open().filter(source=OuterRef("public_id"), kind=Ground.Kind.TALK)
    open_member = Membership.objects.open().filter(pk=OuterRef("membership"))
    ended = ~Exists(open_ground) | ~Exists(open_member) | ~Q(support__state=SupportState.ACTIVE)
    past = ended | Q(until__lt=today())
    return TalkPermission.objects.filter(past, ended_at=None, support__young_person__erase_asked_at=None)


def held_by(membership):
    """The permissions of this professional that are not ended, for what leaving does about them."""
    return TalkPermission.objects.filter(membership=membership, ended_at=None)


def own_permission(membership, young_person):
    """By which permission this professional may talk with the young person's one adult, or None."""
    return (
        holding()
        .filter(membership=membership, support__young_person=young_person)
        .select_related("support__adult__user", "support__adult__agency__area")
        .order_by("-given_at")
        .first()
    )


def matters_of(permission):
    """What the two may talk about, in words, in the order of the closed list."""
    return [str(kind.label) for kind in MatterKind if kind in permission.matters]


def shown(support, viewer, *, coordinates):
    """The permissions of this support that hold, for its adult, who stands in and the coordinators: by name, those
    whose name the viewer may not see last. The professionals themselves each see their own alone."""
    if support.state != SupportState.ACTIVE:
        return []
    rows = []
    found = holding().filter(support=support).select_related("membership__user", "membership__agency__area")
    for permission in found:
        adult = shown_adult(permission.membership, viewer, about=support.young_person, coordinates=coordinates)
        rows.append(
            {
                "permission": permission,
                "public_id": permission.public_id,
                "membership": permission.membership,
                "name": adult.name,
                "agency": adult.agency,
                "role": adult.job_title or adult.role,
                "phone": adult.phone,
                "matters": matters_of(permission),
                "until": permission.until,
                "ends_soon": rules.ends_soon(permission, support.area),
            }
        )
    return sorted(rows, key=lambda row: (not row["name"], row["name"], row["membership"].pk))


def acts_in(support, membership):
    """Whether this membership is the support's adult or stands in for them now."""
    return (
        support.adult_id == membership.pk
        or support.substitutions.filter(membership=membership, ended_at=None, until__gte=today()).exists()
    )


def support_of_talks_or_404(request, public_id):
    """The support whose permissions the reader looks after: its adult and who stands in, or the young person's
    coordinators, whom the young person may ring. Returns (support, whether the reader comes in as a coordinator)."""
    support = Support.objects.filter(public_id=public_id).first()
    if support is None:
        raise Http404
    coordinates = request.membership.is_coordinator and not acts_in(support, request.membership)
    return support_or_404(request, public_id, to="coordinate" if coordinates else "support"), coordinates


def permission_or_404(support, permission_id):
    """One permission of this support, ended ones too: saying twice that it ends is no mistake."""
    permission = support.permissions.filter(public_id=permission_id).select_related("support", "membership").first()
    if permission is None:
        raise Http404
    return permission


def could_talk(support):
    """The professionals whom the young person could let talk with their one adult: who act today for an agency of the
    area, and are neither kept away nor refused, nor the adult or who stands in."""
    person = support.young_person
    refused = person.refusals.filter(ended_at=None).values("user")
    standing_in = support.substitutions.filter(ended_at=None).values("membership__user")
    return (
        Membership.objects.open()
        .filter(agency__area=support.area_id)
        .exclude(role=Membership.Role.ADMINISTRATOR)
        .exclude(Q(user=support.adult.user_id) | Q(user__in=kept_away(person)))
        .exclude(Q(user__in=refused) | Q(user__in=standing_in))
        .select_related("user", "agency__area")
    )


def found(support, viewer, *, coordinates, search=""):
    """Whom the reader can choose: by a part of the name or of the agency, without one those who take part and whom the
    reader knows of. Returns ([(membership, words)], whether there are more).

    Somebody whose name the reader may not see isn't found: the coordinator writes that permission down.
    """
    members = could_talk(support)
    words = search.split()
    if words:
        for word in words:
            members = members.filter(_named(word, with_agency=not support.young_person.non_disclosure))
    else:
        members = members.filter(pk__in=taking_part(support, viewer, coordinates=coordinates))
    rows = list(members.order_by("user__last_name", "user__first_name", "pk")[: MOST + 1])
    labelled = [(one, words_for(one, support, viewer, coordinates=coordinates)) for one in rows[:MOST]]
    return [(one, text) for one, text in labelled if text], len(rows) > MOST


def one_found(support, viewer, public_id, *, coordinates):
    """The one professional whom the reader chose, with the words for them; None where they can't be chosen."""
    member = could_talk(support).filter(public_id=public_id).first()
    text = words_for(member, support, viewer, coordinates=coordinates) if member else ""
    return (member, text) if text else None


def words_for(member, support, viewer, *, coordinates):
    """Name, job and agency as the reader may see them; empty where the name must not show."""
    adult = shown_adult(member, viewer, about=support.young_person, coordinates=coordinates)
    return ", ".join(part for part in (adult.name, adult.job_title, adult.agency) if part) if adult.name else ""


def _named(word, *, with_agency):
    """With non-disclosure agencies show by kind alone, so none is found by its name."""
    named = Q(user__first_name__icontains=word) | Q(user__last_name__icontains=word)
    if with_agency:
        for language in ("fi", "sv", "en"):
            named |= Q(**{f"agency__name_{language}__icontains": word, "agency__sensitive": False})
    return named


def taking_part(support, viewer, *, coordinates):
    """Those who take part, as far as the reader knows of them."""
    follow_up = follow_ups.seen_follow_up(support.young_person, viewer, coordinates=coordinates)
    adults = follow_ups.shown_adults(follow_up, viewer, coordinates=coordinates) if follow_up else []
    return [one.membership_id for one in adults]

"""Who is in a coordination group, and the round, indicator or answer that somebody may have."""

from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from coordination.agencies.models import Area, Membership
from coordination.agencies.rules import holds, shown_adult
from pilots.registry.rules import check_there
from pilots.service_map import rules
from pilots.service_map.models import GroupMember, SurveyAnswer, SurveyRound
from pilots.service_map.states import RoundState


def open_members(area_id):
    """Who is in the area's coordination group today."""
    return GroupMember.objects.filter(area=area_id, ended_at=None)


def in_groups(membership):
    """The open rows of this membership (a row, or a reference to one)."""
    return GroupMember.objects.filter(membership=membership, ended_at=None)


def leads(membership):
    """Whether this membership leads the group of its area."""
    own = open_members(membership.agency.area_id)
    return holds(membership) and own.filter(membership=membership, leads=True).exists()


def reads(membership):
    """Whether this membership reads everything of its area's survey."""
    if rules.administers(membership):
        return True
    return holds(membership) and is_member(membership)


def names_members(membership):
    """Whether this membership names members of its area's group."""
    return rules.administers(membership) or leads(membership)


def held_area(by, *, allowed=leads):
    """The own area, with everybody else waiting who would change its group or survey. Raises NotNow for whoever may
    not."""
    area = Area.objects.select_for_update(no_key=True).get(pk=by.agency.area_id)
    if not allowed(by):
        raise rules.not_yours()
    return area


def held_round(survey_round, by):
    """A round of the own area as it stands, with everybody else waiting who would change or answer it. Raises NotNow
    for whoever doesn't lead the group, and where it has been thrown away."""
    area = held_area(by)
    found = SurveyRound.objects.select_for_update(no_key=True).filter(pk=survey_round.pk, area=area).first()
    check_there(found)
    return found


def without_lead(area_id):
    """Whether nobody leads the area's group."""
    held = Membership.objects.open().filter(pk=OuterRef("membership"))
    return not open_members(area_id).filter(Exists(held), leads=True).exists()


def members_of(area_id, viewer):
    """The group's members, each {"member", "shown"} as this membership may see them; whoever leads comes first."""
    found = open_members(area_id).select_related("membership__user", "membership__agency__area")
    found = found.order_by("-leads", "since", "pk")
    return [{"member": one, "shown": shown_adult(one.membership, viewer, about=None)} for one in found]


def who(membership, viewer):
    """Somebody as this viewer may see them, with their agency; empty for nobody."""
    if membership is None:
        return ""
    shown = shown_adult(membership, viewer, about=None)
    return ", ".join(filter(None, [shown.name, shown.agency]))


def able_members(area_id):
    """The memberships that can be in the group, and can be asked to answer."""
    found = Membership.objects.open().filter(agency__area=area_id).select_related("user", "agency__area")
    return found.order_by("user__last_name", "user__first_name", "pk")


def round_or_404(membership, public_id):
    """A round: one that is approved for everybody, another one for the group of its area."""
    found = get_object_or_404(SurveyRound.objects.select_related("area"), public_id=public_id)
    own = found.area_id == membership.agency.area_id
    if found.state != RoundState.APPROVED and not (own and reads(membership)):
        raise Http404
    return found


def own_round_or_404(membership, public_id):
    """A round for whoever leads the group of its area."""
    found = get_object_or_404(SurveyRound, public_id=public_id, area=membership.agency.area_id)
    if not leads(membership):
        raise Http404
    return found


def answerable(membership):
    """The answers that this membership may write: those that it is asked for, and as a member every one of its area."""
    if not holds(membership):
        return SurveyAnswer.objects.none()
    own, area = Q(asked=membership), Q(round__area=membership.agency.area_id)
    found = SurveyAnswer.objects.select_related("round", "indicator__goal")
    return found.filter(area if is_member(membership) else own & area)


def is_member(membership):
    """Whether this membership is in the group of its area."""
    return open_members(membership.agency.area_id).filter(membership=membership).exists()


def may_answer_all(membership, survey_round):
    """Whether this membership may write every answer of this round."""
    own = survey_round.area_id == membership.agency.area_id
    return own and holds(membership) and is_member(membership)


def answer_or_404(membership, public_id):
    """One of them, of a round that has been opened."""
    found = answerable(membership).exclude(round__state=RoundState.DRAFTED)
    return get_object_or_404(found, public_id=public_id)


def waiting_for(membership):
    """What this membership (a row, or a reference to one) is asked for and hasn't answered, in rounds not closed
    yet."""
    found = SurveyAnswer.objects.filter(asked=membership, stands="")
    return found.filter(round__state__in=[RoundState.DRAFTED, RoundState.OPEN])

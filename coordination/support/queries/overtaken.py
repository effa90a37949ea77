"""What the young person's later word has overtaken: whom an exclusion or a refusal reaches that was written down after
somebody was named, asked, stood in, or was allowed to talk.

The steps below end such sight at once and know nothing of supports; what is found here follows them.
"""

from django.db.models import Exists, OuterRef, Q

from coordination.agencies.models import Membership
from coordination.people.models import Exclusion, Refusal, YoungPerson
from coordination.support.models import OverlapProposal, OwnRequest, Substitution, Support, TalkPermission
from coordination.support.states import COMING, SupportState


def adults():
    """The supports that go on or are coming, whose adult must not learn of the young person any more, or was refused
    later."""
    kept_on = Support.objects.filter(state__in=[SupportState.ACTIVE, *COMING], young_person__erase_asked_at=None)
    reached = _excluded(person="young_person", member="adult") | _refused("young_person", "adult", since="named_at")
    return kept_on.filter(reached).select_related("young_person", "adult").order_by("pk")


def standing_in():
    """Whoever stands in, of whom the same is true."""
    going_on = Substitution.objects.filter(ended_at=None, support__young_person__erase_asked_at=None)
    reached = _excluded(person="support__young_person", member="membership")
    reached |= _refused("support__young_person", "membership", since="began_at")
    return going_on.filter(reached).select_related("support__young_person", "membership").order_by("pk")


def people_kept_from():
    """The young people of whom somebody must not learn and who have, or had, something that notices speak of: of those
    who ask to be erased, too, since that takes its days."""
    exclusions = Exclusion.objects.filter(young_person=OuterRef("pk"), ended_at=None)
    supports = Support.objects.filter(young_person=OuterRef("pk"))
    return YoungPerson.objects.filter(Exists(exclusions), Exists(supports)).order_by("pk")


def spoken_of(young_person):
    """The public ids by which notices speak of this young person's supports and of everything in them, whatever has
    become of it: a notice outlives what it tells of."""
    found = [Support.objects.filter(young_person=young_person)]
    for model in (TalkPermission, OverlapProposal, OwnRequest):
        found.append(model.objects.filter(support__young_person=young_person).order_by())
    ids = [one.values_list("public_id", flat=True) for one in found]
    return list(ids[0].union(*ids[1:], all=True))


def _excluded(*, person, member):
    agencies = Membership.objects.open().filter(user=OuterRef(OuterRef(f"{member}__user"))).values("agency")
    whom = Q(user=OuterRef(f"{member}__user")) | Q(agency__in=agencies)
    return Q(Exists(Exclusion.objects.filter(whom, young_person=OuterRef(person), ended_at=None)))


def _refused(person, member, *, since):
    """What was asked for later, with a fresh permission, isn't forbidden by a refusal."""
    later = Refusal.objects.filter(young_person=OuterRef(person), ended_at=None, made_at__gte=OuterRef(since))
    return Q(Exists(later.filter(user=OuterRef(f"{member}__user"))))

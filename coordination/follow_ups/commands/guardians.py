"""What each guardian of a young person knows or may know, one by one."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.activity.commands import record
from coordination.activity.models import Event
from coordination.agencies.rules import NotNow
from coordination.erasures.commands import note
from coordination.follow_ups import queries, rules
from coordination.follow_ups.commands.opening import exclude
from coordination.follow_ups.commands.rows import locked, save
from coordination.interface.each import each
from coordination.links.commands import end_links, erase_links
from coordination.people.erasing import erase_rows
from coordination.people.models import LegalGuardian

MUST_NOT = LegalGuardian.Knows.MUST_NOT


@transaction.atomic
def save_guardian(*, follow_up, by, name, phone, knows, said_by, legal_guardian=None, seen=None, token=None, user=None):
    """Write down a guardian, or what has changed of one.

    `seen` holds what of these values the reader saw: nothing is written over what another saved meanwhile. A guardian
    who must not learn and works here (`user`) is excluded in the same step: the young person is then nowhere to be
    found for them. The same `token` again writes nothing. Raises NotNow where the guardians of this young person have
    no say any more, for one who must not learn and would know by this (`let_learn` is for that), and where the
    exclusion would leave no coordinator.
    """
    said_by = "" if knows == LegalGuardian.Knows.NOT_TOLD else said_by
    follow_up = locked(follow_up)
    rules.check_guardians_heard(follow_up)
    if legal_guardian:
        legal_guardian = as_now(legal_guardian)
        typed = {"name": name, "phone": phone, "knows": knows, "said_by": said_by}
        if any(getattr(legal_guardian, one) not in (was, typed[one]) for one, was in (seen or {}).items()):
            raise NotNow(rules.saved_meanwhile())
        if legal_guardian.knows == MUST_NOT != knows:
            raise NotNow(_("This guardian must not learn. End that first."))
    else:
        sent_before = LegalGuardian.objects.filter(young_person=follow_up.young_person, token=token).first()
        if sent_before:
            return sent_before
        legal_guardian = LegalGuardian(young_person=follow_up.young_person, token=token)
    if (knows, said_by) != (legal_guardian.knows, legal_guardian.said_by):
        legal_guardian.since = timezone.now()
    legal_guardian.name, legal_guardian.phone = name, phone
    legal_guardian.knows, legal_guardian.said_by = knows, said_by
    legal_guardian.written_by = by
    if knows == MUST_NOT and user:
        legal_guardian.user = user
        exclude(follow_up=follow_up, user=user, by=by)
    legal_guardian.full_clean(exclude=["young_person", "user", "written_by"])
    legal_guardian.save()
    if knows == MUST_NOT:
        end_links(about=legal_guardian.public_id)
        note("must_not_learn", guardian=legal_guardian.public_id, person=follow_up.young_person.public_id)
    record(Event.Kind.GUARDIAN, young_person_id=follow_up.young_person_id, by=by, about=follow_up.public_id)
    _saved(follow_up)
    return legal_guardian


def as_now(legal_guardian):
    """The guardian as they stand now; the caller holds the follow-up, so nobody changes them meanwhile."""
    found = LegalGuardian.objects.filter(pk=legal_guardian.pk).first()
    if found is None:
        raise NotNow(rules.taken_back_already())
    return found


@transaction.atomic
def let_learn(*, follow_up, legal_guardian, by):
    """A guardian who must not learn may be told after all; until somebody is, they know nothing. An exclusion of the
    same person stays until it is ended."""
    follow_up = locked(follow_up)
    rules.check_guardians_heard(follow_up)
    legal_guardian = as_now(legal_guardian)
    if legal_guardian.knows != MUST_NOT:
        raise NotNow(rules.taken_back_already())
    legal_guardian.knows, legal_guardian.said_by = LegalGuardian.Knows.NOT_TOLD, ""
    legal_guardian.since, legal_guardian.written_by = timezone.now(), by
    legal_guardian.save()
    record(Event.Kind.GUARDIAN, young_person_id=follow_up.young_person_id, by=by, about=follow_up.public_id)
    _saved(follow_up)


@transaction.atomic
def keep_from_learning(*, legal_guardian, at):
    """A guardian must not learn since that moment, which a restored backup has forgotten: no link to them opens."""
    legal_guardian.knows, legal_guardian.since = MUST_NOT, at
    legal_guardian.said_by = legal_guardian.said_by or LegalGuardian.SaidBy.YOUNG_PERSON
    legal_guardian.save()
    end_links(about=legal_guardian.public_id)


@transaction.atomic
def remove_guardian(*, follow_up, legal_guardian, by, seen=None):
    """Erase a guardian who was written down by mistake or is one no more. An exclusion stays until it is ended.

    `seen` holds what the reader saw: one who must not learn since then stays, since the warning would go with them.
    """
    follow_up = locked(follow_up)
    rules.check_begun(follow_up)
    legal_guardian = as_now(legal_guardian)
    if legal_guardian.knows == MUST_NOT != (seen or {}).get("knows", MUST_NOT):
        raise NotNow(rules.saved_meanwhile())
    erase_guardian(legal_guardian=legal_guardian)
    record(Event.Kind.GUARDIAN, young_person_id=follow_up.young_person_id, by=by, about=follow_up.public_id)
    _saved(follow_up)


def erase_guardians_of_age():
    """Erase the guardians of those who have come of age: their say and sight end. Those who must not learn stay as a
    warning, since they may still answer the telephone."""
    each(
        queries.guardians_past_their_say().iterator(chunk_size=500),
        lambda guardian: erase_guardian(legal_guardian=guardian),
        otherwise="guardian %s could not be erased",
    )


@transaction.atomic
def erase_guardian(*, legal_guardian):
    """Erase a guardian with every link that was sent to them."""
    note("guardian", guardian=legal_guardian.public_id)
    erase_links(about=legal_guardian.public_id)
    erase_rows(legal_guardian)


def _saved(follow_up):
    follow_up.refresh_from_db(fields=["version"])
    save(follow_up)

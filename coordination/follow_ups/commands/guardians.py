"""What each guardian of a young person knows or may know, one by one."""

from django.db import transaction
from django.utils import timezone

from coordination.activity.commands import record
from coordination.activity.models import Event
from coordination.erasures.commands import note
from coordination.follow_ups import queries, rules
from coordination.follow_ups.commands.opening import exclude
from coordination.follow_ups.commands.rows import locked, save
from coordination.links.commands import end_links, erase_links
from coordination.people.erasing import erase_rows
from coordination.people.models import LegalGuardian

MUST_NOT = LegalGuardian.Knows.MUST_NOT


@transaction.atomic
def save_guardian(*, follow_up, by, name, phone, knows, said_by, legal_guardian=None, token=None, user=None):
    """Write down a guardian, or what has changed of one.

    A guardian who must not learn and works here (`user`) is excluded in the same step: the young person is then
    nowhere to be found for them. The same `token` again writes nothing. Raises NotNow where the guardians of this
    young person have no say any more, and where the exclusion would leave no coordinator.
    """
    follow_up = locked(follow_up)
    rules.check_guardians_heard(follow_up)
    if legal_guardian is None:
        sent_before = LegalGuardian.objects.filter(young_person=follow_up.young_person, token=token).first()
        if sent_before:
            return sent_before
        legal_guardian = LegalGuardian(young_person=follow_up.young_person, token=token)
    said_by = "" if knows == LegalGuardian.Knows.NOT_TOLD else said_by
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
        note("must_not_learn", guardian=legal_guardian.public_id)
    record(Event.Kind.GUARDIAN, young_person_id=follow_up.young_person_id, by=by, about=follow_up.public_id)
    _saved(follow_up)
    return legal_guardian


@transaction.atomic
def remove_guardian(*, follow_up, legal_guardian, by):
    """Erase a guardian who was written down by mistake or is one no more. An exclusion stays until it is ended."""
    follow_up = locked(follow_up)
    rules.check_begun(follow_up)
    _erase(legal_guardian)
    record(Event.Kind.GUARDIAN, young_person_id=follow_up.young_person_id, by=by, about=follow_up.public_id)
    _saved(follow_up)


def erase_guardians_of_age():
    """Erase the guardians of those who have come of age: their say and sight end. Those who must not learn stay as a
    warning, since they may still answer the telephone."""
    for guardian in queries.guardians_past_their_say().iterator(chunk_size=500):
        _erase(guardian)


@transaction.atomic
def _erase(legal_guardian):
    note("guardian", guardian=legal_guardian.public_id)
    erase_links(about=legal_guardian.public_id)
    erase_rows(legal_guardian)


def _saved(follow_up):
    follow_up.refresh_from_db(fields=["version"])
    save(follow_up)

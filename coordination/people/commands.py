"""Finding or making a young person, exclusions, joining and erasing."""

import uuid

from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from coordination.agencies.models import Membership
from coordination.encryption.index import NOTHING, of_row
from coordination.erasures.commands import note
from coordination.interface.names import normalise_name
from coordination.interface.wake import wake
from coordination.people import access, rules
from coordination.people.doubles import forget_doubles
from coordination.people.erasing import erase_rows
from coordination.people.holding import hold
from coordination.people.models import Exclusion, Ground, YoungPerson
from coordination.people.permissions import recompute

FIND_OR_MAKE = """
    WITH made AS (
        INSERT INTO coordination_youngperson
            (public_id, identity_key, identity_key_even, first_name, last_name, name_key, birth_date, hetu_index,
             hetu_index_even, area_id, log_keys, made_at, phone, safe_hours, no_voicemail, say_only_youth_services,
             contact_shared, non_disclosure)
        VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, '', '', FALSE, FALSE, FALSE, FALSE)
        ON CONFLICT DO NOTHING
        RETURNING id
    )
    SELECT id FROM made
    UNION ALL
    SELECT COALESCE(joined_to_id, id) FROM coordination_youngperson
        WHERE identity_key = %s OR identity_key_even = %s
    LIMIT 1
"""


def find_or_make(*, first_name, last_name, birth_date, area, hetu=None, apart=None):
    """The id of the young person of this typed identity, made if there is none yet.

    One statement, the same for somebody known and somebody new, and no lock taken: whoever waits at this door must
    not be able to feel whether another was here before. (Raw because the ORM would answer in a different number of
    statements for the two, and because a change-log row for new people alone would tell them apart.)
    """
    key = rules.identity_key(
        area=area, first_name=first_name, last_name=last_name, birth_date=birth_date, hetu=hetu, apart=apart
    )
    values = [
        uuid.uuid4(),
        *key,
        first_name,
        last_name,
        normalise_name(first_name, last_name),
        birth_date,
        *rules.hetu_indexes(hetu),
        area.pk,
        [uuid.uuid4()],
        timezone.now(),
        *key,
    ]
    with connection.cursor() as cursor:
        while True:
            cursor.execute(FIND_OR_MAKE, values)
            row = cursor.fetchone()
            if row:  # nothing is found in the moment in which somebody else's identical row is being committed
                return row[0]


def learn_hetu(young_person, hetu):
    """Keep the identity code with the person, unless another row already holds it: then a human must look."""
    if not hetu or young_person.hetu:
        return
    young_person.hetu = hetu
    young_person.hetu_index, young_person.hetu_index_even = rules.hetu_indexes(hetu)
    try:
        with transaction.atomic():
            young_person.save(update_fields=["hetu", "hetu_index", "hetu_index_even"])
    except IntegrityError:
        young_person.refresh_from_db()


@transaction.atomic
def exclude(*, young_person, by, user=None, agency=None, **known):
    """This user or agency must not learn of the young person: their sight ends now and nothing is found any more.

    Returns the exclusion and whether it is new; saying it again changes nothing. `known` are `public_id` and `made_at`
    of one that a restored backup has forgotten: by that id the ledger says when it ended.
    """
    hold(young_person)
    earlier = young_person.exclusions.filter(user=user, agency=agency, ended_at=None).first()
    if earlier:
        return earlier, False
    exclusion = Exclusion(young_person=young_person, user=user, agency=agency, made_by=by, **known)
    exclusion.full_clean(exclude=["ended_at"])
    exclusion.save()
    held = Q(membership__in=memberships_kept_away(user=user, agency=agency))
    Ground.objects.filter(held, young_person=young_person, ended_at=None).exclude(kind=Ground.Kind.FLAG).update(
        ended_at=timezone.now()
    )
    recompute(young_person)
    of_them = Membership.objects.filter(user=user) if user else Membership.objects.filter(agency=agency)
    note(
        "excluded",
        exclusion=exclusion.public_id,
        person=young_person.public_id,
        by=by.public_id,
        whom="user" if user else "agency",
        adult=of_them.order_by("pk").values_list("public_id", flat=True).first(),
    )
    return exclusion, True


def memberships_kept_away(*, user=None, agency=None):
    """Every membership of the people whom an exclusion of this user or agency keeps away: somebody of an excluded
    agency is kept away whichever agency they act for."""
    if user:
        return Membership.objects.filter(user=user)
    of_agency = Membership.objects.open().filter(agency=agency)
    return Membership.objects.filter(user__in=of_agency.values("user"))


@transaction.atomic
def end_exclusion(*, exclusion):
    """The user or agency may be asked again, and their flags count again at once; sight that ended does not come back
    by itself."""
    hold(exclusion.young_person)
    exclusion.ended_at = timezone.now()
    exclusion.save(update_fields=["ended_at"])
    recompute(exclusion.young_person)
    note("exclusion_ended", exclusion=exclusion.public_id)
    wake("flags.count_again", exclusion.young_person_id)


CONTACT = ["phone", "safe_hours", "no_voicemail", "say_only_youth_services"]


@transaction.atomic
def join_people(*, kept, gone):
    """Turn the row that goes into a pointer that names nobody; the use log's keys go along."""
    hetu, hetu_index, hetu_index_even = gone.hetu, gone.hetu_index, gone.hetu_index_even
    kept.log_keys = [*kept.log_keys, *gone.log_keys]
    if gone.phone and not kept.phone:
        for name in CONTACT:
            setattr(kept, name, getattr(gone, name))
        kept.contact_shared = False  # what the young person let others see was another number
    kept.municipality = kept.municipality or gone.municipality
    for name in ("non_disclosure", "no_voicemail", "say_only_youth_services"):
        setattr(kept, name, getattr(kept, name) or getattr(gone, name))
    YoungPerson.objects.filter(joined_to=gone).update(joined_to=kept)  # unaudited: pointers that name nobody
    gone.exclusions.update(young_person=kept)  # unaudited: every exclusion goes along, none is lost
    gone.legal_guardians.update(young_person=kept)  # unaudited: so does every guardian, and what each may know
    gone.non_disclosure_changes.update(young_person=kept)  # unaudited: and the history of what was hidden
    _move_refusals(gone, kept)
    forget_doubles(gone)
    access.move_grounds(gone=gone, kept=kept)
    gone.joined_to = kept
    gone.first_name = gone.last_name = gone.name_key = gone.phone = gone.safe_hours = ""
    gone.birth_date = gone.hetu = gone.hetu_index = gone.hetu_index_even = gone.municipality = None
    gone.log_keys = []
    gone.save()
    if of_row(kept, "hetu_index") == NOTHING:
        kept.hetu_index, kept.hetu_index_even = hetu_index, hetu_index_even
    kept.hetu = kept.hetu or hetu
    kept.save()


def _move_refusals(gone, kept):
    """What the young person forbade goes along; of two refusals of one adult the later one stays."""
    for refusal in gone.refusals.order_by("made_at"):
        refusal.young_person = kept
        earlier = kept.refusals.filter(user=refusal.user, ended_at=None)
        if refusal.ended_at is None and (same := earlier.first()):
            same.made_at = max(same.made_at, refusal.made_at)
            same.save(update_fields=["made_at"])
            refusal.ended_at = same.made_at
        refusal.save(update_fields=["young_person", "ended_at"])


def erase_person(young_person):
    """Delete a young person whom nothing keeps here any more, with all that is left of them: rows, changes, notices.

    The use log's rows stay; the link between its random keys and the person is gone.
    """
    forget_doubles(young_person)
    # A backup of the time before they were joined has the rows that are mere pointers now as people of their own.
    for row in [young_person, *YoungPerson.objects.filter(joined_to=young_person)]:
        note("person", person=row.public_id)
    erase_rows(young_person)

"""Writing the use log, and sealing what was written."""

import logging

from django.db import OperationalError, connection, transaction
from django.utils import timezone
from psycopg.errors import DeadlockDetected, LockNotAvailable

from coordination.use_log import heads, queries, rules
from coordination.use_log.models import Look, Seal

log = logging.getLogger(__name__)

BATCH = 10_000
# Pages wait behind the sealer for at most this long.
LOCK_TIMEOUT = "250ms"


def write_look(
    *,
    user_id,
    user_name,
    membership_id,
    agency_id,
    agency_name,
    agency_kind,
    role,
    page,
    purpose,
    person_keys,
    grounds=(),
    request_id="",
    reason="",
    passed_to="",
    passed_to_agency=None,
    passed_on=(),
):
    """Write the row for one page and give it back. A page that shows nobody has a row, too: searching is looking.

    Must run in the transaction in which the page is rendered, so that there is no page without a row; outside any
    transaction it raises TransactionManagementError.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A look must be written in the transaction that shows the page.")
    return Look.objects.create(
        # It may come from a proxy; a page must not fail to open for a long one.
        request_id=request_id[: Look._meta.get_field("request_id").max_length],
        user_id=user_id,
        user_name=user_name,
        membership_id=membership_id,
        agency_id=agency_id,
        agency_name=agency_name,
        agency_kind=agency_kind,
        role=role,
        page=page,
        purpose=purpose,
        grounds=list(grounds),
        person_keys=list(dict.fromkeys(person_keys)),
        reason=reason,
        passed_to=passed_to,
        passed_to_agency=passed_to_agency,
        passed_on=list(passed_on),
    )


def wait_for_lookers():
    """Wait until every page that is being shown has left its look; tells whether that was so within 250 ms.

    From then on, until the transaction ends, nobody else is shown anybody. For what may be done only while nobody has
    looked, which is seldom; must run in a transaction.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            _lock_out_writers(cursor)
            cursor.execute("SET LOCAL lock_timeout = DEFAULT")
    except OperationalError as error:
        if not isinstance(error.__cause__, LockNotAvailable | DeadlockDetected):
            raise
        return False
    return True


def _lock_out_writers(cursor):
    """Wait for those who write a look, and let none begin until the transaction ends; fails after 250 ms."""
    cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
    cursor.execute("LOCK TABLE coordination_look IN SHARE MODE")


def seal():
    """Seal every look committed so far, write the heads outside, and give back the last seal made.

    None when there is nothing new, when another sealer is at it, or when a long transaction that is writing a look
    didn't end within 250 ms: then the next call tries again, and the log tells how long the oldest row has waited.
    Must not run in a transaction.
    """
    made = None
    with heads.sealing_lock(wait=False) as mine:
        if not mine:
            return None
        before = Seal.objects.defer("rows").order_by("-number").first()
        bound = _committed_bound()
        if bound is not None:
            while new := _seal_batch(bound):
                made = new
        heads.append(on_time=before.number + 1 if before else 1)
    if made and not (before and _hour(before) == _hour(made)):
        heads.send(made)
    return made


def _committed_bound():
    """The highest id below which no row can appear any more; None when there is no row or no lock.

    Ids are handed out before their rows are committed, so the highest id seen says nothing of lower ones still on
    their way. A writer holds the table's ROW EXCLUSIVE lock from before it draws an id until it commits; SHARE waits
    for all of them and lets none begin.
    """
    try:
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            _lock_out_writers(cursor)
            cursor.execute("SELECT max(id) FROM coordination_look")
            return cursor.fetchone()[0]
    except OperationalError as error:
        if not isinstance(error.__cause__, LockNotAvailable):
            raise
        log.warning("The use log was busy and is not sealed; the oldest row waits: %s.", queries.oldest_unsealed_age())
        return None


@transaction.atomic(durable=True)
def _seal_batch(bound):
    """The next seal, over at most BATCH rows with ids up to `bound`; None when there are none."""
    previous = Seal.objects.defer("rows").order_by("-number").first()
    looks = queries.unsealed().filter(id__lte=bound)[:BATCH]
    sealed = [(look.id, rules.digest(look, rules.VERSION)) for look in looks.iterator()]
    if not sealed:
        return None
    new = Seal(
        number=previous.number + 1 if previous else 1,
        version=rules.VERSION,
        first_id=sealed[0][0],
        last_id=sealed[-1][0],
        count=len(sealed),
        rows=rules.pack(sealed),
        previous_head=previous.head if previous else rules.NO_HEAD,
        at=timezone.now(),
    )
    new.head = rules.head_of(new)
    new.save(force_insert=True)
    return new


def _hour(seal):
    return seal.at.replace(minute=0, second=0, microsecond=0)

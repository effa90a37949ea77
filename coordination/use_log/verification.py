"""Does the use log still say what it said when it was sealed?

Everything is computed anew: each row's digest, each seal's head, the chain from seal to seal, and each head against
the file outside the database. Looks, seals and lines are walked side by side in the order of their numbers, so memory
stays the same for any size of log.

What can't be seen: a change made to a row before it was sealed, and the loss of rows that no seal ever answered for.
"""

import itertools
import logging
import math

from django.db import transaction

from coordination.use_log import heads, queries, rules
from coordination.use_log.models import Look, Seal

log = logging.getLogger(__name__)

LOOKS_AT_ONCE = 2000
# A full seal weighs a quarter of a megabyte.
SEALS_AT_ONCE = 20
PROGRESS_EVERY = 100_000
REPORTED = 5


class _Ahead:
    """An iterator whose next item can be seen before it is taken; `next` is None at the end."""

    def __init__(self, items):
        self._items = iter(items)
        self.take()

    def take(self):
        self.next = next(self._items, None)


class _Outside:
    """The lines of the file outside, walked beside the seals."""

    def __init__(self, size):
        self._lines = _Ahead(heads.read(size) if size else ())
        self.highest = 0
        self.late = 0
        self.restored = []

    def head_for(self, number):
        """The head that the file knows for seal `number` (or None), and what is wrong with the lines up to there."""
        head, wrong = None, []
        while self._lines.next:
            line, known = self._lines.next
            if isinstance(known, heads.Restored):
                self.restored.append(known)
                self._lines.take()
                continue
            if known and known.number > number:
                break
            self._lines.take()
            if not known:
                wrong.append(f"line {line} of the file outside can't be read")
            elif known.number <= self.highest:
                wrong.append(f"line {line} of the file outside is out of order")
            else:
                self.highest = known.number
                self.late += known.late
                head = known.head if known.number == number else None
        return head, wrong


class Verification:
    """One walk through the log. Read the rest after `findings` is through.

    seals, looks: how many were checked; late: heads that reached the file later than their own sealing;
    broken: whether anything was found; first_broken: the Seal with the first finding, or None;
    restored: each restore that the file outside tells of (heads.Restored);
    unsealed: rows that no seal answers for yet, and oldest_unsealed, how long the oldest of them has waited.
    `progress` is called with the number of rows after each 100,000.
    """

    def __init__(self, progress=lambda looks: None):
        self.seals = self.looks = self.late = self.unsealed = 0
        self.oldest_unsealed = None
        self.first_broken = None
        self.restored = []
        self.broken = False
        self._progress = progress

    def findings(self):
        """Each thing that is wrong, as a sentence, in the order of the log."""
        # A seal's commit and its line outside belong together, so neither is looked at in between. Whatever is sealed
        # after this moment is left for the next verification.
        with heads.sealing_lock(wait=True):
            last = Seal.objects.defer("rows").order_by("-number").first()
            size = heads.size()
            self.unsealed = queries.unsealed().count()
            self.oldest_unsealed = queries.oldest_unsealed_age()
        # Outside a transaction PostgreSQL would first copy everything that a cursor is to walk.
        with transaction.atomic():
            for seal, finding in self._walk(last, size):
                self.broken = True
                self.first_broken = self.first_broken or seal
                yield finding

    def _walk(self, last, size):
        outside = _Outside(size)
        if last:
            if size is None:
                yield None, f"the file outside is missing: {heads.path()}"
            looks = _Ahead(Look.objects.filter(id__lte=last.last_id).order_by("id").iterator(LOOKS_AT_ONCE))
            previous = None
            for seal in Seal.objects.filter(number__lte=last.number).order_by("number").iterator(SEALS_AT_ONCE):
                for finding in itertools.chain(
                    self._lost_before(seal, previous, looks),
                    self._changes(seal, previous, outside, size),
                    self._rows(seal, looks),
                ):
                    yield seal, finding
                self.seals += 1
                previous = seal
        _, wrong = outside.head_for(math.inf)
        for finding in wrong:
            yield None, finding
        self.late, self.restored = outside.late, outside.restored
        if outside.highest > (last.number if last else 0):
            ends = f"ends at {last.number}" if last else "has none"
            yield None, f"the log was rolled back: the file outside knows seal {outside.highest}, the database {ends}"

    def _lost_before(self, seal, previous, looks):
        expected = previous.number + 1 if previous else 1
        if seal.number < expected:
            yield f"seal {seal.number} slipped in"
        elif seal.number > expected:
            several = seal.number - 1 > expected
            yield f"seals {expected} to {seal.number - 1} are gone" if several else f"seal {expected} is gone"
            # Which rows they answered for can't be known, so none of those left is called slipped in.
            first = last = looks.next.id if looks.next else None
            count = 0
            while looks.next and looks.next.id < seal.first_id:
                last = looks.next.id
                count += 1
                looks.take()
            if count:
                yield f"{count} rows from {first} to {last} have lost their seal"

    def _changes(self, seal, previous, outside, size):
        known, wrong = outside.head_for(seal.number)
        yield from wrong
        follows = previous.head if previous else rules.NO_HEAD
        in_order = seal.number == (previous.number + 1 if previous else 1)
        if seal.head != rules.head_of(seal):
            yield f"seal {seal.number} was changed"
        elif known and known != seal.head:
            yield f"seal {seal.number} was changed: the file outside knows another head"
        elif in_order and seal.previous_head != follows:
            yield f"seal {seal.number} does not follow the seal before it"
        if size is not None and not known:
            yield f"seal {seal.number} is missing from the file outside"

    def _rows(self, seal, looks):
        version = seal.version if seal.version in rules.DIGESTED else rules.VERSION
        for id, digest in rules.unpack(seal.rows):
            yield from self._slipped_in(looks, below=id)
            if looks.next and looks.next.id == id:
                if rules.digest(looks.next, version) != digest:
                    yield f"row {id} was changed"
                looks.take()
                self._count()
            else:
                yield f"row {id} is gone"

    def _slipped_in(self, looks, below):
        while looks.next and looks.next.id < below:
            yield f"row {looks.next.id} slipped in"
            looks.take()
            self._count()

    def _count(self):
        self.looks += 1
        if self.looks % PROGRESS_EVERY == 0:
            self._progress(self.looks)


def report():
    """Log an error that names the first findings, where the use log no longer says what was sealed."""
    findings = list(itertools.islice(Verification().findings(), REPORTED))
    if findings:
        log.error("the use log is not in order: %s; run verify_use_log", "; ".join(findings))

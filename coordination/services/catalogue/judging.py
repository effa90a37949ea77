"""What is done with each record for one area: taken over, left out for a reason, or broken. Nothing is written here."""

from contextlib import suppress
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from coordination.services.catalogue.reading import BrokenRecord, Entry, entry_of

BROKEN, SAME = "broken", "same"
UNPUBLISHED, ELSEWHERE, OTHERS, NO_CLASS = "unpublished", "elsewhere", "others", "no_class"
# Why a record is left out, in the order in which it is asked; these are counted, not listed.
WHY = {
    UNPUBLISHED: _("not published"),
    ELSEWHERE: _("offered elsewhere"),
    OTHERS: _("not for children, young people or families"),
    NO_CLASS: _("of a service class for which there is none here"),
}


@dataclass(frozen=True)
class Judged:
    """One record: the entry to take over, or why it isn't."""

    id: str
    name: str
    entry: Entry | None = None
    reason: str = ""
    sentence: str = ""


def judge(records, lists, generals=None):
    """What is done with each of these records; of two with one id with the first. `generals` are the general
    descriptions to which they leave what they don't say, by their id."""
    met, judged = set(), []
    for record in records:
        one = _judge(record, lists, generals)
        if one.id not in met:
            judged.append(one)
        if one.id:
            met.add(one.id)
    return judged


def _judge(record, lists, generals):
    try:
        entry = entry_of(record, generals)
    except BrokenRecord as trouble:
        return Judged(trouble.id, trouble.name, reason=BROKEN, sentence=trouble.sentence)
    name = next(iter(entry.names.values()))
    if reason := _left_out(entry, lists):
        return Judged(entry.id, name, entry, reason)
    return Judged(entry.id, name, entry)


def _left_out(entry, lists):
    if not entry.is_published:
        return UNPUBLISHED
    if not lists.is_here(entry):
        return ELSEWHERE
    if not lists.groups_of(entry.target_groups):
        return OTHERS
    return "" if lists.class_of(entry.classes) else NO_CLASS


def by_id(records, read):
    """{id: what `read` makes of it} of these records; one that can't be read is left out."""
    found = {}
    for record in records:
        with suppress(BrokenRecord):
            one = read(record)
            found[one.id] = one
    return found

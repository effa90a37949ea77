"""Rows that may be one young person: found, put side by side, decided, and let go of."""

import contextlib
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from rapidfuzz import fuzz

from coordination.encryption.index import of_row
from coordination.people import access, rules
from coordination.people.erasing import erase_rows
from coordination.people.holding import hold_all
from coordination.people.models import Ground, LikelyDouble, YoungPerson

ALIKE_ENOUGH = 80


def usual_slips(day):
    """The dates that are commonly typed for this one: the day itself, neighbours, day and month swapped, digits."""
    slips = {day}
    for days in (-1, 1):
        with contextlib.suppress(OverflowError):
            slips.add(day + timedelta(days=days))

    def also(year, month, number):
        with contextlib.suppress(ValueError):
            slips.add(date(year, month, number))

    also(day.year, day.day, day.month)
    for years in (-10, -1, 1, 10):
        also(day.year + years, day.month, day.day)
    for months in (-1, 1):
        also(day.year, day.month + months, day.day)
    swapped_day = int(f"{day.day:02d}"[::-1])
    also(day.year, day.month, swapped_day)
    return slips


def likeness(one, other):
    """How alike two people are, 0–100; 100 for one identity code."""
    if rules.one_hetu(one, other):
        return 100
    names = fuzz.token_sort_ratio(one.name_key.replace("|", " "), other.name_key.replace("|", " "))
    return round(names if one.birth_date == other.birth_date else names - 8)


def look_for_doubles(*, young_person, whose=lambda other: other.area):
    """Put whoever may be the same person before the coordinators of one area; they alone say same or not.

    Only rows of one area: another town's coordinators must not learn of somebody by their code. `whose` says which
    area's coordinators compare the two; None where an answer would change nothing: then nobody sees either.
    Each pair is written in a transaction of its own, since it holds two people. Doing it again finds nothing new.
    """
    near = Q(birth_date__in=usual_slips(young_person.birth_date))
    near |= of_row(young_person, "hetu_index").match("hetu_index")
    candidates = YoungPerson.objects.filter(near, area=young_person.area_id, joined_to=None).exclude(pk=young_person.pk)
    found = []
    for other in candidates.order_by("pk"):
        score = likeness(young_person, other)
        area = whose(other) if score >= ALIKE_ENOUGH else None
        if area is None:
            continue
        double = _put_side_by_side([young_person.pk, other.pk], score, area)
        if double:
            found.append(double)
    return found


@transaction.atomic
def _put_side_by_side(ids, score, area):
    """The new likely double of these two; None where it is known already or one of them has gone meanwhile."""
    rows = [row for _pk, row in sorted(hold_all(ids).items()) if row.joined_to_id is None]
    if len(rows) < len(ids):
        return None
    first, second = rows
    double, is_new = LikelyDouble.objects.get_or_create(
        first=first, second=second, defaults={"area": area, "score": score}
    )
    if not is_new:
        return None
    _let_compare(double)
    return double


def _let_compare(double):
    for person in (double.first, double.second):
        access.give_ground(young_person=person, kind=Ground.Kind.DOUBLE, source=double.public_id, area=double.area)


def hold_with_doubles(*ids):
    """Hold these young people and whoever waits to be compared with them: going away or joining changes them all."""
    pairs = LikelyDouble.objects.filter(Q(first__in=ids) | Q(second__in=ids), state=LikelyDouble.State.WAITING)
    return hold_all({*ids, *(pk for pair in pairs.values_list("first", "second") for pk in pair)})


@transaction.atomic
def decide_double(*, double, same, by):
    """Keep what a coordinator said of a likely double; the sight that was given for comparing ends."""
    double.state = LikelyDouble.State.SAME if same else LikelyDouble.State.NOT_SAME
    double.decided_by = by
    double.decided_at = timezone.now()
    double.save(update_fields=["state", "decided_by", "decided_at"])
    for person in (double.first, double.second):
        access.end_grounds(young_person=person, source=double.public_id)


def move_doubles(*, young_person, to, unless=lambda other: False):
    """Another area goes on with a young person: from now on its coordinators compare them with whoever waits. The
    caller holds all of them. Where `unless` says so of the other, the pair is nobody's to see any more."""
    for double in _waiting_with(young_person):
        other = double.second if double.first_id == young_person.pk else double.first
        for person in (double.first, double.second):
            access.end_grounds(young_person=person, source=double.public_id)
        if unless(other):
            erase_rows(double)
        else:
            double.area = to
            double.save(update_fields=["area"])
            _let_compare(double)


def forget_doubles(young_person):
    """Take a row that goes away off the desks on which it waits to be compared."""
    for double in _waiting_with(young_person):
        for person in (double.first, double.second):
            access.end_grounds(young_person=person, source=double.public_id)
        erase_rows(double)


def _waiting_with(young_person):
    waiting = LikelyDouble.objects.filter(
        Q(first=young_person) | Q(second=young_person), state=LikelyDouble.State.WAITING
    )
    return waiting.select_related("first", "second")

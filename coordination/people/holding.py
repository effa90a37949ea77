"""Keeping everybody else waiting who would change the same young person."""

from coordination.people.models import YoungPerson


def hold(young_person):
    """Keep everybody else who would change this young person's sight waiting; new flags don't wait."""
    YoungPerson.objects.select_for_update(no_key=True).only("pk").get(pk=young_person.pk)


def hold_against_flags(young_person):
    """Keep even new flags waiting: a flag committed between the last look and the erasing would be erased along.

    The waiting poster then finds nobody and makes the person anew.
    """
    YoungPerson.objects.select_for_update().get(pk=young_person.pk)


def hold_all(ids):
    """Hold several young people, always in the same order so that two can't wait for each other; the rows by id."""
    rows = YoungPerson.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    return {row.pk: row for row in rows}

"""Erasing what has ended or is asked to go: each step erases what is its own, from the top floor down."""

from django.db import transaction
from django.utils import timezone

from coordination.activity.commands import forget_events_of
from coordination.assessments.commands import erasing as assessments
from coordination.assessments.models import Assessment, Participant
from coordination.erasures.commands import note
from coordination.follow_ups import commands as follow_ups
from coordination.follow_ups import queries as follow_up_queries
from coordination.follow_ups.models import FollowUp
from coordination.interface.each import each
from coordination.interface.wake import wake
from coordination.links.commands import erase_links_of
from coordination.people.doubles import hold_with_doubles
from coordination.people.erasing import end_all_sight, erase_around, erase_rows
from coordination.people.holding import hold
from coordination.people.models import Ground, YoungPerson
from coordination.support.commands import erasing as supports
from coordination.support.models import Support
from coordination.support.queries.erasing import kept_long_enough
from flags.flagging.commands import end_flag
from flags.flagging.models import Flag
from flags.matching import erasing as matching
from pilots.measures.commands import erasing as measures
from pilots.measures.models import Course
from pilots.questionnaires.commands import leaving as forms
from pilots.questionnaires.commands.sheets import erase_sheet
from pilots.questionnaires.models import Sheet
from pilots.schedules.commands import erasing as schedules
from pilots.schedules.models import Enrolment

# Every key to a young person, and who sees to it that the row goes; a test compares this with the models.
KEYS = {
    "flags.Flag": "matching.erase_flag, when it has ended and its match is erased",
    "flags.Match": "matching.erase_match, with the follow-up",
    "coordination.Assessment": "assessments.erase_assessment, some days after it was handed over",
    "coordination.PlanAction": "with the assessment; one that is still seen some days after it was done",
    "coordination.Support": "supports.erase_support, some days after it ended, or with the person",
    "coordination.OwnPage": "with the support",
    "pilots.Course": "measures.erase_course, some days after it ended, or with the person",
    "pilots.Enrolment": "schedules.erase_schedule, some days after it ended, or with the person",
    "coordination.FollowUp": "follow_ups.erase_follow_up, some days after closing",
    "pilots.Sheet": "erase_sheet, some days after it was submitted or left, or with the person",
    "coordination.Event": "forget_events, with what it is about; the others with the person",
    "coordination.Ground": "with what it came from; the others with the person",
    "coordination.LegalGuardian": "erase_around, or with the person",
    "coordination.NonDisclosureChange": "erase_around, or with the person",
    "coordination.OneTimeLink": "with its guardian, or when the young person asks; the others with the person",
    "coordination.Meeting": "with the follow-up or support it belongs to; the others with the person",
    "coordination.LikelyDouble": "erase_around, or with the person",
    "coordination.Exclusion": "with the person",
    "coordination.Refusal": "with the person",
    "coordination.YoungPerson": "with the person it was joined to",
    "coordination.YoungPersonUserPermission": "access.recompute, when the ground ends",
    "coordination.YoungPersonGroupPermission": "access.recompute, when the ground ends",
}


def erase_what_ended():
    """Erase the contacts and notifications that were done with, the supports, measures and schedules that ended, the
    follow-ups that were closed or not needed, the assessments that were handed over, and the forms that were submitted
    or left, so long ago that the area keeps them no longer; with follow-ups their matches and ended flags, and the
    young people whom nothing keeps here any more. Each in its own transaction.
    """
    each(list(kept_long_enough()), erase_support, otherwise="support %s could not be erased")
    assessments.erase_done()
    each(list(follow_up_queries.kept_long_enough()), erase_follow_up, otherwise="follow-up %s could not be erased")
    each(list(assessments.kept_long_enough()), erase_assessment, otherwise="assessment %s could not be erased")
    each(list(forms.kept_long_enough()), erase_form, otherwise="form %s could not be erased")
    each(list(measures.kept_long_enough()), erase_course, otherwise="course of measures %s could not be erased")
    each(list(schedules.kept_long_enough()), erase_schedule, otherwise="schedule %s could not be erased")
    # Last: by what ended above somebody may see the young person no more.
    each(list(assessments.actions_kept_long_enough()), erase_action, otherwise="action %s could not be erased")


@transaction.atomic
def erase_support(pk):
    """Erase one support with all that was written down in it; tells whether it was still there."""
    return _erase_one(pk, Support.objects.select_related("young_person", "area"), _erase_support)


@transaction.atomic
def erase_follow_up(pk):
    """Erase one follow-up and what belongs to it alone; tells whether it was still there."""
    return _erase_one(pk, FollowUp.objects.select_related("young_person", "area"), _erase_with_match)


@transaction.atomic
def erase_assessment(pk):
    """Erase one assessment with all that was written in it and sent to it; tells whether it was still there."""
    found = Assessment.objects.select_related("young_person")
    return _erase_one(pk, found, lambda assessment: assessments.erase_assessment(assessment=assessment))


@transaction.atomic
def erase_form(pk):
    """Erase one filled-in form with all that was written in it; tells whether it was still there."""
    return _erase_one(pk, Sheet.objects.select_related("young_person"), _erase_form)


@transaction.atomic
def erase_course(pk):
    """Erase one course of measures with all that was answered in it; tells whether it was still there."""
    return _erase_one(pk, Course.objects.select_related("young_person"), _erase_course)


@transaction.atomic
def erase_schedule(pk):
    """Erase one schedule that was followed with a young person; tells whether it was still there."""
    return _erase_one(pk, Enrolment.objects.select_related("young_person", "pilot__area"), _erase_schedule)


@transaction.atomic
def erase_action(pk):
    """Erase one action that was left of a joint plan, and the young person where nothing else keeps them here."""
    _erase_one(pk, assessments.left_actions(), erase_rows)


def _erase_one(pk, rows, erase):
    """Erase that one of the rows, and its young person where nothing else keeps them here, with everybody else waiting
    who would change them; tells whether it was still there."""
    found = rows.filter(pk=pk).values_list("young_person", flat=True).first()
    person = found and hold_with_doubles(found).get(found)
    row = person and rows.filter(pk=pk, young_person=person).first()
    if row is None:
        return False
    erase(row)
    _let_go(person)
    return True


def _erase_support(support):
    supports.erase_support(support=support)


def _erase_form(sheet):
    erase_sheet(sheet=sheet)


def _erase_course(course):
    measures.erase_course(course=course)


def _erase_schedule(enrolment):
    schedules.erase_schedule(enrolment=enrolment)


def _erase_with_match(follow_up):
    matched = matching.erase_match(follow_up=follow_up)
    follow_ups.erase_follow_up(follow_up=follow_up)
    matching.erase_ended_flags(young_person=follow_up.young_person, matched=matched)


def _erase_all_of(person, *, until=None):
    """Erase what was begun with the young person, whatever state it is in, or what began until that moment; tells
    whether there was any."""
    # The rows, the column of when one began, and how it is erased.
    begun = [
        (Support.objects.select_related("young_person", "area"), "named_at", _erase_support),
        (FollowUp.objects.select_related("young_person", "area"), "opened_at", _erase_with_match),
        (assessments.left_actions(), "made_at", erase_rows),
        (Sheet.objects.select_related("young_person"), "begun_at", _erase_form),
        (Course.objects.select_related("young_person"), "begun_at", _erase_course),
        (Enrolment.objects.select_related("young_person", "pilot__area"), "begun_at", _erase_schedule),
    ]
    found = []
    for rows, column, erase in begun:
        rows = rows.filter(young_person=person)
        found += [(row, erase) for row in (rows.filter(**{f"{column}__lte": until}) if until else rows)]
    for row, erase in found:
        erase(row)
    return bool(found)


def _let_go(person):
    if YoungPerson.objects.filter(pk=person.pk).exists():
        matching.let_go(person)


@transaction.atomic
def ask_to_erase(*, young_person, by):
    """The young person asks to be erased. Every sight ends now, but that of one's own flag and of an assessment, which
    is an authority's statutory matter and runs its own course; a worker does the rest.

    So it takes the coordinator as long whether or not there is a flag that the coordinator can't see.
    """
    hold(young_person)
    young_person.erase_asked_at = timezone.now()
    young_person.save(update_fields=["erase_asked_at"])
    follow_ups.tell_parts_end(young_person=young_person, by=by)
    supports.tell_supports_end(young_person=young_person, by=by)
    end_all_sight(young_person)
    # A backup of the time before they were joined has the rows that are mere pointers now as people of their own.
    for row in [young_person, *YoungPerson.objects.filter(joined_to=young_person)]:
        note("asked", person=row.public_id)
    wake("config.erase_asked", young_person.pk)


def erase_asked(*, young_person_id=None):
    """Erase those who asked for it: one of them, or whoever still waits."""
    asked = YoungPerson.objects.exclude(erase_asked_at=None).order_by("erase_asked_at")
    if young_person_id:
        asked = asked.filter(pk=young_person_id)
    waiting = list(asked.values_list("pk", flat=True))
    each(waiting, erase_who_asked, otherwise="young person %s could not be erased")


@transaction.atomic
def erase_who_asked(pk, *, at=None):
    """Erase what there was of a young person when they asked for it, or at that moment, which a restored backup has
    forgotten. What was begun later, with a fresh permission, stays. Tells whether anything went."""
    person = hold_with_doubles(pk).get(pk)
    at = at or (person and person.erase_asked_at)
    if person is None or at is None:
        return False
    ended = end_all_sight(person, given_by=at)
    forbidden = matching.forbid_flags(young_person=person, at=at)
    earlier = _erase_all_of(person, until=at)
    if _begun_later(person, at):
        forget_events_of(young_person=person, until=at)
        YoungPerson.objects.filter(pk=pk).update(erase_asked_at=None)  # unaudited: it has been done
    elif YoungPerson.objects.filter(pk=pk).exists():
        forget_events_of(young_person=person)
        erase_links_of(young_person=person, but=_of_assessments(person))
        erase_around(person)
        matching.let_go(person)
    return bool(ended or forbidden or earlier or not YoungPerson.objects.filter(pk=pk).exists())


def _of_assessments(person):
    """The public ids of whoever takes part in an assessment of this young person: links about them stay with it."""
    return Participant.objects.filter(assessment__young_person=person).values("public_id")


def _begun_later(person, at):
    """Whether how to reach this young person, and whom they have, may have been learned after that moment. The sight of
    one's own flag and of an assessment don't tell of that: both keep what was typed to themselves."""
    later = person.grounds.filter(from_at__gt=at).exclude(kind__in=[Ground.Kind.FLAG, *Ground.STATUTORY])
    return (
        later.exists()
        or FollowUp.objects.filter(young_person=person, opened_at__gt=at).exists()
        or Support.objects.filter(young_person=person, named_at__gt=at).exists()
        or Sheet.objects.filter(young_person=person, begun_at__gt=at).exists()
    )


@transaction.atomic
def erase_now(pk):
    """Erase a young person with everything, flags included, as it was erased before; tells whether anybody was there.

    For a restored backup: what had gone must not come back.
    """
    person = hold_with_doubles(pk).get(pk)
    if person is None:
        return False
    for assessment in Assessment.objects.select_related("young_person").filter(young_person=person):
        assessments.erase_assessment(assessment=assessment)
    _erase_all_of(person)
    for flag in Flag.objects.filter(young_person=person, ended_at=None):
        end_flag(flag=flag, reason=Flag.EndReason.WITHDRAWN)
    matching.erase_ended_flags(young_person=person, matched=())
    if YoungPerson.objects.filter(pk=pk).exists():
        end_all_sight(person)
        matching.let_go(person)
    return True

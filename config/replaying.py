"""Erasing and ending again in a restored backup what the ledger outside says had gone since.

Each line is done only to what is older than the line: what was given anew afterwards stays. Doing it twice does
nothing more. The steps' own commands do the work, so it reaches as far as it did the first time.
"""

import logging
from collections import Counter

from django.db import transaction

from config import erasing
from coordination.agencies.models import Membership, User
from coordination.assessments.commands.erasing import erase_report
from coordination.assessments.models import Assessment, Report
from coordination.erasures import queries as ledger
from coordination.erasures.commands import replaying
from coordination.follow_ups import commands as follow_ups
from coordination.follow_ups.models import AskedAdult, FollowUp
from coordination.people import access, refusing
from coordination.people import commands as people
from coordination.people.models import Exclusion, Ground, LegalGuardian, Refusal, YoungPerson
from coordination.staffing import commands as staffing
from coordination.support.commands.own_page import had_ended
from coordination.support.commands.replaying import sight_had_ended
from coordination.support.models import OwnPage, Support
from flags.flagging.commands import end_flag
from flags.flagging.models import Flag
from flags.matching.commands import settle_flag
from pilots.measures.models import Course
from pilots.questionnaires.models import Sheet
from pilots.registry.commands.attachments import erase_attachment
from pilots.registry.commands.leads import end_lead_again
from pilots.registry.models import Attachment, Pilot
from pilots.schedules.models import Enrolment
from pilots.service_map.commands.children import hide_again, stop_again
from pilots.service_map.commands.group import end_member_again
from pilots.service_map.commands.network import leave_again
from pilots.service_map.commands.rounds import close_again
from pilots.service_map.models import ChildCode, ChildWords, GroupMember, NetworkContact, SurveyRound
from pilots.trainings.commands.outside import cancel_outside_again
from pilots.trainings.models import SignUp

log = logging.getLogger(__name__)

# What each code of the ledger means (`coordination.erasures.commands.note`). A deed tells whether it did anything.
DEEDS = {}
# Those that take back what an earlier line says of the same random id.
TAKES_BACK = {"exclusion_ended", "refusal_lifted", "guardian"}


class Unknown(LookupError):
    """The backup doesn't know somebody whom a line needs, so a person has to look."""


def replay(*, since=None, check=False, progress=lambda entry, problem: None):
    """Do again what the ledger says, from the moment `since` on or all of it.

    Returns Counters of what was done and of what could not be done, by the lines' codes. With `check` all of it is
    rolled back. `progress` is called with each line that could not be done and why. A line that a later one took back,
    or whose young person a later one erases, needs nobody's look: it is tried once more when all others are done.
    """
    done, failed, again, taken_back = Counter(), Counter(), [], set()
    with transaction.atomic(), replaying():
        for entry in ledger.entries(since=since):
            if entry.what in TAKES_BACK:
                taken_back.update(entry.ids.values())
            did, problem = _try(entry)
            done[entry.what] += did
            if problem:
                again.append(entry)
        for entry in again:
            if entry.what not in TAKES_BACK and not taken_back.isdisjoint(entry.ids.values()):
                continue
            did, problem = _try(entry)
            done[entry.what] += did
            if problem:
                failed[entry.what] += 1
                progress(entry, problem)
        transaction.set_rollback(check)
    return +done, failed


def _try(entry):
    """Do one line: whether it did anything, and what kept it from being done."""
    try:
        with transaction.atomic():
            return bool(DEEDS[entry.what](entry)), None
    except LookupError as problem:
        return False, problem
    except Exception as problem:  # One line that can't be done must not hold up all others: a person looks at it.
        log.exception("a line of the ledger (%s) could not be done again", entry.what)
        return False, problem


def _deed(what, *, on, id_in, key="public_id", **which):
    """What this code means: the function gets the row whose public id stands in the line under `id_in`. Where the
    backup has no such row there is nothing to do."""

    def register(function):
        def deed(entry):
            row = on.objects.filter(**{key: entry.ids[id_in]}, **which).first()
            return row is not None and function(row, entry)

        DEEDS[what] = deed
        return deed

    return register


def _again(what, command, *, on, id_in, **which):
    """What this code means, where the command needs nothing but the row."""
    _deed(what, on=on, id_in=id_in, **which)(lambda row, entry: command(row))


def _membership(entry, name):
    found = Membership.objects.filter(public_id=entry.ids[name]).first()
    if found is None:
        raise Unknown(f"membership {entry.ids[name]}")
    return found


@_deed("person", on=YoungPerson, id_in="person")
def _person(person, entry):
    return erasing.erase_now(person.pk)


# A row that was joined before the backup goes with the one it was joined to, which has a line of its own.
@_deed("asked", on=YoungPerson, id_in="person", joined_to=None)
def _asked(person, entry):
    return erasing.erase_who_asked(person.pk, at=entry.at)


@_deed("follow_up", on=FollowUp, id_in="follow_up")
def _follow_up(follow_up, entry):
    return erasing.erase_follow_up(follow_up.pk)


@_deed("support", on=Support, id_in="support")
def _support(support, entry):
    return erasing.erase_support(support.pk)


@_deed("course", on=Course, id_in="course")
def _course(course, entry):
    return erasing.erase_course(course.pk)


@_deed("schedule", on=Enrolment, id_in="schedule")
def _schedule(enrolment, entry):
    return erasing.erase_schedule(enrolment.pk)


_again("report", erase_report, on=Report, id_in="report")


@_deed("assessment", on=Assessment, id_in="assessment")
def _assessment(assessment, entry):
    return erasing.erase_assessment(assessment.pk)


@_deed("form", on=Sheet, id_in="form")
def _form(sheet, entry):
    return erasing.erase_form(sheet.pk)


@_deed("flag", on=Flag, id_in="flag")
def _flag(flag, entry):
    ended = end_flag(flag=flag, reason=entry.ids["reason"])
    if ended:
        settle_flag(flag_id=flag.pk)
    return ended


def _sight(entry):
    grounds = Ground.objects.filter(source=entry.ids["source"], ended_at=None, from_at__lt=entry.at)
    if "kind" in entry.ids:
        grounds = grounds.filter(kind=entry.ids["kind"])
    if "holder" in entry.ids:
        grounds = grounds.filter(membership__public_id=entry.ids["holder"])
    found = list(grounds.select_related("young_person", "membership"))
    for ground in found:
        access.end_ground(ground)
        sight_had_ended(ground=ground, at=entry.at)
    return found


DEEDS["sight"] = _sight


@_deed("decision", on=AskedAdult, id_in="adult")
def _decision(adult, entry):
    said = {"takes_part": entry.ids["takes_part"], "may_know": entry.ids["may_know"], "apart": "apart" in entry.ids}
    return follow_ups.decide_again(adult=adult, at=entry.at, **said)


@_deed("excluded", on=YoungPerson, id_in="person")
def _excluded(person, entry):
    known = {"public_id": entry.ids["exclusion"], "made_at": entry.at}
    if Exclusion.objects.filter(public_id=known["public_id"]).exists():
        return False
    adult = _membership(entry, "adult")
    whom = {"user": adult.user} if entry.ids["whom"] == "user" else {"agency": adult.agency}
    return follow_ups.exclude_again(young_person=person, by=_membership(entry, "by"), **whom, **known)


@_deed("exclusion_ended", on=Exclusion, id_in="exclusion", ended_at=None)
def _exclusion_ended(exclusion, entry):
    people.end_exclusion(exclusion=exclusion)
    return True


@_deed("refused", on=YoungPerson, id_in="person")
def _refused(person, entry):
    known = {"public_id": entry.ids["refusal"], "made_at": entry.at}
    if Refusal.objects.filter(public_id=known["public_id"]).exists():
        return False
    adult, by = _membership(entry, "adult"), _membership(entry, "by")
    return follow_ups.refuse_again(young_person=person, membership=adult, said_by=entry.ids["said_by"], by=by, **known)


@_deed("refusal_lifted", on=Refusal, id_in="refusal", ended_at=None)
def _refusal_lifted(refusal, entry):
    refusing.lift_refusal(refusal=refusal)
    return True


@_deed("hidden", on=YoungPerson, id_in="person")
def _hidden(person, entry):
    return follow_ups.hide_again(young_person=person, at=entry.at)


@_deed("must_not_learn", on=YoungPerson, id_in="person")
def _must_not_learn(person, entry):
    guardian = LegalGuardian.objects.filter(public_id=entry.ids["guardian"]).first()
    if guardian is None:
        raise Unknown(f"guardian {entry.ids['guardian']}")
    return follow_ups.keep_from_learning_again(legal_guardian=guardian, at=entry.at)


@_deed("guardian", on=LegalGuardian, id_in="guardian")
def _guardian(guardian, entry):
    follow_ups.erase_guardian(legal_guardian=guardian)
    return True


@_deed("handed_over", on=FollowUp, id_in="follow_up")
def _handed_over(follow_up, entry):
    return follow_ups.hand_over(follow_up=follow_up, to=_membership(entry, "to"), at=entry.at)


# A membership or an account that the backup doesn't know is lost with everything that it allowed.
@_deed("membership_ended", on=Membership, id_in="membership")
def _membership_ended(membership, entry):
    return staffing.end_membership_again(membership=membership, on=entry.ids["on"], at=entry.at)


@_deed("power_taken", on=Membership, id_in="membership")
def _power_taken(membership, entry):
    return staffing.take_power_again(membership=membership, at=entry.at)


@_deed("user_disabled", on=User, id_in="user")
def _user_disabled(user, entry):
    return staffing.disable_again(user=user, at=entry.at)


@_deed("own_page", on=OwnPage, id_in="page")
def _own_page(page, entry):
    return had_ended(page=page)


@_deed("own_page_opened", on=OwnPage, id_in="page")
def _own_page_opened(page, entry):
    return had_ended(page=page, opened=True)


@_deed("attachment", on=Attachment, id_in="attachment")
def _attachment(attachment, entry):
    erase_attachment(attachment)
    return True


@_deed("pilot_lead", on=Pilot, id_in="pilot")
def _pilot_lead(pilot, entry):
    return end_lead_again(pilot=pilot, lead=entry.ids["lead"], at=entry.at)


_again("sign_up", cancel_outside_again, on=SignUp, id_in="sign_up")
_again("group_member", end_member_again, on=GroupMember, id_in="member")
_again("network", leave_again, on=NetworkContact, id_in="contact")
_again("survey_closed", close_again, on=SurveyRound, id_in="round")
_again("child_code", stop_again, on=ChildCode, id_in="code")
_again("child_words", hide_again, on=ChildWords, id_in="words", key="pk")

"""Erasing and ending again in a restored backup what the ledger outside says had gone since.

Each line is done only to what is older than the line: what was given anew afterwards stays. Doing it twice does
nothing more.
"""

from collections import Counter

from django.db import transaction

from config import erasing
from coordination.agencies.models import Membership
from coordination.erasures import queries as ledger
from coordination.follow_ups.commands import drop_excluded, hand_over
from coordination.follow_ups.models import AskedAdult, FollowUp
from coordination.people import access, refusing
from coordination.people import commands as people
from coordination.people.erasing import erase_rows
from coordination.people.models import Exclusion, Ground, LegalGuardian, Refusal, YoungPerson
from coordination.support.commands.own_page import had_ended
from coordination.support.commands.replaying import sight_had_ended
from coordination.support.models import OwnPage, Support
from flags.flagging.commands import end_flag
from flags.flagging.models import Flag
from flags.matching.commands import settle_flag


class Unknown(LookupError):
    """The backup doesn't know somebody whom a line needs, so a person has to look."""


def replay(*, since=None, check=False, progress=lambda entry, problem: None):
    """Do again what the ledger says, from the moment `since` on or all of it.

    Returns Counters of what was done and of what could not be done, by the lines' codes. With `check` all of it is
    rolled back. `progress` is called with each line that could not be done and why.
    """
    done, failed = Counter(), Counter()
    with transaction.atomic():
        for entry in ledger.entries(since=since):
            try:
                with transaction.atomic():
                    done[entry.what] += bool(DEEDS[entry.what](entry))
            except (KeyError, Unknown) as problem:
                failed[entry.what] += 1
                progress(entry, problem)
        transaction.set_rollback(check)
    return +done, failed


def _one(model, entry, name, **more):
    """The row of the public id that stands in the line under this name, or None."""
    return model.objects.filter(public_id=entry.ids[name], **more).first()


def _membership(entry, name):
    found = _one(Membership, entry, name)
    if found is None:
        raise Unknown(f"membership {entry.ids[name]}")
    return found


def _person(entry):
    person = _one(YoungPerson, entry, "person")
    return person is not None and erasing.erase_now(person.pk)


def _asked(entry):
    person = _one(YoungPerson, entry, "person")
    if person is None:
        return False
    YoungPerson.objects.filter(pk=person.pk).update(erase_asked_at=entry.at)  # unaudited: replayed from the ledger
    before = FollowUp.objects.filter(young_person=person).count() + person.grounds.count()
    erasing.erase_asked(young_person_id=person.pk)
    still = YoungPerson.objects.filter(pk=person.pk).first()
    after = FollowUp.objects.filter(young_person=person).count() + still.grounds.count() if still else 0
    return before != after


def _follow_up(entry):
    found = _one(FollowUp, entry, "follow_up")
    return found is not None and erasing.erase_follow_up(found.pk)


def _support(entry):
    found = _one(Support, entry, "support")
    return found is not None and erasing.erase_support(found.pk)


def _flag(entry):
    flag = _one(Flag, entry, "flag")
    if flag is None or not end_flag(flag=flag, reason=entry.ids["reason"]):
        return False
    settle_flag(flag_id=flag.pk)
    return True


def _sight(entry):
    grounds = Ground.objects.filter(source=entry.ids["source"], ended_at=None, from_at__lte=entry.at)
    if "kind" in entry.ids:
        grounds = grounds.filter(kind=entry.ids["kind"])
    if "holder" in entry.ids:
        grounds = grounds.filter(membership__public_id=entry.ids["holder"])
    found = list(grounds.select_related("young_person", "membership"))
    for ground in found:
        access.end_ground(ground)
        sight_had_ended(ground=ground, at=entry.at)
    return found


def _decision(entry):
    adult = _one(AskedAdult, entry, "adult", decided_at__lte=entry.at)
    wanted = entry.ids["takes_part"], entry.ids["may_know"]
    if adult is None or (adult.takes_part, adult.may_know) == wanted or wanted[0] == AskedAdult.TakesPart.YES:
        return False
    adult.takes_part, adult.may_know = wanted
    adult.apart, adult.undo_to = False, None
    adult.decided_at = entry.at
    adult.save()
    for ground in Ground.objects.filter(
        kind=Ground.Kind.PARTICIPATION, membership=adult.membership, source=adult.follow_up.public_id, ended_at=None
    ).select_related("young_person"):
        access.end_ground(ground)
    return True


def _excluded(entry):
    person = _one(YoungPerson, entry, "person")
    if person is None or _one(Exclusion, entry, "exclusion"):
        return False
    adult = _membership(entry, "adult")
    whom = {"user": adult.user} if entry.ids["whom"] == "user" else {"agency": adult.agency}
    exclusion, is_new = people.exclude(young_person=person, by=_membership(entry, "by"), **whom)
    if is_new:
        # Known by the id that later lines speak of.
        exclusion.public_id, exclusion.made_at = entry.ids["exclusion"], entry.at
        exclusion.save(update_fields=["public_id", "made_at"])
        drop_excluded(young_person=person)
    return is_new


def _exclusion_ended(entry):
    exclusion = _one(Exclusion, entry, "exclusion", ended_at=None, made_at__lte=entry.at)
    if exclusion:
        people.end_exclusion(exclusion=exclusion)
    return exclusion


def _refused(entry):
    person = _one(YoungPerson, entry, "person")
    if person is None or _one(Refusal, entry, "refusal"):
        return False
    adult = _membership(entry, "adult")
    refusal, is_new = refusing.refuse(
        young_person=person, membership=adult, said_by=entry.ids["said_by"], by=_membership(entry, "by")
    )
    if is_new:
        refusal.public_id, refusal.made_at = entry.ids["refusal"], entry.at
        refusal.save(update_fields=["public_id", "made_at"])
        for row in AskedAdult.objects.filter(
            follow_up__young_person=person, membership__user=adult.user, left_at=None, joined_at__lte=entry.at
        ):
            row.left_at = entry.at
            row.save(update_fields=["left_at"])
            access.end_grounds(
                young_person=person,
                source=row.follow_up.public_id,
                kind=Ground.Kind.PARTICIPATION,
                membership=row.membership,
            )
    return is_new


def _refusal_lifted(entry):
    refusal = _one(Refusal, entry, "refusal", ended_at=None)
    if refusal:
        refusing.lift_refusal(refusal=refusal)
    return refusal


def _hidden(entry):
    person = _one(YoungPerson, entry, "person", non_disclosure=False)
    if person is None or person.non_disclosure_changes.filter(at__gte=entry.at).exists():
        return False
    # Replayed from the ledger: who had switched it on, and when, was in what is lost.
    return YoungPerson.objects.filter(pk=person.pk).update(non_disclosure=True)  # unaudited: as above


def _must_not_learn(entry):
    guardian = _one(LegalGuardian, entry, "guardian")
    if guardian is None:
        raise Unknown(f"guardian {entry.ids['guardian']}")
    if guardian.knows == LegalGuardian.Knows.MUST_NOT or guardian.since >= entry.at:
        return False
    guardian.knows, guardian.since = LegalGuardian.Knows.MUST_NOT, entry.at
    guardian.said_by = guardian.said_by or LegalGuardian.SaidBy.YOUNG_PERSON
    guardian.save()
    return True


def _guardian(entry):
    guardian = _one(LegalGuardian, entry, "guardian")
    return guardian is not None and bool(erase_rows(guardian))


def _handed_over(entry):
    follow_up = _one(FollowUp, entry, "follow_up")
    if follow_up is None or follow_up.takeovers.filter(answered_at__gte=entry.at).exists():
        return False
    return hand_over(follow_up=follow_up, to=_membership(entry, "to"))


def _own_page(entry):
    page = _one(OwnPage, entry, "page")
    return page is not None and had_ended(page=page)


def _own_page_opened(entry):
    page = _one(OwnPage, entry, "page")
    return page is not None and had_ended(page=page, opened=True)


# What each code of the ledger means (`coordination.erasures.commands.note`).
DEEDS = {
    "person": _person,
    "asked": _asked,
    "follow_up": _follow_up,
    "support": _support,
    "flag": _flag,
    "sight": _sight,
    "decision": _decision,
    "excluded": _excluded,
    "exclusion_ended": _exclusion_ended,
    "refused": _refused,
    "refusal_lifted": _refusal_lifted,
    "hidden": _hidden,
    "must_not_learn": _must_not_learn,
    "guardian": _guardian,
    "handed_over": _handed_over,
    "own_page": _own_page,
    "own_page_opened": _own_page_opened,
}

"""Reading a file, and inviting the people in it."""

import json
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from coordination.agencies.models import Membership
from coordination.agencies.rules import NotNow, holds
from coordination.interface.each import each
from coordination.interface.wake import wake
from coordination.rosters import queries, rules
from coordination.rosters.models import Roster
from coordination.rosters.rules import Line, Person
from coordination.staffing.commands import invite
from coordination.staffing.rules import may_give

# Few enough that progress is seen and an agency's row isn't held for long.
AT_ONCE = 20
TASK = "coordination.bring_in"


def _checked(lines, agency, by):
    """The lines, checked against whoever has come or been invited already."""
    known = queries.known_of(agency, {line.person.email for line in lines if line.person})
    met, checked = set(), []
    for line in lines:
        if line.person:
            line = _line(line.person, known, met, by)
            met.add((line.person.email, line.person.role))
        checked.append(line)
    return checked


def _line(person, known, met, by):
    account, key = known.accounts.get(person.email), (person.email, person.role)
    if key in met:
        return Line(person.row, person, _("The same address stands further up in the file."))
    if not may_give(by, person.role):
        return Line(person.row, person, _("Only an administrator may give this role."))
    if key in known.members:
        return Line(person.row, person, _("Is already a member."), is_member=True)
    if key in known.invited:
        return Line(person.row, person, _("Has an invitation that waits."), is_member=True)
    if account and not account.is_active:
        return Line(person.row, person, _("The account of this address has been closed."))
    if account and account.pk == by.user_id and person.role != Membership.Role.PROFESSIONAL:
        return Line(person.row, person, _("You can't give this role to yourself."))
    return Line(person.row, person)


@transaction.atomic
def keep(*, lines, agency, token, by):
    """Keep what was read of a file, encrypted, until it is confirmed or an hour has passed. Nobody is invited yet.

    The same form again takes the place of what it kept, unless that was confirmed. Raises PermissionDenied beyond
    one's own area or role.
    """
    rules.check_brings_in(by, agency)
    # Two equal posts see each other.
    Membership.objects.select_for_update(no_key=True).get(pk=by.pk)
    if Roster.objects.filter(made_by=by, token=token, confirmed_at__isnull=False).exists():
        token = uuid4()
    checked = _checked(lines, agency, by)
    people = [line.person.as_data() for line in checked if line.is_new]
    others = [[line.row, line.sentence, line.is_member] for line in checked if not line.is_new]
    Roster.objects.filter(made_by=by, token=token).delete()
    return Roster.objects.create(
        token=token,
        made_by=by,
        agency=agency,
        rows=json.dumps({"people": people, "others": others}),
        number=len(people),
        expires_at=timezone.now() + rules.PREVIEW_LIFETIME,
    )


@transaction.atomic
def confirm(*, roster, by):
    """Begin to invite everybody in the file; a worker does it. Confirming again does nothing more.

    Raises NotNow where nobody in it can be invited, where it has stood too long, or where too many were invited today.
    """
    roster = Roster.objects.select_for_update(no_key=True).get(pk=roster.pk)
    rules.check_brings_in(by, roster.agency)
    if roster.confirmed_at:
        return roster
    if rules.is_over(roster):
        raise NotNow(_("The preview is more than an hour old. Bring the file in again."))
    if not roster.number:
        raise NotNow(_("Nobody in the file can be invited."))
    rules.check_not_too_many(by, roster.number)
    roster.confirmed_at = timezone.now()
    roster.save(update_fields=["confirmed_at"])
    wake(TASK)
    return roster


@transaction.atomic
def discard(*, roster, by):
    """Throw a preview away. What was confirmed stays until it is done."""
    Roster.objects.filter(pk=roster.pk, made_by=by, confirmed_at=None).delete()


def bring_in():
    """Invite the people of every confirmed file, a few at a time; whatever is killed goes on where it stopped."""
    each(
        queries.to_bring_in().values_list("pk", flat=True), _bring_in_all, otherwise="roster %s could not be brought in"
    )


def _bring_in_all(roster_id):
    while _bring_in_some(roster_id):
        pass


@transaction.atomic
def _bring_in_some(roster_id):
    """Invite the next few, with what became of each in the same transaction; says whether there are more."""
    found = queries.to_bring_in().select_for_update(no_key=True, skip_locked=True, of=("self",))
    roster = found.select_related("agency__area", "made_by__user", "made_by__agency__area").filter(pk=roster_id).first()
    if roster is None:
        return False
    people = [Person.of(data) for data in json.loads(roster.rows)["people"]]
    with override(roster.made_by.user.language):
        for person in people[roster.done : roster.done + AT_ONCE]:
            if sentence := _invite(person, roster):
                roster.refused.append([person.row, sentence])
            else:
                roster.invited += 1
            roster.done += 1
    if roster.done == roster.number:
        roster.rows, roster.finished_at = "", timezone.now()
    roster.save(update_fields=["rows", "done", "invited", "refused", "finished_at"])
    return roster.finished_at is None


def _invite(person, roster):
    """Invite one; the sentence that says why not, or nothing."""
    by = roster.made_by
    try:
        if not holds(by):
            raise PermissionDenied
        with transaction.atomic():
            invite(
                email=person.email,
                agency=roster.agency,
                by=by,
                role=person.role,
                job_title=person.job_title,
                language=person.language,
                first_name=person.first_name,
                last_name=person.last_name,
                trained_on=person.trained_on,
            )
    except NotNow as refusal:
        return refusal.sentence
    except PermissionDenied:
        return _("You may no longer invite to this agency.")
    return ""


def forget_old():
    """Erase previews that nobody confirmed, and results that have been there to read for long enough."""
    now = timezone.now()
    Roster.objects.filter(confirmed_at=None, expires_at__lte=now).delete()
    Roster.objects.filter(finished_at__lte=now - rules.RESULT_LIFETIME).delete()

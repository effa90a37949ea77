"""A gap or an overlap from its opening to its end."""

from django.db import transaction

from coordination.agencies.constraints import keeping_constraints
from coordination.agencies.models import Area
from coordination.clocks.rules import today
from coordination.outbox.commands import done, tell
from coordination.services.commands.merging import merge_services
from pilots.registry.rules import check_number
from pilots.service_map import coverage_notices as notices
from pilots.service_map import coverage_rules as rules
from pilots.service_map.coverage_states import FindingState
from pilots.service_map.models import Finding, FindingNote
from pilots.service_map.queries.deciding import held, may_decide, may_see_to


@transaction.atomic
def open_finding(*, area, token, by, services=(), **columns):
    """Open a gap or an overlap of a cell; the same `token` again gives back the one made. `columns` are those of
    Finding that say which cell it is, how that stands, and what was seen.

    Of two who open the same at once the second is refused: raises NotNow where the same cell has one open.
    """
    rules.check_may_decide(may_decide(by, area))
    Area.objects.select_for_update(no_key=True).get(pk=area.pk)
    if made := Finding.objects.filter(area=area, token=token).first():
        return made
    rules.check_owner(columns.get("owner"), area)
    with keeping_constraints():
        finding = Finding.objects.create(area=area, token=token, opened_on=today(), opened_by=by, **columns)
    finding.services.set(services)
    _tell_owner(finding, by)
    return finding


@transaction.atomic
def change_finding(*, finding, number, by, title, words, owner):
    """Say otherwise what was seen, and name who sees to it (None: the administrators). Raises NotNow where it was
    changed since the page was opened (`number`), and for one that is closed."""
    finding = _held_to_decide(finding, by)
    check_number(number, finding)
    rules.check_not_closed(finding)
    rules.check_owner(owner, finding.area)
    before = finding.owner_id
    finding.title, finding.words, finding.owner = title, words, owner
    _save(finding, "title", "words", "owner")
    if before != (owner.pk if owner else None):
        done(about=finding)
        _tell_owner(finding, by)
    return finding


def _tell_owner(finding, by):
    if finding.owner:
        tell(
            notices.FINDING_IS_YOURS,
            to=[finding.owner],
            link=finding.get_absolute_url(),
            about=finding,
            dedupe=f"{finding.public_id}:{finding.number}",
            except_for=by,
        )


@transaction.atomic
def decide(*, finding, number, by, decision, reason, action, due_on, decided_on):
    """Decide what is done about it. Of two who decide at once the second is refused: raises NotNow where it was changed
    since the page was opened (`number`), and for a decision that doesn't say what it must."""
    finding = _held_to_decide(finding, by)
    check_number(number, finding)
    rules.check_move(finding.state, FindingState.DECIDED)
    rules.check_decision(
        finding,
        decision=decision,
        reason=reason,
        action=action,
        due_on=due_on,
        decided_on=decided_on,
        number_of_services=finding.services.count(),
    )
    finding.state, finding.decision, finding.reason = FindingState.DECIDED, decision, reason
    finding.action, finding.due_on = action, due_on
    finding.decided_on, finding.decided_by = decided_on, by
    _save(finding, "state", "decision", "reason", "action", "due_on", "decided_on", "decided_by")
    done(about=finding, codes=[notices.FINDING_LEFT])
    return finding


@transaction.atomic
def add_note(*, finding, token, by, words):
    """Write down what was done or heard since; the same `token` again gives back the note made."""
    finding = _held_to_see_to(finding, by)
    if made := finding.notes.filter(token=token).first():
        return made
    rules.check_not_closed(finding)
    rules.check_said(words)
    done(about=finding, codes=[notices.FINDING_IS_YOURS])
    return _noted(finding, token, by, words)


@transaction.atomic
def close(*, finding, number, by, outcome):
    """What was decided has been done, or has not: say what came of it. Raises NotNow where it was changed since the
    page was opened (`number`), and where nothing was decided."""
    finding = _held_to_see_to(finding, by)
    check_number(number, finding)
    rules.check_move(finding.state, FindingState.CLOSED)
    finding.state, finding.outcome = FindingState.CLOSED, outcome
    finding.closed_on, finding.closed_by = today(), by
    _save(finding, "state", "outcome", "closed_on", "closed_by")
    done(about=finding)
    return finding


@transaction.atomic
def reopen(*, finding, number, token, by, words):
    """It has to be decided anew, because of what the words say; what was decided before stays in the history. Raises
    NotNow where it was changed since the page was opened (`number`), and where the same is open beside it by now."""
    finding = _held_to_decide(finding, by)
    if finding.notes.filter(token=token).exists():
        return finding
    check_number(number, finding)
    rules.check_move(finding.state, FindingState.OPENED)
    rules.check_said(words)
    _noted(finding, token, by, words, reopens=True)
    finding.state, finding.decision, finding.reason, finding.action = FindingState.OPENED, "", "", ""
    finding.decided_on = finding.decided_by = finding.due_on = None
    finding.outcome, finding.closed_on, finding.closed_by = "", None, None
    with keeping_constraints():
        _save(
            finding,
            *("state", "decision", "reason", "action", "decided_on", "decided_by", "due_on"),
            *("outcome", "closed_on", "closed_by"),
        )
    done(about=finding)
    return finding


@transaction.atomic
def merge(*, finding, kept, retired, by):
    """Carry out what was decided: one service of the overlap goes out of use in favour of another one. Done twice, the
    second time is no change."""
    finding = _held_to_decide(finding, by)
    rules.check_merges(finding, kept, retired, list(finding.services.all()))
    merge_services(kept=kept, retired=retired, by=by)
    return finding


def _held_to_decide(finding, by):
    finding = held(finding)
    rules.check_may_decide(may_decide(by, finding.area))
    return finding


def _held_to_see_to(finding, by):
    finding = held(finding)
    rules.check_may_see_to(may_see_to(by, finding))
    return finding


def _noted(finding, token, by, words, *, reopens=False):
    with keeping_constraints():
        return FindingNote.objects.create(finding=finding, token=token, by=by, words=words, reopens=reopens)


def _save(finding, *columns):
    finding.number += 1
    finding.save(update_fields=[*columns, "number"])

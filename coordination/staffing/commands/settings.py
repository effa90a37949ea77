"""Settings that widen sight take two people: one administrator proposes, another confirms or declines."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.agencies import widening
from coordination.agencies.models import Agency, Area, Municipality, RevealReason
from coordination.agencies.rules import NotNow
from coordination.interface.each import each
from coordination.outbox.commands import done, tell
from coordination.services.commands.words import rebuild_of
from coordination.staffing import notices, queries, rules, subjects
from coordination.staffing.commands.members import lock_area
from coordination.staffing.models import SettingChange
from coordination.staffing.states import ChangeState

What = SettingChange.What


@transaction.atomic
def save_area(*, area, by, municipalities=None):
    """Save the settings of one's own area: what narrows sight counts at once, what widens it becomes a proposal.

    `municipalities` are all that the area is to have (None: as they are). Returns the changes that now wait for another
    administrator. Raises NotNow where there is none, or where such a change of the same setting waits already.
    """
    rules.check_administers(by, area.pk)
    before = lock_area(area.pk)
    proposed = _hold_back(area, before, widening.AREA)
    basis, area.inform_basis = area.inform_basis, before.inform_basis
    if area.reveal_rule == Area.RevealRule.CONSENT:
        area.inform_basis = ""
    _check_whole(area)
    area.save()
    changes = [
        _propose(before, What.AREA, name, old, new, by, basis=basis if name == "reveal_rule" else "")
        for name, old, new in proposed
    ]
    if municipalities is not None and (new := _settle_municipalities(area, municipalities)):
        changes.append(_propose(area, What.AREA, subjects.MUNICIPALITIES, [], new, by))
    return changes


def _settle_municipalities(area, chosen):
    """Let go of those that weren't chosen, at once; gives the ids of those that are to come to the area."""
    kept = {one.pk for one in chosen}
    for municipality in area.municipalities.exclude(pk__in=kept):
        municipality.area = municipality.area_since = None
        municipality.save(update_fields=["area", "area_since"])
    return sorted(one.pk for one in chosen if one.area_id is None)


@transaction.atomic
def save_agency(*, agency, by):
    """Save a new or changed agency of the own area; what would widen sight of a changed one becomes a proposal."""
    rules.check_administers(by, agency.area_id)
    lock_area(agency.area_id)
    before = Agency.objects.filter(pk=agency.pk).first()
    proposed = _hold_back(agency, before, widening.AGENCY) if before else []
    agency.save()
    if before:
        rebuild_of(agency)
    return [_propose(agency, What.AGENCY, name, old, new, by) for name, old, new in proposed]


@transaction.atomic
def save_ground(*, ground, by):
    """Save a legal ground, or a reason to reveal: it is never in use before another administrator has confirmed it.

    Its law and name stay as they were, since others have acted on them: another law is another ground.
    """
    rules.check_administers(by, ground.area_id)
    lock_area(ground.area_id)
    what = What.REASON if isinstance(ground, RevealReason) else What.GROUND
    before = type(ground).objects.filter(pk=ground.pk).first()
    if before is None:
        before = type(ground)(is_active=False)
    elif any(getattr(before, name) != getattr(ground, name) for name in ("law", "name_fi", "name_sv", "name_en")):
        raise NotNow(_("What has been used can't be rewritten. Take it out of use and add another one."))
    proposed = _hold_back(ground, before, widening.GROUND)
    ground.save()
    return [_propose(ground, what, name, old, new, by) for name, old, new in proposed]


def _hold_back(row, before, directions):
    """Put back on the row whatever would widen sight; gives it as (name, from, to)."""
    found = []
    for name, direction in directions.items():
        old, new = getattr(before, name), getattr(row, name)
        if widening.is_wider(direction, old, new):
            setattr(row, name, old)
            found.append((name, old, new))
    return found


def _check_whole(row):
    try:
        row.full_clean(exclude=["coordinators"])
    except ValidationError as refusal:
        raise NotNow(" ".join(refusal.messages)) from refusal


def _propose(row, what, name, old, new, by, *, basis=""):
    rules.check_second_person(by)
    area = by.agency.area
    change = SettingChange(
        area=area,
        what=what,
        subject=row.pk,
        field=name,
        old=old,
        new=new,
        basis=basis,
        proposed_by=by,
        proposer=by.user,
        expires_at=timezone.now() + timedelta(days=area.days_to_confirm),
    )
    if SettingChange.objects.filter(what=what, subject=row.pk, field=name, state=ChangeState.WAITING).exists():
        raise NotNow(_("A change of this setting waits already. It must be decided or withdrawn first."))
    change.save()
    asked = list(rules.others_who_administer(by).select_related("user"))
    change.asked.set(asked)
    tell(
        notices.CHANGE_PROPOSED,
        to=asked,
        link=_page(change),
        dedupe=change.public_id,
        about=change,
        due_on=timezone.localdate(change.expires_at),
    )
    return change


def _page(change):
    return reverse("staffing:change", args=[change.public_id])


def _locked(change):
    lock_area(change.area_id)
    return SettingChange.objects.select_for_update(of=["self"]).select_related("area").get(pk=change.pk)


@transaction.atomic
def decide_change(*, change, confirm, by):
    """Confirm or decline what another administrator proposed; returns it as it then is.

    A confirmed change counts from now on for later flags, and everybody with power in the area is told. Where the
    setting isn't what it was any more, or the time has passed, the change becomes void or expired instead. Raises
    PermissionDenied for whoever wasn't asked or proposed it themselves, and NotNow once it has been decided.
    """
    change = _locked(change)
    if not rules.may_decide(by, change):
        raise PermissionDenied
    to = ChangeState.CONFIRMED if confirm else ChangeState.DECLINED
    rules.check_change_moves(change, to)
    row = subjects.row_of(change)
    if change.expires_at <= timezone.now():
        return _end(change, ChangeState.EXPIRED)
    if confirm and not subjects.is_current(change, row):
        return _end(change, ChangeState.VOID)
    if confirm:
        _apply(change, row)
    return _end(change, to, by=by)


def _apply(change, row):
    if change.field == subjects.MUNICIPALITIES:
        for municipality in Municipality.objects.filter(pk__in=change.new):
            municipality.area, municipality.area_since = row, timezone.now()
            municipality.save(update_fields=["area", "area_since"])
        return
    setattr(row, change.field, change.new)
    if change.what == What.AREA and change.field == "reveal_rule":
        row.inform_basis = change.basis
    if change.what in (What.AREA, What.AGENCY):
        _check_whole(row)
    row.save()
    if change.what == What.AGENCY:
        rebuild_of(row)


def _end(change, state, *, by=None):
    change.state, change.decided_at = state, timezone.now()
    change.decided_by, change.decider = by, by and by.user
    change.save()
    done(about=change)
    confirmed = state == ChangeState.CONFIRMED
    tell(
        notices.CHANGE_CONFIRMED if confirmed else notices.CHANGE_NOT_MADE,
        to=queries.with_power(change.area_id) if confirmed else [change.proposed_by],
        link=_page(change),
        dedupe=change.public_id,
        about=change,
        except_for=by,
    )
    return change


@transaction.atomic
def withdraw_change(*, change, by):
    """Take back what one proposed oneself. Raises PermissionDenied for others, NotNow once it has been decided."""
    change = _locked(change)
    if not rules.may_withdraw(by, change):
        raise PermissionDenied
    rules.check_change_moves(change, ChangeState.WITHDRAWN)
    return _end(change, ChangeState.WITHDRAWN, by=by)


def end_late_changes():
    """End the changes that nobody has decided in time, and tell those who proposed them."""
    late = SettingChange.objects.filter(state=ChangeState.WAITING, expires_at__lte=timezone.now())
    each(late.order_by("pk"), _end_late, otherwise="change %s could not be ended")


@transaction.atomic
def _end_late(change):
    change = _locked(change)
    if change.state == ChangeState.WAITING:
        _end(change, ChangeState.EXPIRED)

"""What somebody who has left leaves behind in forms, what is kept of forms how long, and two rows that become one."""

from datetime import timedelta

from django.db import transaction
from django.db.models import DurationField, Exists, ExpressionWrapper, F, Max, OuterRef
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from coordination.interface.each import each
from coordination.outbox.commands import forget, tell
from coordination.people import access
from coordination.people.exclusions import keeps_away, kept_away
from coordination.people.models import Ground
from pilots.questionnaires import notices
from pilots.questionnaires.commands.sheets import end
from pilots.questionnaires.models import Sheet, SheetPart, SheetRecipient
from pilots.questionnaires.queries import sheets


def parts_of(membership):
    """The parts that this membership (it can be an OuterRef) has still to fill in, or could go on with."""
    return SheetPart.objects.filter(membership=membership, ended_at=None, sheet__submitted_at=None)


def owned_by(membership):
    """The forms that this membership (it can be an OuterRef) answers for."""
    return Sheet.objects.filter(owner=membership)


def received_by(membership):
    """The forms that this membership (it can be an OuterRef) reads as one who received them."""
    return SheetRecipient.objects.filter(membership=membership, ended_at=None)


@transaction.atomic
def leave_forms(*, leaver):
    """End what a membership that has ended had of forms: its parts are left out and their owners told; for its own
    forms nobody answers until one of those who fill them in takes them over, who are told that. Doing it again changes
    nothing."""
    received_by(leaver).update(ended_at=timezone.now())  # unaudited: sight that ended with the membership
    mine = parts_of(leaver).values_list("sheet", flat=True).union(owned_by(leaver).values_list("pk", flat=True))
    for pk in sorted(mine):
        _leave(sheets.held(pk), leaver)


def _leave(sheet, leaver):
    if sheet.owner_id == leaver.pk:
        sheet.owner = None
        sheet.save(update_fields=["owner"])
    parts = list(sheet.parts.filter(ended_at=None).select_related("membership__user", "membership__agency"))
    for part in parts:
        if part.membership_id == leaver.pk and sheet.submitted_at is None:
            end(part, sheet)
    others = [part.membership for part in parts if part.membership_id not in (None, leaver.pk)]
    notice, to = (notices.FORM_PART_LEFT, [sheet.owner]) if sheet.owner else (notices.FORM_WITHOUT_OWNER, others)
    tell(
        notice,
        to=access.audience(to, "use_form", sheet.young_person),
        about=sheet,
        link=sheet.get_absolute_url(),
        dedupe=f"{sheet.public_id}:{leaver.pk}",
    )


def settle():
    """Let every part follow the sight that an exclusion, or the young person's own word, has ended; the rows are the
    queue, and doing it again changes nothing."""
    each(list(_overtaken()), _end_overtaken, otherwise="part %s of a form, overtaken, could not be ended")


def _overtaken():
    here = {"membership": OuterRef("membership"), "source": OuterRef("sheet__public_id")}
    sees = Ground.objects.open().filter(kind=sheets.FORM, **here)
    away = keeps_away("membership", young_person="sheet__young_person")
    found = SheetPart.objects.filter(membership__isnull=False, ended_at=None, sheet__submitted_at=None)
    return found.filter(~Exists(sees) | Exists(away))


@transaction.atomic
def _end_overtaken(part):
    sheet = sheets.held(part.sheet_id)
    found = sheet and sheet.parts.select_related("membership__user", "membership__agency").filter(pk=part.pk).first()
    if found is None:
        return
    end(found, sheet)
    forget(about=[sheet.public_id], to=[found.membership])
    to = [sheet.owner] if sheet.owner and sheet.owner != found.membership else []
    tell(
        notices.FORM_PART_LEFT,
        to=access.audience(to, "use_form", sheet.young_person),
        about=sheet,
        link=sheet.get_absolute_url(),
        dedupe=f"{sheet.public_id}:{part.public_id}",
    )


def kept_long_enough():
    """The keys of the forms that were submitted, or left without anybody writing in them, so long ago that their area
    keeps them no longer."""
    days = ExpressionWrapper(F("area__days_kept_after_closing") * timedelta(days=1), output_field=DurationField())
    before = timezone.now() - days
    last = Coalesce("submitted_at", Greatest("begun_at", Max("parts__answered_at")))
    return Sheet.objects.annotate(last=last).filter(last__lt=before).order_by("pk").values_list("pk", flat=True)


def move_forms(*, gone, kept):
    """After two rows turned out to be one young person: forms go along, and whoever comes into them comes into them
    still, but for whoever by either row's exclusions must not learn of the young person. The caller holds both rows and
    joins them afterwards."""
    away = kept_away(kept) | kept_away(gone)
    for sheet in Sheet.objects.filter(young_person=gone):
        sheet.young_person = kept
        sheet.save(update_fields=["young_person"])
    open_ones = gone.grounds.open().filter(kind=sheets.FORM).select_related("membership")
    for ground in open_ones.exclude(membership__user__in=away).order_by("pk"):
        known = {name: getattr(ground, name) for name in ("kind", "source", "membership", "until")}
        access.give_ground(young_person=kept, **known)

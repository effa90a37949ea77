"""The door of a filled-in form: who comes in, as what, and the look that it leaves."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.http import Http404

from coordination.agencies.models import Membership
from coordination.agencies.rules import holds, shown_adult
from coordination.people import access
from coordination.people.holding import hold_all
from coordination.people.models import Ground
from pilots.questionnaires import rules
from pilots.questionnaires.models import Sheet, SheetPart, SheetRecipient

FORM = Ground.Kind.FORM
# How many of its forms a membership finds on one page.
MOST = 200
ON_DESK = 20
_WITH = ("young_person", "area", "owner__user", "owner__agency__area", "version__questionnaire__controller")


@dataclass
class Opened:
    """A form as one membership comes into it: as its owner, with parts of its own, as one who received it, or several
    of these."""

    sheet: Sheet
    membership: Membership
    is_owner: bool = False
    parts: list = field(default_factory=list)
    recipient: SheetRecipient | None = None
    ground: Ground | None = None

    @property
    def young_person(self):
        return self.sheet.young_person

    @property
    def reads_all(self):
        """Whether they read every part: the owner always, the other professionals once it has been submitted."""
        return self.is_owner or self.sheet.submitted_at is not None

    @property
    def coordinates(self):
        """Whether they know of sensitive agencies beside the young person, as whoever coordinates does."""
        return self.is_owner and self.membership.is_coordinator

    def named(self, membership):
        """A professional in one line, as whoever came in may know them beside the young person."""
        shown = shown_adult(membership, self.membership, about=self.young_person, coordinates=self.coordinates)
        return ", ".join(filter(None, [shown.name, shown.agency]))


def sheet_or_404(request, public_id):
    """The form, for its owner, for whoever fills a part of it, and for whoever received it. Everybody else gets the
    same 404 as for one that doesn't exist. The look is in the use log."""
    opened = opened_by(request.membership, public_id)
    if opened is None:
        raise Http404
    access.look(request, people=[opened.young_person], purpose=FORM, grounds=[opened.ground])
    return opened


def owned_or_404(request, public_id):
    """The form for its owner alone; else as `sheet_or_404`."""
    opened = sheet_or_404(request, public_id)
    if not opened.is_owner:
        raise Http404
    return opened


def opened_by(membership, public_id, *, lock=False):
    """The form as this membership comes into it; None where it doesn't. With `lock` nobody else changes it."""
    found = Sheet.objects.filter(public_id=public_id)
    sheet = (_held(found) if lock else found.select_related(*_WITH)).first()
    if sheet is None:
        return None
    grounds = access.grounds_for(membership, "use_form").filter(source=public_id, kind=FORM)
    ground = grounds.filter(young_person=sheet.young_person).first()
    if ground is None or not access.named("use_form", sheet.young_person, [membership.user_id]):
        return None
    is_owner = sheet.owner_id == membership.pk
    if is_owner and not access.works_with(membership, sheet.young_person):
        return None  # the young person doesn't want them along any more
    opened = Opened(sheet, membership, is_owner=is_owner, ground=ground)
    opened.parts = list(sheet.parts.filter(membership=membership, ended_at=None).select_related("party"))
    opened.recipient = sheet.recipients.filter(membership=membership, ended_at=None).first()
    return opened if is_owner or opened.parts or opened.recipient else None


def has_owner(sheet):
    """Whether somebody answers for this form who still knows the young person by their own permission."""
    owner, person = sheet.owner, sheet.young_person
    sees = Ground.objects.open().filter(kind=FORM, source=sheet.public_id, membership=owner)
    return owner is not None and holds(owner) and access.works_with(owner, person) and sees.exists()


def _held(sheets):
    """These forms (one at most) as a query that keeps everybody else waiting who would change one; first the young
    person, whose sight changes with it, as for everybody else who takes both."""
    held = hold_all(list(sheets.values_list("young_person", flat=True)))
    found = sheets.filter(young_person__in=held)
    return found.select_related(*_WITH).select_for_update(of=["self"], no_key=True)


def held_for_owner(membership, sheet):
    """The form, with everybody else who would change it waiting. Raises NotNow for anybody but its owner."""
    opened = opened_by(membership, sheet.public_id, lock=True)
    if opened is None or not opened.is_owner:
        raise rules.not_yours()
    return opened.sheet


def held_for_part(membership, part):
    """(form, part) as they stand now, for whoever fills it in: the professional whose part it is, or the owner for
    somebody without an account. Raises NotNow for anybody else."""
    opened = opened_by(membership, part.sheet.public_id, lock=True)
    found = opened and opened.sheet.parts.select_related("party").filter(pk=part.pk, ended_at=None).first()
    if not found or not may_fill(opened, found):
        raise rules.not_yours()
    return opened.sheet, found


def may_fill(opened, part):
    """Whether whoever came in fills this part: their own, or as the owner that of somebody without an account."""
    return part in opened.parts or (opened.is_owner and part.membership_id is None and part.ended_at is None)


def held(pk):
    """The form, with everybody else who would change it waiting, for what happens without its owner; None where it is
    gone."""
    return _held(Sheet.objects.filter(pk=pk)).first()


def sheets_of(membership):
    """The forms into which this membership comes, as a query, the latest first."""
    grounds = Ground.objects.open().filter(~access.excluded(membership), membership=membership, kind=FORM)
    known = access.working(membership).values("young_person")
    still = ~Q(owner=membership) | Q(young_person__in=known)
    found = Sheet.objects.filter(still, public_id__in=grounds.values("source"))
    return found.select_related("young_person", "version")


def mine(membership):
    """Whose forms this membership has: (under way, submitted), each with `waits` where something of the reader's own
    is not ready. As many statements for one as for many."""
    found = list(sheets_of(membership)[:MOST])
    parts = SheetPart.objects.filter(sheet__in=found, membership=membership, ended_at=None)
    waiting = {part.sheet_id for part in parts if part.state in rules.WAITING}
    for one in found:
        one.waits = one.submitted_at is None and one.pk in waiting
    return [one for one in found if one.submitted_at is None], [one for one in found if one.submitted_at]


def on_desk(membership):
    """The forms of which a part of the reader's own is not ready, the oldest first."""
    waiting = SheetPart.objects.filter(membership=membership, ended_at=None, state__in=rules.WAITING)
    found = sheets_of(membership).filter(submitted_at=None, pk__in=waiting.values("sheet"))
    return list(found.order_by("begun_at", "pk")[:ON_DESK])


def of_young_person(membership, young_person):
    """The forms of one young person into which this membership comes, for that person's page."""
    return sheets_of(membership).filter(young_person=young_person)


def part_or_404(opened, public_id):
    """A part of this very form that whoever came in may fill in; 404 for any other."""
    part = opened.sheet.parts.filter(public_id=public_id, ended_at=None).select_related("party", "membership").first()
    if part is None or not may_fill(opened, part):
        raise Http404
    part.sheet = opened.sheet
    return part


def guest_part_or_404(opened, public_id):
    """The part of somebody without an account, for the owner."""
    part = part_or_404(opened, public_id)
    if part.membership_id:
        raise Http404
    return part


def any_part_or_404(opened, public_id):
    """Any part of this form, for its owner."""
    found = opened.sheet.parts.filter(public_id=public_id)
    part = found.select_related("party", "membership__user", "membership__agency__area").first()
    if part is None:
        raise Http404
    part.sheet = opened.sheet
    return part


def recipient_or_404(opened, public_id):
    """Somebody who received this form."""
    found = opened.sheet.recipients.filter(public_id=public_id)
    recipient = found.select_related("membership__user", "membership__agency__area").first()
    if recipient is None:
        raise Http404
    recipient.sheet = opened.sheet
    return recipient

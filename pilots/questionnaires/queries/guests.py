"""What somebody without an account gets behind their link: their own part, or the form that was sent to them."""

from pilots.questionnaires import rules
from pilots.questionnaires.models import SheetPart, SheetRecipient
from pilots.questionnaires.queries.sheets import has_owner


def part_of(link):
    """The part that this link opens today; None where it opens none: it leads elsewhere, the part was left out or the
    form submitted, nobody answers for it, or nothing is sent to them any more (`rules.why_no_link`)."""
    found = SheetPart.objects.filter(public_id=link.about, membership=None, ended_at=None, sheet__submitted_at=None)
    part = found.select_related("party", "sheet__young_person", "sheet__version", "sheet__owner__user").first()
    if part is None or not has_owner(part.sheet):
        return None  # nobody would read what they write
    return None if rules.why_no_link(part.party.kind, part.sheet.young_person) else part


def recipient_of(link):
    """The receiver whom this link lets read a form today; else as `part_of`."""
    found = SheetRecipient.objects.filter(public_id=link.about, membership=None, ended_at=None)
    one = found.select_related("sheet__young_person", "sheet__version", "sheet__owner__user").first()
    return one if one and not rules.why_no_link(one.kind, one.sheet.young_person) else None

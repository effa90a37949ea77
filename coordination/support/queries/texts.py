"""The texts that are said yes to, as they stand on a given day, and who has said yes to the shared practices."""

from django.db.models import Q

from coordination.clocks.rules import today
from coordination.support.models import PracticesAcceptance, SupportText


def in_force(kind, area):
    """The version that is in force today in this area: the area's own latest, else the product's; None without any."""
    begun = SupportText.objects.filter(kind=kind, in_force_from__lte=today())
    of_area = begun.filter(area=area).order_by("-in_force_from", "-number").first()
    return of_area or begun.filter(area=None).order_by("-in_force_from", "-number").first()


def agencies_that_accepted(area):
    """The keys of the area's agencies that have accepted its shared practices. An agency accepts once: a later version
    doesn't undo that."""
    accepted = PracticesAcceptance.objects.filter(
        Q(text__area=None) | Q(text__area=area),
        agency__area=area,
        text__kind=SupportText.Kind.SHARED_PRACTICES,
        accepted_on__lte=today(),
    )
    return set(accepted.values_list("agency", flat=True))


def laid_out(text):
    """The text in blocks for a page, each {"kind": "heading", "list" or "text", "lines": [...]}.

    An empty line ends a block, a line that begins with # is a heading, and lines that begin with - are a list.
    """
    blocks = []
    for block in text.replace("\r\n", "\n").split("\n\n"):
        lines = [line.strip() for line in block.splitlines() if line.strip()]
        if lines and lines[0].startswith("#"):
            blocks.append({"kind": "heading", "lines": [lines.pop(0).lstrip("# ")]})
        if lines and all(line.startswith("-") for line in lines):
            blocks.append({"kind": "list", "lines": [line.lstrip("- ") for line in lines]})
        elif lines:
            blocks.append({"kind": "text", "lines": lines})
    return blocks

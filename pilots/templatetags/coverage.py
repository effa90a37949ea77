"""The signs of the coverage of services, and what may be told of marks, in words."""

from django import template
from django.utils.translation import gettext as _

from pilots.service_map.coverage_states import Coverage
from pilots.service_map.queries.heat import SIGNS
from pilots.service_map.queries.papers import in_short

register = template.Library()


@register.filter
def sign(cell):
    """The sign of a cell's state."""
    return SIGNS[cell.state]


@register.filter
def lacking(found):
    """What may be told of marks: "7 (2025)"."""
    return in_short(found)


@register.simple_tag
def coverage_states():
    """Each sign with what it says."""
    words = {
        Coverage.NONE: _("none: no service"),
        Coverage.THIN: _("thin: few services, by the rule of the area"),
        Coverage.ENOUGH: _("enough: more than that"),
        Coverage.DOUBLE: _("possibly double"),
    }
    return [(SIGNS[state], words[state]) for state in Coverage]

"""A pilot in few words, as lists need it."""

import re
import textwrap

from django.utils.translation import gettext as _

from coordination.templatetags.ui import finnish_date

_SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+(?=[^\W\da-zåäö])")
_MOST_LETTERS = 240
_MOST_PLACES = 2


def period(pilot):
    """When it is done: "2021–2022" where it is whole years, else days; "from 2021 on" while it has no end."""
    whole = (pilot.starts_on.month, pilot.starts_on.day) == (1, 1)
    if pilot.ends_on is None:
        return _("from %(when)s on") % {"when": pilot.starts_on.year if whole else finnish_date(pilot.starts_on)}
    if whole and (pilot.ends_on.month, pilot.ends_on.day) == (12, 31):
        years = sorted({pilot.starts_on.year, pilot.ends_on.year})
        return "–".join(map(str, years))
    return f"{finnish_date(pilot.starts_on)}–{finnish_date(pilot.ends_on)}"


def first_sentence(text):
    """The first sentence of a text, cut between words where even that is long."""
    return textwrap.shorten(_SENTENCE_ENDS.split(text.strip(), 1)[0], _MOST_LETTERS, placeholder="…")


def shortened(names):
    """The first names of a list, and how many more there are: "Turku, Salo and 3 more"."""
    names = list(names)
    # "And 1 more" would be no shorter than the name.
    said = names if len(names) <= _MOST_PLACES + 1 else names[:_MOST_PLACES]
    told = ("; " if any("," in name for name in said) else ", ").join(said)
    more = len(names) - len(said)
    return _("%(names)s and %(number)d more") % {"names": told, "number": more} if more else told

"""Searching among the young people one may see."""

from django.utils.translation import gettext_lazy as _

from coordination.interface.fields import CleanCharField
from coordination.interface.forms import Form


class SearchForm(Form):
    """Part of a name. Sent by POST, so that no name stands in an address."""

    name = CleanCharField(label=_("Search by name"), max_length=100)

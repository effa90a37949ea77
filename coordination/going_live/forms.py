"""The one thing typed beside a tick."""

from django.utils.translation import gettext_lazy as _

from coordination.interface.fields import CleanCharField
from coordination.interface.forms import Form


class TickForm(Form):
    """Where somebody finds what was done: a record number, a day, a name of a document."""

    note = CleanCharField(label=_("Where it can be found (record number, day)"), max_length=200, required=False)

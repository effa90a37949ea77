"""Choosing one professional of those found by a part of the name."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.interface.fields import CleanCharField
from coordination.interface.once import PostOnceForm
from coordination.interface.widgets import Radios


def searched_for(posted):
    """(what `candidates.found_by_name` takes, whether the name was searched for) of what was sent, None for nothing."""
    searched, typed = posted is not None and "search" in posted, posted or {}
    search = typed.get("find", "").replace("\0", "")[:100]
    return {"search": search if search or searched else None, "chosen": typed.get("who", "")}, searched


class FoundByNameForm(PostOnceForm):
    """A part of a name, and whom of those `found` by it (`candidates.found_by_name`)."""

    find = CleanCharField(
        label=_("Name"),
        max_length=100,
        required=False,
        help_text=_("A part of the first or last name. Without one, all are listed."),
    )
    who = forms.ChoiceField(
        label=_("Whom do you ask?"),
        widget=Radios,
        error_messages={"required": _("Search by name, and choose one.")},
    )

    def __init__(self, *args, found, **kwargs):
        super().__init__(*args, **kwargs)
        self.found = {str(one.membership.public_id): one for one in found}
        self.fields["who"].choices = [(key, one.name) for key, one in self.found.items()]
        self.fields["who"].widget.hints = {key: one.detail for key, one in self.found.items()}

    def chosen(self):
        """The membership that was chosen."""
        return self.found[self.cleaned_data["who"]].membership

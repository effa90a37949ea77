"""What of the list of trainings is asked for, in the query string: whatever stands there, the answer is a page."""

from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.interface.forms import Form
from pilots.trainings.models import TrainingEvent
from pilots.trainings.queries.lists import Filters


class FilterForm(Form):
    """Filters of the list. A value that makes no sense filters nothing."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("all")), *TrainingEvent.Kind.choices], required=False)
    when = forms.ChoiceField(label=_("When"), choices=[("", _("to come")), ("past", _("held already"))], required=False)
    whose = forms.ChoiceField(
        label=_("Whose"),
        choices=[("", _("all")), ("own", _("those I signed up for")), ("led", _("those I lead"))],
        required=False,
    )
    with_room = forms.BooleanField(label=_("Only with places left"), required=False)
    pilot = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # Of filters it goes without saying that they are optional.
            field.needed_sometimes = True

    @property
    def filters(self):
        """The filters that make sense."""
        self.full_clean()
        said = self.cleaned_data
        return Filters(
            kind=said.get("kind", ""),
            when=said.get("when", ""),
            whose=said.get("whose", ""),
            with_room=said.get("with_room", False),
            pilot=said.get("pilot"),
        )


def address_of(filters, **more):
    """The query string that asks for these filters, and for `more`; empty where nothing is asked for."""
    said = {
        "kind": filters.kind,
        "when": filters.when,
        "whose": filters.whose,
        "with_room": "on" if filters.with_room else "",
        "pilot": filters.pilot,
    } | more
    found = urlencode({name: value for name, value in said.items() if value not in (None, "")})
    return f"?{found}" if found else ""

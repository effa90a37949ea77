"""What of the list of trainings is asked for, in the query string: whatever stands there, the answer is a page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.interface.filters import FilterForm, query_string
from pilots.trainings.models import TrainingEvent
from pilots.trainings.queries.lists import Filters


class TrainingFilterForm(FilterForm):
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
    }
    return query_string(said | more)

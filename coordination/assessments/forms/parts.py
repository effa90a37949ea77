"""One's own part."""

import json

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.assessments.forms.marked import VersionForm
from coordination.assessments.forms.reports import LONG, MIDDLE
from coordination.assessments.models import PartVersion
from coordination.assessments.queries import parts
from coordination.assessments.rules import sections_of
from coordination.interface.fields import CleanCharField
from coordination.interface.widgets import Radios, Ticks

Basis = PartVersion.Basis
OFFERED = (Basis.PERMISSION, Basis.DUTY, Basis.ALLOWED)


class PartForm(VersionForm):
    """The sections that one's role concerns, on what basis they are shared, and who else may read them."""

    basis = forms.ChoiceField(
        label=_("On what basis do you share this?"),
        choices=[(basis.value, basis.label) for basis in OFFERED],
        widget=Radios,
    )
    basis_why = CleanCharField(
        label=_("Whose permission, or which law?"),
        max_length=MIDDLE,
        required=False,
        help_text=_("Of a permission: who gave it and when. Of a law: its section, such as SHL 41 §."),
    )
    readers = forms.MultipleChoiceField(
        label=_("Who else may read it?"),
        widget=Ticks,
        required=False,
        help_text=_("The social worker always reads it. Nobody else does, unless you choose them here."),
    )

    def __init__(self, *args, room, latest, **kwargs):
        super().__init__(*args, latest=latest, **kwargs)
        self.sections = sections_of(room.membership.agency)
        self.possible = {str(one.public_id): one for one in parts.possible_readers(room.assessment, room.participant)}
        written = json.loads(latest.content) if latest else {}
        fields = {
            section.value: CleanCharField(
                label=section.label.capitalize(),
                max_length=LONG,
                multiline=True,
                widget=forms.Textarea(attrs={"rows": 4}),  # there are many of them
                required=False,
                initial=written.get(section),
            )
            for section in self.sections
        }
        for field in fields.values():
            field.needed_sometimes = True
        self.fields = {"number": self.fields.pop("number")} | fields | self.fields
        self.fields["basis_why"].shown_when = f"basis={','.join(OFFERED)}"
        self.fields["basis_why"].needed_sometimes = True
        self.fields["readers"].choices = [(key, parts.name_of(one, room)) for key, one in self.possible.items()]
        if not self.possible:
            del self.fields["readers"]
        if latest and latest.withdrawn_at is None:
            self.initial = {"basis": latest.basis, "basis_why": latest.basis_why}
            self.initial["readers"] = [str(one.public_id) for one in latest.readers.all()]

    def clean(self):
        """Something is written, and the law by which it is told is named."""
        typed = super().clean()
        whole = not any(section.value in self.errors for section in self.sections)
        if whole and not any(typed.get(section.value) for section in self.sections):
            self.add_error(self.sections[0].value, gettext("Write something in one section at least."))
        if typed.get("basis") in (Basis.DUTY, Basis.ALLOWED):
            self.demand("basis_why", gettext("Name the law."))
        return typed

    def typed(self):
        """What `write_part` keeps."""
        typed = self.cleaned_data
        return {
            "content": {section.value: typed[section.value] for section in self.sections},
            "readers": [self.possible[key] for key in typed.get("readers", [])],
            **{name: typed[name] for name in ("number", "basis", "basis_why")},
        }

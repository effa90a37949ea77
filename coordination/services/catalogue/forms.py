"""From where services are brought in."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.interface.fields import Radios
from coordination.interface.once import PostOnceForm
from coordination.services.catalogue.files import UnreadableFile, records_in, too_large

CATALOGUE, FILE = "catalogue", "file"


class ImportForm(PostOnceForm):
    """The catalogue itself, or a file of its records."""

    source = forms.ChoiceField(
        label=_("From where?"),
        choices=[
            (CATALOGUE, _("from the national catalogue, for the area's municipalities")),
            (FILE, _("from a file")),
        ],
        widget=Radios,
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("Records as the catalogue's open interface gives them (JSON), at most 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".json"}),
        error_messages={
            "missing": _("Choose a file."),
            "invalid": _("Choose a file."),
            "empty": _("The file is empty."),
        },
    )
    is_whole = forms.BooleanField(
        label=_("Everything: what came from the catalogue earlier and is there no more goes out of use"),
        required=False,
        help_text=_("Otherwise what has changed since the last import, or what is in the file, is taken over."),
    )

    def __init__(self, *args, is_cut_off=False, **kwargs):
        """`is_cut_off`: so much was sent that the file wasn't even read."""
        super().__init__(*args, **kwargs)
        self.missing = too_large() if is_cut_off else gettext("Choose a file.")
        self.fields["file"].needed_sometimes = True

    def clean_file(self):
        """The records in it, as a run keeps them, with its name; nothing where it isn't asked for."""
        file = self.cleaned_data["file"]
        if self.cleaned_data.get("source") != FILE:
            return None
        if not file:
            raise ValidationError(self.missing, code="required")
        try:
            return file.name[:200], records_in(file.read())
        except UnreadableFile as refusal:
            raise ValidationError(refusal.sentence, code="unreadable") from refusal

    def said(self):
        """What the command wants to know."""
        typed = self.cleaned_data
        file_name, records = typed["file"] or ("", "")
        return {name: typed[name] for name in ("token", "is_whole")} | {"file_name": file_name, "records": records}

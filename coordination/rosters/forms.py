"""The file, and what each of its rows may say."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Agency, Membership, User
from coordination.interface.fields import CleanCharField, PersonNameField
from coordination.interface.forms import Form
from coordination.interface.once import PostOnceForm
from coordination.interface.spreadsheets import Unreadable, as_date, as_text, read_rows
from coordination.rosters import rules
from coordination.rosters.rules import Line, Person


class _WordField(forms.Field):
    """One of a few choices, in any of our languages; nothing typed is the first of them."""

    def __init__(self, choices, **kwargs):
        super().__init__(required=False, **kwargs)
        self.choices = choices

    def to_python(self, value):
        if not value:
            return self.choices[0][0]
        try:
            return rules.in_every_language(self.choices)[rules.plain(value)]
        except KeyError as unknown:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from unknown


class _DayField(forms.Field):
    """A day, as a date of the file or typed the Finnish way; not in the future."""

    def to_python(self, value):
        try:
            day = as_date(value)
        except ValueError as wrong:
            text = _("The date of training isn't a date, for example 21.11.2026.")
            raise ValidationError(text, code="invalid") from wrong
        if day and day > timezone.localdate():
            raise ValidationError(_("A training is recorded once it has been held."), code="in_future")
        return day


class RowForm(Form):
    """One row of the file."""

    first_name = PersonNameField(required=False)
    last_name = PersonNameField(required=False)
    email = forms.EmailField(
        max_length=254,
        error_messages={"required": _("The e-mail address is missing."), "invalid": _("This isn't an e-mail address.")},
    )
    job_title = CleanCharField(required=False, max_length=100)
    role = _WordField(Membership.Role.choices, error_messages={"invalid": _("There is no such role.")})
    language = _WordField(User.Language.choices, error_messages={"invalid": _("There is no such language.")})
    trained_on = _DayField(required=False)

    @classmethod
    def of(cls, columns, cells):
        """The form of a row: its cells under the words of their columns."""
        typed = {column: cell for column, cell in zip(columns, cells, strict=False) if column}
        return cls({column: cell if column == "trained_on" else as_text(cell) for column, cell in typed.items()})

    def clean_email(self):
        """Addresses are kept in small letters: they are compared so."""
        return self.cleaned_data["email"].lower()

    def sentence(self):
        """What is wrong with the row."""
        return " ".join(str(text) for texts in self.errors.values() for text in texts)


def lines_of(file):
    """The lines of a file, each with the person it speaks of or with what is wrong with it. Raises Unreadable."""
    rows = read_rows(file, rules.LIMITS)
    columns = rules.columns_of(next(rows, (0, []))[1])
    lines = []
    for number, cells in rows:
        form = RowForm.of(columns, cells)
        if form.is_valid():
            lines.append(Line(number, Person(number, **form.cleaned_data)))
        else:
            lines.append(Line(number, sentence=form.sentence()))
    if not lines:
        raise Unreadable(str(_("The file has headings but no people under them.")))
    return lines


class RosterForm(PostOnceForm):
    """Which agency's people, and the file."""

    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label=_("Agency"),
        empty_label=_("Choose an agency"),
        error_messages={"invalid_choice": _("Choose one of the agencies.")},
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("An Excel file (.xlsx) or a CSV file with at most 1,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "required": _("Choose a file."),
            "missing": _("Choose a file."),
            "invalid": _("Choose a file."),
            "empty": _("The file is empty."),
        },
    )

    def __init__(self, *args, agencies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies

    def clean_file(self):
        """The lines of the file; what is wrong with one stands in it, what is wrong with the file is refused."""
        try:
            return lines_of(self.cleaned_data["file"])
        except Unreadable as refusal:
            raise ValidationError(refusal.sentence, code="unreadable") from refusal

"""Questions to children and codes as the group types them, and what a child answers."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from coordination.clocks.rules import today
from coordination.interface.fields import CleanCharField
from coordination.interface.forms import Form
from coordination.interface.once import PostOnceForm
from coordination.interface.widgets import Radios
from pilots.registry.forms.facts import DayField
from pilots.service_map.child_rules import FEWEST_ANSWERS, MOST_ANSWERS
from pilots.service_map.forms.survey import OF_THESE
from pilots.service_map.models import AgeBand, ChildQuestion

_MOST_CHOICES, _LONGEST_CHOICE = 6, 90
_A_LINE_EACH = _("Two to six choices, each on a line of its own.")
_SKIP = ("", _("I skip this one"))


class ChoicesField(CleanCharField):
    """Choices, one on a line; kept without empty lines."""

    def __init__(self, **kwargs):
        super().__init__(max_length=600, multiline=True, required=False, **kwargs)
        self.needed_sometimes = True

    def clean(self, value):
        """The lines, or a sentence where they are too many or too long."""
        lines = [line.strip() for line in super().clean(value).split("\n") if line.strip()]
        if lines and not 2 <= len(lines) <= _MOST_CHOICES:
            raise forms.ValidationError(_A_LINE_EACH)
        if any(len(line) > _LONGEST_CHOICE for line in lines):
            raise forms.ValidationError(
                _("Shorten each choice to %(number)d characters or fewer."), params={"number": _LONGEST_CHOICE}
            )
        return "\n".join(lines)


class QuestionForm(PostOnceForm):
    """One question; choices only where it has some."""

    kind = forms.ChoiceField(
        label=_("How is it answered?"), choices=ChildQuestion.Kind.choices, widget=Radios, error_messages=OF_THESE
    )
    name_fi = CleanCharField(
        label=_("The question in Finnish"),
        max_length=200,
        help_text=_("Short and plain. Word what is answered by faces so that a smile means that things are well."),
    )
    name_sv = CleanCharField(label=_("The question in Swedish"), max_length=200, required=False)
    name_en = CleanCharField(label=_("The question in English"), max_length=200, required=False)
    choices_fi = ChoicesField(label=_("Choices in Finnish"), help_text=_A_LINE_EACH)
    choices_sv = ChoicesField(label=_("Choices in Swedish"), help_text=_("As many lines as in Finnish, or none."))
    choices_en = ChoicesField(label=_("Choices in English"), help_text=_("As many lines as in Finnish, or none."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("choices_fi", "choices_sv", "choices_en"):
            self.fields[name].shown_when = f"kind={ChildQuestion.Kind.CHOICE}"

    def clean(self):
        """Choices in Finnish where it has any, and as many in the other languages."""
        super().clean()
        if self.cleaned_data.get("kind") != ChildQuestion.Kind.CHOICE:
            self.cleaned_data |= {"choices_fi": "", "choices_sv": "", "choices_en": ""}
            return
        self.demand("choices_fi", _A_LINE_EACH)
        number = len(self.cleaned_data.get("choices_fi", "").splitlines())
        for name in ("choices_sv", "choices_en"):
            lines = self.cleaned_data.get(name, "").splitlines()
            if lines and len(lines) != number and name not in self.errors:
                self.add_error(name, _("Write as many lines as in Finnish, or none."))


class CodeForm(PostOnceForm):
    """A code for a class or a group."""

    label = CleanCharField(
        label=_("For whom is it?"), max_length=80, help_text=_("Such as a class or a group. Children do not see this.")
    )
    most = forms.IntegerField(
        label=_("How many can answer?"),
        min_value=FEWEST_ANSWERS,
        max_value=MOST_ANSWERS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            format_lazy(_("Write a number from {least} to {most}."), least=FEWEST_ANSWERS, most=MOST_ANSWERS),
        ),
    )
    opens_on = DayField(label=_("First day to answer"))
    closes_on = DayField(label=_("Last day to answer"))

    def __init__(self, *args, survey_round, **kwargs):
        super().__init__(*args, initial={"opens_on": today(), "closes_on": survey_round.closes_on}, **kwargs)


class TypedCodeForm(Form):
    """The code that a child was given."""

    code = CleanCharField(
        label=_("The code"), max_length=60, help_text=_("Two words and four digits. The adult with you has it.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class ChildForm(PostOnceForm):
    """What one child answers: whatever they like of it, but something."""

    def __init__(self, *args, questions, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = {_box(one): one for one in questions}
        for name, question in self.questions.items():
            self.fields[name] = _field(question)
        self.fields["band"] = forms.ChoiceField(
            label=_("How old are you?"),
            choices=AgeBand.choices,
            widget=Radios,
            required=False,
            error_messages=OF_THESE,
        )

    def clean(self):
        """At least one answer."""
        super().clean()
        if not self.errors and not any(self.cleaned_data.get(name) for name in self.questions):
            self.add_error(next(iter(self.questions)), _("Answer at least one question."))

    def answers(self):
        """What `vote` wants to know."""
        said = {question: self.cleaned_data[name] for name, question in self.questions.items()}
        in_words = ChildQuestion.Kind.WORDS
        return {
            "token": self.cleaned_data["token"],
            "band": self.cleaned_data["band"],
            "chosen": {one: int(value) for one, value in said.items() if value and one.kind != in_words},
            "words": next((value for one, value in said.items() if one.kind == in_words), ""),
        }


def _box(question):
    return f"question_{question.order}"


def _field(question):
    if question.kind == ChildQuestion.Kind.WORDS:
        help_text = _("Write no names: not your own, and nobody else's. Adults read this without knowing who wrote it.")
        return CleanCharField(label=question.name, max_length=500, multiline=True, required=False, help_text=help_text)
    choices = [*((str(number), label) for number, label in enumerate(question.choices)), _SKIP]
    field = forms.ChoiceField(
        label=question.name, choices=choices, widget=Radios, required=False, error_messages=OF_THESE
    )
    field.question = question
    return field

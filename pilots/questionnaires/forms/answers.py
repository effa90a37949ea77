"""The questions of one part as a form, whose answers are checked only as far as they are asked."""

import json
import re
from dataclasses import dataclass, field
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import conditional_escape
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.interface.fields import CleanCharField, DateField3
from coordination.interface.marked import NumberedForm
from coordination.interface.widgets import Radios, Ticks
from pilots.questionnaires import rules
from pilots.questionnaires.models import Question, SheetPart
from pilots.questionnaires.queries.prefill import as_text

Kind = Question.Kind
SHORT, LONG = 300, 5000


@dataclass
class Block:
    """A heading with the questions below it, for the page."""

    title: str = ""
    help: str = ""
    fields: list = field(default_factory=list)


class NumberAnswer(CleanCharField):
    """A number as people write it, with a comma or a full stop."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-10"}))
        super().__init__(max_length=20, **kwargs)

    def to_python(self, value):
        """The number with a comma; raises ValidationError where it is none."""
        text = super().to_python(value).replace(" ", "").replace(".", ",")
        if text and not re.fullmatch(r"-?\d{1,9}(,\d{1,4})?", text, re.ASCII):
            raise ValidationError(_("Write a number, for example 12 or 12,5."))
        return text


class AnswersForm(NumberedForm):
    """One part of a form. What was typed is kept as a draft at any time; only what is `ready` must be whole."""

    def __init__(self, data=None, *, part, questions, known=None, ready=False):
        super().__init__(data, stands=part.number)
        self.questions, self.ready = questions, ready
        before = json.loads(part.answers) if part.answers else {}
        shown = {str(question.pk) for question in questions}
        # What non-disclosure hides since is asked no more, and stays as it was answered.
        self.unseen = {key: answer for key, answer in before.items() if key not in shown}
        for question in questions:
            if question.kind != Kind.HEADING:
                key = str(question.pk)
                value = before.get(key) if before else (known or {}).get(key)
                self.fields[f"q{key}"] = _field(question, value)

    @property
    def blocks(self):
        """The questions under their headings, in their order."""
        found = [Block()]
        for question in self.questions:
            if question.kind == Kind.HEADING:
                found.append(Block(question.label, question.help))
            else:
                found[-1].fields.append(self[f"q{question.pk}"])
        return [block for block in found if block.title or block.fields]

    def clean(self):
        """What isn't asked after all is not kept; what must be answered is, where the part is ready."""
        typed = super().clean()
        asked = {}
        for question in self.questions:
            name = f"q{question.pk}"
            if question.kind == Kind.HEADING:
                continue
            if not rules.is_asked(question, asked):
                self.errors.pop(name, None)
            elif value := typed.get(name):
                asked[str(question.pk)] = value.isoformat() if isinstance(value, date) else value
            elif self.ready and question.required:
                self.demand(name, gettext("Answer this, or save it as a draft."))
        self.asked = self.unseen | asked
        return typed

    def typed(self):
        """What the command keeps."""
        return {"answers": self.asked, "number": self.cleaned_data["number"], "ready": self.ready}


def previews(version, questions):
    """[(party, their questions as an empty form)] of a version, to be looked at."""
    found = []
    for party in version.parties.all():
        own = [question for question in questions if question.party_id == party.pk]
        found.append((party, AnswersForm(part=SheetPart(), questions=own)))
    return found


def _field(question, value):
    common = {"label": question.label, "help_text": _help(question), "required": False}
    made = _FIELDS[question.kind](question, value, common)
    # Most may be left out: to say it of each would be noise, so what must be answered says so.
    made.needed_sometimes = True
    if question.show_if_id:
        made.shown_when = f"q{question.show_if_id}={question.show_if_answer}"
    return made


def _help(question):
    """The help as it was written, which is no markup."""
    said = [question.help, gettext("Must be answered before your part is ready.") if question.required else ""]
    return conditional_escape(" ".join(filter(None, said)))


def _short(question, value, common):
    return CleanCharField(max_length=SHORT, initial=value and as_text(value), **common)


def _long(question, value, common):
    return CleanCharField(max_length=LONG, multiline=True, initial=value, **common)


def _yes_no(question, value, common):
    choices = [("1", gettext("Yes")), ("2", gettext("No"))]
    return forms.ChoiceField(choices=choices, widget=Radios, initial=value, **common)


def _one(question, value, common):
    return forms.ChoiceField(choices=_numbered(question), widget=Radios, initial=value, **common)


def _several(question, value, common):
    return forms.MultipleChoiceField(choices=_numbered(question), widget=Ticks, initial=value, **common)


def _date(question, value, common):
    day = date.fromisoformat(value) if isinstance(value, str) else value
    return DateField3(initial=day, **common)


def _number(question, value, common):
    return NumberAnswer(initial=value, **common)


def _numbered(question):
    return [(str(number), option) for number, option in enumerate(question.options, start=1)]


_FIELDS = {
    Kind.SHORT: _short,
    Kind.LONG: _long,
    Kind.YES_NO: _yes_no,
    Kind.ONE: _one,
    Kind.SEVERAL: _several,
    Kind.DATE: _date,
    Kind.NUMBER: _number,
}

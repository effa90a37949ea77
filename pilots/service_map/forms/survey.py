"""The group's members, indicators, rounds and answers as people type them."""

from datetime import date

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from coordination.agencies.rules import shown_adult
from coordination.interface.fields import CleanCharField, DateField3, WebsiteField
from coordination.interface.forms import Form
from coordination.interface.marked import NumberedForm
from coordination.interface.once import PostOnceForm
from coordination.interface.widgets import Radios, Ticks
from pilots.registry.forms.facts import DayField
from pilots.service_map.models import SurveyGoal, SurveyIndicator, SurveyRound
from pilots.service_map.states import Stands

OF_THESE = {"invalid_choice": _("Choose one of these.")}
OF_PEOPLE = {"invalid_choice": _("Choose one of these people.")}
_NAMES = ("name_fi", "name_sv", "name_en")
_COLUMNS = (*_NAMES, "kind", "owner", "unit")


def named(able, viewer, *, there=None):
    """[(public id, words)] of these memberships, as far as the viewer may know their names; and of who is `there`
    already, so that nobody is put out of it by not being named."""
    found = []
    for one in able:
        shown = shown_adult(one, viewer, about=None)
        if shown.name or one == there:
            found.append((str(one.public_id), ", ".join(filter(None, [shown.name, shown.agency]))))
    return found


class MemberForm(Form):
    """Somebody for the coordination group."""

    who = forms.ChoiceField(label=_("Who comes into the group?"), error_messages=OF_PEOPLE)
    leads = forms.BooleanField(label=_("Leads the group"), required=False)

    def __init__(self, *args, able, viewer, **kwargs):
        super().__init__(*args, **kwargs)
        self.able = {str(one.public_id): one for one in able}
        self.fields["who"].choices = [("", _("Choose")), *named(able, viewer)]

    def typed(self):
        """What `add_member` wants to know."""
        return {"membership": self.able[self.cleaned_data["who"]], "leads": self.cleaned_data["leads"]}


class IndicatorForm(NumberedForm, PostOnceForm):
    """One indicator; the goal of one that is there stays."""

    goal = forms.ModelChoiceField(
        SurveyGoal.objects.all(), label=_("Which goal does it belong to?"), empty_label=_("Choose"),
        error_messages=OF_THESE,
    )  # fmt: skip
    name_fi = CleanCharField(label=_("What is looked at?"), max_length=200)
    kind = forms.ChoiceField(
        label=_("What kind of indicator is it?"),
        choices=SurveyIndicator.Kind.choices,
        widget=Radios,
        error_messages=OF_THESE,
    )
    owner = forms.ChoiceField(
        label=_("Whose is it?"), choices=SurveyIndicator.Owner.choices, widget=Radios, error_messages=OF_THESE
    )
    unit = CleanCharField(
        label=_("What is its number of?"),
        max_length=40,
        required=False,
        help_text=_("Such as per cent or children. Empty: no number is asked."),
    )
    name_sv = CleanCharField(label=_("The same in Swedish"), max_length=200, required=False)
    name_en = CleanCharField(label=_("The same in English"), max_length=200, required=False)

    def __init__(self, *args, indicator=None, **kwargs):
        initial = {name: getattr(indicator, name) for name in _COLUMNS} if indicator else {}
        super().__init__(*args, stands=indicator.number if indicator else 0, initial=initial, **kwargs)
        if indicator:
            del self.fields["goal"]

    def columns(self):
        """What the commands keep of the indicator."""
        names = [*_COLUMNS, *(["goal"] if "goal" in self.fields else [])]
        return {name: self.cleaned_data[name] for name in names}


class RoundForm(PostOnceForm):
    """A new round."""

    kind = forms.ChoiceField(
        label=_("What kind of round is it?"), choices=SurveyRound.Kind.choices, widget=Radios, error_messages=OF_THESE
    )
    name = CleanCharField(label=_("What is it called?"), max_length=120)
    closes_on = DayField(label=_("By when are the answers needed?"))


class RoundFactsForm(NumberedForm):
    """What can be changed of a round that isn't closed yet."""

    name = CleanCharField(label=_("What is it called?"), max_length=120)
    closes_on = DayField(label=_("By when are the answers needed?"))

    def __init__(self, *args, survey_round, **kwargs):
        initial = {"name": survey_round.name, "closes_on": survey_round.closes_on}
        super().__init__(*args, stands=survey_round.number, initial=initial, **kwargs)


class ChooseForm(NumberedForm):
    """Which indicators a round asks."""

    asked = forms.MultipleChoiceField(label=_("What is asked?"), widget=Ticks, error_messages=OF_THESE)

    def __init__(self, *args, survey_round, indicators, chosen, **kwargs):
        super().__init__(*args, stands=survey_round.number, initial={"asked": chosen}, **kwargs)
        self.indicators = {str(one.public_id): one for one in indicators}
        self.fields["asked"].choices = [(key, str(one)) for key, one in self.indicators.items()]

    def chosen(self):
        """The indicators."""
        return [self.indicators[one] for one in self.cleaned_data["asked"]]


class AskForm(NumberedForm):
    """Somebody, and the indicators of a round that they are to answer: one list of people, however many indicators."""

    who = forms.ChoiceField(label=_("Who answers?"), required=False, error_messages=OF_PEOPLE)
    answers = forms.MultipleChoiceField(label=_("What do they answer?"), widget=Ticks, error_messages=OF_THESE)

    def __init__(self, *args, survey_round, rows, able, viewer, **kwargs):
        """`rows` are the round's indicators as pages show them, each with who is asked now."""
        super().__init__(*args, stands=survey_round.number, **kwargs)
        self.able = {str(one.public_id): one for one in able}
        self.rows = {str(row.answer.public_id): row for row in rows}
        self.fields["who"].choices = [("", _("nobody in particular")), *named(able, viewer)]
        self.fields["who"].needed_sometimes = True
        self.fields["answers"].widget.hints = {key: row.asked for key, row in self.rows.items()}
        self.fields["answers"].choices = [(key, str(row.answer.indicator)) for key, row in self.rows.items()]

    def asked(self):
        """What `ask` keeps."""
        member = self.able.get(self.cleaned_data["who"])
        return {self.rows[key].answer.public_id: member for key in self.cleaned_data["answers"]}


class AnswerForm(NumberedForm):
    """One answer; a number only where the indicator has a unit."""

    stands = forms.ChoiceField(label=_("How does it stand?"), choices=Stands.choices, widget=Radios,
                               error_messages=OF_THESE)  # fmt: skip
    words = CleanCharField(label=_("In words"), max_length=1000, multiline=True, required=False)
    evidence = CleanCharField(
        label=_("How do you know?"),
        max_length=1000,
        multiline=True,
        required=False,
        help_text=_("A report, a register, a survey. Nothing by which a child or a family could be recognised."),
    )
    link = WebsiteField(label=_("Link to it"), max_length=500, required=False)
    value = forms.DecimalField(
        max_digits=9,
        decimal_places=1,
        required=False,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-10"}),
        error_messages=dict.fromkeys(
            ("invalid", "max_digits", "max_decimal_places", "max_whole_digits"),
            _("Write a number with at most one decimal, for example 12 or 12,5."),
        ),
    )

    def __init__(self, *args, answer, **kwargs):
        initial = {name: getattr(answer, name) for name in ("stands", "words", "evidence", "link", "value")}
        super().__init__(*args, stands=answer.number, initial=initial, **kwargs)
        self.fields["value"].label = format_lazy("{number} ({unit})", number=_("Number"), unit=answer.indicator.unit)
        if not answer.indicator.unit:
            del self.fields["value"]

    def columns(self):
        """What `answer` keeps."""
        return {"value": None} | {name: self.cleaned_data[name] for name in self.fields if name != "number"}


class SummaryForm(NumberedForm):
    """What the group says of one goal."""

    words = CleanCharField(label=_("What does the group say of this goal?"), max_length=2000, multiline=True,
                           required=False)  # fmt: skip

    def __init__(self, *args, words, **kwargs):
        super().__init__(*args, initial={"words": words}, **kwargs)
        self.fields["words"].needed_sometimes = True


class ReopenForm(Form):
    """Why answers are taken once more, and until when."""

    why = CleanCharField(label=_("Why is it opened again?"), max_length=500, multiline=True)
    closes_on = DayField(label=_("By when are the answers needed?"))


class ApproveForm(Form):
    """When the group approved a round."""

    approved_on = DateField3(
        label=_("In which meeting did the group approve it?"), past_only=True, not_before=date(2020, 1, 1)
    )

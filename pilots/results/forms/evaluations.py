"""The evaluation summary in one language, saved as often as one likes."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.interface.fields import CleanCharField
from coordination.interface.marked import NumberedForm
from coordination.interface.widgets import Radios
from pilots.registry.forms.facts import DayField
from pilots.results.models import Evaluation, EvaluationText
from pilots.results.queries.evaluations import COLUMNS, FACTS
from pilots.results.rules import NEEDED

_HINTS = {
    "did": _("Where, with whom, and how many took part. Nothing by which a child or a family could be recognised."),
    "worked": _("What became better, and how you know."),
    "did_not": _("What would you do otherwise? This helps others the most."),
    "heard": _("Young people, families, experts by experience and workers, and how they were asked."),
    "costs": _("Working time, trainings, licences: in euros or hours, so that somebody else can plan."),
    "advice": _("What must be in place, what to begin with, what to leave out."),
}


class EvaluationForm(NumberedForm):
    """Nothing is required of a draft; what is missing is said before it is finished."""

    covers_from = DayField(label=_("From which day does it tell?"), required=False, past_only=True)
    covers_to = DayField(label=_("To which day?"), required=False, past_only=True)
    recommends = forms.ChoiceField(
        label=_("What do you recommend?"),
        choices=Evaluation.Recommends.choices,
        required=False,
        widget=Radios,
        error_messages={"invalid_choice": _("Choose one of these.")},
    )

    def __init__(self, *args, draft, text, **kwargs):
        initial = {name: getattr(draft, name) for name in FACTS} | {name: getattr(text, name, "") for name in COLUMNS}
        super().__init__(*args, stands=draft.number, initial=initial, **kwargs)
        for name in COLUMNS:
            label = capfirst(EvaluationText._meta.get_field(name).verbose_name)
            self.fields[name] = CleanCharField(
                label=label, max_length=2000, multiline=True, required=False, help_text=_HINTS[name]
            )
        self.order_fields(["number", "covers_from", "covers_to", *COLUMNS, "recommends"])
        for name in (*FACTS, *NEEDED):
            self.fields[name].needed_sometimes = True

    def clean(self):
        """It doesn't end before it begins."""
        typed = super().clean()
        if typed.get("covers_from") and typed.get("covers_to") and typed["covers_to"] < typed["covers_from"]:
            self.add_error("covers_to", gettext("It can't end before it begins."))
        return typed

    def typed(self):
        """What `save_draft` keeps."""
        typed = self.cleaned_data
        words, facts = ({name: typed[name] for name in names} for names in (COLUMNS, FACTS))
        return {"words": words, "facts": facts, "number": typed["number"]}

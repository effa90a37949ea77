"""What is ticked on a card, and what is said of it afterwards."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.cards.models import CardEvaluation
from coordination.interface.forms import Form
from coordination.interface.once import PostOnceForm
from coordination.interface.widgets import Radios, Ticks


class CardForm(Form):
    """The checklist of a card that somebody works by, and the sign-off; nothing is required."""

    done = forms.TypedMultipleChoiceField(label=_("Checklist"), coerce=int, required=False, widget=Ticks)
    signed = forms.BooleanField(required=False)

    def __init__(self, *args, card, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["done"].choices = list(enumerate(card.checklist))
        self.fields["signed"].label = card.text.sign_off


class EvaluationForm(PostOnceForm):
    """Two questions after a card has been used."""

    helped = forms.ChoiceField(
        label=CardEvaluation._meta.get_field("helped").verbose_name,
        choices=CardEvaluation.Helped.choices,
        widget=Radios,
    )
    better = forms.ChoiceField(
        label=CardEvaluation._meta.get_field("better").verbose_name,
        choices=CardEvaluation.Better.choices,
        widget=Radios,
        help_text=_("Your answers are kept without your name, and say nothing of whom you worked with."),
    )

"""What is answered on the scales of one instrument, and to whom the phone is handed over for it."""

from django import forms
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import User
from coordination.interface.forms import Form
from pilots.measures import rules
from pilots.measures.models import Scale

_LONGEST = 40


class ScaleField(forms.CharField):
    """A number on one scale, typed with a point or a comma."""

    default_error_messages = {"required": _("Choose a place on the line.")}

    def __init__(self, *, worded, **kwargs):
        scale = worded.scale
        self.worded = worded
        widget = forms.TextInput(
            attrs={"inputmode": "decimal", "autocomplete": "off", "class": "govuk-input--width-4 scale__number"}
        )
        places = 1 if scale.kind == Scale.Kind.VISUAL else 0
        texts = {name: number_format(getattr(scale, name), decimal_pos=places) for name in ("lowest", "highest")}
        self.sentence = _("A number from %(lowest)s to %(highest)s.") % texts
        super().__init__(label=worded.name, widget=widget, help_text=self.sentence, **kwargs)

    def to_python(self, value):
        """The number; raises ValidationError for whatever is none of the scale."""
        text = super().to_python(value)
        if not text:
            return None
        number = rules.number_of(text) if len(text) < _LONGEST else None
        if number is None or not rules.fits(number, self.worded.scale):
            raise forms.ValidationError(self.sentence, code="not_on_scale")
        return number


class AnswerForm(Form):
    """One field for each of these `scales`, with its words."""

    def __init__(self, *args, scales, **kwargs):
        super().__init__(*args, **kwargs)
        for one in scales:
            self.fields[f"scale_{one.scale.number}"] = ScaleField(worded=one)

    def values(self):
        """The numbers in the order of the scales."""
        return [self.cleaned_data[name] for name in self.fields]


class HandOverForm(Form):
    """To whom the phone is handed over: one of what is `asked`, by the button that was pressed; and the language."""

    language = forms.ChoiceField(label=_("Language of the page"), choices=User.Language.choices)
    what = forms.ChoiceField(error_messages={"invalid_choice": _("This isn't asked here.")})

    def __init__(self, *args, asked, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = {one.key: one for one in asked}
        self.fields["what"].choices = [(key, key) for key in self.asked]
        self.fields["language"].initial = get_language()[:2]

    def typed(self):
        """What `hand_over` wants to know."""
        asked = self.asked[self.cleaned_data["what"]]
        return {
            "instrument": asked.instrument,
            "respondent": asked.respondent,
            "language": self.cleaned_data["language"],
        }

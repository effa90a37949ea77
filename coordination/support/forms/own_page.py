"""What opens the young person's own page, and what they choose and say there."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import User
from coordination.interface.fields import CleanCharField
from coordination.interface.forms import Form
from coordination.interface.widgets import Radios, Ticks
from coordination.links.forms import CodeForm
from coordination.support.models import OwnPage
from coordination.support.opening import LONGEST_PIN, SHORTEST_PIN, is_guessed_easily


class PinField(CleanCharField):
    """A PIN of figures alone, never shown again."""

    def __init__(self, *, autocomplete, **kwargs):
        attrs = {"inputmode": "numeric", "autocomplete": autocomplete, "class": "govuk-input--width-10"}
        super().__init__(max_length=20, widget=forms.PasswordInput(attrs=attrs), **kwargs)

    def to_python(self, value):
        """The figures, however they are grouped."""
        pin = re.sub(r"[\s-]", "", super().to_python(value))
        if pin and not re.fullmatch(r"\d+", pin, re.ASCII):
            raise ValidationError(_("A PIN has figures alone."))
        return pin


class StartForm(CodeForm):
    """The code that the adult told, and the PIN that opens the page from then on."""

    pin = PinField(
        label=_("Choose your own PIN"),
        autocomplete="new-password",
        help_text=_("From 4 to 8 figures that nobody else knows. From now on it opens this page."),
    )
    pin_again = PinField(label=_("The same PIN again"), autocomplete="new-password")

    def clean_pin(self):
        """A PIN that isn't the first that anybody tries."""
        pin = self.cleaned_data["pin"]
        if not SHORTEST_PIN <= len(pin) <= LONGEST_PIN:
            raise ValidationError(_("A PIN has from 4 to 8 figures."))
        if is_guessed_easily(pin):
            raise ValidationError(_("This PIN is guessed easily. Choose another one."))
        return pin

    def clean(self):
        """The PIN was typed the same twice: it can't be asked for later."""
        data = super().clean()
        pin, again = data.get("pin"), data.get("pin_again")
        if pin and again and pin != again:
            self.add_error("pin_again", _("The two are not the same. Type the PIN again."))
        return data


class PinForm(Form):
    """The PIN, when the page has been left alone."""

    pin = PinField(label=_("Your PIN"), autocomplete="current-password")


class SectionsForm(Form):
    """What is listed on the page. Nothing is an answer, too."""

    sections = forms.MultipleChoiceField(
        label=_("What do you want to see here?"),
        choices=OwnPage.Section.choices,
        widget=Ticks,
        required=False,
        help_text=_("Only what you tick shows. You can change this at any time."),
    )


class RatingForm(Form):
    """From one star to five."""

    STARS = [(5, _("very well")), (4, _("well")), (3, _("so-so")), (2, _("badly")), (1, _("very badly"))]
    stars = forms.TypedChoiceField(
        label=_("How well has it worked that your adult stays the same?"), choices=STARS, coerce=int, widget=Radios
    )


class LinkForm(Form):
    """In which language the page is, as the adult gives it; the young person can change it there."""

    language = forms.ChoiceField(
        label=_("In which language does the young person read best?"), choices=User.Language.choices, widget=Radios
    )

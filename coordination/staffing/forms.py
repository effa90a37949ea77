"""What somebody who was invited fills in, and what a second person decides."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import User
from coordination.interface.fields import PersonNameField, PhoneField, Radios
from coordination.interface.forms import Form


class DecideForm(Form):
    """Confirm or decline a change of a setting."""

    decision = forms.ChoiceField(choices=[("confirm", ""), ("decline", "")])


# Far more than anybody types; hashing a whole book would only keep the server busy.
LONGEST_PASSWORD = 200


class _PasswordField(forms.CharField):
    def __init__(self, **kwargs):
        widget = forms.PasswordInput(attrs={"autocomplete": "new-password", "class": "govuk-input--width-20"})
        super().__init__(strip=False, widget=widget, **kwargs)

    def clean(self, value):
        if isinstance(value, str) and len(value) > LONGEST_PASSWORD:
            raise ValidationError(
                _("Choose a password of %(longest)d characters or fewer.") % {"longest": LONGEST_PASSWORD}
            )
        return super().clean(value)


class DetailsForm(Form):
    """A new account: who they are, and how others reach them."""

    first_name = PersonNameField(label=_("First name"), widget=forms.TextInput(attrs={"autocomplete": "given-name"}))
    last_name = PersonNameField(label=_("Last name"), widget=forms.TextInput(attrs={"autocomplete": "family-name"}))
    phone = PhoneField(
        label=_("Telephone"),
        required=False,
        help_text=_("Seen by coordinators, and by those who work with the same young person once they agree to it."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "class": "govuk-input--width-20"}),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=User.Language.choices,
        widget=Radios,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one of these.")},
    )


class AcceptForm(DetailsForm):
    """The same, and a password typed twice."""

    password = _PasswordField(
        label=_("Password"),
        help_text=_("At least 12 characters. Not your name, not a common password."),
        error_messages={"required": _("Choose a password.")},
    )
    password_again = _PasswordField(
        label=_("Password again"), error_messages={"required": _("Type the password a second time.")}
    )

    def __init__(self, *args, email, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self):
        """Both passwords equal, and good enough for this person."""
        typed = super().clean()
        password = typed.get("password")
        if password and typed.get("password_again") and password != typed["password_again"]:
            self.add_error("password_again", _("The two passwords are not the same."))
        elif password:
            person = User(
                email=self.email, first_name=typed.get("first_name", ""), last_name=typed.get("last_name", "")
            )
            try:
                validate_password(password, person)
            except ValidationError as refusal:
                self.add_error("password", refusal)
        return typed

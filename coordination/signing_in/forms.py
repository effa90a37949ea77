"""What is typed or pressed to show a second factor, and to set one up."""

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from coordination.interface.fields import CleanCharField, Radios
from coordination.interface.forms import Form
from coordination.signing_in.models import FactorReset
from coordination.signing_in.totp_secret import secret_in


def _code_field(label, **kwargs):
    attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "govuk-input--width-10"}
    return CleanCharField(label=label, max_length=40, widget=forms.TextInput(attrs=attrs), **kwargs)


class _CodeOnce:
    """A code of an authenticator app is good once, for as long as the library would take it."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["code"] = _code_field(_("Code"), help_text=_("From your authenticator app, or a recovery code."))

    def clean_code(self):
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP:
            seconds = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
            digits = "".join(filter(str.isdigit, code))
            if not cache.add(f"second-factor-used-{self.user.pk}-{digits}", True, timeout=seconds):
                raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(_CodeOnce, AuthenticateForm):
    """The code after the password."""


class CodeAgainForm(_CodeOnce, ReauthenticateForm):
    """A code of somebody who is signed in already."""


class ConnectAppForm(forms.Form):
    """The first code of a newly connected authenticator app, which proves that it has the secret."""

    use_required_attribute = False
    code = _code_field(_("The code that the app shows now"))

    def __init__(self, *args, user, request=None, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.user = user
        self.secret = secret_in(renew=not self.is_bound)

    def clean_code(self):
        """The code, when it is one of the secret's."""
        forget_tries = check_rate_limit(self.user, error_key="rate_limited")
        code = self.cleaned_data["code"]
        if not totp.validate_totp_code(self.secret, code):
            raise get_adapter().validation_error("incorrect_code")
        forget_tries()
        return code


class _Passkey:
    """What a browser hands over of a passkey. Anything else is a wrong answer, not an error of the program."""

    use_required_attribute = False

    def _refusing(self, clean):
        try:
            return clean()
        except ValidationError:
            raise
        # The library behind reads what was sent without asking first what it is.
        except (TypeError, ValueError, KeyError, AttributeError, IndexError) as error:
            raise get_adapter().validation_error("incorrect_code") from error


class _AnswerOfPasskey(_Passkey):
    def clean_credential(self):
        return self._refusing(super().clean_credential)


class PasskeyForm(_AnswerOfPasskey, AuthenticateWebAuthnForm):
    """A passkey after the password."""

    @property
    def has_passkey(self):
        """Whether there is one to ask for."""
        return Authenticator.objects.filter(user=self.user, type=Authenticator.Type.WEBAUTHN).exists()


class PasskeyAgainForm(_AnswerOfPasskey, ReauthenticateWebAuthnForm):
    """A passkey of somebody who is signed in already."""


class PasskeySignInForm(_AnswerOfPasskey, LoginWebAuthnForm):
    """A passkey in the place of address and password."""


class AddPasskeyForm(_Passkey, AddWebAuthnForm):
    """A new passkey and what its owner calls it."""

    passwordless = None

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["name"] = CleanCharField(
            label=_("Name of the passkey"),
            help_text=_("So that you know it again, for example “work phone” or “blue key”."),
            max_length=60,
            required=False,
        )
        self.initial.pop("name", None)

    def clean(self):
        return self._refusing(super().clean)


class ResetForm(Form):
    """An administrator's word that they have met the one whose factor is lost."""

    met = forms.BooleanField(
        label=_("I have met this person face to face, and they asked for this"),
        error_messages={"required": _("Meet the person first: a call or a message can come from anybody.")},
    )
    identified = forms.ChoiceField(
        label=_("How do you know who they are?"),
        choices=FactorReset.Identified.choices,
        widget=Radios,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one of these.")},
    )

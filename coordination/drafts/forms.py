"""What unlocks, and what a page's script sends when nobody has been at the keyboard."""

from allauth.account.forms import ReauthenticateForm
from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.drafts.rules import LONGEST, LONGEST_ADDRESS
from coordination.interface.forms import Form


class PulseForm(Form):
    """How many seconds ago a human last did something on the page."""

    idle = forms.IntegerField(min_value=0, max_value=10_000_000)


class LockForm(Form):
    """A form as it stands on a page that is being locked, if anything was typed: where it stands and where it goes."""

    page = forms.CharField(required=False, max_length=LONGEST_ADDRESS)
    action = forms.CharField(required=False, max_length=LONGEST_ADDRESS)
    typed = forms.CharField(required=False, max_length=LONGEST, strip=False)


class UnlockForm(ReauthenticateForm):
    """The password once more. The one field takes the keyboard, so that unlocking is one step."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs, label_suffix="")
        field = self.fields["password"]
        # Asking for a new one takes signing out first.
        field.label, field.help_text = _("Password"), ""
        field.widget.attrs["autofocus"] = True
        field.error_messages["required"] = _("Enter your password.")

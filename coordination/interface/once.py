"""A form posted twice, by an impatient finger or a resent page, must do its work once."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.interface.forms import Form


class PostOnceForm(Form):
    """A form with a hidden token, made anew each time the form is shown empty.

    ``cleaned_data["token"]`` is a UUID. The command that makes a row stores it under a unique constraint, so that the
    second of two equal posts finds the first one's row. A post whose other fields have errors keeps its token.
    """

    token = forms.Field(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = uuid.uuid4

    def clean_token(self) -> uuid.UUID | None:
        """The token; a missing or mangled one is an error of the whole form, which gets a fresh token."""
        try:
            return uuid.UUID(str(self.cleaned_data["token"]))
        except ValueError:
            self._renew_token()
            self.add_error(
                None, _("The page was incomplete. Nothing was saved. Check what you wrote and send it again.")
            )
            return None

    def _renew_token(self) -> None:
        self.data = self.data.copy()
        self.data[self.add_prefix("token")] = str(uuid.uuid4())

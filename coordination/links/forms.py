"""The code of a one-time link."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from coordination.interface.fields import CleanCharField
from coordination.interface.forms import Form


class CodeForm(Form):
    """Six digits, however they are grouped."""

    code = CleanCharField(
        label=_("The code that you were told"), max_length=20, help_text=_("Six digits, for example 123 456.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}

    def clean_code(self):
        """The digits alone."""
        code = re.sub(r"[\s-]", "", self.cleaned_data["code"])
        if not re.fullmatch(r"\d{6}", code, re.ASCII):
            raise ValidationError(_("A code has six digits."))
        return code

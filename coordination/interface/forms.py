"""The form that all forms of the product derive from."""

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

_DJANGO_REQUIRED = forms.Field.default_error_messages["required"]


class Form(forms.Form):
    """A form that is checked on the server only, so that every error is said in our own words and languages."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # A field that was given its own sentence keeps it.
            if field.error_messages.get("required") is _DJANGO_REQUIRED:
                field.error_messages["required"] = _sentence_when_missing(field)

    def demand(self, name, sentence):
        """Let this field be filled in after all, as another one asks for it; what is wrong with it says so already."""
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, sentence)

    def keep_typed(self):
        """Show what was typed as it is, without judging it: the page is asked for again with other choices."""
        self.full_clean()
        self._errors = ErrorDict(renderer=self.renderer)


def _sentence_when_missing(field: forms.Field):
    if isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
        return _("Choose at least one.")
    if isinstance(field, forms.ChoiceField):
        return _("Choose one.")
    if isinstance(field, forms.BooleanField):
        return _("Tick this to go on.")
    return _("Fill in this field.")

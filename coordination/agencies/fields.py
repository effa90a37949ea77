"""Fields that need to know the reference data."""

from django import forms
from django.utils.translation import gettext

from coordination.agencies.models import Municipality
from coordination.interface.fields import CleanCharField


class MunicipalityField(CleanCharField):
    """A municipality typed by its Finnish, Swedish or English name; the page offers the names to choose from."""

    def __init__(self, **kwargs):
        offered = forms.TextInput(attrs={"list": "municipalities", "autocomplete": "off"})
        super().__init__(max_length=100, widget=offered, **kwargs)

    def clean(self, value):
        """The municipality, None where nothing was typed."""
        name = super().clean(value)
        if not name:
            return None
        for language in ("fi", "sv", "en"):
            found = Municipality.objects.filter(**{f"name_{language}__iexact": name}).select_related("area").first()
            if found:
                return found
        raise forms.ValidationError(gettext("There is no municipality of this name in Finland."))

"""Forms that save the next version of something."""

from django import forms

from coordination.interface.forms import Form


class VersionForm(Form):
    """Carries the number of the version that the reader saw, so that two people or two tabs can't overwrite each
    other. The last number of a column of this kind is 32767."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=32767)

    def __init__(self, *args, latest, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["number"].initial = _number(latest)

    def overtaken(self, latest):
        """Whether what was posted was written before this version, which the page then shows below what was typed. Once
        it has been seen there, the form can be saved after it."""
        if not self.is_bound or self.cleaned_data.get("number") == _number(latest):
            return False
        self.data = self.data.copy()
        self.data[self.add_prefix("number")] = _number(latest)
        return latest is not None


def _number(latest):
    return latest.number if latest else 0

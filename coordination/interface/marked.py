"""Forms that know what they were based on, so that nothing is overwritten that was saved meanwhile."""

from django import forms

from coordination.interface.forms import Form


class MarkedForm(Form):
    """`number` goes out with the page and comes back with what was typed: what stood there then. `stands` is what
    stands there now."""

    number = forms.Field(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, stands, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["number"].initial = str(stands)

    def clean_number(self):
        """What the page was based on, as text; anything else than what stands there now is refused by the command."""
        return str(self.cleaned_data["number"])

    def is_overtaken(self, stands):
        """Whether something else was saved since the page was opened. Then the page shows what `stands` there now below
        what was typed, and what is sent next is based on that."""
        if not self.is_bound or self.data.get(self.add_prefix("number")) == str(stands):
            return False
        self.data = self.data.copy()
        self.data[self.add_prefix("number")] = str(stands)
        return True


class NumberedForm(MarkedForm):
    """What stands there is a whole number."""

    def clean_number(self):
        """The number; what is none is one that nothing has."""
        number = super().clean_number()
        return int(number) if number.isdecimal() and len(number) < 10 else -1

"""A form that knows what it was based on, so that nothing is overwritten that was saved meanwhile."""

from django import forms

from coordination.interface.forms import Form


class MarkedForm(Form):
    """`number` goes out with the page and comes back with what was typed: what stood there then. `stands` is what
    stands there now."""

    number = forms.Field(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, stands, **kwargs):
        super().__init__(*args, **kwargs)
        self.stands = str(stands)
        self.fields["number"].initial = self.stands

    def clean_number(self):
        """What the page was based on, as text; anything else than what stands there now is refused by the command."""
        return str(self.cleaned_data["number"])

    def is_overtaken(self):
        """Whether something else was saved since the page was opened. Then the page shows what stands there now, and
        what is sent next is based on that."""
        if not self.is_bound or self.data.get(self.add_prefix("number")) == self.stands:
            return False
        self.data = self.data.copy()
        self.data[self.add_prefix("number")] = self.stands
        return True

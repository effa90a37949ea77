"""The part of the call sheet on which services are written down, and what was needed but not available."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.interface.forms import Form
from coordination.interface.widgets import Ticks


class ServicesForm(Form):
    """What is added in this call; what stands there already is taken back by a button of its own.

    `directory` is what can be chosen (see `directory.of`), `written` what stands there already.
    """

    services = forms.MultipleChoiceField(label=_("Referred to"), widget=Ticks, required=False)
    unmet = forms.MultipleChoiceField(
        label=_("Needed but not available"),
        widget=Ticks,
        required=False,
        help_text=_("It is counted without anybody's name: so it is seen which services are missing."),
    )

    def __init__(self, *args, directory, written, **kwargs):
        self.directory, self.written = directory, written
        super().__init__(*args, **kwargs)
        gone = _("One of these can't be chosen any more. Choose again.")
        for name in ("services", "unmet"):
            self.fields[name].error_messages["invalid_choice"] = gone
        services = self.fields["services"]
        services.choices = [(str(one.public_id), one.name) for one in directory.services]
        services.widget.hints = {str(one.public_id): self._hint(one) for one in directory.services}
        # Whatever was sent is understood; of an empty form what is marked already needs no second tick.
        marked = set() if self.is_bound else {one.need_id for one in written.unmet}
        self.fields["unmet"].choices = [(one.code, one.name) for one in directory.needs if one.pk not in marked]

    def _hint(self, service):
        words = f"{service.get_threshold_display()}, {service.ages}"
        if service.is_for(self.directory.age):
            return words
        return gettext("%(words)s: for other ages") % {"words": words}

    @property
    def services_have_errors(self):
        """Whether one of the two needs mending."""
        return any(name in self.errors for name in ("services", "unmet"))

    @property
    def has_services_ticked(self):
        """Whether one of the two holds a tick that isn't saved."""
        return bool(self["services"].value() or self["unmet"].value())

    def referred_to(self):
        """The chosen services."""
        chosen = self.cleaned_data["services"]
        return [one for one in self.directory.services if str(one.public_id) in chosen]

    def unmet_needs(self):
        """The chosen needs."""
        chosen = self.cleaned_data["unmet"]
        return [one for one in self.directory.needs if one.code in chosen]

    def has_new_services(self):
        """Whether something chosen is not written down already."""
        referred = {one.service_id for one in self.written.referrals}
        marked = {one.need_id for one in self.written.unmet}
        return any(one.pk not in referred for one in self.referred_to()) or any(
            one.pk not in marked for one in self.unmet_needs()
        )

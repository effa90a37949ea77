"""How a support ends, and how one is handed over."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.interface.fields import DateField3
from coordination.interface.forms import Form
from coordination.interface.widgets import Radios
from coordination.support.models import Support

Reason = Support.EndReason
YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class SeesOnForm(Form):
    """Whether the young person lets the former adult see on; without their yes nobody does."""

    sees_on = forms.ChoiceField(choices=YES_NO, widget=Radios)

    def __init__(self, *args, days, **kwargs):
        """`days` is for how long, by the area's rules; where nobody sees on there, it isn't asked."""
        super().__init__(*args, **kwargs)
        self.fields["sees_on"].label = _("Does the young person let the former adult see their page on?")
        self.fields["sees_on"].help_text = _("For %(days)d days, as far as the adult could see until now.") % {
            "days": days
        }
        if not days:
            del self.fields["sees_on"]

    def is_seen_on(self):
        """The young person's yes."""
        return self.cleaned_data.get("sees_on") == "yes"


class EndForm(SeesOnForm):
    """Why the support ends. A handover has a form of its own."""

    field_order = ["reason", "sees_on"]
    reason = forms.ChoiceField(
        label=_("Why does it end?"),
        choices=[one for one in Reason.choices if one[0] != Reason.HANDED_OVER],
        widget=Radios,
    )


class NoLongerWaitsForm(Form):
    """Why nobody is needed after all."""

    reason = forms.ChoiceField(
        label=_("Why is nobody needed any more?"),
        choices=[one for one in Reason.choices if one[0] in Support.FINAL],
        widget=Radios,
    )


class HandOverForm(SeesOnForm):
    """When the three met, where no meeting was planned for it, and what the young person says of the former adult."""

    field_order = ["met_on", "sees_on", "agreed"]
    met_on = DateField3(label=_("When did the young person and both adults meet?"), past_only=True, required=False)
    agreed = forms.BooleanField(label=_("The young person agrees that the next adult begins now"))

    def __init__(self, *args, is_planned, **kwargs):
        super().__init__(*args, **kwargs)
        if is_planned:
            self.fields["met_on"].help_text = _("Leave this empty where you met in the meeting that was planned.")
        else:
            self.fields["met_on"].required = True

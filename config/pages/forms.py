"""What is asked on a likely double's page, before hidden details are revealed, and when somebody leaves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Membership, RevealReason
from coordination.agencies.queries import works_elsewhere
from coordination.clocks.rules import today
from coordination.interface.fields import DateField3
from coordination.interface.forms import Form
from coordination.interface.widgets import Radios


class DoubleForm(Form):
    """Same or not the same."""

    decision = forms.ChoiceField(choices=[("same", "same"), ("not_same", "not_same")])


class RevealForm(Form):
    """The reason for which what non-disclosure hides is shown once: one of those in use in the reader's own area."""

    reason = forms.ModelChoiceField(
        RevealReason.objects.none(), label=_("Why do you need to see them?"), widget=Radios, empty_label=None
    )

    def __init__(self, *args, area, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].queryset = RevealReason.objects.filter(area=area, is_active=True)


class LeavingForm(Form):
    """When somebody stops, who goes on with a coordinator's follow-ups, and whether the account closes."""

    ended_on = DateField3(label=_("First day on which they no longer work here"))
    successor = forms.ModelChoiceField(
        Membership.objects.none(),
        label=_("Who goes on with the follow-ups they have taken up?"),
        widget=Radios,
        required=False,
        empty_label=_("nobody yet: they wait until another coordinator takes them up"),
    )
    disable = forms.BooleanField(
        label=_("Close the account too: they can't sign in any more"),
        required=False,
        help_text=_("At once, whatever the day above is."),
    )

    def __init__(self, *args, leaver, **kwargs):
        super().__init__(*args, initial={"ended_on": today()}, **kwargs)
        others = Membership.objects.coordinators(leaver.agency.area).exclude(user=leaver.user).filter(ended_on=None)
        self.fields["successor"].queryset = others.select_related("user", "agency").order_by("user__last_name", "pk")
        self.fields["successor"].label_from_instance = lambda one: one.user.get_full_name()
        if not leaver.is_coordinator:
            del self.fields["successor"]
        if works_elsewhere(leaver.user, leaver.agency.area_id):
            del self.fields["disable"]


class EraseForm(Form):
    """The young person asks for their information to be erased."""

    asked = forms.BooleanField(
        label=_("The young person has asked for this, and I have made sure who it is"),
        error_messages={"required": _("Erase only what the young person asks you to erase.")},
    )

"""What is pressed on the call sheet beside the call itself, and beginning from a telephone call.

Several of these stand on one page, so each has ids of its own.
"""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Membership
from coordination.follow_ups.models import FollowUp
from coordination.interface.fields import DateField3, PersonNameField, PhoneField
from coordination.interface.forms import Form
from coordination.interface.once import PostOnceForm
from coordination.interface.widgets import Radios


class VersionForm(Form):
    """Carries the version of the follow-up that the reader saw, so that two tabs can't overwrite each other."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)


class CloseForm(VersionForm):
    """What came of it. On the page the version is the call's, which is sent along."""

    outcome = forms.ChoiceField(label=_("What came of it?"), choices=FollowUp.Outcome.choices, widget=Radios)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="close_%s", **kwargs)


class BeginForm(PostOnceForm):
    """A follow-up that begins from a telephone call."""

    first_name = PersonNameField(label=_("First name"))
    last_name = PersonNameField(label=_("Last name"))
    birth_date = DateField3(label=_("Date of birth"), past_only=True)
    phone = PhoneField(label=_("Telephone"), required=False)


class MemberByEmailForm(Form):
    """Somebody of this area, by the e-mail address they sign in with."""

    email = forms.EmailField(label=_("The adult's work e-mail"), max_length=254)

    def __init__(self, *args, area, **kwargs):
        self.area = area
        super().__init__(*args, auto_id="adult_%s", **kwargs)

    def clean_email(self):
        """Find the membership of this area that the address belongs to."""
        email = self.cleaned_data["email"]
        self.membership = (
            Membership.objects.open()
            .filter(user__email=email.lower(), agency__area=self.area)
            .select_related("user", "agency__area")
            .order_by("pk")
            .first()
        )
        if self.membership is None:
            raise forms.ValidationError(gettext("Nobody in this area signs in with this address."))
        return email


class ExcludeForm(Form):
    """Who must not learn of the young person: one person, or a whole agency."""

    WHO = [("person", _("one person")), ("agency", _("the person's whole agency"))]
    who = forms.ChoiceField(label=_("Who must not learn of this?"), choices=WHO, widget=Radios)
    excluded_email = forms.EmailField(
        label=_("The person's work e-mail"), max_length=254, help_text=_("They are not told of this.")
    )

    def __init__(self, *args, area, **kwargs):
        self.area = area
        super().__init__(*args, auto_id="exclude_%s", **kwargs)

    def clean_excluded_email(self):
        """Find the membership that the address belongs to."""
        form = MemberByEmailForm({"email": self.cleaned_data["excluded_email"]}, area=self.area)
        if not form.is_valid():
            raise forms.ValidationError(form.errors["email"])
        self.membership = form.membership
        return self.cleaned_data["excluded_email"]

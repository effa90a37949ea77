"""What is pressed on the call sheet beside the call itself, and beginning from a telephone call.

Several of these stand on one page, so each has ids of its own.
"""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Area, Membership
from coordination.follow_ups.models import FollowUp, Takeover
from coordination.interface.fields import CleanCharField, DateField3, PersonNameField, PhoneField
from coordination.interface.forms import Form
from coordination.interface.widgets import Radios


class VersionForm(Form):
    """Carries the version of the follow-up that the reader saw, so that two tabs can't overwrite each other."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)


class CloseForm(VersionForm):
    """What came of it. On the page the version is the call's, which is sent along."""

    outcome = forms.ChoiceField(label=_("What came of it?"), choices=FollowUp.Outcome.choices, widget=Radios)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="close_%s", **kwargs)


class BeginForm(Form):
    """A follow-up that begins from a telephone call; beginning twice gives the one that is open already."""

    first_name = PersonNameField(label=_("First name"))
    last_name = PersonNameField(label=_("Last name"))
    birth_date = DateField3(label=_("Date of birth"), past_only=True)
    phone = PhoneField(label=_("Telephone"), required=False)


class MemberByEmailForm(Form):
    """Somebody of these areas, by the e-mail address they sign in with."""

    email = forms.EmailField(label=_("The adult's work e-mail"), max_length=254)

    def __init__(self, *args, areas, **kwargs):
        self.areas = areas
        super().__init__(*args, auto_id="adult_%s", **kwargs)

    def clean_email(self):
        """Find the membership that the address belongs to."""
        email = self.cleaned_data["email"]
        self.membership = (
            Membership.objects.open()
            .filter(user__email=email.lower(), agency__area__in=self.areas)
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

    def __init__(self, *args, areas, **kwargs):
        self.areas = areas
        super().__init__(*args, auto_id="exclude_%s", **kwargs)

    def clean_excluded_email(self):
        """Find the membership that the address belongs to."""
        form = MemberByEmailForm({"email": self.cleaned_data["excluded_email"]}, areas=self.areas)
        if not form.is_valid():
            raise forms.ValidationError(form.errors["email"])
        self.membership = form.membership
        return self.cleaned_data["excluded_email"]


class EndNonDisclosureForm(Form):
    """Why non-disclosure ends: coordinators alone read it."""

    disclosure_reason = CleanCharField(
        label=_("Why does the non-disclosure end?"),
        max_length=300,
        multiline=True,
        help_text=_("The coordinators read this."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="disclosure_%s", **kwargs)


class AskAreaForm(Form):
    """Which area is asked to take the follow-up over, and why in one of three ways."""

    to_area = forms.ModelChoiceField(Area.objects.none(), label=_("Which area?"), empty_label=_("Choose"))
    takeover_reason = forms.ChoiceField(label=_("Why?"), choices=Takeover.Reason.choices, widget=Radios)

    def __init__(self, *args, area, **kwargs):
        super().__init__(*args, auto_id="ask_%s", **kwargs)
        self.fields["to_area"].queryset = Area.objects.exclude(pk=area.pk)
        self.fields["to_area"].label_from_instance = lambda one: one.name


class AnswerForm(Form):
    """Another area's answer."""

    answer = forms.ChoiceField(choices=[("accept", "accept"), ("decline", "decline")])

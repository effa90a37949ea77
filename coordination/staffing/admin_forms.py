"""Forms of the administration that check the same rules as the commands, before anything is saved.

Each is given `by`, the acting membership, when its class is made for a request.
"""

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Membership, Training, User
from coordination.agencies.rules import NotNow
from coordination.interface.fields import CleanCharField, PersonNameField, PhoneField
from coordination.staffing import queries, rules
from coordination.staffing.models import Invitation


def _like(form, name, field_class, **kwargs):
    """Exchange a field for one of ours that cleans what is typed; label, hint and widget stay."""
    if name in form.fields:
        old = form.fields[name]
        form.fields[name] = field_class(
            required=old.required, label=old.label, help_text=old.help_text, widget=old.widget, **kwargs
        )


class UserForm(forms.ModelForm):
    """A user's details and whether they may sign in; no password, and no permissions: those follow memberships."""

    by = None

    class Meta:
        model = User
        fields = ("first_name", "last_name", "email", "phone", "language", "speaks", "is_active")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _like(self, "first_name", PersonNameField)
        _like(self, "last_name", PersonNameField)
        _like(self, "phone", PhoneField)
        if "speaks" in self.fields:
            self.fields["speaks"] = forms.MultipleChoiceField(
                label=self.fields["speaks"].label,
                choices=User.Spoken.choices,
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    def clean_email(self):
        """Addresses are kept in small letters: they are compared so."""
        return self.cleaned_data["email"].lower()

    def clean(self):
        """The area keeps an administrator who may sign in."""
        typed = super().clean()
        if typed.get("is_active") is False:
            try:
                rules.check_keeps_an_administrator(self.by.agency.area_id, leaving=Q(user=self.instance))
            except NotNow as refusal:
                self.add_error("is_active", refusal.sentence)
        return typed


class MembershipForm(forms.ModelForm):
    """What a user may do for an agency of the own area, and until when."""

    by = None

    class Meta:
        model = Membership
        fields = ("user", "agency", "role", "job_title", "started_on", "ended_on")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _like(self, "job_title", CleanCharField, max_length=100)
        if self.instance.pk:
            for name in self.fields.keys() & {"user", "agency"}:
                # Whatever is sent for it is passed over.
                self.fields[name].disabled = True

    def clean(self):
        """The area keeps an administrator, and nobody gives themselves power."""
        typed = super().clean()
        role, started_on = typed.get("role"), typed.get("started_on")
        user = typed.get("user")
        try:
            if role:
                rules.check_not_to_oneself(
                    self.by,
                    user_id=user.pk if user else self.instance.user_id,
                    role=role,
                    ended_on=typed.get("ended_on"),
                    before=self.instance if self.instance.pk else None,
                )
        except NotNow as refusal:
            self.add_error("role", refusal.sentence)
        stays = (
            role == Membership.Role.ADMINISTRATOR
            and not typed.get("ended_on")
            and started_on
            and started_on <= timezone.localdate()
        )
        if self.instance.pk and not stays:
            try:
                rules.check_keeps_an_administrator(self.by.agency.area_id, leaving=Q(pk=self.instance.pk))
            except NotNow as refusal:
                self.add_error(None, refusal.sentence)
        return typed


class TrainingForm(forms.ModelForm):
    """A training that has been held."""

    class Meta:
        model = Training
        fields = ("user", "held_on", "ended_on")

    def clean_held_on(self):
        """A training counts once it was held, not when it is planned."""
        held_on = self.cleaned_data["held_on"]
        if held_on > timezone.localdate():
            raise forms.ValidationError(_("A training is recorded once it has been held."))
        return held_on


class InvitationForm(forms.ModelForm):
    """Whom to invite, to act for which agency, as what."""

    by = None
    email = forms.EmailField(label=capfirst(_("e-mail")), max_length=254)

    class Meta:
        model = Invitation
        fields = ("email", "agency", "role", "job_title", "language")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _like(self, "job_title", CleanCharField, max_length=100)
        if "role" in self.fields:
            self.fields["role"].choices = [
                choice for choice in Membership.Role.choices if rules.may_give(self.by, choice[0])
            ]

    def clean(self):
        """Whoever has the role already can't be invited to it, nor anybody by themselves to power."""
        typed = super().clean()
        if typed.get("email") and typed.get("agency") and typed.get("role"):
            typed["email"] = typed["email"].lower()
            account = queries.account_of(typed["email"])
            try:
                rules.check_invitable(account, typed["agency"], typed["role"])
                if account:
                    rules.check_not_to_oneself(self.by, user_id=account.pk, role=typed["role"])
            except NotNow as refusal:
                self.add_error("email", refusal.sentence)
        return typed

    def _get_validation_exclusions(self):
        """Times and the secret are the command's to set."""
        return super()._get_validation_exclusions() | {"expires_at", "made_by"}

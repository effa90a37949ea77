"""The call sheet and its smaller companions."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Membership
from coordination.clocks.rules import today
from coordination.follow_ups.commands import Decision
from coordination.follow_ups.models import AskedAdult, ContactAttempt, FollowUp
from coordination.interface.fields import CleanCharField, DateField3, PersonNameField, PhoneField
from coordination.interface.forms import Form
from coordination.interface.once import PostOnceForm
from coordination.interface.widgets import Radios

TakesPart = AskedAdult.TakesPart


class VersionForm(Form):
    """Carries the version of the follow-up that the reader saw, so that two tabs can't overwrite each other."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)


class CallForm(PostOnceForm, VersionForm):
    """One call: how to reach safely, the attempt, what was decided of each adult, what is next and when."""

    CONTACT = ["phone", "safe_hours", "no_voicemail", "say_only_youth_services", "contact_shared", "non_disclosure"]

    phone = PhoneField(label=_("Telephone"), required=False)
    safe_hours = CleanCharField(label=_("When is it safe to ring?"), max_length=60, required=False)
    no_voicemail = forms.BooleanField(label=_("No voicemail"), required=False)
    say_only_youth_services = forms.BooleanField(label=_("Say only “youth services”"), required=False)
    contact_shared = forms.BooleanField(
        label=_("The young person lets those who take part see the telephone number"), required=False
    )
    non_disclosure = forms.BooleanField(
        label=_("Non-disclosure for safety: hide the municipality and whatever tells it"), required=False
    )
    attempt = forms.ChoiceField(
        label=_("Did you try to make contact now?"),
        choices=[("reached", _("Reached")), ("not_reached", _("Not reached")), ("none", _("No attempt now"))],
        widget=Radios,
    )
    channel = forms.ChoiceField(label=_("How?"), choices=ContactAttempt.Channel.choices, widget=Radios, required=False)
    identity_checked = forms.ChoiceField(
        label=_("How did you make sure who it was?"),
        choices=ContactAttempt.Identity.choices,
        widget=Radios,
        required=False,
        help_text=_("Before that, say nothing that is known about the young person."),
    )
    said_by = forms.ChoiceField(
        label=_("Who decided?"), choices=AskedAdult.SaidBy.choices, widget=Radios, required=False
    )
    next_step = forms.ChoiceField(
        label=_("Next step"), choices=[("", _("Choose")), *FollowUp.NextStep.choices], required=False
    )
    next_step_on = DateField3(label=_("When?"), required=False)
    pause = forms.BooleanField(
        label=_("Pause until that day"),
        required=False,
        help_text=_(
            "Not reached for now: four tries by two channels, then try again later. It never closes by itself."
        ),
    )

    def __init__(self, *args, follow_up, adults, viewer_name, **kwargs):
        self.follow_up = follow_up
        self.adults = list(adults)
        person = follow_up.young_person
        initial = {name: getattr(person, name) for name in self.CONTACT}
        initial |= {
            "version": follow_up.version,
            "next_step": follow_up.next_step,
            "next_step_on": follow_up.next_step_on,
            "pause": follow_up.state == "paused",
        }
        super().__init__(*args, initial=initial, **kwargs)
        for name in ("channel", "identity_checked", "said_by", "next_step", "next_step_on"):
            self.fields[name].needed_sometimes = True
        self.fields["channel"].shown_when = "attempt=reached,not_reached"
        self.fields["identity_checked"].shown_when = "attempt=reached"
        for adult in self.adults:
            self._add_decision(adult, viewer_name(adult.membership))

    def _add_decision(self, adult, name):
        key = adult.public_id.hex
        takes_part = forms.ChoiceField(
            label=_t("%(name)s takes part") % {"name": name},
            choices=TakesPart.choices,
            widget=Radios,
            required=False,
            initial=adult.takes_part,
        )
        may_know = forms.ChoiceField(
            label=_t("%(name)s may know that you have talked") % {"name": name},
            choices=AskedAdult.MayKnow.choices,
            widget=Radios,
            required=False,
            initial=adult.may_know,
        )
        takes_part.needed_sometimes = may_know.needed_sometimes = True
        self.fields[f"takes_part_{key}"] = takes_part
        self.fields[f"may_know_{key}"] = may_know

    def rows(self):
        """The adults with their two fields each, for the page."""
        for adult in self.adults:
            key = adult.public_id.hex
            yield adult, self[f"takes_part_{key}"], self[f"may_know_{key}"]

    def clean(self):
        """What belongs together: an attempt has a channel, a decision says whose, a pause and a step have a day."""
        data = super().clean()
        attempt = data.get("attempt")
        if attempt in ("reached", "not_reached") and not data.get("channel"):
            self.add_error("channel", _t("Say how you tried."))
        if attempt == "reached" and not data.get("identity_checked"):
            self.add_error("identity_checked", _t("Say how you made sure who it was."))
        if self._changed_decisions() and not data.get("said_by"):
            self.add_error("said_by", _t("Say who decided."))
        self._clean_decisions()
        self._clean_next_step(data, attempt)
        return data

    def _clean_next_step(self, data, attempt):
        step, day = data.get("next_step"), data.get("next_step_on")
        if data.get("pause") and not day and "next_step_on" not in self.errors:
            self.add_error("next_step_on", _t("Give the day when this is looked at again."))
        if day and not step:
            self.add_error("next_step", _t("Choose the next step."))
        if step and not day and "next_step_on" not in self.errors:
            self.add_error("next_step_on", _t("Give the day of the next step."))
        if attempt == "not_reached" and not step:
            self.add_error("next_step", _t("Not reached: choose what you try next, and when."))
        if day and day < today() and day != self.follow_up.next_step_on:
            self.add_error("next_step_on", _t("The day of the next step can't be in the past."))

    def _clean_decisions(self):
        for adult in self.adults:
            key = adult.public_id.hex
            takes_part = self.cleaned_data.get(f"takes_part_{key}")
            may_know = self.cleaned_data.get(f"may_know_{key}")
            if takes_part == TakesPart.YES and may_know == AskedAdult.MayKnow.NO:
                self.add_error(f"may_know_{key}", _t("An adult who takes part also knows."))
            if takes_part == "" and adult.takes_part:
                self.add_error(f"takes_part_{key}", _t("What was decided can be changed to yes, no or later."))

    def _changed_decisions(self):
        changed = []
        for adult in self.adults:
            key = adult.public_id.hex
            now = (self.cleaned_data.get(f"takes_part_{key}", ""), self.cleaned_data.get(f"may_know_{key}", ""))
            if now != (adult.takes_part, adult.may_know) and any(now):
                changed.append((adult, *now))
        return changed

    def decisions(self):
        """The decisions that differ from what is saved."""
        return [
            Decision(adult=adult, takes_part=takes_part, may_know=may_know, said_by=self.cleaned_data["said_by"])
            for adult, takes_part, may_know in self._changed_decisions()
        ]

    def attempt_made(self):
        """The attempt as the command wants it; None where none was made."""
        data = self.cleaned_data
        if data["attempt"] == "none":
            return None
        reached = data["attempt"] == "reached"
        return {
            "at": timezone.now(),
            "channel": data["channel"],
            "reached": reached,
            "identity_checked": data["identity_checked"] if reached else "",
        }

    def contact(self):
        """The contact fields of the young person."""
        return {name: self.cleaned_data[name] for name in self.CONTACT}


class CloseForm(VersionForm):
    """What came of it."""

    outcome = forms.ChoiceField(label=_("What came of it?"), choices=FollowUp.Outcome.choices, widget=Radios)


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
        super().__init__(*args, **kwargs)

    def clean_email(self):
        """Find the membership of this area that the address belongs to."""
        email = self.cleaned_data["email"]
        self.membership = (
            Membership.objects.open()
            .filter(user__email__iexact=email, agency__area=self.area)
            .select_related("user", "agency__area")
            .order_by("pk")
            .first()
        )
        if self.membership is None:
            raise forms.ValidationError(_t("Nobody in this area signs in with this address."))
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
        super().__init__(*args, **kwargs)

    def clean_excluded_email(self):
        """Find the membership that the address belongs to."""
        form = MemberByEmailForm({"email": self.cleaned_data["excluded_email"]}, area=self.area)
        if not form.is_valid():
            raise forms.ValidationError(form.errors["email"])
        self.membership = form.membership
        return self.cleaned_data["excluded_email"]

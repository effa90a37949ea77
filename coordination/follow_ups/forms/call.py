"""The call sheet: what is asked, tried, decided and agreed in one call."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.agencies.fields import MunicipalityField
from coordination.clocks.rules import today, working_day_after
from coordination.follow_ups.forms.companions import VersionForm
from coordination.follow_ups.forms.decisions import DecisionsForm
from coordination.follow_ups.forms.referrals import ServicesForm
from coordination.follow_ups.models import AskedAdult, ContactAttempt, FollowUp
from coordination.interface.fields import CleanCharField, DateField3, PhoneField
from coordination.interface.once import PostOnceForm
from coordination.interface.widgets import Radios
from coordination.people.models import LegalGuardian

SaidBy = AskedAdult.SaidBy


class CallForm(PostOnceForm, VersionForm, ServicesForm, DecisionsForm):
    """One call: how to reach safely, the attempt, what was decided of each adult, what is next and when."""

    CONTACT = [
        "phone",
        "safe_hours",
        "no_voicemail",
        "say_only_youth_services",
        "contact_shared",
        "municipality",
        "non_disclosure",
    ]

    phone = PhoneField(label=_("Telephone"), required=False)
    safe_hours = CleanCharField(label=_("When is it safe to ring?"), max_length=60, required=False)
    no_voicemail = forms.BooleanField(label=_("No voicemail"), required=False)
    say_only_youth_services = forms.BooleanField(label=_("Say only “youth services”"), required=False)
    contact_shared = forms.BooleanField(
        label=_("The young person lets those who take part see the telephone number"), required=False
    )
    municipality = MunicipalityField(label=_("Home municipality"), required=False)
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

    def __init__(self, *args, follow_up, guardians=(), **kwargs):
        self.guardians = guardians
        person = follow_up.young_person
        saved = {name: getattr(person, name) for name in self.CONTACT}
        saved["municipality"] = person.municipality.name if person.municipality else ""
        # Once it is switched on, it is ended elsewhere, for a written reason.
        hidden = ["municipality", "non_disclosure"] if person.non_disclosure else []
        for name in hidden:
            del saved[name]
        saved |= {
            "next_step": follow_up.next_step,
            "next_step_on": follow_up.next_step_on,
            "pause": follow_up.state == "paused",
        }
        initial = saved | {"version": follow_up.version}
        super().__init__(*args, follow_up=follow_up, initial=initial, saved=saved, **kwargs)
        for name in hidden:
            del self.fields[name]
        self.order_fields([*self.CONTACT, "attempt", "channel", "identity_checked", "said_by"])
        self.contact_fields = [name for name in self.CONTACT if name in self.fields]
        for name in ("channel", "identity_checked", "next_step", "next_step_on"):
            self.fields[name].needed_sometimes = True
        self.fields["channel"].shown_when = "attempt=reached,not_reached"
        self.fields["identity_checked"].shown_when = "attempt=reached"
        self.fields["pause"].shown_when = "attempt=not_reached,none"

    def numbers_given(self):
        """The numbers that adults knew, each once, with the names of those who gave it."""
        found = {}
        for adult in self.adults:
            if adult.phone_given:
                found.setdefault(adult.phone_given, []).append(self.name_of(adult.membership))
        return [{"phone": phone, "names": ", ".join(dict.fromkeys(names))} for phone, names in found.items()]

    @property
    def working_day_next(self):
        """The next working day, on which somebody who wasn't reached is tried again unless another day is chosen."""
        return working_day_after(today(), 1)

    @property
    def contact_has_errors(self):
        """Whether a field of how to reach the young person needs mending."""
        return any(name in self.errors for name in self.contact_fields)

    def clean(self):
        """What belongs together: an attempt has a channel, a decision says whose, a pause and a step have a day."""
        data = super().clean()
        attempt = data.get("attempt")
        if attempt == "reached":
            data["pause"] = False  # whoever was reached isn't waited for, whatever another had saved
        if attempt in ("reached", "not_reached") and not data.get("channel"):
            self.add_error("channel", gettext("Say how you tried."))
        if attempt == "reached" and not data.get("identity_checked"):
            self.add_error("identity_checked", gettext("Say how you made sure who it was."))
        self._clean_next_step(data, attempt)
        self._clean_guardians(data)
        return data

    def _clean_guardians(self, data):
        """A guardian who must not learn is not contacted; and who of them allowed it is written down first."""
        know = {guardian.knows for guardian in self.guardians}
        if know == {LegalGuardian.Knows.MUST_NOT}:
            for name in ("channel", "next_step"):
                if data.get(name) == "guardian":
                    self.add_error(name, gettext("No guardian may be contacted: they must not learn of this."))
        by_guardian = data.get("said_by") in (SaidBy.GUARDIAN, SaidBy.BOTH)
        if by_guardian and know and LegalGuardian.Knows.ALLOWED not in know:
            self.add_error("said_by", gettext("First write down under Guardians which of them allowed it."))

    def _clean_next_step(self, data, attempt):
        step, day = data.get("next_step"), data.get("next_step_on")
        if attempt == "not_reached" and not step:
            self.add_error("next_step", gettext("Not reached: choose what you try next, and when."))
        elif day and not step:
            self.add_error("next_step", gettext("Choose the next step."))
        elif step and not day and "next_step_on" not in self.errors:
            self.add_error("next_step_on", gettext("Give the day of the next step."))
        elif data.get("pause") and not day and "next_step_on" not in self.errors:
            self.add_error("next_step_on", gettext("Give the day when this is looked at again."))
        if day and day < today() and day != self.follow_up.next_step_on:
            self.add_error("next_step_on", gettext("The day of the next step can't be in the past."))

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
        return {name: self.cleaned_data[name] for name in self.contact_fields}

    def keeps_own(self, name, *, changed):
        """Another's pause is not brought into a call in which somebody was reached."""
        return changed or (name == "pause" and self.data.get("attempt") == "reached")

    def has_something_typed(self):
        """Whether anything in the call differs from what is saved, well typed or not."""
        self.full_clean()
        of_the_call = ("attempt", "channel", "identity_checked", "said_by", "services", "unmet")
        return any(self[name].data for name in of_the_call) or not self.is_as_saved(*self.saved)

    def has_nothing_new(self):
        """Whether all of it is saved already: the same page sent twice, with no attempt to write down."""
        if not self.is_valid() or self.attempt_made() or self.decisions() or self.has_new_services():
            return False
        return self.is_as_saved(*self.contact_fields, "next_step", "next_step_on", "pause")

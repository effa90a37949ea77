"""The call sheet: what is asked, tried, decided and agreed in one call."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.agencies.fields import MunicipalityField
from coordination.agencies.rules import is_hidden, shown_name
from coordination.clocks.rules import today, working_day_after
from coordination.follow_ups.commands import Decision
from coordination.follow_ups.forms.companions import VersionForm
from coordination.follow_ups.forms.seen import SeenForm
from coordination.follow_ups.models import AskedAdult, ContactAttempt, FollowUp
from coordination.interface.fields import CleanCharField, DateField3, PhoneField
from coordination.interface.once import PostOnceForm
from coordination.interface.widgets import Radios

TakesPart, MayKnow = AskedAdult.TakesPart, AskedAdult.MayKnow


class CallForm(PostOnceForm, VersionForm, SeenForm):
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

    def __init__(self, *args, follow_up, adults, viewer, **kwargs):
        """`adults` are those still asked about; `viewer` is the membership that reads the page."""
        self.follow_up = follow_up
        self.adults = list(adults)
        self.viewer = viewer
        person = follow_up.young_person
        saved = {name: getattr(person, name) for name in self.CONTACT}
        saved["municipality"] = person.municipality.name if person.municipality else ""
        if person.non_disclosure:
            del saved["municipality"]
        saved |= {
            "next_step": follow_up.next_step,
            "next_step_on": follow_up.next_step_on,
            "pause": follow_up.state == "paused",
        }
        for adult in self.adults:
            saved |= {f"takes_part_{adult.public_id.hex}": adult.takes_part}
            saved |= {f"may_know_{adult.public_id.hex}": adult.may_know}
        super().__init__(*args, initial=saved | {"version": follow_up.version}, saved=saved, **kwargs)
        if person.non_disclosure:
            del self.fields["municipality"]
        self.contact_fields = [name for name in self.CONTACT if name in self.fields]
        for name in ("channel", "identity_checked", "said_by", "next_step", "next_step_on"):
            self.fields[name].needed_sometimes = True
        self.fields["channel"].shown_when = "attempt=reached,not_reached"
        self.fields["identity_checked"].shown_when = "attempt=reached"
        self.fields["pause"].shown_when = "attempt=not_reached,none"
        for adult in self.adults:
            self._add_decision(adult)

    def _add_decision(self, adult):
        name, key = self.name_of(adult.membership), adult.public_id.hex
        takes_part = forms.ChoiceField(
            label=gettext("%(name)s takes part") % {"name": name},
            choices=_choices(TakesPart, adult.takes_part),
            widget=Radios,
            required=False,
        )
        may_know = forms.ChoiceField(
            label=gettext("%(name)s may know that you have talked") % {"name": name},
            choices=_choices(MayKnow, adult.may_know),
            widget=Radios,
            required=False,
        )
        takes_part.needed_sometimes = may_know.needed_sometimes = True
        self.fields[f"takes_part_{key}"] = takes_part
        self.fields[f"may_know_{key}"] = may_know

    def name_of(self, membership):
        """Somebody's name as the reader may see it."""
        hidden = is_hidden(membership.agency, self.viewer)
        return shown_name(membership.agency, self.viewer) if hidden else membership.user.get_full_name()

    def rows(self):
        """The adults for the page: name, agency and telephone as the reader may see them, and their two fields."""
        for adult in self.adults:
            membership, key = adult.membership, adult.public_id.hex
            hidden = is_hidden(membership.agency, self.viewer)
            yield {
                "adult": adult,
                "name": self.name_of(membership),
                "agency": "" if hidden else shown_name(membership.agency, self.viewer),
                "job_title": "" if hidden else membership.job_title,
                "phone": "" if hidden else membership.user.phone,
                "takes_part": self[f"takes_part_{key}"],
                "may_know": self[f"may_know_{key}"],
            }

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
        if self._changed_decisions() and not data.get("said_by"):
            self.add_error("said_by", gettext("Say who decided."))
        self._clean_decisions()
        self._clean_next_step(data, attempt)
        return data

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

    def _clean_decisions(self):
        for adult in self.adults:
            key = adult.public_id.hex
            takes_part, may_know = self._chosen(adult)
            if takes_part == TakesPart.YES and may_know == MayKnow.NO:
                self.add_error(f"may_know_{key}", gettext("An adult who takes part also knows."))
            if takes_part == "" and adult.takes_part:
                self.add_error(f"takes_part_{key}", gettext("What was decided can be changed to yes, no or later."))

    def _chosen(self, adult):
        """What is chosen of one adult; of what they may know, the saved answer stays unless another is given."""
        key = adult.public_id.hex
        may_know = self.cleaned_data.get(f"may_know_{key}") or adult.may_know
        return self.cleaned_data.get(f"takes_part_{key}", ""), may_know

    def _changed_decisions(self):
        changed = []
        for adult in self.adults:
            now = self._chosen(adult)
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
        return {name: self.cleaned_data[name] for name in self.contact_fields}

    def holds_on_to(self, name):
        """Another's pause is not brought into a call in which somebody was reached."""
        return name == "pause" and self.data.get("attempt") == "reached"

    def has_something_typed(self):
        """Whether anything in the call differs from what is saved, well typed or not."""
        self.full_clean()
        of_the_call = ("attempt", "channel", "identity_checked", "said_by")
        return any(self[name].data for name in of_the_call) or not self.is_as_saved(*self.saved)

    def has_nothing_new(self):
        """Whether all of it is saved already: the same page sent twice, with no attempt to write down."""
        if not self.is_valid() or self.attempt_made() or self.decisions():
            return False
        return self.is_as_saved(*self.contact_fields, "next_step", "next_step_on", "pause")


def _choices(answers, given):
    """The answers; "not asked yet" among them only until there is one."""
    return [(value, label) for value, label in answers.choices if value or not given]

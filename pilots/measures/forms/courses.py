"""Beginning and ending a course, its sessions' days, and letting colleagues see it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.clocks.rules import today
from coordination.interface.fields import DateField3
from coordination.interface.forms import Form
from coordination.interface.once import PostOnceForm
from coordination.interface.widgets import Radios

_OF_THESE = {"invalid_choice": _("Choose one of these.")}
NONE = ("none", _("none"))


class BeginForm(PostOnceForm):
    """Which instruments are taken, of those that fit the young person, and to which pilot that belongs."""

    outcome = forms.ChoiceField(label=_("How are things going?"), widget=Radios, error_messages=_OF_THESE)
    alliance = forms.ChoiceField(label=_("How did working together feel?"), widget=Radios, error_messages=_OF_THESE)
    pilot = forms.ChoiceField(
        label=_("Does it belong to a pilot?"),
        required=False,
        error_messages=_OF_THESE,
        help_text=_("Then it is counted, without anybody in it, in the figures of that pilot."),
    )

    def __init__(self, *args, outcomes, alliances, pilots, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = {str(one.public_id): one for one in [*outcomes, *alliances]}
        for name, found in (("outcome", outcomes), ("alliance", alliances)):
            self.fields[name].choices = [*((str(one.public_id), one.name) for one in found), NONE]
            self.fields[name].initial = str(found[0].public_id) if len(found) == 1 else None
        self.pilots = {str(pilot.public_id): pilot for pilot, _name in pilots}
        self.fields["pilot"].choices = [("", _("to none")), *((str(one.public_id), name) for one, name in pilots)]
        if not pilots:
            del self.fields["pilot"]

    def typed(self):
        """What `begin_course` wants to know."""
        said = self.cleaned_data
        return {
            "outcome": self.rows.get(said["outcome"]),
            "alliance": self.rows.get(said["alliance"]),
            "pilot": self.pilots.get(said.get("pilot")),
            "token": said["token"],
        }


class DayForm(Form):
    """On which day a session was."""

    held_on = DateField3(label=_("On which day was it?"), past_only=True)


class EndForm(Form):
    """How a course ended, and when."""

    planned = forms.ChoiceField(
        label=_("How did it end?"),
        choices=[("yes", _("As planned: what was agreed is done")), ("no", _("Not as planned: it broke off"))],
        widget=Radios,
        error_messages=_OF_THESE,
    )
    on = DateField3(label=_("On which day did it end?"), past_only=True, initial=today)

    def typed(self):
        """What `end_course` wants to know."""
        return {"planned": self.cleaned_data["planned"] == "yes", "on": self.cleaned_data["on"]}


class PutUpForm(Form):
    """That the young person knows of it and allows it."""

    allowed = forms.BooleanField(
        label=_("I have told the young person that my colleagues will see the curve without a name, and they allow it")
    )

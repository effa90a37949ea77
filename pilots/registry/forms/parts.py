"""Sites, partners, milestones and risks; files; and who leads."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Agency, Municipality
from coordination.agencies.rules import is_hidden, shown_adult
from coordination.interface.fields import CleanCharField
from coordination.interface.forms import Form
from coordination.interface.once import PostOnceForm
from coordination.interface.widgets import Radios
from pilots.registry.file_kinds import KINDS
from pilots.registry.forms.facts import DayField
from pilots.registry.models import Partner, Risk

_NAME = 200
_OF_THESE = {"invalid_choice": _("Choose one of these.")}


class NamedForm(PostOnceForm):
    """Something with a name, in other languages, too, where there are such."""

    name_fi = CleanCharField(label=_("Name"), max_length=_NAME)
    name_sv = CleanCharField(label=_("Name in Swedish"), max_length=_NAME, required=False)
    name_en = CleanCharField(label=_("Name in English"), max_length=_NAME, required=False)


class SiteForm(NamedForm):
    """Where the pilot is done, too. The agency is never shown to others, so that only those are offered whose name the
    `viewer` may know."""

    municipality = forms.ModelChoiceField(
        Municipality.objects.none(),
        label=_("Municipality"),
        required=False,
        empty_label=_("not one municipality"),
        error_messages={"invalid_choice": _("Choose one of the municipalities.")},
    )
    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label=_("Which agency of the portal is it?"),
        required=False,
        empty_label=_("none of them"),
        help_text=_("Only for whoever leads the pilot. Others see the name that you typed."),
        error_messages={"invalid_choice": _("Choose one of the agencies.")},
    )
    field_order = ["token", "name_fi", "municipality", "agency"]

    def __init__(self, *args, area, viewer, **kwargs):
        super().__init__(*args, **kwargs)
        agencies = Agency.objects.filter(area=area).select_related("area")
        known = [one.pk for one in agencies if not is_hidden(one, viewer)]
        self.fields["agency"].queryset = agencies.filter(pk__in=known)
        self.fields["municipality"].queryset = area.municipalities.all()


class PartnerForm(NamedForm):
    """With whom the pilot is done, too."""

    kind = forms.ChoiceField(
        label=_("What kind of partner is it?"), choices=Partner.Kind.choices, widget=Radios, error_messages=_OF_THESE
    )
    field_order = ["token", "name_fi", "kind"]


class MilestoneForm(NamedForm):
    """What is to be done by when."""

    due_on = DayField(label=_("By when?"))
    field_order = ["token", "name_fi", "due_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name_fi"].label = _("What is done by then?")


class RiskForm(PostOnceForm):
    """What could go wrong, and what is done about it."""

    words = CleanCharField(label=_("What could go wrong?"), max_length=300, multiline=True)
    likelihood = forms.TypedChoiceField(
        label=_("How likely is it?"),
        choices=Risk.Grade.choices,
        coerce=int,
        widget=Radios,
        error_messages=_OF_THESE,
    )
    impact = forms.TypedChoiceField(
        label=_("How great would the harm be?"),
        choices=Risk.Grade.choices,
        coerce=int,
        widget=Radios,
        error_messages=_OF_THESE,
    )
    answer = CleanCharField(label=_("What is done about it?"), max_length=300, multiline=True)


class AttachForm(PostOnceForm):
    """A file, with the pilot as a whole or with one of its `decisions`. What is in it is judged by the command."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ",".join(f".{kind}" for kind in KINDS)}),
        error_messages={
            "required": _("Choose a file."),
            "missing": _("Choose a file."),
            "invalid": _("Choose a file."),
            "empty": _("The file is empty."),
        },
    )
    decision = forms.ChoiceField(
        label=_("Does it belong to a decision?"),
        required=False,
        error_messages={"invalid_choice": _("Choose one of the decisions.")},
    )

    def __init__(self, *args, decisions, **kwargs):
        super().__init__(*args, **kwargs)
        said = {"kinds": ", ".join(KINDS), "megabytes": settings.ATTACHMENT_MEGABYTES}
        self.fields["file"].help_text = (
            gettext("Kinds: %(kinds)s. At most %(megabytes)s MB, without macros or scripts.") % said
        )
        self.decisions = {str(one.public_id): one for one in decisions}
        self.fields["decision"].choices = [("", _("to the pilot as a whole")), *_named(self.decisions)]
        if not self.decisions:
            del self.fields["decision"]

    def typed(self):
        """What `attach` wants to know."""
        decision = self.decisions.get(self.cleaned_data.get("decision"))
        return {"file": self.cleaned_data["file"], "token": self.cleaned_data["token"], "decision": decision}


def _named(decisions):
    for key, one in decisions.items():
        day = one.decided_on
        yield key, f"{one.get_state_display()}, {day.day}.{day.month}.{day.year}"


class LeadForm(Form):
    """Who leads the pilot, too: one of those who `work` in its area, as far as the `viewer` may know their names."""

    who = forms.ChoiceField(
        label=_("Who leads it, too?"), error_messages={"invalid_choice": _("Choose one of these people.")}
    )

    def __init__(self, *args, able, leading, viewer, **kwargs):
        super().__init__(*args, **kwargs)
        self.able = {str(one.public_id): one for one in able}
        names = {key: _words(shown_adult(one, viewer, about=None)) for key, one in self.able.items()}
        named = [(key, name) for key, name in names.items() if name]
        self.fields["who"].choices = [("", _("Choose")), *named]
        # Whoever leads it by now is no choice, and is none that fails either: the button was pressed twice.
        led = {str(lead.membership.public_id) for lead in leading}
        self.fields["who"].widget.choices = [("", _("Choose")), *((key, name) for key, name in named if key not in led)]

    def membership(self):
        """The one chosen."""
        return self.able[self.cleaned_data["who"]]


def _words(shown):
    return ", ".join(filter(None, [shown.name, shown.agency])) if shown.name else ""

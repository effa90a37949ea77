"""One entry of the directory, as it is filled in by whoever keeps it or suggests a change."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Agency, Area, Membership, Municipality
from coordination.agencies.queries import hidden_from
from coordination.interface.fields import CleanCharField, DateField3, Radios, WebsiteField
from coordination.interface.forms import Form
from coordination.interface.marked import NumberedForm
from coordination.interface.once import PostOnceForm
from coordination.interface.widgets import Ticks
from coordination.services.forms.values import BEGINNING, FACTS, MODERATORS, facts_of, in_words, kept, shown
from coordination.services.models import Need, Service, ServiceClass, TargetGroup

_IN_NUMBERS = _("Write the age in numbers, such as 13.")
_CHOOSE_AMONG = _("Choose among these.")
_ONE_PROVIDER = _("Give the agency that provides it, or the name of somebody outside.")


def _name(label, *, required=False):
    return CleanCharField(label=label, max_length=200, required=required)


def _description(label):
    return CleanCharField(label=label, max_length=1000, multiline=True, required=False)


def _age(label):
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=99,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _IN_NUMBERS),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-2"}),
    )


def _one(label, *, none="", required=False, **more):
    return forms.ModelChoiceField(
        queryset=None,
        label=label,
        required=required,
        empty_label=none,
        error_messages={"invalid_choice": _CHOOSE_AMONG},
        **more,
    )


def _rows(label, *, required=False, help_text=""):
    return forms.ModelMultipleChoiceField(
        queryset=None,
        label=label,
        required=required,
        widget=Ticks,
        help_text=help_text,
        error_messages=dict.fromkeys(("invalid_choice", "invalid_pk_value", "invalid_list"), _CHOOSE_AMONG),
    )


def _some(label, choices):
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=Ticks)


class ServiceForm(Form):
    """What an entry says. `area` keeps it; `viewer` fills it in, and chooses among the agencies that they may know."""

    name_fi = _name(_("Name in Finnish"), required=True)
    name_sv = _name(_("Name in Swedish"))
    name_en = _name(_("Name in English"))
    kind = forms.ChoiceField(label=_("Service or project"), choices=Service.Kind.choices, widget=Radios)
    owner = _one(_("Which agency provides it?"), none=_("somebody outside the portal"))
    provider_name = CleanCharField(
        label=_("Who else provides it?"),
        max_length=200,
        required=False,
        help_text=_("Only where the provider is not among the agencies."),
    )
    service_class = _one(_("Kind of service"), required=True, none=_("choose"))
    needs = _rows(_("Needs that it answers"), required=True)
    target_groups = _rows(_("Whom is it meant for?"))
    youngest_age = _age(_("Youngest age"))
    oldest_age = _age(_("Oldest age"))
    municipalities = _rows(_("For which municipalities?"), help_text=_("None: for the whole area."))
    threshold = forms.ChoiceField(label=_("How does one come to it?"), choices=Service.Threshold.choices, widget=Radios)
    channels = _some(_("Where is it given?"), Service.Channel.choices)
    languages = _some(_("In which languages is one served?"), Service.Language.choices)
    cost = forms.ChoiceField(label=_("Does it cost anything?"), choices=Service.Cost.choices, widget=Radios)
    cost_note = CleanCharField(label=_("More of the cost"), max_length=200, required=False)
    description_fi = _description(_("Description in Finnish"))
    description_sv = _description(_("Description in Swedish"))
    description_en = _description(_("Description in English"))
    contact = CleanCharField(
        label=_("How to reach it"),
        max_length=300,
        required=False,
        help_text=_("Telephone, address, hours: of the service, not of a person."),
    )
    website = WebsiteField(label=_("Web page"), max_length=300, required=False, help_text=_("Begins with https://."))
    priority = forms.TypedChoiceField(
        label=_("Which priority of the town does it serve?"), required=False, coerce=int, empty_value=None
    )
    valid_from = DateField3(label=_("Offered from"), required=False)
    valid_until = DateField3(label=_("Offered until"), required=False)
    also_in = _rows(_("In which other areas is it offered, too?"))
    keeper = _one(_("Who keeps this entry?"), none=_("the administrators of the area"))
    is_public = forms.TypedChoiceField(
        label=_("Is it shown without signing in?"),
        choices=[
            ("", _("yes, but not what a sensitive agency provides")),
            ("yes", _("yes, whoever provides it")),
            ("no", _("no")),
        ],
        required=False,
        coerce=lambda word: word == "yes",
        empty_value=None,
        widget=Radios,
    )
    is_active = forms.BooleanField(label=_("In use"), required=False)

    def __init__(self, *args, area, viewer, service=None, values=None, **kwargs):
        """`values` (as JSON keeps them) are what fields show at first, in place of what the service says."""
        begin = (facts_of(service) if service else BEGINNING) | (values or {})
        kwargs["initial"] = {name: shown(name, value) for name, value in begin.items()}
        super().__init__(*args, **kwargs)
        self.begin = begin
        hidden = hidden_from(viewer)
        self._offer(area, hidden)
        if service and service.owner_id in hidden:
            self._leave_out("owner", "provider_name")
        if viewer.role == Membership.Role.PROFESSIONAL:
            self._leave_out(*MODERATORS)

    def _leave_out(self, *names):
        for name in names:
            del self.fields[name]

    def _offer(self, area, hidden):
        fields = self.fields
        fields["owner"].queryset = Agency.objects.filter(area=area).exclude(pk__in=hidden)
        fields["service_class"].queryset = ServiceClass.objects.filter(is_active=True)
        fields["needs"].queryset = Need.objects.filter(is_active=True)
        fields["target_groups"].queryset = TargetGroup.objects.filter(is_active=True)
        fields["municipalities"].queryset = Municipality.objects.filter(area=area)
        fields["priority"].choices = [("", _("not said")), *Service.Priority.choices]
        fields["also_in"].queryset = Area.objects.exclude(pk=area.pk)
        able = Membership.objects.open().filter(agency__area=area).exclude(agency__in=hidden)
        able = able.select_related("user", "agency")
        fields["keeper"].queryset = able.order_by("user__last_name", "user__first_name", "pk")

    def clean(self):
        """One provider, ages and days in order; said beside the fields, as the database would say it for all."""
        said = super().clean()
        is_known = "owner" in self.fields and not {"owner", "provider_name"} & set(self.errors)
        if is_known and bool(said.get("owner")) == bool(said.get("provider_name")):
            self.add_error("provider_name", _ONE_PROVIDER)
        youngest, oldest = said.get("youngest_age"), said.get("oldest_age")
        if youngest is not None and oldest is not None and oldest < youngest:
            self.add_error("oldest_age", gettext("The oldest age can't be under the youngest."))
        begins, ends = said.get("valid_from"), said.get("valid_until")
        if begins and ends and ends < begins:
            self.add_error("valid_until", gettext("It can't end before it begins."))
        return said

    def said(self):
        """What the commands keep."""
        return {name: self.cleaned_data[name] for name in FACTS if name in self.fields}

    def as_values(self):
        """The same as JSON keeps it."""
        return {name: kept(value) for name, value in self.said().items()}

    def is_changed(self):
        """Whether anything is otherwise now than the fields showed at first; an empty text or list is nothing."""
        return any((value or None) != (self.begin.get(name) or None) for name, value in self.as_values().items())

    def in_words(self, name, value):
        """A value, as JSON keeps it, as people read it."""
        return in_words(name, self.fields[name], value)


class NewServiceForm(ServiceForm, PostOnceForm):
    """A new entry, by whoever keeps the area's directory."""


class ChangeServiceForm(NumberedForm, ServiceForm):
    """An entry that is there."""


class SuggestForm(ServiceForm, PostOnceForm):
    """What somebody else would change of it, or a new one; what a keeper alone decides isn't asked."""

    words = CleanCharField(
        label=_("What is it about?"),
        max_length=500,
        multiline=True,
        required=False,
        help_text=_("For whoever keeps the directory. Write nothing about a young person or a family."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in (*MODERATORS, "is_active"):
            self.fields.pop(name, None)


class AcceptForm(NumberedForm, ServiceForm):
    """What is taken into the directory: what was suggested, or what whoever keeps it has made of that."""

    answer = CleanCharField(
        label=_("A few words to whoever suggested it"), max_length=300, multiline=True, required=False
    )


class DeclineForm(Form):
    """Why it isn't taken."""

    answer = CleanCharField(
        label=_("Why isn't it taken?"),
        max_length=300,
        multiline=True,
        help_text=_("Whoever suggested it reads this."),
    )

"""By what the matrix is narrowed, in the query string: whatever stands there, the answer is a page; and its rules."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.interface.filters import FilterForm, query_string
from coordination.interface.forms import Form
from coordination.interface.marked import NumberedForm
from coordination.interface.once import PostOnceForm
from coordination.services.models import Service
from pilots.service_map.forms.survey import OF_THESE
from pilots.service_map.queries.matrix import CLASS, NEED, ROWS, Narrowing

_MOST = 50
_NAMED = ((NEED, _("Needs")), (CLASS, _("Kinds of service")))


class NarrowForm(FilterForm):
    """Rows and narrowing of the matrix. A value that makes no sense is said beside its field, and narrows nothing."""

    by = forms.ChoiceField(
        label=_("Rows"), choices=[(NEED, _("needs")), (CLASS, _("kinds of service"))], required=False
    )
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("all")), *Service.Language.choices], required=False
    )
    threshold = forms.ChoiceField(
        label=_("How one comes to it"), choices=[("", _("all")), *Service.Threshold.choices], required=False
    )
    priority = forms.TypedChoiceField(
        label=_("Priority"),
        choices=[("", _("all")), *Service.Priority.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args, towns, **kwargs):
        super().__init__(*args, **kwargs)
        self.towns = {town.code: town for town in towns}
        named = [(code, town.name) for code, town in self.towns.items()]
        self.fields["municipality"].choices = [("", _("all")), *named]

    @property
    def narrowing(self):
        """What of it makes sense."""
        self.full_clean()
        said = self.cleaned_data
        return Narrowing(
            by=said.get("by") or NEED,
            municipality=self.towns.get(said.get("municipality")),
            language=said.get("language", ""),
            threshold=said.get("threshold", ""),
            priority=said.get("priority"),
        )

    @property
    def narrows(self):
        """Whether anything but the rows is asked for, or was asked for and makes no sense."""
        return any(self[name].data or self[name].errors for name in self.fields if name != "by")


def address_of(narrowing, *, area=None, **more):
    """The query string that asks for this narrowing (of another `area` than one's own), and for `more`."""
    said = {
        "area": area and area.pk,
        "by": "" if narrowing.by == NEED else narrowing.by,
        "municipality": narrowing.municipality and narrowing.municipality.code,
        "language": narrowing.language,
        "threshold": narrowing.threshold,
        "priority": narrowing.priority,
    }
    return query_string(said | more)


def _number(label, least, help_text=""):
    words = _("Write a whole number, from %(least)d to %(most)d.") % {"least": least, "most": _MOST}
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=_MOST,
        help_text=help_text,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), words),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-2"}),
    )


class NumbersForm(Form):
    """The two numbers of a rule."""

    thin_until = _number(_("Up to how many services is it thin?"), 0, _("One service more is enough."))
    double_from = _number(
        _("From how many providers on is it possibly double?"),
        2,
        _("Providers of services of the same class, for the same people of the same age, in the same municipality."),
    )

    def clean(self):
        """Double is more than thin."""
        typed = super().clean()
        thin, double = typed.get("thin_until"), typed.get("double_from")
        if thin is not None and double is not None and double <= thin:
            self.add_error("double_from", _("Double begins above what is thin."))
        return typed

    def numbers(self):
        """What the commands keep."""
        return {name: self.cleaned_data[name] for name in ("thin_until", "double_from")}


class NewRuleForm(NumbersForm, PostOnceForm):
    """A rule of something of which there is none yet."""

    about = forms.ChoiceField(label=_("Of what?"), error_messages=OF_THESE)
    field_order = ["token", "about", "thin_until", "double_from"]

    def __init__(self, *args, lists, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = {f"{by}:{row.code}": (by, row) for by in ROWS for row in lists[ROWS[by]]}
        groups = [(label, [(f"{by}:{row.code}", row.name) for row in lists[ROWS[by]]]) for by, label in _NAMED]
        self.fields["about"].choices = [("", _("Choose")), ("all", _("everything without a rule of its own")), *groups]

    def said(self):
        """What `add_rule` wants to know."""
        by, row = self.rows.get(self.cleaned_data["about"], ("", None))
        about = {"need": row if by == NEED else None, "service_class": row if by == CLASS else None}
        return self.numbers() | about | {"token": self.cleaned_data["token"]}


class RuleForm(NumberedForm, NumbersForm):
    """The numbers of a rule that is there."""

    def __init__(self, *args, rule, **kwargs):
        initial = {"thin_until": rule.thin_until, "double_from": rule.double_from}
        super().__init__(*args, stands=rule.number, initial=initial, **kwargs)

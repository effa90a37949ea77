"""The administration of the texts that are said yes to, and of which agencies have accepted the shared practices."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coordination.agencies.own_area import OwnAreaAdmin
from coordination.agencies.rules import NotNow
from coordination.interface.fields import CleanCharField
from coordination.support import rules
from coordination.support.commands import texts as commands
from coordination.support.models import PracticesAcceptance, SupportText

_TEXTS = ("text_fi", "text_sv", "text_en")
LONGEST = 10_000


def _refused(form, field, check, *values):
    """Add the rule's sentence to the field where the rule refuses."""
    try:
        check(*values)
    except NotNow as refusal:
        form.add_error(field, refusal.sentence)


class SupportTextForm(forms.ModelForm):
    """A version of one text, in all three languages."""

    class Meta:
        model = SupportText
        fields = ("kind", "in_force_from", *_TEXTS)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in _TEXTS:
            if name in self.fields:
                self.fields[name] = CleanCharField(
                    label=self.fields[name].label,
                    max_length=LONGEST,
                    multiline=True,
                    widget=AdminTextareaWidget(attrs={"rows": 20}),
                    help_text=_(
                        "An empty line ends a paragraph. A line that begins with # is a heading, and lines that begin"
                        " with - are a list."
                    ),
                )

    def clean(self):
        """It comes into force today or later."""
        typed = super().clean()
        if typed.get("in_force_from"):
            _refused(self, "in_force_from", rules.check_comes_into_force, typed["in_force_from"])
        return typed


@admin.register(SupportText)
class SupportTextAdmin(OwnAreaAdmin):
    """The own area's versions, and the product's own to read. A change is a new version: what is in force stays."""

    form = SupportTextForm
    fields = ("kind", "in_force_from", *_TEXTS)
    list_display = ("kind", "whose", "number", "in_force_from")
    list_filter = ("kind",)
    list_select_related = ("area",)

    def limit(self, queryset, area_id):
        return queryset.filter(Q(area=area_id) | Q(area=None))

    def has_change_permission(self, request, obj=None):
        if obj and (rules.is_in_force(obj) or obj.area_id != request.membership.agency.area_id):
            return False
        return super().has_change_permission(request, obj)

    def get_fields(self, request, obj=None):
        return ("number", *self.fields) if obj else self.fields

    def get_readonly_fields(self, request, obj=None):
        return ("number", "kind") if obj else ()

    @admin.display(description=_("whose"))
    def whose(self, text):
        return text.area or _("comes with the portal")

    def save_model(self, request, obj, form, change):
        commands.save_text(text=obj, by=request.membership)


class PracticesAcceptanceForm(forms.ModelForm):
    """Which agency accepted which version, and when."""

    class Meta:
        model = PracticesAcceptance
        fields = ("agency", "text", "accepted_on")

    def clean(self):
        """The day is not ahead, and not before the text was in force."""
        typed = super().clean()
        text = typed.get("text") or getattr(self.instance, "text_id", None) and self.instance.text
        if typed.get("accepted_on") and text:
            _refused(self, "accepted_on", rules.check_accepted_on, typed["accepted_on"], text)
        return typed


@admin.register(PracticesAcceptance)
class PracticesAcceptanceAdmin(OwnAreaAdmin):
    """Each agency accepts the shared practices once; only then are its professionals asked to be somebody's adult."""

    own_area = "agency__area"
    form = PracticesAcceptanceForm
    fields = ("agency", "text", "accepted_on")
    autocomplete_fields = ("agency",)
    list_display = ("agency", "text", "accepted_on")
    list_select_related = ("agency", "text")
    search_fields = ("agency__name_fi", "agency__name_sv", "agency__name_en")

    def get_readonly_fields(self, request, obj=None):
        """Another agency, or another version, is another acceptance."""
        return ("agency", "text") if obj else ()

    def save_model(self, request, obj, form, change):
        commands.save_acceptance(acceptance=obj)

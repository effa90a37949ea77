"""The administration of areas and agencies, as it saves: what widens sight waits for a second person."""

from django import forms
from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coordination.agencies import admin as agencies
from coordination.agencies import widening
from coordination.agencies.models import Agency, Area, LegalGround, RevealReason
from coordination.agencies.rules import NotNow
from coordination.staffing import commands, queries, rules
from coordination.staffing.states import ChangeState


class _Proposing:
    """A form that says before saving what only another administrator could confirm."""

    directions: dict
    by = None

    def clean(self):
        """Refuse a change that widens sight while nobody else administers the area."""
        typed = super().clean()
        if self.instance.pk and self.by:
            before = type(self.instance).objects.get(pk=self.instance.pk)
            for name, direction in self.directions.items():
                if name in typed and widening.is_wider(direction, getattr(before, name), typed[name]):
                    self.refuse_alone(name)
        return typed

    def refuse_alone(self, name):
        """Add the sentence to the field where nobody could confirm."""
        try:
            rules.check_second_person(self.by)
        except NotNow as refusal:
            self.add_error(name, refusal.sentence)


class AreaForm(_Proposing, agencies.AreaForm):
    """The area's settings; the basis in law for informing is written with the proposal, and is then what it is."""

    directions = widening.AREA

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "inform_basis" in self.fields and self.instance.reveal_rule == Area.RevealRule.INFORM:
            self.fields["inform_basis"].disabled = True

    def clean(self):
        """Informing needs its basis; more municipalities need a second person, too."""
        typed = super().clean()
        informs = typed.get("reveal_rule") == Area.RevealRule.INFORM
        if informs and not typed.get("inform_basis") and "inform_basis" not in self.errors:
            self.add_error(
                "inform_basis", _("Write down the basis in law on which those who have flagged are informed.")
            )
        if any(one.area_id is None for one in typed.get("municipalities", [])):
            self.refuse_alone("municipalities")
        return typed


class AgencyForm(_Proposing, agencies.AgencyForm):
    """An agency of the own area."""

    directions = widening.AGENCY


class GroundForm(_Proposing, forms.ModelForm):
    """A legal ground, or a reason to reveal: once added it is taken in and out of use, and stays what it says."""

    directions = widening.GROUND

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        agencies.clean_names(self)
        if self.instance.pk:
            for name in self.fields.keys() - {"is_active"}:
                self.fields[name].disabled = True

    def clean(self):
        """A new one in use needs a second person, too."""
        typed = super().clean()
        if self.instance.pk is None and self.by and typed.get("is_active"):
            self.refuse_alone("is_active")
        return typed


class _GroundInline:
    form = GroundForm

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form = type(formset.form.__name__, (formset.form,), {"by": request.membership})
        return formset


class LegalGroundInline(_GroundInline, agencies.LegalGroundInline):
    """The grounds on which an authority may flag."""


class RevealReasonInline(_GroundInline, agencies.RevealReasonInline):
    """The reasons for which an authority may reveal."""


class _Waits:
    """Says, after saving, what waits for another administrator now."""

    def tell_what_waits(self, request, changes):
        if changes:
            text = ngettext(
                "%(count)d change would let more be seen: it waits for another administrator.",
                "%(count)d changes would let more be seen: they wait for another administrator.",
                len(changes),
            ) % {"count": len(changes)}
            link = format_html('<a href="{}">{}</a>', reverse("staffing:changes"), _("Changes that take two people"))
            self.message_user(request, format_html("{} {}", text, link), messages.WARNING)


@admin.register(Area)
class AreaAdmin(_Waits, agencies.AreaAdmin):
    form = AreaForm
    inlines = (LegalGroundInline, RevealReasonInline, agencies.CovenantPartyInline)
    readonly_fields = ("waiting",)

    def get_fieldsets(self, request, obj=None):
        """With what waits for a second person, above everything else."""
        return ((None, {"fields": ("waiting",)}), *super().get_fieldsets(request, obj))

    def get_readonly_fields(self, request, obj=None):
        return (*super().get_readonly_fields(request, obj), *self.readonly_fields)

    @admin.display(description=gettext_lazy("changes that take two people"))
    def waiting(self, area):
        """How many changes wait, as a link to them."""
        count = queries.changes_of(area.pk).filter(state=ChangeState.WAITING).count()
        text = ngettext("%(count)d waits", "%(count)d wait", count) % {"count": count}
        return format_html('<a href="{}">{}</a>', reverse("staffing:changes"), text)

    def save_model(self, request, obj, form, change):
        """Save what narrows sight, and propose what widens it."""
        saved = commands.save_area(area=obj, by=request.membership, municipalities=form.cleaned_data["municipalities"])
        self.tell_what_waits(request, saved)

    def save_formset(self, request, form, formset, change):
        """Grounds go through their command: a new one isn't in use before it has been confirmed."""
        if formset.model not in (LegalGround, RevealReason):
            super().save_formset(request, form, formset, change)
            return
        for ground in formset.save(commit=False):
            self.tell_what_waits(request, commands.save_ground(ground=ground, by=request.membership))


@admin.register(Agency)
class AgencyAdmin(_Waits, agencies.AgencyAdmin):
    form = AgencyForm

    def save_model(self, request, obj, form, change):
        """A new agency belongs to the area of whoever adds it."""
        if not change:
            obj.area = request.membership.agency.area
        self.tell_what_waits(request, commands.save_agency(agency=obj, by=request.membership))

"""The administration of the action cards: drafts, what is published, and what a town decided."""

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from coordination.agencies.own_area import ActingRole, OwnAreaAdmin
from coordination.agencies.rules import NotNow
from coordination.cards import commands, queries, rules
from coordination.cards.models import CardEvaluation, CardText, CardTrial, CardVersion
from coordination.interface.fields import CleanCharField


class CardTextForm(forms.ModelForm):
    """One language of a draft."""

    class Meta:
        model = CardText
        fields = rules.SECTIONS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in rules.SECTIONS:
            if name in self.fields:
                model_field = CardText._meta.get_field(name)
                self.fields[name] = CleanCharField(
                    label=model_field.verbose_name,
                    max_length=model_field.max_length,
                    multiline=True,
                    help_text=_("Each line is one point.") if name in rules.POINTS else "",
                )


class CardTextInline(ActingRole, admin.StackedInline):
    """The texts of one version, a block for each language."""

    model = CardText
    form = CardTextForm
    fields = rules.SECTIONS
    extra = max_num = 0

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and obj is not None and obj.published_at is None


@admin.register(CardVersion)
class CardVersionAdmin(OwnAreaAdmin):
    """The own area's versions and drafts, and the product's own to read. A new version begins as a copy of the one in
    use; it is seen by others once it is published."""

    list_display = ("role", "phase", "whose", "number", "published_at", "reviewed_on")
    list_filter = ("role", "phase", ("published_at", admin.EmptyFieldListFilter))
    list_select_related = ("area",)
    actions = ("publish",)

    def limit(self, queryset, area_id):
        return queryset.filter(Q(area=area_id) | Q(area=None))

    def has_change_permission(self, request, obj=None):
        """Of what is published only the day of the review can be written down."""
        if obj and obj.area_id != request.membership.agency.area_id:
            return False
        return super().has_change_permission(request, obj)

    def get_fields(self, request, obj=None):
        return ("role", "phase", "number", "published_at", "reviewed_on", "preview") if obj else ("role", "phase")

    def get_readonly_fields(self, request, obj=None):
        return ("role", "phase", "number", "published_at", "preview") if obj else ()

    def get_inlines(self, request, obj):
        return [CardTextInline] if obj else []

    @admin.display(description=_("whose"))
    def whose(self, version):
        return version.area or _("comes with the portal")

    @admin.display(description=_("preview"))
    def preview(self, version):
        url = reverse("cards:version", args=[version.public_id])
        return format_html('<a href="{}">{}</a>', url, _("The card as it is shown, in the language you read"))

    def save_model(self, request, obj, form, change):
        """A new version is a draft with the texts of the one in use; else only the day of the review is written."""
        if change:
            obj.save(update_fields=["reviewed_on"])
        else:
            draft = commands.begin_draft(role=obj.role, phase=obj.phase, by=request.membership)
            obj.__dict__.update(draft.__dict__)

    def response_add(self, request, obj, post_url_continue=None):
        """Straight on to the texts."""
        return HttpResponseRedirect(reverse("admin:coordination_cardversion_change", args=[obj.pk]))

    @admin.action(description=_("Publish the drafts"), permissions=["change"])
    def publish(self, request, queryset):
        """Let the area work by these drafts from now on; what isn't complete says why and stays a draft."""
        count = 0
        for version in queryset.filter(area=request.membership.agency.area_id):
            try:
                commands.publish(version=version, by=request.membership)
                count += 1
            except NotNow as refusal:
                self.message_user(request, f"{version}: {refusal.sentence}", level="WARNING")
        if count:
            said = ngettext("%(count)d card published.", "%(count)d cards published.", count) % {"count": count}
            self.message_user(request, said)


class CardTrialForm(forms.ModelForm):
    """A trial and its decision."""

    decided_by = CleanCharField(
        label=CardTrial._meta.get_field("decided_by").verbose_name,
        max_length=200,
        required=False,
        help_text=CardTrial._meta.get_field("decided_by").help_text,
    )
    reason = CleanCharField(label=CardTrial._meta.get_field("reason").verbose_name, max_length=500, required=False)

    class Meta:
        model = CardTrial
        fields = ("role", "state", "began_on", "decided_on", "decided_by", "reason")

    def clean(self):
        """The trial comes first."""
        typed = super().clean()
        if typed.get("state"):
            try:
                rules.check_move(self.instance.state if self.instance.pk else None, typed["state"])
            except NotNow as refusal:
                self.add_error("state", refusal.sentence)
        return typed


@admin.register(CardTrial)
class CardTrialAdmin(OwnAreaAdmin):
    """Which roles' cards the own area tries, and what was decided of them."""

    form = CardTrialForm
    list_display = ("role", "state", "began_on", "decided_on", "decided_by")
    list_filter = ("state",)

    def get_fields(self, request, obj=None):
        return (*CardTrialForm.Meta.fields, "said") if obj else ("role", "began_on")

    def get_readonly_fields(self, request, obj=None):
        return ("role", "said") if obj else ()

    @admin.display(description=_("what those who used the cards said"))
    def said(self, trial):
        """How many said what; in few words where they are few, since they could be known."""
        said = queries.said_in(trial.area)[trial.role]
        return "; ".join(f"{CardEvaluation.Helped(answer).label}: {told}" for answer, told in said.items())

    def save_model(self, request, obj, form, change):
        commands.save_trial(trial=obj, by=request.membership)

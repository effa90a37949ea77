"""The administration of the forms: adapting one, its questions as one flat list, and its approval."""

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from coordination.agencies.admin import clean_names, clean_text, named
from coordination.agencies.models import Agency
from coordination.agencies.own_area import OwnAreaAdmin, OwnAreaInline
from coordination.agencies.rules import NotNow
from pilots.questionnaires import rules
from pilots.questionnaires.commands import versions as commands
from pilots.questionnaires.models import Question, QuestionnaireParty, QuestionnaireVersion
from pilots.questionnaires.queries import library
from pilots.registry.models import Pilot
from pilots.registry.models.programmes import LANGUAGES
from pilots.registry.queries.texts import text_of

NAMES = tuple(f"name_{code}" for code in LANGUAGES)
PURPOSES = tuple(f"purpose_{code}" for code in LANGUAGES)
_LONGEST = {"label": 200, "help": 400, "options": 2000}


class BeginForm(forms.ModelForm):
    """A new form: what it is made from, which agency answers for it, and which pilot tries it."""

    base = forms.ChoiceField(label=_("What it is made from"))
    controller = forms.ModelChoiceField(
        queryset=Agency.objects.none(), label=_("agency that answers for it"), required=False
    )
    pilot = forms.ModelChoiceField(queryset=Pilot.objects.none(), label=_("pilot that tries it"), required=False)

    class Meta:
        model = QuestionnaireVersion
        fields = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        area = self.by.agency.area
        self.bases = {str(version.pk): version for version in library.bases(area)}
        self.own = {f"next-{one.questionnaire_id}": one for one in self.bases.values() if one.questionnaire.area_id}
        adapted = [(key, gettext("A form adapted from: %(name)s") % {"name": one}) for key, one in self.bases.items()]
        following = [(key, gettext("The next version of: %(name)s") % {"name": one}) for key, one in self.own.items()]
        self.fields["base"].choices = [("empty", gettext("An empty form")), *adapted, *following]
        self.fields["controller"].queryset = Agency.objects.filter(area=area)
        self.fields["pilot"].queryset = Pilot.objects.filter(Q(area=area) | Q(area=None)).prefetch_related("texts")
        self.fields["pilot"].label_from_instance = lambda pilot: text_of(pilot).name

    def clean(self):
        """A form of one's own needs the agency that answers for it; the next version has it."""
        typed = super().clean()
        if typed.get("base") and typed["base"] not in self.own and not typed.get("controller"):
            self.add_error("controller", gettext("Choose the agency that answers for the form."))
        return typed


class VersionForm(forms.ModelForm):
    """The texts of a draft, who approved it, and since when no new one is begun."""

    closed_on = forms.DateField(
        label=_("not begun any more since"), required=False, widget=admin.widgets.AdminDateWidget
    )

    class Meta:
        model = QuestionnaireVersion
        fields = (*NAMES, *PURPOSES, "decided_by", "decided_on")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        clean_names(self)
        for name, longest in (dict.fromkeys(PURPOSES, 500) | {"decided_by": 200}).items():
            clean_text(self, name, longest)
        self.fields["closed_on"].initial = self.instance.questionnaire.closed_on


class _PartyForm(forms.ModelForm):
    """One of those who fill it in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        clean_names(self)


class _QuestionForm(forms.ModelForm):
    """One row of the flat list."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, longest in _LONGEST.items():
            for code in LANGUAGES:
                clean_text(self, f"{name}_{code}", longest, multiline=name == "options")


class _DraftInline(OwnAreaInline):
    """Rows of a draft: what has been approved is not changed."""

    def has_add_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        is_draft = obj is not None and obj.approved_at is None and obj.questionnaire.area_id is not None
        return is_draft and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """A row of a draft has no history to keep."""
        return self.has_change_permission(request, obj)


class PartyInline(_DraftInline):
    """Who fills it in."""

    model = QuestionnaireParty
    form = _PartyForm
    fields = ("order", "kind", "in_pair", *NAMES)


class QuestionInline(_DraftInline, admin.StackedInline):
    """The questions as one flat list."""

    model = Question
    form = _QuestionForm
    template = "admin/edit_inline/stacked.html"
    fields = (
        ("order", "section", "party", "kind"),
        *(tuple(f"{name}_{code}" for code in LANGUAGES) for name in _LONGEST),
        ("required", "prefill", "show_if", "show_if_answer"),
    )

    def get_formset(self, request, obj=None, **kwargs):
        """The choices of a row are those of its own form."""
        request.version = obj
        return super().get_formset(request, obj, **kwargs)

    def get_field_queryset(self, db, db_field, request):
        rows = db_field.remote_field.model.objects.filter(version=request.version)
        return rows.filter(kind__in=[rules.Kind.YES_NO, rules.Kind.ONE]) if db_field.name == "show_if" else rows


@admin.register(QuestionnaireVersion)
class QuestionnaireVersionAdmin(OwnAreaAdmin):
    """The own area's forms in all their versions, and the portal's templates to read."""

    own_area = "questionnaire__area"
    list_display = (named, "number", "whose", "state", "decided_by", "decided_on")
    list_select_related = ("questionnaire__controller",)
    list_filter = (
        ("questionnaire__area", admin.EmptyFieldListFilter),
        ("approved_at", admin.EmptyFieldListFilter),
    )
    search_fields = (*NAMES, *PURPOSES)
    actions = ("approve",)
    _READ = ("number", "whose", "state", "preview")

    def limit(self, queryset, area_id):
        return queryset.filter(Q(questionnaire__area=area_id) | Q(questionnaire__area=None))

    def has_change_permission(self, request, obj=None):
        if obj and obj.questionnaire.area_id != request.membership.agency.area_id:
            return False
        return super().has_change_permission(request, obj)

    def get_form(self, request, obj=None, change=False, **kwargs):
        return super().get_form(request, obj, change=change, form=VersionForm if obj else BeginForm, **kwargs)

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return [(None, {"fields": ("base", "controller", "pilot")})]
        return [
            (None, {"fields": (*self._READ, *NAMES, *PURPOSES)}),
            (_("Approval"), {"fields": ("decided_by", "decided_on", *self._closing(request, obj))}),
        ]

    def _closing(self, request, obj):
        return ("closed_on",) if self.has_change_permission(request, obj) else ()

    def get_readonly_fields(self, request, obj=None):
        """Of what has been approved only that no new one is begun can be written down."""
        if obj is None:
            return ()
        return (*self._READ, *NAMES, *PURPOSES, "decided_by", "decided_on") if obj.approved_at else self._READ

    def get_inlines(self, request, obj):
        return [PartyInline, QuestionInline] if obj else []

    @admin.display(description=_("whose"))
    def whose(self, version):
        return version.questionnaire.controller or _("comes with the portal, to adapt")

    @admin.display(description=_("state"))
    def state(self, version):
        return _("approved") if version.approved_at else _("draft")

    @admin.display(description=_("preview"))
    def preview(self, version):
        url = reverse("questionnaires:preview", args=[version.public_id])
        return format_html('<a href="{}">{}</a>', url, _("As those who fill it in see it, in the language you read"))

    def save_model(self, request, obj, form, change):
        """A new one is a draft made from what was chosen; a change says who made it."""
        by = request.membership
        if not change:
            obj.__dict__.update(_begun(form, by).__dict__)
            return
        if obj.approved_at is None:
            commands.edit(version=obj, by=by)
            obj.edited_by = by
            super().save_model(request, obj, form, change)
        questionnaire, closed_on = obj.questionnaire, form.cleaned_data.get("closed_on")
        if questionnaire.closed_on != closed_on:
            commands.close(questionnaire=questionnaire, on=closed_on, by=by)

    def response_add(self, request, obj, post_url_continue=None):
        """Straight on to the texts and questions."""
        return HttpResponseRedirect(reverse("admin:pilots_questionnaireversion_change", args=[obj.pk]))

    @admin.action(description=_("Mark the drafts as approved"), permissions=["change"])
    def approve(self, request, queryset):
        """Let the area use these drafts from now on; what isn't complete says why and stays a draft."""
        count = 0
        for version in queryset.filter(questionnaire__area=request.membership.agency.area_id):
            try:
                commands.approve(version=version, by=request.membership)
                count += 1
            except NotNow as refusal:
                self.message_user(request, f"{version}: {refusal.sentence}", level="WARNING")
        if count:
            said = ngettext("%(count)d form approved.", "%(count)d forms approved.", count) % {"count": count}
            self.message_user(request, said)


def _begun(form, by):
    typed = form.cleaned_data
    if following := form.own.get(typed["base"]):
        return commands.begin_version(questionnaire=following.questionnaire, by=by)
    base = form.bases.get(typed["base"])
    return commands.begin_questionnaire(base=base, controller=typed["controller"], pilot=typed["pilot"], by=by)

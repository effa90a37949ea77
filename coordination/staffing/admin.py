"""The administration of people: users, what they may do, their trainings and invitations."""

from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Membership, Training, User
from coordination.agencies.own_area import OwnAreaAdmin, OwnAreaInline
from coordination.agencies.queries import of_area, works_elsewhere
from coordination.agencies.rules import NotNow
from coordination.signing_in.queries import kinds_of
from coordination.signing_in.rules import KINDS
from coordination.staffing import commands
from coordination.staffing.admin_forms import InvitationForm, MembershipForm, TrainingForm, UserForm
from coordination.staffing.models import Invitation
from coordination.staffing.rules import may_give, state_of

_OF_THE_USER = ("first_name", "last_name", "email", "phone", "language", "speaks", "is_active")


class MembershipInline(OwnAreaInline):
    """The user's memberships in the own area; those in other areas are those areas' business."""

    model = Membership
    form = MembershipForm
    fields = ("agency", "role", "job_title", "started_on", "ended_on")
    # Side by side these fields are wider than a screen.
    template = "admin/edit_inline/stacked.html"
    autocomplete_fields = ("agency",)

    def get_queryset(self, request):
        own = super().get_queryset(request).select_related("agency__area", "user")
        return own.filter(agency__area=request.membership.agency.area_id)

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form = type(formset.form.__name__, (formset.form,), {"by": request.membership})
        return formset


class TrainingInline(OwnAreaInline):
    """The trainings that let the user flag."""

    model = Training
    form = TrainingForm
    fields = ("held_on", "ended_on")


class TrainedFilter(admin.SimpleListFilter):
    """Those with a training that counts today, or those without."""

    title = _("trained")
    parameter_name = "trained"

    def lookups(self, request, model_admin):
        return (("yes", _("Yes")), ("no", _("No")))

    def queryset(self, request, queryset):
        return queryset.filter(trained=self.value() == "yes") if self.value() in ("yes", "no") else queryset


@admin.register(User)
class UserAdmin(OwnAreaAdmin):
    """The people of the area. They come by invitation, and go by ending memberships or by being disabled."""

    form = UserForm
    fields = _OF_THE_USER
    inlines = (MembershipInline, TrainingInline)
    list_display = ("full_name", "email", "phone", "roles", "trained", "is_active")
    list_filter = ("is_active", TrainedFilter)
    search_fields = ("first_name", "last_name", "email")

    def limit(self, queryset, area_id):
        return of_area(queryset, area_id)

    def get_queryset(self, request):
        own = Membership.objects.filter(agency__area=request.membership.agency.area_id).select_related("agency")
        today = timezone.localdate()
        training = Training.objects.filter(user=OuterRef("pk"), held_on__lte=today).exclude(ended_on__lte=today)
        users = super().get_queryset(request).annotate(trained=Exists(training))
        return users.prefetch_related(Prefetch("memberships", queryset=own, to_attr="here"))

    def has_add_permission(self, request, obj=None):
        return False

    def get_fields(self, request, obj=None):
        """Administrators alone may take a lost second factor off."""
        is_administrator = request.membership.role == Membership.Role.ADMINISTRATOR
        return (*_OF_THE_USER, "second_factor") if is_administrator else _OF_THE_USER

    def get_readonly_fields(self, request, obj=None):
        """All of it for somebody who also works in another area: neither town may change the account of the other's."""
        if obj is not None and works_elsewhere(obj, request.membership.agency.area_id):
            return (*_OF_THE_USER, "second_factor")
        return ("second_factor",)

    @admin.display(description=_("second factor"))
    def second_factor(self, user):
        """What kinds the user has, and the way to take a lost one off."""
        kinds = kinds_of(user)
        shown = [str(label) for kind, label in KINDS if kind in kinds] or [gettext("none")]
        link = reverse("signing_in:reset", args=[user.public_id])
        return format_html('{} · <a href="{}">{}</a>', ", ".join(shown), link, gettext("It has been lost"))

    @admin.display(description=_("name"), ordering="last_name")
    def full_name(self, user):
        return user.get_full_name()

    @admin.display(description=_("trained"), boolean=True, ordering="trained")
    def trained(self, user):
        return user.trained

    @admin.display(description=_("works as"))
    def roles(self, user):
        return "; ".join(f"{one.agency.name}, {one.get_role_display()}" for one in user.here)

    def save_model(self, request, obj, form, change):
        if form.changed_data:
            commands.save_user(user=obj, by=request.membership)
        if "email" in form.changed_data:
            text = _("The new address has been sent a link. The earlier one stays until the user has confirmed it.")
            self.message_user(request, text, messages.WARNING)

    def save_formset(self, request, form, formset, change):
        """Memberships go through their command, which keeps groups in step and an administrator in the area."""
        if formset.model is not Membership:
            super().save_formset(request, form, formset, change)
            return
        for membership in formset.save(commit=False):
            commands.save_membership(membership=membership, by=request.membership)


@admin.register(Membership)
class MembershipAdmin(OwnAreaAdmin):
    own_area = "agency__area"
    form = MembershipForm
    fields = ("user", "agency", "role", "job_title", "started_on", "ended_on")
    autocomplete_fields = ("user", "agency")
    list_display = ("user", "agency", "role", "job_title", "started_on", "ended_on")
    list_select_related = ("user", "agency")
    list_filter = ("role", ("ended_on", admin.EmptyFieldListFilter))
    search_fields = (
        "user__first_name",
        "user__last_name",
        "user__email",
        "agency__name_fi",
        "agency__name_sv",
        "agency__name_en",
    )

    def get_readonly_fields(self, request, obj=None):
        """Who acts for whom is the membership itself; another person or agency is another membership."""
        return ("user", "agency") if obj else ()

    def save_model(self, request, obj, form, change):
        commands.save_membership(membership=obj, by=request.membership)


@admin.register(Training)
class TrainingAdmin(OwnAreaAdmin):
    form = TrainingForm
    fields = ("user", "held_on", "ended_on")
    autocomplete_fields = ("user",)
    list_display = ("user", "held_on", "ended_on")
    list_select_related = ("user",)
    list_filter = ("held_on",)
    search_fields = ("user__first_name", "user__last_name", "user__email")

    def limit(self, queryset, area_id):
        return queryset.filter(user__in=of_area(User.objects.all(), area_id))

    def get_readonly_fields(self, request, obj=None):
        return ("user",) if obj else ()


@admin.register(Invitation)
class InvitationAdmin(OwnAreaAdmin):
    """Invitations, each with where it is. They aren't changed: withdrawn, or sent again."""

    own_area = "agency__area"
    form = InvitationForm
    fields = ("email", "agency", "role", "job_title", "language")
    autocomplete_fields = ("agency",)
    list_display = ("email", "agency", "role", "state", "made_by", "made_at", "expires_at")
    list_select_related = ("agency", "made_by__user", "made_by__agency")
    list_filter = ("role", ("accepted_at", admin.EmptyFieldListFilter))
    search_fields = ("agency__name_fi", "agency__name_sv", "agency__name_en", "job_title")
    search_help_text = _("Searches agencies and job titles. Addresses are kept encrypted and can't be searched.")
    actions = ("withdraw", "send_again")

    def get_fields(self, request, obj=None):
        return (*self.fields, "state", "made_by", "made_at", "expires_at", "accepted_at") if obj else self.fields

    def get_readonly_fields(self, request, obj=None):
        return self.get_fields(request, obj) if obj else ()

    def has_change_permission(self, request, obj=None):
        return False

    def has_handle_permission(self, request):
        """Whether the two actions are offered."""
        return self.allowed(request, "change")

    @admin.display(description=_("state"))
    def state(self, invitation):
        return state_of(invitation).label

    def save_model(self, request, obj, form, change):
        typed = {name: form.cleaned_data[name] for name in self.fields}
        made = commands.invite(by=request.membership, **typed)
        # Django goes on with the object it knows: it becomes the one that was made.
        obj.__dict__.update(made.__dict__)

    @admin.action(description=_("Withdraw the chosen invitations"), permissions=["handle"])
    def withdraw(self, request, queryset):
        self._each(request, queryset, commands.withdraw)

    @admin.action(description=_("Send the chosen invitations again"), permissions=["handle"])
    def send_again(self, request, queryset):
        self._each(request, queryset, commands.send_again)

    def _each(self, request, queryset, command):
        done = 0
        for invitation in queryset:
            if not may_give(request.membership, invitation.role):
                self.message_user(
                    request, _("Only an administrator can do this to an invitation with this role."), messages.ERROR
                )
                continue
            try:
                command(invitation=invitation, by=request.membership)
                done += 1
            except NotNow as refusal:
                self.message_user(request, f"{invitation.email}: {refusal.sentence}", messages.ERROR)
        if done:
            text = ngettext("Done for %(count)d invitation.", "Done for %(count)d invitations.", done)
            self.message_user(request, text % {"count": done}, messages.SUCCESS)

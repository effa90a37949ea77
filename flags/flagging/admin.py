"""Letting somebody flag again whose counts were full: the one thing about flags that the admin holds."""

from django.contrib import admin
from django.utils import timezone

from coordination.agencies.models import Membership
from flags.flagging.models import FlaggingUnlock


@admin.register(FlaggingUnlock)
class FlaggingUnlockAdmin(admin.ModelAdmin):
    """Coordinators and administrators unlock the users of their own area."""

    list_display = ["user", "by", "at"]
    fields = ["user"]
    autocomplete_fields = ["user"]
    list_select_related = ["user", "by__user", "by__agency"]

    def get_queryset(self, request):
        """Unlockings of one's own area."""
        return super().get_queryset(request).filter(by__agency__area=request.membership.area)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Only users who act for an agency of one's own area."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "user":
            here = Membership.objects.open().filter(agency__area=request.membership.area)
            field.queryset = field.queryset.filter(memberships__in=here).distinct()
        return field

    def save_model(self, request, obj, form, change):
        """Keep who unlocked, and when."""
        obj.by = request.membership
        obj.at = timezone.now()
        super().save_model(request, obj, form, change)

    def has_change_permission(self, request, obj=None):
        """What was done stays as it was done."""
        return False

    def has_delete_permission(self, request, obj=None):
        """What was done stays as it was done."""
        return False

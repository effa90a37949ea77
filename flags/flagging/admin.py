"""Letting somebody flag again whose counts were full: the one thing about flags that the administration holds."""

from django.contrib import admin
from django.utils import timezone

from coordination.agencies.own_area import OwnAreaAdmin
from flags.flagging.models import FlaggingUnlock


@admin.register(FlaggingUnlock)
class FlaggingUnlockAdmin(OwnAreaAdmin):
    """Coordinators unlock the users of their own area; what was done stays as it was done."""

    own_area = "by__agency__area"
    list_display = ["user", "by", "at"]
    list_select_related = ["user", "by__user", "by__agency"]
    fields = ["user"]
    autocomplete_fields = ["user"]

    def get_field_queryset(self, db, db_field, request):
        """Anybody of the area but oneself."""
        return super().get_field_queryset(db, db_field, request).exclude(pk=request.user.pk)

    def save_model(self, request, obj, form, change):
        """Keep who unlocked, and when."""
        obj.by, obj.at = request.membership, timezone.now()
        super().save_model(request, obj, form, change)

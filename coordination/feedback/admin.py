"""Feedback on the portal, for the area's administrators."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from coordination.agencies.own_area import OwnAreaAdmin
from coordination.feedback import commands
from coordination.feedback.models import Feedback


@admin.register(Feedback)
class FeedbackAdmin(OwnAreaAdmin):
    """What people wrote about the portal, the unanswered first. It is read here and answered by mail."""

    list_display = ["__str__", "kind", "made_at", "answer_by", "handled_at"]
    list_filter = ["kind", ("handled_at", admin.EmptyFieldListFilter)]
    fields = ["kind", "text", "reply_to", "signed_in", "made_at", "answer_by", "handled_at", "handled_by"]
    readonly_fields = fields
    actions = ["handled"]

    @admin.action(description=_("Handled: answered, or nothing to answer"), permissions=["change"])
    def handled(self, request, queryset):
        """Nobody waits for these any more."""
        count = sum(commands.set_handled(feedback=one, by=request.membership) for one in queryset)
        said = ngettext("%(count)d message handled.", "%(count)d messages handled.", count) % {"count": count}
        self.message_user(request, said)

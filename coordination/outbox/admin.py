"""The list of mails that a human must look after."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from coordination.outbox import commands
from coordination.outbox.models import Mail


@admin.register(Mail)
class MailAdmin(admin.ModelAdmin):
    """Mails of one's own area that were refused, or of which nobody knows whether they left.

    Only what the mail server said while it was handed the message is known here; what bounced later is not.
    """

    list_display = ["__str__", "receiver", "kind", "state", "attempts", "claimed_at", "error"]
    list_filter = ["state", "kind"]
    search_fields = ["user__email", "user__first_name", "user__last_name"]
    list_select_related = ["user"]
    show_full_result_count = False
    fields = ["receiver", "kind", "state", "attempts", "made_at", "claimed_at", "error"]
    readonly_fields = fields
    actions = ["send_again", "handled"]

    def get_queryset(self, request):
        membership = getattr(request, "membership", None)
        return super().get_queryset(request).for_a_human().of_area(membership and membership.area)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("receiver"))
    def receiver(self, mail):
        """The user, or the address of a letter."""
        return mail.user or mail.address

    @admin.action(description=_("Send again"), permissions=["change"])
    def send_again(self, request, queryset):
        """Somebody takes the risk that the mail comes twice."""
        self._do(request, queryset, commands.send_again, _("sent again"))

    @admin.action(description=_("Handled: the reader knows"), permissions=["change"])
    def handled(self, request, queryset):
        """Told in another way, or no longer needed."""
        self._do(request, queryset, commands.set_handled, _("handled"))

    def _do(self, request, queryset, command, what):
        count = 0
        for mail in queryset:
            if command(mail=mail, by=request.membership):
                self.log_change(request, mail, str(what))
                count += 1
        self.message_user(
            request, ngettext("%(count)d mail changed.", "%(count)d mails changed.", count) % {"count": count}
        )

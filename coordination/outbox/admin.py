"""The list of mails that a human must look after."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from coordination.agencies.own_area import OwnAreaAdmin
from coordination.outbox import commands
from coordination.outbox.models import Mail


@admin.register(Mail)
class MailAdmin(OwnAreaAdmin):
    """Mails of one's own area that were refused, or of which nobody knows whether they left.

    Only what the mail server said while it was handed the message is known here; what bounced later is not.
    """

    list_display = ["__str__", "receiver", "kind", "state", "attempts", "claimed_at", "error"]
    list_filter = ["state", "kind"]
    search_fields = ["user__email", "user__first_name", "user__last_name"]
    list_select_related = ["user"]
    fields = ["receiver", "kind", "state", "attempts", "made_at", "claimed_at", "error"]
    readonly_fields = fields
    actions = ["send_again", "handled"]

    def limit(self, queryset, area_id):
        return queryset.for_a_human().of_area(area_id)

    @admin.display(description=_("receiver"))
    def receiver(self, mail):
        """The user, or the address of a letter."""
        return mail.user or mail.address

    @admin.action(description=_("Send again"), permissions=["change"])
    def send_again(self, request, queryset):
        """Somebody takes the risk that the mail comes twice."""
        self._do(request, queryset, commands.send_again)

    @admin.action(description=_("Handled: the reader knows"), permissions=["change"])
    def handled(self, request, queryset):
        """Told in another way, or no longer needed."""
        self._do(request, queryset, commands.set_handled)

    def _do(self, request, queryset, command):
        count = sum(command(mail=mail, by=request.membership) for mail in queryset)
        said = ngettext("%(count)d mail changed.", "%(count)d mails changed.", count) % {"count": count}
        self.message_user(request, said)

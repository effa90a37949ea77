"""Two entries of the directory become one."""

from django.db import transaction

from coordination.agencies.rules import NotNow
from coordination.services import rules
from coordination.services.commands.keeping import tell_no_more
from coordination.services.models import Service
from coordination.services.queries.reminders import asked_about


@transaction.atomic
def merge_services(*, kept, retired, by):
    """Take `retired` out of use in favour of `kept`. What points to it stays true by pointing to it still, and its page
    leads on to the other.

    Done twice, the second time is no change. Raises NotNow for whoever doesn't keep the area's directory, for an entry
    that is out of use or isn't of the same area, and for one that was merged into another already.
    """
    rows = Service.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=[kept.pk, retired.pk])
    found = {row.pk: row for row in rows.order_by("pk")}
    if len(found) < 2:
        raise NotNow(rules.not_to_be_merged())
    kept, retired = found[kept.pk], found[retired.pk]
    rules.check_may_moderate(by, kept.area_id)
    if retired.merged_into_id == kept.pk:
        return kept
    rules.check_merges(kept, retired)
    asked = asked_about(retired)
    retired.merged_into, retired.is_active, retired.number = kept, False, retired.number + 1
    retired.save(update_fields=["merged_into", "is_active", "number"])
    tell_no_more(asked)
    return kept

"""Letters to people without an account who signed up. They lead to their own page, where everything stands."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from coordination.outbox.commands import queue_secret_mail

PLACE, WAITING, FREED = "in", "waiting", "freed"
CHANGED, CALLED_OFF, REMOVED, CERTIFICATE = "changed", "called_off", "removed", "certificate"


def own_page(sign_up):
    """The whole address of the page of somebody without an account."""
    return settings.PUBLIC_URL + reverse("trainings:place", args=[sign_up.secret])


def mail(sign_up, what):
    """Send somebody without an account the link to their page, with one sentence of what has happened."""
    sign_up.mailed_at = timezone.now()
    sign_up.save(update_fields=["mailed_at"])
    queue_secret_mail(
        to=sign_up.email,
        language=sign_up.language,
        template="training_letter",
        # Whose sign-up was taken away has no page any more.
        context={"what": what, "link": "" if what == REMOVED else own_page(sign_up)},
        area=sign_up.training.area,
    )

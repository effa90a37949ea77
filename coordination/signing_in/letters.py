"""Letters about the ways into an account. They leave by the outbox, like every letter."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from coordination.outbox.commands import queue_secret_mail


def _area_of(user):
    membership = user.memberships.open().select_related("agency__area").order_by("pk").first()
    return membership.area if membership else None


def _send(user, template, area=None, **context):
    area = area or _area_of(user)
    # Without an open membership nobody could look after a letter that fails, and there is nothing they could do here.
    if area:
        queue_secret_mail(to=user.email, language=user.language, template=template, context=context, area=area)


def mail_way_in_changed(user):
    """Tell the user that a way into their account was added, removed or made anew."""
    _send(user, "way_in_changed", link=settings.PUBLIC_URL + reverse("mfa_index"))


def mail_reset_begun(reset, *, area):
    """Tell the user that their factor will be taken off, when, and where it can be stopped."""
    with override(reset.user.language):
        acts_at = date_format(timezone.localtime(reset.acts_at), "j.n.Y G.i")
    _send(reset.user, "factor_reset_begun", area, acts_at=acts_at, link=settings.PUBLIC_URL + reverse("mfa_index"))


def mail_reset_in_area(administrator, *, area):
    """Tell an administrator of the area that a reset was begun; whose, the administration says."""
    link = settings.PUBLIC_URL + reverse("admin:coordination_user_changelist")
    _send(administrator.user, "factor_reset_in_area", area, link=link)


def mail_reset_done(user):
    """Tell the user that they set up a new factor when they next sign in."""
    _send(user, "factor_reset_done", link=settings.PUBLIC_URL + reverse("account_login"))

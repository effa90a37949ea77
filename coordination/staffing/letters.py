"""Letters about accounts. Each leaves by the outbox, so no page waits for a mail server or tells whether it answers."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from coordination.outbox.commands import queue_secret_mail


def invitation_link(secret):
    """Where the invitation with this secret is answered."""
    return settings.PUBLIC_URL + reverse("staffing:invitation", args=[secret])


def mail_invitation(invitation, secret):
    """Send the one invited the link, the name of the area, and of the agency unless that name alone tells too much."""
    agency = invitation.agency
    with override(invitation.language):
        names = {"area": agency.area.name, "agency": "" if agency.sensitive else agency.name}
    queue_secret_mail(
        to=invitation.email,
        language=invitation.language,
        template="invitation",
        context={
            "link": invitation_link(secret),
            **names,
            "expires_on": date_format(timezone.localtime(invitation.expires_at), "j.n.Y"),
        },
        area=agency.area,
    )


def mail_new_address(change, secret, *, area):
    """Send the link that confirms a new address, to that address."""
    queue_secret_mail(
        to=change.email,
        language=change.user.language,
        template="new_address",
        context={
            "link": settings.PUBLIC_URL + reverse("staffing:address", args=[secret]),
            "expires_on": date_format(timezone.localtime(change.expires_at), "j.n.Y"),
        },
        area=area,
    )


def mail_address_asked(user, *, area):
    """Tell the address of an account that another one was asked for, and that nothing has changed yet."""
    queue_secret_mail(to=user.email, language=user.language, template="address_asked", context={}, area=area)


def mail_address_changed(*, earlier_address, language, area):
    """Tell the address that opened an account until now that it doesn't any more; gives the mail."""
    return queue_secret_mail(to=earlier_address, language=language, template="address_changed", context={}, area=area)


def mail_rights_gone(user, *, area):
    """Tell somebody whose rights ended because they didn't sign in for long."""
    queue_secret_mail(to=user.email, language=user.language, template="rights_gone", context={}, area=area)


def mail_password_reset(*, user, link):
    """Send the user the link to a new password, at the address of the account, whatever was typed.

    Nothing for a user without an open membership: there is nothing they could do once signed in.
    """
    membership = user.memberships.open().select_related("agency__area").order_by("pk").first()
    if membership is None:
        return
    queue_secret_mail(
        to=user.email,
        language=user.language,
        template="password_reset",
        context={"link": link},
        area=membership.area,
    )

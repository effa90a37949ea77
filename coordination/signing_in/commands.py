"""Taking a lost second factor off an account, and connecting accounts with their town's sign-in."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.agencies.commands import end_sessions
from coordination.agencies.models import Membership, User
from coordination.agencies.queries import administrators
from coordination.agencies.rules import NotNow
from coordination.outbox.commands import done, tell
from coordination.signing_in import letters, notices, queries, rules
from coordination.signing_in.models import FactorReset


@transaction.atomic
def begin_reset(*, user, identified, by):
    """Begin taking this user's second factors off; it acts after `rules.RESET_DELAY`.

    The user is told at once, at the address the account has now, and so is everybody who administers the area. Raises
    PermissionDenied beyond the own area, and NotNow for oneself, for somebody who works in another area too, without
    a factor, and when a reset already waits.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    rules.check_may_reset(by, user)
    rules.check_has_factor(queries.kinds_of(user))
    if queries.open_reset_of(user):
        raise NotNow(_("A reset has already been begun for this person."))
    now = timezone.now()
    reset = FactorReset.objects.create(
        user=user, begun_by=by, identified=identified, begun_at=now, acts_at=now + rules.RESET_DELAY
    )
    _tell_of(reset, area=by.agency.area, by=by)
    return reset


def _tell_of(reset, *, area, by):
    letters.mail_reset_begun(reset, area=area)
    link = reverse("mfa_index")
    owner = Membership.objects.open().filter(user=reset.user_id).select_related("user")
    tell(notices.FACTOR_RESET_BEGUN, to=owner, link=link, dedupe=reset.public_id, about=reset)
    others = administrators(area.pk).exclude(user=reset.user_id).exclude(user=by.user_id).select_related("user")
    for administrator in others:
        letters.mail_reset_in_area(administrator, area=area)
    link = reverse("admin:coordination_user_change", args=[reset.user_id])
    tell(notices.FACTOR_RESET_IN_AREA, to=others, link=link, dedupe=reset.public_id, about=reset)


@transaction.atomic
def stop_reset(*, user):
    """The user says that nothing was lost: the reset that waits for them acts no more. Says whether there was one."""
    reset = queries.open_resets().select_for_update(no_key=True).filter(user=user).first()
    if reset is None:
        return False
    reset.stopped_at = timezone.now()
    reset.save(update_fields=["stopped_at"])
    done(about=reset)
    return True


@transaction.atomic
def withdraw_reset(*, user, by):
    """An administrator of the area takes a reset back that was begun there. Says whether there was one."""
    rules.check_may_reset(by, user)
    return stop_reset(user=user)


def act_on_resets():
    """Take the factors off of every account whose reset is due, each in its own transaction; say how many."""
    return sum(_act_on(pk) for pk in queries.due_resets().values_list("pk", flat=True))


@transaction.atomic
def _act_on(pk):
    reset = queries.due_resets().select_for_update(no_key=True, of=("self",)).filter(pk=pk).first()
    if reset is None:
        return False
    # One by one, so that the history shows each.
    for factor in Authenticator.objects.filter(user=reset.user_id):
        factor.delete()
    # Whoever sits in one of them would otherwise be asked for the new factor, and could set up their own.
    end_sessions(user=reset.user)
    reset.done_at = timezone.now()
    reset.save(update_fields=["done_at"])
    done(about=reset)
    letters.mail_reset_done(reset.user)
    return True


@transaction.atomic
def connect(*, user, identity):
    """Let this identity of a town's sign-in open the user's account from now on.

    Raises NotNow when it already opens somebody's account, and when the account has one of the same town.
    """
    if SocialAccount.objects.filter(user=user, provider=identity.provider).exclude(uid=identity.uid).exists():
        raise NotNow(_("Your account is already connected to another sign-in of the same town. Remove that one first."))
    try:
        with transaction.atomic():
            account, is_new = SocialAccount.objects.get_or_create(
                provider=identity.provider, uid=identity.uid, defaults={"user": user}
            )
    except IntegrityError:
        account, is_new = SocialAccount.objects.get(provider=identity.provider, uid=identity.uid), False
    if account.user_id != user.pk:
        raise NotNow(_("This sign-in already opens another account."))
    if is_new:
        letters.mail_way_in_changed(user)
    return account


@transaction.atomic
def disconnect(*, user, provider):
    """The town's sign-in opens this account no more. Raises NotNow when it is the only way in."""
    account = SocialAccount.objects.filter(user=user, provider=provider).first()
    if account is None:
        return
    if not user.has_usable_password():
        raise NotNow(_("Choose a password first: otherwise you could not sign in any more."))
    account.delete()
    letters.mail_way_in_changed(user)

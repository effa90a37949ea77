"""Taking back what was written down of services; it is written down with a call."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from coordination.follow_ups import commands
from coordination.follow_ups.views.pressed import done, pressed
from coordination.services.queries import unmet_in


@pressed
def remove_referral(request, follow_up, referral_id):
    """Take back a service that was written down by mistake."""
    referral = get_object_or_404(follow_up.referrals, public_id=referral_id)
    return done(
        request,
        follow_up,
        lambda: commands.remove_referral(follow_up=follow_up, referral=referral, by=request.membership),
        _("Taken back."),
    )


@pressed
def remove_unmet(request, follow_up, unmet_id):
    """Take back a need that was marked by mistake."""
    unmet = get_object_or_404(unmet_in(follow_up.public_id), public_id=unmet_id)
    return done(
        request,
        follow_up,
        lambda: commands.remove_unmet(follow_up=follow_up, unmet=unmet, by=request.membership),
        _("Taken back."),
    )

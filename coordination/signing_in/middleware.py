"""Nothing opens to somebody signed in who has not shown what their role asks for."""

from django.shortcuts import redirect

from coordination.signing_in import queries, rules
from coordination.signing_in.session import shown_in

SET_UP = "second_factor"
# Leaving, reading in one's own language, and showing or setting up what is missing.
_ALWAYS_OPEN = {
    "account_logout",
    "set_language",
    "favicon",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    SET_UP,
}
_TO_SET_UP = {
    "mfa_add_webauthn",
    "mfa_activate_totp",
    "mfa_totp_qr",
    "mfa_view_recovery_codes",
}


class SecondFactorMiddleware:
    """Leads whoever lacks a second factor (P12) to the page where it is set up, from wherever they meant to go."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """None, or the way to the page of setting up. Pages that are open to everybody stay open."""
        if not request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        name = request.resolver_match.view_name
        if not rules.is_required() or name in _ALWAYS_OPEN:
            return None
        missing = rules.missing(request.user, queries.kinds_of(request.user), shown_in(request))
        if missing is None or (missing != rules.Missing.PASSKEY_SHOWN and name in _TO_SET_UP):
            return None
        return redirect(SET_UP)

"""Signing in, passwords and second factors: those of allauth's pages that this house uses, and our own beside them.

Its page of e-mail addresses is left out: an address changes in the administration, where somebody vouches for it.
"""

from allauth.account import views
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions.views import list_usersessions
from django.urls import include, path, re_path

from coordination.agencies.door import step_up
from coordination.signing_in.views import passkeys, security, towns

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("signup/", views.signup, name="account_signup"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("sessions/", list_usersessions, name="usersessions_list"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/reset/key/done/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("security/", security.security, name="mfa_index"),
    path("security/set-up/", security.set_up, name="second_factor"),
    path("security/stop-reset/", security.stop_reset, name="stop_factor_reset"),
    path("security/resets/", include("coordination.signing_in.urls")),
    path("code/", mfa.authenticate, name="mfa_authenticate"),
    path("reauthenticate/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("reauthenticate/passkey/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("app/connect/", step_up(totp.activate_totp), name="mfa_activate_totp"),
    path("app/connect/qr/", security.totp_qr, name="mfa_totp_qr"),
    path("app/remove/", step_up(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("recovery-codes/", security.recovery_codes, name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", step_up(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("passkeys/add/", step_up(passkeys.add), name="mfa_add_webauthn"),
    path("passkeys/sign-in/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("passkeys/<int:pk>/remove/", step_up(passkeys.remove), name="mfa_remove_webauthn"),
    path("with/<slug:provider_id>/", towns.sign_in, name="openid_connect_login"),
    path("with/<slug:provider_id>/back/", towns.come_back, name="openid_connect_callback"),
    path("with/<slug:provider_id>/connection/", towns.connection, name="socialaccount_connection"),
]

"""Accounts, signing in and sessions. A part of base.py, which imports every name here."""

from django.core.exceptions import ImproperlyConfigured

from config.settings import env, providers
from config.settings.installation import DEMO_MODE

AUTH_USER_MODEL = "coordination.User"
# "E-mail is not unique": it is, by a constraint on the lower-cased address, which the check does not see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "guardian.backends.ObjectPermissionBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Left unset, guardian makes an active user "AnonymousUser" with that text as its e-mail.
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "coordination.staffing.adapter.ClosedSignup"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# Accounts come from invitations only, and an invitation already proves the address.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Nobody without an account gets mail: it would invite to a sign-up that is closed.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {"reauthenticate": "coordination.drafts.forms.UnlockForm"}
# By address, and by account + network: nobody can lock another person out from elsewhere.
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key", "reset_password": "20/m/ip,5/m/key"}

# Everybody shows a second factor; only the demo leaves it to the user, unless told otherwise.
SECOND_FACTOR = env.text("SECOND_FACTOR", "optional" if DEMO_MODE else "required")
if SECOND_FACTOR not in ("required", "optional"):
    raise ImproperlyConfigured(f'SECOND_FACTOR is "{SECOND_FACTOR}": it must be required or optional.')
if SECOND_FACTOR == "optional" and not DEMO_MODE:
    raise ImproperlyConfigured("SECOND_FACTOR can be optional in the demo only: unset it.")
MFA_ADAPTER = "coordination.signing_in.factors.EncryptedFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# The device asks who holds it, so that a passkey alone is two factors.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# Clocks differ by seconds: the code before and the code after count as well, each once.
MFA_TOTP_TOLERANCE = 1
# An invitation has proved the address.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# A whole office may stand behind one address; there is nothing to guess in a passkey.
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_FORMS = {
    "authenticate": "coordination.signing_in.forms.CodeForm",
    "reauthenticate": "coordination.signing_in.forms.CodeAgainForm",
    "activate_totp": "coordination.signing_in.forms.ConnectAppForm",
    "authenticate_webauthn": "coordination.signing_in.forms.PasskeyForm",
    "reauthenticate_webauthn": "coordination.signing_in.forms.PasskeyAgainForm",
    "login_webauthn": "coordination.signing_in.forms.PasskeySignInForm",
    "add_webauthn": "coordination.signing_in.forms.AddPasskeyForm",
}

# Towns' own sign-ins, each an OpenID Connect provider. They open accounts that exist, and never make one.
OIDC_PROVIDERS = providers.read(env.text("OIDC_PROVIDERS"))
SOCIALACCOUNT_ADAPTER = "coordination.signing_in.social.TownSignIn"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"provider_class": "coordination.signing_in.provider.TownProvider"}}
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10

# What a page says next may name somebody, so it stays on the server and out of cookies.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
# Without anything done for this long a session is locked, which is not signed out: what was typed is kept.
LOCK_AFTER_MINUTES = env.whole("LOCK_AFTER_MINUTES", 20)
# From signing in on, whatever is done.
ABSOLUTE_SESSION_HOURS = env.whole("ABSOLUTE_SESSION_HOURS", 10)
# Exports, reveals, erasing and what the administration changes ask once more who one is, unless that is so fresh.
STEP_UP_MINUTES = env.whole("STEP_UP_MINUTES", 15)
# A little longer: a form that is sent too late is still known by its session, kept, and then the session ends.
SESSION_COOKIE_AGE = (ABSOLUTE_SESSION_HOURS + 2) * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

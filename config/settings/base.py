"""All settings, from the environment, failing loudly.

Without DATABASE_URL this is the demo: embedded PostgreSQL, own keys, mails as files, demo data. With it nothing is
guessed, and there is no demo.
"""

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config import broker, demo, embedded
from config.database import connection_to
from config.settings import env, keys
from config.settings.installation import DATA_DIR, DATABASE_URL, DEMO_MODE, ROOT
from config.settings.operation import *
from config.settings.signing_in import *

DEBUG = False

# --- Demo or real ---------------------------------------------------------------------------------------------------

if DEMO_MODE and env.text("EMAIL_URL"):
    raise ImproperlyConfigured("The demo sends no real mail: unset EMAIL_URL, or set DATABASE_URL to leave the demo.")

if DEMO_MODE:
    _kept = keys.kept_in(DATA_DIR)
    SECRET_KEY = _kept["SECRET_KEY"]
    _encryption_keys, _blind_index_key = _kept["ENCRYPTION_KEYS"], _kept["BLIND_INDEX_KEY"]
else:
    SECRET_KEY = env.required("SECRET_KEY", "a long random text of this installation's own (at least 50 characters).")
    _encryption_keys = env.required("ENCRYPTION_KEYS", "the keys of encrypted fields, like 1:KEY,2:KEY.")
    _blind_index_key = env.required("BLIND_INDEX_KEY", "the key of indexes of identifiers; after a rotation KEY,KEY.")
# The newest version encrypts; older ones stay until every row has been rewritten.
ENCRYPTION_KEYS = env.versioned_keys("ENCRYPTION_KEYS", _encryption_keys)
# A chain, oldest first: none of them may go. The next one is there only while it is being brought in.
BLIND_INDEX_KEYS = [env.key_bytes("BLIND_INDEX_KEY", key) for key in _blind_index_key.split(",")]
_next = env.text("BLIND_INDEX_KEY_NEXT")
BLIND_INDEX_KEY_NEXT = env.key_bytes("BLIND_INDEX_KEY_NEXT", _next) if _next else None

# --- Apps and middleware --------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "config",
    "flags",
    "pilots",
    "coordination",
    "guardian",
    "auditlog",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "whitenoise.runserver_nostatic",
    "coordination.agencies.admin_site.AreaAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.request_id.RequestIdMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # The signed-in reader's own choice of language goes before the browser's, so it stands after authentication.
    "coordination.agencies.middleware.ReaderLanguageMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "config.no_store.NoStoreMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "coordination.agencies.middleware.ActingMembershipMiddleware",
    "coordination.signing_in.middleware.SecondFactorMiddleware",
    # After allauth's: exceptions go the other way, and this one keeps what was posted encrypted.
    "coordination.drafts.middleware.LockMiddleware",
    "auditlog.middleware.AuditlogMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "coordination.interface.context.site",
                "coordination.going_live.context.strip",
            ],
        },
    }
]
FORM_RENDERER = "coordination.interface.renderer.GovukRenderer"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Personal identity codes with individual numbers 900-999 belong to nobody: for the demo and tests only, and
# there no others are taken.
TEST_HETUS_ALLOWED = DEMO_MODE
# Offered on the sign-in page.
DEMO_ACCOUNTS = demo.ACCOUNTS if DEMO_MODE else []

# --- Database, cache, background work -------------------------------------------------------------------------------

DATABASES = {
    "default": connection_to(DATABASE_URL or embedded.url(DATA_DIR / "pg"), conn_max_age=600, conn_health_checks=True)
}

REDIS_URL = env.text("REDIS_URL")
# Limits on signing in live here, so it must be shared by all processes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        # One that swallows what is sent must not hold up signing in for ever.
        "OPTIONS": {"socket_connect_timeout": 5, "socket_timeout": 5},
    }
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Many: when it is full, a share of it is thrown away, and with it what is known of failed tries to sign in.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

BROKER_DIR = DATA_DIR / "broker"
CELERY_BROKER_URL = REDIS_URL or "files://localhost"
CELERY_BROKER_TRANSPORT_OPTIONS = {} if REDIS_URL else broker.options(BROKER_DIR)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "Europe/Helsinki"
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "timetable")
# How long a row can wait when the hint about it was lost. The demo is watched by a person, so it is quicker.
SWEEP_SECONDS = env.whole("SWEEP_SECONDS", 5 if DEMO_MODE else 60)

# --- The connection and what browsers may do ------------------------------------------------------------------------

PORT = env.whole("PORT", 8000)
# Where links in mails lead.
PUBLIC_URL = (
    env.text("PUBLIC_URL", f"http://localhost:{PORT}")
    if DEMO_MODE
    else env.required("PUBLIC_URL", "the address people use, like https://rinnalla.example.fi.")
).rstrip("/")
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS")
if DEMO_MODE:
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *ALLOWED_HOSTS]
else:
    env.required("ALLOWED_HOSTS", "the host names this installation answers to, with commas between.")
CSRF_TRUSTED_ORIGINS = [] if DEMO_MODE else [PUBLIC_URL]

# The demo speaks plain HTTP on this machine; everything else is HTTPS only.
_https = not DEMO_MODE
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _https
SECURE_SSL_REDIRECT = _https
# A monitor on this machine asks without a proxy in between, and nothing secret is said there.
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _https
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Only behind a proxy that sets these headers itself; otherwise any client could write them.
if env.flag("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# A file is read from memory or not at all: nothing that was sent is put on the disk. Larger ones come as no file.
FILE_UPLOAD_HANDLERS = ["coordination.interface.files.HeldInMemory"]
ATTACHMENT_MEGABYTES = env.whole("ATTACHMENT_MEGABYTES", 10)
# The whole of what is sent, so a little more than the largest file. A page can take more (`interface.files`).
FILE_UPLOAD_MAX_MEMORY_SIZE = ATTACHMENT_MEGABYTES * 1_000_000 + 500_000
# Who people without an account were that signed up for a training is erased so many days after its last time.
TRAINING_OUTSIDERS_DAYS = env.whole("TRAINING_OUTSIDERS_DAYS", 90)
# The national service catalogue, and the hosts (with their port, where it has one) from which services may be fetched.
CATALOGUE_URL = env.text("CATALOGUE_URL", "https://api.palvelutietovaranto.suomi.fi/api/v11")
CATALOGUE_HOSTS = env.names("CATALOGUE_HOSTS") or ["api.palvelutietovaranto.suomi.fi"]

# --- Static files ---------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATICFILES_DIRS = [ROOT / "static"]
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Language, time, how dates look ---------------------------------------------------------------------------------

LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
FORMAT_MODULE_PATH = "config.formats"
USE_I18N = True
TIME_ZONE = CELERY_TIMEZONE
USE_TZ = True

# --- Mail -----------------------------------------------------------------------------------------------------------

if DEMO_MODE:
    EMAIL_BACKEND = "config.demo_mail.Backend"
    DEFAULT_FROM_EMAIL = "Rinnalla <rinnalla@demo.invalid>"
else:
    EMAIL_BACKEND = "coordination.outbox.smtp.Backend"
    globals().update(env.mail_server(env.required("EMAIL_URL", "the mail server, like smtp+tls://user:pw@host:587.")))
    DEFAULT_FROM_EMAIL = env.required("MAIL_FROM", "the sender of mails, like Rinnalla <rinnalla@example.fi>.")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- What each page's frame says ------------------------------------------------------------------------------------

FEEDBACK_URL = env.text("FEEDBACK_URL")
ACCESSIBILITY_URL = env.text("ACCESSIBILITY_URL")

"""Every setting, in the order of Django's documentation.

What differs between machines comes from the environment; `.env.example` explains each variable.
"""

from pathlib import Path

from csp.constants import NONE, SELF

from ddat.environment import Environment, allowed_hosts, database, mail_server, secret_key
from ddat.logs import configuration

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = Environment(BASE_DIR / ".env")

# Served over plain http on this machine alone, as `make run` does; anywhere else https is a must.

LOOPBACK = env.bool("LOOPBACK", default=False)

# Cache: a table of the database, so that all processes count tries together. A migration makes it.

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        # A full cache drops what still counts: more than all the tries of a quarter of an hour.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# Database

DATABASES = {"default": database(env.needed("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Debugging

DEBUG = env.bool("DEBUG", default=False)

# Demonstration: lets the demo's accounts sign in and says "Demonstration" on every page.

DEMO = env.bool("DEMO", default=False)

# Email: by the server that EMAIL_URL names, else by one on this machine.

vars().update(mail_server(env.str("EMAIL_URL", default="")))
EMAIL_TIMEOUT = 10  # seconds, for each step of a conversation with the server
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="") or "weeknotes@localhost"

# Error reporting: to the console, and never who read what.

LOGGING = configuration(is_local=LOOPBACK)

# Forms and files: the largest form is an update with all its lines. One request may be as large as
# Django's DATA_UPLOAD_MAX_MEMORY_SIZE, 2.5 MB; ddat/limits.py holds all kinds of request to it.

DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FORM_RENDERER = "ddat.drawing.Renderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["govuk"]
CRISPY_TEMPLATE_PACK = "govuk"
CRISPY_FAIL_SILENTLY = False

# Globalization

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
FORMAT_MODULE_PATH = "ddat.formats"

# HTTP

ALLOWED_HOSTS = allowed_hosts(env.needed("ALLOWED_HOSTS"), is_loopback=LOOPBACK or DEBUG or DEMO)
MIDDLEWARE = [
    "ddat.headers.also",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "ddat.health.probes",
    "ddat.logs.requests",
    "ddat.limits.not_too_large",
    "ddat.encoding.utf8_only",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ddat.caching.no_store",
    "people.door.DoorMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ddat.errors.not_allowed",
]
WSGI_APPLICATION = "ddat.wsgi.application"

# Models

INSTALLED_APPS = [
    "people.admin_site.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "csp",
    "django_filters",
    "django_htmx",
    "simple_history",
    "ddat",
    "people",
    "projects",
    "weeknotes",
]

# Organisation: who runs the portal, for the accessibility statement and the privacy notice.

ORGANISATION = env.str("ORGANISATION", default="")
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="")
DATA_PROTECTION_EMAIL = env.str("DATA_PROTECTION_EMAIL", default="")

# Security

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
CSRF_FAILURE_VIEW = "ddat.errors.csrf_failure"
SECRET_KEY = secret_key(env.needed("SECRET_KEY"))
SECURE_HSTS_INCLUDE_SUBDOMAINS = not LOOPBACK
SECURE_HSTS_SECONDS = 0 if LOOPBACK else 365 * 24 * 60 * 60
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")  # the proxy sets or removes it
SECURE_REDIRECT_EXEMPT = ["^health/"]  # a probe asks over http, from the machine itself
SECURE_SSL_REDIRECT = not LOOPBACK
# Preloading is for a whole domain, and for its owner to ask for: gov.uk is not this portal's.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

# Sessions and cookies: "__Host-" holds a cookie to https, this host and every path.

COOKIE_PREFIX = "" if LOOPBACK else "__Host-"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
CSRF_COOKIE_SECURE = not LOOPBACK
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
SESSION_COOKIE_SECURE = not LOOPBACK
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no third cookie

# Templates

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["ddat.templatetags.frame"],
            "libraries": {"govuk": "ddat.templatetags.govuk"},
        },
    },
]

# URLs

ROOT_URLCONF = "ddat.urls"

# Sign-in and accounts (django.contrib.auth, then django-allauth)

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["people.backends.PortalBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        (
            "UserAttributeSimilarityValidator",
            {"user_attributes": ("email", "forename", "surname")},
        ),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
ACCOUNT_ADAPTER = "people.adapter.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "people.links.LinkTokens"  # noqa: S105 (a class)
# A whole council may come from one address, at nine in the morning; each rate is a number, a time,
# and what is counted: an address of the network, an email address ("key"), or who is signed in.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/15m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/5m/user",
    "send_link": "600/h/user,5/15m/key",
}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

# Sessions: each ends so long after signing in, whatever is done in it.

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_ENGINE = "people.sessions"

# Static files

STATIC_ROOT = VAR_DIR / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

"""Django settings, from environment variables only. Each variable: docs/operations/settings.md.

A value that cannot be used is reported by the system checks (`cartagena check`), not here.
"""

import os
from pathlib import Path
from typing import Any

import django.conf.locale

from cartagena.config import embedded_postgres, languages
from cartagena.config.environment import Environment
from cartagena.config.secret_key import get_or_create_secret_key

PACKAGE = Path(__file__).resolve().parent.parent

_environment = Environment(os.environ)

# Data folder, secret, what is served -------------------------------------------------------------

DATA_FOLDER = Path(_environment.get_text("CARTAGENA_DATA", "data")).expanduser().absolute()
DEBUG = _environment.get_flag("CARTAGENA_DEBUG", default=False)
SECRET_KEY = _environment.get_secret("CARTAGENA_SECRET_KEY", at_least=50) or (
    get_or_create_secret_key(DATA_FOLDER)
)
ALLOWED_HOSTS = _environment.get_list("CARTAGENA_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
HTTPS = _environment.get_flag("CARTAGENA_HTTPS", default=False)
BEHIND_PROXY = _environment.get_flag("CARTAGENA_BEHIND_PROXY", default=False)
COUNTRY_HEADER = _environment.get_text("CARTAGENA_COUNTRY_HEADER", "")
"""The header in which a proxy of the operator tells the country of a visitor; empty: none does."""

# Database ----------------------------------------------------------------------------------------

_named_database = _environment.find_database("DATABASE_URL")
USES_EMBEDDED_DATABASE = _named_database is None
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        **(
            _named_database
            or {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": embedded_postgres.DATABASE,
                "USER": embedded_postgres.ROLE,
                "HOST": str(embedded_postgres.get_socket_folder(DATA_FOLDER)),
                "PORT": str(embedded_postgres.PORT),
            }
        ),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Apps and pages ----------------------------------------------------------------------------------

INSTALLED_APPS = [
    "cartagena.config.apps.ConfigConfig",
    "cartagena.apps.accounts",
    "cartagena.apps.registry",
    "cartagena.apps.drafting",
    "cartagena.apps.search",
    "cartagena.apps.usage",
    "cartagena.apps.monitoring",
    "cartagena.apps.exchange",
    "cartagena.apps.reports",
    "cartagena.apps.portal",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "cartagena.config.middleware.PageSecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cartagena.apps.usage.middleware.UsageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "cartagena.apps.portal.page_cache.ExactPageCacheMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "cartagena.config.urls"
WSGI_APPLICATION = "cartagena.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cartagena.apps.portal.account_frame.add_account_frame",
            ],
        },
    }
]

# People ------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "accounts:profile"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "cartagena.apps.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "cartagena.apps.accounts.registration.RegistrationForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# To change an address: add the new one, open the link sent to it, remove the old one.
ACCOUNT_MAX_EMAIL_ADDRESSES = 2
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Cartagena] "
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_USER_DISPLAY = "cartagena.apps.accounts.adapters.get_display_name"
# Wrong codes of the second factor. Wrong passwords are counted by our own limit (sign_in_limit.py).
ACCOUNT_RATE_LIMITS = {"login_failed": "10/900s/key"}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0

MFA_ADAPTER = "cartagena.apps.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {"add_webauthn": "cartagena.apps.accounts.passkeys.AddPasskeyForm"}
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Cartagena"
# Passkeys over plain HTTP work on this machine's own name only; the browser sees to that.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

SOCIALACCOUNT_ADAPTER = "cartagena.apps.accounts.adapters.ProviderAdapter"
# Going to the provider is a link: a form that leads elsewhere is stopped by our security policy.
# Connecting an account asks for the password again, and the answer is bound to the session.
SOCIALACCOUNT_LOGIN_ON_GET = True
# The provider is one that the operator chose: an address it has verified is the person's.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_EMAIL_VERIFICATION = "mandatory"
_provider = _environment.find_provider("CARTAGENA_OIDC")
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [_provider] if _provider else []}
}

# Mail, jobs, and counters shared by all processes: everything in the one database ----------------

EMAIL_BACKEND = "cartagena.apps.accounts.mail_queue.QueuedMailBackend"
DEFAULT_FROM_EMAIL = _environment.get_text("CARTAGENA_MAIL_FROM", "cartagena@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MAIL_SERVER = _environment.find_mail_server("CARTAGENA_MAIL_URL")
"""How the job worker sends: arguments of Django's SMTP backend, None to write files instead."""
PUBLIC_ADDRESS = _environment.get_address("CARTAGENA_ADDRESS", "http://localhost:8000")
"""Where people reach the portal, for links in messages; without a slash at the end."""
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_counter",
    }
}

# Languages and time ------------------------------------------------------------------------------

django.conf.locale.LANG_INFO["zh"] = languages.CHINESE
LANGUAGE_CODE = languages.DEFAULT
LANGUAGES = languages.NAMES
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Files -------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_FOLDER / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Hashed names never change what they hold; everything else in /static/ is asked for again.
WHITENOISE_MAX_AGE = 0
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Drafts ------------------------------------------------------------------------------------------

OWN_DRAFTS = _environment.get_flag("CARTAGENA_OWN_DRAFTS", default=True)
"""Whether somebody may publish what they wrote themselves: docs/decisions/0014-who-publishes.md."""
SHIPPED_RECORDS = _environment.get_flag("CARTAGENA_SHIPPED_RECORDS", default=True)
"""Whether the real records that come with the program are published at the start."""
UPLOAD_MB = _environment.get_number("CARTAGENA_UPLOAD_MB", 25, 1, 1000)
TABLE_ROWS = _environment.get_number("CARTAGENA_TABLE_ROWS", 5000, 100, 100_000)
"""So many rows a table of records may have."""

# A record with long texts in six languages has thousands of inputs; files are limited on their own.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

# Transport and headers (the rest is in middleware.py) --------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
CSRF_FAILURE_VIEW = "cartagena.apps.portal.views.errors.show_form_refused"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Log: to the error stream, where whoever runs the program collects it -----------------------------

LOG_LEVEL = _environment.get_choice(
    "CARTAGENA_LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), "WARNING"
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "format": "{asctime}Z {levelname} {name}: {message}",
            "datefmt": "%Y-%m-%dT%H:%M:%S",
            "style": "{",
            "()": "cartagena.config.log.UtcFormatter",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"level": LOG_LEVEL},
        "django.server": {"handlers": [], "propagate": True},
    },
}

_environment.check_unknown()
ENVIRONMENT_PROBLEMS = tuple(_environment.problems)
ENVIRONMENT_NAMES = tuple(_environment.names)

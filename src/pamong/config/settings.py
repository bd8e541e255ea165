"""Django's settings. Everything that differs between machines comes from ``config.env``."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from pamong.config.database import database_settings
from pamong.config.env import read_env
from pamong.config.logging import logging_settings

try:
    ENV = read_env()
    DATABASES = {"default": database_settings(ENV.database_url, ENV.pool_size)}
except ValueError as error:
    raise ImproperlyConfigured(str(error)) from error

PACKAGE = Path(__file__).resolve().parents[1]

DEBUG = ENV.debug
SECRET_KEY = ENV.secret_key
ALLOWED_HOSTS = list(ENV.allowed_hosts)
CSRF_TRUSTED_ORIGINS = list(ENV.trusted_origins)

# --- Pamong's own ----------------------------------------------------------------------------------------
PAMONG_PROFILE = ENV.profile  # the region whose hours hold here; '' where nobody has said
PAMONG_LEDGER_SECRETS = list(ENV.ledger_secrets)  # the present one first; the database sees none of them
PAMONG_LEDGER = ENV.ledger_root  # where the logs are published as files
PAMONG_LEDGER_MIRRORS = list(ENV.mirror_tokens)  # what machines show that copy whole logs
PAMONG_SITE = ENV.site  # the name of this government's logs: a host name, without a scheme
PAMONG_ZONE = ENV.zone  # the government's zone: in it a month closes
PAMONG_FILES_ROOT = ENV.files_root  # where the files that runs read are kept, under their hashes
PAMONG_CLOCK_OFFSET = ENV.clock_offset  # the demo's day differs from the machine's by this
PAMONG_DEMO = ENV.demo
PAMONG_MAIL = ENV.mail  # where reminders are handed in; empty: none is sent
PAMONG_MAIL_FROM = ENV.mail_from
PAMONG_SITE_URL = ENV.site_url  # where links in mails lead to
PAMONG_LAW_OVERLAY = ENV.law_overlay
PAMONG_LAYOUTS = ENV.layouts  # a folder with the site's own layouts of files for treasury and bank
PAMONG_TEMPLATES = ENV.letters.templates  # a folder with the site's own templates of orders
PAMONG_PLACE = ENV.letters.place  # where orders are given (*ditetapkan di*); empty: the city's own name
PAMONG_CERTIFICATES = ENV.letters.certificates  # a folder with a PKCS#12 file for each office that signs
PAMONG_CERTIFICATES_SECRET = ENV.letters.secret  # what opens those files
# How much of a paid month may differ without a known cause while real runs are allowed: parts per million.
PAMONG_UNKNOWN_PPM = ENV.unknown_ppm

# --- Applications: the lowest layer first ----------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "pamong.ledger",
    "pamong.access",
    "pamong.organisation",
    "pamong.people",
    "pamong.decisions",
    "pamong.attendance",
    "pamong.leave",
    "pamong.performance",
    "pamong.merit",
    "pamong.career",
    "pamong.pay",
    "pamong.jobs",
    "pamong.api",
    "pamong.web",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "pamong.config.middleware.permissions_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "pamong.web.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "pamong.access.middleware.acting",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pamong.web.ledger.promising.promises",
    "pamong.web.middleware.buttons",
    "pamong.web.middleware.bounds",
    "pamong.web.middleware.second_factor",
    "pamong.web.middleware.refusals",
]

ROOT_URLCONF = "pamong.config.urls"
WSGI_APPLICATION = "pamong.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,  # folders named jinja2
        "OPTIONS": {
            "environment": "pamong.web.jinja.environment",
            "context_processors": CONTEXT_PROCESSORS,
        },
    },
    {
        # Only for what allauth renders by itself.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": CONTEXT_PROCESSORS},
    },
]

# --- Language and time -----------------------------------------------------------------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- Static files ----------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = ENV.static_root if ENV.static_manifest else None  # without collected files: the sources
_PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"
_HASHED = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _HASHED if ENV.static_manifest else _PLAIN},
}
WHITENOISE_USE_FINDERS = not ENV.static_manifest

# --- Sign-in ---------------------------------------------------------------------------------------------
# A one-time link to a new password holds for a day.
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["pamong.access.adapter.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "pamong.web.auth.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
# A whole office stands behind one address and signs in within minutes of half past seven. Guessing is bounded
# by account, as before, and by address where it fails.
ACCOUNT_RATE_LIMITS = {"login": "1200/m/ip", "login_failed": "60/m/ip,5/300s/key"}
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "pamong.web.auth.adapter.MfaAdapter"
PAMONG_SECOND_FACTOR = ENV.second_factor  # roles that need one can't work without; off in the demo
MFA_TOTP_ISSUER = "Pamong"
MFA_TOTP_TOLERANCE = 1  # the code before and after counts too: people type slowly, clocks go wrong
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# --- Security headers ------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = ENV.https
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if ENV.https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.https else None

# --- The rest --------------------------------------------------------------------------------------------
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
LOGGING_CONFIG = None
LOGGING = logging_settings(ENV.log_level)

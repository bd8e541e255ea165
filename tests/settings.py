"""Django's settings for tests: production's, but for cheap passwords. ``conftest`` points to the database."""

from pamong.config.settings import *  # noqa: F403

SECRET_KEY = "hanya-untuk-uji"
PAMONG_LEDGER_SECRETS = [SECRET_KEY]  # as the sites and programs that tests start have it
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PAMONG_SECOND_FACTOR = False  # tests of it turn it on

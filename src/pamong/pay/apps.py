"""The app's configuration."""

from django.apps import AppConfig


class PayConfig(AppConfig):
    """Pay runs and slips."""

    name = "pamong.pay"
    label = "pay"
    default_auto_field = "django.db.models.BigAutoField"

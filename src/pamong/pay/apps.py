"""The app's configuration."""

from django.apps import AppConfig


class PayConfig(AppConfig):
    """Pay runs and slips."""

    name = "pamong.pay"
    label = "pay"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let presence ask whether a month is paid."""
        # Models are ready only now.
        from pamong.attendance.services import tell_paid  # noqa: PLC0415
        from pamong.pay.paid import is_paid  # noqa: PLC0415

        tell_paid(is_paid)

"""The app's configuration."""

from __future__ import annotations

from django.apps import AppConfig


class PayConfig(AppConfig):
    """Pay runs and slips, their payment, and the law that computes them."""

    name = "pamong.pay"
    label = "pay"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the kinds of decisions of this domain known, and let presence ask whether a month is paid."""
        # Models are ready only now.
        from pamong.attendance.services import tell_paid  # noqa: PLC0415
        from pamong.decisions.services import register  # noqa: PLC0415
        from pamong.pay.adopting import ADOPTION  # noqa: PLC0415
        from pamong.pay.paid import is_paid  # noqa: PLC0415
        from pamong.pay.path.closing import CLOSING  # noqa: PLC0415

        for kind in (ADOPTION, CLOSING):
            register(kind)
        tell_paid(is_paid)

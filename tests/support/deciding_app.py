"""Lets a served site know the kind of decision of tests, as a domain does when the application starts."""

from __future__ import annotations

from django.apps import AppConfig


class DecidingConfig(AppConfig):
    """The kind of ``tests.support.deciding`` with a form for its changes."""

    name = "tests.support"
    label = "tests_deciding"

    def ready(self) -> None:
        """Register both; models are ready only now."""
        from pamong.decisions.services import register  # noqa: PLC0415
        from pamong.web.decisions.forms import register_change  # noqa: PLC0415
        from tests.support.deciding import TASK  # noqa: PLC0415
        from tests.support.deciding_form import TaskChange  # noqa: PLC0415

        register(TASK)
        register_change(TASK.code, TaskChange)

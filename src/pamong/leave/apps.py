"""Leave as an application."""

from __future__ import annotations

from django.apps import AppConfig


class LeaveConfig(AppConfig):
    """The application."""

    name = "pamong.leave"

"""Careers as an application."""

from __future__ import annotations

from django.apps import AppConfig


class CareerConfig(AppConfig):
    """The application."""

    name = "pamong.career"

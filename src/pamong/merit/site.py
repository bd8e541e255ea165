"""The law by which posts are filled here."""

from __future__ import annotations

from django.conf import settings

from pamong.law.engine.plan import Law
from pamong.law.national import law_of


def site_law() -> Law:
    """The law of this site; the national one as long as no region is chosen."""
    return law_of(settings.PAMONG_PROFILE, settings.PAMONG_LAW_OVERLAY)

"""The law of this site, by which it decides."""

from __future__ import annotations

from django.conf import settings

from pamong.law.engine.plan import Law
from pamong.law.national import law_of


def site_law() -> Law:
    """The law of this site; the national one as long as no region is chosen."""
    return law_of(settings.PAMONG_PROFILE, settings.PAMONG_LAW_OVERLAY)


def chosen_law() -> Law | None:
    """The law of this site; None where nobody has chosen its region."""
    return site_law() if settings.PAMONG_PROFILE else None

"""The law of this site, by which presence and work are judged."""

from __future__ import annotations

from django.conf import settings

from pamong.law.engine.law import load_law
from pamong.law.engine.plan import Law
from pamong.law.national import national


def site_law() -> Law:
    """The law of this site; the national one as long as no region is chosen."""
    return chosen_law() or national()


def chosen_law() -> Law | None:
    """The law of this site; None where nobody has chosen its region."""
    chosen = settings.PAMONG_PROFILE
    return load_law(chosen, settings.PAMONG_LAW_OVERLAY or None) if chosen else None

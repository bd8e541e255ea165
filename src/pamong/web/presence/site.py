"""The law by which this site judges presence."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from pamong.law.engine.law import load_law
from pamong.law.engine.plan import Law
from pamong.law.national import national


def site_law() -> Law:
    """The law of this site; the national one as long as no region is chosen."""
    return _chosen() if settings.PAMONG_PROFILE else national()


@cache
def _chosen() -> Law:
    """A change of its folders needs a new start, as elsewhere."""
    return load_law(settings.PAMONG_PROFILE, settings.PAMONG_LAW_OVERLAY or None)

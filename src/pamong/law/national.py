"""The national law alone, for what asks nothing of a region, or as long as none is chosen."""

from __future__ import annotations

from functools import cache

from pamong.law.engine.law import load_law
from pamong.law.engine.loader import load_national, load_profile, profile_codes
from pamong.law.engine.plan import Law


@cache
def national() -> Law:
    """The national parameters. Careers ask nothing of a region, so any profile stands for it."""
    return Law(load_national(), load_profile(profile_codes()[0]))


def law_of(profile: str, overlay: str) -> Law:
    """The law of a region with the site's overlay ('' for none); the national one without a region."""
    return load_law(profile, overlay or None) if profile else national()

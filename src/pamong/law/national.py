"""The national law alone, for what asks nothing of a region."""

from __future__ import annotations

from functools import cache

from pamong.law.engine.loader import load_national, load_profile, profile_codes
from pamong.law.engine.plan import Law


@cache
def national() -> Law:
    """The national parameters. Careers ask nothing of a region, so any profile stands for it."""
    return Law(load_national(), load_profile(profile_codes()[0]))

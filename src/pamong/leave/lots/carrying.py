"""How much of a leave year's own days goes into the next year, and how much may be held then."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from pamong.leave.lots.policies import Terms


@dataclass(frozen=True, slots=True)
class Share:
    """What is lost of the year's own days; how many carried days live on, and are held, at most."""

    lost: Fraction
    carried: Fraction | None
    total: Fraction | None


def carrying(terms: Terms, left: Fraction, deferred: Fraction, *, unused: int) -> Share:
    """Decide it at the end of a leave year with `left` days, after `unused` years in a row without use.

    Deferral never gives less than the ordinary rule: the greater of both holds, since no text adds them up.
    """
    if terms.unused_total is not None and terms.unused_years and unused >= terms.unused_years:
        return Share(Fraction(0), None, _greater(terms.total_cap, terms.unused_total))
    kept = left if terms.lot_cap is None else min(left, terms.lot_cap)
    held = min(left, deferred)
    if terms.deferred_total is not None and held > kept:
        return Share(left - held, None, _greater(terms.total_cap, terms.deferred_total))
    return Share(left - kept, terms.carry_cap, terms.total_cap)


def _greater(total: Fraction | None, other: Fraction) -> Fraction | None:
    """The greater of two totals, of which none is the greatest: who used less never has less."""
    return None if total is None else max(total, other)

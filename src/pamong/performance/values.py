"""What services of predicates take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pamong.performance.choices import PredicateKind


@dataclass(frozen=True, slots=True)
class Rated:
    """The predicate of a year, and the document that says so."""

    year: int
    predicate: PredicateKind
    number: str
    dated_on: date

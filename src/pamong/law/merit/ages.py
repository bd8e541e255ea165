"""The highest age at which one may be appointed. *Paling tinggi 56 tahun* can be read in two ways. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from pamong.kernel.clock import format_date
from pamong.law.career import Cited
from pamong.law.conditions import Condition, condition
from pamong.law.engine.plan import Law
from pamong.law.merit.facts import Facts, PostAsked
from pamong.law.merit.lookups import day_before, find, later

_YEAR = 12  # months


def highest_age(law: Law, post: PostAsked, facts: Facts, on: date) -> Cited[Any] | None:
    """The age limit of a post in years; for a Sekretaris Daerah by what the person is or was before."""
    if not post.secretary:
        return find(law, "age_highest", on, post.kind)
    levels = {held.level for held in facts.posts if held.since <= on}
    found = [find(law, "age_highest_secretary", on, level) for level in sorted(levels)]
    known = [each for each in found if each is not None]
    return max(known, key=lambda each: each.value, default=None) or find(law, "age_highest", on, post.kind)


def age(law: Law, post: PostAsked, facts: Facts, on: date) -> Iterator[Condition]:
    """The condition on age; none for posts that the law gives no limit."""
    limit = highest_age(law, post, facts, on)
    if limit is None:
        return
    asked = f"paling tinggi {limit.value} tahun"
    if facts.born is None:
        text = "Tanggal lahirnya belum diketahui. Lengkapi datanya."
        yield condition("age", None, text, limit, threshold=asked)
        return
    day = _day(law, facts, on)
    if day is None:
        text = "Umur dihitung pada hari melamar, yang belum diketahui."
        yield condition("age", None, text, limit, threshold=asked)
        return
    yield _aged(law, facts.born, limit, day, asked)


def _day(law: Law, facts: Facts, on: date) -> date | None:
    """The day on which ages count: of the appointment, or of the application where a site says so."""
    chosen = find(law, "age_on", on)
    return facts.applied_on if chosen is not None and chosen.value == "application" else on


def _aged(law: Law, born: date, limit: Cited[Any], on: date, asked: str) -> Condition:
    # Who was born on 29 February has his birthday on the 28th in other years.
    birthday = later(born, limit.value * _YEAR)
    after = day_before(later(born, (limit.value + 1) * _YEAR))
    reading = find(law, "age_reading", on)
    answer = _answer(on, birthday, after, str(reading.value) if reading else "")
    text = f"Ia berumur {limit.value} tahun pada {format_date(birthday)}; umurnya dihitung {format_date(on)}."
    if answer is None:
        text += (
            f" Apakah {asked} berarti sampai hari itu atau sampai {format_date(after)} belum ditetapkan. "
            "Tetapkan dulu cara membacanya."
        )
    return condition("age", answer, text, limit, value=_years(born, on), threshold=asked)


def _answer(on: date, birthday: date, after: date, reading: str) -> bool | None:
    if on <= birthday:
        return True
    if on > after or reading == "birthday":
        return False
    return True if reading == "completed" else None


def _years(born: date, on: date) -> str:
    years = on.year - born.year
    return f"{years if later(born, years * _YEAR) <= on else years - 1} tahun"

"""Values of the law that rules take, as parameters of SQL; nothing of it is a number of ours.

A value that the law does not have on the date is NULL or missing in its table: the rule finds nothing then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from pamong.law import career
from pamong.law.career import Cited
from pamong.law.engine.errors import NotInForce
from pamong.law.engine.plan import Law
from pamong.people.quality.kinds import Rule
from pamong.people.queries.rows import fetch

# The words for levels of education, squeezed, as files of SIASN and offices write them; the law's own names.
_WORDS = {
    "sd": ("SD", "MI", "SEKOLAHDASAR", "PAKETA"),
    "smp": ("SMP", "SLTP", "MTS", "PAKETB"),
    "smp_kejuruan": ("ST", "SLTPKEJURUAN"),
    "sma": ("SMA", "SMU", "SLTA", "MA", "PAKETC"),
    "smk": ("SMK", "STM", "SMEA", "MAK", "SLTAKEJURUAN"),
    "sma_keguruan": ("SPG", "SGO", "SLTAKEGURUAN"),
    "d1": ("D1", "DI", "DIPLOMAI"),
    "d2": ("D2", "DII", "DIPLOMAII"),
    "d3": ("D3", "DIII", "DIPLOMAIII", "SARJANAMUDA", "DIPLOMAIIISARJANAMUDA"),
    "d4": ("D4", "DIV", "DIPLOMAIV"),
    "s1": ("S1", "SARJANA", "S1SARJANA"),
    "s2": ("S2", "MAGISTER", "S2MAGISTER"),
    "s3": ("S3", "DOKTOR", "S3DOKTOR"),
}
_LADDERS = {"pns": "golongan_order", "pppk": "golongan_order_pppk"}
_ENTRIES = {"pns": "education_first_golongan", "pppk": "education_pppk_golongan"}
TABLES = """
grades AS (SELECT * FROM unnest(%(g_golongan)s::text[], %(g_place)s::int[], %(g_ladder)s::text[])
           AS t(golongan, place, ladder)),
echelons AS (SELECT * FROM unnest(%(e_eselon)s::text[], %(e_lowest)s::text[]) AS t(eselon, lowest)),
levels AS (SELECT * FROM unnest(%(l_word)s::text[], %(l_level)s::text[]) AS t(word, level)),
studies AS MATERIALIZED (SELECT s.spelled, l.level
  FROM (SELECT DISTINCT level AS spelled FROM people_education) s
  JOIN levels l ON l.word = upper(regexp_replace(s.spelled, '[^A-Za-z0-9]', '', 'g'))),
entries AS (SELECT * FROM unnest(%(n_level)s::text[], %(n_ladder)s::text[], %(n_place)s::int[],
            %(n_period)s::daterange[]) AS t(level, ladder, place, period)),
ages AS (SELECT * FROM unnest(%(a_kind)s::text[], %(a_jenjang)s::text[], %(a_family)s::text[],
         %(a_age)s::int[]) AS t(kind, jenjang, family, age))
"""
Rows = Sequence[tuple[Any, ...]]


def parameters(law: Law, on: date) -> dict[str, Any]:
    """What ``TABLES`` and the rules need, by the law of a date."""
    grades = [
        (code, place, ladder) for ladder in _LADDERS for code, place in _table(law, _LADDERS[ladder], on)
    ]
    words = [(word, level) for level, spelled in _WORDS.items() for word in spelled]
    return {
        **_arrays("g", ("golongan", "place", "ladder"), grades),
        **_arrays("e", ("eselon", "lowest"), _table(law, "eselon_lowest_golongan", on)),
        **_arrays("l", ("word", "level"), words),
        **_arrays("n", ("level", "ladder", "place", "period"), list(_entries(law, grades))),
        **_arrays("a", ("kind", "jenjang", "family", "age"), [row[:4] for row in _ages(law, on)]),
        "pension_start": _scalar(law, "pension_start_months", on),
        "probation": _value(career.probation_months(law, on).highest),
        "acting": _acting(law, on),
        "seatless": list(career.seatless_standings(law, on)),
    }


def sources(rule: Rule, law: Law, on: date) -> tuple[Cited[Any], ...]:
    """Where the values stand that a rule takes: each entry of the law once."""
    found = []
    for name in rule.law:
        try:
            dated = law.by_name[name].on(on)
        except NotInForce:
            continue
        found.append(Cited(dated.value, law.by_name[name], dated))
    if rule.code == "past_retirement":
        found += [age for *_post, age in _cited_ages(law, on)]
    return tuple({(one.parameter.key, one.dated.since): one for one in found}.values())


def _arrays(prefix: str, names: Sequence[str], rows: Rows) -> dict[str, list[Any]]:
    """The columns of a small table, each as an array."""
    return {f"{prefix}_{name}": [row[place] for row in rows] for place, name in enumerate(names)}


def _table(law: Law, name: str, on: date) -> Rows:
    try:
        value: Any = law.by_name[name].on(on).value
    except NotInForce:
        return []
    return [(key[0], cell) for key, cell in value.items()]


def _entries(law: Law, grades: Rows) -> Iterator[tuple[str, str, int, DateRange]]:
    """The first golongan by education through time, by its place on its ladder."""
    places = {(code, ladder): place for code, place, ladder in grades}
    for ladder, name in _ENTRIES.items():
        for dated in law.by_name[name].history:
            value: Any = dated.value
            for key, golongan in value.items():
                if (golongan, ladder) in places:
                    yield key[0], ladder, places[golongan, ladder], DateRange(dated.since, dated.before)


def _ages(law: Law, on: date) -> Rows:
    return [(*post, cited.value) for *post, cited in _cited_ages(law, on)]


def _cited_ages(law: Law, on: date) -> Iterator[tuple[str, str, str, Cited[int]]]:
    """The age limit of every kind of post that the organisation has, where the law lists one."""
    for kind, jenjang, family in fetch("SELECT DISTINCT kind, jenjang, family FROM organisation_post", {}):
        key = career.retirement_key(law, on, kind=kind, jenjang=jenjang, family=family)
        age = career.retirement_age(law, key, on) if key else None
        if age is not None:
            yield kind, jenjang, family, age


def _acting(law: Law, on: date) -> int | None:
    limits = career.acting(law, on)
    if limits.months is None:
        return None
    return limits.months.value + (limits.extension_months.value if limits.extension_months else 0)


def _scalar(law: Law, name: str, on: date) -> int | None:
    try:
        return int(law.by_name[name].on(on).value)
    except NotInForce:
        return None


def _value(found: Cited[int] | None) -> int | None:
    return found.value if found else None

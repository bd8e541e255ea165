"""Rules of careers for plain Python: rank, echelon, retirement, education, probation, acting officials.

Every answer is a `Cited`: the value with the parameter and the dated entry that it comes from, so that a page
can show the article and how well it is known. `None` means that no rule is known for that key or day, never
zero or no. Formulas do not use this module, and it needs no columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Generic, TypeVar

from pamong.law.engine.errors import NotInForce
from pamong.law.engine.evidence import Citation, Evidence
from pamong.law.engine.parameters import Dated, Parameter
from pamong.law.engine.plan import Law

Value = TypeVar("Value")
_YEAR = 12  # months
# A special Act goes before the general rule (PP 11/2017 Pasal 240); the names of posts do not collide.
_AGES = (
    "retirement_age_teacher",
    "retirement_age_lecturer",
    "retirement_age_researcher",
    "retirement_age_functional",
    "retirement_age",
)


@dataclass(frozen=True, slots=True)
class Cited(Generic[Value]):
    """A value of the law with where it stands."""

    value: Value
    parameter: Parameter
    dated: Dated

    @property
    def citation(self) -> Citation:
        """Regulation, article and public address."""
        return self.dated.citation

    @property
    def evidence(self) -> Evidence:
        """How well the value is known."""
        return self.dated.evidence


@dataclass(frozen=True, slots=True)
class Limits(Generic[Value]):
    """A lowest and a highest value; either can be unknown."""

    lowest: Cited[Value] | None
    highest: Cited[Value] | None


@dataclass(frozen=True, slots=True)
class Retirement:
    """When somebody reaches the age limit: in service up to and with `last_day`, pension from `starts_on`."""

    last_day: date
    starts_on: date
    age: Cited[int]
    start: Cited[int]


@dataclass(frozen=True, slots=True)
class Acting:
    """How long somebody may act in a vacant post, in months and once more, and how far above his own."""

    months: Cited[int] | None
    extension_months: Cited[int] | None
    levels_up: Cited[int] | None


def grade_order(law: Law, golongan: str, on: date) -> Cited[int] | None:
    """The place of a golongan, 1 the lowest: I/a to IV/e of PNS; I to XVII of PPPK, another scale."""
    return _int(law, "golongan_order", on, golongan) or _int(law, "golongan_order_pppk", on, golongan)


def grade_code(law: Law, golongan: str, on: date) -> Cited[str] | None:
    """SIASN's code of a golongan of PNS."""
    return _text(law, "golongan_siasn_code", on, golongan)


def pangkat_name(law: Law, golongan: str, on: date) -> Cited[str] | None:
    """The name of the rank of a golongan of PNS, as *Penata Muda*; PPPK have none."""
    return _text(law, "golongan_pangkat", on, golongan)


def eselon_of_code(law: Law, code: str, on: date) -> Cited[str] | None:
    """The echelon of SIASN's code, as *III.a*."""
    return _text(law, "eselon_siasn_code", on, code)


def kind_of_eselon(law: Law, eselon: str, on: date) -> Cited[str] | None:
    """The kind of post of an echelon, as *administrator*; None for I.a, which can be one of two."""
    return _text(law, "eselon_post_kind", on, eselon)


def rank_limits(law: Law, eselon: str, on: date) -> Limits[str]:
    """The lowest and the highest golongan of who holds a post of an echelon."""
    return Limits(
        _text(law, "eselon_lowest_golongan", on, eselon), _text(law, "eselon_highest_golongan", on, eselon)
    )


def fits_rank(law: Law, golongan: str, eselon: str, on: date) -> bool | None:
    """Whether a golongan lies within the limits of an echelon; None where one of the limits is unknown."""
    limits, own = rank_limits(law, eselon, on), grade_order(law, golongan, on)
    if own is None or limits.lowest is None or limits.highest is None:
        return None
    low, high = (grade_order(law, limit.value, on) for limit in (limits.lowest, limits.highest))
    if low is None or high is None or own.parameter != low.parameter:
        return None
    return low.value <= own.value <= high.value


def retirement_key(law: Law, on: date, *, kind: str, jenjang: str = "", family: str = "") -> str | None:
    """The name under which the law lists the age limit of a post, most special first.

    `kind` as in the peta jabatan (*jf*, *administrator*), `jenjang` as *Ahli Muda*, `family` as *Guru*: gives
    `guru`, `peneliti_ahli_muda`, `jf_ahli_muda`, `administrator`; None where no name is listed.
    """
    level, group = _code(jenjang), _code(family)
    names = (f"{group}_{level}", group, f"{kind}_{level}", kind)
    return next((name for name in names if retirement_age(law, name, on)), None)


def retirement_age(law: Law, key: str, on: date) -> Cited[int] | None:
    """The age limit in years for a name such as `administrator`, `jf_ahli_madya` or `guru`."""
    return next((found for name in _AGES if (found := _int(law, name, on, key))), None)


def retirement(law: Law, key: str, born: date, on: date) -> Retirement | None:
    """When who was born on a day retires from a post, by the law that holds `on` a day."""
    age, start = retirement_age(law, key, on), _int(law, "pension_start_months", on)
    if age is None or start is None:
        return None
    # Only the month counts, so that a birthday on 29 February needs no rule of its own.
    years, month = divmod(born.month - 1 + start.value, _YEAR)
    starts_on = date(born.year + age.value + years, month + 1, 1)
    return Retirement(starts_on - timedelta(days=1), starts_on, age, start)


def seatless_standings(law: Law, on: date) -> frozenset[str]:
    """The standings, in small letters, of who rightly has no post: on unpaid leave, about to retire ..."""
    try:
        value: Any = law.by_name["standing_without_post"].on(on).value
    except NotInForce:
        return frozenset()
    return frozenset(key[0] for key, told in value.items() if told)


def education_of_code(law: Law, code: str, on: date) -> Cited[str] | None:
    """The level of education of SIASN's code, as *s1* for 40."""
    return _text(law, "education_siasn_code", on, code)


def education_grades(law: Law, education: str, on: date) -> Limits[str]:
    """A PNS's first golongan by education, and the highest that regular promotion reaches."""
    return Limits(
        _text(law, "education_first_golongan", on, education),
        _text(law, "education_highest_golongan", on, education),
    )


def education_grade_pppk(law: Law, education: str, on: date) -> Cited[str] | None:
    """A PPPK's first golongan by education; None for senior high school, on which sources disagree."""
    return _text(law, "education_pppk_golongan", on, education)


def cpns_ages(law: Law, on: date) -> Limits[int]:
    """The youngest and the oldest age in years at which one may apply to become a PNS."""
    return Limits(_int(law, "cpns_age_lowest", on), _int(law, "cpns_age_highest", on))


def pppk_lowest_age(law: Law, on: date) -> Cited[int] | None:
    """The youngest age in years at which one may apply to become a PPPK."""
    return _int(law, "pppk_age_lowest", on)


def pppk_years_left(law: Law, on: date) -> Cited[int] | None:
    """How many years before the age limit of the post one must apply to become a PPPK, at the latest."""
    return _int(law, "pppk_years_before_retirement", on)


def probation_months(law: Law, on: date) -> Limits[int]:
    """The shortest and the longest probation of a CPNS in months, from the TMT CPNS."""
    return Limits(_int(law, "cpns_probation_lowest", on), _int(law, "cpns_probation_highest", on))


def acting(law: Law, on: date) -> Acting:
    """The limits of an acting official (Plt)."""
    names = ("acting_months", "acting_extension_months", "acting_levels_up")
    return Acting(*(_int(law, name, on) for name in names))


def weakest(*found: Cited[int] | Cited[str] | None) -> Evidence | None:
    """The weakest evidence among several answers, which is that of what was worked out from them."""
    known = [one.evidence for one in found if one is not None]
    return max(known, key=lambda evidence: evidence.rank) if known else None


def _code(words: str) -> str:
    return "_".join(words.lower().split())


def _int(law: Law, name: str, on: date, *key: str) -> Cited[int] | None:
    return find(law, name, on, key)


def _text(law: Law, name: str, on: date, *key: str) -> Cited[str] | None:
    return find(law, name, on, key)


def find(law: Law, name: str, on: date, key: tuple[int | str, ...] = ()) -> Cited[Any] | None:
    """The value of a scalar, or of a table's row; None where no rule holds or the row is missing."""
    parameter = law.by_name[name]
    try:
        dated = parameter.on(on)
    except NotInForce:
        return None
    value = dated.value.get(key) if key else dated.value
    return None if value is None else Cited(value, parameter, dated)

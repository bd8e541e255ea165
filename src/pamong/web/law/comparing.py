"""One region's choices beside another's: methods, pay groups, and the parameters that differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pamong.law.engine.evidence import Evidence
from pamong.law.engine.loader import PayGroup, Profile
from pamong.law.engine.parameters import Parameter
from pamong.law.engine.show import rows_of, show_parameter
from pamong.web.law import words
from pamong.web.law.reading import Choice, choices, parameters_of, profile_of, value_on

FEW_ROWS = 4  # a longer table is told by its ends
GROUPS = {
    "tpp": "Pegawai pada umumnya",
    "tpg": "Guru bersertifikat",
    "blud": "Pegawai rumah sakit BLUD",
    "incentive": "Pemungut pajak dan retribusi daerah",
    "none": "Yang tidak berhak",
}


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing in which two regions may differ; '' where a region does not have it."""

    title: str
    left: str
    right: str
    place: tuple[str, str] | None = None
    left_evidence: Evidence | None = None
    right_evidence: Evidence | None = None
    same: bool = False


@dataclass(frozen=True, slots=True)
class ProfileView:
    """A region's choices beside another's, on a day."""

    left: Profile
    right: Profile | None
    choices: tuple[Choice, ...]
    methods: tuple[Pair, ...]
    pay_groups: tuple[Pair, ...]
    parameters: tuple[Pair, ...]
    same: int


def profile_view(code: str, on: date, other: str = "", overlay: str = "") -> ProfileView:
    """A region beside another, or alone. LawNotFound for an unknown one."""
    left, right = profile_of(code), profile_of(other) if other else None
    pairs = [_parameter_pair(code, other, key, on, overlay) for key in _keys_of(code, other)]
    shown = tuple(pair for pair in pairs if not pair.same)
    return ProfileView(
        left,
        right,
        tuple(choice for choice in choices() if choice.code not in ("", code)),
        tuple(_method_pairs(left, right)),
        tuple(_group_pairs(left, right)),
        shown,
        len(pairs) - len(shown),
    )


def _keys_of(code: str, other: str) -> list[str]:
    """What either region decides by itself, by area."""
    keys = set(profile_of(code).parameters)
    if other:
        keys |= set(profile_of(other).parameters)
    return sorted(keys)


def _parameter_pair(code: str, other: str, key: str, on: date, overlay: str) -> Pair:
    left = parameters_of(code, overlay).get(key)
    right = parameters_of(other, overlay).get(key) if other else None
    shown = left or right
    assert shown is not None  # noqa: S101 (the key comes from one of the two)
    area, _, name = key.partition("/")
    return Pair(
        shown.title,
        _words(left, on),
        _words(right, on),
        (area, name),
        _grade(left, on),
        _grade(right, on),
        _value(left, on) == _value(right, on),
    )


def _words(parameter: Parameter | None, on: date) -> str:
    """A value in words; a table by its rows, a long one by its ends, so that two can be told apart."""
    dated = None if parameter is None else value_on(parameter, on)
    if parameter is None or dated is None:
        return ""
    if parameter.kind in ("scalar", "list"):
        return show_parameter(parameter, dated)
    rows = [f"{key}: {value}" for key, value in rows_of(parameter, dated)]
    return "; ".join(rows) if len(rows) <= FEW_ROWS else f"{rows[0]}; … {rows[-1]} ({len(rows)} baris)"


def _value(parameter: Parameter | None, on: date) -> object:
    dated = None if parameter is None else value_on(parameter, on)
    return None if dated is None else dated.value


def _grade(parameter: Parameter | None, on: date) -> Evidence | None:
    dated = None if parameter is None else value_on(parameter, on)
    return None if dated is None else dated.evidence


def _method_pairs(left: Profile, right: Profile | None) -> Iterator[Pair]:
    for slot in sorted({*left.methods, *(right.methods if right else ())}, key=list(words.SLOTS).index):
        ours, theirs = _method(left, slot), _method(right, slot)
        yield Pair(words.slot(slot), ours, theirs, same=ours == theirs)


def _method(profile: Profile | None, slot: str) -> str:
    return words.shape(slot, profile.methods[slot]) if profile and slot in profile.methods else ""


def _group_pairs(left: Profile, right: Profile | None) -> Iterator[Pair]:
    for code in dict.fromkeys([*left.pay_groups, *(right.pay_groups if right else ())]):
        ours, theirs = left.pay_groups.get(code), right.pay_groups.get(code) if right else None
        yield Pair(
            GROUPS.get(code, code),
            _text(ours),
            _text(theirs),
            None,
            ours.evidence if ours else None,
            theirs.evidence if theirs else None,
            _text(ours) == _text(theirs),
        )


def _text(group: PayGroup | None) -> str:
    return group.text if group else ""

"""The talent box of a person from the data that exist. Pure.

Each axis is a weighted sum of components that were scored 0 to 100. What is missing is neither zero nor left
out of the weights: it could still be anything, so an axis is a span from the least to the most that it can
become. A level is known only if the whole span lies in it, and a box only if both levels are known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pamong.law.career import Cited
from pamong.law.engine.evidence import Evidence
from pamong.law.engine.plan import Law
from pamong.law.merit import find
from pamong.merit.choices import Performance, Potential

_FULL = 100  # points of a component, and percent of all weights


PERFORMANCE = {
    "skp": "predikat SKP",
    "award": "penghargaan",
    "team": "penugasan tim",
    "feedback": "umpan balik 360",
}
POTENTIAL = {
    "competence_test": "penilaian kompetensi",
    "competence_development": "pengembangan kompetensi",
    "experience": "pengalaman jabatan",
    "potential": "penilaian potensi",
    "education": "pendidikan",
    "field_match": "kesesuaian bidang ilmu",
    "integrity": "rekam disiplin",
}


@dataclass(frozen=True, slots=True)
class Axis:
    """What an axis can be: from ``least`` to ``most`` points, equal where nothing is missing.

    ``missing``: components without data, with the percent that hangs on them.
    """

    least: Fraction
    most: Fraction
    missing: tuple[tuple[str, int], ...]

    @property
    def value(self) -> Fraction | None:
        """The points, if nothing is missing."""
        return self.least if self.least == self.most and not self.missing else None

    @property
    def lacking(self) -> int:
        """The percent of the axis on which there are no data."""
        return sum(weight for _, weight in self.missing)


@dataclass(frozen=True, slots=True)
class Box:
    """A place in the nine boxes, or why there is none. ``text`` says it in plain words.

    ``evidence``: the weakest of what it rests on; None while no box is known.
    """

    number: int | None
    performance: Performance | None
    potential: Potential | None
    advice: str
    succession: bool | None
    text: str
    evidence: Evidence | None


def axis(weights: Mapping[str, int], scores: Mapping[str, int | None]) -> Axis:
    """An axis from weights in percent and points by component; a component without points is missing.

    ValueError for weights that do not sum to 100, points outside 0 to 100, or points without a weight.
    """
    if sum(weights.values()) != _FULL or min(weights.values()) <= 0:
        raise ValueError("weights are positive and sum to 100")
    known = {component: points for component, points in scores.items() if points is not None}
    if any(not 0 <= points <= _FULL for points in known.values()) or known.keys() - weights.keys():
        raise ValueError("points lie between 0 and 100 and belong to a component with a weight")
    missing = tuple((component, weight) for component, weight in weights.items() if component not in known)
    least = Fraction(sum(weights[component] * points for component, points in known.items()), _FULL)
    return Axis(least, least + sum(weight for _, weight in missing), missing)


def weights_of(law: Law, name: str, on: date) -> Mapping[str, int]:
    """A table of weights in whole percent, as ``talent_weight_performance``; empty where no rule holds."""
    table = find(law, name, on)
    return {key[0]: ppm // 10_000 for key, ppm in table.value.items()} if table else {}


def weights_fault(name: str, weights: Mapping[str, int]) -> str:
    """Why no axis can be told from these weights, in a sentence; '' where they sum to 100 percent."""
    if not weights:
        return f"Bobot sumbu {name} belum diketahui untuk hari itu."
    if sum(weights.values()) != _FULL or min(weights.values()) <= 0:
        return (
            f"Bobot sumbu {name} berjumlah {sum(weights.values())} %, seharusnya 100 %. Perbaiki aturannya."
        )
    return ""


def possible(law: Law, on: date, *, performance: Axis, potential: Axis) -> frozenset[int]:
    """The boxes that what is missing leaves open: one where the box is known; none without thresholds."""
    high, medium = find(law, "talent_threshold", on, "high"), find(law, "talent_threshold", on, "medium")
    if high is None or medium is None:
        return frozenset()
    limits = (Fraction(high.value), Fraction(medium.value))
    found = (
        find(law, "talent_box", on, works.value, can.value)
        for works in tuple(Performance)[_span(performance, limits)]
        for can in tuple(Potential)[_span(potential, limits)]
    )
    return frozenset(each.value for each in found if each is not None)


def box(law: Law, on: date, *, performance: Axis, potential: Axis) -> Box:
    """The box on a day, by thresholds and table of the law; unknown with its reason where data lack."""
    high, medium = find(law, "talent_threshold", on, "high"), find(law, "talent_threshold", on, "medium")
    if high is None or medium is None:
        return _none(None, None, "Ambang nilai kotak talenta belum diketahui.")
    limits = (Fraction(high.value), Fraction(medium.value))
    grade = _level(performance, limits)
    depth = _level(potential, limits)
    works = None if grade is None else tuple(Performance)[grade]
    can = None if depth is None else tuple(Potential)[depth]
    if works is None or can is None:
        return _none(works, can, _why(performance, potential, works, can))
    found = find(law, "talent_box", on, works.value, can.value)
    if found is None:
        return _none(works, can, "Tabel kotak talenta belum berlaku pada hari itu.")
    return _found(law, on, works, can, (found, high, medium))


def _found(
    law: Law,
    on: date,
    works: Performance,
    can: Potential,
    rests_on: tuple[Cited[int], Cited[int], Cited[int]],
) -> Box:
    number = rests_on[0].value
    advice, group = find(law, "talent_advice", on, number), find(law, "talent_succession", on, number)
    text = f"Kotak {number}: kinerja {works.label.lower()}, potensi {can.label.lower()}."
    weights = [find(law, name, on) for name in ("talent_weight_performance", "talent_weight_potential")]
    known = [*rests_on, *(each for each in weights if each is not None)]
    evidence = max((each.evidence for each in known), key=lambda each: each.rank)
    return Box(
        number,
        works,
        can,
        advice.value if advice else "",
        bool(group.value) if group else None,
        text,
        evidence,
    )


def _level(found: Axis, limits: tuple[Fraction, Fraction]) -> int | None:
    """0 for the highest level; None where the span of the axis reaches over a threshold."""
    levels = _span(found, limits)
    return levels.start if levels.stop - levels.start == 1 else None


def _span(found: Axis, limits: tuple[Fraction, Fraction]) -> slice:
    """The levels that an axis can still have, the highest first."""
    least, most = (sum(points < limit for limit in limits) for points in (found.least, found.most))
    return slice(most, least + 1)


def _none(works: Performance | None, can: Potential | None, text: str) -> Box:
    return Box(None, works, can, "", None, text, None)


def _why(performance: Axis, potential: Axis, works: Performance | None, can: Potential | None) -> str:
    parts = []
    if works is None:
        parts.append(_lack("kinerja", performance, PERFORMANCE))
    if can is None:
        parts.append(_lack("potensi", potential, POTENTIAL))
    return "Kotak belum dapat ditentukan. " + " ".join(parts)


def _lack(name: str, found: Axis, words: Mapping[str, str]) -> str:
    listed = ", ".join(
        f"{words.get(component, component)} ({weight} %)" for component, weight in found.missing
    )
    return f"Sumbu {name} belum punya data {found.lacking} %: {listed}."

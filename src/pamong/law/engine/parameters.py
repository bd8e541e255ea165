"""Parameters: dated, cited values of the law, read from YAML and CSV."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import gcd
from pathlib import Path
from typing import Any

from pamong.law.engine.errors import LawError, NotInForce
from pamong.law.engine.evidence import Citation, Evidence, Regulation, evidence_of

UNITS = frozenset(
    {"rupiah", "rate", "count", "days", "minutes", "seconds", "clock", "points", "text", "bool"}
)
KINDS = frozenset({"scalar", "table", "bracket", "list"})
_KEYS = frozenset(
    {
        "title",
        "unit",
        "kind",
        "description",
        "values",
        "by",
        "step",
        "x",
        "upper",
        "sums_to_100_with",
        "marginal",
        "region",
    }
)
_VALUE_KEYS = frozenset({"from", "until", "value", "citation", "grade", "note", "csv"})
_CITATION_KEYS = frozenset({"regulation", "article", "quote", "link"})
MILLION = 1_000_000
_QUOTE_WORDS = 25

Scalar = int | str | bool
Key = int | str


@dataclass(frozen=True, slots=True)
class Bracket:
    """Steps over a quantity: `bounds[i]` closes `results[i]`; the last result has no bound.

    `inclusive` says whether a value equal to a bound still belongs below it. Bounds and results are integers
    of the parameter's units (rates in parts per million).
    """

    bounds: tuple[int, ...]
    results: tuple[int, ...]
    inclusive: bool

    def at(self, num: int, den: int = 1) -> int:
        """The result that holds for the quantity `num / den`."""
        for bound, result in zip(self.bounds, self.results, strict=False):
            if num < bound * den or (self.inclusive and num == bound * den):
                return result
        return self.results[-1]


@dataclass(frozen=True, slots=True)
class Dated:
    """One value of a parameter and the days on which it holds: from `since`, before `before` (None: open)."""

    since: date
    before: date | None
    value: Any  # Scalar | dict[tuple[Key, ...], Scalar] | Bracket | tuple[str, ...]
    citation: Citation
    evidence: Evidence
    note: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A legal quantity through time."""

    key: str
    title: str
    unit: str
    kind: str
    history: tuple[Dated, ...]
    origin: str  # "nasional", a profile's name, or "situs"
    by: tuple[str, ...] = ()
    step: bool = False
    x: str = ""
    description: str = ""
    region: str = ""  # whose printed table it is, where national law only keeps it to compare with
    sums_to_100_with: tuple[str, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The argument name by which formulas ask for it: the last part of the key."""
        return self.key.rsplit("/", 1)[-1]

    @property
    def scale(self) -> int:
        """What an integer of this unit is divided by: rates are parts per million."""
        return MILLION if self.unit == "rate" else 1

    def on(self, day: date) -> Dated:
        """The value in force on `day`; raises NotInForce, never guesses."""
        for dated in self.history:
            if dated.since <= day and (dated.before is None or day < dated.before):
                return dated
        sentence = f"{self.title} ({self.key}): belum ada aturan yang berlaku pada {day.isoformat()}."
        before = [dated for dated in self.history if dated.since <= day]
        raise NotInForce(sentence, self.title, before[-1].citation.text if before else "")


def parse_scalar(value: object, unit: str, where: str) -> Scalar:
    """One value of a file as an integer (rates in ppm), a text or a bool. Floats are refused."""
    if isinstance(value, bool):
        if unit != "bool":
            raise LawError(f"{where}: ya/tidak tidak cocok untuk satuan {unit}.")
        return value
    if isinstance(value, float):
        raise LawError(
            f'{where}: {value} ditulis sebagai pecahan biner; tulis sebagai teks ("2,5 %") atau bulat.'
        )
    if unit == "rate":
        return _parse_rate(value, where)
    if unit == "text":
        return str(value)
    if unit == "bool" or not isinstance(value, int):
        raise LawError(f"{where}: '{value}' bukan nilai yang sah untuk satuan {unit}.")
    return value


def _parse_rate(value: object, where: str) -> int:
    if isinstance(value, int) and value == 0:
        return 0
    text = str(value).replace(" ", "").replace(",", ".")
    if not text.endswith("%"):
        raise LawError(f"{where}: persen harus ditulis seperti \"2,5 %\", bukan '{value}'.")
    try:
        ppm = Fraction(text[:-1]) * (MILLION // 100)
    except ValueError:
        raise LawError(f"{where}: '{value}' bukan persen.") from None
    if ppm.denominator != 1:
        raise LawError(f"{where}: '{value}' lebih halus daripada sepersejuta.")
    return int(ppm)


def common_scale(numbers: list[int], scale: int) -> int:
    """The greatest number that divides every value and the scale, so that products stay small."""
    return gcd(scale, *numbers) if numbers else scale


def parse_parameter(
    key: str, raw: object, folder: Path, origin: str, registry: Mapping[str, Regulation]
) -> Parameter:
    """A parameter from its YAML mapping; refuses unknown keys, missing citations and overlapping dates."""
    if not isinstance(raw, dict):
        raise LawError(f"{key}: berkasnya tidak berisi pasangan kunci dan nilai.")
    _refuse_unknown(raw, _KEYS, key)
    unit, kind = raw.get("unit"), raw.get("kind", "scalar")
    if unit not in UNITS:
        raise LawError(
            f"{key}: satuan '{unit}' tidak dikenal; pakai salah satu dari {', '.join(sorted(UNITS))}."
        )
    if kind not in KINDS:
        raise LawError(
            f"{key}: jenis '{kind}' tidak dikenal; pakai salah satu dari {', '.join(sorted(KINDS))}."
        )
    if not raw.get("values"):
        raise LawError(f"{key}: tidak punya nilai.")
    history = tuple(
        sorted((_dated(key, raw, entry, folder, registry) for entry in raw["values"]), key=lambda d: d.since)
    )
    return Parameter(
        key=key,
        title=str(raw.get("title") or key),
        unit=unit,
        kind=kind,
        history=_close(key, history),
        origin=origin,
        by=tuple(raw.get("by", ())),
        step=bool(raw.get("step", False)),
        x=str(raw.get("x", "")),
        description=str(raw.get("description", "")),
        region=str(raw.get("region", "")),
        sums_to_100_with=tuple(raw.get("sums_to_100_with", ())),
    )


def _refuse_unknown(raw: Mapping[str, object], known: frozenset[str], where: str) -> None:
    for name in raw:
        if name not in known:
            raise LawError(
                f"{where}: kunci '{name}' tidak dikenal; yang dikenal: {', '.join(sorted(known))}."
            )


def _close(key: str, history: tuple[Dated, ...]) -> tuple[Dated, ...]:
    """A value holds until the next one begins, unless its file says that it ends earlier."""
    closed = []
    for dated, following in zip(history, (*history[1:], None), strict=True):
        if following is not None and (
            following.since <= dated.since or (dated.before or following.since) > following.since
        ):
            raise LawError(
                f"{key}: nilai yang berlaku mulai {dated.since.isoformat()} dan "
                f"{following.since.isoformat()} bertumpang tindih tanggalnya."
            )
        before = dated.before or (following.since if following else None)
        closed.append(Dated(dated.since, before, dated.value, dated.citation, dated.evidence, dated.note))
    return tuple(closed)


def _dated(
    key: str, raw: Mapping[str, Any], entry: object, folder: Path, registry: Mapping[str, Regulation]
) -> Dated:
    if not isinstance(entry, dict):
        raise LawError(f"{key}: setiap nilai harus punya 'from', 'value', dan 'citation'.")
    _refuse_unknown(entry, _VALUE_KEYS, key)
    since = entry.get("from")
    if not isinstance(since, date):
        raise LawError(f"{key}: 'from' harus tanggal seperti 2024-01-01, bukan '{since}'.")
    until = entry.get("until")
    where = f"{key} (mulai {since.isoformat()})"
    return Dated(
        since=since,
        before=until + timedelta(days=1) if until else None,
        value=_parse_value(raw, entry, folder, where),
        citation=_citation(entry.get("citation"), registry, where),
        evidence=evidence_of(str(entry.get("grade", "")), where),
        note=str(entry.get("note", "")),
    )


def _citation(raw: object, registry: Mapping[str, Regulation], where: str) -> Citation:
    if not isinstance(raw, dict) or not raw.get("regulation"):
        raise LawError(f"{where}: tidak menyebut dasar hukumnya (citation), jadi tidak dimuat.")
    _refuse_unknown(raw, _CITATION_KEYS, where)
    regulation = registry.get(raw["regulation"])
    if regulation is None:
        raise LawError(f"{where}: peraturan '{raw['regulation']}' tidak ada di registry.yaml.")
    quote = str(raw.get("quote", ""))
    if len(quote.split()) > _QUOTE_WORDS:
        raise LawError(f"{where}: kutipan lebih dari {_QUOTE_WORDS} kata.")
    return Citation(regulation, str(raw.get("article", "")), str(raw.get("link") or regulation.link), quote)


def _parse_value(raw: Mapping[str, Any], entry: Mapping[str, Any], folder: Path, where: str) -> Any:
    kind, unit = raw.get("kind", "scalar"), raw["unit"]
    if "value" not in entry and "csv" not in entry:
        raise LawError(f"{where}: tidak punya 'value'.")
    value = entry.get("value", entry)
    if kind == "scalar":
        return parse_scalar(value, unit, where)
    if kind == "list":
        return tuple(str(item) for item in value)
    if kind == "bracket":
        return _parse_bracket(raw, value, where)
    return _parse_table(raw, value, folder, where)


def _parse_bracket(raw: Mapping[str, Any], value: object, where: str) -> Bracket:
    unit, x = raw["unit"], str(raw.get("x", ""))
    if x not in UNITS:
        raise LawError(f"{where}: 'x' harus menyebut satuan besaran yang dijenjangkan.")
    if not isinstance(value, list) or not value or value[-1][0] is not None:
        raise LawError(f"{where}: jenjang terakhir harus tanpa batas atas (null).")
    bounds = tuple(int(parse_scalar(bound, x, where)) for bound, _ in value[:-1])
    if any(low >= high for low, high in pairwise(bounds)):
        raise LawError(f"{where}: batas atas jenjang harus naik.")
    upper = raw.get("upper", "inclusive")
    if upper not in ("inclusive", "exclusive"):
        raise LawError(f"{where}: 'upper' harus inclusive atau exclusive.")
    results = tuple(int(parse_scalar(result, unit, where)) for _, result in value)
    return Bracket(bounds, results, upper == "inclusive")


def _parse_table(
    raw: Mapping[str, Any], value: Any, folder: Path, where: str
) -> dict[tuple[Key, ...], Scalar]:
    by = raw.get("by") or []
    if not by:
        raise LawError(f"{where}: tabel harus menyebut kuncinya ('by').")
    if isinstance(value, dict) and "csv" in value:
        rows = _csv_rows(folder / str(value["csv"]), len(by), where)
    else:
        rows = list(_flatten(value, len(by), where))
    table: dict[tuple[Key, ...], Scalar] = {}
    for keys, item in rows:
        if keys in table:
            raise LawError(f"{where}: baris {', '.join(map(str, keys))} tertulis dua kali.")
        table[keys] = parse_scalar(item, raw["unit"], f"{where}, {', '.join(map(str, keys))}")
    return table


def _flatten(value: Any, depth: int, where: str) -> list[tuple[tuple[Key, ...], object]]:
    if not isinstance(value, dict):
        raise LawError(f"{where}: tabel harus berupa pasangan kunci dan nilai.")
    rows: list[tuple[tuple[Key, ...], object]] = []
    for key, item in value.items():
        name: Key = key.isoformat() if isinstance(key, date) else key
        if depth == 1:
            rows.append(((name,), item))
        else:
            rows += [((name, *rest), leaf) for rest, leaf in _flatten(item, depth - 1, where)]
    return rows


def _csv_rows(path: Path, keys: int, where: str) -> list[tuple[tuple[Key, ...], object]]:
    if not path.is_file():
        raise LawError(f"{where}: berkas {path.name} tidak ada.")
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    rows: list[tuple[tuple[Key, ...], object]] = []
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != keys + 1:
            raise LawError(
                f"{where}: {path.name} baris {number} punya {len(line)} kolom, seharusnya {keys + 1}."
            )
        rows.append((tuple(_number(cell) for cell in line[:-1]), _number(line[-1])))
    return rows


def _number(cell: str) -> Key:
    digits = cell.lstrip("-")
    return int(cell) if digits.isdigit() and (digits == "0" or not digits.startswith("0")) else cell

"""*Dari mana angka ini?*: a traced value as a tree of titles, values, sentences and articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pamong.law.engine.children import Children
from pamong.law.engine.evidence import Citation, Evidence
from pamong.law.engine.formulas import Fact, Formula
from pamong.law.engine.parameters import Bracket, Parameter
from pamong.law.engine.show import show, show_parameter, show_unit, step_words
from pamong.law.engine.trace import ParameterValue, TraceValue

_SIGNS = {"add": "+", "sub": "−", "mul": "×", "lt": "<", "le": "≤", "gt": ">", "ge": "≥", "eq": "="}
_MIRRORED = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}
_ROUNDINGS = {
    "round_half_up": "dibulatkan ke {unit} terdekat",
    "round_down": "dibulatkan ke bawah",
    "round_up": "dibulatkan ke atas",
}
_SUMS = {
    "sum_days": "Jumlah semua hari",
    "sum_events": "Jumlah semua kejadian",
    "count_days": "Banyaknya hari",
    "greatest_event": "Yang terbesar dari semua kejadian",
    "weigh_segments": "Jumlah bagian bulan menurut harinya",
}
_ROWS = (*_SUMS, "number_of_days")
_NAMED = ("fact", "parameter", "formula", "lookup", "bracket", "progressive", *_ROWS)
_LEVELS = {"day": "hari", "segment": "bagian bulan", "event": "kejadian"}


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of an explanation. `kind`: formula, parameter, fact, table, sum, row."""

    kind: str
    name: str
    title: str
    value: str
    sentence: str = ""
    law: str = ""
    link: str = ""
    evidence: Evidence | None = None
    children: tuple[Reason, ...] = ()


def explain(value: TraceValue) -> Reason:
    """The reason of a value, down to facts, parameters and days. What was explained once is not repeated."""
    return _explain(value, set())


def _explain(value: TraceValue, told: set[str]) -> Reason:
    node = value.source
    if value.op == "fact" and isinstance(node, Fact):
        note = value.args[0] if value.args and value.args[0] else node.note
        return Reason("fact", node.name, node.title, _text(value), note)
    if isinstance(value, ParameterValue):
        return _parameter(value, show_parameter(value.parameter, value.dated))
    if value.op == "formula" and isinstance(node, Formula):
        made = value.args[0]
        if node.level == "person_month" and node.name in told:
            return Reason(
                "formula", node.name, node.title, _text(value), "Sudah dijelaskan di atas.", node.cite
            )
        told.add(node.name)
        # `made` may itself be a named value that the formula passes on unchanged.
        parts = (made,) if _is_named(made) else made.args
        sentence = "" if _is_named(made) or made.op == "literal" else _sentence(made)
        children = tuple(_unique(_explain(part, told) for part in _named(parts, made)))
        return Reason("formula", node.name, node.title, _text(value), sentence, node.cite, children=children)
    if value.op in ("lookup", "bracket", "progressive"):
        return _from_table(value, told)
    if value.op in _ROWS:
        return _from_rows(value, told)
    children = tuple(_unique(_explain(part, told) for part in _named(value.args, value)))
    return Reason("step", "", "Hitungan", _text(value), expression(value), children=children)


def _text(value: TraceValue) -> str:
    return show(value.num, value.unit, value.den)


def _is_named(value: Any) -> bool:
    return isinstance(value, TraceValue) and value.op in _NAMED


def _named(parts: tuple[Any, ...], owner: TraceValue) -> Iterator[TraceValue]:
    """The named values below a step, without going through other named values; only the branch taken."""
    if owner.op == "where":
        test, yes, no = owner.args
        taken = () if test.num is None else ((yes,) if test.num else (no,))
        parts = (test, *taken)
    elif owner.op in ("add", "sub"):
        parts = tuple(part for part in parts if part.num != 0) or parts[:1]
    for part in parts:
        if not isinstance(part, TraceValue):
            continue
        if _is_named(part):
            yield part
        else:
            yield from _named(part.args, part)


def _sentence(made: TraceValue) -> str:
    """What a formula did in words; a condition also says of each part whether it is met."""
    return condition(made) if made.unit == "bool" and made.op != "where" else expression(made)


def condition(value: TraceValue) -> str:
    """A condition with the values and thresholds in it: `780 menit > 780 menit: tidak terpenuhi`."""
    if value.op in ("all_of", "any_of"):
        word = "dan" if value.op == "all_of" else "atau"
        mixed = [
            f"({condition(part)})" if part.op in _OTHER[value.op] else condition(part) for part in value.args
        ]
        return f"; {word} ".join(mixed)
    return f"{_claim(value)}: {_MET[value.num]}"


_OTHER = {"all_of": ("any_of",), "any_of": ("all_of",)}
_MET = {True: "terpenuhi", False: "tidak terpenuhi", None: "belum diketahui"}


def _claim(value: TraceValue) -> str:
    """What a single condition says, before the answer."""
    if _is_named(value):
        return _title(value)
    if value.op == "negate":
        return f"bukan {_claim(value.args[0])}"
    if value.op == "is_missing":
        known = value.args[0].known
        return f"{_title(value.args[0])}{f' ({_text(value.args[0])})' if known else ''} tidak ada"
    if value.op == "equals_text":
        return f"{_title(value.args[0])} ({_text(value.args[0])}) = {value.args[1].text}"
    return expression(value)


def _title(value: TraceValue) -> str:
    if value.op in ("lookup", "bracket"):
        return str(value.args[0].parameter.title)
    return str(value.source.title) if value.source else expression(value)


def _unique(reasons: Iterator[Reason]) -> Iterator[Reason]:
    seen = set()
    for reason in reasons:
        sentence = "" if reason.kind == "formula" else reason.sentence
        key = (reason.kind, reason.name, reason.value, sentence)
        if key not in seen:
            seen.add(key)
            yield reason


def _parameter(
    value: ParameterValue, text: str, sentence: str = "", children: tuple[Reason, ...] = ()
) -> Reason:
    dated = value.dated
    citation: Citation = dated.citation
    return Reason(
        "parameter",
        value.parameter.key,
        value.parameter.title,
        text,
        sentence or dated.note,
        citation.text,
        citation.link,
        dated.evidence,
        children,
    )


def _from_table(value: TraceValue, told: set[str]) -> Reason:
    table, *keys = value.args
    children = tuple(_explain(key, told) for key in keys if _is_named(key))
    if value.op == "lookup":
        words = ", ".join(f"{key.source.title if key.source else 'kunci'}: {_text(key)}" for key in keys)
        missing = "" if value.known or any(not key.known for key in keys) else " tidak ada di tabel ini"
        return _parameter(table, _text(value), f"Baris {words}{missing}.", children)
    if value.op == "progressive":
        return _parameter(table, _text(value), "Setiap lapisan dengan tarifnya sendiri.", children)
    return _parameter(
        table, _text(value), _step_sentence(table.parameter, table.dated.value, keys[0]), children
    )


def _step_sentence(parameter: Parameter, steps: Bracket, quantity: TraceValue) -> str:
    if quantity.num is None:
        return "Besarannya belum diketahui."
    scale = 1_000_000 if parameter.x == "rate" else 1
    below: int | None = None
    for bound in (*steps.bounds, None):
        if bound is None or _within(quantity.num * scale, bound * quantity.den, steps.inclusive):
            return f"{_text(quantity)}: jenjang {step_words(parameter, below, bound, steps.inclusive)}."
        below = bound
    return ""


def _within(num: int, bound: int, inclusive: bool) -> bool:
    return num <= bound if inclusive else num < bound


def _from_rows(value: TraceValue, told: set[str]) -> Reason:
    rows: Children = value.args[0]
    counted = [(label, item) for label, item in rows.items if item.num != 0]
    if value.op == "number_of_days":
        return Reason("sum", "", "Jumlah hari", _text(value))
    children = tuple(
        Reason("row", "", label, _text(item), "", children=(_explain(item, told),) if _is_named(item) else ())
        for label, item in counted
    )
    level = _LEVELS.get(rows.level or "", "")
    rest = len(rows.items) - len(counted)
    sentence = f"{len(rows.items)} {level}" + (f", {rest} di antaranya nol" if rest and counted else "")
    if value.op == "weigh_segments":
        sentence = _weights(value)
    return Reason("sum", "", _SUMS[value.op], _text(value), sentence, children=children)


def _weights(value: TraceValue) -> str:
    parts, weights, total = value.args
    return (
        " + ".join(
            f"{_text(part)} × {_text(weight)}"
            for (_, part), (_, weight) in zip(parts.items, weights.items, strict=True)
            if weight.num
        )
        + f" : {_text(total)}"
    )


def expression(value: Any) -> str:
    """One step in words and signs, with the values of the named things in it."""
    if not isinstance(value, TraceValue):
        return str(getattr(value, "text", "")) or "jumlah"
    if _is_named(value) or value.op == "literal":
        return _text(value) if value.op != "literal" else str(value.num)
    if value.op in ("add", "sub") and not value.known:
        return _with_sign(value)
    return _WRITERS.get(value.op, _function)(value)


def _share(value: TraceValue) -> str:
    return f"{_inner(value.args[0], 'mul')} : {_inner(value.args[1], 'ratio')}"


def _rounding(value: TraceValue) -> str:
    inner = value.args[0]
    return expression(inner) if inner.den == 1 else f"{expression(inner)}, {_rounded(value)}"


def _rounded(value: TraceValue) -> str:
    """Which rounding, in the unit that was rounded: `dibulatkan ke rupiah terdekat`."""
    return _ROUNDINGS[value.op].format(unit=show_unit(value.unit) or "satuan")


def _branch(value: TraceValue) -> str:
    test, yes, no = value.args
    return "belum diketahui" if test.num is None else expression(yes if test.num else no)


def _with_sign(value: TraceValue) -> str:
    """`a × b`, `a > b`. Python compares with a threshold first; people want the quantity first."""
    (left, right), op = value.args, value.op
    if op in _MIRRORED and isinstance(left, ParameterValue):
        left, right, op = right, left, _MIRRORED[op]
    return f"{_inner(left, op)} {_SIGNS[op]} {_inner(right, op)}"


def _terms(value: TraceValue) -> str:
    """A sum without the terms that are nothing."""
    left, right = value.args
    if right.num == 0:
        return expression(left)
    if left.num == 0 and value.op == "add":
        return expression(right)
    return f"{_inner(left, 'add')} {_SIGNS[value.op]} {_inner(right, value.op)}"


def _chosen(value: TraceValue) -> str:
    """The smaller or the greater of two; a floor of nothing is not worth a word unless it holds."""
    left, right = value.args
    if value.op == "greatest" and left.op == "literal" and left.num == 0 and right.known:
        return expression(right) if right.num >= 0 else f"{expression(right)}, tidak kurang dari 0"
    which = "lebih kecil" if value.op == "least" else "lebih besar"
    return f"{_inner(left, value.op)} atau {_inner(right, value.op)}, diambil yang {which}"


def _function(value: TraceValue) -> str:
    args = [_inner(argument, value.op) for argument in value.args]
    joined = ", ".join(args)
    words = {
        "whole_minutes": f"menit penuh dari {args[0]}",
        "minutes_of": f"{args[0]} jam dalam menit",
        "days_of": f"{args[0]} dari sehari",
        "given": args[0] if value.args[0].known else args[-1],
        "is_missing": f"{args[0]} kosong",
        "negate": f"bukan ({args[0]})",
        "all_of": " dan ".join(args),
        "any_of": " atau ".join(args),
        "equals_text": " = ".join(args),
        "round_down_to": f"{args[0]}, dibulatkan ke bawah ke kelipatan {args[-1]}",
    }
    return words.get(value.op, joined)


def _inner(value: Any, outer: str) -> str:
    """A part of a step, in brackets where it would be read wrongly without."""
    text = expression(value)
    if not isinstance(value, TraceValue) or _is_named(value):
        return text
    terms = value.op in ("add", "sub") and all(part.num != 0 for part in value.args)
    loose = terms and outer in ("mul", "sub", "ratio")
    lists = value.op in ("least", "greatest") and outer != "" and ", " in text
    return f"({text})" if loose or lists else text


_WRITERS: dict[str, Callable[[TraceValue], str]] = {
    **dict.fromkeys(_SIGNS, _with_sign),
    **dict.fromkeys(("add", "sub"), _terms),
    **dict.fromkeys(("least", "greatest"), _chosen),
    **dict.fromkeys(_ROUNDINGS, _rounding),
    "ratio": _share,
    "where": _branch,
}


def missing_reasons(value: TraceValue) -> list[str]:
    """Why a value is unknown: the titles of the missing facts, and the table rows that do not exist."""
    if value.known:
        return []
    found: list[str] = []
    _collect_missing(value, found)
    return list(dict.fromkeys(found))


def _collect_missing(value: Any, found: list[str]) -> None:
    if isinstance(value, Children):
        for _, item in value.items:
            _collect_missing(item, found)
        return
    if not isinstance(value, TraceValue) or value.known or isinstance(value, ParameterValue):
        return
    if value.op == "fact":
        found.append(f"{value.source.title} belum ada")
        return
    before = len(found)
    for part in _deciding(value):
        _collect_missing(part, found)
    if value.op == "lookup" and len(found) == before:
        table, *keys = value.args
        words = f"tidak ada baris untuk {', '.join(_text(key) for key in keys)}"
        # Tables by the same key lack the same row; the first of them says enough.
        if not any(told.endswith(words) for told in found):
            found.append(f"{table.parameter.title}: {words}")


def _deciding(value: TraceValue) -> tuple[Any, ...]:
    """What makes a value unknown: an unknown condition alone, and never the branch that was not taken."""
    if value.op != "where":
        return value.args
    test, yes, no = value.args
    return (test,) if test.num is None else (yes if test.num else no,)


def flatten(reason: Reason, depth: int = 0) -> Iterator[tuple[int, Reason]]:
    """The tree as lines with their depth, for the command line and print."""
    yield depth, reason
    for child in reason.children:
        yield from flatten(child, depth + 1)

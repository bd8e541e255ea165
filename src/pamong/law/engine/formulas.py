"""Formulas: plain functions whose argument names are their inputs, and the facts that come from outside."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypedDict, Unpack

from pamong.law.engine.errors import LawError
from pamong.law.engine.parameters import UNITS

LEVELS = ("event", "day", "segment", "person_month")
Body = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Fact:
    """An input that comes from outside the law: what was recorded of a person, a day, a part of a month."""

    name: str
    level: str
    unit: str
    title: str
    nullable: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Formula:
    """One dated version of one name. `method` is `slot.shape` where a profile chooses among shapes."""

    name: str
    level: str
    unit: str
    body: Body
    inputs: tuple[str, ...]  # what the body's arguments stand for, in their order
    source: str
    title: str
    method: str = ""
    since: date = date(1945, 8, 17)
    before: date | None = None
    cite: str = ""
    line: str = ""
    note: str = ""

    @property
    def slot(self) -> str:
        """The slot of the profile that decides about this formula, or an empty text."""
        return self.method.partition(".")[0]


FORMULAS: dict[str, list[Formula]] = {}
FACTS: dict[str, Fact] = {}


def fact(name: str, level: str, unit: str, title: str, *, nullable: bool = False, note: str = "") -> Fact:
    """Declare an input. `nullable` says that it may be missing; a missing value is never zero."""
    if unit not in UNITS or level not in LEVELS:
        raise LawError(f"fakta {name}: satuan atau tingkat tidak dikenal.")
    declared = Fact(name, level, unit, title, nullable, note)
    if FACTS.setdefault(name, declared) != declared:
        raise LawError(f"fakta {name} dinyatakan dua kali.")
    return declared


class Words(TypedDict, total=False):
    """What may be said of a formula besides its title, unit and level."""

    method: str
    since: date
    before: date | None
    cite: str
    line: str
    note: str


def formula(
    *,
    title: str,
    unit: str,
    level: str = "person_month",
    name: str = "",
    reads: dict[str, str] | None = None,
    **words: Unpack[Words],
) -> Callable[[Body], Body]:
    """Declare a formula under the function's name, or under `name`.

    Argument names are the inputs; `reads` renames some of them, so that one body can serve several formulas.
    `cite` says where its shape comes from; `line` puts the amount on the slip (`ceiling`, `earned`, `cut`,
    `tax`, `contribution`); `method`, `since` and `before` are as in `Formula`.
    """
    if unit not in UNITS or level not in LEVELS:
        raise LawError(f"rumus {name or title}: satuan atau tingkat tidak dikenal.")

    def register(body: Body) -> Body:
        arguments = inspect.signature(body).parameters
        inputs = tuple((reads or {}).get(argument, argument) for argument in arguments)
        source = textwrap.dedent(inspect.getsource(body))
        _add(Formula(name or body.__name__, level, unit, body, inputs, source, title, **words))
        return body

    return register


def _add(made: Formula) -> None:
    versions = FORMULAS.setdefault(made.name, [])
    for other in versions:
        overlap = (other.before is None or made.since < other.before) and (
            made.before is None or other.since < made.before
        )
        if other.method == made.method and overlap:
            raise LawError(f"rumus {made.name}: dua versi berlaku pada tanggal yang sama.")
        if other.unit != made.unit or other.level != made.level:
            raise LawError(f"rumus {made.name}: versinya berbeda satuan atau tingkat.")
    versions.append(made)


def check_source(path: Path) -> None:
    """Refuse a law source that holds a number of the law, a float or a division."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    dates = {id(arg) for node in ast.walk(tree) if _is_date(node) for arg in ast.walk(node)}
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.Constant) and id(node) not in dates:
            value = node.value
            if isinstance(value, float) or (isinstance(value, int) and value not in (0, 1)):
                raise LawError(
                    f"{path.name} baris {line}: angka {value} tertulis di rumus; angka hukum harus menjadi "
                    "parameter dengan dasar hukumnya."
                )
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div | ast.FloorDiv | ast.Mod | ast.Pow):
            raise LawError(
                f"{path.name} baris {line}: rumus tidak boleh membagi; pakai ratio lalu pembulatan."
            )


def _is_date(node: ast.AST) -> bool:
    # Dates of validity are written as date(2022, 8, 1): not numbers of the law.
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "date"

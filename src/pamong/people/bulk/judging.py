"""Whether what a file brings can stand beside the rest of a record, and how it is told in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from pamong.kernel.clock import format_date
from pamong.kernel.problem import Problem
from pamong.kernel.timeline import Row
from pamong.people.checks import DOUBTS, find_problems
from pamong.people.situation import Situation
from pamong.people.subjects import SUBJECTS, Input

_SECRET = {"nik", "number"}  # told as changed, not with their digits


def judge(
    person: int,
    today: date,
    before: Mapping[str, Sequence[Row]],
    after: Mapping[str, Sequence[Row]],
    added: Mapping[str, Sequence[Row]],
) -> list[tuple[str, Problem]]:
    """Everything that is wrong with the rows added, with the subject that it is about.

    Rows have their keys among their values. What was wrong before, and stays so, is a doubt. What a number
    contradicts (``DOUBTS``) is left to the reader of the file, who tells it by its column.
    """
    found = []
    for subject, rows in added.items():
        now = Situation(person, today, after, rows)
        problems = [problem for problem in find_problems(subject, now) if problem.code not in DOUBTS]
        if any(problem.severity == "block" for problem in problems) and before.get(subject):
            old = find_problems(subject, replace(now, after=before, added=before[subject]))
            known = {(problem.code, problem.message) for problem in old}
            problems = [
                replace(each, severity="warn") if (each.code, each.message) in known else each
                for each in problems
            ]
        found += [(subject, problem) for problem in problems]
    return found


@cache
def fresh_of(subject: str) -> Mapping[str, Any]:
    """The columns that belong to one act alone (the number of its order), with nothing in them."""
    return MappingProxyType(SUBJECTS[subject].fresh())


def title_of(subject: str, field: str = "") -> str:
    """What a kind of data, or one of its fields, is called."""
    found = SUBJECTS[subject].field(field) if field else None
    return found.label if found else SUBJECTS[subject].title


def told_change(
    subject: str, old: Mapping[str, Any] | None, new: Mapping[str, Any], seats: Mapping[int, str]
) -> str:
    """What is written, in words: ``Golongan III/b menjadi III/c``; of a new row only what is filled in.

    A later row that names no order erases none: the order of the row before stays with that row.
    """
    once = fresh_of(subject)
    parts: Iterable[str] = (
        text
        for field in SUBJECTS[subject].fields
        if new.get(field.fact) not in (None, "") or field.fact not in once
        if (text := _told(field, (old or {}).get(field.fact, field.blank), new.get(field.fact), seats))
    )
    return "; ".join(parts)


def _told(field: Any, old: Any, new: Any, seats: Mapping[int, str]) -> str:
    if new == old or (not new and not old):
        return ""
    if field.name in _SECRET:
        return str(field.label)
    before, after = (_text(field, value, seats) for value in (old, new))
    return (
        f"{field.label} {before} menjadi {after}"
        if old not in (None, "", False)
        else f"{field.label} {after}"
    )


def _text(field: Any, value: Any, seats: Mapping[int, str]) -> str:
    if isinstance(value, date):
        return format_date(value)
    if field.input is Input.SEAT:
        return seats.get(value, "posisi lain")
    return str(field.text(value))

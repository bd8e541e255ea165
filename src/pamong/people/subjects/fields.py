"""Fields of subjects, and reading their values as they come from a form, a file or an entry.

A key that no field names is refused; the state of an entry and whose data they are never come from outside.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from pamong.kernel.clock import FIRST_DAY, LAST_DAY, day_fault
from pamong.kernel.errors import InvalidValue
from pamong.kernel.nip import clean_nip
from pamong.kernel.problem import Problem

_LONGEST = 150


class Input(StrEnum):
    """How a field is filled in."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    CHOICE = "choice"
    LIST = "list"  # a choice too; what files brought beside it stays possible
    YES_NO = "yes_no"
    PERSON = "person"
    SEAT = "seat"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a subject.

    ``own``: an employee may propose it for himself. ``fresh``: belongs to the act (the number of its order),
    so that no act carries it into another row. ``lifelong``: can be corrected, never changed. ``blank``
    stands where nothing is known. ``check`` says what is wrong with a value, or ''. A text has at most
    ``most`` letters. ``anew``: a change must say it, nothing is carried on.
    """

    name: str
    label: str
    input: Input = Input.TEXT
    required: bool = False
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    suggestions: tuple[str, ...] = ()
    own: bool = False
    fresh: bool = False
    lifelong: bool = False
    blank: Any = ""
    check: Callable[[Any], str] | None = None
    most: int = _LONGEST
    anew: bool = False

    @property
    def fact(self) -> str:
        """The name of the column that holds it."""
        return f"{self.name}_id" if self.input in (Input.PERSON, Input.SEAT) else self.name

    def text(self, value: Any) -> str:
        """A value as people read it, but for persons and seats, which are only numbers here."""
        if value in (None, ""):
            return "tidak diisi"
        if isinstance(value, bool):
            return "ya" if value else "tidak"
        return dict(self.choices).get(str(value), str(value))


@dataclass(frozen=True, slots=True)
class Subject:
    """One dated table in words. ``several``: a person has several such things, each with a history.

    ``resumes``: what held before comes back when a stretch with an end is over. ``affects`` is the pay that
    follows from it; ``evidence`` names what is wanted as evidence.
    """

    code: str
    title: str
    what_for: str
    fields: tuple[Field, ...]
    evidence: str
    several: bool = False
    resumes: bool = False
    affects: str = ""

    @property
    def own_fields(self) -> tuple[Field, ...]:
        """What an employee may propose for himself; empty for what only the office enters."""
        return tuple(field for field in self.fields if field.own)

    def field(self, name: str) -> Field | None:
        """The field of this name."""
        return next((field for field in self.fields if field.name == name), None)

    def blanks(self) -> dict[str, Any]:
        """All columns with nothing in them."""
        return {field.fact: field.blank for field in self.fields}

    def fresh(self) -> dict[str, Any]:
        """The columns that belong to one act alone, with nothing in them."""
        return {field.fact: field.blank for field in self.fields if field.fresh}


# Beside the fields of a correction: the row is valid on, its end was wrong.
REOPEN = Field("reopen", "Tidak jadi berakhir", Input.YES_NO, blank=False)


def read(subject: Subject, values: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """Values as they come from a form or a file, by field name, and what is wrong with them.

    Dates become ``date``, numbers ``int``, persons and seats ``UUID``. Keys that no field names are refused.
    """
    found: dict[str, Any] = {}
    problems = []
    for name, raw in values.items():
        field = REOPEN if name == REOPEN.name else subject.field(name)
        if field is None:
            problems.append(Problem("unknown_field", f"isian '{name}' tidak dikenal, kosongkan", "block"))
            continue
        try:
            found[name] = _read(field, raw)
        except InvalidValue as error:
            shown = str(raw)[:80]
            problems.append(Problem("value", str(error), "block", column=field.label, value=shown))
    return found, problems


def as_json(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as an entry keeps them; ``read`` gives the same back."""
    return {
        name: value.isoformat()
        if isinstance(value, date)
        else str(value)
        if isinstance(value, UUID)
        else value
        for name, value in values.items()
    }


def _read(field: Field, raw: Any) -> Any:
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return field.blank
    value = _READERS[field.input](field, raw)
    fault = field.check(value) if field.check else ""
    if fault:
        raise InvalidValue(fault)
    return value


def _text(field: Field, raw: Any) -> str:
    if not isinstance(raw, str) or "\x00" in raw:
        raise InvalidValue("harus teks")
    cleaned = " ".join(raw.split())
    if len(cleaned) > field.most:
        raise InvalidValue(f"paling panjang {field.most} huruf, sekarang {len(cleaned)}. Persingkat")
    return clean_nip(cleaned) if field.name in ("nip", "nik") else cleaned


def _date(field: Field, raw: Any) -> date:
    try:
        day = raw if isinstance(raw, date) else date.fromisoformat(str(raw).strip())
    except ValueError as error:
        raise InvalidValue(f"'{str(raw)[:20]}' bukan tanggal, contoh yang benar: 2026-04-01") from error
    if day_fault(day):
        raise InvalidValue(f"'{day}' di luar tahun {FIRST_DAY.year} sampai {LAST_DAY.year}, periksa tahunnya")
    return day


def _number(field: Field, raw: Any) -> int:
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and re.fullmatch(r"-?[0-9]{1,9}", raw.strip()):
        return int(raw)
    raise InvalidValue(f"'{str(raw)[:20]}' bukan bilangan bulat")


def _choice(field: Field, raw: Any) -> str:
    if str(raw) not in dict(field.choices):
        raise InvalidValue(f"'{str(raw)[:20]}' tidak ada dalam pilihan")
    return str(raw)


def _yes_no(field: Field, raw: Any) -> bool:
    words = {"true": True, "1": True, "ya": True, "on": True, "false": False, "0": False, "tidak": False}
    try:
        return words[str(raw).strip().lower()]
    except KeyError as error:
        raise InvalidValue(f"'{str(raw)[:20]}' harus ya atau tidak") from error


def _uid(field: Field, raw: Any) -> UUID:
    try:
        return raw if isinstance(raw, UUID) else UUID(str(raw))
    except ValueError as error:
        raise InvalidValue("bukan pilihan dari daftar, pilih lagi") from error


_READERS: dict[Input, Callable[[Field, Any], Any]] = {
    Input.TEXT: _text,
    Input.DATE: _date,
    Input.NUMBER: _number,
    Input.CHOICE: _choice,
    Input.LIST: _text,
    Input.YES_NO: _yes_no,
    Input.PERSON: _uid,
    Input.SEAT: _uid,
}

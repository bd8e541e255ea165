"""Names and values of an entry's fields as people read them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from pamong.access.roles import ROLES
from pamong.web.formats import angka, bulan, rupiah, tanggal, waktu
from pamong.web.ledger.fields import FIELDS

MONEY = frozenset({"amount", "gross", "health", "net", "tax", "total"})
USER = re.compile(r"user:([0-9]{1,18})")
NOBODY: Mapping[int, str] = {}
_HASH = 64
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field of an entry: its name, its value as text. ``exact`` is set in fixed width: ids, hashes, lists.

    ``sealed``: a personal field of which only the commitment is shown.
    """

    name: str
    label: str
    text: str
    exact: bool = False
    sealed: bool = False


def label_of(name: str) -> str:
    """What a field is called; its own name where we have no word for it."""
    return str(FIELDS.get(name, name))


def line_of(name: str, value: Any, names: Mapping[int, str] = NOBODY) -> FieldLine:
    """A field in the clear. ``names``: of accounts, as far as the reader may see them."""
    if name in MONEY and type(value) is int:
        text, exact = rupiah(value), False
    elif name == "month" and isinstance(value, str) and (day := _day(value)):
        text, exact = bulan(day), False
    else:
        text, exact = _shown(value, names)
    return FieldLine(name, label_of(name), text, exact)


def tables_of(tables: Mapping[str, Any]) -> Iterator[tuple[str, str, int]]:
    """What an entry of rows says: table, what it holds in words ('' without any), how many rows."""
    for table, count in sorted(tables.items()):
        if isinstance(count, int):
            yield table, table_name(table), count


def table_name(table: str) -> str:
    """What a table holds, in words; '' where we have none for it."""
    meta = next((each._meta for each in apps.get_models() if each._meta.db_table == table), None)
    own = meta is not None and "verbose_name" in meta.original_attrs
    return str(meta.verbose_name) if meta and own else ""


def actor_words(actor: str, names: Mapping[int, str] = NOBODY) -> str:
    """Who acted, as far as an entry tells: an account's number, the command line, the database. ``names``:
    of accounts, as far as the reader may see them."""
    sort, _colon, rest = actor.partition(":")
    if (user := USER.fullmatch(actor)) and (name := names.get(int(user[1]))):
        return _("%(name)s, akun nomor %(number)s") % {"name": name, "number": rest}
    if sort == "user":
        return _("Akun nomor %(number)s") % {"number": rest}
    if sort == "person":
        return _("Pegawai tanpa akun, nomor %(number)s") % {"number": rest}
    if sort == "operator":
        return _("Baris perintah, %(name)s") % {"name": rest}
    return {"database": _("Basis data"), "public": _("Orang yang belum masuk")}.get(actor, actor)


def _shown(value: Any, names: Mapping[int, str]) -> tuple[str, bool]:
    """A value as text, and whether it stands in fixed width."""
    if value is None or value in ("", [], {}):
        return "–", False
    if isinstance(value, bool):
        return (_("ya") if value else _("tidak")), False
    if isinstance(value, int):
        return angka(value), False
    if isinstance(value, str):
        return _text(value, names)
    if isinstance(value, list) and all(isinstance(each, str | int) for each in value):
        texts = [_shown(each, names) for each in value]
        return ", ".join(text for text, _exact in texts), any(exact for _text, exact in texts)
    if pairs := _pairs(value):
        name_of = label_of if isinstance(value, dict) else str  # a list names columns
        return "\n".join(f"{name_of(name)}: {_shown(each, names)[0]}" for name, each in pairs), True
    return json.dumps(value, ensure_ascii=False, indent=1), True


def _text(value: str, names: Mapping[int, str]) -> tuple[str, bool]:
    if day := _day(value):
        return tanggal(day), False
    if _INSTANT.match(value):
        return waktu(datetime.fromisoformat(value)), False
    if USER.fullmatch(value) or value.startswith("operator:"):
        return actor_words(value, names), False
    if word := _labels().get(value):
        return word, False
    return value, len(value) == _HASH or value.count("-") == 4


def _pairs(value: Any) -> list[tuple[str, Any]]:
    """A table of plain values, or a list of pairs of texts; nothing for what is deeper."""
    rows = list(value.items()) if isinstance(value, dict) else value
    plain = all(
        isinstance(row, list | tuple) and len(row) == 2 and isinstance(row[0], str)
        and (row[1] is None or isinstance(row[1], str | int)) for row in rows
    )  # fmt: skip
    return [(row[0], row[1]) for row in rows] if plain else []


@cache
def _labels() -> Mapping[str, str]:
    """What the codes of states, kinds and roles are called; one that means several things is left out."""
    found: dict[str, set[str]] = {code: {role.title} for code, role in ROLES.items()}
    for config in apps.get_app_configs():
        module = f"{config.name}.choices"
        for kind in vars(import_module(module)).values() if find_spec(module) else ():
            if isinstance(kind, type) and issubclass(kind, StrEnum) and hasattr(kind, "label"):
                for each in kind:
                    found.setdefault(each.value, set()).add(str(each.label))
    return {value: labels.pop() for value, labels in found.items() if len(labels) == 1}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None

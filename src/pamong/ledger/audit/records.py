"""Rows as PostgreSQL writes them (``ROW(...)::text``), taken apart and compared column by column."""

from __future__ import annotations

from collections.abc import Sequence

DATES = ("date", "timestamp", "daterange", "tsrange", "tstzrange")


def parse_record(text: str) -> list[str | None]:
    """The columns of a record as text. ValueError for what is no record."""
    if text[:1] != "(" or text[-1:] != ")":
        raise ValueError(f"no record: {text[:40]!r}")
    return [_value(part) for part in _parts(text[1:-1])]


def by_column(columns: Sequence[tuple[str, str]], text: str | None) -> dict[str, str | None]:
    """The record by the names of its columns; empty without one. What is no record stands under ``isi``."""
    if text is None:
        return {}
    try:
        values = parse_record(text)
    except ValueError:
        return {"isi": text}
    if len(values) != len(columns):
        return {"isi": text}
    return {name: value for (name, _), value in zip(columns, values, strict=True)}


def differences(
    before: dict[str, str | None], now: dict[str, str | None]
) -> tuple[dict[str, str | None], dict[str, str | None]]:
    """What differs, from either side, in the columns that both have."""
    names = [name for name in before if name in now and before[name] != now[name]]
    return {name: before[name] for name in names}, {name: now[name] for name in names}


def moves_a_date(columns: Sequence[tuple[str, str]], names: Sequence[str]) -> bool:
    """Whether one of these columns holds a date, an instant or a span of them."""
    kinds = dict(columns)
    return any(kinds.get(name, "").startswith(DATES) for name in names)


def _parts(text: str) -> list[str]:
    parts, start, quoted, at = [], 0, False, 0
    while at < len(text):
        sign = text[at]
        if sign == "\\":
            at += 1
        elif sign == '"':
            quoted = not quoted
        elif sign == "," and not quoted:
            parts.append(text[start:at])
            start = at + 1
        at += 1
    return [*parts, text[start:]]


def _value(part: str) -> str | None:
    """An empty part is NULL; inside quotes a doubled quote, and a sign behind a backslash, are themselves."""
    if not part:
        return None
    found, quoted, at = [], False, 0
    while at < len(part):
        sign = part[at]
        if sign == "\\":
            at += 1
            found.append(part[at : at + 1])
        elif sign != '"':
            found.append(sign)
        elif quoted and part[at + 1 : at + 2] == '"':
            found.append('"')
            at += 1
        else:
            quoted = not quoted
        at += 1
    return "".join(found)

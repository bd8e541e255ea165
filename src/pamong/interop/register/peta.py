"""The peta jabatan: a row a post of a unit, with what is to be known of the unit."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import polars as pl

from pamong.interop.fields import Fields
from pamong.interop.register import peta_cells as cells
from pamong.interop.register.cells import other_lines, places_of, read_codes, read_name, read_text
from pamong.interop.register.circles import find_circles, spell_circle
from pamong.interop.register.peta_units import Units, gather_units
from pamong.interop.tables import file_problem
from pamong.interop.values import clean, read_int, read_yes
from pamong.kernel.errors import InvalidValue
from pamong.kernel.problem import Problem

UNIT_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "line": pl.Int32,
    "file": pl.String,
    "code": pl.String,
    "name": pl.String,
    "parent_code": pl.String,
    "kind": pl.String,
    "unit_class": pl.String,
    "location": pl.String,
}
POST_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "line": pl.Int32,
    "file": pl.String,
    "unit_code": pl.String,
    "post_name": pl.String,
    "post_kind": pl.String,
    "jenjang": pl.String,
    "eselon": pl.String,
    "job_class": pl.Int32,
    "seats": pl.Int32,
    "need": pl.Int32,
    "frozen": pl.Int32,
    "is_head": pl.Boolean,
    "superior_code": pl.String,
}
_MOST = 9_999
_OF_POST = (cells.POST_KIND, cells.JENJANG, cells.ESELON, cells.JOB_CLASS, cells.SEATS, cells.NEED)


def read_peta_jabatan(
    data: bytes, name: str, *, known_units: Collection[str] = ()
) -> tuple[pl.DataFrame, pl.DataFrame, list[Problem]]:
    """Read units (``UNIT_SCHEMA``, parents before children) and posts (``POST_SCHEMA``, by row).

    ``kind`` and ``post_kind`` are values of ``organisation.choices``. ``known_units``: codes that exist
    already and may be named as parent or superior. A wrong unit (unknown parent, circle, two names) stays out
    with what hangs from it and its posts, told once by unit; a wrong post stays out by row; all others go in.
    A file that can't be used gives no rows and one ``block`` problem without a row. Empty need is null, empty
    frozen is 0; ``line`` of a unit is the first row that names it.
    """
    try:
        fields = cells.SHEET.open(data, name)
    except InvalidValue as refusal:
        return (
            pl.DataFrame(schema=UNIT_SCHEMA),
            pl.DataFrame(schema=POST_SCHEMA),
            [file_problem(refusal, name)],
        )
    columns = _read(fields)
    units = gather_units(fields, columns, frozenset(known_units))
    posts = _posts(fields, columns, units, frozenset(known_units))
    return pl.DataFrame(units.rows, schema=UNIT_SCHEMA, orient="row"), posts, fields.in_order()


def _read(fields: Fields) -> dict[str, list[Any]]:
    """All columns of both frames, a value a row."""
    columns: dict[str, list[Any]] = {
        "line": list(fields.table.lines),
        "file": [fields.table.name] * len(fields.table.lines),
        "unit_code": read_codes(fields, cells.UNIT, "unit_code", "block"),
        "unit_name": fields.read(cells.UNIT_NAME, read_name, "text"),
        "parent_code": read_codes(fields, cells.PARENT, "parent_code", "block"),
        "unit_kind": fields.read(cells.UNIT_KIND, cells.read_unit_kind, "unit_kind"),
        "unit_class": fields.read(cells.UNIT_CLASS, read_text, "text"),
        "location": fields.read(cells.SITE, read_text, "text"),
        "post_name": fields.read(cells.POST, read_name, "text"),
        "post_kind": fields.read(cells.POST_KIND, cells.read_post_kind, "post_kind"),
        "jenjang": fields.read(cells.JENJANG, cells.read_jenjang, "jenjang"),
        "eselon": fields.read(cells.ESELON, cells.read_eselon, "eselon"),
        "job_class": fields.read(cells.JOB_CLASS, lambda text: read_int(text, 1, 17), "job_class"),
        "seats": fields.read(cells.SEATS, _read_count, "seats"),
        "need": fields.read(cells.NEED, _read_count, "need"),
        "frozen": [n or 0 for n in fields.read(cells.FROZEN, _read_count, "frozen")],
        # Nothing is said of heads where the file has no such column.
        "is_head": fields.read(cells.HEAD, read_yes, "yes_no")
        if cells.HEAD in fields.table.headings
        else [None] * len(fields.table.lines),
        "superior_code": read_codes(fields, cells.SUPERIOR, "superior_code", "block"),
    }
    for place, code in enumerate(columns["unit_code"]):
        if code is None and not clean(fields.table.column(cells.UNIT)[place]):
            fields.tell(place, "unit_code", cells.UNIT, "kosong, harus diisi")
    return columns


def _read_count(text: str) -> tuple[int | None, str]:
    return read_int(text, 0, _MOST)


def _posts(
    fields: Fields, columns: Mapping[str, list[Any]], units: Units, known: frozenset[str]
) -> pl.DataFrame:
    """The rows with a post that nothing speaks against."""
    places = [place for place, post in enumerate(columns["post_name"]) if post is not None]
    _tell_nameless(fields, columns)
    for place in places:
        _check_post(fields, columns, place)
    _tell_twice(fields, columns)
    _tell_two_heads(fields, columns)
    _check_superiors(fields, columns, units, known)
    kept = [
        place
        for place in places
        if place not in fields.refused and columns["unit_code"][place] in units.codes
    ]
    rows = {name: [columns[name][place] for place in kept] for name in POST_SCHEMA}
    return pl.DataFrame(rows, schema=POST_SCHEMA)


def _tell_nameless(fields: Fields, columns: Mapping[str, list[Any]]) -> None:
    """A row without a post only describes its unit; unless something of a post stands there."""
    filled = [fields.table.column(heading) for heading in _OF_POST]
    for place, post in enumerate(columns["post_name"]):
        if post is None and (any(clean(texts[place]) for texts in filled) or columns["is_head"][place]):
            fields.tell(place, "post_name", cells.POST, "kosong, padahal kolom lain tentang jabatan diisi")


def _check_post(fields: Fields, columns: Mapping[str, list[Any]], place: int) -> None:
    for column, heading in (("post_kind", cells.POST_KIND), ("seats", cells.SEATS)):
        if columns[column][place] is None and not clean(fields.table.column(heading)[place]):
            fields.tell(place, column, heading, "kosong, harus diisi")
    seats, frozen = columns["seats"][place], columns["frozen"][place]
    if seats is not None and frozen > seats:
        text = f"{frozen} posisi dibekukan, padahal jumlahnya hanya {seats}"
        fields.tell(place, "frozen", cells.FROZEN, text)
    if columns["is_head"][place] and seats is not None and seats > 1:
        fields.tell(place, "two_heads", cells.SEATS, f"{seats} posisi pimpinan, satu unit satu pimpinan")


def _tell_twice(fields: Fields, columns: Mapping[str, list[Any]]) -> None:
    """One post in two rows of a unit: nobody can tell whether to add them up, so none goes in."""
    names = (
        "unit_code", "post_name", "post_kind", "jenjang", "eselon", "job_class", "is_head", "superior_code",
    )  # fmt: skip
    keys = [
        (*key, post.casefold()) if post and key[0] else None
        for post, *key in zip(
            columns["post_name"], *(columns[n] for n in names if n != "post_name"), strict=True
        )
    ]
    for _, places in places_of(keys):
        for place in places:
            text = (
                f"jabatan ini juga ada di baris {other_lines(fields, places, place)} unit yang sama, "
                "gabungkan jumlahnya dalam satu baris"
            )
            fields.tell(place, "post_twice", cells.POST, text)


def _tell_two_heads(fields: Fields, columns: Mapping[str, list[Any]]) -> None:
    heads = [
        code if head and post else None
        for code, head, post in zip(
            columns["unit_code"], columns["is_head"], columns["post_name"], strict=True
        )
    ]
    for code, places in places_of(heads):
        for place in places:
            text = (
                f"unit {code} juga punya pimpinan di baris {other_lines(fields, places, place)}, pilih satu"
            )
            fields.tell(place, "two_heads", cells.HEAD, text)


def _check_superiors(
    fields: Fields, columns: Mapping[str, list[Any]], units: Units, known: frozenset[str]
) -> None:
    """The unit of the superior exists, a head is not his own superior, and heads make no circle."""
    heads: dict[str, int] = {}
    pairs = zip(columns["unit_code"], columns["superior_code"], strict=True)
    for place, (code, superior) in enumerate(pairs):
        if superior is None or code is None or place in fields.refused:
            continue
        if superior not in units.codes and superior not in known:
            why = "belum masuk karena masalah lain" if superior in units.named else "tidak ada"
            fields.tell(place, "superior_unknown", cells.SUPERIOR, f"unit {superior} {why}")
        elif columns["is_head"][place]:
            heads[code] = place
    above = units.parents | {code: columns["superior_code"][place] for code, place in heads.items()}
    for circle in find_circles(above):
        _tell_circle(fields, circle, heads)


def _tell_circle(fields: Fields, circle: tuple[str, ...], heads: Mapping[str, int]) -> None:
    """Each head whose row names the superior that closes the circle."""
    text = f"atasan melingkar: {spell_circle(circle)}"
    if len(circle) == 1:
        text = "pimpinan unit ini menjadi atasannya sendiri, isi unit di atasnya"
    for code in circle:
        if code in heads:
            fields.tell(heads[code], "superior_circle", cells.SUPERIOR, text)

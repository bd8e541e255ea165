"""Families: a row a relative of an employee."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from pamong.interop.fields import Fields
from pamong.interop.people import order_of_dates, read_sex
from pamong.interop.register import family_sheet as sheet
from pamong.interop.register.cells import (
    compare_niks,
    other_lines,
    places_of,
    read_name,
    read_niks,
    read_text,
    tell_future,
)
from pamong.interop.tables import file_problem
from pamong.interop.values import DateOrder, clean, read_date, read_yes
from pamong.kernel.errors import InvalidValue
from pamong.kernel.problem import Problem
from pamong.people.choices import Relation

SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "line": pl.Int32,
    "file": pl.String,
    "nip": pl.String,
    "name": pl.String,
    "relation": pl.String,
    "sex": pl.String,
    "birth_date": pl.Date,
    "nik": pl.String,
    "occupation": pl.String,
    "entitled": pl.Boolean,
    "married_on": pl.Date,
}


_RELATIONS: dict[str, tuple[Relation, str | None]] = {
    "suami": (Relation.SPOUSE, "L"),
    "istri": (Relation.SPOUSE, "P"),
    "isteri": (Relation.SPOUSE, "P"),
    "suami/istri": (Relation.SPOUSE, None),
    "pasangan": (Relation.SPOUSE, None),
    "anak": (Relation.CHILD, None),
    "anak kandung": (Relation.CHILD, None),
    "anak tiri": (Relation.CHILD, None),
    "anak angkat": (Relation.CHILD, None),
    "ayah": (Relation.PARENT, "L"),
    "bapak": (Relation.PARENT, "L"),
    "ibu": (Relation.PARENT, "P"),
    "orang tua": (Relation.PARENT, None),
    "saudara": (Relation.SIBLING, None),
    "saudara kandung": (Relation.SIBLING, None),
    "kakak": (Relation.SIBLING, None),
    "adik": (Relation.SIBLING, None),
    "mertua": (Relation.IN_LAW, None),
    "menantu": (Relation.IN_LAW, None),
    "ipar": (Relation.IN_LAW, None),
    "kerabat": (Relation.OTHER, None),
    "kerabat lain": (Relation.OTHER, None),
}


def read_family(
    data: bytes, name: str, *, today: date, day_first: bool | None = None
) -> tuple[pl.DataFrame, list[Problem]]:
    """Read relatives into the columns of ``SCHEMA``; ``relation`` is a value of ``people.choices.Relation``.

    A row with a ``block`` problem does not go in; a file that can't be used gives no rows and one ``block``
    problem without a row (``file`` or ``ambiguous_dates``, which ``day_first`` answers). An empty
    *tertanggung* tells nothing. A sex that the relation's word tells need not be written. Births and weddings
    after ``today`` are refused.
    """
    try:
        fields = sheet.SHEET.open(data, name)
    except InvalidValue as refusal:
        return pl.DataFrame(schema=SCHEMA), [file_problem(refusal, name)]
    order = order_of_dates(fields, (sheet.BORN, sheet.MARRIED), day_first)
    columns = _read(fields, order)
    if order:
        _compare(fields, columns, today)
    kept = fields.kept(columns) if order else {column: [] for column in columns}
    return pl.DataFrame(kept, schema=SCHEMA), fields.in_order()


def _read(fields: Fields, order: DateOrder | None) -> dict[str, list[Any]]:
    lines = fields.table.lines
    words = fields.read(sheet.RELATION, _read_relation, "relation")
    columns: dict[str, list[Any]] = {
        "line": list(lines),
        "file": [fields.table.name] * len(lines),
        "nip": fields.read_ids(sheet.NIP, once=False),
        "name": fields.read(sheet.NAME, read_name, "name"),
        "relation": [word and word[0].value for word in words],
        "sex": _sexes(fields, words),
        "birth_date": fields.read(sheet.BORN, lambda text: read_date(text, order), "date"),
        "nik": read_niks(fields),
        "occupation": fields.read("PEKERJAAN", read_text, "text"),
        "entitled": fields.read("TERTANGGUNG", _read_flag, "yes_no"),
        "married_on": fields.read(sheet.MARRIED, lambda text: read_date(text, order), "date"),
    }
    for place, own in enumerate(columns["name"]):
        if own is None:
            fields.tell(place, "name", sheet.NAME, "kosong, harus diisi")
    return {column: columns[column] for column in SCHEMA}


def _read_flag(text: str) -> tuple[bool | None, str]:
    return read_yes(text) if clean(text) else (None, "")


def _read_relation(text: str) -> tuple[tuple[Relation, str | None] | None, str]:
    bare = " ".join(clean(text).lower().split())
    if not bare:
        return None, "kosong, harus diisi"
    found = _RELATIONS.get(bare)
    return found, "" if found else (
        f"'{bare[:40]}' tidak dikenal, isi suami, istri, anak, ayah, ibu, saudara, mertua, menantu, atau ipar"
    )


def _sexes(fields: Fields, words: Sequence[tuple[Relation, str | None] | None]) -> list[str | None]:
    """The sex as written, else as the word tells; a contradiction is told and what is written stands."""
    sexes = fields.read(sheet.SEX, read_sex, "sex")
    for place, (sex, word) in enumerate(zip(sexes, words, strict=True)):
        meant = word[1] if word else None
        if sex and meant and sex != meant:
            relation = clean(fields.table.column(sheet.RELATION)[place]).lower()
            fields.tell(place, "relation_sex", sheet.SEX, f"{sex} berbeda dari hubungan '{relation}'", "warn")
        sexes[place] = sex or meant
    return sexes


def _compare(fields: Fields, columns: Mapping[str, list[Any]], today: date) -> None:
    tell_future(fields, sheet.BORN, columns["birth_date"], today)
    tell_future(fields, sheet.MARRIED, columns["married_on"], today)
    compare_niks(fields, columns["nik"], columns["birth_date"], columns["sex"])
    for place, (born, married) in enumerate(zip(columns["birth_date"], columns["married_on"], strict=True)):
        if born and married and married <= born:
            fields.tell(place, "married_birth", sheet.MARRIED, f"{married:%d-%m-%Y} sebelum tanggal lahir")
    _tell_copies(fields, columns)
    _tell_shared_niks(fields, columns)


def _tell_copies(fields: Fields, columns: Mapping[str, list[Any]]) -> None:
    """One relative written twice goes in once where the rows are the same; else none of them is believed."""
    who = zip(columns["nip"], (_folded(n) for n in columns["name"]), columns["birth_date"], strict=True)
    keys = [key if key[0] and key[1] else None for key in who]
    told = [name for name in columns if name != "line"]
    for _, places in places_of(keys):
        same = len({tuple(columns[name][place] for name in told) for place in places}) == 1
        for place in places[1:] if same else places:
            others = other_lines(fields, places, place)
            text = f"anggota keluarga ini juga ada di baris {others} dengan isi lain, sisakan satu baris"
            if same:
                text = f"baris ini sama dengan baris {fields.table.lines[places[0]]}, dipakai sekali"
            fields.tell(place, "relative_twice", sheet.NAME, text)


def _folded(name: str | None) -> str | None:
    return name.casefold() if name else None


def _tell_shared_niks(fields: Fields, columns: Mapping[str, list[Any]]) -> None:
    """Two relatives of one employee with one NIK: one is wrong. Of two employees: perhaps a couple."""
    pairs = zip(columns["nip"], columns["nik"], strict=True)
    for _, places in places_of([pair if all(pair) else None for pair in pairs]):
        if len({_folded(columns["name"][place]) for place in places}) == 1:
            continue  # told as copies of one relative
        for place in places:
            others = other_lines(fields, places, place)
            fields.tell(
                place, "nik_twice", "NIK", f"NIK ini juga dipakai di baris {others}, periksa keduanya"
            )

"""The people: the export "data ASN instansi" of BKN's SIASN, or a sheet with some of its headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import polars as pl

from pamong.interop.fields import Fields
from pamong.interop.headings import PEOPLE_ALIASES, SIASN_HEADINGS
from pamong.interop.kinds import kind_in_words, kind_of_headings
from pamong.interop.tables import Table, decode, file_problem, read_table
from pamong.interop.values import (
    DateOrder,
    clean,
    clean_name,
    date_evidence,
    decide_order,
    read_date,
    read_int,
)
from pamong.kernel.errors import InvalidValue
from pamong.kernel.nip import Nip
from pamong.kernel.problem import Problem

SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "line": pl.Int32,
    "nip": pl.String,
    "name": pl.String,
    "birth_date": pl.Date,
    "sex": pl.String,
    "kind": pl.String,
    "golongan": pl.String,
    "mkg_years": pl.Int32,
    "mkg_months": pl.Int32,
    "post_kind": pl.String,
    "post_name": pl.String,
    "unit_id": pl.String,
    "unit_name": pl.String,
    "opd_name": pl.String,
    "standing": pl.String,
    "start_on": pl.Date,
    "post_since": pl.Date,
    "grade_since": pl.Date,
    "file": pl.String,
}

_NIP = "NIP BARU"
_NEEDED = (_NIP, "NAMA")
_DATES = {
    "birth_date": "TANGGAL LAHIR",
    "start_on": "TMT CPNS",
    "post_since": "TMT JABATAN",
    "grade_since": "TMT GOLONGAN",
}
_TEXTS = {
    "post_kind": "JENIS JABATAN NAMA",
    "post_name": "JABATAN NAMA",
    "unit_id": "UNOR ID",
    "unit_name": "UNOR NAMA",
    "opd_name": "SATUAN KERJA KERJA NAMA",
    "standing": "KEDUDUKAN HUKUM NAMA",
}
_USED = {
    *_NEEDED,
    *_DATES.values(),
    *_TEXTS.values(),
    "GELAR DEPAN",
    "GELAR BELAKANG",
    "JENIS KELAMIN",
    "JENIS PEGAWAI NAMA",
    "STATUS CPNS PNS",
    "GOL AKHIR NAMA",
    "MK TAHUN",
    "MK BULAN",
}
PART_TIME = "PARUH WAKTU"  # the words that tell a part-time PPPK
_SIASN_ENOUGH = 50  # of 67 headings: then it is the export itself, whose dates are day-first
_SEXES = {"m": "L", "l": "L", "1": "L", "pria": "L", "laki-laki": "L", "laki laki": "L"} | {
    "f": "P",
    "p": "P",
    "2": "P",
    "wanita": "P",
    "perempuan": "P",
}
_GOLONGAN_PNS = re.compile(r"\b(IV|III|II|I) ?[/. ] ?([A-Ea-e])\b")
_GOLONGAN_PPPK = re.compile(
    r"(?:GOL(?:ONGAN)?\.? )?(XVII|XVI|XV|XIV|XIII|XII|XI|X|IX|VIII|VII|VI|V|IV|III|II|I)", re.I
)


def read_people(
    data: bytes, name: str, *, day_first: bool | None = None
) -> tuple[pl.DataFrame, list[Problem]]:
    """Read the people of a file into the columns of ``SCHEMA``, with every doubt as a problem.

    A row with a ``block`` problem does not go in; the others do. A file that can't be used at all gives no
    rows and one ``block`` problem without a row (code ``file`` or ``ambiguous_dates``). ``day_first``
    answers ``ambiguous_dates``: whether 01-02-2020 is 1 February.
    """
    try:
        table = read_table(
            data, name, lambda heading: people_column(heading) if people_column(heading) in _USED else None
        )
        require_people(table, data)
    except InvalidValue as refusal:
        return pl.DataFrame(schema=SCHEMA), [file_problem(refusal, name)]
    fields = Fields(table, _NIP)
    fields.problems.extend(_missing(table))
    order = order_of_dates(fields, _DATES.values(), day_first)
    columns = _read(fields, order)
    kept = fields.kept(columns) if order else {name: [] for name in columns}
    return pl.DataFrame(kept, schema=SCHEMA), fields.in_order()


def people_column(heading: str) -> str:
    """The export's own spelling of a normalised heading."""
    return PEOPLE_ALIASES.get(heading, heading)


def require_people(table: Table, data: bytes) -> None:
    """Refuse a table without NIP and name (``InvalidValue``), saying what the file seems to be instead."""
    missing = [heading for heading in _NEEDED if heading not in table.columns]
    other = kind_of_headings([h for h in table.headings if h != _NIP] + ["NIP"] * (_NIP in table.headings))
    if not table.columns and not other and data[:2] not in (b"PK", b"\xd0\xcf"):
        other = kind_in_words(decode(data[:8192], table.name))
    if other not in ("", "daftar pegawai") and len(table.columns) < len(_NEEDED) + 1:
        raise InvalidValue(f"{table.name}: berkas ini tampaknya {other}, bukan daftar pegawai.")
    if missing:
        raise InvalidValue(
            f"{table.name}: kolom {' dan '.join(missing)} tidak ada, daftar pegawai memerlukannya."
        )


def is_siasn(table: Table) -> bool:
    """Whether it is the export itself: most of its 67 headings are there."""
    return len(set(table.headings) & set(SIASN_HEADINGS)) >= _SIASN_ENOUGH


def _missing(table: Table) -> list[Problem]:
    """A warning per missing column that is used, one remark for the rest of the 67."""
    problems = [
        Problem("heading_missing", "kolom ini tidak ada di berkas", "warn", source=table.name, column=heading)
        for heading in SIASN_HEADINGS
        if heading in _USED and heading not in table.headings
    ]
    rest = [heading for heading in SIASN_HEADINGS if heading not in _USED and heading not in table.headings]
    if rest:
        text = f"{len(rest)} kolom ekspor SIASN tidak ada dan tidak dipakai di sini: {', '.join(rest)}"
        problems.append(Problem("headings_absent", text, "info", source=table.name))
    return problems


def order_of_dates(fields: Fields, headings: Iterable[str], day_first: bool | None) -> DateOrder | None:
    """The order of the dates in these columns, decided once for the file; ``None`` leaves one question.

    The question is a ``block`` problem of the file (code ``ambiguous_dates``) that shows one such date.
    """
    table = fields.table
    told: DateOrder | None = None
    if day_first is not None or is_siasn(table):
        told = "month" if day_first is False else "day"
    texts = {text for heading in headings for text in table.column(heading)}
    evidence = date_evidence(texts)
    order = decide_order(evidence, told)
    if order is None:
        example = next(text for text in sorted(texts) if date_evidence([text]) & {"both", "month"})
        text = (
            f"tanggal seperti {clean(example)} bisa dibaca dengan dua cara. Pilih urutan tanggal berkas ini: "
            "hari-bulan-tahun atau bulan-hari-tahun"
        )
        fields.problems.append(
            Problem("ambiguous_dates", text, "block", source=table.name, value=clean(example))
        )
    return order


def _read(fields: Fields, order: DateOrder | None) -> dict[str, list[Any]]:
    table = fields.table
    columns: dict[str, list[Any]] = {
        "line": list(table.lines),
        "nip": fields.read_ids(_NIP),
        "name": _names(fields),
    }
    for name, heading in _DATES.items():
        columns[name] = fields.read(heading, lambda text: read_date(text, order), "date")
    columns["sex"] = fields.read("JENIS KELAMIN", read_sex, "sex", "warn")
    columns["golongan"] = fields.read("GOL AKHIR NAMA", read_golongan, "golongan")
    columns["mkg_years"] = fields.read("MK TAHUN", lambda text: read_int(text, 0, 60), "mkg")
    columns["mkg_months"] = fields.read("MK BULAN", lambda text: read_int(text, 0, 11), "mkg")
    for name, heading in _TEXTS.items():
        columns[name] = fields.read(heading, lambda text: (clean(text) or None, ""), "text")
    columns["kind"] = read_kinds(fields, columns)
    columns["file"] = [table.name] * len(table.lines)
    compare_with_nip(fields, columns)
    return {name: columns[name] for name in SCHEMA}


def _names(fields: Fields) -> list[str | None]:
    """Front title, name, back titles, exactly as written: ``dr.`` is not ``Dr.``."""
    table = fields.table
    names: list[str | None] = []
    triples = zip(*(table.column(h) for h in ("GELAR DEPAN", "NAMA", "GELAR BELAKANG")), strict=True)
    for place, (front, own, back) in enumerate(triples):
        bare = clean_name(own)
        if not bare:
            fields.tell(place, "name", "NAMA", "kosong, harus diisi")
        full = " ".join(part for part in (clean_name(front), bare) if part)
        names.append(", ".join(part for part in (full, clean_name(back)) if part) or None)
    return names


def read_sex(text: str) -> tuple[str | None, str]:
    """L or P from what the export (M, F) and people write. Empty gives ``(None, '')``."""
    bare = clean(text).lower()
    if not bare:
        return None, ""
    sex = _SEXES.get(bare)
    return sex, "" if sex else f"'{bare[:40]}' tidak dikenal, isi L atau P"


def read_golongan(text: str) -> tuple[str | None, str]:
    """``III/d`` for PNS (also within ``Penata Tk. I (III/d)``), a Roman number for PPPK."""
    bare = clean(text)
    if not bare:
        return None, ""
    if match := _GOLONGAN_PNS.search(bare):
        grade, letter = match[1], match[2].lower()
        if letter == "e" and grade != "IV":
            return None, f"golongan {grade}/{letter} tidak ada"
        return f"{grade}/{letter}", ""
    if match := _GOLONGAN_PPPK.fullmatch(bare):
        return match[1].upper(), ""
    return None, f"'{bare[:40]}' bukan golongan, contoh yang benar: III/d, atau IX untuk PPPK"


def read_kinds(fields: Fields, columns: Mapping[str, list[Any]]) -> list[str | None]:
    """PNS, CPNS or PPPK. The export marks a PPPK in several places, in none of them always."""
    table = fields.table
    kinds: list[str | None] = []
    rows = zip(table.column("STATUS CPNS PNS"), table.column("JENIS PEGAWAI NAMA"), strict=True)
    for place, (status, employee) in enumerate(rows):
        golongan = columns["golongan"][place]
        words = f"{status} {employee} {columns['standing'][place] or ''}".upper()
        kind = kind_of(clean(status).upper(), words, golongan)
        if kind is None and columns["nip"][place]:
            kind = Nip(columns["nip"][place]).kind_hint
            text = f"jenis pegawai tidak tertulis, dianggap {kind} menurut NIP"
            fields.tell(place, "kind_guessed", "STATUS CPNS PNS", text, "warn")
        if golongan and kind and (kind == "PPPK") == ("/" in golongan):
            fields.tell(
                place, "golongan_kind", "GOL AKHIR NAMA", f"golongan {golongan} bukan golongan {kind}"
            )
        kinds.append(kind)
    return kinds


def kind_of(status: str, words: str, golongan: str | None) -> str | None:
    """PNS, CPNS or PPPK by status, by the words of all columns (capitals) or golongan; ``None``: not said."""
    if "PPPK" in words or "P3K" in words or PART_TIME in words or (golongan and "/" not in golongan):
        return "PPPK"
    if status in ("CPNS", "C"):
        return "CPNS"
    return "PNS" if status in ("PNS", "P") else None


def compare_with_nip(fields: Fields, columns: Mapping[str, list[Any]]) -> None:
    """The number repeats birth date, sex and start; a difference is told, and the row goes in."""
    for place, digits in enumerate(columns["nip"]):
        if digits is None:
            continue
        born: date | None = columns["birth_date"][place]
        start: date | None = columns["start_on"][place]
        sex = columns["sex"][place]
        if born and digits[:8] != born.isoformat().replace("-", ""):
            fields.tell(
                place,
                "nip_birth",
                "TANGGAL LAHIR",
                f"berbeda dari tanggal lahir dalam NIP {digits[:8]}",
                "warn",
            )
        if sex and sex != ("L" if digits[14] == "1" else "P"):
            fields.tell(
                place, "nip_sex", "JENIS KELAMIN", "berbeda dari jenis kelamin dalam NIP (digit 15)", "warn"
            )
        if (
            start
            and columns["kind"][place] != "PPPK"
            and digits[8:14] != start.isoformat()[:7].replace("-", "")
        ):
            fields.tell(
                place, "nip_start", "TMT CPNS", f"berbeda dari bulan dalam NIP {digits[8:14]}", "warn"
            )

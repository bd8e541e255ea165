"""All of a person that the SIASN export "data ASN instansi" tells, for the register of people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from pamong.interop.fields import Fields
from pamong.interop.headings import SIASN_HEADINGS
from pamong.interop.people import (
    PART_TIME,
    compare_with_nip,
    order_of_dates,
    people_column,
    read_golongan,
    read_kinds,
    read_sex,
    require_people,
)
from pamong.interop.register.cells import (
    compare_niks,
    other_lines,
    places_of,
    read_codes,
    read_name,
    read_niks,
    read_text,
    tell_future,
)
from pamong.interop.tables import Table, file_problem, read_table
from pamong.interop.values import DateOrder, clean, read_date, read_int, read_yes
from pamong.kernel.errors import InvalidValue
from pamong.kernel.problem import Problem, Severity

SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "line": pl.Int32,
    "file": pl.String,
    "nip": pl.String,
    "old_nip": pl.String,
    "name": pl.String,
    "front_title": pl.String,
    "back_title": pl.String,
    "birth_place": pl.String,
    "birth_date": pl.Date,
    "sex": pl.String,
    "religion": pl.String,
    "marital": pl.String,
    "nik": pl.String,
    "phone": pl.String,
    "email": pl.String,
    "email_gov": pl.String,
    "address": pl.String,
    "npwp": pl.String,
    "kind": pl.String,
    "standing_code": pl.String,
    "standing": pl.String,
    "cpns_order_no": pl.String,
    "cpns_order_on": pl.Date,
    "cpns_since": pl.Date,
    "pns_order_no": pl.String,
    "pns_order_on": pl.Date,
    "pns_since": pl.Date,
    "first_golongan": pl.String,
    "golongan": pl.String,
    "golongan_since": pl.Date,
    "mkg_years": pl.Int32,
    "mkg_months": pl.Int32,
    "post_kind": pl.String,
    "post_code": pl.String,
    "post_name": pl.String,
    "post_since": pl.Date,
    "education_code": pl.String,
    "education_level": pl.String,
    "programme": pl.String,
    "graduated_year": pl.Int32,
    "school": pl.String,
    "unit_code": pl.String,
    "unit_name": pl.String,
    "opd_name": pl.String,
    "nik_valid": pl.Boolean,
}

_NIP = "NIP BARU"
_TEXTS = {
    "birth_place": "TEMPAT LAHIR NAMA",
    "religion": "AGAMA NAMA",
    "marital": "JENIS KAWIN NAMA",
    "email": "EMAIL",
    "email_gov": "EMAIL GOV",
    "address": "ALAMAT",
    "standing": "KEDUDUKAN HUKUM NAMA",
    "cpns_order_no": "NOMOR SK CPNS",
    "pns_order_no": "NOMOR SK PNS",
    "post_kind": "JENIS JABATAN NAMA",
    "post_name": "JABATAN NAMA",
    "education_level": "TINGKAT PENDIDIKAN NAMA",
    "programme": "PENDIDIKAN NAMA",
    "school": "NAMA SEKOLAH",
    "unit_name": "UNOR NAMA",
    "opd_name": "SATUAN KERJA KERJA NAMA",
}
_TITLES = {"name": "NAMA", "front_title": "GELAR DEPAN", "back_title": "GELAR BELAKANG"}
_CODES = {
    "old_nip": "NIP LAMA",
    "phone": "NOMOR HP",
    "npwp": "NPWP NOMOR",
    "standing_code": "KEDUDUKAN HUKUM ID",
    "post_code": "JABATAN ID",
    "education_code": "TINGKAT PENDIDIKAN ID",
    "unit_code": "UNOR ID",
}
_DATES: dict[str, tuple[str, Severity]] = {
    "birth_date": ("TANGGAL LAHIR", "block"),
    "cpns_since": ("TMT CPNS", "block"),
    "pns_since": ("TMT PNS", "block"),
    "golongan_since": ("TMT GOLONGAN", "block"),
    "post_since": ("TMT JABATAN", "block"),
    # The date of an order is a detail of it: where it is wrong, the rest of the row still stands.
    "cpns_order_on": ("TANGGAL SK CPNS", "warn"),
    "pns_order_on": ("TANGGAL SK PNS", "warn"),
}
_SINCE = ("cpns_since", "pns_since", "golongan_since", "post_since")
_OTHERS = {
    "JENIS KELAMIN",
    "NIK",
    "JENIS PEGAWAI NAMA",
    "STATUS CPNS PNS",
    "GOL AWAL NAMA",
    "GOL AKHIR NAMA",
    "MK TAHUN",
    "MK BULAN",
    "TAHUN LULUS",
    "IS VALID NIK",
}
_USED = {
    _NIP,
    *_TEXTS.values(),
    *_TITLES.values(),
    *_CODES.values(),
    *(heading for heading, _ in _DATES.values()),
    *_OTHERS,
}
_YOUNGEST = 15  # years: whoever seems to have begun before this has a slip of the pen in one of two dates
_FIRST_GRADUATION = 1940


def read_register(
    data: bytes, name: str, *, today: date, day_first: bool | None = None
) -> tuple[pl.DataFrame, list[Problem]]:
    """Read the export into the columns of ``SCHEMA``, one row a person, with every doubt as a problem.

    What is wrong in who somebody is or in the career (NIP, name, dates, golongan) keeps the row out
    (``block``). What is wrong in the rest (NIK, phone, year of graduation) is told (``warn``) and left empty,
    and the row goes in. A file that can't be used gives no rows and one ``block`` problem without a row (code
    ``file`` or ``ambiguous_dates``; ``day_first`` answers the latter). A birth after ``today`` is refused.
    """
    try:
        table = read_table(data, name, _known)
        require_people(table, data)
    except InvalidValue as refusal:
        return pl.DataFrame(schema=SCHEMA), [file_problem(refusal, name)]
    fields = Fields(table, _NIP)
    fields.problems.extend(_missing(table))
    order = order_of_dates(fields, [heading for heading, _ in _DATES.values()], day_first)
    columns = _read(fields, order, today)
    if order:
        _compare(fields, columns, today)
    kept = fields.kept(columns) if order else {column: [] for column in columns}
    return pl.DataFrame(kept, schema=SCHEMA), fields.in_order()


def _known(heading: str) -> str | None:
    column = people_column(heading)
    return column if column in _USED else None


def _missing(table: Table) -> list[Problem]:
    """One warning for the columns that are used and absent, one remark for the rest of the 67."""
    absent = [heading for heading in SIASN_HEADINGS if heading not in table.headings]
    told: tuple[tuple[str, str, Severity, list[str]], ...] = (
        ("headings_missing", "yang diperlukan", "warn", [h for h in absent if h in _USED]),
        ("headings_absent", "lain dari ekspor SIASN", "info", [h for h in absent if h not in _USED]),
    )
    return [
        Problem(code, f"{len(which)} kolom {what} tidak ada: {', '.join(which)}", severity, source=table.name)
        for code, what, severity, which in told
        if which
    ]


def _read(fields: Fields, order: DateOrder | None, today: date) -> dict[str, list[Any]]:
    table = fields.table
    columns: dict[str, list[Any]] = {
        "line": list(table.lines),
        "file": [table.name] * len(table.lines),
        "nip": fields.read_ids(_NIP),
        "nik": read_niks(fields),
        "sex": fields.read("JENIS KELAMIN", read_sex, "sex", "warn"),
        "first_golongan": fields.read("GOL AWAL NAMA", read_golongan, "golongan", "warn"),
        "golongan": fields.read("GOL AKHIR NAMA", read_golongan, "golongan"),
        "mkg_years": fields.read("MK TAHUN", lambda text: read_int(text, 0, 60), "mkg"),
        "mkg_months": fields.read("MK BULAN", lambda text: read_int(text, 0, 11), "mkg"),
        "graduated_year": fields.read(
            "TAHUN LULUS", lambda text: read_int(text, _FIRST_GRADUATION, today.year), "year", "warn"
        ),
        "nik_valid": fields.read("IS VALID NIK", _read_flag, "yes_no", "warn"),
    }
    columns |= {column: fields.read(heading, read_text, "text") for column, heading in _TEXTS.items()}
    columns |= {column: fields.read(heading, read_name, "name") for column, heading in _TITLES.items()}
    columns |= {column: read_codes(fields, heading, column) for column, heading in _CODES.items()}
    for column, (heading, severity) in _DATES.items():
        columns[column] = fields.read(heading, lambda text: read_date(text, order), "date", severity)
    for place, own in enumerate(columns["name"]):
        if own is None:
            fields.tell(place, "name", "NAMA", "kosong, harus diisi")
    columns["kind"] = _kinds(fields, columns)
    return {column: columns[column] for column in SCHEMA}


def _read_flag(text: str) -> tuple[bool | None, str]:
    """Yes, no, or nothing known."""
    return read_yes(text) if clean(text) else (None, "")


def _kinds(fields: Fields, columns: Mapping[str, list[Any]]) -> list[str | None]:
    """The kinds of the month's reader, and PPPK paruh waktu as one of its own, as the law has it."""
    spoken = zip(
        fields.table.column("STATUS CPNS PNS"),
        fields.table.column("JENIS PEGAWAI NAMA"),
        (standing or "" for standing in columns["standing"]),
        strict=True,
    )
    part_time = [any(PART_TIME in words.upper() for words in row) for row in spoken]
    return [
        "PPPK_PW" if kind == "PPPK" and part else kind
        for kind, part in zip(read_kinds(fields, columns), part_time, strict=True)
    ]


def _compare(fields: Fields, columns: Mapping[str, list[Any]], today: date) -> None:
    """What can't be true of one person, or of two."""
    tell_future(fields, "TANGGAL LAHIR", columns["birth_date"], today)
    full_time = ["PPPK" if kind == "PPPK_PW" else kind for kind in columns["kind"]]
    compare_with_nip(fields, {**columns, "kind": full_time, "start_on": columns["cpns_since"]})
    compare_niks(fields, columns["nik"], columns["birth_date"], columns["sex"])
    # A birth that is told already must not be told again by every date after it.
    births = [born if born and born <= today else None for born in columns["birth_date"]]
    for column in _SINCE:
        _compare_since(fields, column, {**columns, "birth_date": births})
    _tell_shared_niks(fields, columns)


def _compare_since(fields: Fields, column: str, columns: Mapping[str, list[Any]]) -> None:
    """A TMT before somebody could work is refused; one before the appointment is told."""
    heading = _DATES[column][0]
    rows = zip(columns[column], columns["birth_date"], columns["cpns_since"], strict=True)
    for place, (since, born, start) in enumerate(rows):
        if since is None:
            continue
        if born and (since.year - _YOUNGEST, since.month, since.day) < (born.year, born.month, born.day):
            text = (
                f"{since:%d-%m-%Y} sebelum usia {_YOUNGEST} tahun (lahir {born:%d-%m-%Y}), "
                "periksa kedua tanggal"
            )
            fields.tell(place, "since_birth", heading, text)
        elif start and since < start:
            text = f"{since:%d-%m-%Y} sebelum TMT CPNS {start:%d-%m-%Y}, periksa kedua tanggal"
            fields.tell(place, "since_start", heading, text, "warn")


def _tell_shared_niks(fields: Fields, columns: Mapping[str, list[Any]]) -> None:
    """One NIK under several NIPs: perhaps one person (a PPPK who became PNS), perhaps a slip: all told."""
    nips = columns["nip"]
    for _, places in places_of(columns["nik"]):
        for place in places if len({nips[place] for place in places}) > 1 else ():
            text = (
                f"NIK ini juga dipakai NIP lain di baris {other_lines(fields, places, place)}, "
                "mungkin orang yang sama"
            )
            fields.tell(place, "nik_shared", "NIK", text, "warn")

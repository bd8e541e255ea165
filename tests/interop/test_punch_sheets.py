"""Sheets of punches in any form: the columns are guessed, chosen, and every cell read or told."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
import xlsxwriter

from pamong.interop.punch_sheets import SheetChoice, describe_sheet, read_punch_sheet
from pamong.interop.punches import read_punches
from pamong.kernel.errors import InvalidValue

NIP = "198503142010011001"
OFFICE = f"""DAFTAR HADIR PUSKESMAS
NAMA PEGAWAI;NIP;TGL;JAM DATANG;JAM PULANG
Siti Rekaan;'{NIP};02/11/2026;07.12;14.31
Siti Rekaan;'{NIP};03/11/2026;20:05;04:02
Siti Rekaan;'{NIP};30/02/2026;07.10;14.30
Siti Rekaan;'{NIP};04/11/2026;25:99;
"""
MACHINE = """User ID,Nama,Waktu
00017,Budi,2026-11-02 07:29:31
00017,Budi,2026-11-02 16:03:10
,Tanpa,2026-11-02 07:30
"""


def wall(text: str) -> datetime:
    """What a clock showed."""
    return datetime.fromisoformat(text)


def test_an_office_sheet_is_guessed_and_read_with_each_bad_cell_told() -> None:
    sheet = describe_sheet(OFFICE.encode(), "hadir.csv")
    assert sheet.headings == ("NAMA PEGAWAI", "NIP", "TGL", "JAM DATANG", "JAM PULANG")
    assert sheet.guess == SheetChoice("NIP", True, "TGL", ("JAM DATANG", "JAM PULANG"))
    frame, problems = read_punches(OFFICE.encode(), "hadir.csv", sheet.guess)
    assert frame.sort("at")["at"].to_list() == [
        wall("2026-11-02T07:12"), wall("2026-11-02T14:31"), wall("2026-11-03T20:05"),
        wall("2026-11-04T04:02"),
    ]  # fmt: skip
    assert set(frame["nip"]) == {NIP}
    told = {(each.row, each.code) for each in problems}
    assert {(4, "next_day"), (5, "impossible_time"), (6, "impossible_time")} <= told


def test_day_and_time_in_one_cell_and_a_row_of_nobody() -> None:
    sheet = describe_sheet(MACHINE.encode(), "log.csv")
    assert sheet.guess == SheetChoice("USER ID", moment="WAKTU")
    frame, problems = read_punches(MACHINE.encode(), "log.csv", sheet.guess)
    assert frame.select("pin", "at").rows() == [
        ("17", wall("2026-11-02T07:29:31")), ("17", wall("2026-11-02T16:03:10")),
    ]  # fmt: skip
    assert [(each.row, each.code) for each in problems] == [(4, "nobody")]


def test_cells_of_a_workbook_are_read_as_dates_and_times() -> None:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["ID", "Date", "In", "Out"])
        page.write_number(1, 0, 17)
        page.write_datetime(1, 1, wall("2026-11-02"), book.add_format({"num_format": "dd/mm/yyyy"}))
        page.write_datetime(1, 2, wall("2026-11-02T07:05").time(), book.add_format({"num_format": "hh:mm"}))
        page.write_string(1, 3, "16:20:11")
    sheet = describe_sheet(data.getvalue(), "log.xlsx")
    assert sheet.guess == SheetChoice("ID", False, "DATE", ("IN", "OUT"))
    frame, problems = read_punches(data.getvalue(), "log.xlsx", sheet.guess)
    assert frame.select("pin", "at").rows() == [
        ("17", wall("2026-11-02T07:05")), ("17", wall("2026-11-02T16:20:11")),
    ]  # fmt: skip
    assert not problems


def test_the_order_of_day_and_month_is_what_somebody_says() -> None:
    data = b"PIN,WAKTU\n17,11/02/2026 07:29\n"
    frame, _ = read_punches(data, "log.csv", SheetChoice("PIN", moment="WAKTU", order="month"))
    assert frame["at"].to_list() == [wall("2026-11-02T07:29")]


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        (SheetChoice("NIP", True, "TANGGAL", ("JAM",)), "kolom TANGGAL, JAM tidak ada"),
        (SheetChoice("NIP", True, "TGL"), "kolom waktunya belum dipilih"),
    ],
)
def test_a_choice_that_does_not_fit_is_told_in_one_sentence(choice: SheetChoice, sentence: str) -> None:
    frame, problems = read_punches(OFFICE.encode(), "hadir.csv", choice)
    assert frame.is_empty()
    assert [sentence in each.message for each in problems] == [True]


def test_a_table_that_tells_no_time_is_not_guessed() -> None:
    assert describe_sheet(b"NIP,NAMA\n1,Budi\n", "x.csv").guess is None


def test_what_is_recognised_is_guessed_and_the_rest_is_asked_for() -> None:
    data = b"NOMOR,TGL,DATANG\n7,03/11/2026,07.31\n"
    guess = describe_sheet(data, "x.csv").guess
    assert guess == SheetChoice("", False, "TGL", ("DATANG",))
    with pytest.raises(InvalidValue, match="kolom PIN atau NIP belum dipilih"):
        read_punch_sheet(data, "x.csv", guess)
    with pytest.raises(InvalidValue, match="berkas kosong"):
        describe_sheet(b"", "x.csv")

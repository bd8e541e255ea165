"""How values read on a page."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pamong.kernel.money import Rate
from pamong.web.formats import angka, bulan, initials, input_value, persen, rupiah, tanggal


def test_values_read_as_in_indonesia() -> None:
    assert rupiah(5_532_975) == "Rp5.532.975"
    assert rupiah(-500) == "-Rp500"
    assert angka(1_284) == "1.284"
    assert angka(-1_284) == "-1.284"
    assert persen(Rate(25_000)) == persen(25_000) == "2,5 %"
    assert tanggal(date(2026, 10, 5)) == "5 Oktober 2026"
    assert bulan((2026, 10)) == bulan(date(2026, 10, 31)) == "Oktober 2026"


@pytest.mark.parametrize("function", [rupiah, angka, persen, tanggal, bulan])
def test_missing_is_said_and_is_never_zero(function) -> None:
    assert "belum ada" in function(None)
    assert "0" not in function(None)


def test_zero_is_zero() -> None:
    assert (rupiah(0), angka(0), persen(0)) == ("Rp0", "0", "0 %")


@pytest.mark.parametrize(
    ("function", "value"),
    [(rupiah, 1.5), (rupiah, True), (angka, 1.5), (angka, True), (tanggal, datetime(2026, 1, 1, tzinfo=UTC))],
)
def test_values_of_the_wrong_kind_are_refused(function, value) -> None:
    with pytest.raises(TypeError):
        function(value)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Suparman", "S"),
        ("Muhammad Rizki Ananda, S.Kom.", "MA"),
        ("dr. Ni Luh Ayu Kartika, Sp.A.", "NK"),
        ("Hj. Ratna Dewi", "RD"),
        ("dr.", "D"),
    ],
)
def test_initials_leave_titles_out(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_inputs_hold_dates_in_iso_form() -> None:
    assert input_value(date(2026, 10, 5)) == "2026-10-05"
    assert input_value(12) == "12"

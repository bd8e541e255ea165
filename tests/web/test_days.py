"""Dates as people type them: day first whatever the browser's language, told in words beside the field."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template import engines

from pamong.web.days import DayField, parse_day
from pamong.web.formats import isian_tanggal, tanggal_kata

DAY = date(2026, 11, 10)
HOW = "tulis tanggalnya seperti 10-11-2026: tanggal, bulan, tahun."


class Asks(forms.Form):
    """A date and files."""

    on = DayField(label="Mulai", widget=forms.DateInput(attrs={"type": "date"}))
    file = forms.FileField(label="Berkas", required=False)


def show(form: forms.Form, name: str) -> str:
    return str(engines["jinja2"].from_string("{{ ui.field(bound) }}").render({"bound": form[name]}))


@pytest.mark.parametrize(
    "text",
    [
        "10-11-2026", "10/11/2026", "10.11.2026", "10 11 2026", " 10 - 11 - 2026 ", "10112026", "2026-11-10",
        "10 November 2026", "10 nov 2026", "10-Nov-2026", "10 NOPEMBER 2026", "10 Nov. 2026",
    ],
)  # fmt: skip
def test_the_day_comes_first_in_every_way_of_writing(text: str) -> None:
    assert parse_day(text) == DAY
    assert DayField().clean(text) == DAY


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("31-02-2026", "Februari 2026 hanya sampai tanggal 28. Periksa tanggalnya."),
        ("30022028", "Februari 2028 hanya sampai tanggal 29. Periksa tanggalnya."),
        ("05/03/26", "tulis tahunnya empat angka, misalnya 05-03-2026."),
        *(
            (text, HOW)
            for text in ("11/31/2026", "besok", "2026", "10 Foo 2026", "11-2026", "01-01-0000", "00-05-2026")
        ),
    ],
)
def test_what_is_no_date_is_none_and_told_how_to_write_it(text: str, fault: str) -> None:
    assert parse_day(text) is None
    with pytest.raises(ValidationError) as refused:
        DayField(label="Mulai").clean(text)
    assert refused.value.messages == [f"Mulai: {fault}"]


def test_short_names_of_months_are_known() -> None:
    names = {"Jan": 1, "Mei": 5, "Agt": 8, "Agu": 8, "Agustus": 8, "Okt": 10, "Des": 12}
    assert {name: parse_day(f"5 {name} 2026") for name in names} == {
        name: date(2026, month, 5) for name, month in names.items()
    }


def test_a_field_holds_the_day_first_and_tells_it_in_words() -> None:
    for value in (DAY, "2026-11-10", "10/11/2026"):
        text = show(Asks({"on": value}), "on")
        assert 'value="10-11-2026"' in text and ">10 November 2026</span>" in text
        assert 'type="text"' in text and 'inputmode="numeric"' in text and "HH-BB-TTTT" in text
    wrong = Asks({"on": "31-02-2026"})
    assert not wrong.is_valid()
    text = show(wrong, "on")
    assert 'value="31-02-2026"' in text and 'aria-invalid="true"' in text
    assert 'aria-describedby="id_on-error id_on-words"' in text


def test_formats_of_fields() -> None:
    assert (isian_tanggal(DAY), isian_tanggal(None), isian_tanggal("besok")) == ("10-11-2026", "", "besok")
    assert (tanggal_kata("10/11/2026"), tanggal_kata("besok"), tanggal_kata(None)) == (
        "10 November 2026",
        "",
        "",
    )


def test_a_field_for_files_speaks_the_language_of_the_page() -> None:
    text = show(Asks(), "file")
    assert "Pilih berkas" in text and "Belum ada berkas dipilih" in text and 'type="file"' in text
    assert "Berkas dipilih: {}" in text

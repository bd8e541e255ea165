"""The date that a page shows is asked for in figures with the day first, and told in plain words."""

from __future__ import annotations

import pytest

from tests.support.people import People
from tests.web.conftest import Read


@pytest.mark.parametrize("asked", ["2023-08-17", "17-08-2023", "17/08/2023", "17+Agustus+2023"])
def test_a_date_is_asked_for_as_people_write_it(people: People, read: Read, asked: str) -> None:
    text = read("nurul", "people:person", people.city.persons["chief"], query=f"?per={asked}")
    assert "Ini keadaan pada 17 Agustus 2023" in text
    assert 'value="17-08-2023"' in text and "/jabatan/?per=2023-08-17" in text


def test_earlier_records_are_asked_for_in_plain_words(people: People, read: Read) -> None:
    text = read("nurul", "people:person", people.city.persons["chief"], query="?diketahui=2100-01-01")
    assert "Menurut catatan" in text and "diketahui sampai" not in text and "Seperti diketahui" not in text

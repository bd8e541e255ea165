"""The inspector reads what departed from the plain path of a selection; its seat is filled by no form."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date

import pytest
from django.urls import reverse

from pamong.jobs.lists import make
from pamong.web import handing
from tests.support.deciding import WHY
from tests.support.filling import CLOSED, Filling
from tests.web.merit.conftest import Page, browser


def test_the_choice_of_the_second_is_a_filter_of_its_own_on_the_page_and_in_the_file(
    filling: Filling, page: Page, on_day: Callable[[date], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    decision = filling.put(filling.locked())
    filling.choose(decision, "c2")
    on_day(CLOSED)
    query = "?sejak=01-01-2020&apa=not_first"
    text = page("retno", "decisions:exceptions", query=query)
    for told in ("Peringkat 2 atau lebih dipilih", "Bonifasius Ledo", f"Alasan: {WHY}", "Mayor, "):
        assert told in text, told
    assert text.count('<th scope="row">') <= 1
    answer = browser(filling, "retno").get(reverse("decisions:exceptions") + query)
    assert f'href="/keputusan/{decision}"' in answer.content.decode()

    def made(_program: str, *arguments: str) -> bytes:
        return make(*arguments)

    monkeypatch.setattr(handing, "run", made)
    file = browser(filling, "retno").get(reverse("decisions:exceptions_export", args=["csv"]) + query)
    (row,) = csv.DictReader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=";")
    assert (row["Yang terjadi"], row["Tentang"]) == ("Peringkat 2 atau lebih dipilih", "Bonifasius Ledo")
    assert WHY in row["Keterangan"]
    for what in ("named", "overruled", "corrected", "recused", "unselected", "roster", "shift"):
        page("retno", "decisions:exceptions", query=f"?sejak=01-01-2020&apa={what}")


def test_the_form_that_fills_a_seat_says_that_a_selection_does(filling: Filling, page: Page) -> None:
    before = page("nurul", "organisation:seat_fill", filling.seat)
    assert "sedang diisi lewat seleksi" not in before
    filling.announced()
    told = page("nurul", "organisation:seat_fill", filling.seat)
    assert "sedang diisi lewat seleksi sejak 10 November 2026" in told and "hanya Plt. atau Plh." in told

"""The inbox: by clock, with what is odd marked; many signatures at once; in few questions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pamong.access import clock
from pamong.decisions import models
from pamong.decisions.choices import State
from tests.support.deciding import Desk
from tests.support.people import AT
from tests.web.decisions.conftest import Browser, plain

MOST_QUERIES = 10


def weighed(desk: Desk, **more: Any) -> Any:
    """A task that waits for the secretary's signature."""
    uid = desk.propose(**more)
    desk.answer("chief", uid)
    return uid


def test_what_waits_stands_by_clock_and_what_is_overdue_first(
    desk: Desk, read: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.propose(content={"task": "baru"})
    desk.propose(content={"task": "lama"}, at=AT - timedelta(days=5))
    text = read("chief", "inbox")
    assert text.index("Tugas lama") < text.index("Tugas baru")
    assert text.count("Lewat batas waktu") == 1
    assert "2 keputusan menunggu Anda." in text
    assert "Suparman" in text and "Pertimbangan atasan langsung" in text
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(days=4))
    assert read("chief", "inbox").count("Lewat batas waktu") == 2


def test_what_is_odd_carries_a_word_and_a_sign_and_no_box(desk: Desk, read: Any) -> None:
    weighed(desk)
    weighed(desk, content={"task": "aneh", "gates": {"age": "warn"}})
    text = read("above", "inbox")
    row = text[text.index("Tugas aneh") :]
    assert "Perlu dilihat" in row and "1 di antaranya perlu dilihat lebih dulu." in text
    assert text.count('type="checkbox"') == 1
    assert text.count("checked") == 0
    assert read("above", "inbox", query="?pilih=semua").count(" checked") == 1


def test_who_has_nothing_is_told_what_would_be_there(desk: Desk, read: Any) -> None:
    text = read("foreign", "inbox")
    assert "Tidak ada yang menunggu Anda" in text
    assert "Tandatangani yang dipilih" not in text


def test_an_opinion_can_not_be_ticked(desk: Desk, read: Any) -> None:
    desk.propose()
    assert 'type="checkbox"' not in read("chief", "inbox")


def test_one_kind_alone_is_shown_when_asked(desk: Desk, read: Any) -> None:
    desk.propose()
    assert "Tugas survei" not in read("chief", "inbox", query="?jenis=decisions.delegation")
    assert "Tugas survei" in read("chief", "inbox", query="?jenis=tests.task")


def test_scene_9_many_are_signed_at_once_and_the_odd_are_opened(desk: Desk, client_of: Browser) -> None:
    plain_ones = [weighed(desk) for _ in range(3)]
    odd = weighed(desk, content={"task": "aneh", "gates": {"age": "warn"}})
    client = client_of("above")
    done = client.post(reverse("decisions:sign"), {"pilih": [*map(str, plain_ones), str(odd)]})
    text = plain(done)
    assert "3 keputusan ditandatangani." in text
    assert reverse("decisions:decision", args=[odd]) in text and "age warn." in text
    states = dict(models.Decision.objects.values_list("uid", "state"))
    assert {states[uid] for uid in plain_ones} == {State.SEALED.value}
    assert states[odd] == State.WAITING.value


def test_ticking_what_is_another_s_signs_nothing_and_tells_nothing(desk: Desk, client_of: Browser) -> None:
    uid = weighed(desk, content={"task": "rahasia"})
    text = plain(client_of("foreign").post(reverse("decisions:sign"), {"pilih": [str(uid)]}))
    assert "Belum ada yang ditandatangani." in text and "rahasia" not in text
    assert models.Decision.objects.get(uid=uid).state == State.WAITING.value


def test_ticking_nothing_is_told_so(desk: Desk, client_of: Browser) -> None:
    answer = client_of("above").post(reverse("decisions:sign"), {"pilih": "x"}, follow=True)
    assert "Belum ada yang dipilih" in plain(answer)


def test_the_inbox_asks_few_questions_however_much_waits(desk: Desk, client_of: Browser) -> None:
    for _ in range(60):
        desk.propose(who="clerk", about="own")
    client = client_of("chief")
    for address in ("", "?hal=2", "?jenis=tests.task", "?hal=99"):
        with CaptureQueriesContext(connection) as caught:
            answer = client.get(reverse("decisions:inbox") + address)
        assert answer.status_code == 200
        assert len(caught) <= MOST_QUERIES, [query["sql"][:120] for query in caught.captured_queries]
    assert "60 keputusan menunggu Anda." in plain(answer)
    assert plain(answer).count("Tugas survei</a>") == 10


def test_the_home_page_and_the_head_of_each_page_count_it(desk: Desk, client_of: Browser) -> None:
    desk.propose()
    home = plain(client_of("chief").get(reverse("home")))
    assert "menunggu jawaban Anda" in home and reverse("decisions:inbox") in home
    assert ">1<" in plain(client_of("chief").get(reverse("count"))).replace(" ", "")
    assert "menunggu jawaban Anda" not in plain(client_of("foreign").get(reverse("home")))
    assert f'href="{reverse("decisions:inbox")}"' in plain(client_of("mayor").get(reverse("home")))

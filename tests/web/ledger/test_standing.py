"""How the logs stand: all well is one quiet sentence; what is late, silent or badly ruled is said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from pamong.access import clock
from pamong.kernel.actor import Actor
from pamong.ledger import queries
from pamong.ledger.queries import LogState
from tests.support.ledger import QUIET, answering, write_policy
from tests.web.ledger.conftest import LUAR, Book

WELL = "Semua catatan bersegel dan disaksikan, juga oleh saksi di luar pemerintah daerah ini."


def page(**headers: str) -> str:
    return " ".join(Client().get("/segel/").content.decode().split())


def decisions(operator: Actor, later: timedelta = timedelta()) -> LogState:
    state = queries.ledger_state(actor=operator, at=datetime.now(UTC) + later)
    return next(log for log in state.logs if log.name == "decisions")


def test_all_well_is_one_quiet_sentence_for_everybody(book: Book) -> None:
    book.note(1, 2, 3)
    book.seal()
    text = page()
    assert WELL in text and "Yang perlu dilihat" not in text
    assert text.count("Ikut menyaksikan") == 3 and "(saksi luar)" in text
    assert "/log/decisions/checkpoint" in text and "Audit terakhir" not in text


def test_without_any_seal_it_says_what_waits(book: Book, operator: Actor) -> None:
    book.note(1)
    found = decisions(operator)
    assert (found.size, found.sealed, found.waiting) == (0, 0, book.base + 1)
    assert decisions(operator, timedelta(minutes=3)).late


def test_entries_that_wait_too_long_are_told(
    book: Book, operator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.note(1)
    book.seal()
    book.note(2)
    in_time = decisions(operator)
    assert (in_time.waiting, in_time.late, in_time.size) == (1, False, book.base + 1)
    now = datetime.now(UTC) + timedelta(minutes=5)
    monkeypatch.setattr(clock, "now", lambda: now)
    text = page()
    assert (
        "Keputusan: 1 catatan menunggu disegel, yang tertua 5 menit yang lalu. Penyegel tidak jalan?" in text
    )
    assert WELL not in text


def test_a_silent_witness_is_named_with_what_it_said(
    book: Book, operator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.note(1)
    book.seal()
    answering(monkeypatch, book.keys, silent=["bkn"])
    book.note(2)
    book.seal()
    assert [each.name for each in decisions(operator).present] == ["inspektorat", "bkn", "univ"]  # not yet
    late = decisions(operator, timedelta(minutes=20))
    assert [each.name for each in late.present] == ["inspektorat", "univ"] and late.quorum and late.outsider
    monkeypatch.setattr(clock, "now", lambda: datetime.now(UTC) + timedelta(minutes=20))
    text = page()
    assert "Keputusan: saksi bkn tidak ikut sejak" in text and QUIET in text
    assert "belum cukup" not in text


def test_a_witness_that_does_not_come_back_to_a_quiet_log_is_named(
    book: Book, operator: Actor, settings: Any
) -> None:
    """It has seen all there is; but it was asked again since, and so was nobody if the sequencer is dead."""
    book.note(1)
    book.seal()
    assert len(decisions(operator, timedelta(minutes=70)).present) == 3
    late = decisions(operator, timedelta(minutes=80))
    assert not late.present and late.quorum is False
    assert {each.missing_since for each in late.witnesses} == {each.signed_at for each in late.witnesses}
    settings.PAMONG_LEDGER_HEARTBEAT = 0
    assert len(decisions(operator, timedelta(days=2)).present) == 3


def test_too_few_witnesses_and_none_from_outside(
    book: Book, operator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, book.keys, silent=["bkn", "univ"])
    book.note(1)
    book.seal()
    late = decisions(operator, timedelta(minutes=20))
    assert (late.quorum, late.outsider) == (False, False)
    write_policy(book.ledger, book.keys, LUAR[0], "quorum inspektorat")
    late = decisions(operator, timedelta(minutes=20))
    assert (late.quorum, late.outsider) == (True, False)
    monkeypatch.setattr(clock, "now", lambda: datetime.now(UTC) + timedelta(minutes=20))
    text = page()
    assert "tidak ada saksi luar pemerintah daerah ini di antara yang ikut" in text
    assert "Kebijakan saksi dapat terpenuhi tanpa saksi di luar" in text


def test_no_policy_and_a_damaged_one_are_said(book: Book) -> None:
    book.note(1)
    book.seal()
    (book.ledger / "policy").write_text("witness satu\n")
    assert "Berkas kebijakan saksi, baris 1" in page()
    (book.ledger / "policy").unlink()
    assert "Belum ada saksi luar" in page()


def test_the_standing_takes_few_questions(book: Book, django_assert_max_num_queries: Any) -> None:
    book.note(1)
    book.seal()
    with django_assert_max_num_queries(4, connection=connection):
        page()

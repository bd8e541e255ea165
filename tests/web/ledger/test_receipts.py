"""Receipts: every committed act answers with a promise, and a promise that was not kept is evidence."""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from pamong.kernel.actor import Actor
from pamong.ledger import queries, services
from pamong.ledger.errors import EntryNotFound
from pamong.ledger.queries import Kept
from pamong.ledger.receipts import MOST, Promise, Recorded, collecting, read_receipt, receipt_keys, receipt_of
from pamong.ledger.tree.errors import TreeError
from pamong.ledger.tree.merkle import leaf_hash
from pamong.web.ledger.promising import (
    HEADER,
    MOST_IN_HEADER,
    file_of,
    promise_of,
    promises,
    receipt_href,
    token_of,
)
from pamong.web.ledger.receipts import receipts_in
from tests.support.sealing import SITE, Noted, as_superuser
from tests.web.ledger.conftest import Book

AT = datetime(2026, 11, 10, 0, 0, 12, tzinfo=UTC)


def asked(book: Book, path: str, *numbers: int, answer: HttpResponse | None = None) -> tuple[Any, Any]:
    """An answer to a request that records events, and the request."""
    request = RequestFactory().post(path)
    request._messages = CookieStorage(request)

    def view(request: HttpRequest) -> HttpResponse:
        if numbers:
            book.note(*numbers)
        return answer or HttpResponse(status=302)

    return promises(view)(request), request


def test_an_answer_to_a_machine_carries_the_receipt(book: Book, operator: Actor) -> None:
    answer, _ = asked(book, "/api/v1/pegawai", 1)
    text = base64.b64decode(answer.headers[HEADER]).decode()
    receipt = read_receipt(text)
    newest = queries.find_newest(actor=operator, log="decisions", kind="example.noted")
    assert newest is not None
    body = newest.body
    assert (receipt.origin, receipt.kind) == (f"{SITE}/log/decisions", "example.noted")
    assert receipt.leaf_hash == leaf_hash(body)
    assert text.startswith("pamong-receipt/v1\n") and f"— {SITE}/receipt " in text


def test_a_message_to_people_carries_the_link(book: Book) -> None:
    answer, request = asked(book, "/usulan/", 1, 2)
    assert HEADER not in answer.headers
    [message] = request._messages._queued_messages
    assert str(message) == "Tercatat di buku segel."
    file = Client().get(receipt_href(message))
    assert re.fullmatch(r'attachment; filename="tanda-terima-\d{8}-\d{4}\.txt"', file["Content-Disposition"])
    assert [read_receipt(note).kind for note in receipts_in(file.content.decode())] == ["example.noted"] * 2


def test_the_link_joins_the_message_of_the_act(book: Book) -> None:
    request = RequestFactory().post("/usulan/")
    request._messages = CookieStorage(request)

    def view(request: HttpRequest) -> HttpResponse:
        request._messages.add(25, "Usulan disetujui.")  # type: ignore[attr-defined]
        book.note(1)
        return HttpResponse(status=302)

    promises(view)(request)
    [message] = request._messages._queued_messages
    assert str(message) == "Usulan disetujui." and receipt_href(message)


def test_nothing_is_promised_for_nothing_or_for_what_was_taken_back(book: Book) -> None:
    def fails(request: HttpRequest) -> HttpResponse:
        with pytest.raises(EntryNotFound), transaction.atomic():
            services.record(actor=Actor.operator("uji", AT.date()), event=Noted(1))
            raise EntryNotFound(1)
        return HttpResponse(status=302)

    request = RequestFactory().post("/api/v1/x")
    assert HEADER not in promises(fails)(request).headers
    answer, _ = asked(book, "/api/v1/x")
    assert HEADER not in answer.headers


def test_of_an_act_with_many_entries_the_last_are_promised_and_the_rest_named(book: Book) -> None:
    with collecting() as collected:
        ids = book.note(*range(50))
    promise = Promise.of(collected, AT)
    assert [each.entry_id for each in promise.told] == ids[-MOST:]
    text = file_of(promise)
    assert len(receipts_in(text)) == MOST
    assert text.endswith(f"dengan nomor masuk {ids[0]} sampai {ids[-MOST - 1]}.\n")
    answer, _ = asked(book, "/api/v1/x", *range(50))
    told = base64.b64decode(answer.headers[HEADER]).decode()
    assert len(receipts_in(told)) == MOST_IN_HEADER
    assert len(answer.headers[HEADER]) < 4096


def test_the_address_brings_the_promise_back_and_nothing_else() -> None:
    promise = Promise(
        AT, (Recorded(7, "rules", "a.b", bytes(32)), Recorded(8, "decisions", "c.d", bytes(32)))
    )
    token = token_of(promise)
    assert promise_of(token) == promise
    assert promise_of(token[:-1] + ("A" if token[-1] != "A" else "B")) is None
    assert promise_of("") is None
    assert Client().get(reverse("ledger:receipt_file"), {"isi": "x"}).status_code == 404


def test_earlier_keys_still_verify_and_strange_ones_do_not() -> None:
    with override_settings(PAMONG_SITE=SITE, PAMONG_LEDGER_SECRETS=["lama"]):
        old = receipt_of("decisions", "a.b", bytes(32), AT)
        names = [key.vkey for key in receipt_keys()]
    with override_settings(PAMONG_SITE=SITE, PAMONG_LEDGER_SECRETS=["baru", "lama"]):
        assert read_receipt(old).at == AT
        told = Client().get(reverse("ledger:receipt_key"))
        assert told.content.decode().split("\n")[1:] == [*names, ""]
        assert told["Content-Type"] == "text/plain; charset=utf-8"
    with override_settings(PAMONG_SITE=SITE, PAMONG_LEDGER_SECRETS=["lain"]), pytest.raises(TreeError):
        read_receipt(old)


def test_what_became_of_a_promise(book: Book, operator: Actor) -> None:
    with collecting() as collected:
        book.note(1, 2)
    promise = Promise.of(collected, datetime.now(UTC))
    kept = promise.notes()[1]
    lost = receipt_of(
        "decisions", "example.noted", leaf_hash(b"hidden"), datetime.now(UTC) - timedelta(minutes=5)
    )
    check = lambda note: queries.check_receipt(actor=operator, note=note)  # noqa: E731
    assert check(kept).kept is Kept.NOT_YET
    assert check(lost).kept is Kept.NOT_YET  # there is no later checkpoint
    book.seal()
    assert (check(kept).kept, check(kept).number) == (Kept.YES, book.base + 1)
    assert check(lost).kept is Kept.NO
    late = receipt_of("decisions", "example.noted", leaf_hash(b"hidden"), datetime.now(UTC))
    assert check(late).kept is Kept.NOT_YET  # the checkpoint is not a minute younger


def test_a_quiet_log_that_is_countersigned_again_makes_a_hidden_entry_evidence(
    book: Book, operator: Actor
) -> None:
    """Nothing came after it, so no checkpoint is younger; witnesses say that there still is nothing more."""
    book.note(1)
    book.seal()
    as_superuser(
        book.postgres,
        book.database,
        "ALTER TABLE ledger_checkpoint DISABLE TRIGGER ALL",
        "UPDATE ledger_checkpoint SET at = at - interval '1 hour'",
        "UPDATE ledger_witnessanswer SET good_at = good_at - interval '1 hour'",
    )
    at = datetime.now(UTC) - timedelta(minutes=5)
    lost = receipt_of("decisions", "example.noted", leaf_hash(b"hidden"), at)
    assert queries.check_receipt(actor=operator, note=lost).kept is Kept.NOT_YET
    book.seal()
    assert queries.check_receipt(actor=operator, note=lost).kept is Kept.NO


def test_the_page_says_what_became_of_it(book: Book) -> None:
    with collecting() as collected:
        book.note(1)
    book.seal()
    note = file_of(Promise.of(collected, datetime.now(UTC)))
    page = Client().post(reverse("ledger:receipt"), {"text": note.replace("\n", "\r\n")}).content.decode()
    number = book.base
    assert f"sebagai nomor {number}." in page and f"/segel/catatan/decisions/{number}/" in page
    gone = receipt_of("decisions", "a.b", leaf_hash(b"x"), datetime.now(UTC) - timedelta(minutes=5))
    file = SimpleUploadedFile("tanda-terima.txt", gone.encode())
    page = Client().post(reverse("ledger:receipt"), {"file": file}).content.decode()
    assert "Tanda terima ini adalah bukti" in page and "Inspektorat" in page


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Tidak ada tanda terima di sini"),
        ("bukan tanda terima", "Tidak ada tanda terima di sini"),
        ("pamong-receipt/v1\nx\n", "terpotong"),
    ],
)
def test_what_is_no_receipt_is_told(book: Book, text: str, words: str) -> None:
    page = Client().post(reverse("ledger:receipt"), {"text": text}).content.decode()
    assert words in page


def test_a_receipt_that_was_changed_is_told(book: Book) -> None:
    note = receipt_of("decisions", "a.b", bytes(32), AT).replace("a.b", "a.c")
    page = Client().post(reverse("ledger:receipt"), {"text": note}).content.decode()
    assert "Isinya telah diubah" in page

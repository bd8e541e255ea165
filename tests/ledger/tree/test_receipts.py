"""Receipts: signed by the site of the log, read strictly."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from pamong.ledger.tree.errors import NoteError, ReceiptError
from pamong.ledger.tree.receipts import Receipt, open_receipt, receipt_key_name, sign_receipt
from tests.ledger.tree.sample import ORIGIN, RECEIPT_KEY, SITE, key, receipt


def test_what_is_signed_opens() -> None:
    assert open_receipt(sign_receipt(receipt(), RECEIPT_KEY), [RECEIPT_KEY.verifier]) == receipt()


def test_the_time_is_utc_and_loses_its_parts_of_a_second() -> None:
    central = timezone(timedelta(hours=8))
    late = replace(receipt(), at=datetime(2026, 11, 10, 8, 0, 12, 999_999, central))
    assert late.text() == receipt().text()
    assert late.text().endswith("\n2026-11-10T00:00:12Z\n")


def test_only_the_site_of_the_log_gives_receipts() -> None:
    other = key("lain.example/receipt", number=9)
    note = other.sign_note(receipt().text())
    with pytest.raises(ReceiptError, match=f"harus ditandatangani kunci '{SITE}/receipt'") as error:
        open_receipt(note, [other.verifier])
    assert error.value.reason == "other_site"
    with pytest.raises(ReceiptError):
        sign_receipt(receipt(), other)
    with pytest.raises(NoteError, match="kunci yang dikenal"):
        open_receipt(note, [RECEIPT_KEY.verifier])


def test_the_key_of_a_site() -> None:
    assert receipt_key_name(ORIGIN) == f"{SITE}/receipt"
    assert receipt_key_name("pamong.invalid/0123abcd/log/rules") == "pamong.invalid/0123abcd/receipt"
    for origin in ("", "a.example", "/log/x", "a.example/log/"):
        with pytest.raises(ReceiptError, match="tidak berbentuk <situs>/log/<nama>"):
            receipt_key_name(origin)


def test_a_field_with_a_newline_is_not_signed() -> None:
    with pytest.raises(ReceiptError):
        sign_receipt(replace(receipt(), kind="a\nb"), RECEIPT_KEY)


TEXT = receipt().text()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "lines"),
        (TEXT[:-1], "lines"),
        (TEXT + "\n", "lines"),
        (TEXT.replace("v1", "v2"), "lines"),
        (TEXT.replace(ORIGIN, ""), "lines"),
        (TEXT.replace("pay.run_published", ""), "lines"),
        (TEXT.replace("=\n", "\n"), "hash"),
        (TEXT.replace("2026-11-10T00:00:12Z", "2026-11-10T00:00:12+00:00"), "time"),
        (TEXT.replace("2026-11-10T00:00:12Z", "2026-11-31T00:00:12Z"), "time"),
        (TEXT.replace("2026-11-10T00:00:12Z", "2026-11-10T0:00:12Z"), "time"),
    ],
)
def test_what_is_no_receipt_tells_why(text: str, reason: str) -> None:
    assert text != TEXT
    with pytest.raises(ReceiptError) as error:
        Receipt.parse(text)
    assert error.value.reason == reason

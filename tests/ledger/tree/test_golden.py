"""Every format as bytes in a file: what is written today must be readable, and written the same, for good.

``PAMONG_WRITE_SNAPSHOTS=1`` writes the files anew; a difference in one of them is a new format.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pamong.ledger.tree.checkpoints import open_checkpoint
from pamong.ledger.tree.compact import Compact, decode, encode, from_digits, to_digits
from pamong.ledger.tree.notes import open_note
from pamong.ledger.tree.policy import Policy
from pamong.ledger.tree.proof_file import ProofFile
from pamong.ledger.tree.receipts import open_receipt, sign_receipt
from tests.ledger.tree import sample

FOLDER = Path(__file__).resolve().parent / "golden"
MADE: dict[str, Callable[[], str]] = {
    "note.txt": lambda: sample.LOG_KEY.sign_note("Catatan bertanda tangan.\n\nDua alinea, é.\n"),
    "policy.txt": sample.policy_text,
    "checkpoint.txt": lambda: sample.signed_checkpoint(sample.LOG_KEY, sample.NEW_LOG_KEY),
    "slip.tlog-proof": lambda: sample.proof().text(),
    "receipt.txt": lambda: sign_receipt(sample.receipt(), sample.RECEIPT_KEY),
}
DIGITS = FOLDER / "slip.digits"


def golden(name: str) -> str:
    if os.environ.get("PAMONG_WRITE_SNAPSHOTS"):
        FOLDER.mkdir(exist_ok=True)
        (FOLDER / name).write_bytes(MADE[name]().encode())
    return (FOLDER / name).read_bytes().decode()


@pytest.mark.parametrize("name", MADE)
def test_the_bytes_have_not_changed(name: str) -> None:
    assert MADE[name]() == golden(name)


def test_what_was_written_is_read() -> None:
    keys = [sample.LOG_KEY.verifier, sample.NEW_LOG_KEY.verifier]
    assert len(open_note(golden("note.txt"), keys).verified) == 1
    policy = Policy.parse(golden("policy.txt"))
    opened = open_checkpoint(golden("checkpoint.txt"), policy.log_keys(sample.ORIGIN), policy.witness_keys())
    assert opened.checkpoint == sample.checkpoint()
    assert len(opened.note.verified) == 5
    assert policy.satisfied(policy.names_of(opened.cosigned))
    assert policy.needs_outsider()
    assert ProofFile.parse(golden("slip.tlog-proof")) == sample.proof()
    assert open_receipt(golden("receipt.txt"), [sample.RECEIPT_KEY.verifier]) == sample.receipt()


def test_the_digits_of_a_code_are_read() -> None:
    """Only read: how small DEFLATE makes a text is left to the library, what comes out of it is not."""
    made = Compact.from_proof(sample.proof())
    if os.environ.get("PAMONG_WRITE_SNAPSHOTS"):
        DIGITS.write_text(to_digits(encode(made)) + "\n")
    read = decode(from_digits(DIGITS.read_text().strip()))
    assert read == made
    assert read.to_proof(sample.all_keys()) == ProofFile.parse(golden("slip.tlog-proof"))

"""Checkpoints: C2SP's example, the log's own signature, two keys during a replacement, witnesses' times."""

from __future__ import annotations

import pytest

from pamong.ledger.tree.checkpoints import Checkpoint, latest_time, open_checkpoint, sign_checkpoint
from pamong.ledger.tree.errors import CheckpointError, NoteError
from pamong.ledger.tree.notes import COSIGNATURE, Note, Verified, add_signatures, read_note
from tests.ledger.tree.sample import (
    LOG_KEY,
    NEW_LOG_KEY,
    ORIGIN,
    SEEN_AT,
    WITNESS_KEYS,
    checkpoint,
    key,
    signed_checkpoint,
)

# The example of C2SP tlog-cosignature.
SOFA = """example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
"""  # noqa: E501
WITNESSES = tuple(each.verifier for each in WITNESS_KEYS)


def test_the_specification_s_example() -> None:
    note = read_note(SOFA)
    head = Checkpoint.parse(note.text)
    assert (head.origin, head.size) == ("example.com/behind-the-sofa", 20_852_163)
    assert head.root.hex().startswith("0ac5186a91863e8e")
    assert (head.text(), str(note)) == (note.text, SOFA)
    log, witness = note.signatures
    assert (log.key_id.hex(), len(log.body)) == ("033de0ae", 64)
    assert key("w", COSIGNATURE).verifier.time_of(witness.body) == 1_679_315_147


def test_signed_and_seen() -> None:
    opened = open_checkpoint(signed_checkpoint(), [LOG_KEY.verifier], WITNESSES)
    assert opened.checkpoint == checkpoint()
    assert [each.key for each in opened.cosigned] == list(WITNESSES)
    assert opened.latest_time == SEEN_AT
    assert open_checkpoint(signed_checkpoint(), [LOG_KEY.verifier], WITNESSES[1:]).latest_time == SEEN_AT + 1
    assert open_checkpoint(signed_checkpoint(), [LOG_KEY.verifier]).latest_time is None


def test_a_witness_that_calls_itself_the_log_is_not_the_log() -> None:
    sly = key(ORIGIN, COSIGNATURE, 6)
    note = str(Note(checkpoint().text(), (sly.sign(checkpoint().text(), 1),)))
    with pytest.raises(CheckpointError, match="kunci buku itu sendiri"):
        open_checkpoint(note, [LOG_KEY.verifier], [sly.verifier])


def test_while_a_key_is_replaced_both_sign() -> None:
    note = signed_checkpoint(LOG_KEY, NEW_LOG_KEY)
    for known in ([LOG_KEY.verifier], [NEW_LOG_KEY.verifier], [LOG_KEY.verifier, NEW_LOG_KEY.verifier]):
        opened = open_checkpoint(note, known, WITNESSES)
        assert len(opened.note.verified) - len(opened.cosigned) == len(known)


def test_witnesses_alone_make_no_checkpoint_of_the_log() -> None:
    stranger = key(ORIGIN, number=99)
    with pytest.raises(CheckpointError, match="tidak ditandatangani oleh kunci buku itu sendiri") as error:
        open_checkpoint(signed_checkpoint(stranger), [LOG_KEY.verifier], WITNESSES)
    assert error.value.reason == "origin"
    with pytest.raises(NoteError, match="Tidak ada tanda tangan dari kunci yang dikenal"):
        open_checkpoint(signed_checkpoint(stranger), [LOG_KEY.verifier])


def test_the_key_of_another_log_does_not_speak_for_this_one() -> None:
    other = key("kepegawaian.contoh.go.id/log/rules", number=8)
    note = other.sign_note(checkpoint().text())
    with pytest.raises(CheckpointError, match="kunci buku itu sendiri"):
        open_checkpoint(note, [other.verifier])
    with pytest.raises(CheckpointError, match="bukan kunci buku segel") as error:
        sign_checkpoint(checkpoint(), [LOG_KEY, other])
    assert error.value.reason == "key_name"


def test_a_log_s_own_time_is_no_witness_s() -> None:
    """A log whose key is of the witnesses' kind tells a time too; it can't vouch for itself."""
    own = key(ORIGIN, COSIGNATURE, 7)
    text = checkpoint().text()
    note = add_signatures(sign_checkpoint(checkpoint(), [LOG_KEY]), [own.sign(text, 1)])
    opened = open_checkpoint(note, [LOG_KEY.verifier, own.verifier], WITNESSES)
    assert (len(opened.note.verified), opened.latest_time) == (2, None)


def test_the_earliest_witness_says_when_at_the_latest() -> None:
    text = checkpoint().text()
    seen = [each.sign(text, time) for each, time in zip(WITNESS_KEYS, (300, 100, 200), strict=True)]
    verified = [
        Verified(each.verifier, signature, each.verifier.time_of(signature.body))
        for each, signature in zip(WITNESS_KEYS, seen, strict=True)
    ]
    assert latest_time(verified) == 100
    assert latest_time([]) is None


def test_lines_behind_the_root_are_kept_and_signed() -> None:
    head = Checkpoint(ORIGIN, 1, bytes(32), ("tambahan", "lagi"))
    opened = open_checkpoint(sign_checkpoint(head, [LOG_KEY]), [LOG_KEY.verifier])
    assert opened.checkpoint == head


ROOT = "A" * 43 + "="


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "lines"),
        ("a\n1\n", "lines"),
        (f"a\n1\n{ROOT}", "lines"),
        (f"a\n1\n{ROOT}\n\n", "lines"),
        (f"\n1\n{ROOT}\n", "lines"),
        (f"a\n01\n{ROOT}\n", "size"),
        (f"a\n-1\n{ROOT}\n", "size"),
        (f"a\n1 \n{ROOT}\n", "size"),
        (f"a\n١\n{ROOT}\n", "size"),
        (f"a\n{1 << 63}\n{ROOT}\n", "size"),
        (f"a\n{'9' * 5000}\n{ROOT}\n", "size"),
        ("a\n1\nAAAA\n", "root"),
        (f"a\n1\n{ROOT[:-2]}B=\n", "root"),
        (f"a\n1\n{ROOT[:-1]}\n", "root"),
    ],
)
def test_what_is_no_checkpoint_tells_why(text: str, reason: str) -> None:
    with pytest.raises(CheckpointError) as error:
        Checkpoint.parse(text)
    assert error.value.reason == reason


def test_an_origin_with_a_newline_is_not_signed() -> None:
    sly = f"{ORIGIN}\n7\n{ROOT}"
    with pytest.raises(CheckpointError):
        sign_checkpoint(Checkpoint(sly, 1, bytes(32)), [])

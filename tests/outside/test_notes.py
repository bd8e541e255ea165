"""Notes, keys and cosignatures against the examples of C2SP and of Go's note package."""

from __future__ import annotations

import pytest

from pamong_verify import notes
from pamong_verify.checkpoints import read_checkpoint
from pamong_verify.faults import Fault, Refused
from tests.outside.issuing import Pair

# golang.org/x/mod/sumdb/note
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
MESSAGE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJ"
    "nAM=\n"
)
COSIGNED = (
    "example.com/behind-the-sofa\n"
    "20852163\n"
    "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    "\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "— witness.example.com/w1 "
    "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)


def test_a_note_signed_elsewhere() -> None:
    key = notes.parse_vkey(PETER)
    assert key.vkey() == PETER
    (signed,) = notes.check(notes.parse(MESSAGE.encode(), "catatan"), [key], "catatan")
    assert signed.key == key
    changed = MESSAGE.replace("problem is", "problem was")
    with pytest.raises(Refused) as refused:
        notes.check(notes.parse(changed.encode(), "catatan"), [key], "catatan")
    assert refused.value.fault is Fault.FORGED


def test_the_example_of_the_specification() -> None:
    checkpoint = read_checkpoint(COSIGNED.encode(), "contoh")
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20852163)
    log, witness = checkpoint.note.signatures
    assert (log.id.hex(), len(log.blob)) == ("033de0ae", 64)
    assert (witness.id.hex(), len(witness.blob)) == ("8d66cf3f", 72)
    time = int.from_bytes(witness.blob[:8], "big")
    assert time == 1679315147
    assert notes.cosigned(checkpoint.note.text, time).startswith(
        b"cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\n"
    )


def test_unknown_signatures_are_ignored() -> None:
    key, other, text = Pair("a.example", 1), Pair("a.example", 1), "teks\n"
    data = (text + "\n" + key.line(text) + other.line(text + "lain\n")).encode()
    known = notes.parse_vkey(key.vkey)
    assert [each.key for each in notes.check(notes.parse(data, "x"), [known], "x")] == [known]
    stranger = notes.parse_vkey(Pair("a.example", 1).vkey)
    assert notes.check(notes.parse(data, "x"), [stranger], "x") == []


@pytest.mark.parametrize(
    "vkey",
    ["", "a", "a+b", "a b+00000000+AA==", PETER.replace("c74f", "c74e"), PETER[:-4], PETER + "=", "+1+AQ=="],
)
def test_broken_keys(vkey: str) -> None:
    with pytest.raises(ValueError):
        notes.parse_vkey(vkey)


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"\n",
        b"teks\n",
        b"teks\n\n",
        MESSAGE[:-1].encode(),
        MESSAGE.encode() + b"\n",
        b"\xff" + MESSAGE.encode(),
        MESSAGE.replace("is.\n", "is.\r\n").encode(),
        MESSAGE.replace("— ", "- ").encode(),
        MESSAGE.replace("PeterNeumann ", "Peter Neumann ").encode(),
        MESSAGE.replace("AM=\n", "AN=\n").encode(),
        MESSAGE.replace("— PeterNeumann x08go", "— PeterNeumann x08g\u00f6").encode(),
    ],
)
def test_broken_notes(broken: bytes) -> None:
    with pytest.raises(Refused) as refused:
        notes.parse(broken, "catatan")
    assert refused.value.fault is Fault.UNREADABLE


@pytest.mark.parametrize(
    "line",
    ["020852163", "-1", "+5", "1_000", "20852163 ", "٣", "9223372036854775808", "", "1e3"],
)
def test_broken_sizes(line: str) -> None:
    with pytest.raises(Refused):
        read_checkpoint(COSIGNED.replace("20852163", line).encode(), "contoh")

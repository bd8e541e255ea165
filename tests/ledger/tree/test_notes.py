"""Signed notes, cosignatures and key files: known answers, every fault with its reason, nothing leaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from pamong.ledger.tree.errors import KeyFault, NoteError
from pamong.ledger.tree.notes import (
    COSIGNATURE,
    Signature,
    SigningKey,
    VerifierKey,
    add_signatures,
    open_note,
    read_note,
    read_signatures,
)
from tests.ledger.tree.sample import key

# The example of golang.org/x/mod/sumdb/note.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz\n"
PETER_TEXT = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
)
PETER_SIGNATURE = (
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
)
PETER_NOTE = f"{PETER_TEXT}\n— PeterNeumann {PETER_SIGNATURE}\n"
# The example of C2SP signed-note.
POEM = """Ognuno sta solo sul cuor della terra
trafitto da un raggio di sole:

ed è subito sera.

— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=
"""  # noqa: E501

ALICE, BOB = key("alice.example"), key("bob.example", number=2)
WITNESS = key("saksi.example", COSIGNATURE, 3)
texts = st.lists(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30), min_size=1, max_size=5
).map(lambda lines: "".join(f"{line}\n" for line in lines))


def test_a_note_of_another_program() -> None:
    (signed,) = open_note(PETER_NOTE, [VerifierKey.parse(PETER)]).verified
    assert (signed.key.name, signed.time, signed.key.vkey) == ("PeterNeumann", None, PETER)


def test_the_same_key_signs_the_same_note(tmp_path: Path) -> None:
    path = tmp_path / "peter"
    path.write_text(PETER_PRIVATE)
    path.chmod(0o600)
    peter = SigningKey.load(path)
    assert peter.vkey == PETER
    assert peter.sign_note(PETER_TEXT) == PETER_NOTE
    peter.save(tmp_path / "again")
    assert (tmp_path / "again").read_text() == PETER_PRIVATE


def test_a_text_with_an_empty_line() -> None:
    note = read_note(POEM.encode())
    assert note.text.endswith("\n\ned è subito sera.\n")
    (signature,) = note.signatures
    assert (signature.name, signature.key_id.hex()) == ("quasimodo.example/salvatore", "367ba04b")
    assert str(note) == POEM


@given(text=texts)
def test_what_is_signed_opens(text: str) -> None:
    note = open_note(ALICE.sign_note(text), [ALICE.verifier, BOB.verifier])
    assert note.text == text
    assert [each.key for each in note.verified] == [ALICE.verifier]


@given(text=texts, place=st.integers(0, 10_000))
def test_any_other_text_does_not(text: str, place: int) -> None:
    note = ALICE.sign_note(text)
    place %= len(text)
    changed = note[:place] + ("x" if note[place] != "x" else "y") + note[place + 1 :]
    with pytest.raises(NoteError):
        open_note(changed, [ALICE.verifier])


def test_several_sign_and_strangers_are_ignored() -> None:
    text = "satu\n"
    note = add_signatures(ALICE.sign_note(text), [BOB.sign(text), BOB.sign(text)])
    assert len(read_note(note).signatures) == 2
    assert [each.key for each in open_note(note, [BOB.verifier]).verified] == [BOB.verifier]
    assert len(open_note(note, [BOB.verifier, ALICE.verifier]).verified) == 2
    other_alice = key("alice.example", number=9).verifier
    with pytest.raises(NoteError, match="Tidak ada tanda tangan dari kunci yang dikenal") as error:
        open_note(note, [other_alice])
    assert error.value.reason == "unsigned"


def test_one_wrong_signature_refuses_the_note() -> None:
    note = add_signatures(ALICE.sign_note("satu\n"), [BOB.sign("dua\n")])
    assert open_note(note, [ALICE.verifier]).verified
    with pytest.raises(NoteError, match=r"'bob\.example' tidak cocok") as error:
        open_note(note, [ALICE.verifier, BOB.verifier])
    assert error.value.reason == "wrong"


def test_a_cosignature_binds_its_time() -> None:
    text = "a.example/log\n1\nAAAA\n"
    line = WITNESS.cosign(text, 1_794_268_812)
    note = ALICE.sign_note(text) + line
    witness = open_note(note, [ALICE.verifier, WITNESS.verifier]).verified[1]
    assert witness.time == 1_794_268_812
    (seen,) = read_signatures(line)
    earlier = Signature(seen.name, seen.key_id, (1).to_bytes(8, "big") + seen.body[8:])
    with pytest.raises(NoteError, match="tidak cocok"):
        open_note(ALICE.sign_note(text) + earlier.line, [ALICE.verifier, WITNESS.verifier])


def test_a_key_signs_only_what_its_kind_signs() -> None:
    with pytest.raises(ValueError, match="with a time"):
        WITNESS.sign_note("a\n")
    with pytest.raises(ValueError, match="with a time"):
        ALICE.cosign("a\n", 1)
    for time in (-1, 1 << 63):
        with pytest.raises(ValueError, match="with a time"):
            WITNESS.cosign("a\n", time)
    assert key("a", COSIGNATURE).key_id != key("a").key_id


def test_a_time_beyond_63_bits_does_not_hold() -> None:
    secret = Ed25519PrivateKey.from_private_bytes(b"\x03" * 32)
    for time, holds in (((1 << 63) - 1, True), (1 << 63, False)):
        body = time.to_bytes(8, "big") + secret.sign(f"cosignature/v1\ntime {time}\na\n".encode())
        assert WITNESS.verifier.holds("a\n", body) is holds


SIGNED = ALICE.sign_note("satu\n")
LINE = SIGNED.splitlines()[-1]


@pytest.mark.parametrize(
    ("note", "reason"),
    [
        ("", "no_signatures"),
        ("satu\n", "no_signatures"),
        ("satu\n\n", "cut"),
        (SIGNED[:-1], "cut"),
        (SIGNED[:-20] + "\n", "line"),
        (SIGNED.replace("— ", "- "), "line"),
        (SIGNED.replace("alice.example", "alice+example"), "line"),
        (SIGNED.replace("alice.example", "alice\u00a0example"), "line"),
        (SIGNED.replace(" alice.example", ""), "line"),
        (SIGNED + LINE + " x\n", "line"),
        (SIGNED + "— a AAAAAA==\n", "line"),
        (SIGNED.replace("=\n", "\n"), "line"),
        (SIGNED + "catatan\n", "line"),
        (SIGNED.replace("satu", "sa\ttu"), "control"),
        (SIGNED.replace("\n", "\r\n"), "control"),
        (SIGNED.replace("satu", "sa\udc80tu"), "encoding"),
        (SIGNED.encode().replace(b"satu", b"sa\xfftu"), "encoding"),
        (SIGNED + (LINE + "\n") * 100, "too_many"),
        ("x" * 1_000_001, "too_long"),
        (b"x" * 1_000_001, "too_long"),
    ],
)
def test_what_is_no_note_tells_why(note: str | bytes, reason: str) -> None:
    with pytest.raises(NoteError) as error:
        open_note(note, [ALICE.verifier])
    assert error.value.reason == reason
    assert str(error.value).endswith(".")


def test_at_least_sixteen_signatures_are_read() -> None:
    assert len(read_note(SIGNED + (LINE + "\n") * 99).signatures) == 100


@pytest.mark.parametrize(("text", "reason"), [("", "newline"), ("satu", "newline"), ("a\x00\n", "control")])
def test_what_can_not_be_signed(text: str, reason: str) -> None:
    with pytest.raises(NoteError) as error:
        ALICE.sign_note(text)
    assert error.value.reason == reason


@pytest.mark.parametrize(
    ("vkey", "reason"),
    [
        ("", "damaged"),
        ("PeterNeumann", "damaged"),
        (PETER.replace("+c74f20a3", ""), "damaged"),
        (PETER.replace("c74f20a3", "C74F20A3"), "damaged"),
        (PETER.replace("PeterNeumann", ""), "damaged"),
        (PETER.replace("PeterNeumann", "Peter Neumann"), "damaged"),
        (PETER + "=", "damaged"),
        (PETER + "\n", "damaged"),
        (PETER.replace("c74f20a3", "c74f20a4"), "key_id"),
        (PETER.replace("Peter", "Petra"), "key_id"),
        (PETER.replace("+AR", "+Ah"), "kind"),
        (PETER[:-4], "kind"),
        ("a\udc80+c74f20a3+AAAA", "damaged"),
    ],
)
def test_a_verifier_key_that_is_none(vkey: str, reason: str) -> None:
    with pytest.raises(KeyFault) as error:
        VerifierKey.parse(vkey)
    assert error.value.reason == reason


def test_32_bytes_that_are_no_key_verify_nothing() -> None:
    assert not VerifierKey("a", 1, b"\xff" * 32).holds("a\n", bytes(64))
    assert not ALICE.verifier.holds("a\n", bytes(63))


def test_a_key_file_is_the_owner_s_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "log"
    made = SigningKey.generate("alice.example")
    made.save(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [each.name for each in path.parent.iterdir()] == ["log"]
    assert SigningKey.load(path).sign_note("a\n") == made.sign_note("a\n")
    with pytest.raises(KeyFault, match="sudah ada dan tidak ditimpa") as error:
        SigningKey.generate("bob.example").save(path)
    assert error.value.reason == "exists"
    assert SigningKey.load(path).vkey == made.vkey
    path.chmod(0o640)
    with pytest.raises(KeyFault, match="chmod 600") as error:
        SigningKey.load(path)
    assert error.value.reason == "open"


def test_a_witness_key_stays_one(tmp_path: Path) -> None:
    SigningKey.generate("saksi.example", COSIGNATURE).save(tmp_path / "key")
    assert SigningKey.load(tmp_path / "key").kind == COSIGNATURE


@pytest.mark.parametrize(
    "text",
    [
        "",
        PETER_PRIVATE[:-1],
        PETER_PRIVATE[len("PRIVATE+") :],
        PETER_PRIVATE.replace("c74f20a3", "c74f20a4"),
        PETER_PRIVATE.replace("Peter", "Petra"),
        PETER_PRIVATE.replace("+AY", "+BY"),
        PETER_PRIVATE.replace("+AY", "+A"),
        PETER_PRIVATE * 2,
    ],
)
def test_a_damaged_key_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "key"
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(KeyFault, match=str(path)) as error:
        SigningKey.load(path)
    assert error.value.reason == "damaged"


def test_a_key_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"\xff\xfe")
    for path in (tmp_path / "key", tmp_path / "nothing", tmp_path):
        with pytest.raises(KeyFault, match="tidak dapat dibaca") as error:
            SigningKey.load(path)
        assert error.value.reason == "unreadable"


def test_a_key_does_not_show_its_secret() -> None:
    secret = (b"\x01" * 32).hex()
    assert secret not in repr(ALICE) + str(vars(type(ALICE)))
    assert "\\x01" not in repr(ALICE)


@pytest.mark.parametrize(("name", "kind"), [("", 1), ("a b", 1), ("a+b", 1), ("a\n", 1), ("a", 2)])
def test_a_key_has_a_name_and_a_kind(name: str, kind: int) -> None:
    with pytest.raises(ValueError, match="no key has the name"):
        SigningKey.generate(name, kind)

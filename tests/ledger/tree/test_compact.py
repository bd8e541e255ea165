"""The proof in a QR code: there and back, damage anywhere is seen, every fault with its reason."""

from __future__ import annotations

import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamong.kernel.canonical import canonical_json
from pamong.ledger.tree.checkpoints import Checkpoint, open_checkpoint, sign_checkpoint
from pamong.ledger.tree.compact import Compact, CompactSignature, decode, encode, from_digits, to_digits
from pamong.ledger.tree.errors import NoteError, PayloadError, ProofError, TreeError
from pamong.ledger.tree.notes import Signature, add_signatures
from pamong.ledger.tree.proof_file import Content
from tests.ledger.tree.sample import (
    LOG_KEY,
    ORIGIN,
    SEEN_AT,
    WITNESS_KEYS,
    all_keys,
    checkpoint,
    content,
    policy,
    proof,
    run_entry,
)

COMPACT = Compact.from_proof(proof())
PAYLOAD = encode(COMPACT)
TEXT_LENGTH = int.from_bytes(PAYLOAD[1:3], "big")


def verify(compact: Compact) -> int | None:
    """As a reader of the code does it: the checkpoint made again and opened, the contents held against it."""
    made = compact.to_proof(all_keys())
    read = policy()
    opened = open_checkpoint(made.checkpoint, read.log_keys(ORIGIN), read.witness_keys())
    assert made.includes(made.content().leaf_hash)
    made.content().check()
    return opened.latest_time


def test_there_and_back() -> None:
    read = decode(from_digits(to_digits(PAYLOAD)))
    assert read == COMPACT
    assert read.to_proof(all_keys()) == proof()
    assert verify(read) == SEEN_AT


def test_it_fits_into_a_code() -> None:
    """The largest code holds 7,089 digits; one that is printed should stay far below."""
    assert len(to_digits(PAYLOAD)) < 3_500


def test_an_entry_without_item_and_openings() -> None:
    plain = replace(COMPACT, content=Content(run_entry()))
    assert decode(encode(plain)) == plain
    assert verify(plain) == SEEN_AT


def test_a_log_of_one() -> None:
    alone = Content(run_entry())
    signature = LOG_KEY.sign(Checkpoint(ORIGIN, 1, alone.leaf_hash).text())
    tiny = Compact(ORIGIN, alone, 0, 1, (), (CompactSignature(1, signature.key_id, signature.body),))
    assert verify(decode(encode(tiny))) is None


def test_the_layout() -> None:
    text = zlib.decompress(PAYLOAD[3 : 3 + TEXT_LENGTH], -15)
    item = content().item
    assert item is not None
    assert PAYLOAD[0] == 1
    assert text == canonical_json(
        {
            "origin": ORIGIN,
            "entry": run_entry(),
            "item": item.body,
            "root": "slips",
            "openings": [["slip", "07" * 32, {"name": "Pegawai 7", "net": 4_000_007}]],
        }
    )
    rest = PAYLOAD[3 + TEXT_LENGTH :]
    expected = (7).to_bytes(4, "big") + (50).to_bytes(4, "big") + b"\x06" + b"".join(item.path)
    expected += (777).to_bytes(5, "big") + (1000).to_bytes(5, "big") + b"\x0a" + b"".join(proof().path)
    expected += b"\x04\x01" + LOG_KEY.key_id
    assert rest.startswith(expected)
    assert len(rest) == len(expected) + 64 + 3 * (1 + 4 + 8 + 64)


def test_a_signature_of_an_unknown_key_gets_no_name() -> None:
    known = [LOG_KEY.verifier]
    made = COMPACT.to_proof(known)
    assert made.checkpoint == sign_checkpoint(checkpoint(), [LOG_KEY])
    with pytest.raises(PayloadError, match="tidak ditandatangani kunci yang dikenal") as error:
        COMPACT.to_proof([])
    assert error.value.reason == "unsigned"


def test_signatures_of_other_kinds_are_left_out() -> None:
    longer = add_signatures(proof().checkpoint, [Signature("pq.example", b"abcd", bytes(2428))])
    assert Compact.from_proof(replace(proof(), checkpoint=longer)) == COMPACT


def test_a_time_that_was_changed_is_seen() -> None:
    log, witness, *rest = COMPACT.signatures
    earlier = replace(witness, body=(1).to_bytes(8, "big") + witness.body[8:])
    with pytest.raises(NoteError, match="tidak cocok"):
        verify(replace(COMPACT, signatures=(log, earlier, *rest)))


def test_a_text_that_was_changed_leads_to_another_root() -> None:
    other = replace(COMPACT.content, entry=run_entry().replace("2026-10", "2026-09"))
    with pytest.raises(NoteError, match="tidak cocok"):
        verify(replace(COMPACT, content=other))


@given(place=st.integers(0, len(PAYLOAD) - 1), step=st.integers(1, 255))
def test_any_changed_byte_is_seen(place: int, step: int) -> None:
    """Changed key ids make a stranger's signature of a known one, which is no more than leaving it out."""
    damaged = bytearray(PAYLOAD)
    damaged[place] = (damaged[place] + step) % 256
    try:
        read = decode(bytes(damaged))
        verify(read)
    except TreeError:
        return
    same = {each.body for each in read.signatures} == {each.body for each in COMPACT.signatures}
    assert replace(read, signatures=()) == replace(COMPACT, signatures=())
    assert same


@given(length=st.integers(0, len(PAYLOAD) - 1))
def test_a_payload_cut_off_anywhere(length: int) -> None:
    with pytest.raises(PayloadError) as error:
        decode(PAYLOAD[:length])
    assert error.value.reason == "cut"


def with_text(text: bytes, behind: bytes = b"") -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(text) + packer.flush() + behind
    return PAYLOAD[:1] + len(packed).to_bytes(2, "big") + packed + PAYLOAD[3 + TEXT_LENGTH :]


def changed_text(**change: object) -> bytes:
    whole: dict[str, object] = {
        "origin": ORIGIN, "entry": run_entry(), "item": "x", "root": "slips", "openings": []
    }  # fmt: skip
    return canonical_json(whole | change)


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"\x02" + PAYLOAD[1:], "version"),
        (PAYLOAD + b"\x00", "trailing"),
        (PAYLOAD[:-77] + b"\x06" + PAYLOAD[-76:], "kind"),
        (with_text(b""), "damaged"),
        (with_text(b"\xff"), "damaged"),
        (with_text(b"[]"), "damaged"),
        (with_text(changed_text(more=1)), "damaged"),
        (with_text(changed_text(origin=1)), "damaged"),
        (with_text(changed_text(entry=None)), "damaged"),
        (with_text(changed_text(item=None)), "damaged"),
        (with_text(changed_text(root=None)), "damaged"),
        (with_text(changed_text(openings={})), "damaged"),
        (with_text(changed_text(openings=[["slip", "07" * 32]])), "damaged"),
        (with_text(changed_text(openings=[[1, "07" * 32, 1]])), "damaged"),
        (with_text(changed_text(openings=[["slip", "07", 1]])), "damaged"),
        (with_text(changed_text() + b" "), "damaged"),
        (with_text(changed_text(entry="0" * 2_000_000)), "damaged"),
        (with_text(changed_text(), b"x"), "damaged"),
        (PAYLOAD[:1] + b"\x00\x02\x00\x00" + PAYLOAD[3 + TEXT_LENGTH :], "damaged"),
        (PAYLOAD[:1] + b"\x00\x00" + PAYLOAD[3 + TEXT_LENGTH :], "damaged"),
    ],
)
def test_a_damaged_payload_tells_why(payload: bytes, reason: str) -> None:
    with pytest.raises(PayloadError) as error:
        decode(payload)
    assert error.value.reason == reason
    assert str(error.value).endswith(".")


def test_what_is_too_large_for_a_code_is_refused() -> None:
    item = content().item
    assert item is not None
    for large in (
        replace(COMPACT, size=1 << 40),
        replace(COMPACT, path=(bytes(32),) * 256),
        replace(COMPACT, signatures=COMPACT.signatures * 64),
        replace(COMPACT, content=replace(content(), item=replace(item, size=1 << 32))),
        replace(COMPACT, content=Content("".join(map(str, range(60_000))))),
    ):
        with pytest.raises(PayloadError, match="terlalu besar untuk kode QR") as error:
            encode(large)
        assert error.value.reason == "too_large"


def test_lines_behind_the_root_do_not_fit() -> None:
    note = sign_checkpoint(replace(checkpoint(), extensions=("tambahan",)), [LOG_KEY])
    with pytest.raises(PayloadError) as error:
        Compact.from_proof(replace(proof(), checkpoint=note))
    assert error.value.reason == "extensions"


def test_a_path_that_can_not_be() -> None:
    with pytest.raises(ProofError, match="seharusnya 10"):
        replace(COMPACT, path=COMPACT.path[1:]).to_proof(all_keys())


@given(payload=st.binary(max_size=60))
def test_digits_give_their_bytes_back(payload: bytes) -> None:
    digits = to_digits(payload)
    assert from_digits(digits) == payload
    assert digits == "" or digits.isdigit()


@pytest.mark.parametrize(
    ("payload", "digits"),
    [
        (b"", ""),
        (b"\xff", "255"),
        (b"\x00\x01", "00001"),
        (b"\xff" * 3, "16777215"),
        (b"\xff" * 4, "4294967295"),
        (b"\xff" * 5, "1099511627775"),
        (b"\xff" * 6, "281474976710655"),
        (b"\xff" * 7, "72057594037927935"),
        (b"\x00" * 6 + b"\x01\x02", "00000000000000001002"),
    ],
)
def test_digits_by_their_groups(payload: bytes, digits: str) -> None:
    assert to_digits(payload) == digits
    assert from_digits(digits) == payload


@pytest.mark.parametrize(
    ("digits", "reason"),
    [
        ("1", "group"),
        ("1234", "group"),
        ("0" * 16, "group"),
        ("0" * 19, "group"),
        ("256", "number"),
        ("65536", "number"),
        ("72057594037927936", "number"),
        ("99999999999999999", "number"),
        ("12a", "digits"),
        ("١٢٣", "digits"),
        ("12 ", "digits"),
        ("-12", "digits"),
    ],
)
def test_damaged_digits_tell_why(digits: str, reason: str) -> None:
    with pytest.raises(PayloadError) as error:
        from_digits(digits)
    assert error.value.reason == reason


def test_the_witnesses_are_named_by_their_keys() -> None:
    names = [line.split()[1] for line in COMPACT.to_proof(all_keys()).checkpoint.splitlines()[4:]]
    assert names == [ORIGIN, *(each.name for each in WITNESS_KEYS)]

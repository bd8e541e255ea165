"""Proof files and what they carry: read and written, bound to the entry, every fault with its reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamong.kernel.canonical import canonical_json
from pamong.ledger.tree.errors import ContentError, NoteError, ProofError
from pamong.ledger.tree.fields import to_base64
from pamong.ledger.tree.merkle import leaf_hash
from pamong.ledger.tree.proof_file import Content, Item, Opening, ProofFile
from tests.ledger.tree.sample import (
    PEOPLE,
    PERSON,
    content,
    entry,
    proof,
    run_entry,
    salt,
    slip,
    slip_value,
    slips,
)

# The example of C2SP tlog-proof, with whole hashes and one whole signature.
FANCY = """c2sp.org/tlog-proof@v1
extra AGFi
index 73894
gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=

example.com/fancylog
109482
sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=

— example.com/fancylog Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
"""  # noqa: E501


def test_the_specification_s_example() -> None:
    read = ProofFile.parse(FANCY)
    assert (read.index, len(read.path), read.extra) == (73_894, 2, b"\x00ab")
    assert read.checkpoint.startswith("example.com/fancylog\n109482\n")
    assert read.text() == FANCY
    assert ProofFile.parse(FANCY.encode()) == read
    without = FANCY.replace("extra AGFi\n", "")
    assert ProofFile.parse(without).extra is None
    assert ProofFile.parse(without).text() == without


def test_a_whole_proof() -> None:
    read = ProofFile.parse(proof().text())
    assert read == proof()
    assert read.content() == content()
    assert read.includes(content().leaf_hash)
    read.content().check()
    assert read.content().sealed["kind"] == "pay.slip"
    assert not read.includes(leaf_hash(slip(PERSON).encode()))
    assert not replace(read, index=778).includes(content().leaf_hash)
    assert not replace(read, path=read.path[1:]).includes(content().leaf_hash)


def test_an_entry_by_itself() -> None:
    alone = Content(run_entry())
    alone.check()
    assert alone.sealed["public"]["people"] == PEOPLE
    assert Content.parse(alone.to_bytes()) == alone


@given(place=st.integers(0, 10**6), step=st.integers(1, 255))
def test_any_changed_byte_of_what_is_carried_is_seen(place: int, step: int) -> None:
    good = bytearray(content().to_bytes())
    good[place % len(good)] = (good[place % len(good)] + step) % 256
    with pytest.raises((ContentError, ProofError)):
        changed = Content.parse(bytes(good))
        changed.check()
        if not proof().includes(changed.leaf_hash):
            raise ProofError("other", "Catatan ini bukan yang disegel.")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v2", "head"),
        ("c2sp.org/tlog-proof@v1\n", "", "head"),
        ("extra AGFi", "extra AGF", "extra"),
        ("extra AGFi", "extra  AGFi", "extra"),
        ("extra AGFi\n", "extra AGFi\nextra AGFi\n", "index"),
        ("index 73894", "index 073894", "index"),
        ("index 73894", "index -1", "index"),
        ("index 73894", "index", "index"),
        ("index 73894\n", "", "index"),
        ("gSKyXo", "gSKyX", "hash"),
        ("XmA=\n", "XmA=\nAAAA\n", "hash"),
        ("XmA=\n\n", "XmA=\n", "hash"),
    ],
)
def test_what_is_no_proof_file_tells_why(old: str, new: str, reason: str) -> None:
    assert old in FANCY
    with pytest.raises(ContentError) as error:
        ProofFile.parse(FANCY.replace(old, new))
    assert error.value.reason == reason


def test_other_ways_of_being_no_proof_file() -> None:
    with pytest.raises(NoteError, match="terpotong"):
        ProofFile.parse(FANCY[:-1])
    for whole, reason in (
        (b"\xff", "encoding"),
        ("x" * 4_000_001, "too_long"),
        ("c2sp.org/tlog-proof@v1\n", "head"),
        ("c2sp.org/tlog-proof@v1\n\n" + FANCY.split("\n\n", 1)[1], "index"),
    ):
        with pytest.raises(ContentError) as error:
            ProofFile.parse(whole)
        assert error.value.reason == reason
    with pytest.raises(ContentError, match="tidak memuat isi catatan"):
        replace(proof(), extra=None).content()


def changed(change: Callable[[Any], object]) -> bytes:
    """The canonical JSON of the sample's contents, with a change."""
    whole = json.loads(content().to_bytes())
    change(whole)
    return canonical_json(whole)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda whole: whole.update(format=2), "format"),
        (lambda whole: whole.update(format=True), "format"),
        (lambda whole: whole.pop("item"), "damaged"),
        (lambda whole: whole.update(more=1), "damaged"),
        (lambda whole: whole.update(entry=1), "damaged"),
        (lambda whole: whole.update(openings={}), "damaged"),
        (lambda whole: whole.update(item=[]), "damaged"),
        (lambda whole: whole["item"].pop("size"), "damaged"),
        (lambda whole: whole["item"].update(more=1), "damaged"),
        (lambda whole: whole["item"].update(body=None), "damaged"),
        (lambda whole: whole["item"].update(root=1), "damaged"),
        (lambda whole: whole["item"].update(index=-1), "damaged"),
        (lambda whole: whole["item"].update(index="7"), "damaged"),
        (lambda whole: whole["item"].update(size=True), "damaged"),
        (lambda whole: whole["item"].update(path="00"), "damaged"),
        (lambda whole: whole["item"]["path"].append("00"), "damaged"),
        (lambda whole: whole["item"]["path"].append(1), "damaged"),
        (
            lambda whole: whole["item"].update(path=[part.upper() for part in whole["item"]["path"]]),
            "damaged",
        ),
        (lambda whole: whole["openings"].append(1), "damaged"),
        (lambda whole: whole["openings"][0].pop("salt"), "damaged"),
        (lambda whole: whole["openings"][0].update(field=1), "damaged"),
        (lambda whole: whole["openings"][0].update(salt="00"), "damaged"),
        (lambda whole: whole["openings"][0].update(salt=None), "damaged"),
    ],
)
def test_contents_of_another_shape(change: Callable[[Any], object], reason: str) -> None:
    with pytest.raises(ContentError) as error:
        Content.parse(changed(change))
    assert error.value.reason == reason


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"\xff",
        b"{",
        b'{"entry": 1}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"9" * 10_000,
        content().to_bytes() + b"\n",
        content().to_bytes().replace(b'"format":1', b'"format":1.0'),
        content().to_bytes().replace(b'"format":1', b'"format":1,"format":1'),
        content().to_bytes().replace(b'"format":1', b'"format":NaN'),
        content().to_bytes().replace(b'"format":1', b'"format":"\\ud800"'),
    ],
)
def test_contents_that_are_no_canonical_json(data: bytes) -> None:
    with pytest.raises(ContentError) as error:
        Content.parse(data)
    assert error.value.reason == "damaged"


def check(*, entry: str | None = None, openings: tuple[Opening, ...] | None = None, **item: Any) -> str:
    """The reason for which changed contents are refused."""
    good = content()
    assert good.item is not None
    bad = Content(
        good.entry if entry is None else entry,
        replace(good.item, **item),
        good.openings if openings is None else openings,
    )
    with pytest.raises((ContentError, ProofError)) as error:
        bad.check()
    return error.value.reason


def test_an_item_is_bound_to_its_entry() -> None:
    good = content()
    assert good.item is not None
    path = good.item.path
    assert check(body=slip(8)) == "item"
    assert check(index=8) == "item"
    assert check(root="month") == "item"
    assert check(root="tidak ada") == "item"
    assert check(path=(path[1], path[0], *path[2:])) == "item"
    assert check(path=path[1:]) == "length"
    assert check(index=PEOPLE) == "index"
    assert check(size=49) == "item_size"
    assert check(entry=entry("pay.run_published", {"people": PEOPLE, "slips": "00" * 32})) == "item"


def test_a_number_of_items_that_is_not_told_is_not_asked_for() -> None:
    good = content()
    other = entry("leave.batch", {"items": slips().root.hex()})
    assert good.item is not None
    Content(other, replace(good.item, root="items"), good.openings).check()


def test_opened_fields_are_bound_to_what_is_sealed() -> None:
    value, opening = slip_value(PERSON), content().openings[0]
    assert check(openings=(Opening("slip", salt(PERSON), value | {"net": 9_000_000}),)) == "opening"
    assert check(openings=(Opening("slip", salt(8), value),)) == "opening"
    assert check(openings=(Opening("nama", salt(PERSON), value),)) == "field"
    assert check(openings=(opening, opening)) == "twice"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        run_entry() + " ",
        run_entry().replace('"format":1', '"format":2'),
        run_entry().replace('"format":1', '"format":true'),
        run_entry().replace('"personal":{}', '"personal":[]'),
        run_entry().replace('"personal":{}', '"personal":{},"lagi":1'),
        run_entry().replace('"actor":"user:7",', ""),
        run_entry().replace('"people":50', '"people":50,"people":50'),
    ],
)
def test_an_entry_that_is_none(text: str) -> None:
    assert text != run_entry()
    with pytest.raises(ContentError) as error:
        Content(text).check()
    assert error.value.reason == "entry"
    assert check(body=text) in ("item", "entry")


def test_an_item_that_is_no_entry_is_refused_even_if_it_is_sealed() -> None:
    body = "bukan catatan"
    whole = entry("pay.run_published", {"people": 1, "slips": leaf_hash(body.encode()).hex()})
    with pytest.raises(ContentError) as error:
        Content(whole, Item(body, 0, 1, (), "slips")).check()
    assert error.value.reason == "entry"


def test_extra_is_one_line_of_base64() -> None:
    assert f"\nextra {to_base64(content().to_bytes())}\nindex 777\n" in proof().text()

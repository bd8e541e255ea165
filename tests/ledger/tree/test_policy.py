"""Policies: the example of C2SP, who is enough, whether an outsider is needed, every fault with its line."""

from __future__ import annotations

from itertools import combinations

import pytest

from pamong.ledger.tree.checkpoints import open_checkpoint
from pamong.ledger.tree.errors import PolicyError
from pamong.ledger.tree.notes import COSIGNATURE
from pamong.ledger.tree.policy import Policy
from tests.ledger.tree.sample import (
    LOG_KEY,
    NEW_LOG_KEY,
    ORIGIN,
    WITNESS_KEYS,
    all_keys,
    key,
    policy,
    policy_text,
    signed_checkpoint,
)

LOG = key("log.example").vkey
W = [key(f"w{number}.example", COSIGNATURE, number).vkey for number in range(2, 10)]
EXAMPLE = f"""log {LOG}

witness X1 {W[0]}
witness X2 {W[1]}
witness X3 {W[2]}
group X-witnesses 2 X1 X2 X3

witness Y1 {W[3]}
witness Y2 {W[4]}
witness Y3 {W[5]}
group Y-witnesses any Y1 Y2 Y3

group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
"""


def test_the_specification_s_example() -> None:
    read = Policy.parse(EXAMPLE)
    names = ("X1", "X2", "X3", "Y1", "Y2", "Y3")
    for count in range(7):
        for by in combinations(names, count):
            xs, ys = ([name for name in by if name[0] == letter] for letter in "XY")
            assert read.satisfied(set(by)) == (len(xs) >= 2 and len(ys) >= 1), by
    assert not read.satisfied({"Z1", "X-and-Y"})


def test_addresses_and_keys() -> None:
    read = policy()
    assert [log.url for log in read.logs] == [f"https://{ORIGIN}"] * 2
    assert {log.origin for log in read.logs} == {ORIGIN}
    assert read.log_keys(ORIGIN) == (LOG_KEY.verifier, NEW_LOG_KEY.verifier)
    assert read.log_keys("lain") == ()
    assert {name: witness.url for name, witness in read.witnesses.items()} == {
        "inspektorat": "https://saksi.inspektorat.example/",
        "kampus": "https://saksi.kampus.example/",
        "pers": "",
    }
    assert read.witness_keys() == tuple(each.verifier for each in WITNESS_KEYS)
    assert read.quorum == "cukup"


def test_who_has_signed_by_the_names_of_the_file() -> None:
    read = policy()
    opened = open_checkpoint(signed_checkpoint(), read.log_keys(ORIGIN), read.witness_keys())
    names = read.names_of(opened.note.verified)
    assert names == {"inspektorat", "kampus", "pers"}
    assert read.satisfied(names)
    assert len(all_keys()) == 5


@pytest.mark.parametrize(
    ("by", "enough"),
    [
        ({"inspektorat", "kampus"}, True),
        ({"inspektorat", "pers"}, True),
        ({"inspektorat"}, False),
        ({"kampus", "pers"}, False),
        (set(), False),
    ],
)
def test_the_inspectorate_and_an_outsider(by: set[str], enough: bool) -> None:
    assert policy().satisfied(by) is enough


@pytest.mark.parametrize(
    ("groups", "needed"),
    [
        ("group luar any b c\ngroup q all a luar\nquorum q", True),
        ("group luar any b c\nquorum luar", True),
        ("group luar any b\ngroup q 2 a c luar\nquorum q", False),
        ("group luar any b c\ngroup q any a luar\nquorum q", False),
        ("group luar any b c\nquorum a", False),
        ("group q all a b c\nquorum q", False),
        ("group kampus any b\ngroup luar all kampus c\ngroup q 2 a luar d\nquorum q", False),
        ("group kampus any b\ngroup luar all kampus c\ngroup q 3 a luar d\nquorum q", True),
        ("quorum none", False),
    ],
)
def test_whether_a_quorum_needs_somebody_from_outside(groups: str, needed: bool) -> None:
    witnesses = "".join(f"witness {name} {vkey}\n" for name, vkey in zip("abcd", W, strict=False))
    assert Policy.parse(f"{witnesses}{groups}\n").needs_outsider() is needed


def test_a_single_outsider_may_be_a_witness_named_so() -> None:
    read = Policy.parse(f"witness luar {W[0]}\nwitness a {W[1]}\ngroup q all a luar\nquorum q\n")
    assert (read.outsiders(), read.needs_outsider()) == (frozenset({"luar"}), True)


def test_without_witnesses_none_are_needed() -> None:
    read = Policy.parse("quorum none\n")
    assert read.satisfied(set())
    assert (read.logs, read.witnesses, read.groups) == ((), {}, {})


def test_blanks_comments_and_other_scripts() -> None:
    read = Policy.parse(f"\t # catatan é\n\n  witness \t K\u212a {W[0]}\t\nquorum K\u212a\n".encode())
    assert list(read.witnesses) == ["K\u212a"]
    opaque = Policy.parse(b"witness \xff " + W[0].encode() + b"\nquorum \xff\n")
    assert opaque.satisfied(opaque.witnesses.keys())


def test_32_of_each_and_deep_nesting() -> None:
    keys = [key(f"w{number}", COSIGNATURE, number + 100).vkey for number in range(64)]
    lines = [f"log {vkey}" for vkey in keys[:32]]
    lines += [f"witness w{number} {vkey}" for number, vkey in enumerate(keys)]
    lines += ["group g0 all w0"]
    lines += [f"group g{number} all g{number - 1} w{number}" for number in range(1, 64)]
    read = Policy.parse("\n".join([*lines, "quorum g63", ""]))
    everyone = {f"w{number}" for number in range(64)}
    assert read.satisfied(everyone)
    assert not read.satisfied(everyone - {"w0"})


BASE = f"witness a {W[0]}\nwitness b {W[1]}\n"


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("", "no_quorum", 0),
        (BASE, "no_quorum", 0),
        (BASE + "quorum a", "cut", 3),
        (BASE + "quorum a\nquorum b\n", "twice", 4),
        (BASE + "quorum c\n", "unknown", 3),
        ("quorum a\n" + BASE, "unknown", 1),
        (BASE + "quorum\n", "form", 3),
        (BASE + "quorum a b\n", "form", 3),
        (BASE + "saksi a\n", "word", 3),
        (BASE + "QUORUM a\n", "word", 3),
        (BASE + f"witness a {W[2]}\n", "name", 3),
        (BASE + f"witness none {W[2]}\n", "name", 3),
        (BASE + f"witness c {W[0]}\n", "twice", 3),
        (BASE + f"witness c {key('lain', COSIGNATURE, 2).vkey}\n", "twice", 3),
        (BASE + "witness c\n", "form", 3),
        (BASE + f"witness c {W[2]} https://c/ lagi\n", "form", 3),
        (BASE + f"witness c {LOG}\n", "key", 3),
        (BASE + "witness c abc\n", "key", 3),
        (BASE + "log\n", "form", 3),
        (BASE + "log abc\n", "key", 3),
        (f"log {LOG}\nlog {key('lain.example').vkey}\n", "twice", 2),
        (BASE + "group g any\n", "form", 3),
        (BASE + "group a any b\n", "name", 3),
        (BASE + "group none any b\n", "name", 3),
        (BASE + "group g any none\n", "unknown", 3),
        (BASE + "group g any g\n", "unknown", 3),
        (BASE + "group g any a a\n", "used", 3),
        (BASE + "group g any a\ngroup h any a\n", "used", 4),
        (BASE + "group g 0 a b\n", "threshold", 3),
        (BASE + "group g 3 a b\n", "threshold", 3),
        (BASE + "group g 01 a b\n", "threshold", 3),
        (BASE + "group g some a b\n", "threshold", 3),
        (BASE + "group g ٢ a b\n", "threshold", 3),
        (BASE + f"group g {'9' * 5000} a b\n", "threshold", 3),
        (BASE + "quorum a\r\n", "control", 3),
        (BASE + "quorum a\x7f\n", "control", 3),
        ("#" * 1_000_001, "too_long", 0),
    ],
)
def test_a_fault_is_told_with_its_line(text: str, reason: str, line: int) -> None:
    with pytest.raises(PolicyError) as error:
        Policy.parse(text)
    assert (error.value.reason, error.value.line) == (reason, line)
    assert str(error.value).startswith(
        f"Berkas kebijakan saksi, baris {line}: " if line else "Berkas kebijakan"
    )


def test_the_policy_of_the_samples_is_its_own_text() -> None:
    assert Policy.parse(policy_text()) == Policy.parse(policy_text().encode())

"""Policies: groups, quorum, the rule of the outside witness, and what may not stand in them."""

from __future__ import annotations

from itertools import combinations, count

import pytest

from pamong_verify.faults import Fault, Refused
from pamong_verify.policy import parse_policy
from tests.outside.issuing import Pair

KEYS = {name: Pair(f"{name}.example", 4).vkey for name in ("X1", "X2", "X3", "Y1", "Y2", "Y3")}
LOG = Pair("log.example", 1).vkey
WITNESSES = "".join(f"witness {name} {vkey}\n" for name, vkey in KEYS.items())
EXAMPLE = (
    f"log {LOG}\n\n{WITNESSES}"
    "group X-witnesses 2 X1 X2 X3\ngroup Y-witnesses any Y1 Y2 Y3\n"
    "group X-and-Y all X-witnesses Y-witnesses\nquorum X-and-Y\n"
)


def test_the_example_of_the_specification() -> None:
    policy = parse_policy(EXAMPLE.encode())
    for size in range(7):
        for names in combinations(KEYS, size):
            xs, ys = sum(name[0] == "X" for name in names), sum(name[0] == "Y" for name in names)
            assert policy.is_met(names) == (xs >= 2 and ys >= 1), names


@pytest.mark.parametrize(
    ("lines", "independent"),
    [
        ("group luar any Y1 Y2\ngroup q all X1 luar\nquorum q\n", True),
        ("group luar any Y1 Y2\ngroup q any X1 luar\nquorum q\n", False),
        ("group luar any Y1 Y2\ngroup q 2 X1 X2 luar\nquorum q\n", False),
        ("group dalam any Y1 Y2\ngroup luar any dalam Y3\nquorum dalam\n", True),
        ("group luar any Y1 Y2\nquorum X1\n", False),
        ("group luar any Y1 Y2\nquorum Y1\n", True),
        ("quorum X1\n", False),
        ("quorum none\n", False),
    ],
)
def test_no_quorum_without_an_outside_witness(lines: str, independent: bool) -> None:
    assert parse_policy((WITNESSES + lines).encode()).is_independent() == independent


def test_white_space_comments_and_octets() -> None:
    text = WITNESSES.replace(" ", "\t  ") + "  # catatan\n\t\n" + " quorum  X1  \n"
    assert parse_policy(text.encode()).is_met(["X1"])
    kelvin, key = b"\xe2\x84\xaa", KEYS["X1"].encode()
    other = KEYS["X2"].encode()
    data = b"witness K " + key + b"\nwitness " + kelvin + b" " + other + b"\nwitness \xff "
    policy = parse_policy(data + KEYS["X3"].encode() + b" https://x/\nquorum " + kelvin + b"\n")
    assert not policy.is_met(["K"])
    assert len(policy.witnesses) == 3


@pytest.mark.parametrize(
    "lines",
    [
        "",
        "quorum X9\n",
        "quorum X1\nquorum X1\n",
        "quorum none X1\n",
        "group a any\nquorum a\n",
        "bukan\nquorum X1\n",
        "group a 0 X1\nquorum a\n",
        "group a 3 X1 X2\nquorum a\n",
        "group a 01 X1\nquorum a\n",
        "group X1 any X2\nquorum X1\n",
        "group a any b\ngroup b any X1\nquorum a\n",
        "group a any X1 X1\nquorum a\n",
        "group a any none\nquorum a\n",
        "group a any X1\ngroup b any X1\nquorum b\n",
        "group none any X1\nquorum none\n",
        "quorum X1\r\n",
        f"witness z {KEYS['X1']}\nquorum X1\n",
        f"witness X1 {Pair('z', 4).vkey}\nquorum X1\n",
        "quorum a\ngroup a any X1\n",
        f"witness z {LOG}\nquorum X1\n",
        f"log {KEYS['X1']}\nquorum X1\n",
        f"log {LOG}\nlog {LOG}\nquorum X1\n",
        "log\nquorum X1\n",
        "witness z\nquorum X1\n",
        "group\nquorum X1\n",
        "quorum\n",
        "quorum X1\x00\n",
        "group a any a\nquorum a\n",
    ],
    ids=count(),  # the keys are other ones in each process
)
def test_what_no_policy_may_hold(lines: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_policy((WITNESSES + lines).encode())
    assert refused.value.fault is Fault.POLICY_BROKEN

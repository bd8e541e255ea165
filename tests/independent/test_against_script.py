"""The program against a short script that was written from the rules alone and shares nothing with it."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pamong.demo.files import write_example
from pamong.interop.month import read_files
from pamong.pay import frames
from pamong.pay.calculation import month_law
from pamong.pay.choices import FileKind
from pamong.pay.month import month_facts, month_of
from pamong.pay.services import File
from tests.independent import decimal_check
from tests.independent.decimal_check import recompute

AMOUNTS = {"ceiling": "ceiling", "gross": "gross", "tax": "tax", "health": "health", "net": "net"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example month's files."""
    found: Path = tmp_path_factory.mktemp("contoh")
    write_example(found)
    return found


@pytest.fixture(scope="module")
def slips(folder: Path) -> dict[str, dict[str, Any]]:
    """The program's slips of the example month, by NIP."""
    example = write_example(folder)
    files = [
        File(FileKind.PEOPLE, example.people.name, str(example.people), 0),
        File(FileKind.MONTHLY, example.monthly.name, str(example.monthly), 0),
        *(File(FileKind.PUNCHES, path.name, str(path), 0) for path in example.punches),
    ]
    month = date(2026, 10, 1)
    law = month_law("contoh", "", month_of(month))
    facts = month_facts(law.law, law.month, read_files(files, month, lambda path: Path(path).read_bytes()))
    worked = frames.work_out(law, facts)
    return {row["nip"]: row for row in worked.slips.iter_rows(named=True)}


def test_ten_people_drawn_at_random_get_what_the_script_says(
    folder: Path, slips: dict[str, dict[str, Any]]
) -> None:
    computed = sorted(nip for nip, slip in slips.items() if slip["state"] == "computed")
    for nip in random.Random(20261101).sample(computed, 10):  # noqa: S311 - a draw, not a secret
        assert {mine: slips[nip][mine] for mine in AMOUNTS} == _script(folder, nip), nip


def test_the_total_is_the_one_that_the_script_adds_up(slips: dict[str, dict[str, Any]]) -> None:
    # Run over all 300 people, which takes the script half a minute, it gave this sum of nets.
    assert sum(slip["net"] or 0 for slip in slips.values()) == 815_686_449


def test_the_examples_worked_by_hand_come_out(slips: dict[str, dict[str, Any]]) -> None:
    by_hand = {  # the nets of docs/worked-examples.md, written before anybody saw the program's
        "199108142020122001": 3_061_504,
        "200012042026061001": 2_625_720,
        "197409281999032001": 5_422_322,
        "196907232000032001": 4_575_609,
    }
    assert {nip: slips[nip]["net"] for nip in by_hand} == by_hand


def test_the_script_is_short_and_imports_nothing_of_ours() -> None:
    lines = Path(decimal_check.__file__).read_text().splitlines()
    assert len([line for line in lines if line.strip()]) <= 60
    assert not any("pamong" in line for line in lines if "import" in line)


def _script(folder: Path, nip: str) -> dict[str, int]:
    found = recompute(folder, nip)
    return {mine: int(found[theirs]) for mine, theirs in AMOUNTS.items()}

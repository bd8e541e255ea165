"""Within the window of an election officials are replaced with the Minister's letter alone (J17)."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from pamong.decisions.choices import State
from pamong.decisions.errors import GatesBlock
from pamong.merit import services
from tests.law.world import write
from tests.support.filling import Filling

LETTER = "100.2.2.6/4711/SJ"
INAUGURATED = """
title: Hari-hari pemilihan kepala daerah
unit: text
kind: table
by: [event]
values:
  - from: 2024-03-22
    value: {determined: "2024-09-22", inaugurated: "2026-10-01", none_planned: "2028-12-31"}
    citation: {regulation: contoh, article: Pasal 13}
    grade: E
    note: Tanggal karangan untuk uji.
"""


def test_case_J_17_within_the_window_of_an_election_only_with_the_ministers_letter(
    filling: Filling, settings: Any, tmp_path: Path
) -> None:
    """The opening and the choice, each by its own kind, six months after an inauguration."""
    vacancy = filling.locked()
    write(tmp_path, "merit/election_dates.yaml", INAUGURATED)
    settings.PAMONG_LAW_OVERLAY = str(tmp_path)
    with pytest.raises(GatesBlock, match=r"belum 6 bulan.*persetujuan tertulis Menteri"):
        filling.put(vacancy)
    decision = filling.put(vacancy, consent=LETTER)
    assert filling.gates(decision)["election"] == "allow"
    assert filling.choose(decision, "c1") is State.SEALED
    other = filling.beside()
    with pytest.raises(GatesBlock, match="persetujuan tertulis Menteri"):
        services.propose_vacancy(**filling.who("nurul"), key=uuid4(), asked=other.asked())
    opened = services.propose_vacancy(
        **filling.who("nurul"), key=uuid4(), asked=other.asked(consent=LETTER)
    )  # fmt: skip
    assert filling.gates(opened.uid)["election"] == "allow"

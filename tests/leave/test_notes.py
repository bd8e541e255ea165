"""Who opens the note that came with a request: its owner and whoever decides it, and nobody else."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from pamong.access.models import ReadLog
from pamong.attendance.errors import PaperNotFound
from pamong.attendance.queries import papers
from pamong.attendance.services.papers import Upload
from pamong.decisions import queries
from pamong.decisions.choices import State
from pamong.decisions.errors import DecisionNotFound
from pamong.leave.queries import LEAVES
from tests.support.leaving import LeaveDesk
from tests.support.people import AT

NOTE = Upload("surat-dokter.pdf", b"%PDF-1.4\n%sakit\n")


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, settings: Any) -> None:
    settings.PAMONG_FILES_ROOT = tmp_path


def sick(leaves: LeaveDesk) -> UUID:
    return leaves.ask(leave="S", first="2026-11-11", last="2026-11-12", file=NOTE)


def opened(leaves: LeaveDesk, who: str, uid: UUID) -> str:
    """The name that the story shows, after the file itself was opened."""
    kind, data = queries.read_attachment(actor=leaves.desk.actor(who), at=AT, decision=uid)
    assert (kind, data) == ("application/pdf", NOTE.data)
    return leaves.desk.story(who, uid).file


def shut(leaves: LeaveDesk, who: str, uid: UUID) -> None:
    with pytest.raises(DecisionNotFound):
        queries.read_attachment(actor=leaves.desk.actor(who), at=AT, decision=uid)


def test_who_checks_and_who_decides_open_the_note_in_their_turn_and_afterwards(leaves: LeaveDesk) -> None:
    uid = sick(leaves)
    assert opened(leaves, "own", uid) == "surat-dokter.pdf"
    assert opened(leaves, "nurul", uid) == "surat-dokter.pdf"
    shut(leaves, "chief", uid)  # it is not his turn yet
    assert leaves.desk.story("chief", uid).file == ""
    leaves.desk.answer("nurul", uid)
    assert opened(leaves, "chief", uid) == "surat-dokter.pdf"
    assert leaves.desk.answer("chief", uid) is State.SEALED
    for who in ("own", "nurul", "chief"):
        assert opened(leaves, who, uid) == "surat-dokter.pdf"


def test_nobody_else_opens_it_though_he_sees_the_decision(leaves: LeaveDesk) -> None:
    uid = sick(leaves)
    assert opened(leaves, "wahyu", uid)  # any officer of that desk, until one of them has answered
    leaves.desk.answer("nurul", uid)
    for who in ("wahyu", "clerk", "retno"):  # another officer, the unit's clerk, the inspector
        assert leaves.desk.story(who, uid).file == ""
        shut(leaves, who, uid)
    for who in ("mate", "foreign", "above", "mayor"):
        shut(leaves, who, uid)


def test_the_register_opens_it_to_its_owner_alone(leaves: LeaveDesk) -> None:
    """An officer without a step in the decision does not come by the list either."""
    uid = sick(leaves)
    found = papers.read_file(LEAVES, actor=leaves.desk.actor("own"), at=AT, uid=uid)
    assert found == ("surat-dokter.pdf", "application/pdf", NOTE.data)
    for who in ("nurul", "wahyu", "chief", "clerk"):
        with pytest.raises(PaperNotFound):
            papers.read_file(LEAVES, actor=leaves.desk.actor(who), at=AT, uid=uid)


def test_each_look_of_another_is_logged_about_whom_the_note_tells_of(leaves: LeaveDesk) -> None:
    uid = sick(leaves)
    opened(leaves, "own", uid)
    opened(leaves, "nurul", uid)
    shut(leaves, "retno", uid)
    looks = ReadLog.objects.filter(path="decisions:file")
    person = leaves.desk.people.city.persons["own"]
    assert list(looks.values_list("subject_ids", flat=True)) == [[person]]


def test_a_request_without_a_file_has_none_to_open(leaves: LeaveDesk) -> None:
    uid = leaves.ask()
    assert leaves.desk.story("own", uid).file == ""
    shut(leaves, "own", uid)

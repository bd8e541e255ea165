"""``pamong law adopt``: an officer proposes to put the installed law in force; another signs in the inbox."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import override_settings

from pamong.decisions.models import Decision
from pamong.kernel.actor import Actor
from pamong.pay.queries import find_law_in_force
from tests.cli.conftest import Desk, _pointed_to
from tests.cli.test_month import refused
from tests.support.month import TODAY

GROUND = "SK Wali Kota 12 Tahun 2026, 2 Januari 2026"


@pytest.fixture(autouse=True)
def contoh() -> Iterator[None]:
    with override_settings(PAMONG_PROFILE="contoh", PAMONG_LAW_OVERLAY=""):
        yield


def test_an_officer_proposes_and_is_told_who_signs_and_what_is_doubtful(desk: Desk) -> None:
    done = desk.run_here("--as", "nurul", "law", "adopt", "--ground", GROUND)
    assert done.returncode == 0, done.stderr
    assert "nilai belum pasti atau hanya contoh" in done.stdout
    signs = "Menunggu tanda tangan Pejabat Pembina Kepegawaian"
    waits = re.search(rf"{signs}: /keputusan/([0-9a-f-]{{36}})/", done.stdout)
    assert waits
    with _pointed_to(desk.environ["DATABASE_URL"], desk.blocker):
        row = Decision.objects.get(uid=waits[1])
        assert (row.state, row.content["ground"], row.waits_permission) == (
            "waiting", GROUND, "decisions:appoint"
        )  # fmt: skip
        assert find_law_in_force(actor=Actor.operator("uji", TODAY)) is None


def test_others_and_the_machine_propose_nothing(desk: Desk) -> None:
    adopt = ("law", "adopt", "--ground", GROUND)
    refused(desk.run_here(*adopt), 1, "")
    refused(desk.run_here("--as", "galih", *adopt), 1, "hanya untuk")
    refused(desk.run_here("--as", "nurul", "law", "adopt", "--ground", " "), 1, "nomor dan tanggal dokumen")

"""The demo's data: made once, left alone afterwards, and enough to sign in with."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from pytest_django.fixtures import Settings

from pamong.access import clock
from pamong.access.queries import named_actor
from pamong.attendance.models import Correction
from pamong.career.queries import list_due
from pamong.demo.accounts import ACCOUNTS
from pamong.demo.load import OtherTown, ensure, last_months
from pamong.demo.names import titled
from pamong.demo.town.build import town
from pamong.kernel.actor import Actor
from pamong.ledger.models import Intake
from pamong.pay import queries
from pamong.pay.choices import Mode, RunState
from pamong.people.models import Person

pytestmark = pytest.mark.django_db
SMALL = 300


@pytest.fixture
def files(tmp_path: Path, settings: Settings) -> Path:
    """A file store of its own, and the region that the demo runs as."""
    settings.PAMONG_FILES_ROOT, settings.PAMONG_PROFILE = tmp_path, "contoh"
    return tmp_path


def test_the_demo_is_made_once_and_each_account_signs_in(files: Path, operator: Actor) -> None:
    told: list[str] = []
    rows = ensure(told.append, SMALL, 2)
    assert told[-8:] == [
        "Menghitung September 2026", "Mencatat mesin presensi dan PIN", "Menyimpan presensi Oktober 2026",
        "Menyimpan presensi November 2026", "Menyimpan cuti dan surat tugas",
        "Menyimpan isian bulanan Oktober 2026", "Menghitung Oktober 2026",
        "Menyiapkan lowongan, cuti, dan keputusan yang menunggu",
    ]  # fmt: skip
    october, september = queries.list_runs(actor=operator)
    assert (october.state, october.mode, october.profile) == (RunState.PUBLISHED, Mode.DEMO, "contoh")
    assert october.computed > 80 and september.month.month == 9
    raises = list_due(actor=named_actor("nurul", operator.on), at=clock.now(), on=date(2027, 1, 1))
    assert raises.counts.all > 15 and all(row.new_years is not None for row in raises.rows)
    entries, persons = Intake.objects.count(), Person.objects.count()
    told.clear()
    assert ensure(told.append, SMALL, 2) == rows
    assert (told, Intake.objects.count(), Person.objects.count()) == ([], entries, persons)
    for (username, password, shows), account in zip(rows, ACCOUNTS, strict=True):
        assert authenticate(username=username, password=password) is not None
        assert account.display_name in shows
        actor = named_actor(username, operator.on)
        assert (actor.person_id is None) == (account.key is None)
        held = {grant.role: grant.unit for grant in actor.grants}
        own = "former" if (account.key or 0) < 0 else "employee"
        assert held.get(account.role or own) == account.unit
    lurah = named_actor("suryo", operator.on)
    assert lurah.has_role("superior"), "from his seat"
    states = Correction.objects.order_by("id").values_list("state", flat=True)
    assert list(states) == ["agreed", "open", "open"]
    mine = queries.list_own_slips(actor=named_actor("ratna", operator.on))
    assert [own.month.month for own in mine] == [10, 9] and all(own.slip.net for own in mine)
    with pytest.raises(OtherTown, match=r"Contoh sudah berisi 300 pegawai\..*pamong clean-demo"):
        ensure(told.append, 400)


def test_names_of_accounts_are_those_of_the_town() -> None:
    names = {row.person: row for row in town(SMALL).records.identities}
    for account in ACCOUNTS:
        if account.key is not None:
            row = names[account.key]
            assert account.display_name == titled(row.front_title, row.name, row.back_title)
            assert account.username == row.name.split()[0].lower()


def test_what_was_half_made_is_completed(
    files: Path, operator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PowerCut(Exception):
        pass

    def cut(*args: object, **kwargs: object) -> None:
        raise PowerCut

    with monkeypatch.context() as patch:
        patch.setattr("pamong.interop.month.services.compute_run", cut)
        with pytest.raises(PowerCut):
            ensure(lambda line: None, SMALL, 1)
    ensure(lambda line: None, SMALL, 1)
    assert [run.state for run in queries.list_runs(actor=operator)] == [RunState.PUBLISHED]


def test_months_are_those_before(operator: Actor) -> None:
    assert [f"{month:%Y-%m}" for month in last_months(operator.on, 12)][::11] == ["2025-11", "2026-10"]


def test_a_later_start_loads_no_columns() -> None:
    code = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'; django.setup()\n"
        "import pamong.demo.load\n"
        "assert 'polars' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)

"""The demo's data: made once, left alone afterwards, and enough to sign in with."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from pytest_django.fixtures import Settings

from pamong.access.queries import named_actor
from pamong.demo.load import ensure
from pamong.demo.people import ACCOUNTS
from pamong.kernel.actor import Actor
from pamong.ledger.models import Intake
from pamong.pay import queries
from pamong.pay.choices import Mode, RunState

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path: Path, settings: Settings) -> Path:
    """A file store of its own."""
    settings.PAMONG_FILES_ROOT = tmp_path
    return tmp_path


def test_the_demo_is_made_once(files: Path, operator: Actor) -> None:
    told: list[str] = []
    rows = ensure(told.append)
    assert told[0] == "Menulis berkas contoh Oktober 2026"
    (run,) = queries.list_runs(actor=operator)
    assert (run.state, run.mode, run.profile, run.people) == (RunState.PUBLISHED, Mode.DEMO, "contoh", 300)
    assert run.computed > 200
    entries = Intake.objects.count()
    told.clear()
    start = time.monotonic()
    assert ensure(told.append) == rows
    assert time.monotonic() - start < 10
    assert (told, Intake.objects.count()) == ([], entries)
    assert queries.list_runs(actor=operator) == (run,)


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
            ensure(lambda line: None)
    ensure(lambda line: None)
    assert [run.state for run in queries.list_runs(actor=operator)] == [RunState.PUBLISHED]


def test_each_account_signs_in_and_has_its_role(files: Path, operator: Actor) -> None:
    rows = ensure(lambda line: None)
    for (username, password, title), account in zip(rows, ACCOUNTS, strict=True):
        assert authenticate(username=username, password=password) is not None
        assert account.display_name in title
        actor = named_actor(username, operator.on)
        assert actor.has_role(account.role)
        assert {grant.unit_path for grant in actor.grants if grant.role == account.role} == (
            {account.unit.replace("-", "_")}
        )


def test_a_later_start_loads_no_columns() -> None:
    code = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'; django.setup()\n"
        "import pamong.demo.load\n"
        "assert 'polars' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)

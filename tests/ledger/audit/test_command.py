"""``pamong audit`` as a program: words, file, exit status; and the nightly run in the worker."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from pamong.jobs import audit as nightly
from pamong.ledger.models import Audit
from tests.ledger.audit.conftest import Site

ATTACK = "UPDATE organisation_siterow SET name = 'Istana' WHERE name = 'Balai Kota'"


def command(site: Site, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    given = {
        **{key: os.environ[key] for key in ("PATH", "HOME", "LANG", "PYTHONPATH") if key in os.environ},
        "PAMONG_AUDITOR_DATABASE_URL": site.url("auditor"),
        "PAMONG_LEDGER_SECRETS": settings.PAMONG_LEDGER_SECRETS[0],
        "PAMONG_LEDGER": str(site.places.public),
        "PAMONG_LEDGER_KEYS": str(site.places.keys),
        **environ,
    }
    return subprocess.run(
        [sys.executable, "-m", "pamong.cli.main", "audit", *arguments],
        env=given, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_clean_log(site: Site) -> None:
    done = command(site)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Bersih" in done.stdout
    kept = Audit.objects.get()
    assert kept.ok
    assert kept.findings == []


def test_findings_in_words_and_as_a_file(site: Site, tmp_path: Path) -> None:
    site.attack(ATTACK)
    out = tmp_path / "temuan.json"
    done = command(site, "--json", str(out))
    assert done.returncode == 1
    assert "Baris diubah (1):" in done.stdout
    assert "name dari 'Balai Kota' menjadi 'Istana'" in done.stdout
    told = json.loads(out.read_text())
    assert told["counts"]["findings"] == 1
    assert told["findings"][0]["before"] == {"name": "Balai Kota"}
    assert told["findings"] == Audit.objects.get().findings


def test_what_could_not_be_looked_at(site: Site) -> None:
    done = command(site, PAMONG_LEDGER_SECRETS="")
    assert done.returncode == 2
    assert "PAMONG_LEDGER_SECRETS" in done.stdout
    assert not Audit.objects.get().ok
    assert (
        command(site, PAMONG_AUDITOR_DATABASE_URL="postgresql:///tidak-ada?host=/tidak-ada").returncode == 2
    )


def test_a_checkpoint_that_an_outsider_holds(site: Site, tmp_path: Path) -> None:
    held = tmp_path / "titik-segel"
    held.write_bytes(site.places.checkpoint("decisions").read_bytes())
    assert command(site, "--checkpoint", str(held), "--offline").returncode == 0
    held.write_text("bukan titik segel")
    done = command(site, "--checkpoint", str(held))
    assert done.returncode == 2
    assert str(held) in done.stdout


def test_the_worker_audits_each_night_where_it_knows_the_address(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "PAMONG_LEDGER", site.places.public)
    nightly.run()
    assert not Audit.objects.exists()
    monkeypatch.setenv("PAMONG_AUDITOR_DATABASE_URL", site.url("auditor"))
    site.attack(ATTACK)
    nightly.run()
    kept = Audit.objects.get()
    assert not kept.ok
    assert [found["kind"] for found in kept.findings] == ["row_changed"]

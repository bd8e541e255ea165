"""Without an attack there is no finding."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path

from django.db import connection

from pamong.kernel.actor import Actor
from pamong.organisation.services import create_site
from tests.ledger.audit.conftest import Site
from tests.support.databases import Cluster
from tests.support.sealing import places_in, sealing


def test_a_sealed_site_is_clean(site: Site) -> None:
    report = site.look()
    assert [finding.sentence for finding in report.findings] == []
    assert report.unseen == []
    assert report.ok
    assert report.counts["rows"] > 0
    assert report.counts["tables"] > 60


def test_a_log_at_work_is_clean_too(site: Site, operator: Actor, at: datetime) -> None:
    """Writers and the sequencer go on while the audit looks, several times."""
    end = threading.Event()

    def write() -> None:
        number = 0
        while not end.is_set():
            number += 1
            create_site(
                actor=operator, at=at, code=f"l{number}", name=f"Lokasi {number}", zone="Asia/Jakarta",
                on=date(2026, 1, 1),
            )  # fmt: skip
        connection.close()

    def seal() -> None:
        with sealing(site.postgres, site.database, site.places) as it:
            while not end.is_set():
                it.beat()

    with ThreadPoolExecutor(2) as pool:
        work = [pool.submit(write), pool.submit(seal)]
        try:
            reports = [site.look() for _ in range(4)]
        finally:
            end.set()
        for one in work:
            one.result()
    assert [report.findings for report in reports] == [[]] * 4
    assert reports[-1].counts["rows"] > reports[0].counts["rows"]
    site.seal()
    assert site.look().ok


def test_an_installation_whose_log_has_not_begun(
    committed_db: str, postgres: Cluster, tmp_path: Path
) -> None:
    report = Site(postgres, committed_db, places_in(tmp_path / "ledger")).look()
    assert report.findings == []
    assert not report.ok

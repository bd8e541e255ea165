"""The audit as a whole: files first, then one state of the database from several sessions, then witnesses."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import psycopg
from psycopg import Connection
from psycopg.types.json import Jsonb

from pamong.ledger.audit import checkpoints, groups
from pamong.ledger.audit.checkpoints import Outside
from pamong.ledger.audit.checks import CHECKS, Check
from pamong.ledger.audit.findings import Finding, FindingKind, Place, Report
from pamong.ledger.audit.guards import look_at_guards
from pamong.ledger.audit.histories import look_at_histories
from pamong.ledger.audit.law import look_at_law, look_at_policy
from pamong.ledger.audit.leaves import Leaves
from pamong.ledger.audit.looking import Held, LogRow, Means, Progress, Told, newest
from pamong.ledger.audit.personal import look_at_personal
from pamong.ledger.audit.published import Published
from pamong.ledger.audit.rows import look_at_rows, look_at_shapes, stored_shapes
from pamong.ledger.audit.sessions import sessions
from pamong.ledger.audit.times import look_at_times
from pamong.ledger.audit.waiting import look_at_waiting
from pamong.ledger.audit.witnesses import look_at_witnesses
from pamong.ledger.binding import Shape

_LOGS = "SELECT name, origin, size, root, watermark FROM ledger_log"
_KEEP = """
    INSERT INTO ledger_audit (started_at, ok, counts, findings) VALUES (%s, %s, %s, %s)"""
_MOST_KEPT = 2_000  # findings that a page shows; a file has all


def audit(url: str, means: Means, progress: Progress) -> Report:
    """Look at everything. psycopg.Error where the database can't be read at all."""
    report = Report()
    with psycopg.connect(url, autocommit=True) as session:
        origins = {str(row[0]): str(row[1]) for row in session.execute(_LOGS)}
    outside = checkpoints.gather(origins, means, report)
    if not means.keys:
        report.unseen.append(
            "Rahasia aplikasi (PAMONG_LEDGER_SECRETS) tidak ada, jadi asal dan isi pribadi catatan belum "
            "diperiksa."
        )
    with sessions(url, 3) as opened:
        _Audit(opened, means, outside, report, progress).run()
    return report


def keep(url: str, report: Report, started_at: datetime) -> None:
    """Keep what was found, for pages to show."""
    findings = [finding.told() for finding in report.findings[:_MOST_KEPT]]
    with psycopg.connect(url, autocommit=True) as session:
        session.execute(_KEEP, [started_at, report.ok, Jsonb(report.summary()), Jsonb(findings)])


class _Audit:
    """One audit on three sessions of one snapshot: two work beside each other, the third helps one."""

    def __init__(
        self,
        opened: list[Connection[Any]],
        means: Means,
        outside: Outside,
        report: Report,
        progress: Progress,
    ) -> None:
        self._first, self._second, self._third = opened
        self._means, self._outside, self._report, self._progress = means, outside, report, progress
        self._told = Told()
        self._unvouched: list[tuple[int, Place]] = []

    def run(self) -> None:
        logs = {
            row[0]: LogRow(row[0], row[1], row[2], bytes(row[3]), row[4])
            for row in self._first.execute(_LOGS)
        }
        self._forgotten(logs)
        stored = stored_shapes(self._first)
        with ThreadPoolExecutor(1) as pool:
            beside = pool.submit(self._beside, newest(stored))
            for log in sorted(logs.values(), key=lambda log: log.name):
                self._log(log)
            look_at_waiting(self._first, logs, self._means, self._told, self._report)
            look_at_personal(self._first, self._means, self._told, self._report, self._progress)
            apart = beside.result()
        self._rest(stored, apart)
        for log in logs.values() if self._means.ask_witnesses else ():
            look_at_witnesses(self._first, log, self._outside, self._means, self._report)

    def _beside(self, shapes: dict[str, Shape]) -> Report:
        """What keeps the server busy, while the leaves keep this process busy."""
        found = Report()
        look_at_rows(self._second, shapes, found, self._progress)
        groups.look_at_groups(self._second, self._third, found, self._progress)
        return found

    def _rest(self, stored: dict[tuple[str, int], Shape], apart: Report) -> None:
        """What needs to know what the log told: tables whose stored shape is another are looked at again."""
        differ = look_at_shapes(self._first, self._told, stored, self._report)
        self._report.take(apart, differ)
        told = newest(self._told.shapes)
        look_at_rows(self._first, {name: told[name] for name in differ}, self._report, self._progress)
        look_at_histories(self._first, self._told.shapes, self._report)
        look_at_times(self._first, self._report)
        groups.tell_unvouched(self._first, self._unvouched, self._report)
        groups.look_at_erased(self._first, self._told, self._report)
        groups.look_at_erasures(self._first, self._told, self._report)
        look_at_guards(self._first, self._told, self._report)
        look_at_law(self._means, self._told, self._report)
        look_at_policy(self._means, self._told, self._report)
        for name, check in CHECKS.items():
            self._progress(f"Pemeriksaan {name}", 0, 0)
            self._check(name, check)

    def _check(self, name: str, check: Check) -> None:
        """One that breaks on what it reads must not keep the others from being told."""
        try:
            with self._second.transaction():
                for finding in check(self._second, self._means):
                    self._report.add(finding)
        except psycopg.Error as error:
            self._report.unseen.append(f"Pemeriksaan {name} tidak selesai: {str(error).strip()}")

    def _log(self, log: LogRow) -> None:
        held = self._outside.held.get(log.name, [])
        published = self._published(log, held)
        sizes = checkpoints.sizes_of(self._first, log, held)
        leaves = Leaves(log, self._means, self._told, self._report, published, sizes)
        leaves.run(self._first, self._progress)
        self._unvouched += leaves.unvouched
        checkpoints.look_at_held(log, held, leaves.roots, self._report)
        checkpoints.look_at_stored(
            self._first, log, self._outside, leaves.roots, self._report, self._progress
        )
        checkpoints.look_at_files(log, self._outside, self._means, self._report)

    def _published(self, log: LogRow, held: list[Held]) -> Published:
        """The files of a log, up to their own checkpoint; none where that is not to be read."""
        public = self._means.public
        for one in held:
            if public is not None and one.who == checkpoints.PUBLISHED:
                size = min(log.size, one.checkpoint.size)
                return Published(public / log.name, size, one.checkpoint.root)
        return Published(None, 0)

    def _forgotten(self, logs: dict[str, LogRow]) -> None:
        """Logs that files know and the database does not, or none although there are entries."""
        for name, held in self._outside.held.items():
            for one in held:
                if name not in logs and one.checkpoint.size:
                    sentence = f"Buku '{name}' tidak ada lagi di basis data, tetapi {one.who} ada."
                    self._report.add(Finding(FindingKind.ROLLED_BACK, name, "", sentence))

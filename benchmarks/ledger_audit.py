"""The audit of a log with 1,000,000 protected rows, 100,000 entries with personal fields, and 10,000 groups.

Goal: 30 s on two cores. The anchor is what no audit can do without, on one core: each stored row, copy and
entry read once and hashed by SHA-256. The rows are written by the application's role, told by the triggers,
and sealed by the sequencer; then the command runs in a process of its own.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.__main__ import say
from benchmarks.database import Databases
from benchmarks.process import figures_of
from pamong.ledger.binding import undo_sql

ROWS, GROUPS, EVENTS = 1_000_000, 10_000, 10
GOAL_SECONDS, GOAL_PROOF_MS, PROOFS = 30, 5, 300
PROCESS, TABLE = "benchmarks.ledger_audit_process", "people_qualityaccept"
SITE = "ukur.contoh.go.id"


def measure(rows: int = ROWS, groups: int = GROUPS) -> dict[str, Any]:
    """Seconds and memory of an audit that finds nothing, and of one that finds ten changed rows."""
    with tempfile.TemporaryDirectory(prefix="pamong-bench-") as folder, Databases() as databases:
        with databases.fresh() as environ:
            figures: dict[str, Any] = figures_of(PROCESS, environ, rows // groups, groups, EVENTS)
            name = str(psycopg.conninfo.conninfo_to_dict(environ["DATABASE_URL"])["dbname"])
            figures["sealed"] = _seal(databases.server.url("sequencer", name), Path(folder))
            databases.settle(environ)
            url = databases.server.url("auditor", name)
            figures["audit"] = _audit(environ, url, Path(folder), clean=True)
            figures["anchor"] = _bare(url)
            figures["proof"] = _proofs(environ, Path(folder))
            _attack(databases.server.url("superuser", name))
            figures["found"] = _audit(environ, url, Path(folder), clean=False)
        figures["free_us"] = _unbound(databases, rows // groups, groups // 10)
    say("rows told by triggers", f"{figures['told_us']:.1f} us a row, without them {figures['free_us']:.1f}")
    seconds, proof, bare = figures["audit"]["seconds"], *figures["proof"].values()
    missed = " <- misses its goal" if seconds >= GOAL_SECONDS else ""
    say(
        "audit of the log",
        f"{seconds:.1f} s, {seconds / GOAL_SECONDS:.2f} of the goal of {GOAL_SECONDS} s{missed}; "
        f"{seconds / figures['anchor']:.1f} anchors of {figures['anchor']:.1f} s; "
        f"{figures['audit']['mib']:.0f} MiB",
    )
    say(
        "a document's proof, whole",
        f"{proof:.2f} ms, {proof / GOAL_PROOF_MS:.2f} of the goal of {GOAL_PROOF_MS} ms; "
        f"{proof / bare:.1f} anchors (its row and a tile read: {bare:.2f} ms)",
    )
    say("  with ten changed rows", f"{figures['found']['seconds']:.1f} s")
    return figures


def _seal(url: str, folder: Path) -> float:
    from pamong.ledger.sequencer.logs import LogAtWork  # noqa: PLC0415 - only this measurement needs it
    from pamong.ledger.sequencer.places import Places  # noqa: PLC0415
    from pamong.ledger.sequencer.policies import PolicyFile  # noqa: PLC0415

    places = Places(SITE, folder / "public", folder / "keys")
    since = time.perf_counter()
    with psycopg.connect(url, autocommit=True) as session, ThreadPoolExecutor(1) as pool:
        session.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        logs = [LogAtWork(session, places, name, pool) for name in places.logs]
        PolicyFile(places).ensure([vkey for log in logs for vkey in log.vkeys])
        for log in logs:
            while log.beat(()):
                pass
    return round(time.perf_counter() - since, 1)


def _bare(url: str) -> float:
    """Seconds to read and hash rows, their copies and entries, once each."""
    since = time.perf_counter()
    with psycopg.connect(url) as session:
        for text in (
            f"SELECT t::text FROM {TABLE} t",  # noqa: S608 - our own name
            "SELECT r::text FROM ledger_row r",
            "SELECT body FROM ledger_intake",
        ):
            with session.cursor() as cursor, cursor.copy(f"COPY ({text}) TO STDOUT") as rows:
                for row in rows:
                    hashlib.sha256(row).digest()
    return round(time.perf_counter() - since, 2)


def _proofs(environ: Mapping[str, str], folder: Path) -> dict[str, float]:
    """Milliseconds of proofs of random entries, as documents carry them, in a process of its own."""
    told = {**environ, "PAMONG_LEDGER": str(folder / "public"), "PAMONG_SITE": SITE}
    found: dict[str, float] = figures_of("benchmarks.ledger_proof_process", told, PROOFS)
    return found


def _audit(environ: Mapping[str, str], url: str, folder: Path, clean: bool) -> dict[str, Any]:
    """Run the command; seconds, and the most memory that it had."""
    given = {
        **environ,
        "PAMONG_AUDITOR_DATABASE_URL": url,
        "PAMONG_LEDGER": str(folder / "public"),
        "PAMONG_LEDGER_KEYS": str(folder / "keys"),
    }
    since = time.perf_counter()
    with subprocess.Popen([sys.executable, "-m", "pamong.cli.main", "audit"], env=given) as program:
        _, status, usage = os.wait4(program.pid, 0)
        program.returncode = os.waitstatus_to_exitcode(status)
    assert program.returncode == (0 if clean else 1)
    return {"seconds": round(time.perf_counter() - since, 2), "mib": round(usage.ru_maxrss / 1024)}


def _unbound(databases: Databases, rows: int, groups: int) -> float:
    """Microseconds a row of the same table without the triggers that tell rows."""
    with databases.fresh() as environ:
        name = str(psycopg.conninfo.conninfo_to_dict(environ["DATABASE_URL"])["dbname"])
        with psycopg.connect(databases.server.url("superuser", name)) as session:
            for statement in undo_sql(TABLE):
                session.execute(statement)
        return float(figures_of(PROCESS, environ, rows, groups, EVENTS)["told_us"])


def _attack(url: str) -> None:
    with psycopg.connect(url) as session:
        session.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER USER")
        session.execute(f"UPDATE {TABLE} SET reason = 'lain' WHERE id % 100000 = 7")  # noqa: S608

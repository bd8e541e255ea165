"""A thousand orders: gated, numbered, sealed, then drawn as PDF/A-3 and signed with the local certificate.

Each is gated twice by what the database says of its own person: looked at, and again with the signature.
Goal: under three minutes on two cores. The anchor is the same order drawn without a signature, once.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.__main__ import say
from benchmarks.database import Databases
from benchmarks.process import figures_of

ORDERS, PEOPLE = 1_000, 2_500
GOAL_SECONDS = 180
SITE = "orders.bench.example"


def measure(orders: int = ORDERS, people: int = PEOPLE) -> dict[str, Any]:
    """Seconds of each part, and of all."""
    with tempfile.TemporaryDirectory(prefix="pamong-bench-") as folder, Databases() as databases:  # noqa: SIM117 - the second needs the first
        with databases.fresh() as environ:
            told = environ | places(Path(folder)) | {"PAMONG_DEMO": "1", "PAMONG_PROFILE": "contoh"}
            figures_of("benchmarks.lists_town", told, people)
            databases.settle(told)
            name = environ["DATABASE_URL"].rpartition("/")[2].partition("?")[0]
            sequencer = told | {
                "PAMONG_SEQUENCER_DATABASE_URL": databases.server.url("sequencer", name),
                "PAMONG_LEDGER_KEYS": str(Path(folder) / "keys"),
            }
            command = [sys.executable, "-m", "pamong.cli.main", "sequencer"]
            with (Path(folder) / "sequencer.log").open("wb") as log:
                program = subprocess.Popen(command, env=sequencer, stdout=log, stderr=log)
                try:
                    found: dict[str, Any] = figures_of("benchmarks.orders_process", told, orders)
                finally:
                    program.terminate()
                    program.wait()
    _tell(found)
    return found


def places(folder: Path) -> dict[str, str]:
    """Where the log, the files and the certificates stand; nobody outside is asked to witness."""
    public = folder / "ledger"
    public.mkdir()
    (public / "policy").write_text("quorum none\n")
    return {
        "PAMONG_FILES": str(folder / "files"), "PAMONG_LEDGER": str(public), "PAMONG_SITE": SITE,
        "PAMONG_CERTIFICATES": str(folder / "certificates"), "PAMONG_SECRET_KEY": "rahasia pengukuran",
    }  # fmt: skip


def _tell(found: dict[str, Any]) -> None:
    orders, total = found["orders"], found["total_s"]
    missed = " <- misses its goal" if total >= GOAL_SECONDS else ""
    busy = f"; load average {found['load_average']:.1f}"
    say("orders", f"{orders:,} in {total:.0f} s, {total / GOAL_SECONDS:.2f} of the goal{missed}{busy}")
    say("  gated, numbered, sealed", f"{found['signed_s']:.1f} s ({orders / found['signed_s']:.0f} a second)")
    say("  placed in the log", f"{found['placed_s']:.1f} s more")
    each = found["printed_s"] / orders * 1000
    say("  drawn and signed", f"{found['printed_s']:.1f} s, {each:.0f} ms each on two cores")
    anchors = each / found["anchor_ms"]
    say("  anchor", f"{found['anchor_ms']:.0f} ms for one drawn without a signature; {anchors:.1f} anchors")

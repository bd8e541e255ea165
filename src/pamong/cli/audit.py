"""``pamong audit``: is everything that the log says still so, and is nothing there that it does not say?"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pamong.cli.caller import Caller
from pamong.cli.installation import running
from pamong.cli.progress import Live, say
from pamong.kernel.money import grouped

if TYPE_CHECKING:
    from pamong.ledger.audit.findings import Report
    from pamong.ledger.audit.looking import Means

ADDRESS = "PAMONG_AUDITOR_DATABASE_URL"
SHOWN = 20  # findings of one kind; a file has all
FOUND, UNSEEN = 1, 2


@click.command()
@click.option(
    "--json",
    "out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="BERKAS",
    help="Tulis semua temuan sebagai JSON.",
)
@click.option(
    "--checkpoint",
    "held",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="BERKAS",
    help="Titik segel yang dipegang orang luar; boleh beberapa.",
)
@click.option("--offline", is_flag=True, help="Jangan tanya saksi luar.")
@click.pass_obj
def audit(caller: Caller, out: Path | None, held: tuple[Path, ...], offline: bool) -> None:
    """Menghitung ulang seluruh buku segel dan mencocokkannya dengan semua baris terkunci.

    Kode keluar: 0 bila bersih, 1 bila ada temuan, 2 bila ada yang tidak dapat diperiksa.
    """
    if os.environ.get(ADDRESS):
        status = _run(os.environ, out, held, offline)
    else:
        with running(caller.data) as installation:
            status = _run(installation.audit_environ(), out, held, offline)
    raise SystemExit(status)


def _run(environ: Mapping[str, str], out: Path | None, held: tuple[Path, ...], offline: bool) -> int:
    import psycopg

    from pamong.ledger.audit.checks import register
    from pamong.ledger.audit.running import audit as look
    from pamong.ledger.audit.running import keep
    from pamong.pay.audit import slip_findings

    url = environ.get(ADDRESS, "")
    if not url:
        say(f"{ADDRESS} belum diisi. Isi dengan alamat basis data untuk pengguna pamong_auditor.")
        return UNSEEN
    register("rincian pembayaran", slip_findings)
    live, started_at = Live(), datetime.now(UTC)
    try:
        report = look(url, _means(environ, held, offline), live)
        keep(url, report, started_at)
    except psycopg.Error as error:
        say(f"Basis data tidak dapat diperiksa: {str(error).strip()}")
        return UNSEEN
    finally:
        live.end()
    if offline:
        report.notes.append("Saksi luar tidak ditanya, karena --offline.")
    for line in told(report):
        say(line)
    if out is not None:
        _write(out, report, started_at)
    return FOUND if report.total else UNSEEN if report.unseen else 0


def _means(environ: Mapping[str, str], held: tuple[Path, ...], offline: bool) -> Means:
    from pamong.ledger.audit.looking import means_of
    from pamong.ledger.marks import secrets_of

    public, keys = environ.get("PAMONG_LEDGER", ""), environ.get("PAMONG_LEDGER_KEYS", "")
    return means_of(
        secrets_of(environ),
        Path(public) if public else None,
        Path(keys) if keys else None,
        environ.get("PAMONG_LAW_OVERLAY", ""),
        held=[(str(path), path.read_text(encoding="utf-8", errors="replace")) for path in held],
        ask_witnesses=not offline,
    )


def told(report: Report) -> Iterator[str]:
    """What was found, in lines."""
    counts = report.counts
    entries = sum(count for name, count in counts.items() if name.startswith("entries_"))
    yield (
        f"Diperiksa: {grouped(entries)} catatan, {grouped(counts['rows'])} salinan baris, "
        f"{counts['tables']} tabel, {grouped(counts['checkpoints'])} titik segel."
    )
    for kind, findings in groupby(
        sorted(report.findings, key=lambda one: one.kind), key=lambda one: one.kind
    ):
        found = list(findings)
        yield f"\n{kind.label} ({len(found)}):"
        yield from (f"  {one.sentence}" for one in found[:SHOWN])
        if len(found) > SHOWN:
            yield f"  dan {grouped(len(found) - SHOWN)} lagi; pakai --json untuk semuanya"
    for title, lines in (("Tidak dapat diperiksa", report.unseen), ("Keterangan", report.notes)):
        if lines:
            yield f"\n{title}:"
            yield from (f"  {line}" for line in lines)
    yield ""
    yield _verdict(report)


def _verdict(report: Report) -> str:
    if report.total:
        return f"{grouped(report.total)} temuan. Simpan hasil ini dan beri tahu inspektorat."
    if report.unseen:
        return "Tidak ada temuan pada yang diperiksa, tetapi ada yang belum dapat diperiksa."
    return "Bersih: semuanya sama dengan saat disegel."


def _write(out: Path, report: Report, started_at: datetime) -> None:
    whole = {
        "started_at": started_at.isoformat(),
        "ok": report.ok,
        "counts": report.summary(),
        "findings": [finding.told() for finding in report.findings],
    }
    out.write_text(json.dumps(whole, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    say(f"Semua temuan tertulis di {out}.")

"""``pamong import``: a file of the register is tried, stored, or taken back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID

import click

from pamong.cli.caller import Caller
from pamong.cli.month import as_file
from pamong.cli.progress import Live, say
from pamong.cli.session import Session, session
from pamong.kernel.clock import day_fault


def as_date(value: str) -> date:
    """``2026-11-01`` as a date; BadParameter for any other form."""
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"tulis tanggal seperti 2026-11-01, bukan '{value}'.") from error
    if day_fault(day):
        raise click.BadParameter(day_fault(day))
    return day


@click.group("import")
def group() -> None:
    """Mengimpor data kepegawaian dari berkas: dicoba dulu, lalu disimpan dengan --apply.

    Berkas yang sama boleh diimpor lagi: yang sudah ada tidak ditambah. Berakhir dengan status 1 bila ada
    baris yang tidak dapat disimpan.
    """


def _command(kind: str, what: str) -> click.Command:
    def run(
        caller: Caller, file: Path, on: date | None, day_first: bool | None, create_missing: bool, store: bool
    ) -> None:
        with session(caller) as now:
            refused = _import(now, kind, file, on, day_first, create_missing, store)
        if refused:
            raise SystemExit(1)

    made = click.pass_obj(run)
    if kind == "register":
        text = "Buat unit, jabatan, dan posisi yang belum ada."
        made = click.option("--create-missing", is_flag=True, help=text)(made)
    else:
        made = click.option("--create-missing", is_flag=True, hidden=True)(made)
    order = "Urutan tanggal dalam berkas, bila ditanyakan."
    made = click.option("--day-first/--month-first", "day_first", default=None, help=order)(made)
    dated = "Tanggal berkas; bila kosong: hari ini."
    made = click.option("--on", type=as_date, metavar="TANGGAL", help=dated)(made)
    made = click.option("--apply", "store", is_flag=True, help="Simpan, tidak hanya mencoba.")(made)
    made = click.argument("file", type=as_file, metavar="BERKAS")(made)
    return click.command(kind, help=f"Mengimpor {what} dari BERKAS (CSV, XLSX, XLS, atau ODS).")(made)


for _kind, _what in (
    ("register", "data ASN (ekspor SIASN)"),
    ("peta", "peta jabatan: unit, jabatan, dan posisi"),
    ("family", "data keluarga"),
    ("education", "riwayat pendidikan"),
):
    group.add_command(_command(_kind, _what))


@group.command("undo")
@click.argument("batch", type=click.UUID, metavar="IMPOR")
@click.option("--reason", required=True, metavar="ALASAN", help="Mengapa impor ini dibatalkan.")
@click.pass_obj
def undo(caller: Caller, batch: UUID, reason: str) -> None:
    """Membatalkan impor bernomor IMPOR: yang berlaku sebelumnya berlaku lagi."""
    with session(caller) as now:
        from pamong.interop.imports.services import undo_batch

        done = undo_batch(actor=now.actor, at=now.at, uid=batch, reason=reason)
        say(f"Impor {done.name} dibatalkan. Data sebelumnya berlaku lagi.")


def _import(
    now: Session,
    kind: str,
    file: Path,
    on: date | None,
    day_first: bool | None,
    create_missing: bool,
    store: bool,
) -> bool:
    """Try the file, store it where asked; whether something was refused."""
    from pamong.cli.import_summary import summary
    from pamong.interop.imports import services
    from pamong.people.choices import BatchKind, Outcome
    from pamong.people.queries.batches import BatchOptions

    live = Live()
    try:
        batch = services.check_file(
            actor=now.actor,
            at=now.at,
            kind=BatchKind(kind),
            name=file.name,
            data=file.read_bytes(),
            options=BatchOptions(on or now.actor.on, create_missing, day_first),
            progress=live,
        )
        if store and batch.rows:
            batch = services.apply_batch(actor=now.actor, at=now.at, uid=batch.uid, progress=live)
    finally:
        live.end()
    for line in summary(actor=now.actor, batch=batch):
        say(line)
    return not batch.rows or bool(batch.counts[Outcome.REFUSED])

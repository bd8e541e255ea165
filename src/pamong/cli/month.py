"""``pamong month``: from files to slips, in one command."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pamong.cli.caller import Caller
from pamong.cli.progress import Live, say
from pamong.cli.session import Session, session
from pamong.kernel.clock import format_date, format_month, local_date
from pamong.kernel.period import month_period

if TYPE_CHECKING:
    from pamong.law.engine.plan import Law
    from pamong.pay.queries import RunRow
    from pamong.pay.services import File

MODES = ("demo", "shadow", "real")
_MONTH = re.compile(r"(\d{4})-(\d{2})")


def as_month(value: str) -> date:
    """``2026-10`` as its first day; BadParameter for any other form."""
    found = _MONTH.fullmatch(value)
    if not found or not 1 <= int(found[2]) <= 12 or not 1945 <= int(found[1]) <= 2999:
        raise click.BadParameter(f"tulis bulan seperti 2026-10, bukan '{value}'.")
    return date(int(found[1]), int(found[2]), 1)


def as_file(value: str) -> Path:
    """The path of a file that is there; BadParameter otherwise."""
    path = Path(value)
    if path.is_dir():
        raise click.BadParameter(f"{path} adalah folder, bukan berkas.")
    if not path.is_file():
        raise click.BadParameter(f"berkas {path} tidak ada.")
    return path


class ManyFiles(click.Command):
    """Lets several files stand after one ``--punches``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the option's name before each file that follows it."""
        return super().parse_args(ctx, spread(args, "--punches"))


def spread(args: Sequence[str], option: str) -> list[str]:
    """``--punches a b`` becomes ``--punches a --punches b``. A month among the files is the command's own."""
    made: list[str] = []
    within = given = False
    for arg in args:
        if arg.startswith("-"):
            within, given = arg == option, False
        elif within and given and not _MONTH.fullmatch(arg):
            made.append(option)
        given = given or (within and not arg.startswith("-"))
        made.append(arg)
    return made


@click.command(cls=ManyFiles)
@click.argument("month", type=as_month, metavar="BULAN")
@click.option(
    "--people",
    type=as_file,
    metavar="BERKAS",
    help="Data pegawai (ekspor SIASN). Tanpa ini: data kepegawaian yang ada di sini.",
)
@click.option(
    "--punches",
    type=as_file,
    multiple=True,
    metavar="BERKAS...",
    help="Rekaman presensi; boleh beberapa berkas. Tanpa ini: presensi yang tersimpan di sini.",
)
@click.option(
    "--minutes",
    type=as_file,
    metavar="BERKAS",
    help="Isian bulanan. Tanpa ini: isian yang tercatat di sini.",
)
@click.option("--profile", required=True, metavar="KODE", help="Profil daerah, misalnya samarinda.")
@click.option("--overlay", default="", metavar="FOLDER", help="Folder aturan tambahan dari kantor Anda.")
@click.option(
    "--mode",
    type=click.Choice(MODES),
    default="demo",
    show_default=True,
    help="Guna hitungan: demo (Peragaan), shadow (Pembanding), real (Sungguhan).",
)
@click.option(
    "--out", "folder", type=click.Path(path_type=Path), required=True, metavar="FOLDER", help="Tempat hasil."
)
@click.option("--pdf/--no-pdf", default=True, help="Dengan atau tanpa PDF.")
@click.pass_obj
def month(
    caller: Caller,
    month: date,
    people: Path | None,
    punches: tuple[Path, ...],
    minutes: Path | None,
    profile: str,
    overlay: str,
    mode: str,
    folder: Path,
    pdf: bool,
) -> None:
    """Menghitung TPP bulan BULAN (misalnya 2026-10) dan menulis rinciannya sebagai XLSX, PDF, dan Parquet.

    Berkas yang sama menghasilkan hitungan yang sama: perintah yang diulang tidak menambah apa pun.
    """
    from pamong.law.engine.law import load_law

    profile, overlay = _place(profile), str(Path(overlay).resolve()) if overlay else ""
    law = load_law(profile, overlay or None)  # refused before anything starts
    with session(caller) as now:
        if not punches:
            derive(now, month, law)
        files = _keep(now, month, law, people, minutes, punches)
        run = _compute(now, month, profile, overlay, mode, files)
        _write(now, run, folder, pdf)


def _place(profile: str) -> str:
    """A profile's own folder is remembered with its whole path."""
    from pamong.law.engine.loader import profile_codes

    own = profile not in profile_codes() and Path(profile).is_dir()
    return str(Path(profile).resolve()) if own else profile


def _keep(
    now: Session,
    month: date,
    law: Law,
    people: Path | None,
    minutes: Path | None,
    punches: Sequence[Path],
) -> list[File]:
    from pamong.interop.month import keep_file, keep_registers
    from pamong.pay.choices import FileKind

    given = {
        FileKind.PEOPLE: [people] if people else [],
        FileKind.MONTHLY: [minutes] if minutes else [],
        FileKind.PUNCHES: punches,
    }
    files = [keep_file(kind, path.name, path.read_bytes()) for kind, paths in given.items() for path in paths]
    kinds = [kind for kind, paths in given.items() if not paths]
    return [*keep_registers(actor=now.actor, at=now.at, month=month, kinds=kinds, law=law), *files]


def derive(now: Session, month: date, law: Law) -> None:
    """Derive the days of a month that facts have touched since."""
    from django.conf import settings

    from pamong.attendance.services import derive_month

    period = month_period(month.year, month.month)
    derive_month(actor=now.actor, at=now.at, law=law, zone=settings.PAMONG_ZONE, month=period)


def _compute(now: Session, month: date, profile: str, overlay: str, mode: str, files: list[File]) -> RunRow:
    """Start the run, or go on with the one that these files have already."""
    from pamong.access import clock
    from pamong.interop.month import run_month
    from pamong.pay import queries, services
    from pamong.pay.choices import Mode, RunState

    started = services.start_run(
        actor=now.actor,
        at=now.at,
        month=month,
        profile=profile,
        files=files,
        mode=Mode(mode),
        overlay=overlay,
    )
    run = queries.get_run(actor=now.actor, uid=started.uid)
    if run.state is RunState.PUBLISHED and run.published_at:
        day = format_date(local_date(clock.shown(run.published_at), run.zone))
        say(f"Hitungan dari berkas ini sudah ada, terbit {day}. Hasilnya ditulis lagi.")
        return run
    if started.existed:
        say("Hitungan dari berkas ini pernah dimulai; sekarang diteruskan.")
    live = Live()
    try:
        run_month(actor=now.actor, at=now.at, uid=started.uid, progress=live)
    finally:
        live.end()
    return queries.get_run(actor=now.actor, uid=started.uid)


def _write(now: Session, run: RunRow, folder: Path, pdf: bool) -> None:
    from pamong.access import clock
    from pamong.cli.month_summary import summary
    from pamong.interop.exports.folder import write_run

    live = Live()
    about: dict[str, Any] = {"uid": run.uid, "folder": folder, "pdf": pdf, "clock": clock.shown}
    try:
        written = write_run(actor=now.actor, at=now.at, progress=live, **about)
    finally:
        live.end()
    title = (
        f"Tambahan Penghasilan Pegawai {format_month(run.month.year, run.month.month)}, {run.profile_name}"
    )
    say(f"\n{title}")
    for line in summary(written, folder):
        say(line)

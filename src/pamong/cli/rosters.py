"""``pamong presence``, further: shifts, rosters, and days derived by hand."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import click

from pamong.cli.caller import Caller
from pamong.cli.imports import as_date
from pamong.cli.month import as_file, as_month
from pamong.cli.progress import say
from pamong.cli.session import session
from pamong.kernel.clock import format_date, format_month
from pamong.kernel.money import grouped
from pamong.kernel.period import Period, month_period

SHOWN = 40  # problems of a sheet


def as_clock(value: str) -> time:
    """``07:00`` or ``07.00``; BadParameter for any other form."""
    try:
        return time.fromisoformat(value.replace(".", ":"))
    except ValueError as error:
        raise click.BadParameter(f"tulis jam seperti 07:00, bukan '{value}'.") from error


def _as_pause(value: str) -> tuple[time, time]:
    begins, _, ends = value.partition("-")
    return as_clock(begins.strip()), as_clock(ends.strip())


def _changes(days: int, late: int) -> str:
    over = f", {grouped(late)} hari di antaranya sudah lewat" if late else ""
    return f"{grouped(days)} hari berubah{over}"


def _month(first: date) -> Period:
    return month_period(first.year, first.month)


@click.command("shift")
@click.argument("code", metavar="KODE")
@click.option(
    "--unit", required=True, metavar="UNIT", help="Kode unit yang memakainya, dan yang di bawahnya."
)
@click.option("--name", required=True, metavar="NAMA", help="Sebutan dinas, misalnya: Malam.")
@click.option("--from", "starts", required=True, type=as_clock, metavar="JAM", help="Jam masuk, 21:00.")
@click.option("--to", "ends", required=True, type=as_clock, metavar="JAM", help="Jam pulang, 07:00.")
@click.option("--on", required=True, type=as_date, metavar="TANGGAL", help="Sejak kapan.")
@click.option(
    "--before", default=60, metavar="MENIT", help="Presensi dihitung sejak sekian menit sebelum masuk."
)
@click.option(
    "--after", default=120, metavar="MENIT", help="Presensi dihitung sampai sekian menit sesudah pulang."
)
@click.option(
    "--pause", type=_as_pause, metavar="JAM-JAM", help="Istirahat yang tidak dihitung, 12:00-13:00."
)
@click.pass_obj
def shift(
    caller: Caller, code: str, unit: str, name: str, starts: time, ends: time, on: date, before: int,
    after: int, pause: tuple[time, time] | None,
) -> None:  # fmt: skip
    """Mencatat jam dinas KODE (P, S, M, ...) yang dipakai di jadwal unit."""
    with session(caller) as now:
        from pamong.attendance import services

        times = services.ShiftTimes(name, starts, ends, before, after, pause)
        services.define_shift(actor=now.actor, at=now.at, unit=unit, code=code, on=on, times=times)
        say(f"Dinas {code.strip().upper()} pukul {starts:%H.%M} sampai {ends:%H.%M} mulai {format_date(on)}.")


@click.command("roster")
@click.argument("file", type=as_file, metavar="BERKAS")
@click.option("--unit", required=True, metavar="UNIT", help="Kode unit, misalnya: rsud_melati.")
@click.option(
    "--month", required=True, type=as_month, metavar="BULAN", help="Bulan jadwal, misalnya 2026-11."
)
@click.option("--check", is_flag=True, help="Hanya memeriksa, belum menyimpan.")
@click.pass_obj
def roster(caller: Caller, file: Path, unit: str, month: date, check: bool) -> None:
    """Menyimpan jadwal dinas sebulan dari BERKAS: baris pegawai (NIP), kolom tanggal 1 sampai 31."""
    with session(caller) as now:
        from pamong.interop.rosters import bring_roster

        done = bring_roster(
            actor=now.actor, at=now.at, unit=unit, month=_month(month), name=file.name,
            data=file.read_bytes(), check=check,
        )  # fmt: skip
        for problem in done.problems[:SHOWN]:
            say(f"  {problem}")
        more = len(done.problems) - SHOWN
        if more > 0:
            say(f"  dan {more} masalah lain.")
        when = format_month(month.year, month.month)
        if done.stored is not None:
            say(f"Jadwal {when} disimpan: {_changes(done.stored.days, done.stored.late)}.")
        elif not done.problems:
            told = f"{len(done.sheet.lines)} pegawai, {_changes(done.seen.days, done.seen.late)}"
            say(f"Jadwal {when} dapat disimpan: {told}. Ulangi tanpa --check.")
    if done.problems:
        raise SystemExit(1)


@click.command("derive")
@click.option(
    "--month", type=as_month, metavar="BULAN", help="Semua hari bulan ini, bukan hanya yang berubah."
)
@click.pass_obj
def derive(caller: Caller, month: date | None) -> None:
    """Menghitung hasil hari dari presensi, jadwal, dan surat yang tercatat."""
    with session(caller) as now:
        from django.conf import settings

        from pamong.attendance import services
        from pamong.law.engine.law import load_law

        law = load_law(settings.PAMONG_PROFILE, settings.PAMONG_LAW_OVERLAY or None)
        zone = settings.PAMONG_ZONE
        if month is None:
            done = services.derive_due(actor=now.actor, at=now.at, law=law, zone=zone)
        else:
            done = services.derive_month(actor=now.actor, at=now.at, law=law, zone=zone, month=_month(month))
        say(f"{done.days} hari pegawai dihitung, {done.results} hasil baru.")


COMMANDS = (shift, roster, derive)

"""``pamong presence``: machines, whose their numbers are, and the files that they give."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from pamong.cli.caller import Caller
from pamong.cli.imports import as_date
from pamong.cli.month import as_file
from pamong.cli.progress import say
from pamong.cli.rosters import COMMANDS
from pamong.cli.session import session
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date

SHOWN = 20  # of what was set aside, and of numbers that nobody has


def as_instant(value: str) -> datetime:
    """``2026-11-01 16:30`` as a wall time; BadParameter for any other form."""
    try:
        return datetime.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"tulis waktu seperti '2026-11-01 16:30', bukan '{value}'.") from error


def _group_of(actor: Actor, name: str) -> UUID:
    """The group of this name. ``GroupNotFound``."""
    from pamong.attendance import queries
    from pamong.attendance.errors import GroupNotFound

    found = queries.find_group(actor=actor, name=name)
    if found is None:
        raise GroupNotFound
    return found


@click.group("presence")
def group() -> None:
    """Mencatat mesin presensi dan PIN, lalu menyimpan berkas dari mesin.

    Berkas yang sama boleh disimpan lagi: yang sudah ada tidak ditambah.
    """


@group.command("site")
@click.argument("code", metavar="KODE")
@click.option("--name", required=True, metavar="NAMA", help="Nama lokasi, misalnya: Balai Kota.")
@click.option(
    "--zone", required=True, metavar="ZONA", help="Asia/Jakarta, Asia/Makassar, atau Asia/Jayapura."
)
@click.option("--on", required=True, type=as_date, metavar="TANGGAL", help="Sejak kapan lokasi ini ada.")
@click.pass_obj
def site(caller: Caller, code: str, name: str, zone: str, on: date) -> None:
    """Mencatat lokasi kerja KODE dengan zona waktunya."""
    with session(caller) as now:
        from pamong.organisation.services import create_site

        create_site(actor=now.actor, at=now.at, code=code, name=name, zone=zone, on=on)
        say(f"Lokasi {name.strip()} dicatat, zona {zone}.")


@group.command("device")
@click.argument("serial", metavar="NOMOR_SERI")
@click.option("--site", required=True, metavar="LOKASI", help="Kode lokasi tempat mesin berada.")
@click.option("--group", "group_name", required=True, metavar="KELOMPOK", help="Mesin yang PIN-nya sama.")
@click.option("--on", required=True, type=as_date, metavar="TANGGAL", help="Sejak kapan mesin di lokasi itu.")
@click.option("--name", default="", metavar="NAMA", help="Sebutan mesin, misalnya: pintu depan.")
@click.pass_obj
def device(caller: Caller, serial: str, site: str, group_name: str, on: date, name: str) -> None:
    """Mencatat mesin NOMOR_SERI, atau memindahkannya ke LOKASI."""
    with session(caller) as now:
        from pamong.attendance import queries, services

        who: dict[str, Any] = {"actor": now.actor, "at": now.at}
        place = queries.find_site(actor=now.actor, code=site)
        if place is None:
            raise click.BadParameter(f"lokasi {site} belum ada di peta jabatan.")
        known = queries.find_device(actor=now.actor, serial=serial)
        if known is None:
            of = services.register_group(**who, name=group_name)
            services.register_device(**who, serial=serial, group=of, site=place, on=on, name=name)
        else:
            services.place_device(**who, device=known, site=place, on=on, name=name or None)
        say(f"Mesin {serial.strip()} di lokasi {site} mulai {format_date(on)}.")


@group.command("pins")
@click.argument("file", type=as_file, metavar="BERKAS")
@click.option("--group", "group_name", required=True, metavar="KELOMPOK", help="Kelompok mesinnya.")
@click.option("--on", required=True, type=as_date, metavar="TANGGAL", help="Sejak kapan, bila tidak disebut.")
@click.pass_obj
def pins(caller: Caller, file: Path, group_name: str, on: date) -> None:
    """Mencatat pemilik PIN dari BERKAS berkolom PIN, NIP, dan SEJAK."""
    with session(caller) as now:
        from pamong.interop.presence import bring_pins

        of = _group_of(now.actor, group_name)
        said, problems = bring_pins(
            actor=now.actor, at=now.at, group=of, name=file.name, data=file.read_bytes(), on=on
        )
        say(f"{said} PIN dicatat.")
        for each in problems:
            say(f"  {each.place}, {each.message}")
    if problems:
        raise SystemExit(1)


@group.command("punches")
@click.argument("file", type=as_file, metavar="BERKAS")
@click.option("--device", "serial", required=True, metavar="NOMOR_SERI", help="Mesin asal berkas.")
@click.option(
    "--through", type=as_instant, metavar="WAKTU",
    help="Data lengkap sampai kapan (saat diambil dari mesin); bila kosong: presensi terakhir.",
)  # fmt: skip
@click.pass_obj
def punches(caller: Caller, file: Path, serial: str, through: datetime | None) -> None:
    """Menyimpan presensi dari BERKAS mesin (attlog, GLG, atau Fingerspot)."""
    with session(caller) as now:
        from pamong.attendance import queries
        from pamong.interop.presence import bring_punches

        done = bring_punches(
            actor=now.actor, at=now.at, serial=serial, name=file.name, data=file.read_bytes(), through=through
        )
        counts = done.stored
        told = f"{counts.stored} presensi baru, {counts.known} sudah ada, {counts.quarantined} disisihkan"
        say(f"{told}, {counts.again} sudah disisihkan." if counts.again else f"{told}.")
        if counts.behind:
            since = format_date(counts.behind)
            say(f"  Presensi petugas pada {since} masih menunggu petugas lain; data belum dianggap lengkap.")
        for each in queries.list_set_aside(actor=now.actor, file=counts.uid)[:SHOWN]:
            say(f"  disisihkan: {each.message} ({each.raw})")
        for remark in done.remarks:
            say(f"  {remark.place}, {remark.message}")


@group.command("week")
@click.argument("unit", metavar="UNIT")
@click.argument("week", type=click.Choice(["5", "6"]), metavar="HARI")
@click.option("--on", required=True, type=as_date, metavar="TANGGAL", help="Sejak kapan.")
@click.pass_obj
def week(caller: Caller, unit: str, week: str, on: date) -> None:
    """Mencatat bahwa UNIT (kodenya) dan yang di bawahnya bekerja 5 atau 6 HARI seminggu."""
    with session(caller) as now:
        from pamong.attendance.services import set_week

        set_week(actor=now.actor, at=now.at, unit=unit, week=week, on=on)
        say(f"Unit {unit} bekerja {week} hari seminggu mulai {format_date(on)}.")


@group.command("end-device")
@click.argument("serial", metavar="NOMOR_SERI")
@click.option("--on", required=True, type=as_date, metavar="TANGGAL", help="Sejak kapan tidak dipakai.")
@click.pass_obj
def end_device(caller: Caller, serial: str, on: date) -> None:
    """Mencatat bahwa mesin NOMOR_SERI tidak dipakai lagi, sehingga datanya tidak ditunggu."""
    with session(caller) as now:
        from pamong.attendance import queries, services
        from pamong.attendance.errors import DeviceNotFound

        known = queries.find_device(actor=now.actor, serial=serial)
        if known is None:
            raise DeviceNotFound
        services.end_device(actor=now.actor, at=now.at, device=known, on=on)
        say(f"Mesin {serial.strip()} tidak dipakai lagi mulai {format_date(on)}.")


@group.command("end-pin")
@click.argument("pin", metavar="PIN")
@click.option("--group", "group_name", required=True, metavar="KELOMPOK", help="Kelompok mesinnya.")
@click.option("--on", required=True, type=as_date, metavar="TANGGAL", help="Sejak kapan bukan miliknya.")
@click.pass_obj
def end_pin(caller: Caller, pin: str, group_name: str, on: date) -> None:
    """Mencatat bahwa PIN bukan milik siapa pun mulai TANGGAL, supaya dapat dipakai orang lain."""
    with session(caller) as now:
        from pamong.attendance import services

        of = _group_of(now.actor, group_name)
        services.end_pin(actor=now.actor, at=now.at, group=of, pin=pin, on=on)
        say(f"PIN {pin.strip()} bebas mulai {format_date(on)}.")


@group.command("unknown")
@click.option("--group", "group_name", required=True, metavar="KELOMPOK", help="Kelompok mesinnya.")
@click.pass_obj
def unknown(caller: Caller, group_name: str) -> None:
    """Menampilkan PIN yang punya presensi tetapi belum ada pemiliknya."""
    with session(caller) as now:
        from pamong.attendance import queries

        of = _group_of(now.actor, group_name)
        found = queries.list_unknown_pins(actor=now.actor, group=of, most=SHOWN)
        if not found:
            say("Semua presensi ada pemiliknya.")
        for each in found:
            span = f"{format_date(each.first_on)} sampai {format_date(each.last_on)}"
            say(f"  PIN {each.pin}: {each.punches} presensi, {span}")


for each in COMMANDS:
    group.add_command(each)

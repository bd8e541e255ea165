"""``pamong certificates``: with what offices sign the documents of their orders."""

from __future__ import annotations

import click

from pamong.cli.caller import Caller
from pamong.cli.progress import say
from pamong.cli.session import session
from pamong.kernel.clock import format_date
from pamong.kernel.errors import InvalidValue


@click.group()
def certificates() -> None:
    """Sertifikat tanda tangan elektronik setiap jabatan, dalam folder PAMONG_CERTIFICATES."""


@certificates.command("list", short_help="Semua sertifikat dengan masa berlakunya.")
@click.pass_obj
def list_command(caller: Caller) -> None:
    """Menampilkan sertifikat yang ada: kode jabatan, nama di dalamnya, berlaku sampai kapan."""
    with session(caller):
        from pamong.documents.certificates import list_certificates

        found = list_certificates()
    for each in found:
        say(f"{each.code}: {each.name}, sampai {format_date(each.until.date())}")
    if not found:
        say("Belum ada sertifikat. PDF keputusan menyebut dirinya belum bertanda tangan elektronik.")


@certificates.command("make", short_help="Membuat sertifikat dari penerbit milik instalasi ini.")
@click.argument("code", metavar="KODE")
@click.option("--name", required=True, metavar="JABATAN", help="Nama jabatan, seperti tercantum pada PDF.")
@click.option("--government", required=True, metavar="PEMERINTAH", help="Misalnya: Pemerintah Kota Contoh.")
@click.pass_obj
def make_command(caller: Caller, code: str, name: str, government: str) -> None:
    """Membuat sertifikat untuk jabatan KODE: ``ppk`` untuk Pejabat Pembina Kepegawaian, selain itu kode
    panjang pada alamat halaman posisinya. Penerbitnya dibuat bersama sertifikat pertama.

    Pihak luar baru mempercayainya sesudah mengenal penerbit itu. Sertifikat dari penerbit lain cukup ditaruh
    di folder yang sama sebagai KODE.p12.
    """
    with session(caller) as now:
        from pamong.documents.certificates import find_certificate, make_certificate

        try:
            known = find_certificate(code)
        except ValueError:
            raise InvalidValue(f"Kode jabatan {code!r} keliru. Pakai ppk atau kode posisinya.") from None
        made = known or make_certificate(code=code, name=name, government=government, at=now.at)
    told = "sudah ada" if known else "dibuat"
    say(f"Sertifikat {made.name} {told}: {made.path}, berlaku sampai {format_date(made.until.date())}.")

"""``pamong example``: the files of the example month, to try the commands and the pages with."""

from __future__ import annotations

from pathlib import Path

import click

from pamong.cli.progress import say
from pamong.kernel.clock import format_month
from pamong.kernel.errors import InvalidValue


@click.command()
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
def example(folder: Path) -> None:
    """Menulis berkas contoh ke FOLDER: data pegawai, rekaman presensi, dan isian bulanan.

    Isinya 300 pegawai karangan, Oktober 2026. Di dalamnya sengaja ada baris yang keliru.
    """
    from pamong.demo.files import write_example

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InvalidValue(f"{folder} sudah ada dan tidak kosong. Pilih folder lain.")
    written = write_example(folder)
    say(f"Berkas contoh {format_month(*written.month)} di {folder}:")
    for title, paths in (
        ("Data pegawai", (written.people,)),
        ("Rekaman presensi", written.punches),
        ("Isian bulanan", (written.monthly,)),
    ):
        say(f"  {title:<18}{', '.join(path.name for path in paths)}")

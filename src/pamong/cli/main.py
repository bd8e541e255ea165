"""``pamong``: the command line. Each command loads its module only when it is called."""

from __future__ import annotations

from importlib import import_module

import click

from pamong.cli.caller import Caller
from pamong.cli.refusals import told
from pamong.cli.words import in_indonesian

in_indonesian()

# Name: where it is, and its line in the list of commands.
COMMANDS = {
    "month": ("pamong.cli.month:month", "Menghitung TPP sebulan dari berkas-berkasnya."),
    "explain": ("pamong.cli.explain:explain", "Menjelaskan asal angka pada satu rincian."),
    "compare": ("pamong.cli.compare:compare", "Membandingkan dua hitungan, orang demi orang."),
    "differences": ("pamong.cli.differences:differences", "Mencari selisih bulan yang sudah cair."),
    "shadow": ("pamong.cli.shadow:shadow", "Mencocokkan hitungan dengan daftar yang sudah dibayar."),
    "import": ("pamong.cli.imports:group", "Mengimpor data pegawai, peta jabatan, keluarga, pendidikan."),
    "presence": ("pamong.cli.presence:group", "Mencatat mesin presensi, PIN, dan berkas presensinya."),
    "inputs": ("pamong.cli.inputs:inputs", "Membawa isian bulanan: kinerja dan penghasilan sebulan."),
    "law": ("pamong.cli.law:law", "Membaca nilai hukum, peraturan, dan profil daerah."),
    "user": ("pamong.cli.users:user", "Membuat akun, melihat peran, mengakhiri peran."),
    "serve": ("pamong.cli.serve:serve", "Menjalankan Pamong di mesin ini."),
    "demo": ("pamong.cli.serve:demo", "Menjalankan contoh dengan data rekaan."),
    "example": ("pamong.cli.example:example", "Menulis berkas contoh untuk dicoba."),
    "clean-demo": ("pamong.cli.serve:clean_demo", "Menghapus data contoh."),
    "doctor": ("pamong.cli.doctor:doctor", "Memeriksa pemasangan, satu baris tiap hal."),
    "remind": ("pamong.cli.remind:remind", "Mengirim surel pengingat hari ini, atau melihat untuk siapa."),
    "worker": ("pamong.cli.worker:worker", "Mengerjakan tugas latar."),
    "audit": ("pamong.cli.audit:audit", "Memeriksa seluruh buku segel dan semua baris terkunci."),
    "ledger": ("pamong.cli.ledger:ledger", "Mengatur saksi luar dan kunci buku segel, oleh dua orang."),
    "certificates": (
        "pamong.cli.certificates:certificates",
        "Membuat dan melihat sertifikat tanda tangan jabatan.",
    ),
    "sequencer": ("pamong.cli.sequencer:sequencer", "Menyegel catatan: nomor, tanda tangan, saksi luar."),
    "migrate": ("pamong.cli.prepare:migrate", "Memperbarui susunan basis data."),
    "database-script": ("pamong.cli.prepare:database_script", "Mencetak SQL untuk pengelola PostgreSQL."),
    "prepare": ("pamong.cli.prepare:prepare", ""),
    "load-demo": ("pamong.cli.prepare:load_demo", ""),
}


class LazyGroup(click.Group):
    """A group that knows its commands by module path; a command without a line is not listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands that are listed."""
        return [name for name, (_, line) in COMMANDS.items() if line]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name][0].split(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)  # noqa: S101  the table above is ours
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list without importing any command."""
        with formatter.section("Perintah"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what stops it is told as a sentence, not as a traceback."""
        with told():
            return super().invoke(ctx)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--as", "username", metavar="PENGGUNA", help="Bertindak sebagai pengguna ini, bukan operator.")
@click.option("--data", default="utama", metavar="NAMA", show_default=True, help="Folder data yang dipakai.")
@click.pass_context
def main(ctx: click.Context, username: str | None, data: str) -> None:
    """Pamong, pengelolaan kepegawaian daerah yang terbuka."""
    ctx.obj = Caller(username, data)


if __name__ == "__main__":
    main()

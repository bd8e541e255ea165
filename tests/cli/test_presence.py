"""``pamong presence``: a machine, whose its numbers are, and its files, each told with what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.conftest import Desk, Done
from tests.interop.imports.support import register_file, siasn

SAMPLES = Path(__file__).resolve().parents[1] / "interop" / "samples"
SINCE = ("--on", "2026-01-01")


def written(desk: Desk, name: str, data: str | bytes) -> Path:
    path = desk.folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


@dataclass(frozen=True)
class Machine:
    """A machine of its own group at the town hall."""

    desk: Desk
    serial: str

    def run(self, *arguments: str | Path) -> Done:
        return self.desk.run_here("presence", *arguments)

    def store(self, file: Path) -> str:
        done = self.run("punches", file, "--device", self.serial)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def unknown(self) -> str:
        return self.run("unknown", "--group", self.serial).stdout


@pytest.fixture
def machine(desk: Desk, request: pytest.FixtureRequest) -> Machine:
    """A machine of this test alone; the people and the site are there already for the second test."""
    made = Machine(desk, request.node.name)
    desk.run_here("import", "register", written(desk, "a.csv", register_file(siasn(1), siasn(2))), "--apply")
    site = made.run("site", "balai", "--name", "Balai Kota", "--zone", "Asia/Jakarta", *SINCE)
    assert site.returncode == 0 or "sudah dipakai" in site.stderr, site.stderr
    done = made.run("device", made.serial, "--site", "balai", "--group", made.serial, *SINCE)
    assert "di lokasi balai mulai 1 Januari 2026" in done.stdout, done.stderr
    return made


def test_a_file_is_stored_once_and_told(machine: Machine) -> None:
    assert "4 presensi baru, 0 sudah ada, 0 disisihkan." in machine.store(SAMPLES / "1_attlog.dat")
    assert "0 presensi baru, 4 sudah ada, 0 disisihkan." in machine.store(SAMPLES / "1_attlog.dat")


def test_numbers_get_their_owners_from_a_sheet(machine: Machine) -> None:
    machine.store(SAMPLES / "1_attlog.dat")
    assert "PIN 1001: 2 presensi, 2 November 2026 sampai 2 November 2026" in machine.unknown()
    own, other = siasn(1)["NIP BARU"], siasn(2)["NIP BARU"]
    rows = f"PIN;NIP;SEJAK\n1001;'{own};\n1002;'{other};01-02-2026\n7;'199001012020011234;\n;'{own};\n"
    sheet = written(machine.desk, "pin.csv", rows)
    done = machine.run("pins", sheet, "--group", machine.serial, *SINCE)
    assert done.returncode == 1, "two rows were refused"
    assert "2 PIN dicatat." in done.stdout
    assert "baris 4, NIP, belum ada di data pegawai" in done.stdout
    assert "baris 5, PIN, belum diisi" in done.stdout
    assert "PIN 7" in machine.unknown() and "PIN 1001" not in machine.unknown()


def test_what_a_machine_could_not_have_meant_is_set_aside_and_told(machine: Machine) -> None:
    rows = "1001\t2000-01-01 00:03:11\t1\t0\t1\t0\n1001\t2026-02-30 07:00:00\t1\t0\t1\t0\n"
    file = written(machine.desk, "1_attlog.dat", rows + "1001\t2026-11-03 07:12:09\t1\t0\t1\t0\n")
    told = machine.store(file)
    assert "1 presensi baru, 0 sudah ada, 2 disisihkan." in told
    assert "disisihkan: baris 1" in told and "disisihkan: baris 2" in told


def test_a_file_that_names_another_machine_is_refused(machine: Machine) -> None:
    other = ("device", "TESTSN0000001", "--site", "balai", "--group", "Lain", *SINCE)
    assert machine.run(*other).returncode == 0
    file = SAMPLES / "1_attlog_ext_sn_header_checksum.dat"
    done = machine.run("punches", file, "--device", machine.serial)
    assert done.returncode == 1
    assert f"berkas ini dari mesin TESTSN0000001, bukan {machine.serial}" in done.stderr


def test_a_number_a_machine_and_a_week_can_be_changed(machine: Machine) -> None:
    own, other = siasn(1)["NIP BARU"], siasn(2)["NIP BARU"]
    sheet = written(machine.desk, "pin.csv", f"PIN;NIP\n55;'{own}\n")
    assert machine.run("pins", sheet, "--group", machine.serial, *SINCE).returncode == 0
    taken = written(machine.desk, "pin2.csv", f"PIN;NIP\n55;'{other}\n")
    refused = machine.run("pins", taken, "--group", machine.serial, "--on", "2026-06-01")
    assert "PIN 55 sudah dipakai orang lain sejak 1 Januari 2026" in refused.stderr
    freed = machine.run("end-pin", "0055", "--group", machine.serial, "--on", "2026-06-01")
    assert "bebas mulai 1 Juni 2026" in freed.stdout, freed.stderr
    assert machine.run("pins", taken, "--group", machine.serial, "--on", "2026-06-01").returncode == 0
    ended = machine.run("end-device", machine.serial, "--on", "2026-11-01")
    assert "tidak dipakai lagi mulai 1 November 2026" in ended.stdout, ended.stderr
    none = machine.run("week", "tidak_ada", "5", *SINCE)
    assert "Unit 'tidak_ada' tidak ada pada tanggal ini" in none.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("punches", "{file}", "--device", "LAIN"), "belum dicatat. Catat dulu mesin dan lokasinya"),
        (("punches", "{none}", "--device", "{serial}"), "format data presensi ini belum dikenal"),
        (("unknown", "--group", "Tidak ada"), "Kelompok mesin ini tidak ada"),
        (("device", "M2", "--site", "x", "--group", "G", "--on", "2026-01-01"), "lokasi x belum ada"),
        (("pins", "{none}", "--group", "{serial}", "--on", "2026-01-01"), "kolom PIN dan NIP tidak ada"),
        (
            ("punches", "{file}", "--device", "{serial}", "--through", "2099-01-01 00:00"),
            "Waktu 'data lengkap sampai' ada di masa depan",
        ),
    ],
)
def test_what_can_not_be_is_told_in_a_sentence(
    machine: Machine, arguments: tuple[str, ...], told: str
) -> None:
    names = {
        "serial": machine.serial,
        "file": SAMPLES / "1_attlog.dat",
        "none": written(machine.desk, "catatan.txt", "halo\nhalo\n"),
    }
    done = machine.run(*(each.format(**names) for each in arguments))
    assert done.returncode != 0
    assert told in done.stderr + done.stdout

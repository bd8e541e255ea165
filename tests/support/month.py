"""A small month of invented people, as an office hands it in, computed by the real way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from pamong.interop.month import keep_file, run_month
from pamong.interop.shadow_month import ask_comparison, compare_list
from pamong.interop.write import write_attlog, write_monthly_csv, write_people_csv
from pamong.kernel.actor import Actor
from pamong.pay import queries, services
from pamong.pay.choices import FileKind
from pamong.pay.services import File

TODAY = date(2026, 11, 10)
MORNING = datetime(2026, 11, 10, 0, 30, tzinfo=UTC)
MONTH = date(2026, 10, 1)
LATE = "Suparman"  # comes late, once not at all, reports late: has cuts
NO_INCOME = "Maria Goreti Lamawuran"  # held: the base salary is missing
AT_HOSPITAL = "dr. Ni Luh Ayu Kartika, Sp.A."  # paid by the hospital
NOT_ENTITLED = "Bernadeta Mariana Hurek, S.Sos."
PUNCTUAL = 52  # others, so that a list has two pages
BAD_LINE = "MEMORI PENUH, HUBUNGI TEKNISI\r\n"
STRANGER_PIN = "9999"


@dataclass(frozen=True)
class Month:
    """The published run, and the slip of each named person."""

    run: UUID
    slips: dict[str, UUID]
    nips: dict[str, str]
    comparison: UUID  # with a list that paid the late one in full, and one a hundred too much


Payee = tuple[str, str, str, str]  # NIP, PIN, name, pay group


def people() -> list[Payee]:
    """Everybody of the small month."""
    named = [(LATE, "TPP"), (NO_INCOME, "TPP"), (AT_HOSPITAL, "BLUD"), (NOT_ENTITLED, "TIDAK")]
    others = [(f"Pegawai Karangan {number:02d}", "TPP") for number in range(1, PUNCTUAL + 1)]
    return [
        (f"1985{1 + n % 12:02d}{1 + n % 28:02d}201001{2 - n % 2}{n:03d}", f"{1000 + n}", name, group)
        for n, (name, group) in enumerate([*named, *others], start=1)
    ]


def files(who: Sequence[Payee] = ()) -> list[tuple[FileKind, str, bytes]]:
    """The three files: kind, name, content; of everybody, or of these."""
    who = who or people()
    bad = BAD_LINE.encode()
    return [
        (FileKind.PEOPLE, "pegawai.csv", write_people_csv(map(_person, who))),
        (FileKind.PUNCHES, "1_attlog.dat", write_attlog(_punches(who)) + bad),
        (FileKind.MONTHLY, "isian-bulanan.csv", write_monthly_csv(map(_sheet, who))),
    ]


def kept_files(who: Sequence[Payee] = ()) -> list[File]:
    """The same, kept in the store."""
    return [keep_file(kind, name, data) for kind, name, data in files(who)]


def make_month(operator: Actor, profile: str = "contoh", who: Sequence[Payee] = ()) -> Month:
    """Start and compute the run as the operator of the command line; commits."""
    kept = kept_files(who)
    started = services.start_run(actor=operator, at=MORNING, month=MONTH, profile=profile, files=kept)
    run_month(actor=operator, at=MORNING, uid=started.uid)
    first = queries.list_slips(actor=operator, at=MORNING, uid=started.uid)
    rows = list(first.rows)
    for number in range(2, first.pages + 1):
        rows += queries.list_slips(actor=operator, at=MORNING, uid=started.uid, page=number).rows
    uid = ask_comparison(
        actor=operator, at=MORNING, run=started.uid, name="dibayar-oktober.csv", data=_paid(rows)
    )
    compare_list(actor=operator, at=MORNING, uid=uid)
    nips = {row.name: row.nip for row in rows}
    return Month(started.uid, {row.name: row.uid for row in rows}, nips, uid)


def _paid(rows: list[queries.SlipRow]) -> bytes:
    """A list that paid everybody what the run says, the late one more, and somebody who is in no run."""
    lines = ["NIP;NAMA;KELAS JABATAN;DITERIMA", "'197001012000031001;Bukan Pegawai Kota;7;1500000"]
    for row in rows:
        if row.net is not None:
            paid = row.net + (250_000 if row.name == LATE else 0)
            lines.append(f"'{row.nip};{row.name};{row.job_class};{paid}")
    return "\n".join(lines).encode()


def _person(who: Payee) -> dict[str, str]:
    nip, _, name, group = who
    return {
        "NIP BARU": f"'{nip}",
        "NAMA": name,
        "GOL AKHIR NAMA": "III/a",
        "STATUS CPNS PNS": "PNS",
        "JENIS PEGAWAI NAMA": "PNS Daerah",
        "KEDUDUKAN HUKUM NAMA": "Aktif",
        "TMT CPNS": "01-01-2010",
        "UNOR NAMA": "Bidang Umum",
        "SATUAN KERJA KERJA NAMA": "RSUD Contoh" if group == "BLUD" else "Dinas Contoh",
        "JABATAN NAMA": "Pengelola Data",
    }


def _sheet(who: Payee) -> dict[str, object]:
    nip, pin, name, group = who
    return {
        "NIP": nip,
        "PIN": pin,
        "KELAS JABATAN": 7,
        "KELOMPOK": group,
        "MENIT KERJA": 5800,
        "NILAI PERILAKU": 95,
        "PENGHASILAN TETAP": None if name == NO_INCOME else 3_500_000,
        "LHKPN TERLAMBAT": name == LATE,
    }


def _punches(who: Sequence[Payee]) -> list[tuple[str, datetime]]:
    """In at 07.20, out at 16.30 on work days; the late one at 08.05 and not at all on the 5th."""
    days = [day for day in range(1, 32) if date(2026, 10, day).weekday() < 5]
    rows = [(STRANGER_PIN, datetime(2026, 10, 5, 7, 0))]  # noqa: DTZ001 - the wall time of a machine
    for _, pin, name, _ in who:
        for day in days:
            if name == LATE and day == 5:
                continue
            came = (8, 5) if name == LATE else (7, 20)
            rows.append((pin, datetime(2026, 10, day, *came)))  # noqa: DTZ001
            rows.append((pin, datetime(2026, 10, day, 16, 30)))  # noqa: DTZ001
    return sorted(rows, key=lambda row: row[1])

"""Files of the register for tests, and an office to import them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from pamong.access import services as access
from pamong.access.models import User
from pamong.access.queries import actor_for
from pamong.interop.imports import services
from pamong.interop.register import education_sheet, family_sheet, peta_cells
from pamong.interop.write import write_people_csv, write_xlsx
from pamong.kernel.actor import Actor, Grant
from pamong.ledger import services as ledger
from pamong.ledger.choices import Act, SealKind
from pamong.people.choices import BatchKind, Outcome
from pamong.people.models import Relative
from pamong.people.queries import batches as queries
from pamong.people.queries.batches import BatchOptions, BatchView
from pamong.people.services import put, recalls

TODAY = date(2026, 11, 10)
AT = datetime(2026, 11, 10, 0, 30, tzinfo=UTC)
OPERATOR = Actor.operator("uji", TODAY)
# Who stores what another one has tried.
SECOND = Actor(900, None, "Petugas kedua", (Grant("personnel_officer"),), TODAY)
ON = date(2026, 11, 1)  # the date of most files here


def nip(born: str, start: str, sex: str, number: int) -> str:
    """A NIP of its parts: ``nip("19950214", "202001", "2", 1)``."""
    return f"{born}{start}{sex}{number:03d}"


def nik(born: str, sex: str, number: int) -> str:
    """A NIK that agrees with a birth date (``19950214``)."""
    day = int(born[6:8]) + (40 if sex == "2" else 0)
    return f"990117{day:02d}{born[4:6]}{born[2:4]}{number:04d}"


def siasn(number: int = 1, **more: str) -> dict[str, str]:
    """A row of the export: a woman born in 1995, CPNS 2020, PNS 2021, III/a; ``more`` by heading, with _ for
    spaces."""
    row = {
        "NIP BARU": nip("19950214", "202001", "2", number),
        "NAMA": f"Dewi Contoh {number}",
        "GELAR BELAKANG": "S.Kom.",
        "TEMPAT LAHIR NAMA": "Kota Contoh",
        "TANGGAL LAHIR": "14-02-1995",
        "JENIS KELAMIN": "F",
        "JENIS KAWIN NAMA": "Menikah",
        "NIK": nik("19950214", "2", number),
        "NOMOR HP": f"0812000{number:06d}",
        "ALAMAT": f"Jl. Contoh No. {number}",
        "KEDUDUKAN HUKUM NAMA": "Aktif",
        "STATUS CPNS PNS": "PNS",
        "NOMOR SK CPNS": f"813/{number}",
        "TANGGAL SK CPNS": "15-12-2019",
        "TMT CPNS": "01-01-2020",
        "NOMOR SK PNS": f"821/{number}",
        "TANGGAL SK PNS": "15-12-2020",
        "TMT PNS": "01-01-2021",
        "GOL AWAL NAMA": "III/a",
        "GOL AKHIR NAMA": "III/a",
        "TMT GOLONGAN": "01-01-2020",
        "MK TAHUN": "6",
        "MK BULAN": "10",
        "TINGKAT PENDIDIKAN NAMA": "S-1/Sarjana",
        "PENDIDIKAN NAMA": "S-1 Informatika",
        "TAHUN LULUS": "2018",
        "NAMA SEKOLAH": "Universitas Contoh",
    }
    return row | {heading.replace("_", " "): value for heading, value in more.items()}


def pppk(number: int, **more: str) -> dict[str, str]:
    """A row of a PPPK since 2022."""
    own = {
        "NIP_BARU": nip("19950214", "202221", "2", number), "STATUS_CPNS_PNS": "PPPK",
        "TMT_CPNS": "01-03-2022", "TMT_PNS": "", "NOMOR_SK_PNS": "", "TANGGAL_SK_PNS": "",
        "TANGGAL_SK_CPNS": "15-02-2022",
        "GOL_AWAL_NAMA": "IX", "GOL_AKHIR_NAMA": "IX", "TMT_GOLONGAN": "01-03-2022",
        "KEDUDUKAN_HUKUM_NAMA": "PPPK Aktif",
    }  # fmt: skip
    return siasn(number, **(own | more))


def seated(post: str, kind: str, unit: str, unit_name: str, since: str = "01-01-2021") -> dict[str, str]:
    """Where somebody sits, for ``siasn(**seated(...))``."""
    return {
        "JENIS_JABATAN_NAMA": kind, "JABATAN_NAMA": post, "TMT_JABATAN": since, "UNOR_ID": unit,
        "UNOR_NAMA": unit_name,
    }  # fmt: skip


def register_file(*rows: Mapping[str, str]) -> bytes:
    """The export with these rows."""
    return write_people_csv(rows)


def _sheet(sheet: Any, rows: Iterable[Mapping[str, object]]) -> bytes:
    return write_xlsx([column.heading for column in sheet.columns], rows, sheet="Data")


def peta_file(*rows: Mapping[str, object]) -> bytes:
    """A peta jabatan."""
    return _sheet(peta_cells.SHEET, rows)


def family_file(*rows: Mapping[str, object]) -> bytes:
    """A sheet of families."""
    return _sheet(family_sheet.SHEET, rows)


def education_file(*rows: Mapping[str, object]) -> bytes:
    """A sheet of schooling."""
    return _sheet(education_sheet.SHEET, rows)


def office_peta() -> list[dict[str, object]]:
    """A city with a health office of two units and six seats."""

    def row(unit: str, name: str, parent: str, kind: str, post: str, post_kind: str, **more: object) -> Any:
        return {
            "KODE UNIT": unit, "NAMA UNIT": name, "KODE UNIT INDUK": parent, "JENIS UNIT": kind,
            "NAMA JABATAN": post, "JENIS JABATAN": post_kind, "JUMLAH": 1, "KELAS JABATAN": 7, **more,
        }  # fmt: skip

    return [
        {"KODE UNIT": "KOTA", "NAMA UNIT": "Pemerintah Kota Contoh", "JENIS UNIT": "pemerintah daerah"},
        row("DINKES", "Dinas Kesehatan", "KOTA", "perangkat daerah", "Kepala Dinas Kesehatan", "JPT Pratama",
            PIMPINAN="ya", **{"KELAS JABATAN": 14}),
        row("DINKES", "Dinas Kesehatan", "KOTA", "perangkat daerah", "Pengadministrasi Umum", "Pelaksana",
            JUMLAH=2, KEBUTUHAN=3),
        row("PKM-1", "Puskesmas Melati", "DINKES", "puskesmas", "Kepala Puskesmas Melati", "Pengawas",
            PIMPINAN="ya", **{"KELAS JABATAN": 9}),
        row("PKM-1", "Puskesmas Melati", "DINKES", "puskesmas", "Perawat", "Fungsional", JENJANG="Terampil",
            JUMLAH=2, DIBEKUKAN=0),
    ]  # fmt: skip


def officer(name: str) -> Actor:
    """An account of a personnel officer."""
    access.create_user(actor=OPERATOR, at=AT, username=name, display_name=name.capitalize(), password=None)
    access.grant_role(
        actor=OPERATOR,
        at=AT,
        username=name,
        role="personnel_officer",
        start_on=date(2020, 1, 1),
        reason="uji",
    )
    return actor_for(User.objects.get(username=name), TODAY)


@dataclass(frozen=True)
class Office:
    """Who imports files."""

    actor: Actor = OPERATOR

    def check(
        self, data: bytes, kind: BatchKind = BatchKind.REGISTER, on: date = ON, **options: Any
    ) -> BatchView:
        """Try a file."""
        asked = BatchOptions(on=on, **options)
        return services.check_file(
            actor=self.actor, at=AT, kind=kind, name="berkas.csv", data=data, options=asked
        )

    def apply(
        self, data: bytes, kind: BatchKind = BatchKind.REGISTER, on: date = ON, **options: Any
    ) -> BatchView:
        """Try a file and store it."""
        return self.store(self.check(data, kind, on, **options).uid)

    def store(self, uid: UUID) -> BatchView:
        """Store a file that was tried, as another officer."""
        return services.apply_batch(actor=SECOND, at=AT, uid=uid)

    def undo(self, uid: UUID) -> BatchView:
        """Take a file back; where it changed known people somebody else has asked for it."""
        actor = self.actor
        if queries.get_batch(actor=actor, uid=uid).altered:
            actor = SECOND
            recalls.start_undo(actor=officer("peminta"), at=AT, uid=uid, reason="salah berkas")
            recalls.confirm_undo(actor=actor, at=AT, uid=uid)
        return services.undo_batch(actor=actor, at=AT, uid=uid, reason="salah berkas")

    def problems(self, uid: UUID) -> list[str]:
        """The problems of a file, ``baris: kode``."""
        page = queries.list_batch_problems(actor=self.actor, uid=uid, size=10_000)
        return [f"{each.line}: {each.code}" for each in page.rows if each.severity != "info"]

    def messages(self, uid: UUID, code: str) -> list[str]:
        """The sentences of the problems of a code."""
        page = queries.list_batch_problems(actor=self.actor, uid=uid, size=10_000)
        return [each.message for each in page.rows if each.code == code]


def counts(batch: BatchView) -> dict[str, int]:
    """Outcomes that there are."""
    return {outcome.value: count for outcome, count in batch.counts.items() if count}


def outcomes(office: Office, batch: BatchView) -> dict[int, Outcome]:
    """What became of each line."""
    page = queries.list_batch_rows(actor=office.actor, at=AT, uid=batch.uid, size=10_000)
    return {row.line: row.outcome for row in page.rows}


def standing(table: str, *columns: str, on: date | None = None) -> list[tuple[Any, ...]]:
    """Rows of a table that stand (on a date), in order."""
    where = "superseded_at IS NULL" + (" AND period @> %(on)s::date" if on else "")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(columns)} FROM {table} WHERE {where} ORDER BY {', '.join(columns)}",  # noqa: S608
            {"on": on},
        )
        return cursor.fetchall()


def history(tables: Sequence[tuple[str, Sequence[str]]]) -> dict[str, list[tuple[Any, ...]]]:
    """What stands in tables, whatever its date: key, period and facts of every standing row."""
    return {table: standing(table, *columns, "lower(period)", "upper(period)") for table, columns in tables}


def by_hand(person: str, subject: str, values: dict[str, Any], on: date, until: date | None = None) -> None:
    """A row that people have entered: as acts do, on the basis of an office entry."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.uid FROM people_person p JOIN people_identity i ON i.person_id = p.id "
            "AND i.superseded_at IS NULL WHERE i.name = %s",
            [person],
        )
        uid = UUID(str(cursor.fetchone()[0]))
    with transaction.atomic():
        basis = ledger.seal(actor=OPERATOR, kind=SealKind.OFFICE_ENTRY, ref=uuid4())
        problems = put(
            actor=OPERATOR, at=AT, basis=basis, person=uid, subject=subject, values=values, act=Act.CHANGE,
            on=on, until=until,
        )  # fmt: skip
    assert not [problem for problem in problems if problem.severity == "block"], problems


def declare(office: Office, one: int, other: int) -> dict[int, int]:
    """One declares the other as a relative; the ids of both."""
    office.apply(register_file(siasn(one), siasn(other)))
    row = {
        "NIP PEGAWAI": siasn(one)["NIP BARU"], "NAMA": f"Dewi Contoh {other}", "HUBUNGAN": "saudara",
        "NIK": siasn(other)["NIK"],
    }  # fmt: skip
    office.apply(family_file(row), kind=BatchKind.FAMILY)
    found = Relative.objects.get()
    return {one: found.person_id, other: found.relative_id or 0}

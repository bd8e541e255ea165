"""Small months for the tests of pay: people with chosen traits, their three files, a run of them."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID

import polars as pl

from pamong.access import queries as access
from pamong.access import services as accounts
from pamong.interop.write import write_attlog, write_monthly_csv, write_people_csv
from pamong.jobs.month import keep_file, run_month
from pamong.kernel.actor import Actor, Grant
from pamong.law.engine.loader import LAW
from pamong.pay import columns, queries, services
from pamong.pay.choices import FileKind, Mode
from pamong.pay.progress import Progress, quiet
from pamong.pay.services import File, Started

OCTOBER = date(2026, 10, 1)
PROFILES = ("contoh", "manado", "permentan", "samarinda", "tulangbawangbarat")
WORK_DAYS = tuple(day for day in range(1, 31) if date(2026, 10, day).weekday() < 5)  # 22, all in October
FULL = ("07:20", "16:40")
# A Friday that ends at 11.00 and whose record closes at 15.00, as Samarinda's.
FRIDAYS = dict.fromkeys((2, 9, 16, 23, 30), ("07:20", "11:10"))
Times = tuple[str | None, str | None]
Day = Times | None  # punch in and punch out; None for a day without any


def auditor() -> Actor:
    """Someone who reads the pay of the whole government, and computes nothing."""
    return Actor(None, None, "Pemeriksa", (Grant("pay_auditor"),), date(2026, 11, 10))


def region(folder: Path, **methods: str) -> str:
    """The demo's region with other methods, in a folder of its own."""
    made = Path(shutil.copytree(LAW / "profiles" / "contoh", folder / "kota"))
    text = (made / "profile.yaml").read_text("utf-8")
    for slot, shape in methods.items():
        lines = [line for line in text.splitlines() if not line.startswith(f"  {slot}:")]
        text = "\n".join(lines).replace("methods:", f"methods:\n  {slot}: {shape}")
    (made / "profile.yaml").write_text(text, "utf-8")
    return str(made)


def december_region(folder: Path, choice: str) -> str:
    """The demo's region with a way to pay December, whose cut-off is the 20th."""
    profile = region(folder, december=choice)
    (Path(profile) / "parameters" / "pay" / "december_cut_off_day.yaml").write_text(
        "title: Tanggal batas hitung Desember\nunit: days\nkind: scalar\nvalues:\n"
        "  - {from: 2024-01-01, value: 20, citation: {regulation: contoh, article: Pasal 13}, grade: E}\n",
        "utf-8",
    )
    return profile


@dataclass(frozen=True)
class Someone:
    """One invented person of a month: present in full, with all that any profile asks for, unless told."""

    number: int = 1
    name: str = ""
    golongan: str = "III/a"
    status: str = "PNS"
    standing: str = "Aktif"
    start_on: date = date(2010, 1, 1)
    opd: str = "Dinas A"
    unit: str = "Bidang A"
    group: str = "TPP"
    job_class: int | None = 9
    minutes: int | None = 6_000
    behaviour: int | None = 100
    fixed_income: int | str | None = 5_000_000
    productivity: int | None = 100
    ptkp: str = "TK/0"
    lhkpn_late: bool = False
    negative: bool = False
    musters: int = 0
    hours_left: int = 0
    excused: str = ""
    week: str = "5"
    in_monthly: bool = True
    days: Mapping[int, Day] = field(default_factory=dict)
    pin_: str | None = None

    @property
    def nip(self) -> str:
        """A valid number, another one for each person, that agrees with the start."""
        born = 1960 + self.number // 999
        return f"{born}0417{self.start_on:%Y%m}1{1 + self.number % 999:03d}"

    @property
    def pin(self) -> str:
        """The number in the fingerprint machine."""
        return self.pin_ or str(1000 + self.number)

    def with_(self, **traits: Any) -> Someone:
        """The same person with other traits."""
        return replace(self, **traits)

    def person_row(self) -> dict[str, str]:
        """The row of the SIASN export."""
        return {
            "NIP BARU": self.nip,
            "NAMA": self.name or f"ORANG {self.number:05d}",
            "TANGGAL LAHIR": f"17-04-{self.nip[:4]}",
            "JENIS KELAMIN": "M",
            "JENIS PEGAWAI NAMA": "PPPK" if self.status == "PPPK" else "PNS Daerah",
            "KEDUDUKAN HUKUM NAMA": self.standing,
            "STATUS CPNS PNS": self.status,
            "TMT CPNS": f"{self.start_on:%d-%m-%Y}",
            "GOL AKHIR NAMA": self.golongan,
            "MK TAHUN": "10",
            "MK BULAN": "0",
            "JABATAN NAMA": "Analis",
            "UNOR NAMA": self.unit,
            "SATUAN KERJA KERJA NAMA": self.opd,
        }

    def month_row(self) -> dict[str, object]:
        """The row of the month's sheet."""
        return {
            "NIP": self.nip,
            "PIN": self.pin,
            "KELAS JABATAN": self.job_class,
            "KELOMPOK": self.group,
            "MENIT KERJA": self.minutes,
            "NILAI PERILAKU": self.behaviour,
            "PENGHASILAN TETAP": self.fixed_income,
            "LHKPN TERLAMBAT": self.lhkpn_late,
            "AKTIVITAS NEGATIF": self.negative,
            "APEL TIDAK HADIR": self.musters,
            "JAM KELUAR TANPA IZIN": self.hours_left,
            "NILAI PRODUKTIVITAS": self.productivity,
            "STATUS PTKP": self.ptkp,
            "KETERANGAN HARI": self.excused,
            "HARI KERJA": self.week,
        }

    def punches(
        self, work_days: Sequence[int] = WORK_DAYS, month: date = OCTOBER
    ) -> Iterable[tuple[str, datetime]]:
        """Punches of a month: in full on every working day, unless `days` says otherwise."""
        for day in sorted({*work_days, *self.days}):
            for text in self.days.get(day, FULL) or ():
                if text is not None:
                    yield self.pin, datetime.combine(month.replace(day=day), time.fromisoformat(text))


@dataclass(frozen=True)
class Files:
    """The bytes of a month: people, month's sheets and punch files, each with its name."""

    people: tuple[tuple[str, bytes], ...]
    monthly: tuple[tuple[str, bytes], ...]
    punches: tuple[tuple[str, bytes], ...]

    def keep(self) -> list[File]:
        """Put them into the store."""
        groups = zip(FileKind, (self.people, self.punches, self.monthly), strict=True)
        return [keep_file(kind, name, data) for kind, group in groups for name, data in group]


def files_of(
    people: Sequence[Someone],
    *,
    shuffle: int | None = None,
    days: Sequence[int] = WORK_DAYS,
    month: date = OCTOBER,
) -> Files:
    """The three files of these people; `shuffle` is a seed that orders the rows of each anew."""
    persons = [one.person_row() for one in people]
    months = [one.month_row() for one in people if one.in_monthly]
    punches = [punch for one in people for punch in one.punches(days, month)]
    if shuffle is not None:
        order = random.Random(shuffle)  # noqa: S311 (no secret)
        for rows in (persons, months, punches):
            order.shuffle(rows)  # type: ignore[arg-type]
    return Files(
        (("pegawai.csv", write_people_csv(persons)),),
        (("isian.csv", write_monthly_csv(months)),),
        (("1_attlog.dat", write_attlog(punches)),),
    )


@dataclass(frozen=True)
class Office:
    """Who computes, and when."""

    actor: Actor
    at: datetime

    def start(
        self,
        files: Files,
        *,
        profile: str = "contoh",
        month: date = OCTOBER,
        mode: Mode = Mode.DEMO,
        overlay: str = "",
    ) -> Started:
        """Ask for a month."""
        return services.start_run(
            actor=self.actor,
            at=self.at,
            month=month,
            profile=profile,
            files=files.keep(),
            mode=mode,
            overlay=overlay,
        )

    def compute(self, uid: UUID, progress: Progress = quiet) -> None:
        """Compute it as the worker does."""
        run_month(actor=self.actor, at=self.at, uid=uid, progress=progress)

    def run(self, files: Files, **wishes: Any) -> Done:
        """Ask for a month and compute it."""
        uid = self.start(files, **wishes).uid
        self.compute(uid)
        return Done(self, uid)

    def slips_of(self, people: Sequence[Someone], **wishes: Any) -> list[dict[str, Any]]:
        """The slips of these people in their order, with `lines`: code to amount."""
        done = self.run(files_of(people), **wishes)
        by_nip = done.by_nip()
        return [by_nip[one.nip] for one in people]


@dataclass(frozen=True)
class Done:
    """A run that was computed."""

    office: Office
    uid: UUID

    @property
    def row(self) -> queries.RunRow:
        """The run with its totals."""
        return queries.get_run(actor=self.office.actor, uid=self.uid)

    def slips(self) -> pl.DataFrame:
        """All slips."""
        return columns.read_slips(None, self.uid, actor=self.office.actor, at=self.office.at)

    def lines(self) -> pl.DataFrame:
        """All lines."""
        return columns.read_lines(None, self.uid, actor=self.office.actor)

    def by_nip(self) -> dict[str, dict[str, Any]]:
        """Slips by NIP, with `lines`: code to amount."""
        slips = {row["number"]: row | {"lines": {}} for row in self.slips().iter_rows(named=True)}
        for line in self.lines().iter_rows(named=True):
            slips[line["slip"]]["lines"][line["code"]] = line["amount"]
        return {row["nip"]: row for row in slips.values()}

    def problems(self) -> list[dict[str, Any]]:
        """Every doubt, in its order."""
        found = columns.read_problems(None, self.uid, actor=self.office.actor)
        return list(found.iter_rows(named=True))

    def told(self, code: str) -> list[dict[str, Any]]:
        """The problems of one kind."""
        return [problem for problem in self.problems() if problem["code"] == code]


def officer(office: Office) -> int:
    """The account that asks for the runs."""
    who = {"actor": office.actor, "at": office.at}
    accounts.create_user(**who, username="petugas", display_name="Petugas", password=None)
    day = date(2026, 1, 1)
    accounts.grant_role(**who, username="petugas", role="personnel_officer", start_on=day)
    user = access.find_user("petugas")
    assert user is not None
    return int(user.pk)


def mixed_people(count: int) -> list[Someone]:
    """People of all kinds, the same at every call: offices, classes, lateness, absence, missing data."""
    order = random.Random("orang")  # noqa: S311 (no secret)
    times: list[Day] = [("07:20", "16:40"), ("08:15", "16:40"), ("07:20", None), ("07:20", "15:10"), None]
    return [
        Someone(
            number,
            opd=f"Dinas {order.randint(1, 9)}",
            unit=f"Bidang {order.randint(1, 9)}",
            golongan=order.choice(["I/c", "II/d", "III/b", "IV/a"]),
            status=order.choice(["PNS", "PNS", "CPNS"]),
            group=order.choice(["TPP"] * 9 + ["TPG", "BLUD", ""]),
            job_class=order.randint(1, 15),
            minutes=order.randint(3_000, 7_000),
            behaviour=order.randint(60, 100),
            fixed_income=order.choice([2_100_333, 4_999_999, 11_999_950, None]),
            lhkpn_late=order.random() < 0.1,
            days={day: order.choice(times) for day in order.sample(WORK_DAYS, 3)},
        )
        for number in range(count)
    ]

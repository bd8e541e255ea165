"""The example month as files, in the formats that offices and machines hand in; a large one to measure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from pamong.demo.month import DAY, PersonMonth, WorkDay, make_month, work_days
from pamong.demo.people import SEED, Person, make_people
from pamong.demo.planted import Planted, plant_attlog, plant_fingerspot, plant_glg
from pamong.demo.siasn import siasn_row
from pamong.interop.write import (
    write_attlog,
    write_fingerspot_csv,
    write_glg,
    write_monthly_csv,
    write_monthly_xlsx,
    write_people_csv,
)

EXAMPLE_MONTH = (2026, 10)
GLG_NAME, FINGERSPOT_NAME = "GLG_001_puskesmas.txt", "scanlog_sd_negeri.csv"
_GLG_DEVICE = "3"
_PINS = 10**9  # more than there are: a punch of the large month is one number, which sorts fast
_PLANT = {"attlog": plant_attlog, "glg": plant_glg, "fingerspot": plant_fingerspot}


@dataclass(frozen=True, slots=True)
class ExampleFiles:
    """Where the files are. ``planted`` tells, by file name, what a reader has to find wrong in it."""

    people: Path
    punches: tuple[Path, ...]
    monthly: Path
    month: tuple[int, int]
    planted: Mapping[str, Planted] = field(default_factory=dict)

    @property
    def all(self) -> tuple[Path, ...]:
        """Every file."""
        return (self.people, *self.punches, self.monthly)


def write_example(
    folder: Path, people: int = 300, month: tuple[int, int] = EXAMPLE_MONTH, seed: str = SEED
) -> ExampleFiles:
    """Write the people, three punch files in three formats and the month's sheet; make the folder if needed.

    The same arguments give the same bytes. ``people`` counts rows; 17 or more have all named people, 300
    are the whole city. Faulty lines stand in the punch files on purpose, see ``ExampleFiles.planted``.
    """
    months = _months(people, month, seed)
    names = {"attlog": "1_attlog.dat", "glg": GLG_NAME, "fingerspot": FINGERSPOT_NAME}
    bodies = {name: punch_file(by, months, month) for by, name in names.items()}
    planted: dict[str, Planted] = {}
    for by, name in names.items():
        pin = next((m.person.pin for m in months if m.person.seat.unit.by == by), months[0].person.pin)
        bodies[name], planted[name] = _PLANT[by](bodies[name], pin, month)
    return ExampleFiles(
        people=_write(folder, "pegawai.csv", _people_file(months, seed)),
        punches=tuple(_write(folder, name, body) for name, body in bodies.items()),
        monthly=_write(folder, _monthly_name(month, "xlsx"), write_monthly_xlsx(m.sheet for m in months)),
        month=month,
        planted=planted,
    )


def write_big(
    folder: Path, people: int, month: tuple[int, int] = EXAMPLE_MONTH, seed: str = SEED
) -> ExampleFiles:
    """Write a large government's month: people CSV, ONE ``attlog.dat``, the sheet as CSV; nothing is planted.

    The attlog has exactly people x work days x 2 lines, in the order of time. Late people, missing punches
    and absent days stand as in the example; what is missing from the count is made up by fingers put on
    twice, so that a day has 0 to 4 punches.
    """
    months = _months(people, month, seed)
    days = work_days(*month)
    punches = sorted(_filled_up(months, days))
    base = datetime(*month, 1)  # noqa: DTZ001 - the wall time that a machine shows
    pairs = (divmod(key, _PINS) for key in punches)
    rows = ((str(pin), base + timedelta(seconds=second)) for second, pin in pairs)
    return ExampleFiles(
        people=_write(folder, "pegawai.csv", _people_file(months, seed)),
        punches=(_write(folder, "1_attlog.dat", write_attlog(rows)),),
        monthly=_write(folder, _monthly_name(month, "csv"), write_monthly_csv(m.sheet for m in months)),
        month=month,
    )


def _months(people: int, month: tuple[int, int], seed: str) -> list[PersonMonth]:
    """Everybody's month, by unit and from the highest class down, as an office lists its people."""
    found = [make_month(person, *month, seed) for person in make_people(people, seed)]
    return sorted(found, key=lambda entry: _rank(entry.person))


def _rank(person: Person) -> tuple[int, int, int]:
    return person.seat.unit.order, -person.seat.job_class, person.index


def _write(folder: Path, name: str, data: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(data)
    return path


def _monthly_name(month: tuple[int, int], ending: str) -> str:
    return f"isian-bulanan-{month[0]}-{month[1]:02d}.{ending}"


def _people_file(months: Iterable[PersonMonth], seed: str) -> bytes:
    return write_people_csv(siasn_row(entry.person, seed) for entry in months)


def punch_file(by: str, months: Iterable[PersonMonth], month: tuple[int, int]) -> bytes:
    """The punches of those whose machine writes this kind of file, in the order of time."""
    own = [entry for entry in months if entry.person.seat.unit.by == by]
    if by == "fingerspot":
        return write_fingerspot_csv(_scan_rows(own, month))
    base = datetime(*month, 1)  # noqa: DTZ001 - the wall time that a machine shows
    punches = sorted((second, entry.person.index, entry.person) for entry in own for second in entry.punches)
    timed = [(person, base + timedelta(seconds=second)) for second, _, person in punches]
    if by == "glg":
        return write_glg(((p.pin, p.name.upper(), at) for p, at in timed), device=_GLG_DEVICE)
    return write_attlog((p.pin, at) for p, at in timed)


def _scan_rows(months: Iterable[PersonMonth], month: tuple[int, int]) -> Iterator[dict[str, str]]:
    """One row a person and work day; a single scan stands where its time of day belongs."""
    for entry in months:
        for day in work_days(*month):
            own = [second % DAY for second in entry.punches if second // DAY == day.day - 1]
            noon = (day.start + day.end) // 2
            came = next((second for second in own if second < noon), None)
            went = next((second for second in reversed(own) if second >= noon), None)
            yield {
                "No. ID": entry.person.pin,
                "NIP": f"'{entry.person.nip}",
                "Nama": entry.person.full_name,
                "Departemen": entry.person.seat.unit.name,
                "Tanggal": f"{day.day:02d}/{month[1]:02d}/{month[0]}",
                "Jam Kerja": "PAGI",
                "Scan Masuk": _clock(came),
                "Scan Pulang": _clock(went),
                "Absent": "" if own else "True",
            }


def _clock(second: int | None) -> str:
    return "" if second is None else f"{second // 3600:02d}:{second // 60 % 60:02d}"


def _filled_up(months: Iterable[PersonMonth], days: tuple[WorkDay, ...]) -> Iterator[int]:
    """Second of the month and PIN of everybody in one number each, two punches a work day on the whole."""
    owed = 0
    for entry in months:
        pin, own = int(entry.person.pin), entry.punches
        owed += 2 * len(days) - len(own)
        if owed > 0:
            taken = set(own)
            filled = own + [second + 1 for second in own if second + 1 not in taken][:owed]
        else:
            filled = _without_doubles(own, -owed)
        owed -= len(filled) - len(own)
        yield from (second * _PINS + pin for second in filled)


def _without_doubles(punches: list[int], surplus: int) -> list[int]:
    """At most so many punches less: the second of two within a minute."""
    kept: list[int] = []
    for second in punches:
        if surplus and kept and second - kept[-1] < 60:
            surplus -= 1
        else:
            kept.append(second)
    return kept

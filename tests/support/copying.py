"""The files of a city on its first afternoon: its peta jabatan, two SIASN exports with the faults that such
exports have, and the list that was paid for the month."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pamong.demo.city import Unit
from pamong.demo.files import ExampleFiles, write_example
from pamong.demo.people import SEED, Person, make_people
from pamong.demo.siasn import siasn_row
from pamong.interop.register import peta_cells as cells
from pamong.interop.write import write_people_csv, write_xlsx

PEOPLE = 300
LACKING = "Kelurahan Tegalarum"  # has people, and is not in the chart
_JENJANG = ("Ahli Pertama", "Ahli Muda", "Ahli Madya", "Terampil", "Mahir", "Penyelia")
_LEADING = {15: "JPT Pratama", 14: "JPT Pratama", 12: "Administrator", 11: "Administrator"}
_CLASSES = {"1": "Pengawas", "2": "Fungsional", "4": "Pelaksana"}
_NO_DAY, _OTHER_BIRTH, _TWICE, _TWIN = 40, 47, 50, 165  # places among the people
_PAID_HEADS = ("NO", "NIP", "NAMA", "OPD", "KELAS JABATAN", "TPP MAKSIMAL", "TPP KOTOR", "PPH 21", "BPJS",
               "DITERIMA")  # fmt: skip


@dataclass(frozen=True)
class CityFiles:
    """Paths of the files, and whom the faults are about."""

    peta: Path
    contract: Path
    civil: Path
    month: ExampleFiles
    no_day: Person
    other_birth: Person
    twice: Person
    twin: Person
    lacking: int  # people of the unit that is not in the chart


@dataclass
class PaidFile:
    """The list that was paid, and by cause what it adds up to beside the run: people and rupiah."""

    path: Path
    expected: dict[str, tuple[int, int]] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)  # by cause, somebody's name


def write_city(folder: Path) -> CityFiles:
    """Write everything but the paid list, which is made beside a run."""
    people = make_people(PEOPLE)
    month = write_example(folder / "bulan", PEOPLE)
    contract, civil = folder / "siasn-pppk.csv", folder / "siasn-pns.csv"
    twin = people[_TWIN]
    contract.write_bytes(write_people_csv([*_rows(people, ("PPPK",)), _as_contract(twin)]))
    civil.write_bytes(write_people_csv(_with_faults(people)))
    peta = folder / "peta-jabatan.xlsx"
    heads = [column.heading for column in cells.SHEET.columns]
    peta.write_bytes(write_xlsx(heads, _peta(people), sheet="Peta"))
    lacking = sum(person.seat.unit.name == LACKING for person in people)
    return CityFiles(
        peta, contract, civil, month, people[_NO_DAY], people[_OTHER_BIRTH], people[_TWICE], twin, lacking
    )


def _rows(people: Iterable[Person], kinds: tuple[str, ...]) -> list[dict[str, str]]:
    return [siasn_row(person, SEED) for person in people if person.seat.kind in kinds]


def _as_contract(person: Person) -> dict[str, str]:
    """What the export of PPPK still says of somebody who has become CPNS since, under another NIP."""
    nip = f"{person.nip[:8]}202321{person.nip[14]}901"
    since = "01-03-2023"
    return siasn_row(person, SEED) | {
        "NIP BARU": f"'{nip}", "STATUS CPNS PNS": "P", "TMT CPNS": since, "TANGGAL SK CPNS": since,
        "TMT JABATAN": since, "TMT GOLONGAN": since, "GOL AWAL NAMA": "IX", "GOL AKHIR NAMA": "IX",
        "MK TAHUN": "0", "MK BULAN": "0", "KEDUDUKAN HUKUM NAMA": "PPPK Aktif",
    }  # fmt: skip


def _with_faults(people: list[Person]) -> list[dict[str, str]]:
    rows = {person.index: siasn_row(person, SEED) for person in people if person.seat.kind != "PPPK"}
    rows[_NO_DAY]["TMT GOLONGAN"] = "31-02-2022"
    rows[_OTHER_BIRTH]["TANGGAL LAHIR"] = "01-01-1970"
    again = people[_TWICE].nip
    twice = {**rows[_TWICE], "NIP BARU": f"'{again[:15]}{int(again[15:]) + 500}"}
    return [*rows.values(), twice]


def _peta(people: list[Person]) -> list[dict[str, object]]:
    """Each office with its units, each unit with its posts; but one unit is forgotten."""
    units = {person.seat.unit.id: person.seat.unit for person in people}
    offices = {unit.opd: next((u.id for u in units.values() if u.name == unit.opd), unit.opd)
               for unit in units.values()}  # fmt: skip
    rows: list[dict[str, object]] = [
        {cells.UNIT: "KOTA", cells.UNIT_NAME: "Pemerintah Kota Contoh", cells.UNIT_KIND: "pemerintah daerah"}
    ]
    own = {unit.name for unit in units.values()}
    rows += [_head(code, name, "KOTA") for name, code in offices.items() if name not in own]
    for unit in sorted(units.values(), key=lambda unit: (unit.name != unit.opd, unit.order)):
        if unit.name != LACKING:
            rows += _posts(unit, "KOTA" if unit.name == unit.opd else offices[unit.opd], people)
    return rows


def _head(code: str, name: str, parent: str) -> dict[str, object]:
    kind = cells.guess_unit_kind(name)
    return {cells.UNIT: code, cells.UNIT_NAME: name, cells.PARENT: parent,
            cells.UNIT_KIND: kind.label if kind else "perangkat daerah"}  # fmt: skip


def _posts(unit: Unit, parent: str, people: list[Person]) -> Iterable[dict[str, object]]:
    seats = [person.seat for person in people if person.seat.unit is unit or person.seat.unit.id == unit.id]
    counted = Counter((seat.post, seat.form.id, seat.job_class) for seat in seats)
    led = False
    for (post, form, job_class), count in sorted(counted.items(), key=lambda item: -item[0][2]):
        leads = form == "1" and count == 1 and not led
        led = led or leads
        jenjang = next((word for word in _JENJANG if post.endswith(f" {word}")), "") if form == "2" else ""
        kind = _LEADING.get(job_class, _CLASSES[form]) if form == "1" else _CLASSES[form]
        yield _head(unit.id, unit.name, parent) | {
            cells.POST: post.removesuffix(jenjang).strip(), cells.POST_KIND: kind, cells.JENJANG: jenjang,
            cells.JOB_CLASS: job_class, cells.SEATS: count, cells.HEAD: "ya" if leads else "tidak",
        }  # fmt: skip


def write_paid(path: Path, slips: list[Mapping[str, Any]], files: CityFiles) -> PaidFile:
    """The list that was paid: the run's own figures but for one person a cause.

    ``slips`` are those that were computed, with ``nip``, ``name``, ``opd``, ``job_class``, ``ceiling``,
    ``gross``, ``tax``, ``health`` and ``net``.
    """
    paid = PaidFile(path)
    cut = next(slip for slip in slips if slip["ceiling"] - slip["gross"] > 50_000 and slip["tax"])
    higher, rounded, left_out, more = [slip for slip in slips if slip["tax"] and slip is not cut][:4]
    changed = {
        higher["nip"]: ("class", _paid(higher, higher["ceiling"] * 11 // 10, higher["job_class"] + 1)),
        cut["nip"]: ("attendance", _paid(cut, cut["ceiling"])),
        rounded["nip"]: ("rounding", {**rounded, "net": rounded["net"] + 37}),
        more["nip"]: ("unknown", {**more, "net": more["net"] + 275_000}),
    }
    for slip in (higher, cut, rounded, more):
        cause, row = changed[slip["nip"]]
        paid.expected[cause] = (1, row["net"] - slip["net"])
        paid.people[cause] = slip["name"]
    refused = [
        {**left_out, "nip": person.nip, "name": person.full_name, "opd": person.seat.unit.opd}
        for person in (files.no_day, files.twice)
    ]
    amount = sum(row["net"] for row in refused) - left_out["net"]
    paid.expected["missing"] = (len(refused) + 1, amount)
    paid.people["missing"] = left_out["name"]
    rows = [changed.get(slip["nip"], ("", slip))[1] for slip in slips if slip is not left_out]
    path.write_text(_list([*rows, *refused]), encoding="utf-8-sig")
    return paid


def _paid(slip: Mapping[str, Any], ceiling: int, job_class: int | None = None) -> Mapping[str, Any]:
    """The slip with another maximum and nothing else taken off but the same shares of it."""
    gross = ceiling if job_class is None else slip["gross"] * ceiling // slip["ceiling"]
    tax = gross * slip["tax"] // slip["gross"]
    own = {"ceiling": ceiling, "gross": gross, "tax": tax, "net": gross - tax - slip["health"]}
    return {**slip, **own, "job_class": job_class or slip["job_class"]}


def _list(rows: list[Mapping[str, Any]]) -> str:
    """As a treasurer's sheet: numbered, amounts in rupiah, a total below."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(_PAID_HEADS)
    amounts = ("ceiling", "gross", "tax", "health", "net")
    for number, row in enumerate(rows, start=1):
        own = (number, f"'{row['nip']}", row["name"], row["opd"], row["job_class"])
        writer.writerow([*own, *(row[name] for name in amounts)])
    writer.writerow(["", "", "JUMLAH", "", "", *(sum(row[name] for row in rows) for name in amounts)])
    return stream.getvalue()

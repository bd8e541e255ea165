"""Slips and recapitulations as PDF: one file for a small government, one an office for a large one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import polars as pl

from pamong.documents.rendering import render
from pamong.interop.exports.slip_page import show_nip, slip_person
from pamong.interop.exports.wide import Wide
from pamong.kernel.clock import format_date, format_month, local_date
from pamong.kernel.money import Rupiah
from pamong.pay.choices import Mode, SlipState
from pamong.pay.queries import RunRow
from pamong.pay.services import Progress, quiet

ONE_FILE = 500  # people; more get a file an office
_TITLE = "Rincian Tambahan Penghasilan Pegawai"
_RECAP = "Daftar nominatif Tambahan Penghasilan Pegawai"
_SUMMARY = "Rekapitulasi Tambahan Penghasilan Pegawai"
_REGIONS = ("Kota ", "Kabupaten ", "Kab. ", "Provinsi ")
_NOTES = {
    Mode.DEMO: "Contoh. Dibuat untuk peragaan dan bukan dasar pembayaran.",
    Mode.SHADOW: "Pembanding. Dihitung untuk dibandingkan dan bukan dasar pembayaran.",
    Mode.REAL: "",
}
_MARKS = {Mode.DEMO: "contoh", Mode.SHADOW: "pembanding", Mode.REAL: ""}
_AMOUNTS = ("ceiling", "earned", "gross", "tax", "health", "net")
_PAID_HEADS = (
    "No",
    "Nama dan NIP",
    "Gol.",
    "Kelas",
    "TPP maksimal",
    "Diperoleh",
    "Potongan",
    "Sebelum pajak",
    "PPh 21",
    "Iuran",
    "Diterima",
)
_PAID_WIDTHS = ("auto", "1fr", "auto", "auto", *["auto"] * 7)
_UNPAID_HEADS = ("No", "Nama dan NIP", "Keadaan", "Sebab")
_UNPAID_WIDTHS = ("auto", "1fr", "auto", "1.6fr")
_SUMMARY_HEADS = (
    "Perangkat daerah",
    "Orang",
    "Dengan jumlah",
    "TPP maksimal",
    "Diperoleh",
    "Potongan",
    "Sebelum pajak",
    "PPh 21",
    "Iuran",
    "Diterima",
)


def slip_pdfs(
    wide: Wide, lines: pl.DataFrame, run: RunRow, *, progress: Progress = quiet
) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each PDF of slips, a page a person, in the order of the slips."""
    by_slip = _lines_by_slip(lines)
    done = 0
    for name, part in _parts(wide.frame, "slips"):
        progress("Menulis rincian PDF", done, wide.frame.height)
        people = [slip_person(row, by_slip.get(row["number"], ())) for row in part.iter_rows(named=True)]
        data = _common(run, _TITLE) | {"people": people}
        # Tags make a page four times as large: a person's own slip has them, a bundle for printing has not.
        yield name, render("slip", data, at=_made(run), tagged=wide.frame.height <= ONE_FILE)
        done += part.height
    progress("Menulis rincian PDF", done, wide.frame.height)


def recap_pdfs(wide: Wide, run: RunRow, *, progress: Progress = quiet) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each PDF with nominative lists, an office after the other, and of the summary."""
    common = _common(run, _RECAP) | {"summary_title": _SUMMARY}
    whole = wide.frame.height <= ONE_FILE
    summary = _summary(wide.frame)
    if not whole:
        yield "recap.pdf", render("recap", common | {"summary": summary, "offices": []}, at=_made(run))
    for name, part in _parts(wide.frame, "recap"):
        offices = [
            _office(office, rows) for (office,), rows in part.group_by("opd_name", maintain_order=True)
        ]
        data = common | {"summary": summary if whole else None, "offices": offices}
        progress("Menulis daftar nominatif", 0, 0)
        yield name, render("recap", data, at=_made(run))


def slip_pdf(wide: Wide, lines: pl.DataFrame, run: RunRow) -> bytes:
    """One PDF with all the slips given; for a person's own slip give the frames of one slip."""
    data = slip_data(wide, lines, run)
    return render("slip", data, at=_made(run))


def slip_data(wide: Wide, lines: pl.DataFrame, run: RunRow) -> dict[str, Any]:
    """What the template `slip` prints."""
    by_slip = _lines_by_slip(lines)
    people = [slip_person(row, by_slip.get(row["number"], ())) for row in wide.frame.iter_rows(named=True)]
    return _common(run, _TITLE) | {"people": people}


def recap_data(wide: Wide, run: RunRow) -> dict[str, Any]:
    """What the template `recap` prints for everybody in one file."""
    offices = [
        _office(office, rows) for (office,), rows in wide.frame.group_by("opd_name", maintain_order=True)
    ]
    return _common(run, _RECAP) | {
        "summary_title": _SUMMARY,
        "summary": _summary(wide.frame),
        "offices": offices,
    }


def _made(run: RunRow) -> datetime:
    return run.published_at or run.started_at


def _common(run: RunRow, title: str) -> dict[str, Any]:
    name = run.profile_name
    made = format_date(local_date(_made(run), run.zone))
    return {
        "region": f"Pemerintah {name}" if name.startswith(_REGIONS) else name,
        "title": title,
        "month": format_month(run.month.year, run.month.month),
        "mark": _MARKS[run.mode],
        "note": _NOTES[run.mode],
        "foot": f"Dihitung dengan Pamong, terbit {made}. {_prints(run)}",
    }


def _prints(run: RunRow) -> str:
    return f"Sidik aturan {run.fingerprint[:16]}, sidik rincian {run.slips_hash[:16]}."


def _lines_by_slip(lines: pl.DataFrame) -> Mapping[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for row in lines.iter_rows(named=True):
        found.setdefault(row["slip"], []).append(row)
    return found


def _parts(frame: pl.DataFrame, folder: str) -> Iterator[tuple[str, pl.DataFrame]]:
    """The whole in one file, or a file an office."""
    if frame.height <= ONE_FILE:
        yield f"{folder}.pdf", frame
        return
    taken: set[str] = set()
    for (office,), part in frame.group_by("opd_name", maintain_order=True):
        yield f"{folder}/{_file_name(str(office), taken)}.pdf", part


def _file_name(office: str, taken: set[str]) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", office.lower()).strip("-")[:60] or "tanpa-perangkat-daerah"
    name, number = stem, 2
    while name in taken:
        name, number = f"{stem}-{number}", number + 1
    taken.add(name)
    return name


def _office(name: Any, rows: pl.DataFrame) -> dict[str, Any]:
    paid = rows.filter(pl.col("net").is_not_null())
    unpaid = rows.filter(pl.col("net").is_null())
    return {
        "name": name or "Tanpa perangkat daerah",
        "paid": {
            "widths": _PAID_WIDTHS,
            "heads": _PAID_HEADS,
            "first_amount": 4,
            "rows": [_paid_row(place, row) for place, row in enumerate(paid.iter_rows(named=True), start=1)],
            "total": [f"Jumlah {paid.height} orang", *_sums(paid)],
        },
        "unpaid": {
            "widths": _UNPAID_WIDTHS,
            "heads": _UNPAID_HEADS,
            "first_amount": 4,
            "rows": [
                _unpaid_row(place, row) for place, row in enumerate(unpaid.iter_rows(named=True), start=1)
            ],
            "total": None,
        },
    }


def _paid_row(place: int, row: Mapping[str, Any]) -> list[str]:
    kept = " (ditunda sebulan)" if row["state"] == SlipState.DELAYED.value else ""
    job_class = "" if row["job_class"] is None else str(row["job_class"])
    amounts = _six(*(row[name] for name in _AMOUNTS))
    return [str(place), f"{row['name']}\n{show_nip(row['nip'])}{kept}", row["golongan"], job_class, *amounts]


def _unpaid_row(place: int, row: Mapping[str, Any]) -> list[str]:
    return [
        str(place),
        f"{row['name']}\n{show_nip(row['nip'])}",
        SlipState(row["state"]).label,
        row["reason"],
    ]


def _six(ceiling: int, earned: int, gross: int, tax: int, health: int, net: int) -> list[str]:
    amounts = (ceiling, earned, earned - gross, gross, tax, health, net)
    return [str(Rupiah(amount)).replace("Rp", "") for amount in amounts]


def _sums(frame: pl.DataFrame) -> list[str]:
    return _six(*(int(frame[name].sum()) for name in _AMOUNTS))


def _summary(frame: pl.DataFrame) -> dict[str, Any]:
    offices = list(frame.group_by("opd_name", maintain_order=True))
    return {
        "widths": ["1fr", *["auto"] * 9],
        "heads": _SUMMARY_HEADS,
        "first_amount": 1,
        "rows": [
            [name or "Tanpa perangkat daerah", *_counts(rows), *_sums(rows)] for (name,), rows in offices
        ],
        "total": ["Jumlah", *_counts(frame), *_sums(frame)],
    }


def _counts(frame: pl.DataFrame) -> list[str]:
    return [str(frame.height), str(frame["net"].count())]

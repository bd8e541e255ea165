"""Slips and recapitulations as PDF: one file for a small government, one an office for a large one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import polars as pl

from pamong.documents.batches import Job, render_many
from pamong.documents.papers import BUNDLED, Paper, printed
from pamong.documents.rendering import render
from pamong.interop.exports.slip_page import show_nip, slip_person
from pamong.interop.exports.wide import Wide
from pamong.kernel.clock import format_date, format_month, local_date
from pamong.kernel.money import Rupiah
from pamong.pay.choices import Mode, SlipState
from pamong.pay.progress import Progress, quiet
from pamong.pay.queries import RunRow

ONE_FILE = 500  # people; more get a file an office, and no file has more slips
_ROWS_A_SLIP = 3  # of a list, by the memory that they take
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
    if wide.frame.height <= ONE_FILE:
        progress("Menulis rincian PDF", 0, wide.frame.height)
        yield "slips.pdf", slip_pdf(wide, lines, run)
        return
    parts = list(_parts(wide.frame, "slips"))
    done = 0
    progress("Menulis rincian PDF", done, wide.frame.height)
    # Tags make a page four times as large: a small run has them, bundles for printing have not.
    rendered = render_many(_slip_jobs(parts, lines, run), at=_made(run))
    for (name, pdf), (_, part) in zip(rendered, parts, strict=True):
        done += part.height
        progress("Menulis rincian PDF", done, wide.frame.height)
        yield name, pdf


def _slip_jobs(parts: list[tuple[str, pl.DataFrame]], lines: pl.DataFrame, run: RunRow) -> Iterator[Job]:
    by_slip = _lines_by_slip(lines)
    for name, part in parts:
        people = [slip_person(row, by_slip.get(row["number"], ())) for row in part.iter_rows(named=True)]
        yield Job(name, "slip", _slips(run, people), part.height)


def recap_pdfs(wide: Wide, run: RunRow, *, progress: Progress = quiet) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each PDF with nominative lists, an office after the other, and of the summary."""
    progress("Menulis daftar nominatif", 0, 0)
    if wide.frame.height <= ONE_FILE:
        yield "recap.pdf", render("recap", recap_data(wide, run), at=_made(run))
        return
    yield from render_many(_recap_jobs(wide.frame, run), at=_made(run))


def _recap_jobs(frame: pl.DataFrame, run: RunRow) -> Iterator[Job]:
    common = _common(run, _RECAP) | {"summary_title": _SUMMARY}
    yield Job("recap.pdf", "recap", common | {"summary": _summary(frame), "offices": []}, 1)
    taken: set[str] = set()
    for (office,), rows in frame.group_by("opd_name", maintain_order=True):
        name = f"recap/{_file_name(str(office), taken)}.pdf"
        data = common | {"summary": None, "offices": [_office(office, rows)]}
        yield Job(name, "recap", data, 1 + rows.height // _ROWS_A_SLIP)


def slip_pdf(wide: Wide, lines: pl.DataFrame, run: RunRow, paper: Paper | None = None) -> bytes:
    """One PDF with all the slips given; a single one, from the frames of one slip, carries its proof."""
    data = slip_data(wide, lines, run)
    if paper is not None:
        proof = printed(paper)
        data |= {"people": [data["people"][0] | {"seal": proof["seal"]}], "attached": proof["attached"]}
    return render("slip", data, at=_made(run))


def slip_data(wide: Wide, lines: pl.DataFrame, run: RunRow) -> dict[str, Any]:
    """What the template `slip` prints."""
    by_slip = _lines_by_slip(lines)
    people = [slip_person(row, by_slip.get(row["number"], ())) for row in wide.frame.iter_rows(named=True)]
    return _slips(run, people)


def _slips(run: RunRow, people: list[dict[str, Any]]) -> dict[str, Any]:
    """Slips in a bundle: each proof belongs to one slip, so none is attached."""
    return _common(run, _TITLE) | {
        "people": [person | {"seal": BUNDLED} for person in people],
        "attached": [],
    }


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
    """A file an office, and several where it is large."""
    taken: set[str] = set()
    for (office,), rows in frame.group_by("opd_name", maintain_order=True):
        for part in rows.iter_slices(ONE_FILE):
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

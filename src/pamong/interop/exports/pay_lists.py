"""A list of payment as a file for treasury or bank, by a layout that is data; and as documents to sign."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pamong.documents import store
from pamong.documents.papers import Paper, printed
from pamong.documents.rendering import render
from pamong.documents.terbilang import terbilang_rupiah
from pamong.interop.exports.lists import FORMULA
from pamong.interop.layouts import Layout, layout_of
from pamong.interop.write import write_xlsx
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date, format_month
from pamong.kernel.errors import DomainError
from pamong.kernel.money import Rupiah
from pamong.pay import path
from pamong.pay.choices import Mode, OutFile, Payee
from pamong.pay.path import Content, ItemRow, ListRow, ListView, Receiver

_REGIONS = ("Kota ", "Kabupaten ", "Kab. ", "Provinsi ")
_LONG = 9  # digits from which a spreadsheet program can't be trusted with a text


class FileDiffers(DomainError):
    """What a file adds up to is not what the list says."""

    def __init__(self, file: int, total: int) -> None:
        super().__init__(
            f"Jumlah berkas {Rupiah(file)} berbeda dari jumlah daftar {Rupiah(total)}. Berkas tidak dibuat."
        )


@dataclass(frozen=True, slots=True)
class Made:
    """The bytes of a file, its name, and its control totals."""

    name: str
    data: bytes
    people: int
    total: int


def make_file(*, actor: Actor, at: datetime, uid: Any, kind: OutFile) -> Any:
    """Make a file of a list, keep it under its hash, and write it down; the id under which it stands.

    The refusals of ``path.content_of``; LayoutBroken, FileDiffers.
    """
    layout = layout_of(kind)
    made = pay_file(path.content_of(actor=actor, at=at, uid=uid, kind=kind), layout)
    kept = store.keep(made.data)
    return path.keep_file(
        actor=actor, at=at, uid=uid, kind=kind, template=layout.code, name=made.name, sha256=kept.sha256,
        size=kept.size, people=made.people, total=made.total,
    )  # fmt: skip


def pay_file(content: Content, layout: Layout) -> Made:
    """The file of a layout. FileDiffers unless it adds up to the list's own total, to the rupiah."""
    rows = [_values(content.row, place, each) for place, each in enumerate(content.receivers, start=1)]
    total = sum(int(row[layout.total]) for row in rows)
    if total != getattr(content.row, layout.total):
        raise FileDiffers(total, getattr(content.row, layout.total))
    told = [{heading: row[value] for heading, value in layout.columns} for row in rows]
    headings = [heading for heading, _ in layout.columns]
    data = write_xlsx(headings, told, sheet="Daftar") if layout.format == "xlsx" else _csv(layout, told)
    return Made(layout.name.format(reference=content.row.reference), data, len(rows), total)


def _values(row: ListRow, place: int, who: Receiver) -> dict[str, Any]:
    account = who.account
    whom = " untuk ahli waris" if who.payee is Payee.HEIR else ""
    return {
        "number": place, "reference": row.reference, "nip": who.nip, "name": who.name,
        "bank": account.bank if account else "", "account": account.number if account else "",
        "holder": account.holder if account else "", "gross": who.gross, "tax": who.tax,
        "health": who.health, "net": who.net,
        "remark": f"TPP {format_month(row.month.year, row.month.month)}{whom}",
    }  # fmt: skip


def _csv(layout: Layout, rows: list[dict[str, Any]]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=layout.delimiter, lineterminator="\r\n")
    writer.writerow([heading for heading, _ in layout.columns])
    for row in rows:
        writer.writerow([_cell(layout, value) for value in row.values()])
    return stream.getvalue().encode()


def _cell(layout: Layout, value: Any) -> str:
    """A number as it is; long digits with the layout's mark; nothing that a program takes for a formula."""
    if isinstance(value, int):
        return str(value)
    text = str(value)
    if (text.isdigit() and len(text) >= _LONG) or text.startswith(FORMULA):
        return f"{layout.text_mark}{text}"
    return text


def recap_pdf(
    view: ListView, *, at: datetime, day_of: Callable[[datetime], date], paper: Paper | None = None
) -> bytes:
    """The recapitulation of a list: everybody on it, sums, the total in words; once signed with its proof."""
    rows = [_line(place, item) for place, item in enumerate(view.included, start=1)]
    held = [[item.name, item.nip, item.reason] for item in view.held]
    data = _common(view, "Rekapitulasi Tambahan Penghasilan Pegawai", day_of) | {"rows": rows, "held": held}
    return render("pay_list", data | printed(paper), at=at)


def sptjm_pdf(view: ListView, *, at: datetime, day_of: Callable[[datetime], date]) -> bytes:
    """The statement of absolute responsibility (SPTJM) of the head of the OPD for a list."""
    return render("sptjm", _common(view, "Surat Pernyataan Tanggung Jawab Mutlak", day_of), at=at)


def _common(view: ListView, title: str, day_of: Callable[[datetime], date]) -> dict[str, Any]:
    row = view.row
    signed = next((step for step in reversed(view.steps) if step.kind.value == "signed"), None)
    is_signed = bool(view.items_hash) and signed is not None
    prints = f"Sidik isi daftar {view.items_hash[:16]}." if view.items_hash else "Belum ditandatangani."
    demo = view.mode is Mode.DEMO
    region = f"Pemerintah {view.region}" if view.region.startswith(_REGIONS) else view.region
    return {
        "region": region, "office": row.opd_name, "title": title, "mark": "contoh" if demo else "",
        "month": format_month(row.month.year, row.month.month), "kind": row.kind.label.lower(),
        "reference": row.reference, "foot": f"{row.reference}. {prints}",
        "people": str(row.people), "gross": str(Rupiah(row.gross)), "tax": str(Rupiah(row.tax)),
        "health": str(Rupiah(row.health)), "net": str(Rupiah(row.net)),
        "words": terbilang_rupiah(row.net), "gross_words": terbilang_rupiah(row.gross),
        "signer": signed.by if is_signed and signed else "",
        "signed": format_date(day_of(signed.at)) if is_signed and signed else "",
        "hash": view.items_hash,
    }  # fmt: skip


def _line(place: int, item: ItemRow) -> list[str]:
    month = format_month(item.service_month.year, item.service_month.month) if item.sequence else ""
    amounts = [str(Rupiah(amount)) for amount in (item.gross, item.tax, item.health, item.net)]
    return [str(place), f"{item.name}\n{item.nip}" + (f"\nSelisih {month}" if month else ""), *amounts]

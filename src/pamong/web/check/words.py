"""How sealed documents and their fields are called, and what is said of whether one still holds."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pamong.decisions.choices import OrderEndKind
from pamong.decisions.queries import PublicOrder
from pamong.pay.choices import ListKind, SlipState, Validity
from pamong.pay.queries import Paper
from pamong.web.formats import tanggal, waktu

KINDS = {
    "pay.slip": gettext_lazy("Rincian Tambahan Penghasilan Pegawai"),
    "decisions.ordered": gettext_lazy("Surat keputusan"),
    "pay.list_moved": gettext_lazy("Rekapitulasi Tambahan Penghasilan Pegawai"),
}
# Name: label, and how its value reads ('' as it is). ``points``: a fraction of hundredths of a point.
FIELDS = {
    "number": (gettext_lazy("Nomor"), ""),
    "dated_on": (gettext_lazy("Tanggal"), "day"),
    "title": (gettext_lazy("Judul"), ""),
    "about": (gettext_lazy("Tentang"), ""),
    "name": (gettext_lazy("Nama"), ""),
    "nip": (gettext_lazy("NIP"), ""),
    "unit": (gettext_lazy("Unit kerja"), ""),
    "opd": (gettext_lazy("Perangkat daerah"), ""),
    "reference": (gettext_lazy("Nomor daftar"), ""),
    "kind": (gettext_lazy("Jenis daftar"), "word"),
    "month": (gettext_lazy("Bulan"), "month"),
    "state": (gettext_lazy("Keadaan"), "word"),
    "signer": (gettext_lazy("Ditandatangani oleh"), ""),
    "people": (gettext_lazy("Jumlah orang"), ""),
    "gross": (gettext_lazy("TPP sebelum pajak"), "rupiah"),
    "tax": (gettext_lazy("Pajak"), "rupiah"),
    "health": (gettext_lazy("Iuran jaminan kesehatan"), "rupiah"),
    "net": (gettext_lazy("Diterima"), "rupiah"),
    "post_name": (gettext_lazy("Jabatan"), ""),
    "rank": (gettext_lazy("Peringkat"), ""),
    "points": (gettext_lazy("Jumlah nilai"), "points"),
    "goes_on": (gettext_lazy("Disampaikan untuk dipilih"), "yes"),
}
VALUES = {word.value: word.label for word in (*SlipState, *ListKind)}
TONES = {Validity.HOLDS: "good", Validity.WITHDRAWN: "problem", Validity.REPLACED: "attention"}


def of_order(order: PublicOrder) -> dict[str, Any]:
    """The same of an order: number and date, and how it ended; nobody's name, and no ground."""
    said = _("Nomor %(number)s tanggal %(on)s.") % {"number": order.number, "on": tanggal(order.dated_on)}
    if order.ended is None or order.ended_on is None:
        return {"word": _("Berlaku"), "tone": "good", "said": said}
    on = tanggal(order.ended_on)
    replaced = order.ended is OrderEndKind.REPLACED
    if order.by_number and not replaced:
        said += " " + _("Dicabut dengan keputusan nomor %(number)s.") % {"number": order.by_number}
    if instead := order.by_number if replaced else order.next_number:
        word = _("Dicabut %(on)s, diganti nomor %(number)s") % {"number": instead, "on": on}
        return {"word": word, "tone": "attention", "said": said}
    return {"word": _("Dicabut %(on)s") % {"on": on}, "tone": "problem", "said": said}


def of_standing(paper: Paper | None) -> dict[str, Any]:
    """The word, its tone, and the sentence for the page."""
    if paper is None:
        unknown = _(
            "Situs ini tidak mengenal dokumen dengan sidik itu. Periksa di situs yang menerbitkannya."
        )
        return {"word": _("Tidak dikenal"), "tone": "neutral", "said": unknown}
    word = paper.state.label
    if paper.since is not None:
        word = _("%(word)s sejak %(since)s") % {"word": word, "since": waktu(paper.since)}
    return {"word": word, "tone": TONES[paper.state], "said": paper.why}

"""Names and values of an entry's fields as people read them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pamong.web.formats import angka, tanggal

FIELDS: Mapping[str, Any] = {
    "vacancy": gettext_lazy("Lowongan"),
    "elements": gettext_lazy("Unsur"),
    "names": gettext_lazy("Nama yang disampaikan"),
    "closes_on": gettext_lazy("Pelamaran sampai"),
    "members": gettext_lazy("Anggota panitia"),
    "member": gettext_lazy("Anggota panitia"),
    "own": gettext_lazy("Atas kemauan sendiri"),
    "application": gettext_lazy("Lamaran"),
    "condition": gettext_lazy("Syarat"),
    "conditions": gettext_lazy("Syarat"),
    "score": gettext_lazy("Nilai"),
    "scores": gettext_lazy("Nilai"),
    "element": gettext_lazy("Unsur"),
    "corrects": gettext_lazy("Membetulkan"),
    "rank": gettext_lazy("Peringkat"),
    "total": gettext_lazy("Jumlah nilai"),
    "goes_on": gettext_lazy("Disampaikan untuk dipilih"),
    "result": gettext_lazy("Hasil seleksi"),
    "actor": gettext_lazy("Pelaku"),
    "act": gettext_lazy("Tindakan"),
    "added": gettext_lazy("Baris baru"),
    "agreed": gettext_lazy("Disetujui"),
    "amount": gettext_lazy("Jumlah"),
    "answer": gettext_lazy("Jawaban"),
    "asked_by": gettext_lazy("Diminta oleh"),
    "by": gettext_lazy("Ditulis oleh pengguna basis data"),
    "code": gettext_lazy("Kode"),
    "claim": gettext_lazy("Keterangan pegawai"),
    "content": gettext_lazy("Isi"),
    "digest": gettext_lazy("Hash semua baris"),
    "document": gettext_lazy("Dokumen"),
    "done": gettext_lazy("Langkah"),
    "end_on": gettext_lazy("Sampai sebelum"),
    "entry": gettext_lazy("Usulan"),
    "file": gettext_lazy("Berkas"),
    "fingerprint": gettext_lazy("Sidik aturan"),
    "gross": gettext_lazy("Jumlah kotor"),
    "address": gettext_lazy("Alamat surel"),
    "columns": gettext_lazy("Kolom"),
    "files": gettext_lazy("Berkas aturan"),
    "ground": gettext_lazy("Dasar"),
    "group": gettext_lazy("Kelompok mesin"),
    "hash": gettext_lazy("Hash isi"),
    "how": gettext_lazy("Cara memeriksa"),
    "inputs": gettext_lazy("Hash data masukan"),
    "month": gettext_lazy("Bulan"),
    "name": gettext_lazy("Nama"),
    "net": gettext_lazy("Jumlah bersih"),
    "note": gettext_lazy("Catatan"),
    "notes": gettext_lazy("Catatan"),
    "number": gettext_lazy("Nomor"),
    "on": gettext_lazy("Mulai berlaku"),
    "order_no": gettext_lazy("Nomor SK"),
    "outcomes": gettext_lazy("Hasil per baris"),
    "people": gettext_lazy("Jumlah orang"),
    "person": gettext_lazy("Pegawai"),
    "pin": gettext_lazy("PIN"),
    "policy": gettext_lazy("Kebijakan"),
    "profile": gettext_lazy("Aturan daerah"),
    "proposed_by": gettext_lazy("Diusulkan oleh"),
    "reason": gettext_lazy("Alasan"),
    "ref": gettext_lazy("Rujukan"),
    "reference": gettext_lazy("Nomor daftar"),
    "register": gettext_lazy("Register"),
    "relation": gettext_lazy("Tabel"),
    "removed": gettext_lazy("Baris yang diganti"),
    "role": gettext_lazy("Peran"),
    "rows": gettext_lazy("Jumlah baris"),
    "run": gettext_lazy("Hitungan"),
    "seal_kind": gettext_lazy("Jenis dasar"),
    "sha256": gettext_lazy("Hash berkas (SHA-256)"),
    "site": gettext_lazy("Lokasi"),
    "slips": gettext_lazy("Hash semua rincian"),
    "start_on": gettext_lazy("Sejak"),
    "state": gettext_lazy("Keadaan"),
    "sp2d_number": gettext_lazy("Nomor SP2D"),
    "sp2d_on": gettext_lazy("Tanggal SP2D"),
    "spm_number": gettext_lazy("Nomor SPM"),
    "spm_on": gettext_lazy("Tanggal SPM"),
    "step": gettext_lazy("Rujukan langkah"),
    "subject": gettext_lazy("Pokok"),
    "tables": gettext_lazy("Tabel"),
    "title": gettext_lazy("Judul"),
    "uid": gettext_lazy("Rujukan"),
    "unit": gettext_lazy("Unit"),
    "unit_path": gettext_lazy("Lingkup unit"),
    "until": gettext_lazy("Sampai"),
    "user": gettext_lazy("Akun"),
    "username": gettext_lazy("Nama pengguna"),
    "values": gettext_lazy("Isi"),
    "by_order": gettext_lazy("Diganti oleh surat"),
    "dated_on": gettext_lazy("Tanggal surat"),
    "decision": gettext_lazy("Keputusan"),
    "gates": gettext_lazy("Syarat"),
    "late": gettext_lazy("Dientri terlambat"),
    "memo": gettext_lazy("Catatan"),
    "objection": gettext_lazy("Keberatan"),
    "office": gettext_lazy("Jabatan"),
    "order": gettext_lazy("Surat keputusan"),
    "place": gettext_lazy("Urutan dalam register"),
    "reach": gettext_lazy("Wewenang menjawab"),
    "reasons": gettext_lazy("Alasan untuk syarat"),
    "source": gettext_lazy("Dari"),
    "template": gettext_lazy("Bentuk surat"),
    "template_sha256": gettext_lazy("Hash bentuk surat"),
    "text": gettext_lazy("Isi"),
    "what": gettext_lazy("Jenis keputusan"),
    "words": gettext_lazy("Alasan atau jawaban"),
    "year": gettext_lazy("Tahun"),
}
_HASH = 64


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field of an entry: its name, its value as text. ``exact`` is set in fixed width: ids, hashes, lists.

    ``sealed``: a personal field of which only the commitment is shown.
    """

    name: str
    label: str
    text: str
    exact: bool = False
    sealed: bool = False


def label_of(name: str) -> str:
    """What a field is called; its own name where we have no word for it."""
    return str(FIELDS.get(name, name))


def line_of(name: str, value: Any) -> FieldLine:
    """A field whose value everybody may read."""
    text, exact = _shown(value)
    return FieldLine(name, label_of(name), text, exact)


def tables_of(tables: Mapping[str, Any]) -> Iterator[tuple[str, str, int]]:
    """What an entry of rows says: table, what it holds in words ('' without any), how many rows."""
    named = {model._meta.db_table: model._meta for model in apps.get_models()}
    for table, count in sorted(tables.items()):
        meta = named.get(table)
        own = meta is not None and "verbose_name" in meta.original_attrs
        if isinstance(count, int):
            yield table, str(meta.verbose_name) if meta and own else "", count


def actor_words(actor: str) -> str:
    """Who acted, as far as an entry tells: an account's number, the command line, the database."""
    sort, _colon, rest = actor.partition(":")
    if sort == "user":
        return _("Akun nomor %(number)s") % {"number": rest}
    if sort == "operator":
        return _("Baris perintah, %(name)s") % {"name": rest}
    return {"database": _("Basis data"), "public": _("Orang yang belum masuk")}.get(actor, actor)


def _shown(value: Any) -> tuple[str, bool]:
    """A value as text, and whether it stands in fixed width."""
    if value is None or value in ("", [], {}):
        return "–", False
    if isinstance(value, bool):
        return (_("ya") if value else _("tidak")), False
    if isinstance(value, int):
        return angka(value), False
    if isinstance(value, str):
        day = _day(value)
        return (tanggal(day), False) if day else (value, len(value) == _HASH or value.count("-") == 4)
    return json.dumps(value, ensure_ascii=False, indent=1), True


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None

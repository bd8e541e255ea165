"""The verdict in words for a reader, and as JSON for a program."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from pamong_verify.faults import Fault
from pamong_verify.policy import Judged
from pamong_verify.proofs import Proven

MOST_LINES = 400
_LAST_SECOND = 253402300799  # 9999-12-31
_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
    "November", "Desember",
)  # fmt: skip
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])(?:-01)?")
_KINDS = {
    "merit.ranked": "peringkat seorang calon dalam seleksi jabatan",
    "merit.scores_opened": "nilai seorang calon dalam seleksi jabatan",
    "decisions.ordered": "surat keputusan",
    "pay.slip": "rincian penghasilan seorang pegawai",
    "pay.run_published": "penghasilan sebulan yang terbit",
    "ledger.rows": "sidik baris basis data",
}
_SCORED = ("merit.ranked", "merit.scores_opened")
_AREAS = {
    "access": "hak akses",
    "attendance": "presensi",
    "decisions": "keputusan",
    "career": "kenaikan gaji berkala",
    "leave": "cuti",
    "merit": "seleksi jabatan",
    "organisation": "organisasi",
    "pay": "penghasilan",
    "people": "data pegawai",
    "performance": "kinerja",
}
_FIELDS = {
    "by": "ditulis oleh",
    "ceiling": "TPP maksimal",
    "content": "sidik seluruh isi",
    "content_sha256": "sidik isi dokumen",
    "died_on": "meninggal pada",
    "digest": "sidik semua baris",
    "about": "tentang",
    "dated_on": "tanggal",
    "document": "dokumen",
    "earned": "diperoleh",
    "facts": "sidik data dasarnya",
    "element": "unsur",
    "goes_on": "disampaikan untuk dipilih",
    "gross": "jumlah kotor",
    "health": "iuran jaminan kesehatan",
    "items": "bagian",
    "job_class": "kelas jabatan",
    "kind": "jenis",
    "lines": "baris",
    "member": "penilai",
    "mode": "mode",
    "month": "bulan",
    "name": "nama",
    "net": "jumlah bersih",
    "nip": "NIP",
    "number": "nomor",
    "on": "tanggal",
    "opd": "perangkat daerah",
    "opd_name": "perangkat daerah",
    "pay_group": "kelompok penghasilan",
    "payee": "penerima",
    "head": "kepala surat",
    "people": "jumlah pegawai",
    "person": "nomor unik pegawai",
    "points": "jumlah nilai",
    "post_name": "jabatan",
    "profile": "profil daerah",
    "rank": "peringkat",
    "reason": "alasan",
    "reference": "nomor daftar",
    "rows": "jumlah baris",
    "run": "hitungan",
    "scores": "nilai",
    "signer": "ditandatangani oleh",
    "slip": "rincian penghasilan",
    "slips": "sidik seluruh rincian",
    "state": "keadaan",
    "tables": "tabel",
    "tax": "pajak",
    "template": "bentuk dokumen",
    "title": "judul",
    "uid": "nomor unik",
    "unit": "unit kerja",
    "unit_name": "unit kerja",
    "value": "angka",
}
_STATES = {
    "computed": "dihitung",
    "delayed": "ditunda sebulan",
    "held": "belum dapat dihitung",
    "elsewhere": "dibayar melalui jalur lain",
    "none": "tidak menerima TPP",
}


@dataclass
class Report:
    """A verdict: headline, labelled lines, the same as data, and a weakness if there is one."""

    headline: str
    lines: list[tuple[str, str]] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    fault: Fault | None = None
    where: str = ""


def plain(text: str) -> str:
    """Text without signs that move the cursor or turn the line: nobody may draw a verdict of his own."""
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape", "surrogatepass").decode()
        for sign in text
    )


def date_words(time: int) -> str:
    """A POSIX time as words."""
    if time > _LAST_SECOND:
        return f"detik ke-{time} sejak 1970"
    at = datetime.fromtimestamp(time, UTC)
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year} pukul {at:%H.%M.%S} UTC"


def date_text(time: int | None) -> str | None:
    """A POSIX time as ISO 8601 for programs; None where there is none, or no calendar has it."""
    if time is None or time > _LAST_SECOND:
        return None
    return datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def strength(judged: Judged) -> Report:
    """Who stands behind a checkpoint."""
    checkpoint = judged.checkpoint
    report = Report("", [("Log", checkpoint.origin), ("Jumlah catatan", str(checkpoint.size))])
    for each in judged.cosigners:
        report.lines.append(("Saksi", f"{each.name} ({each.key_name}), {date_words(each.time)}"))
    report.lines.append(("Syarat saksi", "terpenuhi" if judged.quorum_met else "belum terpenuhi"))
    report.data = {
        "origin": checkpoint.origin,
        "size": checkpoint.size,
        "root": checkpoint.root.hex(),
        "cosigners": [
            {"name": each.name, "key": each.key_name, "time": date_text(each.time)}
            for each in judged.cosigners
        ],
        "quorum_met": judged.quorum_met,
        "independent": judged.independent,
        "latest_time": date_text(judged.latest_time),
    }
    if not judged.quorum_met:
        report.fault, report.where = Fault.QUORUM_NOT_MET, f"baru {len(judged.cosigners)} saksi"
    elif not judged.independent:
        report.fault, report.where = Fault.POLICY_DEPENDENT, "syarat saksi terpenuhi tanpa saksi luar"
    return report


def genuine(proven: Proven, document: object = None) -> Report:
    """What is genuine, in which log, since when; with the document's content if it has one."""
    report, said = strength(proven.judged), proven.said
    lines = [("Isi", _kind(said.kind))]
    if said.kind != said.entry_kind:
        lines.append(("Bagian dari", _kind(said.entry_kind)))
    opened = _with_points(said.opened) if said.kind in _SCORED else said.opened
    lines += [*_said("Terbuka", said.public), *(_said("Dibuka", opened) if opened else ())]
    if document is not None:
        lines += _said("Dokumen", document)
        lines.append(("Perhatian", "cocokkan yang tercetak dengan isi di atas; yang sah adalah isi di atas"))
    latest = proven.judged.latest_time
    lines += [("Nomor", str(proven.index)), *report.lines]
    lines.append(("Sudah ada pada", "tanpa saksi, tidak diketahui" if latest is None else date_words(latest)))
    lines.append(("Masih berlaku?", "hanya situs penerbit yang dapat mengatakannya"))
    data: dict[str, Any] = {
        "kind": said.kind,
        "entry_kind": said.entry_kind,
        "public": said.public,
        "opened": said.opened,
    }
    data |= {"index": proven.index, **report.data}
    return Report("ASLI SAAT TERBIT", lines, data, report.fault, report.where)


def _with_points(opened: dict[str, Any]) -> dict[str, Any]:
    """Scores as people read them: they are kept in hundredths of a point, a total as a fraction of them."""
    told = dict(opened)
    match told.get("points"):
        case [int(over), int(under)] if under > 0:
            told["points"] = _points((2 * over + under) // (2 * under))
    rows = told.get("scores")
    if isinstance(rows, list) and all(isinstance(row, dict) for row in rows):
        told["scores"] = [
            {
                key: _points(each) if key == "value" and type(each) is int else each
                for key, each in row.items()
            }
            for row in rows
        ]
    return told


def _points(hundredths: int) -> str:
    return f"{hundredths // 100},{hundredths % 100:02}"


def _kind(kind: str) -> str:
    area = _AREAS.get(kind.partition(".")[0], "lain")
    return f"{_KINDS.get(kind, f'catatan {area}')} ({kind})"


def _said(label: str, value: object) -> list[tuple[str, str]]:
    lines = [(label, line) for line, _ in zip(_flat("", value), range(MOST_LINES), strict=False)]
    if len(lines) == MOST_LINES:
        lines.append((label, "... dan seterusnya; --json memberi semuanya"))
    return lines


def _flat(name: str, value: object) -> Iterator[str]:
    """One line for each value, and for a list of plain ones, with the words that lead to it; without
    recursion, JSON may be deep."""
    stack = [(name, "", value)]
    while stack:
        name, key, value = stack.pop()
        inside: list[tuple[str, str, Any]] = []
        if isinstance(value, dict):
            inside = [(f"{name} {_FIELDS.get(inner, inner)}", inner, each) for inner, each in value.items()]
        elif isinstance(value, list) and any(isinstance(each, dict | list) for each in value):
            inside = [(f"{name} {number}", "", each) for number, each in enumerate(value, 1)]
        if not inside:
            yield f"{name.strip()} = {_value(key, value)}"
        stack.extend(reversed(inside))


def _value(key: str, value: object) -> str:
    """A value in words: states of a slip, months, lists of plain values."""
    if isinstance(value, list) and value:
        return "; ".join(_word(each) for each in value)
    if key == "state" and isinstance(value, str):
        return _STATES.get(value, value)
    if key == "month" and isinstance(value, str) and (found := _MONTH.fullmatch(value)):
        return f"{_MONTHS[int(found[2]) - 1]} {found[1]}"
    return _word(value)


def _word(value: object) -> str:
    if isinstance(value, bool) or value is None:
        return "kosong" if value is None else "ya" if value else "tidak"
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".") if abs(value) > 9999 else str(value)
    return "kosong" if value in ({}, [], "") else str(value)


def as_text(report: Report) -> str:
    """The report for a reader."""
    rows = [report.headline] + [f"{label + ':':<16}{value}" for label, value in report.lines]
    if report.fault:
        rows.append(report.fault.sentence(report.where))
    return "\n".join(plain(row) for row in rows)


def as_json(report: Report) -> str:
    """The report for a program."""
    fault = report.fault
    head: dict[str, Any] = {
        "status": fault.status if fault else 0,
        "fault": fault.name.lower() if fault else None,
        "genuine": fault is None or fault in (Fault.QUORUM_NOT_MET, Fault.POLICY_DEPENDENT),
        "sentence": fault.sentence(report.where) if fault else report.headline,
    }
    return json.dumps(head | report.data)

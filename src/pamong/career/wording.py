"""What the papers of a raise and of a delay say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pamong.career.contents import as_day
from pamong.career.subject import Anchor, find_anchor
from pamong.decisions.queries import government_on, rank_words
from pamong.decisions.site import site_law
from pamong.decisions.types import Case
from pamong.documents.terbilang import terbilang_rupiah
from pamong.kernel.clock import format_date
from pamong.kernel.money import Rupiah
from pamong.law import kgb
from pamong.people.choices import EmploymentKind
from pamong.people.queries.rows import PersonRow, find_row

_HEADS = {"Kota ": "Wali Kota", "Kabupaten ": "Bupati", "Provinsi ": "Gubernur"}
_TO = ["Yth. Bendahara Umum Daerah", "di tempat"]


def in_whose_name(case: Case) -> str:
    """The head of the government, in whose name a raise is signed (PP 7/1977 Pasal 12 ayat (1)); '' where his
    title does not follow from the government's name."""
    name = government_on(case.on).removeprefix("Pemerintah ")
    for begins, title in _HEADS.items():
        if name.startswith(begins):
            return f"{title} {name.removeprefix(begins)}"
    return ""


def notice(case: Case) -> Mapping[str, Any]:
    """The notice of a raise of a PNS or CPNS."""
    content, subject = case.content, _subject(case)
    anchor = find_anchor(case.person_id or 0, _day(content, "effective_on"))
    return {
        "about": f"Kenaikan gaji berkala a.n. {subject.full_name}",
        "name": subject.full_name,
        "to": _TO,
        "opening": "Diberitahukan bahwa masa kerja dan syarat kenaikan gaji berkala pegawai berikut sudah "
        "terpenuhi.",
        "person": _person(subject, case.on),
        "old": _old(content, anchor),
        "new": _new(content),
        "closing": "Sejak tanggal itu gajinya dibayarkan menurut gaji pokok yang baru.",
        "copies": _copies(subject),
    }  # fmt: skip


def decree(case: Case) -> Mapping[str, Any]:
    """The decision that gives a raise to a PPPK."""
    content, subject = case.content, _subject(case)
    since = _date(content, "effective_on")
    service = _service(content, "new")
    anchor = find_anchor(case.person_id or 0, _day(content, "effective_on"))
    last = f" (keputusan terakhir nomor {anchor.number})" if anchor and anchor.whole else ""
    dictum = [
        f"Memberikan kenaikan gaji berkala kepada {_whole(subject)}.",
        f"Gaji pokok {_amount(content, 'base_before')}{last} menjadi {_amount(content, 'base_after')} untuk "
        f"masa kerja {service}, terhitung mulai {since}.",
    ]
    if content["next_on"]:
        dictum.append(f"Kenaikan berikutnya jatuh pada {_date(content, 'next_on')} bila syaratnya terpenuhi.")
    return {
        "about": f"Kenaikan gaji berkala a.n. {subject.full_name}", "name": subject.full_name,
        "considering": [
            f"bahwa masa kerja {subject.full_name} mencapai {service} pada {_date(content, 'due_on')};",
            "bahwa syarat kenaikan gaji berkalanya terpenuhi;",
        ],
        "bases": [], "dictum": dictum, "copies": _copies(subject),
    }  # fmt: skip


def delay(case: Case) -> Mapping[str, Any]:
    """The decision that delays a raise (PP 7/1977 Pasal 13 ayat (4))."""
    content, subject = case.content, _subject(case)
    cited = kgb.delay_paper(site_law(), content["kind"], case.on)
    since, until = _date(content, "effective_on"), _date(content, "until")
    return {
        "about": f"Penundaan kenaikan gaji berkala a.n. {subject.full_name}", "name": subject.full_name,
        "considering": [content["reason"]],
        "bases": [cited.citation.text] if cited else [],
        "dictum": [
            f"Menunda kenaikan gaji berkala {_whole(subject)} yang jatuh pada {since} sampai {until}.",
            f"Kenaikan dinilai lagi sebelum {until}; bila syaratnya terpenuhi, berlaku mulai tanggal itu.",
        ],
        "copies": _copies(subject),
    }  # fmt: skip


def _subject(case: Case) -> PersonRow:
    found = find_row(case.person_id or 0, case.on)
    if found is None:  # the gates have just worked out his raise
        raise LookupError(f"no person {case.person_id}")
    return found


def _person(subject: PersonRow, on: date) -> list[list[str]]:
    rows = [
        ["Nama", subject.full_name], ["NIP", subject.nip], ["Status", EmploymentKind(subject.kind).label],
        ["Pangkat, golongan", rank_words(subject.golongan, on)], ["Jabatan", subject.post],
        ["Unit kerja", subject.unit],
    ]  # fmt: skip
    return [row for row in rows if row[1]]


def _old(content: Mapping[str, Any], anchor: Anchor | None) -> list[list[str]]:
    rows = [["Gaji pokok lama", _amount(content, "base_before")]]
    if anchor is not None and anchor.whole and anchor.on is not None:
        rows += [
            ["Keputusan tentang", anchor.what],
            ["Nomor dan tanggal", f"{anchor.number}, {format_date(anchor.on)}"],
        ]
    return [
        *rows,
        ["Berlaku sejak", _date(content, "old_since")],
        ["Masa kerja golongan", _service(content, "old")],
    ]  # fmt: skip


def _new(content: Mapping[str, Any]) -> list[list[str]]:
    rows = [
        ["Gaji pokok baru", _amount(content, "base_after")],
        ["Masa kerja golongan", _service(content, "new")],
        ["Golongan", content["golongan"]],
        ["Terhitung mulai", _date(content, "effective_on")],
    ]
    if content["next_on"]:
        rows.append(["Kenaikan berikutnya", f"{_date(content, 'next_on')}, bila syaratnya terpenuhi"])
    return rows


def _copies(subject: PersonRow) -> list[str]:
    head = [f"Kepala {subject.opd}"] if subject.opd else []
    return [*head, "Pegawai yang bersangkutan"]


def _whole(subject: PersonRow) -> str:
    return f"{subject.full_name}, NIP {subject.nip}" if subject.nip else subject.full_name


def _amount(content: Mapping[str, Any], name: str) -> str:
    rupiah = content[name]
    return "" if rupiah is None else f"{Rupiah(rupiah)} ({terbilang_rupiah(rupiah).lower()})"


def _service(content: Mapping[str, Any], which: str) -> str:
    years, months = content[f"{which}_years"], content[f"{which}_months"]
    return "" if years is None else f"{years} tahun {months} bulan"


def _day(content: Mapping[str, Any], name: str) -> date:
    return date.fromisoformat(content[name])


def _date(content: Mapping[str, Any], name: str) -> str:
    day = as_day(content[name])
    return format_date(day) if day else ""

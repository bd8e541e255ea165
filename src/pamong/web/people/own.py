"""My own data in plain words, and who looked at whose data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from pamong.access import policies
from pamong.access import queries as access
from pamong.access.errors import NotAllowed
from pamong.access.middleware import ActingRequest
from pamong.access.queries import ReadRow
from pamong.people import queries
from pamong.people.errors import PersonNotFound
from pamong.web import render
from pamong.web.jinja import url
from pamong.web.missing import missing
from pamong.web.people import parts, reading, words
from pamong.web.shapes import Pages, page_number

# What was seen, by the code that the read log keeps.
SEEN: dict[str, Any] = {
    "people.list": gettext_lazy("Melihat nama dalam daftar pegawai"),
    "people.search": gettext_lazy("Menemukan nama lewat pencarian"),
    "people.file": gettext_lazy("Membuka data kepegawaian"),
    "people.records": gettext_lazy("Membuka riwayat pencatatan data"),
    "people.entries": gettext_lazy("Melihat usulan perubahan data"),
    "people.preview": gettext_lazy("Melihat akibat usulan perubahan data"),
    "people.preview_number": gettext_lazy("Memeriksa usulan dengan nomor lengkap"),
    "people.evidence": gettext_lazy("Membuka berkas bukti"),
    "people.batch": gettext_lazy("Melihat baris berkas impor"),
    "people.export": gettext_lazy("Mengunduh daftar pegawai"),
    "people.register": gettext_lazy("Memakai data untuk menghitung tunjangan"),
    "people.erasures": gettext_lazy("Melihat usulan penghapusan isi pribadi"),
    "people.retiring": gettext_lazy("Melihat daftar pegawai yang akan pensiun"),
    "people.reveal.nip": gettext_lazy("Membuka NIP lengkap"),
    "people.reveal.nik": gettext_lazy("Membuka NIK lengkap"),
    "people.reveal.bankaccount": gettext_lazy("Membuka nomor rekening lengkap"),
    "attendance.days": gettext_lazy("Melihat hari-hari presensi"),
    "attendance.corrections": gettext_lazy("Melihat permintaan koreksi presensi dalam daftar"),
    "attendance.correction": gettext_lazy("Membuka permintaan koreksi presensi"),
    "attendance.correction_file": gettext_lazy("Membuka bukti koreksi presensi"),
    "attendance.sheet": gettext_lazy("Melihat daftar hadir yang ditulis petugas"),
    "attendance.board": gettext_lazy("Melihat papan kehadiran hari ini"),
    "decisions:inbox": gettext_lazy("Melihat keputusan tentang Anda dalam daftar tunggu"),
    "decisions:story": gettext_lazy("Membuka keputusan tentang Anda"),
    "decisions:person": gettext_lazy("Melihat daftar keputusan tentang Anda"),
    "decisions:order": gettext_lazy("Membuka surat keputusan tentang Anda"),
    "decisions:exceptions": gettext_lazy("Memeriksa pengecualian dalam keputusan"),
    "career.kgb": gettext_lazy("Melihat kenaikan gaji berkala Anda"),
    "career.prepare_due": gettext_lazy("Menghitung kenaikan gaji berkala yang jatuh tempo"),
    "career.changes": gettext_lazy("Melihat perubahan gaji pokok untuk perbendaharaan"),
    "pay:read": gettext_lazy("Melihat rincian tunjangan"),
    "pay:export": gettext_lazy("Mengunduh hitungan tunjangan"),
}
AREAS: dict[str, Any] = {
    "people": gettext_lazy("Melihat data kepegawaian"),
    "attendance": gettext_lazy("Melihat data presensi"),
    "performance": gettext_lazy("Melihat data kinerja"),
    "pay": gettext_lazy("Melihat data tunjangan"),
    "decisions": gettext_lazy("Melihat keputusan tentang Anda"),
    "quality": gettext_lazy("Memeriksa mutu data"),
    "organisation": gettext_lazy("Melihat jabatan dalam peta jabatan"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """One look: at what time, by whom, at what, and why."""

    time: str
    who: str
    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Day:
    """The looks of one day, newest first."""

    title: str
    looks: tuple[Look, ...]


@require_safe
@login_required
@missing(PersonNotFound)
def mine(request: ActingRequest) -> HttpResponse:
    """Show what is recorded about the one who is signed in, and what waits."""
    uid = queries.own_uid(actor=request.actor)
    if uid is None:
        return render(request, "people/mine.html", {"page": None})
    page = reading.person_page(request, uid, parts.PRIVATE)
    follow = access.scoped(request.actor, "people:read").whole
    more = [
        parts.tables(page.file, part, page.as_of.today, follow) for part in (parts.EDUCATION, parts.FAMILY)
    ]
    context = {
        "page": page,
        "file": page.file,
        "lists": [("education", more[0][0]), ("relative", more[1][0])],
        "entries": queries.list_own_entries(actor=request.actor),
        "me": request.actor.name,
        "propose": page.file.may_propose,
        "words": words,
    }
    return render(request, "people/mine.html", context)


@require_safe
@login_required
def own_reads(request: ActingRequest) -> HttpResponse:
    """Show who looked at the data of the one who is signed in."""
    found = queries.list_own_reads(actor=request.actor, page=page_number(request.GET))
    pages = Pages(found.page, found.last, lambda number: url("own_reads", hal=number))
    context = {"days": days_of(found.rows), "pages": pages, "own": True, "name": "", "uid": None}
    return render(request, "people/reads.html", context)


@require_safe
@login_required
@missing(PersonNotFound)
def reads(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show those who watch over the log who looked at somebody's data."""
    found = queries.list_reads(actor=request.actor, uid=uid, page=page_number(request.GET))
    pages = Pages(found.page, found.last, lambda number: url("people:reads", uid, hal=number))
    context = {"days": days_of(found.rows), "pages": pages, "own": False, "uid": uid}
    return render(request, "people/reads.html", context | {"name": _name(request, uid)})


def days_of(rows: Sequence[ReadRow]) -> list[Day]:
    """Looks by day; the same look again within a minute is told once."""
    told = [(words.instant(row.at), row) for row in rows]
    days = []
    for title, group in groupby(told, lambda pair: pair[0].rpartition(", ")[0]):
        looks = (
            Look(instant.rpartition(", ")[2], words.looker(row.actor), seen(row.path), row.reason)
            for instant, row in group
        )
        days.append(Day(title, tuple(dict.fromkeys(looks))))
    return days


def seen(path: str) -> str:
    """What was looked at, as a sentence that its owner understands."""
    known = SEEN.get(path) or AREAS.get(path.replace(":", ".").partition(".")[0])
    return str(known or _("Melihat data"))


def _name(request: ActingRequest, uid: UUID) -> str:
    """The name, for those who may know it: who watches the log need not see people's data."""
    if not policies.may(request.actor, "people:read"):
        return ""
    try:
        queries.require_person(request.actor, "people:read", uid)
    except (NotAllowed, PersonNotFound):
        return ""
    row = queries.get_row(actor=request.actor, on=request.actor.on, uid=uid)
    return row.full_name if row else ""

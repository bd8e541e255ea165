"""What stands in the rail, the bottom bar and on the home page: one registry, filtered by what one may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pamong.access import policies
from pamong.kernel.actor import Actor

RAIL_MOST = 7
BOTTOM_MOST = 4
# Who has any of these has a desk at which things arrive.
_DESKS = (
    "duty:verify", "people:verify", "people:import", "access:reset", "organisation:change",
    "decisions:appoint",
)  # fmt: skip
# At theirs, lists of payment arrive once a month.
_STEPS = ("pay:prepare", "pay:submit", "pay:treasury")


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the menu. ``permission`` '' is for everyone who is signed in; ``icon`` names a drawing.

    ``label`` and ``about`` are translated when shown. ``demo_only`` hides it on a real site; ``whole`` shows
    it only to those whose permission covers the whole government, ``own`` only to those with a person behind
    the account whose permission does not. ``person`` asks for a person behind the account, ``others`` for a
    permission over others than oneself. ``area`` is where its pages live, if that is more than below its own
    address. ``card_only`` stands on the home page alone, not in the rail. ``phone`` is its rank for the
    phone's bar where that is another than ``order``.
    """

    label: Any
    about: Any
    url_name: str
    icon: str
    order: int
    permission: str = ""
    demo_only: bool = False
    whole: bool = False
    own: bool = False
    person: bool = False
    others: bool = False
    area: str = ""
    card_only: bool = False
    phone: int | None = None

    @property
    def href(self) -> str:
        """The address of the page."""
        return reverse(self.url_name)


ENTRIES: tuple[Entry, ...] = (
    Entry(_("Beranda"), _("Yang dapat Anda lakukan di sini."), "home", "home", 0),
    Entry(
        _("Data saya"), _("Yang tercatat tentang Anda, usulan perubahan Anda, dan siapa yang melihatnya."),
        "mine", "user", 5, permission="people:read_private", person=True,
    ),
    Entry(
        _("Presensi"), _("Hari kerja Anda dan yang tercatat di mesin presensi, dengan sebabnya."),
        "presence:mine", "calendar", 5, permission="attendance:read", own=True, area="/presensi/",
    ),
    # Who signs has them first; of the others what waits stands on the home page.
    Entry(
        _("Keputusan"), _("Yang menunggu tanda tangan Anda, dengan syarat dan batas waktunya."),
        "decisions:inbox", "seal", 4, permission="decisions:appoint", whole=True, phone=4,
    ),
    Entry(
        _("Keputusan"), _("Yang Anda ajukan, yang tentang Anda, dan yang menunggu Anda."),
        "decisions:inbox", "check", 50, permission="decisions:memo", card_only=True,
    ),
    Entry(
        _("Pengecualian"), _("Keputusan yang tidak melalui jalan biasa, dengan alasannya."),
        "decisions:exceptions", "alert", 37, permission="decisions:exceptions", whole=True, card_only=True,
    ),
    Entry(
        _("Cuti saya"), _("Sisa cuti tahunan Anda, dan cuti yang Anda ajukan."),
        "leave:mine", "calendar", 48, permission="leave:read", person=True, card_only=True,
    ),
    Entry(
        _("Lowongan"), _("Jabatan yang dibuka untuk dilamar, lamaran Anda, dan seleksi yang Anda nilai."),
        "merit:index", "people", 49, permission="merit:apply", card_only=True,
    ),
    # Who looks after all of them has a full rail: his own days stand as a card.
    Entry(
        _("Presensi saya"), _("Hari kerja Anda dan yang tercatat di mesin presensi, dengan sebabnya."),
        "presence:mine", "calendar", 55, permission="attendance:read", whole=True, person=True,
        card_only=True,
    ),
    Entry(
        _("Tim hari ini"), _("Siapa di tim Anda yang sudah hadir, dan apa yang menunggu jawaban Anda."),
        "presence:today", "calendar", 51, permission="attendance:answer", card_only=True,
    ),
    Entry(
        _("Gangguan presensi"), _("Listrik padam atau mesin rusak: dilaporkan, disahkan, tidak merugikan."),
        "presence:outages", "alert", 52, permission="attendance:report", card_only=True,
    ),
    Entry(
        _("Catatan petugas"), _("Daftar hadir yang ditulis saat mesin rusak, diperiksa orang kedua."),
        "presence:sheets", "check", 53, permission="attendance:report", card_only=True,
    ),
    Entry(
        _("Mesin presensi"), _("Berkas mesin, pemilik PIN, dan sampai kapan data setiap mesin lengkap."),
        "presence:devices", "run", 54, permission="attendance:import", whole=True, card_only=True,
    ),
    Entry(
        _("Cuti, tugas, dan izin"),
        _("Dokumen yang mengecualikan hari kerja, dan yang menunggu persetujuan Anda."),
        "papers:desk", "check", 56, permission="duty:verify", card_only=True,
    ),
    Entry(
        _("Pegawai"), _("Siapa bertugas di mana, sejak kapan, berdasarkan SK yang mana."),
        "people:index", "people", 6, permission="people:read", others=True,
    ),
    Entry(
        _("Organisasi"), _("Unit, posisi, dan jabatan kosong, sekarang dan dahulu."),
        "organisation:tree", "tree", 7, permission="organisation:read",
    ),
    Entry(
        _("Tunjangan"),
        _("Tambahan Penghasilan Pegawai setiap bulan, sampai alasan setiap rupiahnya."),
        "pay:runs", "money", 10, permission="pay:read", whole=True, area="/tpp/",
    ),
    Entry(
        _("Tunjangan"), _("Tambahan Penghasilan Pegawai Anda setiap bulan, dengan alasannya."),
        "pay:own", "money", 11, permission="pay:read", own=True, area="/tpp/", phone=6,
    ),
    Entry(
        _("Pembayaran"),
        _("Bulan TPP sebagai jalur: dari hitungan sampai cair, setiap perangkat daerah sendiri."),
        "pay:months", "slip", 12, permission="pay:lists", others=True, card_only=True,
    ),
    Entry(
        _("Perbendaharaan"), _("Daftar yang menunggu SP2D, daftar SP2D yang dibaca, dan pagu."),
        "pay:treasury", "check", 13, permission="pay:treasury", area="/tpp/bulan/perbendaharaan/",
    ),
    Entry(
        _("Kenaikan gaji berkala"),
        _("Siapa naik gaji bulan apa menurut peraturan, syaratnya, dan suratnya."),
        "career:dues", "calendar", 36, permission="career:read", others=True, card_only=True,
    ),
    Entry(
        _("Perubahan gaji"), _("Kenaikan gaji yang sudah ditandatangani, menurut bulan gajinya."),
        "career:changes", "money", 14, permission="career:changes", whole=True, card_only=True,
    ),
    Entry(
        _("Kenaikan gaji saya"), _("Kenaikan gaji berkala Anda yang sudah ditetapkan, dan yang berikutnya."),
        "career:own", "money", 57, permission="career:read", person=True, card_only=True,
    ),
    Entry(
        _("Buku segel"), _("Apa yang dikunci, siapa yang menyaksikan, dan hasil audit terakhir."),
        "ledger:status", "seal", 34, permission="ledger:read", area="/segel/",
    ),
    Entry(
        _("Catatan tentang saya"), _("Yang tersegel tentang Anda, dengan bukti yang dapat Anda simpan."),
        "ledger:mine", "seal", 59, permission="people:read_private", person=True, card_only=True,
    ),
    Entry(
        _("Usulan data"), _("Perubahan data pegawai yang menunggu keputusan orang kedua."),
        "entries:index", "check", 35, permission="people:verify", area="/usulan/", phone=6,
    ),
    Entry(
        _("Mutu data"), _("Data yang kurang, keliru, atau terlambat: apa, siapa yang membenahi, di mana."),
        "quality:index", "alert", 36, permission="quality:read", area="/mutu-data/",
    ),
    Entry(
        _("Aturan"), _("Setiap nilai hukum yang dipakai menghitung, sejak kapan, dan dari pasal mana."),
        "law:index", "law", 60,
    ),
    Entry(
        _("Akun"), _("Siapa dapat masuk, dengan peran apa; atur ulang oleh dua operator."),
        "accounts:index", "user", 70, permission="access:grant", area="/akun/",
    ),
    Entry(
        _("Impor data"), _("Ekspor SIASN, peta jabatan, keluarga, dan pendidikan menjadi data di sini."),
        "imports:index", "run", 50, permission="people:import", card_only=True,
    ),
    # Once a month: cards, so that the rail keeps what is opened each day.
    Entry(
        _("Kinerja saya"), _("Menit kerja Anda sebulan, untuk diverifikasi atasan."), "performance:mine",
        "clock", 56, permission="performance:enter", person=True, card_only=True,
    ),
    Entry(
        _("Kinerja tim"), _("Isian bulanan orang-orang Anda: yang perlu dilihat dulu, lalu verifikasi."),
        "performance:team", "check", 57, permission="performance:verify", card_only=True,
    ),
    Entry(
        _("Isian bulanan"), _("Siapa di unit Anda yang belum mengisi, dan berkas isian bulanan."),
        "performance:office", "file", 58, permission="performance:import", card_only=True,
    ),
    Entry(
        _("Jadwal dinas"), _("Siapa berdinas kapan di unit yang bergiliran, dari berkas jadwalnya."),
        "presence:roster", "calendar", 51, permission="attendance:roster", card_only=True,
    ),
    Entry(
        _("Tukar dinas"), _("Bertukar jadwal dengan rekan, dengan persetujuan atasan."),
        "presence:swaps", "calendar", 56, permission="attendance:swap", person=True, card_only=True,
    ),
    Entry(
        _("Profil saya"), _("Nama, peran, kata sandi, dan faktor kedua Anda."), "profile", "user", 80,
        card_only=True,
    ),
    Entry(
        _("Galeri komponen"), _("Semua bagian halaman dalam semua keadaannya."), "gallery", "gallery", 90,
        permission="system:operate", demo_only=True,
    ),
)  # fmt: skip


def entries_for(actor: Actor) -> tuple[Entry, ...]:
    """The menu of a signed-in actor, in order, at most seven. Nothing for the public."""
    if actor.user_id is None:
        return ()
    return tuple(entry for entry in cards_for(actor) if not entry.card_only)[:RAIL_MOST]


def cards_for(actor: Actor) -> tuple[Entry, ...]:
    """All that a signed-in actor can open, in order: the home page shows each as a card."""
    if actor.user_id is None:
        return ()
    return tuple(entry for entry in sorted(ENTRIES, key=lambda entry: entry.order) if _shows(entry, actor))


def bottom_for(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The phone's four, in the order of the menu: an officer on his feet looks up people and decides what
    waits; the home page lists all of them as cards."""
    ranked = sorted(entries, key=lambda entry: entry.order if entry.phone is None else entry.phone)
    first = ranked[:BOTTOM_MOST]
    return tuple(entry for entry in entries if entry in first)


def has_desk(actor: Actor) -> bool:
    """Whether things arrive at a desk of this actor, so that nothing waiting is worth a sentence."""
    return any(policies.may(actor, permission) for permission in _DESKS)


def has_count(actor: Actor) -> bool:
    """Whether anything ever waits for this actor, so that pages tell how much."""
    if actor.user_id is None:
        return False
    return has_desk(actor) or any(policies.may(actor, permission) for permission in _STEPS)


def _shows(entry: Entry, actor: Actor) -> bool:
    if entry.demo_only and not (settings.DEBUG or settings.PAMONG_DEMO):
        return False
    if entry.own and (actor.person_id is None or policies.may_over(actor, entry.permission, "")):
        return False
    if entry.person and actor.person_id is None:
        return False
    if entry.others and not policies.may_over_others(actor, entry.permission):
        return False
    if entry.whole:
        return bool(policies.may_over(actor, entry.permission, ""))
    return not entry.permission or bool(policies.may(actor, entry.permission))

"""What an entry tells of, in words, by its kind; and the page of the thing that it names.

An entry keeps what its event said, not the event: a title and the public fields say it again. A test holds
this list and the events together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entry. ``title`` is translated when shown; ``route`` names the page of the thing, whose id
    stands in the public field ``field`` ('' for a page without one)."""

    title: Any
    route: str = ""
    field: str = "uid"


# What domains are called, in the order of the list to choose from.
DOMAINS: Mapping[str, Any] = {
    "people": _("Data pegawai"),
    "organisation": _("Organisasi"),
    "attendance": _("Presensi"),
    "leave": _("Cuti"),
    "performance": _("Kinerja"),
    "decisions": _("Keputusan"),
    "career": _("Karier"),
    "merit": _("Pengisian jabatan"),
    "pay": _("Tunjangan"),
    "access": _("Akun dan peran"),
    "ledger": _("Buku segel"),
    "law": _("Aturan"),
    "demo": _("Peragaan"),
}
_PEOPLE: Mapping[str, Kind] = {
    "people.created": Kind(_("Pegawai ditambahkan"), "people:person", "person"),
    "people.user_linked": Kind(_("Akun dihubungkan dengan pegawai"), "people:person", "person"),
    "people.user_unlinked": Kind(_("Akun dilepas dari pegawai"), "people:person", "person"),
    "people.evidence_added": Kind(_("Bukti data pegawai ditambahkan"), "people:person", "person"),
    "people.checked": Kind(_("Bukti data pegawai diperiksa"), "people:person", "person"),
    "people.stored": Kind(_("Data pegawai disimpan"), "people:person", "person"),
    "people.proposed": Kind(_("Perubahan data pegawai diusulkan"), "entries:entry", "entry"),
    "people.accepted": Kind(_("Perubahan data pegawai disetujui"), "entries:entry", "entry"),
    "people.refused": Kind(_("Perubahan data pegawai ditolak"), "entries:entry", "entry"),
    "people.withdrawn": Kind(_("Usulan perubahan data ditarik"), "entries:entry", "entry"),
    "people.erasure_proposed": Kind(_("Penghapusan isi pribadi diusulkan"), "people:erasure", "erasure"),
    "people.erasure_decided": Kind(_("Penghapusan isi pribadi diputuskan"), "people:erasure", "erasure"),
    "people.imported": Kind(_("Berkas impor disimpan"), "imports:batch", "batch"),
    "people.import_undone": Kind(_("Impor dibatalkan"), "imports:batch", "batch"),
    "people.import_recall_dropped": Kind(_("Pembatalan impor tidak jadi"), "imports:batch", "batch"),
    "people.import_refused": Kind(_("Impor tidak disetujui"), "imports:batch", "batch"),
    "people.import_discarded": Kind(_("Impor tidak dipakai"), "imports:batch", "batch"),
    "people.twin_decided": Kind(_("Kemungkinan orang yang sama diputuskan"), "imports:batch", "batch"),
    "people.quality_judged": Kind(_("Temuan mutu data dinilai"), "quality:index", ""),
}
_ORGANISATION: Mapping[str, Kind] = {
    "organisation.site_created": Kind(_("Lokasi kerja dicatat")),
    "organisation.unit_created": Kind(_("Unit dibentuk"), "organisation:unit", "unit"),
    "organisation.unit_changed": Kind(_("Unit berubah"), "organisation:unit", "unit"),
    "organisation.unit_corrected": Kind(_("Riwayat unit dibetulkan"), "organisation:unit", "unit"),
    "organisation.unit_rescinded": Kind(_("Riwayat unit dipulihkan"), "organisation:unit", "unit"),
    "organisation.unit_making_rescinded": Kind(_("Unit batal dibentuk"), "organisation:unit", "unit"),
    "organisation.unit_closed": Kind(_("Unit ditutup"), "organisation:unit", "unit"),
    "organisation.post_created": Kind(_("Jenis jabatan dicatat")),
    "organisation.seats_created": Kind(_("Posisi ditambahkan")),
    "organisation.seat_changed": Kind(_("Posisi berubah"), "organisation:seat", "seat"),
    "organisation.seat_closed": Kind(_("Posisi dihapus"), "organisation:seat", "seat"),
    "organisation.seat_rescinded": Kind(_("Pembuatan posisi dibatalkan"), "organisation:seat", "seat"),
    "organisation.lines_set": Kind(_("Garis atasan ditetapkan")),
    "organisation.workload_set": Kind(_("Kebutuhan pegawai ditetapkan"), "organisation:unit", "unit"),
    "organisation.proposed": Kind(_("Perubahan organisasi diusulkan"), "organisation:proposal"),
    "organisation.approved": Kind(_("Perubahan organisasi disetujui"), "organisation:proposal"),
    "organisation.refused": Kind(_("Perubahan organisasi ditolak"), "organisation:proposal"),
    "organisation.withdrawn": Kind(_("Usulan organisasi ditarik"), "organisation:proposal"),
    "organisation.reorganisation_drafted": Kind(
        _("Penataan organisasi disusun"), "organisation:reorganisation"
    ),
    "organisation.reorganisation_adopted": Kind(
        _("Penataan organisasi ditetapkan"), "organisation:reorganisation"
    ),
    "organisation.reorganisation_withdrawn": Kind(
        _("Penataan organisasi dibatalkan"), "organisation:reorganisation"
    ),
}
_ATTENDANCE: Mapping[str, Kind] = {
    "attendance.attachment_kept": Kind(_("Berkas bukti presensi disimpan")),
    "attendance.punches_vouched": Kind(_("Presensi dicatat dengan persetujuan orang kedua")),
    "attendance.outage_stepped": Kind(_("Gangguan presensi"), "presence:outage", "outage"),
    "attendance.sheet_stepped": Kind(_("Daftar hadir petugas"), "presence:sheet", "sheet"),
    "attendance.paper_entered": Kind(_("Dokumen presensi dimasukkan"), "papers:paper", "paper"),
    "attendance.paper_decided": Kind(_("Dokumen presensi diputuskan"), "papers:paper", "paper"),
    "attendance.group_registered": Kind(_("Kelompok mesin presensi dicatat"), "presence:group", "group"),
    "attendance.device_registered": Kind(_("Mesin presensi dicatat"), "presence:device", "device"),
    "attendance.device_placed": Kind(_("Mesin presensi ditempatkan"), "presence:device", "device"),
    "attendance.device_ended": Kind(_("Mesin presensi tidak dipakai lagi"), "presence:device", "device"),
    "attendance.pin_assigned": Kind(_("PIN presensi diberikan"), "presence:group", "group"),
    "attendance.pin_ended": Kind(_("PIN presensi berakhir"), "presence:group", "group"),
    "attendance.punches_stored": Kind(_("Berkas mesin presensi disimpan"), "presence:device", "device"),
    "attendance.week_set": Kind(_("Hari kerja unit ditetapkan"), "organisation:unit", "unit"),
    "attendance.excuses_set": Kind(_("Pengecualian hari kerja dicatat")),
    "attendance.shift_defined": Kind(_("Jam dinas ditetapkan"), "presence:shift", "shift"),
    "attendance.shift_ended": Kind(_("Kode dinas tidak berlaku lagi"), "presence:shift", "shift"),
    "attendance.roster_entered": Kind(_("Jadwal dinas disimpan"), "presence:roster", ""),
    "attendance.swap_asked": Kind(_("Tukar dinas diusulkan")),
    "attendance.swap_stepped": Kind(_("Tukar dinas dijawab")),
}
_PAY: Mapping[str, Kind] = {
    "pay.run_started": Kind(_("Hitungan TPP dimulai"), "pay:run"),
    "pay.run_published": Kind(_("Hitungan TPP terbit"), "pay:run"),
    "pay.run_cancelled": Kind(_("Hitungan TPP dibatalkan"), "pay:run"),
    "pay.paid_list_compared": Kind(_("Daftar yang dibayar dibandingkan"), "pay:comparison"),
    "pay.lists_opened": Kind(_("Daftar pembayaran disusun"), "pay:run", "run"),
    "pay.list_moved": Kind(_("Daftar pembayaran melangkah"), "pay:list"),
    "pay.item_held": Kind(_("Penangguhan pada daftar pembayaran"), "pay:list"),
    "pay.file_made": Kind(_("Berkas pembayaran dibuat"), "pay:list", "list"),
    "pay.treasury_file_read": Kind(_("Daftar SP2D dibaca"), "pay:treasury", ""),
    "pay.budget_proposed": Kind(_("Pagu diusulkan"), "pay:budgets", ""),
    "pay.budget_decided": Kind(_("Pagu diputuskan"), "pay:budgets", ""),
    "pay.differences_posted": Kind(_("Selisih bulan yang sudah dibayar dicatat"), "pay:differences", ""),
    "pay.overpayment_opened": Kind(_("Kelebihan bayar dicatat"), "pay:owed"),
    "pay.plan_proposed": Kind(_("Rencana angsuran diusulkan"), "pay:owed", "overpayment"),
    "pay.plan_decided": Kind(_("Rencana angsuran diputuskan"), "pay:owed", "overpayment"),
    "pay.deposit_recorded": Kind(_("Setoran kelebihan bayar dicatat"), "pay:owed", "overpayment"),
}
_DECISIONS: Mapping[str, Kind] = {
    "decisions.proposed": Kind(_("Keputusan diusulkan"), "decisions:decision", "decision"),
    "decisions.answered": Kind(_("Usulan keputusan dijawab"), "decisions:decision", "decision"),
    "decisions.ordered": Kind(_("Surat keputusan diberi nomor"), "decisions:decision", "decision"),
    "decisions.closed": Kind(_("Usulan keputusan berakhir"), "decisions:decision", "decision"),
    "decisions.order_ended": Kind(_("Surat keputusan berakhir"), "decisions:decision", "decision"),
    "decisions.objected": Kind(_("Keberatan diajukan"), "decisions:decision", "decision"),
    "decisions.objection_lifted": Kind(_("Keberatan dicabut"), "decisions:decision", "decision"),
    "decisions.memo_filed": Kind(_("Arahan lisan dicatat"), "decisions:memos", ""),
}
_OTHERS: Mapping[str, Kind] = {
    "career.kgb_prepared": Kind(_("Daftar kenaikan gaji berkala disiapkan"), "career:dues", ""),
    "career.kgb_delayed": Kind(_("Kenaikan gaji berkala ditunda")),
    "career.kgb_given": Kind(_("Kenaikan gaji berkala ditetapkan")),
    "career.kgb_taken_back": Kind(_("Akibat kenaikan gaji berkala ditarik")),
    "merit.opened": Kind(_("Lowongan dibuka"), "merit:vacancy", "vacancy"),
    "merit.step_taken": Kind(_("Langkah lowongan diambil"), "merit:vacancy", "vacancy"),
    "merit.panel_appointed": Kind(_("Panitia seleksi ditetapkan"), "merit:vacancy", "vacancy"),
    "merit.member_recused": Kind(_("Anggota panitia tidak ikut menilai"), "merit:vacancy", "vacancy"),
    "merit.member_present": Kind(_("Anggota panitia hadir"), "merit:vacancy", "vacancy"),
    "merit.applied": Kind(_("Lamaran dikirim"), "merit:apply", "vacancy"),
    "merit.condition_overruled": Kind(_("Syarat dikesampingkan"), "merit:vacancy", "vacancy"),
    "merit.score_given": Kind(_("Nilai disegel"), "merit:vacancy", "vacancy"),
    "merit.scores_opened": Kind(_("Nilai dibuka"), "merit:apply", "vacancy"),
    "merit.ranked": Kind(_("Peringkat dikunci"), "merit:apply", "vacancy"),
    "merit.name_refused": Kind(_("Nama di luar daftar ditolak"), "merit:vacancy", "vacancy"),
    "merit.chosen": Kind(_("Calon dipilih"), "merit:result", "vacancy"),
    "merit.appointment_annulled": Kind(_("Pengangkatan dicabut"), "merit:vacancy", "vacancy"),
    "leave.kept": Kind(_("Presensi pada hari cuti diperiksa")),
    "ledger.first_day": Kind(_("Hari pertama situs ditetapkan")),
    "leave.list_brought": Kind(_("Daftar cuti dimasukkan"), "papers:list", "paper"),
    "performance.month_entered": Kind(_("Kinerja sebulan diisi")),
    "performance.month_verified": Kind(_("Kinerja sebulan diverifikasi")),
    "performance.sheet_moved": Kind(_("Isian bulanan diproses"), "performance:sheet", "file"),
    "performance.sheet_stored": Kind(_("Isian bulanan disimpan"), "performance:sheet", "file"),
    "access.user_created": Kind(_("Akun dibuat")),
    "access.role_granted": Kind(_("Peran diberikan")),
    "access.role_ended": Kind(_("Peran diakhiri")),
    "access.role_rescinded": Kind(_("Pemberian peran dibatalkan")),
    "access.request_asked": Kind(_("Permintaan tentang akun diajukan"), "accounts:requests", ""),
    "access.request_done": Kind(_("Permintaan tentang akun dilaksanakan"), "accounts:requests", ""),
    "access.request_refused": Kind(_("Permintaan tentang akun ditolak"), "accounts:requests", ""),
    "access.request_withdrawn": Kind(_("Permintaan tentang akun ditarik"), "accounts:requests", ""),
    "access.mail_chosen": Kind(_("Surel pengingat diatur")),
    "ledger.sealed": Kind(_("Dasar bagi data yang dilindungi ditetapkan")),
    "ledger.rows": Kind(_("Baris yang dilindungi ditulis")),
    "ledger.bound": Kind(_("Tabel diikat ke buku segel")),
    "ledger.unbound": Kind(_("Tabel dilepas dari buku segel")),
    "ledger.erased": Kind(_("Isi pribadi dihapus")),
    "ledger.rows_erased": Kind(_("Isi baris di buku segel dihapus")),
    "ledger.policy_set": Kind(_("Kebijakan saksi luar ditetapkan"), "ledger:policy", ""),
    "ledger.key_changed": Kind(_("Kunci buku segel diganti"), "ledger:policy", ""),
    "law.in_force": Kind(_("Aturan yang berlaku dinyatakan"), "law:index", ""),
    "demo.opened": Kind(_("Kota rekaan dimasukkan sebagai data awal")),
}
KINDS: Mapping[str, Kind] = {**_PEOPLE, **_ORGANISATION, **_ATTENDANCE, **_PAY, **_DECISIONS, **_OTHERS}
_AREAS = {"leave": "cuti", "duty": "surat-tugas", "permit": "izin", "muster": "apel"}


def title_of(kind: str) -> str:
    """What an entry of a kind tells of; the kind itself where we have no word for it."""
    return str(KINDS[kind].title) if kind in KINDS else kind


def is_trail(kind: str) -> bool:
    """Whether an entry only tells what the act before it wrote."""
    return kind in ("ledger.rows", "ledger.sealed")


def groups() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The kinds to choose from, by domain: (domain, (kind, title)...)."""
    for domain, name in DOMAINS.items():
        found = [(kind, str(each.title)) for kind, each in KINDS.items() if kind.startswith(f"{domain}.")]
        yield str(name), sorted(found, key=lambda pair: pair[1])


def href_of(kind: str, public: Mapping[str, Any]) -> str:
    """The page of the thing that an entry names; '' where there is none."""
    known = KINDS.get(kind)
    if known is None or not known.route:
        return ""
    arguments = [public.get(known.field)] if known.field else []
    if known.route == "papers:paper":
        arguments = [_AREAS.get(str(public.get("register"))), *arguments]
    try:
        return reverse(known.route, args=arguments)
    except NoReverseMatch:  # an entry whose field is missing, or no id
        return ""

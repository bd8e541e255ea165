"""What can be entered about a person: one subject for each dated table, in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from pamong.kernel.errors import InvalidValue
from pamong.kernel.nik import Nik
from pamong.kernel.nip import nip_fault
from pamong.people.choices import AppointmentKind, EmploymentKind, EndReason, Relation
from pamong.people.subjects.fields import Field, Input, Subject

_ROMAN = (
    *("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"),
    *("XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII"),
)
GOLONGAN_PNS = tuple(f"{row}/{room}" for row in _ROMAN[:4] for room in ("abcde" if row == "IV" else "abcd"))
GOLONGAN_PPPK = _ROMAN


def _labelled(kinds: Iterable[Any]) -> tuple[tuple[str, str], ...]:
    return tuple((kind.value, kind.label) for kind in kinds)


def _nik(value: str) -> str:
    try:
        Nik.parse(value)
    except InvalidValue as error:
        return str(error).removeprefix("NIK ").rstrip(".")
    return ""


def _matches(pattern: str, what: str) -> Callable[[Any], str]:
    return lambda value: "" if re.fullmatch(pattern, str(value)) else what


def _between(least: int, most: int) -> Callable[[Any], str]:
    return lambda value: "" if least <= value <= most else f"{value} di luar {least} sampai {most}"


def _own(*fields: Field) -> tuple[Field, ...]:
    """Fields that the employee may propose for himself."""
    return tuple(replace(field, own=True) for field in fields)


_EMAIL = _matches(r"[^@\s]+@[^@\s]+\.[^@\s]+", "bukan alamat surel, contoh: nama@contoh.go.id")
_PHONE = _matches(r"\+?[0-9][0-9 \-]{6,18}", "bukan nomor telepon, contoh: 0812 3456 7890")
_TITLE, _WORDS, _LINE, _NUMBER = 60, 100, 300, 50  # the most letters of titles, short words, sentences
_ORDER = (
    Field("order_no", "Nomor SK", help="Seperti tertulis pada surat keputusan.", fresh=True, most=_WORDS),
    Field("order_on", "Tanggal SK", Input.DATE, fresh=True, blank=None),
)
_SEXES = (("L", "Laki-laki"), ("P", "Perempuan"))


def _listed(*values: str) -> tuple[tuple[str, str], ...]:
    return tuple((value, value) for value in values)


_RELIGIONS = _listed(
    *("Islam", "Kristen", "Katolik", "Hindu", "Buddha", "Khonghucu"), "Kepercayaan terhadap Tuhan YME"
)
_MARITAL = _listed("Belum kawin", "Kawin", "Cerai hidup", "Cerai mati")
# As the SIASN export names them; what else it brings is kept and offered as well.
_STANDINGS = _listed(
    *("Aktif", "PPPK Aktif", "CLTN", "Cuti Luar Tanggungan Negara", "Perpanjangan CLTN", "Tugas Belajar"),
    *("Masa Persiapan Pensiun", "Pemberhentian Sementara", "Penerima Uang Tunggu", "Pejabat Negara"),
)
_GROUNDS = ("Kenaikan pangkat reguler", "Kenaikan pangkat pilihan", "Penyesuaian ijazah", "Pengangkatan")

IDENTITY = Subject(
    "identity",
    "Identitas",
    "Nama dan gelar persis seperti tertulis, kelahiran, dan NIK.",
    (
        Field("name", "Nama tanpa gelar", required=True, help="Seperti pada KTP; satu kata pun boleh."),
        Field(
            "front_title",
            "Gelar depan",
            help="Persis seperti pada ijazah: dr. bukan Dr.",
            own=True,
            most=_TITLE,
        ),
        Field("back_title", "Gelar belakang", help="Contoh: S.Kom., M.A.P.", own=True, most=_TITLE),
        Field("birth_place", "Tempat lahir", lifelong=True, most=_WORDS),
        Field("birth_date", "Tanggal lahir", Input.DATE, required=True, lifelong=True, blank=None),
        Field("sex", "Jenis kelamin", Input.CHOICE, required=True, choices=_SEXES, lifelong=True),
        Field("religion", "Agama", Input.LIST, choices=_RELIGIONS, own=True),
        Field("marital", "Status kawin", Input.LIST, choices=_MARITAL, own=True),
        Field("nik", "NIK", help="16 digit, seperti pada KTP.", blank=None, check=_nik),
    ),
    evidence="KTP atau kartu keluarga; ijazah untuk gelar",
    resumes=True,
)
CONTACT = Subject(
    "contact",
    "Kontak",
    "Alamat dan nomor untuk menghubungi.",
    _own(
        Field("address", "Alamat", most=_LINE),
        Field("phone", "Telepon", check=_PHONE),
        Field("email", "Surel pribadi", check=_EMAIL),
        Field("work_email", "Surel dinas", check=_EMAIL),
    ),
    evidence="KTP untuk alamat; telepon dan surel tidak memerlukan bukti",
    resumes=True,
)
BANKACCOUNT = Subject(
    "bankaccount",
    "Rekening",
    "Rekening tempat gaji dan tunjangan dibayarkan.",
    _own(
        Field("bank", "Bank", required=True, most=_WORDS),
        Field(
            "number",
            "Nomor rekening",
            required=True,
            help="Angka saja.",
            check=_matches(r"[0-9]{5,20}", "harus 5 sampai 20 angka, tanpa tanda lain"),
        ),
        Field("holder", "Atas nama", required=True, help="Seperti tertulis pada buku tabungan."),
    ),
    evidence="halaman depan buku tabungan",
    resumes=True,
    affects="pembayaran",
)
EMPLOYMENT = Subject(
    "employment",
    "Kepegawaian",
    "Jenis kepegawaian, NIP, dan kedudukan hukum; juga kapan dan mengapa berakhir.",
    (
        Field("kind", "Jenis kepegawaian", Input.CHOICE, required=True, choices=_labelled(EmploymentKind)),
        Field("nip", "NIP", help="18 digit.", blank=None, check=nip_fault),
        Field(
            "standing",
            "Kedudukan hukum",
            Input.LIST,
            required=True,
            choices=_STANDINGS,
        ),
        Field("end_reason", "Alasan berhenti", Input.CHOICE, choices=_labelled(EndReason), fresh=True),
        *_ORDER,
    ),
    evidence="surat keputusan pengangkatan atau pemberhentian",
    resumes=True,
    affects="gaji dan TPP",
)
RANK = Subject(
    "rank",
    "Golongan",
    "Golongan ruang PNS atau golongan PPPK.",
    (
        Field(
            "golongan",
            "Golongan",
            Input.CHOICE,
            required=True,
            choices=_listed(*GOLONGAN_PNS, *GOLONGAN_PPPK),
            anew=True,
        ),
        Field("ground", "Dasar", suggestions=_GROUNDS, fresh=True),
        *_ORDER,
    ),
    evidence="surat keputusan kenaikan pangkat",
    affects="gaji",
)
SALARYSTEP = Subject(
    "salarystep",
    "Masa kerja golongan",
    "Masa kerja yang menentukan gaji pokok.",
    (
        Field("mkg_years", "Tahun", Input.NUMBER, required=True, blank=None, check=_between(0, 60)),
        Field("mkg_months", "Bulan", Input.NUMBER, blank=0, check=_between(0, 11)),
        Field("ground", "Dasar", suggestions=("Kenaikan gaji berkala", *_GROUNDS), fresh=True),
        *_ORDER,
    ),
    evidence="surat kenaikan gaji berkala atau keputusan kenaikan pangkat",
    affects="gaji",
)
APPOINTMENT = Subject(
    "appointment",
    "Jabatan",
    "Posisi yang dipegang: definitif, Plt., Plh., serah terima, atau hak kembali.",
    (
        Field("kind", "Jenis pengangkatan", Input.CHOICE, required=True, choices=_labelled(AppointmentKind)),
        Field("seat", "Posisi", Input.SEAT, required=True, blank=None),
        *_ORDER,
        Field("note", "Catatan", fresh=True, most=_LINE),
    ),
    evidence="surat keputusan pengangkatan atau surat perintah",
    affects="TPP",
)
EDUCATION = Subject(
    "education",
    "Pendidikan",
    "Ijazah dengan gelar yang diberikannya.",
    _own(
        Field(
            "level",
            "Jenjang",
            required=True,
            most=_NUMBER,
            suggestions=(
                "SD",
                "SLTP",
                "SLTA",
                "D-I",
                "D-II",
                "D-III",
                "D-IV",
                "S-1",
                "Profesi",
                "S-2",
                "S-3",
            ),
        ),
        Field("programme", "Program studi"),
        Field("school", "Sekolah atau perguruan tinggi", required=True),
        Field("graduated_on", "Tanggal lulus", Input.DATE, blank=None),
        Field("graduated_year", "Tahun lulus", Input.NUMBER, blank=None, check=_between(1940, 2100)),
        Field("diploma_no", "Nomor ijazah", most=_WORDS),
        Field("front_title", "Gelar depan", help="Persis seperti pada ijazah.", most=_TITLE),
        Field("back_title", "Gelar belakang", help="Persis seperti pada ijazah.", most=_TITLE),
    ),
    evidence="ijazah atau transkrip",
    several=True,
)
RELATIVE = Subject(
    "relative",
    "Keluarga",
    "Suami atau istri, anak, dan kerabat; juga kerabat yang bekerja di sini.",
    _own(
        Field("relation", "Hubungan", Input.CHOICE, required=True, choices=_labelled(Relation)),
        Field("name", "Nama", required=True),
        Field("sex", "Jenis kelamin", Input.CHOICE, choices=_SEXES),
        Field("birth_date", "Tanggal lahir", Input.DATE, blank=None),
        Field("nik", "NIK", blank=None, check=_nik),
        Field("occupation", "Pekerjaan", most=_WORDS),
        Field("relative", "Pegawai", Input.PERSON, help="Bila kerabat ini juga pegawai di sini.", blank=None),
        Field("entitled", "Masuk daftar tunjangan keluarga", Input.YES_NO, blank=False),
        Field("married_on", "Tanggal menikah", Input.DATE, blank=None),
    ),
    evidence="kartu keluarga, akta nikah, atau akta kelahiran",
    several=True,
    affects="tunjangan keluarga",
)
SUBJECTS = {
    subject.code: subject
    for subject in (
        IDENTITY, CONTACT, BANKACCOUNT, EMPLOYMENT, RANK, SALARYSTEP, APPOINTMENT, EDUCATION, RELATIVE,
    )
}  # fmt: skip

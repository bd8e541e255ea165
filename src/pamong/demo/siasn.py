"""A person as a row of the SIASN export "data ASN instansi", with the export's own habits.

Numbers carry a leading apostrophe, dates are day-first, empty cells are sometimes the word ``null``. What
nobody needs here (religion, tax number, health insurance) is left empty rather than invented.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pamong.demo.career import AS_OF
from pamong.demo.city import stream
from pamong.demo.people import Person

GOVERNMENT = "Pemerintah Kota Contoh"
MAIL_DOMAIN = "kotacontoh.example"
_EMPLOYEE = ("15", "PNS Daerah Kab./Kota yang bekerja pada Kab./Kota")
_AGENCY = {
    "KPKN ID": "CONTOH-KPKN",
    "KPKN NAMA": "KPKN CONTOH",
    "LOKASI KERJA ID": "CONTOH-KAB-1",
    "LOKASI KERJA NAMA": "Kota Contoh",
    "INSTANSI INDUK ID": "CONTOH-INS-1",
    "INSTANSI INDUK NAMA": GOVERNMENT,
    "INSTANSI KERJA ID": "CONTOH-INS-1",
    "INSTANSI KERJA NAMA": GOVERNMENT,
    "SATUAN KERJA INDUK ID": "CONTOH-SAT-1",
    "SATUAN KERJA INDUK NAMA": GOVERNMENT,
    "IS VALID NIK": "1",
    "FLAG IKD": "1",
}


def siasn_row(person: Person, seed: str) -> dict[str, str]:
    """All headings of the export that have something to say about a person."""
    return _AGENCY | _identity(person, seed) | _employment(person) | _post(person) | _schooling(person)


def _identity(person: Person, seed: str) -> dict[str, str]:
    draws = stream(seed, "contact", person.index)
    user = f"{person.name.split()[0].lower()}.{person.pin}"
    return {
        "PNS ID": str(UUID(int=draws.getrandbits(128), version=4)).upper(),
        "NIP BARU": f"'{person.nip}",
        "NAMA": person.name,
        "GELAR DEPAN": person.front,
        "GELAR BELAKANG": person.back or "null",
        "TEMPAT LAHIR ID": "CONTOH-KAB-1",
        "TEMPAT LAHIR NAMA": person.birth_place,
        "TANGGAL LAHIR": _text(person.career.born),
        "JENIS KELAMIN": "M" if person.sex == "L" else "F",
        "JENIS KAWIN ID": "1" if person.married else "3",
        "JENIS KAWIN NAMA": "Menikah" if person.married else "Belum Kawin",
        "NIK": f"'{person.nik}",
        "NOMOR HP": f"'0810000{person.index + 1:06d}",
        "EMAIL": f"{user}@{MAIL_DOMAIN}",
        "EMAIL GOV": f"{user}@{MAIL_DOMAIN}",
        "ALAMAT": f"Jl. Contoh No. {1 + draws.randrange(200)}, Kota Contoh",
    }


def _employment(person: Person) -> dict[str, str]:
    seat, career = person.seat, person.career
    kind = "P" if seat.kind == "PPPK" else seat.kind
    confirmed = seat.kind == "PNS"
    first = seat.study.pppk_grade if seat.kind == "PPPK" else seat.study.pns_grade
    return {
        "JENIS PEGAWAI ID": _EMPLOYEE[0],
        "JENIS PEGAWAI NAMA": _EMPLOYEE[1],
        "KEDUDUKAN HUKUM ID": seat.standing.id,
        "KEDUDUKAN HUKUM NAMA": seat.standing.name,
        "STATUS CPNS PNS": kind,
        "KARTU ASN VIRTUAL": f"'{person.nip}",
        "NOMOR SK CPNS": f"813/{person.pin}/CONTOH",
        "TANGGAL SK CPNS": _text(career.started),
        "TMT CPNS": _text(career.started),
        "NOMOR SK PNS": f"821/{person.pin}/CONTOH" if confirmed else "null",
        "TANGGAL SK PNS": _text(career.confirmed) if confirmed else "",
        "TMT PNS": _text(career.confirmed) if confirmed else "null",
        "GOL AWAL NAMA": first,
        "GOL AKHIR NAMA": career.grade,
        "TMT GOLONGAN": _text(career.grade_since),
        "MK TAHUN": str(career.mkg_years),
        "MK BULAN": str(career.mkg_months),
    }


def _post(person: Person) -> dict[str, str]:
    seat = person.seat
    return {
        "JENIS JABATAN ID": seat.form.id,
        "JENIS JABATAN NAMA": seat.form.name,
        "JABATAN ID": f"CONTOH-JAB-{seat.unit.order:02d}-{seat.order:02d}",
        "JABATAN NAMA": seat.post,
        "TMT JABATAN": _text(person.career.post_since),
        "UNOR ID": seat.unit.id,
        "UNOR NAMA": seat.unit.name,
        "SATUAN KERJA KERJA ID": "CONTOH-" + seat.unit.opd.upper().replace(" ", "-"),
        "SATUAN KERJA KERJA NAMA": seat.unit.opd,
    }


def _schooling(person: Person) -> dict[str, str]:
    study = person.seat.study
    done = min(person.career.born.year + study.age, AS_OF.year - 1)
    return {
        "TINGKAT PENDIDIKAN ID": study.level_id,
        "TINGKAT PENDIDIKAN NAMA": study.level,
        "PENDIDIKAN ID": f"CONTOH-PDD-{study.level_id}",
        "PENDIDIKAN NAMA": study.name,
        "TAHUN LULUS": str(done),
        "NAMA SEKOLAH": "SEKOLAH CONTOH" if study.level_id < "30" else "UNIVERSITAS CONTOH",
    }


def _text(day: date) -> str:
    return f"{day:%d-%m-%Y}"

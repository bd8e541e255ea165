"""Columns of the peta jabatan, and how its cells are read."""

from __future__ import annotations

import re

from pamong.interop.register.sheets import Column, Sheet
from pamong.interop.values import clean
from pamong.organisation.choices import PostKind, UnitKind

UNIT, UNIT_NAME, PARENT = "KODE UNIT", "NAMA UNIT", "KODE UNIT INDUK"
UNIT_KIND, UNIT_CLASS, SITE = "JENIS UNIT", "KELAS UNIT", "LOKASI"
POST, POST_KIND, JENJANG, ESELON = "NAMA JABATAN", "JENIS JABATAN", "JENJANG", "ESELON"
JOB_CLASS, SEATS, NEED, FROZEN = "KELAS JABATAN", "JUMLAH", "KEBUTUHAN", "DIBEKUKAN"
HEAD, SUPERIOR = "PIMPINAN", "ATASAN"

SHEET = Sheet(
    "peta jabatan",
    UNIT,
    (
        Column(
            UNIT,
            "Kode unit kerja, sama di semua barisnya; sel berformat teks.",
            "DINKES-01",
            ("KODE UNIT KERJA", "ID UNIT", "UNOR ID"),
            needed=True,
        ),
        Column(
            UNIT_NAME,
            "Nama unit kerja, sama di semua barisnya.",
            "Bidang Kesehatan Masyarakat",
            ("NAMA UNIT KERJA", "UNIT KERJA", "UNOR NAMA"),
            needed=True,
        ),
        Column(
            PARENT,
            "Kode unit di atasnya; kosongkan hanya untuk unit paling atas.",
            "DINKES",
            ("KODE INDUK", "UNIT INDUK", "KODE UNIT ATASAN", "INDUK"),
        ),
        Column(
            UNIT_KIND,
            "Jenis unit: perangkat daerah, kecamatan, kelurahan, bagian, bidang, subbagian, seksi, UPTD, "
            "puskesmas, rumah sakit, ruang, atau sekolah.",
            "bidang",
        ),
        Column(UNIT_CLASS, "Kelas atau tipe unit, misalnya A; kosongkan jika tidak ada.", "", ("TIPE UNIT",)),
        Column(SITE, "Lokasi kerja unit ini.", "Balai Kota", ("LOKASI KERJA", "TEMPAT")),
        Column(
            POST,
            "Nama jabatan; kosongkan jika baris ini hanya menerangkan unit.",
            "Kepala Bidang Kesehatan Masyarakat",
            ("JABATAN",),
            needed=True,
        ),
        Column(
            POST_KIND,
            "Jenis jabatan: JPT Pratama, Administrator, Pengawas, Fungsional, atau Pelaksana.",
            "Administrator",
        ),
        Column(
            JENJANG, "Jenjang jabatan fungsional, misalnya Ahli Muda atau Terampil.", "", ("JENJANG JABATAN",)
        ),
        Column(
            ESELON, "Eselon menurut sebutan lama, misalnya III.b; kosongkan jika tidak ada.", "III.b", ("ES",)
        ),
        Column(JOB_CLASS, "Kelas jabatan, angka 1 sampai 17.", 11, ("KELAS", "KELAS JAB")),
        Column(
            SEATS,
            "Banyaknya posisi yang ditetapkan untuk jabatan ini di unit ini.",
            1,
            ("JUMLAH POSISI", "JUMLAH JABATAN", "FORMASI", "PERSEDIAAN"),
            needed=True,
        ),
        Column(
            NEED,
            "Kebutuhan menurut analisis beban kerja; kosongkan jika belum dihitung.",
            1,
            ("KEBUTUHAN ABK", "ABK", "HASIL ABK"),
        ),
        Column(HEAD, "ya jika jabatan ini memimpin unitnya, tidak jika tidak.", "ya", ("KEPALA UNIT",)),
        Column(
            SUPERIOR,
            "Kode unit yang pimpinannya menjadi atasan langsung; kosongkan jika atasannya pimpinan unit ini, "
            "atau, untuk pimpinan, pimpinan unit di atasnya.",
            "",
            ("KODE UNIT ATASAN LANGSUNG", "ATASAN LANGSUNG"),
        ),
        Column(
            FROZEN, "Banyaknya posisi yang dibekukan; kosongkan jika tidak ada.", 0, ("JUMLAH DIBEKUKAN",)
        ),
    ),
)

# The first words of a unit's name, or what stands in its column; the longest that fits decides.
_UNIT_WORDS: tuple[tuple[str, UnitKind], ...] = (
    ("pemerintah", UnitKind.GOVERNMENT),
    ("perangkat daerah", UnitKind.OPD),
    ("opd", UnitKind.OPD),
    ("skpd", UnitKind.OPD),
    ("dinas", UnitKind.OPD),
    ("badan", UnitKind.OPD),
    ("inspektorat", UnitKind.OPD),
    ("sekretariat daerah", UnitKind.OPD),
    ("sekretariat dprd", UnitKind.OPD),
    ("sekretariat dewan", UnitKind.OPD),
    ("satuan polisi", UnitKind.OPD),
    ("kecamatan", UnitKind.DISTRICT),
    ("kelurahan", UnitKind.WARD),
    ("bagian", UnitKind.BUREAU),
    ("bidang", UnitKind.DIVISION),
    ("sekretariat", UnitKind.DIVISION),
    ("inspektur pembantu", UnitKind.DIVISION),
    ("subbagian", UnitKind.SUBDIVISION),
    ("sub bagian", UnitKind.SUBDIVISION),
    ("subbag", UnitKind.SUBDIVISION),
    ("subbidang", UnitKind.SECTION),
    ("sub bidang", UnitKind.SECTION),
    ("seksi", UnitKind.SECTION),
    ("unit pelaksana teknis", UnitKind.SERVICE_UNIT),
    ("upt puskesmas", UnitKind.CLINIC),
    ("uptd puskesmas", UnitKind.CLINIC),
    ("uptd", UnitKind.SERVICE_UNIT),
    ("upt", UnitKind.SERVICE_UNIT),
    ("puskesmas", UnitKind.CLINIC),
    ("rumah sakit", UnitKind.HOSPITAL),
    ("rsud", UnitKind.HOSPITAL),
    ("ruang", UnitKind.ROOM),
    ("instalasi", UnitKind.ROOM),
    ("sekolah", UnitKind.SCHOOL),
    ("tk", UnitKind.SCHOOL),
    ("sd", UnitKind.SCHOOL),
    ("sdn", UnitKind.SCHOOL),
    ("smp", UnitKind.SCHOOL),
    ("smpn", UnitKind.SCHOOL),
    ("sanggar kegiatan belajar", UnitKind.SCHOOL),
)
_UNIT_KINDS = dict(_UNIT_WORDS) | {kind.label.lower(): kind for kind in UnitKind}
_BY_LENGTH = sorted(_UNIT_WORDS, key=lambda pair: -len(pair[0]))

_POST_KINDS = {kind.label.lower(): kind for kind in PostKind} | {
    "pimpinan tinggi utama": PostKind.JPT_UTAMA,
    "pimpinan tinggi madya": PostKind.JPT_MADYA,
    "pimpinan tinggi pratama": PostKind.JPT_PRATAMA,
    "fungsional tertentu": PostKind.FUNCTIONAL,
    "jf": PostKind.FUNCTIONAL,
    "jft": PostKind.FUNCTIONAL,
    "fungsional umum": PostKind.PELAKSANA,
    "jfu": PostKind.PELAKSANA,
}
_JENJANG = {
    word.lower(): word
    for word in (
        "Pemula",
        "Terampil",
        "Mahir",
        "Penyelia",
        "Ahli Pertama",
        "Ahli Muda",
        "Ahli Madya",
        "Ahli Utama",
    )
}
_ESELON = re.compile(r"(?:ESELON )?(IV|III|II|I|V) ?[./-]? ?([AB])", re.IGNORECASE)
JENJANGS = tuple(_JENJANG.values())
_NO_ESELON = {"non eselon", "non-eselon", "noneselon"}


def read_unit_kind(text: str) -> tuple[UnitKind | None, str]:
    """The kind of a unit as a sheet says it. Empty gives ``(None, '')``."""
    bare = _words(text)
    if not bare:
        return None, ""
    kind = _UNIT_KINDS.get(bare)
    labels = ", ".join(kind.label.lower() for kind in UnitKind)
    return kind, "" if kind else f"'{bare[:40]}' bukan jenis unit yang dikenal, isi salah satu: {labels}"


def guess_unit_kind(name: str) -> UnitKind | None:
    """The kind by the first words of a unit's name, ``None`` if they don't tell."""
    bare = _words(name) + " "
    return next((kind for word, kind in _BY_LENGTH if bare.startswith(word + " ")), None)


def read_post_kind(text: str) -> tuple[PostKind | None, str]:
    """The kind of a post, with or without *jabatan* before it. Empty gives ``(None, '')``."""
    bare = _words(text)
    if not bare:
        return None, ""
    kind = _POST_KINDS.get(bare) or _POST_KINDS.get(bare.removeprefix("jabatan "))
    return kind, "" if kind else (
        f"'{bare[:40]}' bukan jenis jabatan, isi JPT Pratama, Administrator, Pengawas, Fungsional, "
        "atau Pelaksana"
    )


def read_jenjang(text: str) -> tuple[str | None, str]:
    """The level of a functional post in its usual spelling. Empty gives ``(None, '')``."""
    bare = _words(text)
    if not bare:
        return None, ""
    found = _JENJANG.get(bare) or _JENJANG.get(f"ahli {bare}")
    return found, "" if found else (
        f"'{bare[:40]}' bukan jenjang yang dikenal, isi salah satu: {', '.join(_JENJANG.values())}"
    )


def read_eselon(text: str) -> tuple[str | None, str]:
    """``III.b`` from what offices write (``IIIb``, ``III/B``); *non eselon* and empty are none."""
    bare = clean(text)
    if not bare or bare.lower() in _NO_ESELON:
        return None, ""
    match = _ESELON.fullmatch(bare)
    if match is None:
        return None, f"'{bare[:40]}' bukan eselon, contoh yang benar: III.b"
    return f"{match[1].upper()}.{match[2].lower()}", ""


def _words(text: str) -> str:
    return " ".join(clean(text).lower().split())

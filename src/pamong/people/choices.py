"""Kinds of employment, appointments, relatives and verification, with the words that users read."""

from __future__ import annotations

from enum import StrEnum


class _Labelled(StrEnum):
    @property
    def label(self) -> str:
        """The word as users read it."""
        return _LABELS[type(self).__name__][self.value]


class EmploymentKind(_Labelled):
    """In what kind of service. TKPK is kept as history only."""

    PNS = "PNS"
    CPNS = "CPNS"
    PPPK = "PPPK"
    PPPK_PW = "PPPK_PW"
    TKPK = "TKPK"


class EndReason(_Labelled):
    """Why a service ended."""

    RETIRED = "retired"
    DIED = "died"
    RESIGNED = "resigned"
    DISMISSED = "dismissed"
    MOVED = "moved"
    EXPIRED = "expired"


class AppointmentKind(_Labelled):
    """How somebody has a seat: for good, acting, overlapping at a handover, or with a right to return."""

    REGULAR = "regular"
    PLT = "plt"
    PLH = "plh"
    HANDOVER = "handover"
    RETURN = "return_right"

    @property
    def acting(self) -> bool:
        """Whether somebody stands in for the holder."""
        return self in (AppointmentKind.PLT, AppointmentKind.PLH)


class Relation(_Labelled):
    """What somebody is to a person."""

    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    SIBLING = "sibling"
    IN_LAW = "in_law"
    OTHER = "other"


class Verification(_Labelled):
    """Whether somebody has looked at the evidence."""

    OPEN = "unverified"
    VERIFIED = "verified"
    REFUSED = "refused"


class EntryState(_Labelled):
    """How a proposed change of data stands."""

    WAITING = "waiting"
    APPLIED = "applied"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ErasureState(_Labelled):
    """How a proposal to destroy what opens somebody's data in the log stands."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"


class BatchState(_Labelled):
    """How an import stands. ``WAITING``: for a second officer, who stores it. ``RECALLING``: for one who
    agrees that it is taken back. ``REFUSED``: by the second officer. ``DISCARDED``: by who tried it.
    ``FAILED``: the file could not be tried at all."""

    READING = "reading"
    CHECKED = "checked"
    WAITING = "waiting"
    APPLYING = "applying"
    APPLIED = "applied"
    RECALLING = "recalling"
    UNDOING = "undoing"
    UNDONE = "undone"
    REFUSED = "refused"
    DISCARDED = "discarded"
    FAILED = "failed"

    @property
    def busy(self) -> bool:
        """Whether somebody works on it, so that a page asks again."""
        return self in (BatchState.READING, BatchState.APPLYING, BatchState.UNDOING)


class BatchKind(_Labelled):
    """What a file of an import holds."""

    REGISTER = "register"
    PETA = "peta"
    FAMILY = "family"
    EDUCATION = "education"


class TwinDecision(_Labelled):
    """What somebody decided about a row that may be about a person who is known already."""

    SAME = "same"
    DIFFERENT = "different"


class Outcome(_Labelled):
    """What became of a row of an import."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    TWIN = "twin"
    REFUSED = "refused"


_LABELS = {
    "EmploymentKind": {
        "PNS": "PNS",
        "CPNS": "CPNS",
        "PPPK": "PPPK",
        "PPPK_PW": "PPPK paruh waktu",
        "TKPK": "TKPK",
    },
    "EndReason": {
        "retired": "Pensiun",
        "died": "Meninggal dunia",
        "resigned": "Mengundurkan diri",
        "dismissed": "Diberhentikan",
        "moved": "Pindah instansi",
        "expired": "Perjanjian kerja berakhir",
    },
    "AppointmentKind": {
        "regular": "Definitif",
        "plt": "Pelaksana Tugas (Plt.)",
        "plh": "Pelaksana Harian (Plh.)",
        "handover": "Serah terima",
        "return_right": "Hak kembali",
    },
    "Relation": {
        "spouse": "Suami/istri",
        "child": "Anak",
        "parent": "Orang tua",
        "sibling": "Saudara kandung",
        "in_law": "Mertua/ipar/menantu",
        "other": "Kerabat lain",
    },
    "Verification": {"unverified": "Belum diperiksa", "verified": "Terverifikasi", "refused": "Ditolak"},
    "EntryState": {
        "waiting": "Menunggu pemeriksaan",
        "applied": "Disetujui",
        "refused": "Ditolak",
        "withdrawn": "Ditarik",
    },
    "ErasureState": {"waiting": "Menunggu keputusan", "done": "Dihapus", "refused": "Ditolak"},
    "BatchState": {
        "reading": "Sedang diperiksa",
        "checked": "Sudah dicoba",
        "waiting": "Menunggu petugas kedua",
        "applying": "Sedang disimpan",
        "applied": "Tersimpan",
        "recalling": "Pembatalan menunggu petugas kedua",
        "undoing": "Sedang dibatalkan",
        "undone": "Dibatalkan",
        "refused": "Tidak disetujui",
        "discarded": "Tidak dipakai",
        "failed": "Tidak dapat diperiksa",
    },
    "TwinDecision": {"same": "Orang yang sama", "different": "Orang lain"},
    "BatchKind": {
        "register": "Data ASN (ekspor SIASN)",
        "peta": "Peta jabatan",
        "family": "Data keluarga",
        "education": "Riwayat pendidikan",
    },
    "Outcome": {
        "new": "Baru",
        "changed": "Berubah",
        "same": "Sama",
        "twin": "Mungkin orang yang sama",
        "refused": "Tidak dapat disimpan",
    },
}

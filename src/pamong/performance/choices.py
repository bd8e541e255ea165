"""Who brought a month's version, how it stands, what makes it worth a look, how a sheet stands."""

from __future__ import annotations

from enum import StrEnum


class Source(StrEnum):
    """Who brought a version of somebody's month."""

    EMPLOYEE = "employee"
    SUPERIOR = "superior"
    IMPORT = "import"

    @property
    def label(self) -> str:
        """The source as users read it."""
        return {"employee": "Diisi sendiri", "superior": "Atasan", "import": "Berkas isian bulanan"}[self]


class State(StrEnum):
    """How somebody's month stands. Only what is verified is paid for."""

    ENTERED = "entered"
    VERIFIED = "verified"

    @property
    def label(self) -> str:
        """The state as users read it."""
        return {"entered": "Menunggu verifikasi", "verified": "Terverifikasi"}[self]


class Odd(StrEnum):
    """What a superior should look at before he confirms a month: seen, and no more than that."""

    OVER = "over"
    FAR = "far"
    LATE = "late"

    @property
    def label(self) -> str:
        """What was seen, as users read it."""
        return {
            "over": "lebih banyak dari jam kerja bulan ini",
            "far": "jauh berbeda dari bulan lalu",
            "late": "diisi sesudah batas waktu",
        }[self]


class FileState(StrEnum):
    """How a month's sheet stands. What changes a verified month waits for a second person."""

    CHECKED = "checked"
    WAITING = "waiting"
    STORED = "stored"
    REFUSED = "refused"
    DISCARDED = "discarded"

    @property
    def label(self) -> str:
        """The state as users read it."""
        return {
            "checked": "Sudah dicoba",
            "waiting": "Menunggu petugas kedua",
            "stored": "Tersimpan",
            "refused": "Tidak disetujui",
            "discarded": "Tidak dipakai",
        }[self]


class PredicateKind(StrEnum):
    """The predicate of somebody's performance in a year, as the law names it."""

    VERY_GOOD = "sangat baik"
    GOOD = "baik"
    NEEDS_BETTER = "butuh perbaikan"
    POOR = "kurang"
    VERY_POOR = "sangat kurang"

    @property
    def label(self) -> str:
        """The predicate as users read it."""
        return self.value.capitalize()


FIRST_YEAR = 2014  # the first year that was appraised by targets; earlier papers know other words
# What a month's version says of the work. The first three are asked as the region's method reads them.
JUDGED = ("minutes", "behaviour", "productivity_score")
COUNTED = ("lhkpn_late", "negative_activity", "musters_missed", "hours_left")
VALUES = (*JUDGED, *COUNTED)
HIGHEST = 100  # of a score, as the sheet has it
MOST_MINUTES = 31 * 24 * 60
MOST_COUNT = 999
MONTHS_BACK = 12  # how far back a month may still be entered; paid months get a difference

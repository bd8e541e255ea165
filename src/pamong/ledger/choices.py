"""What a protected row may rest on, and what kind of act a dated row is."""

from __future__ import annotations

from enum import StrEnum


class SealKind(StrEnum):
    """The kind of act behind a protected row; ``DECISION`` comes into use once decisions exist."""

    OPENING = "opening"
    IMPORT = "import"
    OFFICE_ENTRY = "office_entry"
    DECISION = "decision"

    @property
    def label(self) -> str:
        """The kind as users read it."""
        return _LABELS[self]


_LABELS = {
    SealKind.OPENING: "Data awal",
    SealKind.IMPORT: "Impor berkas",
    SealKind.OFFICE_ENTRY: "Entri kantor",
    SealKind.DECISION: "Keputusan",
}


class Act(StrEnum):
    """*Change* (new from a date), *correct* (was wrong all along), *rescind* (undo)."""

    CHANGE = "change"
    CORRECT = "correct"
    RESCIND = "rescind"

    @property
    def label(self) -> str:
        """The act as users read it."""
        return {Act.CHANGE: "Perubahan", Act.CORRECT: "Pembetulan", Act.RESCIND: "Pembatalan"}[self]


class PaperAct(StrEnum):
    """What a document of a register does: a first one, one in its place, or the end of it."""

    NEW = "new"
    CHANGE = "change"
    CANCEL = "cancel"

    @property
    def label(self) -> str:
        """The act as users read it."""
        return {PaperAct.NEW: "Baru", PaperAct.CHANGE: "Perubahan", PaperAct.CANCEL: "Pembatalan"}[self]


class PaperState(StrEnum):
    """How a document of a register stands: nothing holds before a second person has agreed."""

    WAITING = "waiting"
    VERIFIED = "verified"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"

    @property
    def label(self) -> str:
        """The state as users read it."""
        return _PAPER_STATES[self]


_PAPER_STATES = {
    PaperState.WAITING: "Menunggu persetujuan",
    PaperState.VERIFIED: "Disetujui",
    PaperState.REFUSED: "Ditolak",
    PaperState.WITHDRAWN: "Ditarik",
    PaperState.REPLACED: "Diganti",
}


class ErasureGround(StrEnum):
    """Why what opens somebody's data in the log is destroyed: the cases in which UU 27/2022 tells a
    government to, whatever exceptions it has otherwise (Pasal 50 ayat (1))."""

    RETENTION = "retention"
    UNLAWFUL = "unlawful"

    @property
    def label(self) -> str:
        """The ground as users read it, behind *dihapus*."""
        return _GROUNDS[self][0]

    @property
    def article(self) -> str:
        """Where the law says so."""
        return _GROUNDS[self][1]


_GROUNDS = {
    ErasureGround.RETENTION: ("menurut jadwal retensi", "UU 27/2022 Pasal 44 ayat (1) huruf a"),
    ErasureGround.UNLAWFUL: ("karena diperoleh melawan hukum", "UU 27/2022 Pasal 44 ayat (1) huruf d"),
}

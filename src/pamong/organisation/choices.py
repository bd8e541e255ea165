"""Kinds of units and posts, and how a reorganisation maps old units to new ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from enum import StrEnum

CLASSES = range(1, 18)  # kelas jabatan, as the database holds them
_CODE = re.compile(r"[a-z0-9_]{1,200}")
_CODE_MOST = 48
_NO_PATH = "*{0}"  # a path of no labels: no unit has it


def is_code(text: str) -> bool:
    """Whether a text can be a unit's code."""
    return _CODE.fullmatch(text) is not None


def code_of(name: str, taken: Collection[str]) -> str:
    """A code for a unit of this name that is not taken yet: ``seksi_pelayanan``, ``seksi_pelayanan_2``."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:_CODE_MOST] or "unit"
    code, number = stem, 1
    while code in taken:
        number += 1
        code = f"{stem}_{number}"
    return code


def subtree(code: str) -> str:
    """The pattern (``lquery``) of the paths of a unit and of all below it, by its code.

    Whatever comes from an address goes through here: what can't be a code fits no unit, and is no pattern.
    """
    return f"*.{code}.*" if is_code(code) else _NO_PATH


def containing(word: str) -> str:
    """The pattern (LIKE) of texts that hold a word: a typed per cent sign means itself."""
    literal = word.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
    return f"%{literal}%"


class UnitKind(StrEnum):
    """What a unit is."""

    GOVERNMENT = "government"
    OPD = "opd"
    DISTRICT = "district"
    WARD = "ward"
    BUREAU = "bureau"
    DIVISION = "division"
    SUBDIVISION = "subdivision"
    SECTION = "section"
    SERVICE_UNIT = "service_unit"
    CLINIC = "clinic"
    HOSPITAL = "hospital"
    ROOM = "room"
    SCHOOL = "school"

    @property
    def label(self) -> str:
        """The kind as users read it."""
        return _UNITS[self]


_UNITS = {
    UnitKind.GOVERNMENT: "Pemerintah daerah",
    UnitKind.OPD: "Perangkat daerah",
    UnitKind.DISTRICT: "Kecamatan",
    UnitKind.WARD: "Kelurahan",
    UnitKind.BUREAU: "Bagian",
    UnitKind.DIVISION: "Bidang",
    UnitKind.SUBDIVISION: "Subbagian",
    UnitKind.SECTION: "Seksi",
    UnitKind.SERVICE_UNIT: "UPTD",
    UnitKind.CLINIC: "Puskesmas",
    UnitKind.HOSPITAL: "Rumah sakit",
    UnitKind.ROOM: "Ruang atau instalasi",
    UnitKind.SCHOOL: "Sekolah",
}


class PostKind(StrEnum):
    """The kinds of posts of UU 20/2023: managerial ones, functional ones, and pelaksana."""

    JPT_UTAMA = "jpt_utama"
    JPT_MADYA = "jpt_madya"
    JPT_PRATAMA = "jpt_pratama"
    ADMINISTRATOR = "administrator"
    PENGAWAS = "pengawas"
    FUNCTIONAL = "jf"
    PELAKSANA = "pelaksana"

    @property
    def label(self) -> str:
        """The kind as users read it."""
        return _POSTS[self]

    @property
    def managerial(self) -> bool:
        """Whether the post leads people."""
        return self not in (PostKind.FUNCTIONAL, PostKind.PELAKSANA)


_POSTS = {
    PostKind.JPT_UTAMA: "JPT utama",
    PostKind.JPT_MADYA: "JPT madya",
    PostKind.JPT_PRATAMA: "JPT pratama",
    PostKind.ADMINISTRATOR: "Administrator",
    PostKind.PENGAWAS: "Pengawas",
    PostKind.FUNCTIONAL: "Fungsional",
    PostKind.PELAKSANA: "Pelaksana",
}


class SeatState(StrEnum):
    """How a seat stands on a date."""

    FILLED = "filled"
    ACTING = "acting"
    VACANT = "vacant"
    FROZEN = "frozen"

    @property
    def label(self) -> str:
        """The state as users read it."""
        return _SEATS[self]


_SEATS = {
    SeatState.FILLED: "Terisi",
    SeatState.ACTING: "Dijabat Plt/Plh",
    SeatState.VACANT: "Kosong",
    SeatState.FROZEN: "Dibekukan",
}


class Step(StrEnum):
    """What a reorganisation does to a unit."""

    CREATE = "create"
    RENAME = "rename"
    MOVE = "move"
    MERGE = "merge"
    SPLIT = "split"
    CLOSE = "close"

    @property
    def label(self) -> str:
        """The step as users read it."""
        return _STEPS[self]


_STEPS = {
    Step.CREATE: "Dibentuk",
    Step.RENAME: "Berganti nama",
    Step.MOVE: "Pindah induk",
    Step.MERGE: "Digabung",
    Step.SPLIT: "Dipecah",
    Step.CLOSE: "Ditutup",
}


class ActKind(StrEnum):
    """Acts on units and seats that one officer proposes and another approves."""

    UNIT_CHANGE = "unit_change"
    UNIT_NEW = "unit_new"
    UNIT_CLOSE = "unit_close"
    UNIT_RESCIND = "unit_rescind"
    SEATS_NEW = "seats_new"
    UNIT_NEEDS = "unit_needs"
    SEAT_CLASS = "seat_class"
    SEAT_LINE = "seat_line"
    SEAT_FREEZE = "seat_freeze"
    SEAT_UNFREEZE = "seat_unfreeze"
    SEAT_CLOSE = "seat_close"
    SEAT_RESCIND = "seat_rescind"
    REORGANISATION_WITHDRAW = "reorganisation_withdraw"

    @property
    def label(self) -> str:
        """The act as users read it."""
        return _ACTS[self]

    @property
    def of_seat(self) -> bool:
        """Whether it is about one seat; else it is about a unit: a reorganisation about the topmost one."""
        return self.value.startswith("seat_")


_ACTS = {
    ActKind.UNIT_CHANGE: "Perubahan unit",
    ActKind.UNIT_NEW: "Pembentukan unit",
    ActKind.UNIT_CLOSE: "Penutupan unit",
    ActKind.UNIT_RESCIND: "Pembatalan pembentukan unit",
    ActKind.SEATS_NEW: "Penambahan posisi",
    ActKind.UNIT_NEEDS: "Kebutuhan pegawai",
    ActKind.SEAT_CLASS: "Kelas jabatan",
    ActKind.SEAT_LINE: "Garis atasan",
    ActKind.SEAT_FREEZE: "Pembekuan posisi",
    ActKind.SEAT_UNFREEZE: "Pencairan posisi",
    ActKind.SEAT_CLOSE: "Penghapusan posisi",
    ActKind.SEAT_RESCIND: "Pembatalan posisi baru",
    ActKind.REORGANISATION_WITHDRAW: "Pembatalan penataan",
}


class ProposalState(StrEnum):
    """How a proposed act stands."""

    WAITING = "waiting"
    APPLIED = "applied"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The state as users read it."""
        return _PROPOSALS[self]


_PROPOSALS = {
    ProposalState.WAITING: "Menunggu petugas kedua",
    ProposalState.APPLIED: "Disetujui",
    ProposalState.REFUSED: "Ditolak",
    ProposalState.WITHDRAWN: "Ditarik",
}


class ReorganisationState(StrEnum):
    """How a reorganisation stands; from its date on it can't be withdrawn any more."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The state as users read it."""
        return {"draft": "Rancangan", "scheduled": "Ditetapkan", "withdrawn": "Dibatalkan"}[self.value]

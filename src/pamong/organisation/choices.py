"""Kinds of units and posts, and how a reorganisation maps old units to new ones."""

from __future__ import annotations

import re
from enum import StrEnum

CLASSES = range(1, 18)  # kelas jabatan, as the database holds them
_CODE = re.compile(r"[a-z0-9_]{1,200}")
_NO_PATH = "*{0}"  # a path of no labels: no unit has it


def is_code(text: str) -> bool:
    """Whether a text can be a unit's code."""
    return _CODE.fullmatch(text) is not None


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


class ReorganisationState(StrEnum):
    """How a reorganisation stands; from its date on it can't be withdrawn any more."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The state as users read it."""
        return {"draft": "Rancangan", "scheduled": "Ditetapkan", "withdrawn": "Dibatalkan"}[self.value]

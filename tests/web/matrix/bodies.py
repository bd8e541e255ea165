"""What is sent about units, seats and accounts, by the key of what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.support.rights import Rights

WHY = "Mencocokkan dengan SK"
LATER = {"on": "2026-12-01", "reason": "Sesuai usulan unit", "yakin": "1"}
_UNITS = {
    "dinkes": ("opd", "kota"), "pkm_melati": ("clinic", "dinkes"), "kota": ("government", ""),
    "disdik": ("opd", "kota"), "pasar": ("opd", "kota"),
}  # fmt: skip


def unit(rights: Rights, key: str) -> Mapping[str, Any]:
    kind, parent = _UNITS[key]
    return {**LATER, "name": "Nama Baru", "kind": kind, "parent": parent} | (
        {"is_opd": "on"} if kind == "opd" else {}
    )


def unit_below(rights: Rights, key: str) -> Mapping[str, Any]:
    return {**LATER, "name": "Unit Baru", "kind": "clinic", "parent": key}


def seats(rights: Rights, key: str) -> Mapping[str, Any]:
    return {**LATER, "post": str(rights.objects["post"]["dinkes"]), "count": "1", "job_class": "5"}


def needs(rights: Rights, key: str) -> Mapping[str, Any]:
    post = rights.objects["post"]["dinkes"]  # the health office has it, the others name it besides
    return LATER | ({f"need_{post.hex}": "40"} if key == "dinkes" else {"post": str(post), "needed": "40"})


def link(rights: Rights, key: str) -> Mapping[str, Any]:
    return {"langkah": "hubungkan", "person": str(rights.objects["person"]["died"]), "link_reason": WHY}


def line(rights: Rights, key: str) -> Mapping[str, Any]:
    return {**LATER, "nobody": "on"}

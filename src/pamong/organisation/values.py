"""Values of units as they come from outside: names and codes checked, all problems at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import available_timezones

from pamong.kernel.problem import Problem
from pamong.organisation import models
from pamong.organisation.choices import PostKind, UnitKind
from pamong.organisation.errors import problem

_TEXTS = ("name", "short_name", "unit_class", "external_code")
FIELDS = (*_TEXTS, "kind", "is_opd", "parent", "site")
DEFAULTS: Mapping[str, Any] = {
    "short_name": "", "unit_class": "", "is_opd": False, "parent_id": None, "site_id": None,
    "external_code": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit to be made. ``values``: name, kind, and as needed short_name, unit_class, is_opd, external_code,
    ``parent`` and ``site`` by their codes."""

    code: str
    values: Mapping[str, Any]


@dataclass
class Codes:
    """Ids of units and sites by their codes; units that are about to be made may be added."""

    units: dict[str, int]
    sites: dict[str, int]

    @classmethod
    def load(cls) -> Codes:
        """All codes there are."""
        return cls(
            dict(models.Unit.objects.values_list("code", "id")),
            dict(models.Site.objects.values_list("code", "id")),
        )


def facts(values: Mapping[str, Any], codes: Codes, who: str) -> tuple[dict[str, Any], list[Problem]]:
    """The values as facts of a row (``parent_id`` for ``parent``), and what is wrong with them."""
    found: dict[str, Any] = {}
    problems = [
        problem("field_unknown", f"Unit tidak memiliki isian '{name}'.", who)
        for name in values
        if name not in FIELDS
    ]
    found |= {name: str(values[name] or "").strip() for name in _TEXTS if name in values}
    if "name" in found and not found["name"]:
        problems.append(problem("name_empty", f"Nama unit {who} masih kosong. Isi dulu.", who))
    if "kind" in values:
        found["kind"] = str(values["kind"])
        if found["kind"] not in set(UnitKind):
            problems.append(problem("kind_unknown", f"Jenis unit '{found['kind']}' tidak dikenal.", who))
    if "is_opd" in values:
        found["is_opd"] = bool(values["is_opd"])
    for name, known, word in (("parent", codes.units, "unit"), ("site", codes.sites, "lokasi")):
        if name in values:
            found[f"{name}_id"], wrong = _code(values[name], known, word, who)
            problems += wrong
    return found, problems


def whole(found: Mapping[str, Any], who: str) -> list[Problem]:
    """What a new unit lacks."""
    problems = []
    if "name" not in found or "kind" not in found:
        problems.append(problem("unit_incomplete", f"Unit {who} memerlukan nama dan jenis.", who))
    return problems + parentless(found, who)


def parentless(found: Mapping[str, Any], who: str) -> list[Problem]:
    """Only the government itself has nothing above it."""
    if found.get("parent_id") is None and found.get("kind") != UnitKind.GOVERNMENT.value:
        return [problem("parent_empty", f"Unit {who} memerlukan induk. Pilih induknya.", who)]
    return []


def code_problems(code: str, codes: Mapping[str, int]) -> list[Problem]:
    """What is wrong with a new code."""
    if not re.fullmatch(models.CODE_PATTERN, code):
        return [
            problem(
                "code_form",
                f"Kode '{code}' hanya boleh berisi huruf kecil, angka, dan garis bawah.",
                code,
            )
        ]
    if code in codes:
        return [problem("code_taken", f"Kode '{code}' sudah dipakai. Pilih kode lain.", code)]
    return []


def zone_problems(zone: str) -> list[Problem]:
    """Whether the zone is one."""
    if zone in available_timezones():
        return []
    return [
        problem("zone_unknown", f"Zona waktu '{zone}' tidak dikenal, contoh yang benar: Asia/Makassar.", zone)
    ]


def post_problems(name: str, kind: str) -> list[Problem]:
    """What is wrong with a new post."""
    problems = []
    if not name:
        problems.append(problem("name_empty", "Nama jabatan masih kosong. Isi dulu."))
    if kind not in set(PostKind):
        problems.append(problem("kind_unknown", f"Jenis jabatan '{kind}' tidak dikenal."))
    return problems


def _code(value: Any, known: Mapping[str, int], word: str, who: str) -> tuple[int | None, list[Problem]]:
    code = str(value or "")
    if not code:
        return None, []
    if code in known:
        return known[code], []
    return None, [problem(f"{word}_unknown", f"Tidak ada {word} dengan kode '{code}' untuk {who}.", who)]

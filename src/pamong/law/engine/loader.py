"""Reads the registry, the national parameters, a profile and a site's overlay from their folders."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pamong.law.engine.errors import LawError
from pamong.law.engine.evidence import Citation, Evidence, Regulation, evidence_of
from pamong.law.engine.parameters import (
    MILLION,
    Parameter,
    _citation,
    parse_parameter,
)

LAW = Path(__file__).resolve().parents[1]
_REGISTRY, _ADOPTIONS, _GROUPS = "registry.yaml", "adoptions.yaml", "pay_groups.yaml"
NATIONAL = "nasional"
SITE = "situs"
# What a profile decides besides shapes of formulas: which month's days and whose list, the first is usual.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "december": ("as_usual", "full", "to_cut_off", "next_year"),
    "payer": ("last_day", "first_day"),
}
# What holds where a profile says nothing.
_USUAL = {"acting": "none", "death": "to_date", "leave_effect": "none", "cuts": "as_ruled"} | {
    slot: shapes[0] for slot, shapes in CHOICES.items()
}
_REGULATION_KEYS = frozenset(
    {"title", "number", "year", "enacted", "in_force", "replaced_by", "link", "note", "invented"}
)
_PROFILE_KEYS = frozenset(
    {"name", "zone", "regulation", "from", "description", "methods", "pays", "pay_groups", "mode", "extends"}
)


@dataclass(frozen=True, slots=True)
class PayGroup:
    """What people of a pay group receive, and from whom."""

    code: str
    entitled: bool
    text: str
    citation: Citation
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Profile:
    """One region's choices: methods by slot, pay groups, zone, and its own parameters."""

    code: str
    name: str
    zone: str
    regulation: Regulation
    since: date
    description: str
    methods: Mapping[str, str]
    pay_groups: Mapping[str, PayGroup]
    parameters: Mapping[str, Parameter]


@dataclass(frozen=True, slots=True)
class Adoption:
    """A site takes the answer for a value of uncertain evidence: who, when, by which document."""

    key: str
    since: date
    by: str
    on: date
    document: str


def load_adoptions(folder: Path) -> tuple[Adoption, ...]:
    """The adoptions in a site's overlay: `adoptions.yaml`, a list of key, from, by, on, document."""
    path = folder / _ADOPTIONS
    if not path.is_file():
        return ()
    found = []
    for number, raw in enumerate(read_yaml(path) or [], start=1):
        if (
            not isinstance(raw, dict)
            or set(raw) != {"key", "from", "by", "on", "document"}
            or not all(raw.values())
        ):
            raise LawError(f"adoptions.yaml, isian {number}: harus berisi key, from, by, on, dan document.")
        found.append(Adoption(str(raw["key"]), raw["from"], str(raw["by"]), raw["on"], str(raw["document"])))
    return tuple(found)


def read_yaml(path: Path) -> Any:
    """The content of a YAML file; a syntax error becomes one sentence that names the file and line."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 (a SafeLoader below)
    except LawError as error:
        raise LawError(f"{path.name}, {error}") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", baris {mark.line + 1}" if mark else ""
        raise LawError(f"{path.name}{line}: bukan YAML yang benar.") from error


_BOOL = "tag:yaml.org,2002:bool"


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A safe loader that refuses a key written twice, which YAML would silently overwrite.

    Only `true` and `false` are truth values, as in YAML 1.2: an adoption has a key `on`.
    """

    yaml_implicit_resolvers = {  # noqa: RUF012 (PyYAML's own way)
        first: [(tag, pattern) for tag, pattern in resolvers if tag != _BOOL]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _unique_mapping(loader: Any, node: Any, deep: bool = False) -> dict[Any, Any]:
    seen: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            raise LawError(f"baris {key_node.start_mark.line + 1}: kunci '{key}' tertulis dua kali.")
        seen[key] = loader.construct_object(value_node, deep=True)
    return seen


_Loader.add_implicit_resolver(_BOOL, re.compile("^(?:true|false)$"), list("tf"))
_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _unique_mapping)


@cache
def load_registry(path: Path = LAW / _REGISTRY) -> Mapping[str, Regulation]:
    """Every regulation that may be cited, by id."""
    return _regulations(path)


def registry_with(folder: Path) -> Mapping[str, Regulation]:
    """The registry together with a region's or a site's own regulations, `registry.yaml` in its folder.

    An own regulation can't take the id of one that Pamong knows.
    """
    known, path = load_registry(), folder / _REGISTRY
    own = _regulations(path) if path.is_file() else {}
    for code in own:
        if code in known:
            raise LawError(f"{path}: peraturan '{code}' sudah ada di Pamong; pakai kode lain.")
    return {**known, **own}


def _regulations(path: Path) -> Mapping[str, Regulation]:
    raw = read_yaml(path) or {}
    if not isinstance(raw, dict) or not all(isinstance(entry, dict) for entry in raw.values()):
        raise LawError(f"{path.name}: harus berisi kode peraturan, masing-masing dengan keterangannya.")
    return {str(code): _regulation(str(code), entry) for code, entry in raw.items()}


def _regulation(code: str, raw: Mapping[str, Any]) -> Regulation:
    if not raw.get("title") or not isinstance(raw.get("year"), int):
        raise LawError(f"registry.yaml, {code}: 'title' dan 'year' harus diisi.")
    for name in raw:
        if name not in _REGULATION_KEYS:
            raise LawError(f"registry.yaml, {code}: kunci '{name}' tidak dikenal.")
    # What is made up for the demo has no text to be read, and must not lead to another regulation's.
    if not raw.get("invented") and not str(raw.get("link", "")).startswith(("https://", "http://")):
        raise LawError(f"registry.yaml, {code}: tidak punya tautan umum.")
    return Regulation(
        id=code,
        title=str(raw["title"]),
        number=str(raw.get("number", "")),
        year=int(raw["year"]),
        enacted=raw.get("enacted"),
        in_force=raw.get("in_force"),
        replaced_by=raw.get("replaced_by"),
        link="" if raw.get("invented") else str(raw["link"]),
        note=str(raw.get("note", "")),
    )


def load_folder(folder: Path, origin: str, registry: Mapping[str, Regulation]) -> dict[str, Parameter]:
    """The parameters of one folder, by key (`pay/bpjs_employee_rate`)."""
    found: dict[str, Parameter] = {}
    for path in sorted(folder.rglob("*.yaml")):
        if path.parent == folder and path.name in (_REGISTRY, _ADOPTIONS, _GROUPS):
            continue
        key = path.relative_to(folder).with_suffix("").as_posix()
        found[key] = parse_parameter(key, read_yaml(path), path.parent, origin, registry)
    return found


@cache
def load_national() -> Mapping[str, Parameter]:
    """The national parameters, by key."""
    return load_folder(LAW / "parameters", NATIONAL, load_registry())


def profile_codes() -> list[str]:
    """The codes of the shipped profiles."""
    return sorted(path.parent.name for path in (LAW / "profiles").glob("*/profile.yaml"))


def load_profile(code: str, folder: Path | None = None) -> Profile:
    """A region's profile from its folder (by default the shipped one of that code)."""
    folder = folder or LAW / "profiles" / code
    if not (folder / "profile.yaml").is_file():
        raise LawError(f"Profil '{code}' tidak ada; yang ada: {', '.join(profile_codes())}.")
    raw, registry = read_yaml(folder / "profile.yaml") or {}, registry_with(folder)
    for name in raw:
        if name not in _PROFILE_KEYS:
            raise LawError(f"profil {code}: kunci '{name}' tidak dikenal.")
    for name in ("name", "zone", "regulation", "from", "methods"):
        if name not in raw:
            raise LawError(f"profil {code}: '{name}' belum diisi.")
    if raw["regulation"] not in registry:
        raise LawError(f"profil {code}: peraturan '{raw['regulation']}' tidak ada di registry.yaml.")
    return Profile(
        code=code,
        name=str(raw["name"]),
        zone=str(raw["zone"]),
        regulation=registry[raw["regulation"]],
        since=raw["from"],
        description=str(raw.get("description", "")),
        methods=_USUAL | dict(raw["methods"]),
        pay_groups=dict(_pay_groups(code, raw.get("pay_groups") or {}, registry)),
        parameters=load_folder(folder / "parameters", code, registry),
    )


def own_pay_groups(folder: Path, profile: Profile) -> Profile:
    """The profile with the pay groups that a site states itself, `pay_groups.yaml` in its overlay."""
    path = folder / _GROUPS
    if not path.is_file():
        return profile
    own = dict(_pay_groups(profile.code, read_yaml(path) or {}, registry_with(folder)))
    return replace(profile, pay_groups={**profile.pay_groups, **own})


def _pay_groups(
    profile: str, raw: Mapping[str, Any], registry: Mapping[str, Regulation]
) -> Iterator[tuple[str, PayGroup]]:
    for code, group in raw.items():
        where = f"profil {profile}, kelompok penghasilan {code}"
        citation = _citation(group.get("citation"), registry, where)
        evidence = evidence_of(str(group.get("grade", "")), where)
        yield code, PayGroup(code, bool(group["entitled"]), str(group["text"]), citation, evidence)


def merge(*layers: Mapping[str, Parameter]) -> dict[str, Parameter]:
    """Later layers win key by key; names must stay unique, and weights must sum to 100."""
    merged: dict[str, Parameter] = {}
    for layer in layers:
        merged |= layer
    _refuse_twins(merged)
    _check_weights({parameter.name: parameter for parameter in merged.values()})
    return merged


def _refuse_twins(parameters: Mapping[str, Parameter]) -> None:
    seen: dict[str, str] = {}
    for key, parameter in parameters.items():
        if parameter.name in seen:
            raise LawError(
                f"{key} dan {seen[parameter.name]} bernama sama; nama parameter harus satu-satunya."
            )
        seen[parameter.name] = key


def _check_weights(by_name: Mapping[str, Parameter]) -> None:
    for parameter in by_name.values():
        for dated in parameter.history if parameter.sums_to_100_with else ():
            others = [
                _other(parameter, name, by_name).on(dated.since).value for name in parameter.sums_to_100_with
            ]
            total = dated.value + sum(others)
            if total != MILLION:
                raise LawError(
                    f"{parameter.key} (mulai {dated.since.isoformat()}): bobot bersama "
                    f"{', '.join(parameter.sums_to_100_with)} berjumlah {total / 10_000:g} %, "
                    "seharusnya 100 %."
                )


def _other(parameter: Parameter, name: str, by_name: Mapping[str, Parameter]) -> Parameter:
    other = by_name.get(name.rsplit("/", 1)[-1])
    if other is None:
        raise LawError(f"{parameter.key}: bobot pasangannya, {name}, tidak ada.")
    return other

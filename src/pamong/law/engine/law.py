"""Puts a region's law together: formulas, national parameters, profile, site's overlay."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

from pamong.law.engine.errors import LawError
from pamong.law.engine.formulas import FACTS, FORMULAS, check_source
from pamong.law.engine.loader import (
    CHOICES,
    LAW,
    SITE,
    Profile,
    load_adoptions,
    load_folder,
    load_national,
    load_profile,
    merge,
    own_pay_groups,
    profile_codes,
    registry_with,
)
from pamong.law.engine.parameters import Parameter
from pamong.law.engine.plan import Law

AREAS = ("facts", "attendance", "parts", "acting", "allowance", "discipline", "tax", "health", "salary")


@cache
def load_formulas() -> None:
    """Import the law's own formulas and those of site packages (entry points in the group `pamong.law`)."""
    for area in AREAS:
        check_source(LAW / f"{area}.py")
        importlib.import_module(f"pamong.law.{area}")
    for entry in entry_points(group="pamong.law"):
        module = entry.load()
        check_source(Path(module.__file__))
    twins = sorted(set(FORMULAS) & set(FACTS))
    if twins:
        raise LawError(f"Nama {', '.join(twins)} dipakai untuk fakta dan rumus sekaligus.")


@cache
def load_law(profile: str, overlay: str | None = None) -> Law:
    """The law of a region: a shipped profile's code or a profile's folder, and the site's overlay folder."""
    folder = Path(profile)
    # A folder that happens to have a shipped profile's name is not meant.
    own = profile not in profile_codes() and folder.is_dir()
    found = load_profile(folder.name, folder) if own else load_profile(profile)
    return assemble(found, Path(overlay) if overlay else None)


def read_law(profile: str, overlay: str | None = None) -> Law:
    """The law of a shipped profile as its files are at this moment, whatever was loaded before; formulas are
    those with which the process began."""
    found = Path(overlay) if overlay else None
    return assemble(load_profile(profile), found, national=load_national.__wrapped__())


def assemble(
    profile: Profile, overlay: Path | None = None, national: Mapping[str, Parameter] | None = None
) -> Law:
    """National parameters, then the profile's, then the overlay's; later ones win key by key."""
    load_formulas()
    layers = [load_national() if national is None else national, profile.parameters]
    if overlay is not None:
        if not overlay.is_dir():
            raise LawError(f"Folder aturan situs {overlay} tidak ada.")
        layers.append(load_folder(overlay, SITE, registry_with(overlay)))
        profile = own_pay_groups(overlay, profile)
    law = Law(merge(*layers), profile, load_adoptions(overlay) if overlay else ())
    _check_methods(law)
    _check_names(law)
    return law


def _check_methods(law: Law) -> None:
    known: dict[str, set[str]] = {slot: set(shapes) for slot, shapes in CHOICES.items()}
    for versions in FORMULAS.values():
        for version in versions:
            if version.method:
                slot, _, shape = version.method.partition(".")
                known.setdefault(slot, set()).add(shape)
    for slot, shape in law.profile.methods.items():
        if shape not in known.get(slot, set()):
            raise LawError(
                f"profil {law.profile.code}: cara '{slot}: {shape}' tidak ada; yang ada untuk {slot}: "
                f"{', '.join(sorted(known.get(slot, set()))) or 'tidak ada'}."
            )


def _check_names(law: Law) -> None:
    for name in law.by_name:
        if name in FORMULAS or name in FACTS:
            raise LawError(f"{law.by_name[name].key}: nama '{name}' sudah dipakai rumus atau fakta.")

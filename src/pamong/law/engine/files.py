"""The files that a region's law is made of, by their hashes: what is put in force, and compared later."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from pamong.law.engine.loader import LAW

PROFILES = "profiles"
_SUFFIXES = frozenset({".py", ".yaml", ".csv"})


def law_files(profile: str, overlay: str = "") -> Mapping[str, str]:
    """SHA-256 in hexadecimal of each file: parameters and formulas, the region's own, the site's overlay.

    Names are relative to the law's folder; of the overlay they begin with ``situs/``.
    """
    national = {name: path for name, path in _below(LAW) if not name.startswith(f"{PROFILES}/")}
    own = {f"{PROFILES}/{profile}/{name}": path for name, path in _below(LAW / PROFILES / profile)}
    site = {f"situs/{name}": path for name, path in _below(Path(overlay))} if overlay else {}
    found = national | (own if profile else {}) | site
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in sorted(found.items())}


def _below(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in folder.rglob("*"):
        if path.suffix in _SUFFIXES and path.is_file():
            yield path.relative_to(folder).as_posix(), path

"""What a document is printed by: its template, found first in a region's own folders, and its hash.

A template names at its head the fields without which it can't be printed, one a line::

    // perlu dictum daftar: diktum (menetapkan)

and after ``boleh`` those that it prints where they are given. A field is a path (``signer.name``), its shape
one of ``teks``, ``daftar`` (texts), ``pasangan`` (pairs of a label and a text) and ``pilihan`` (pairs of a
label and whether it is ticked); what follows the colon is how a sentence calls it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

# Beside ``rendering``, which the web process does not load.
TEMPLATES = Path(__file__).resolve().parent / "templates"
_PROFILES = Path(__file__).resolve().parents[1] / "law" / "profiles"
_IMPORT = re.compile(r'^#import "([a-z0-9_]+\.typ)"', re.MULTILINE)
_FIELD = re.compile(r"^// (perlu|boleh) ([a-z_.]+) (teks|daftar|pasangan|pilihan): (.+)$", re.MULTILINE)
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_KEPT = {".typ", ".svg", ".png", ".jpg"}  # of a region's folder: what a letterhead may be made of


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a template: the path to it, its shape, what it is called, and whether it must be there."""

    path: str
    shape: str
    title: str
    needed: bool

    def fits(self, content: Mapping[str, Any]) -> bool:
        """Whether content has it in its shape, and not empty."""
        value: Any = content
        for name in self.path.split("."):
            value = value.get(name) if isinstance(value, Mapping) else None
        return _SHAPES[self.shape](value)


def template_hash(template: str) -> str:
    """SHA-256 over the text of a template (`slip`, `pay_list`), behind those of what it imports.

    ValueError for one that is in no folder.
    """
    return _hash(template, folders())


def fields_of(template: str) -> Sequence[Field]:
    """The fields that a template declares. ValueError for one that is in no folder."""
    return _fields(template, folders())


def missing_in(template: str, content: Mapping[str, Any]) -> Sequence[Field]:
    """The fields that a template needs and that content does not have, or has in another shape."""
    return [field for field in fields_of(template) if field.needed and not field.fits(content)]


def folders() -> tuple[Path, ...]:
    """Where templates are looked for: the site's own folder, that of its profile, ours."""
    own = Path(settings.PAMONG_TEMPLATES) if settings.PAMONG_TEMPLATES else None
    code = str(settings.PAMONG_PROFILE)
    region = _PROFILES / code / "templates" if _NAME.fullmatch(code) else None
    known = [each for each in (own, region) if each is not None and each.is_dir()]
    return (*known, TEMPLATES)


def files_of(template: str, where: Sequence[Path]) -> dict[str, bytes]:
    """All files that a template may read, by name: of a file in several folders, the first one's."""
    _path(f"{template}.typ", tuple(where))
    found: dict[str, bytes] = {}
    for folder in reversed(where):
        found |= {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in _KEPT}
    return found


@cache
def _hash(template: str, where: tuple[Path, ...]) -> str:
    digest = hashlib.sha256()
    for name in _sources(f"{template}.typ", where):
        digest.update(_path(name, where).read_bytes())
    return digest.hexdigest()


@cache
def _fields(template: str, where: tuple[Path, ...]) -> tuple[Field, ...]:
    found: dict[str, Field] = {}
    for name in _sources(f"{template}.typ", where):
        text = _path(name, where).read_text(encoding="utf-8")
        for word, path, shape, title in _FIELD.findall(text):
            found[path] = Field(path, shape, title.strip(), word == "perlu")
    return tuple(found.values())


def _sources(name: str, where: tuple[Path, ...]) -> list[str]:
    """A template behind what it imports, each once."""
    found: list[str] = []
    text = _path(name, where).read_text(encoding="utf-8")
    for other in _IMPORT.findall(text):
        found += [each for each in _sources(other, where) if each not in found]
    return [*found, name]


def _path(name: str, where: tuple[Path, ...]) -> Path:
    stem = name.removesuffix(".typ")
    for folder in where:
        if _NAME.fullmatch(stem) and (folder / name).is_file():
            return folder / name
    raise ValueError(f"no template {stem!r}")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_list(value: object) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(_is_text(each) for each in value)


def _is_pairs(value: object, second: type) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(
        isinstance(each, list | tuple) and len(each) == len("ab") and _is_text(each[0])
        and isinstance(each[1], second)
        for each in value
    )  # fmt: skip


_SHAPES: dict[str, Callable[[Any], bool]] = {
    "teks": _is_text,
    "daftar": _is_list,
    "pasangan": lambda value: _is_pairs(value, str),
    "pilihan": lambda value: _is_pairs(value, bool),
}

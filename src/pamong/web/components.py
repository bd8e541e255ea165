"""The ``ui`` of templates: every macro of ``jinja2/ui`` by its name, and the shapes that they take.

A global, not an import: a block that is rendered alone for htmx does not run its template's imports.
"""

from __future__ import annotations

import re
from pathlib import Path

from jinja2 import Environment

from pamong.web import shapes

FOLDER = Path(__file__).parent / "jinja2" / "ui"
_MACRO = re.compile(r"\{%-?\s*macro\s+(\w+)\(")
_SHAPES = ("Column", "Link", "Node", "Notice", "Seal", "Stage", "Tab", "Pages")


def macro_files(folder: Path = FOLDER) -> dict[str, str]:
    """The file of each macro. ValueError if two files define the same name."""
    files: dict[str, str] = {}
    for path in sorted(folder.glob("*.html")):
        for name in _MACRO.findall(path.read_text(encoding="utf-8")):
            if name in files:
                raise ValueError(f"macro {name} stands in {files[name]} and in {path.name}")
            files[name] = path.name
    return files


class Components:
    """Gives ``ui.button`` and the like; AttributeError for a name that no file defines."""

    def __init__(self, env: Environment) -> None:
        self._env = env
        self._files = macro_files()

    def __getattr__(self, name: str) -> object:
        if name in _SHAPES:
            return getattr(shapes, name)
        if name not in self._files:
            raise AttributeError(f"no macro {name} in jinja2/ui")
        return getattr(self._env.get_template(f"ui/{self._files[name]}").module, name)

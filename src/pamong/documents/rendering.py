"""Renders a template with data to PDF by Typst: no system fonts, a fixed date, hence the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import typst

from pamong.documents.template_hash import files_of, folders
from pamong.kernel.canonical import canonical_json

# For archives, with files attached: with tags for screen readers, and without.
_TAGGED, _PLAIN = "a-3a", "a-3b"


def render(template: str, data: Mapping[str, Any], *, at: datetime, tagged: bool = True) -> bytes:
    """The PDF/A of a template (`slip`, `recap`) with its data; `at` becomes the document's date.

    Data are JSON values without floats; amounts come as texts. ValueError for an unknown template, and where
    the data don't fit it.
    """
    standard = _TAGGED if tagged else _PLAIN
    options = {"format": "pdf", "pdf_standards": [standard], "pdf_tags": tagged}
    (pdf,) = _compile(template, data, options | {"timestamp": at.replace(microsecond=0)})
    return pdf


def render_png(template: str, data: Mapping[str, Any], *, ppi: int = 100) -> list[bytes]:
    """The same pages as pictures, one PNG a page, for previews and tests."""
    return _compile(template, data, {"format": "png", "ppi": float(ppi)})


def texts_of(template: str, data: Mapping[str, Any], label: str) -> list[str]:
    """The texts that a template marks with metadata of a label, in order: what a page says, for checks."""
    found = typst.query(
        _source(template), f"<{label}>", field="value", ignore_system_fonts=True, sys_inputs=_inputs(data)
    )
    return [str(value) for value in json.loads(found)]


def _compile(template: str, data: Mapping[str, Any], options: Mapping[str, Any]) -> list[bytes]:
    try:
        made = typst.compile(_source(template), ignore_system_fonts=True, sys_inputs=_inputs(data), **options)
    except typst.TypstError as error:
        raise ValueError(f"template {template}: {error.message}") from error
    return made if isinstance(made, list) else [made]


def _inputs(data: Mapping[str, Any]) -> dict[str, str]:
    return {"data": canonical_json(data).decode()}


def _source(template: str) -> Any:
    """The template as the file from which Typst begins, with all that it may read beside it."""
    files = files_of(template, folders())
    return files | {"main.typ": files[f"{template}.typ"]}

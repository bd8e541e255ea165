"""Collects the Indonesian sentences of pages and code into the English catalogue, and compiles it.

``python tools/messages.py`` adds new sentences (without a translation), drops unused ones and writes the
compiled catalogue. The same input gives the same bytes; a test holds sentences, translations and the
compiled file together.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

TOP = Path(__file__).resolve().parents[1]
SOURCE = TOP / "src" / "pamong"
PO = SOURCE / "web" / "locale" / "en" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
METHODS = [("**.py", "python"), ("**/jinja2/**", "jinja2.ext:babel_extract")]
TEMPLATE_OPTIONS = {
    "newstyle_gettext": "true",
    "silent": "false",
    "trim_blocks": "true",
    "lstrip_blocks": "true",
}
KEYWORDS = {"_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2)}


class English(Catalog):
    """A catalogue whose head holds no date, tool or version: those would make runs differ."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:  # type: ignore[override]
        """What Django needs to know, and nothing else."""
        return [
            ("Language", "en"),
            ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def collect() -> Catalog:
    """All sentences that the code and the templates ask a translation for."""
    catalog = Catalog()
    for _file, _line, message, _comments, _context in extract_from_dir(
        SOURCE, METHODS, {"**/jinja2/**": TEMPLATE_OPTIONS}, KEYWORDS
    ):
        catalog.add(message)
    return catalog


def updated() -> Catalog:
    """The English catalogue with exactly the collected sentences."""
    with PO.open("rb") as file:
        old = read_po(file, locale="en")
    catalog = English(locale="en", fuzzy=False, header_comment="# Pamong, English")
    for message in collect():
        if message.id:
            known = old.get(message.id)
            none = ("", "") if isinstance(message.id, (list, tuple)) else ""
            same_shape = known is not None and isinstance(known.string, type(none))
            catalog.add(message.id, known.string if same_shape else none, flags=message.flags)
    return catalog


def all_said(string: str | tuple[str, ...]) -> bool:
    """Whether a sentence, or each of its numbers, has its English."""
    return all(string) if isinstance(string, (list, tuple)) else bool(string)


def as_po(catalog: Catalog) -> bytes:
    """The catalogue as text."""
    out = BytesIO()
    write_po(out, catalog, width=110, sort_output=True, no_location=True)
    return out.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    """The catalogue as Django reads it."""
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def main() -> int:
    """Write both files; 1 where a sentence still lacks its translation."""
    catalog = updated()
    PO.write_bytes(as_po(catalog))
    MO.write_bytes(as_mo(catalog))
    missing = [message.id for message in catalog if message.id and not all_said(message.string)]
    for sentence in missing:
        print(f"without English: {sentence}")
    print(f"{len(catalog)} sentences, {len(missing)} without English")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())

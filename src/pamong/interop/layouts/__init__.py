"""How files for treasury and bank look: data, one YAML a recipient, which a site's own folder may replace.

A layout names its file, its format (``csv`` or ``xlsx``), its columns in their order, each with a heading and
the value that stands there, and the amount that the file adds up to.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from pamong.kernel.errors import DomainError
from pamong.pay.choices import OutFile

HERE = Path(__file__).resolve().parent
VALUES = frozenset({"number", "reference", "nip", "name", "bank", "account", "holder", "remark"})
AMOUNTS = frozenset({"gross", "tax", "health", "net"})
FORMATS = frozenset({"csv", "xlsx"})


class LayoutBroken(DomainError):
    """A layout of a site can't be used."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"Tata letak {path.name} tidak dapat dipakai: {what}. Beri tahu operator sistem.")


@dataclass(frozen=True, slots=True)
class Layout:
    """What a file for a recipient holds. ``text_mark`` stands before long digits of a text file."""

    code: str
    name: str
    format: str
    columns: tuple[tuple[str, str], ...]  # heading, value
    total: str
    delimiter: str = ";"
    text_mark: str = ""


def layout_of(kind: OutFile) -> Layout:
    """The layout for a recipient: the site's own, else the one that is shipped. LayoutBroken."""
    own = Path(settings.PAMONG_LAYOUTS) / f"{kind.value}.yaml" if settings.PAMONG_LAYOUTS else None
    return read_layout(own if own and own.is_file() else HERE / f"{kind.value}.yaml")


def read_layout(path: Path) -> Layout:
    """A layout from its file. LayoutBroken for one that is not whole or names a value that does not exist."""
    try:
        # Every value is text: to YAML a heading "No" says no.
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - makes no objects
        columns = tuple((str(each["heading"]), str(each["value"])) for each in raw["columns"])
        layout = Layout(
            path.stem, str(raw["name"]), str(raw["format"]), columns, str(raw["total"]),
            str(raw.get("delimiter", ";")), str(raw.get("text_mark", "")),
        )  # fmt: skip
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise LayoutBroken(path, "isinya bukan YAML") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise LayoutBroken(path, "name, format, total, atau columns belum lengkap") from error
    _require_known(path, layout)
    return layout


def _require_known(path: Path, layout: Layout) -> None:
    unknown: list[Any] = sorted({value for _, value in layout.columns} - VALUES - AMOUNTS)
    headings = [heading for heading, _ in layout.columns]
    faults = {
        f"isian {', '.join(unknown)} tidak dikenal": unknown,
        "jumlahnya harus gross, tax, health, atau net": layout.total not in AMOUNTS,
        "bentuknya harus csv atau xlsx": layout.format not in FORMATS,
        "kolomnya belum ada atau judulnya ganda": not headings or len(set(headings)) < len(headings),
        "pemisahnya harus satu tanda": len(layout.delimiter) != 1,
    }
    for what, is_so in faults.items():
        if is_so:
            raise LayoutBroken(path, what)

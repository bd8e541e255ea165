"""What the documents point to is there: pictures, other documents, files of the source."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.conftest import TOP

DOCUMENTS = [TOP / "README.md", *sorted((TOP / "docs").rglob("*.md"))]
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def targets(path: Path) -> list[str]:
    """The relative addresses that a document links to, without their anchors."""
    found = [target.split("#")[0] for target in _LINK.findall(path.read_text(encoding="utf-8"))]
    return [target for target in found if target and not target.startswith(("https://", "http://"))]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(TOP).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    assert [target for target in targets(path) if not (path.parent / target).exists()] == []


def test_the_documents_show_every_picture() -> None:
    shown = {(path.parent / target).resolve() for path in DOCUMENTS for target in targets(path)}
    assert [p.name for p in sorted((TOP / "docs" / "pictures").glob("*.png")) if p not in shown] == []


def test_the_readme_shows_pictures_and_names_the_documents() -> None:
    found = targets(TOP / "README.md")
    assert sum(target.startswith("docs/pictures/") for target in found) >= 5
    for name in ("architecture", "glossary", "law-data", "worked-examples", "tutorials/change-a-cut"):
        assert f"docs/{name}.md" in found

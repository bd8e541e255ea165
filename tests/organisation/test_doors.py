"""Pages and API reach acts on the organisation by proposals and reorganisations alone: by two people."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from pamong.organisation import services

SRC = Path(services.__file__).resolve().parents[2]
OUTSIDE = ("web", "api")
# What only looks, what only drafts, and what asks for a second person. A new site changes nothing about a
# unit or a seat: that a unit works there is proposed.
OPEN = {
    "Asked", "NeedFate", "Preview", "Proposed", "SeatFate", "Shift", "Told", "UnitFate", "LineFate",
    "preview_act", "propose_act", "preview_proposal", "approve_proposal", "refuse_proposal",
    "withdraw_proposal", "draft_reorganisation", "change_draft", "preview_reorganisation",
    "adopt_reorganisation", "withdraw_draft", "create_site",
}  # fmt: skip
BAD = """
from pamong.organisation import services as organisation
def view(request):
    organisation.change_seat(actor=request.actor)
"""


def used(source: str) -> Iterator[str]:
    """The names of the services of organisation that a module reaches."""
    tree = ast.parse(source)
    aliases = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "pamong.organisation":
            aliases |= {name.asname or name.name for name in node.names if name.name == "services"}
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
            "pamong.organisation.services"
        ):
            yield from (name.name for name in node.names)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in aliases:
            yield node.attr


def test_no_page_carries_out_an_act_for_one_person() -> None:
    found = {
        f"{path.relative_to(SRC)}: {name}"
        for part in OUTSIDE
        for path in (SRC / part).rglob("*.py")
        for name in used(path.read_text(encoding="utf-8"))
        if name not in OPEN
    }
    assert found == set()


def test_a_page_that_did_would_be_found() -> None:
    assert list(used(BAD)) == ["change_seat"]

"""The page of the data-quality list names its rules, each with who mends it, and no others."""

from __future__ import annotations

import re
from pathlib import Path

from pamong.people.quality import RULES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "data-quality.md"


def test_the_page_names_every_rule_with_its_owner() -> None:
    rows = re.findall(r"^\| \*(.+?)\* \| .+? \| (.+?) \| (.+?) \|$", PAGE.read_text(), re.MULTILINE)
    assert [(title, owner) for title, owner, _law in rows] == [
        (rule.title, rule.owner.label) for rule in RULES
    ]
    for rule, (_title, _owner, law) in zip(RULES, rows, strict=True):
        assert all(f"`{name}`" in law for name in rule.law), rule.code

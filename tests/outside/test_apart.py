"""The programs outside share no code with the server, and need little more than Python."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from pamong_verify.faults import Fault
from tests.architecture import checks

TOP = Path(__file__).resolve().parents[2]
VERIFY = sorted((TOP / "outside" / "verify" / "src").rglob("*.py"))
WITNESS = sorted((TOP / "outside" / "witness" / "src").rglob("*.py"))
SERVER = sorted((TOP / "src").rglob("*.py"))
OUTSIDE = {"pamong_verify", "pamong_witness"}


def imported(path: Path) -> Iterator[str]:
    """The top names of all modules that a file imports, also those given as text to ``import_module``."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, path
            yield str(node.module).partition(".")[0]
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("import_module", "_module"):
            first = node.args[0]
            if isinstance(first, ast.Constant):
                yield str(first.value).partition(".")[0]


def needed(paths: list[Path]) -> set[str]:
    return {name for path in paths for name in imported(path)} - set(sys.stdlib_module_names)


def test_who_imports_whom() -> None:
    assert len(VERIFY) > 10
    assert len(WITNESS) > 5
    assert needed(VERIFY) == {"pamong_verify", "cryptography", "pypdf", "zxingcpp", "PIL"}
    assert needed(WITNESS) == {"pamong_witness", "pamong_verify", "cryptography"}
    assert not needed(SERVER) & OUTSIDE


def test_what_is_optional_is_imported_in_one_place() -> None:
    optional = {"pypdf", "zxingcpp", "PIL"}
    assert [path.name for path in VERIFY if optional & set(imported(path))] == ["extras.py"]


def test_house_rules_hold_outside_too() -> None:
    for path in VERIFY + WITNESS:
        for check in (checks.left_undone, checks.too_long, checks.undocumented):
            assert list(check(path.read_text())) == [], path


def test_each_dependency_has_its_sentence() -> None:
    for name in ("verify", "witness"):
        text = (TOP / "outside" / name / "pyproject.toml").read_text()
        project = tomllib.loads(text)["project"]
        extras = project.get("optional-dependencies", {}).values()
        wanted = [*project["dependencies"], *(each for extra in extras for each in extra)]
        for each in wanted:
            assert re.search(rf'^  # .+\.\n  "{re.escape(each)}",$', text, re.MULTILINE), each


def test_the_readme_lists_every_fault() -> None:
    text = (TOP / "outside" / "verify" / "README.md").read_text()
    rows = re.findall(r"^\| (\d+) \| `(\w+)` \| (.+?) \|", text, re.MULTILINE)
    assert rows == [(str(fault.status), fault.name.lower(), fault.value[1]) for fault in Fault]
    assert len({fault.status for fault in Fault}) == len(Fault)
    assert len({fault.value[1] for fault in Fault}) == len(Fault)

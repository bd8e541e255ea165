"""The house rules over the whole tree. Each failure names file, line and what to do."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.questioner import NonInteractiveMigrationQuestioner
from django.db.migrations.state import ProjectState
from django.utils.translation import override

from tests.architecture import checks

TOP = Path(__file__).resolve().parents[2]
PACKAGE = TOP / "src" / "pamong"
EDGE = {"web", "api", "jobs", "cli", "config", "demo"}
OWN_CLOCK = {"access/clock.py", "kernel/ids.py"}
# What a domain shows beside the common face, and why.
MORE_FACE = {
    # The clock of the edge, its request, the roles to describe, what allauth builds on, what two decide; to
    # whom reminders go and went, whose reads and acts belong together; keys and witnesses of the ledger.
    "access": {"adapter", "ceremonies", "clock", "mailing", "middleware", "requests", "roles"},
    # The base of every dated table and of every document that two people make, which models of other domains
    # inherit; the values a field may hold; COPY of what stands beside them; everything on one basis taken
    # back; the locks of a month that is written to or closed; hashes, proofs and signed notes, the sequencer
    # and the audit, keys of persons and what they open, tables bound to the log and the mark on entries,
    # which know no Django; plain SQL; the first day.
    "ledger": {
        "audit",
        "binding",
        "bulk",
        "dated",
        "firstday",
        "kinds",
        "locks",
        "marks",
        "openings",
        "papers",
        "personkeys",
        "proofs",
        "receipts",
        "sequencer",
        "sql",
        "tree",
        "undoing",
    },
    # Rows of a whole file read, written and taken back at once: for imports alone.
    "organisation": {"bulk"},
    # What can be entered, in words, from which forms are made; many rows at once, for imports; the
    # data-quality list, whose rules, reads and acts belong together.
    "people": {"bulk", "quality", "subjects"},
    # What a kind of decision is, which every domain with kinds of its own builds; what departs
    # from the plain path, of which each keeps its own; the law of the site, by which all decide.
    "decisions": {"departures", "site", "types"},
    # What is left of leave, in lots with their reasons, which a page draws.
    "leave": {"lots"},
    # Working days by the law, and days from punches as columns, from which pay computes; what a day result
    # is made of, which pages tell; room for punches, which doctor looks after.
    "attendance": {"calendars", "derive", "partitions", "resolving"},
    # The run of a month in chunks, and the shadow month, which a job or a command drives; the lists on which
    # a month is paid and what it differs by later, whose acts and reads belong together; how people are paid,
    # which a sheet brings, and the register in which a run finds it; its part of the audit of the log.
    "pay": {
        "audit",
        "binding",
        "differences",
        "facts",
        "inputs",
        "month",
        "paid_comparison",
        "path",
        "progress",
        "shadow",
    },
    # What a region's method asks of a month: forms are made from it.
    "performance": {"asking"},
    # Pure: ranks from scores, what scores and choices show, who is connected with whom, talent boxes.
    "merit": {"kinship", "ranking", "signals", "talent"},
}
# The demo's COPY takes columns from the models' metadata, for all tables alike: no face could give them.
BY_METADATA = {"demo/town/load.py", "demo/town/writing.py"}
# Functions that make the actor, or turn a name into one, can't ask for it; nor those called at the start.
BEFORE_THE_ACTOR = {
    "access/queries.py": {
        "actor_by_id", "actor_for", "actors_of", "derive_standing", "find_user", "named_actor", "scoped"
    },
    "access/services.py": {"derive_units"},
}  # fmt: skip


def sources(*folders: Path) -> list[Path]:
    return sorted(
        path
        for folder in folders
        for path in folder.rglob("*.py")
        if "migrations" not in path.parts and "node_modules" not in path.parts
    )


OURS = sources(PACKAGE)
TESTS = sources(TOP / "tests")


def breaches(paths: Iterable[Path], check: Callable[[str], Iterator[checks.Breach]]) -> list[str]:
    return [
        f"{path.relative_to(TOP)}:{line}: {sentence}"
        for path in paths
        for line, sentence in check(path.read_text())
    ]


def package_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0]


def test_nothing_is_left_undone() -> None:
    rules_themselves = {TOP / "tests" / "architecture" / name for name in ("checks.py", "test_checks.py")}
    assert breaches(set(OURS + TESTS) - rules_themselves, checks.left_undone) == []


def test_files_and_functions_are_small() -> None:
    assert breaches(OURS + TESTS, checks.too_long) == []


def test_everything_public_says_what_it_is() -> None:
    assert breaches(OURS, checks.undocumented) == []


def test_nothing_below_the_edge_asks_the_clock() -> None:
    below = [
        path
        for path in OURS
        if package_of(path) not in EDGE and path.relative_to(PACKAGE).as_posix() not in OWN_CLOCK
    ]
    assert breaches(below, checks.asks_the_clock) == []


def test_only_the_edge_imports_the_edge_clock() -> None:
    below = [path for path in OURS if package_of(path) not in EDGE | {"access"}]
    assert [
        str(path) for path in below if re.search(r"access(\.| import .*\b)clock\b", path.read_text())
    ] == []


def test_no_float_near_money_or_law() -> None:
    near = [path for path in OURS if package_of(path) in ("law", "pay", "kernel", "performance", "merit")]
    assert breaches(near, checks.uses_float) == []


def test_domains_are_seen_by_their_face_only() -> None:
    domains = {
        path.parent.name: set[str]() for path in [*PACKAGE.glob("*/models.py"), *PACKAGE.glob("*/models")]
    }
    domains |= {name: MORE_FACE[name] for name in domains if name in MORE_FACE}
    assert {"access", "ledger"} <= set(domains)
    found = []
    for path in OURS:
        if path.relative_to(PACKAGE).as_posix() in BY_METADATA:
            continue
        found += breaches([path], partial(checks.bypasses_a_face, own=package_of(path), domains=domains))
    assert found == []


def test_services_and_queries_take_the_actor_first() -> None:
    found = []
    for path in [*PACKAGE.glob("*/services.py"), *PACKAGE.glob("*/queries.py")]:
        spared = BEFORE_THE_ACTOR.get(path.relative_to(PACKAGE).as_posix(), set())
        found += [line for line in breaches([path], checks.actor_not_first) if line.split()[1] not in spared]
    assert found == []


def test_imports_go_downward() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=TOP,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_web_process_never_loads_polars() -> None:
    code = (
        "import sys, pamong.config.wsgi, pamong.config.urls, pamong.law.engine.explain\n"
        "heavy = {'polars', 'typst', 'xlsxwriter', 'python_calamine'} & set(sys.modules)\n"
        "sys.exit(', '.join(heavy) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=TOP, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_no_migration_is_pending() -> None:
    loader = MigrationLoader(None)
    with override(None):  # a translated label is no change
        now = ProjectState.from_apps(apps)
        detector = MigrationAutodetector(loader.project_state(), now, NonInteractiveMigrationQuestioner())
        changes = detector.changes(graph=loader.graph)
    assert {label: [str(each.operations) for each in found] for label, found in changes.items()} == {}


def test_each_dependency_has_its_sentence() -> None:
    """What it is for stands in a comment above it."""
    text = (TOP / "pyproject.toml").read_text()
    project = tomllib.loads(text)["project"]
    wanted = [
        *project["dependencies"],
        *(name for extra in project["optional-dependencies"].values() for name in extra),
    ]
    lines = text.splitlines()
    without = []
    for name in wanted:
        (number,) = [index for index, line in enumerate(lines) if line.strip() == f'"{name}",']
        above = lines[number - 1].strip()
        if not (above.startswith("# ") and above.endswith(".")):
            without.append(name)
    assert without == []


def test_locks_name_no_address_and_give_hashes() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (TOP / name).read_text()
        assert "://" not in text, name
        entries = re.findall(r"^([a-z0-9][^ ]*)==", text, re.MULTILINE)
        assert len(entries) > 30
        assert len(entries) == len(
            re.findall(r"^[a-z0-9][^ ]*==[^\n]*\\\n    --hash=sha256:", text, re.MULTILINE)
        )
    assert '"resolved"' not in (TOP / "package-lock.json").read_text()

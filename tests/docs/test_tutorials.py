"""Every tutorial, typed as it stands: its commands in their order, and what they print."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.docs.conftest import TOP, Room
from tests.docs.reading import Command, File, first_missing, steps

TUTORIALS = sorted((TOP / "docs" / "tutorials").glob("*.md"))
PATIENCE_SECONDS = 240


@pytest.mark.parametrize("path", TUTORIALS, ids=lambda path: path.stem)
def test_a_tutorial_does_what_it_says(path: Path, room: Room) -> None:
    found = list(steps(path.read_text(encoding="utf-8")))
    assert sum(isinstance(step, Command) for step in found) >= 3
    for step in found:
        if isinstance(step, File):
            target = room.folder / step.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(step.text, encoding="utf-8")
        else:
            _type(step, room)


def _type(command: Command, room: Room) -> None:
    done = subprocess.run(
        ["bash", "-c", command.text],
        cwd=room.folder,
        env=room.environ,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert done.returncode == 0, f"{command.text}\n{done.stdout}{done.stderr}"
    missing = first_missing(command.shown, done.stdout.splitlines())
    assert missing is None, f"{command.text}\nshown, not printed: {missing}\nprinted:\n{done.stdout}"


def test_there_are_tutorials() -> None:
    assert TUTORIALS


# --- The reader itself ---

TEXT = """
Words.

```console
$ one \\
    --more
a
...
c
$ two
```

```yaml
# aturan/x.yaml
title: X
```

```yaml
title: not a file
```

```python
$ not a command
```

```diff
# ubah/y.diff
--- a
```
"""


def test_commands_and_files_are_found_in_order() -> None:
    assert list(steps(TEXT)) == [
        Command("one \\\n    --more", ("a", "...", "c")),
        Command("two", ()),
        File("aturan/x.yaml", "# aturan/x.yaml\ntitle: X\n"),
        File("ubah/y.diff", "# ubah/y.diff\n--- a\n"),
    ]


@pytest.mark.parametrize(
    ("shown", "printed", "missing"),
    [
        ("a|b", "a|b", None),
        ("a|...|c", "a|x|y|  c", None),
        ("...|c", "c", None),
        ("a|...", "a", None),
        ("a ... b", "a 12 b", None),
        ("", "", None),
        ("a|c", "a|b|c", "c"),
        ("a|...|c", "a|b", "c"),
        ("a", "a|b", "(end) but then: b"),
        ("  a", "a", "  a"),
        ("a ... b", "a 12 c", "a ... b"),
        ("a.b", "axb", "a.b"),
        ("b|...|a", "a|b", "b"),
    ],
)
def test_shown_lines_are_compared(shown: str, printed: str, missing: str | None) -> None:
    lines = [text.split("|") if text else [] for text in (shown, printed)]
    assert first_missing(tuple(lines[0]), lines[1]) == missing

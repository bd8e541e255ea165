"""`make bench`: prints one line a figure, with its ratio to the anchor measured in the same run.

Figures go into `results.json` beside this file (ignored by git). Nothing here is a test: a slow machine fails
nothing. Names on the command line choose figures: `formulas`, `month`, `presence`, `year`, `explanation`,
`import`, `lists`, `city`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).resolve().parent / "results.json"


def say(name: str, text: str) -> None:
    """One line a figure."""
    print(f"{name:28} {text}", flush=True)


def keep(group: str, figures: dict[str, Any]) -> None:
    """Put figures under their group into results.json."""
    known = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    known[group] = figures
    RESULTS.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n")


def main(names: list[str]) -> None:
    """Measure what was asked for, by default all."""
    from benchmarks import (  # noqa: PLC0415 - each loads what it measures
        demo_city,
        explanation,
        formulas,
        lists,
        month,
        presence,
        register_import,
        year,
    )

    figures: dict[str, Callable[[], dict[str, Any]]] = {
        "formulas": formulas.measure,
        "explanation": explanation.measure,
        "month": month.measure,
        "presence": presence.measure,
        "year": year.measure,
        "import": register_import.measure,
        "lists": lists.measure,
        "city": demo_city.measure,
    }
    for name in names or list(figures):
        keep(name, figures[name]())


if __name__ == "__main__":
    main(sys.argv[1:])

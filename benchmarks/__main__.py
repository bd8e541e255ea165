"""`make bench`: prints one line a figure, with its ratio to the anchor measured in the same run.

Figures go into `results.json` beside this file (ignored by git). Nothing here is a test: a slow machine fails
nothing. Names on the command line choose figures: `formulas`, `month`, `presence`, `year`, `explanation`,
`import`, `lists`, `inbox`, `kgb`, `city`, `ledger`, `audit`, `tree`, `orders`.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import django

# Each is loaded only when it is asked for.
FIGURES = {
    "formulas": "formulas",
    "explanation": "explanation",
    "month": "month",
    "presence": "presence",
    "year": "year",
    "import": "register_import",
    "lists": "lists",
    "kgb": "kgb",
    "city": "demo_city",
    "inbox": "inbox",
    "ledger": "ledger",
    "audit": "ledger_audit",
    "tree": "ledger_tree",
    "orders": "orders",
}
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
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pamong.config.settings")
    django.setup()  # some measure what our own packages do, in this process
    for name in names or list(FIGURES):
        keep(name, import_module(f"benchmarks.{FIGURES[name]}").measure())


if __name__ == "__main__":
    main(sys.argv[1:])

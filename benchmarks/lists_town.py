"""Fills the database that the environment names: ``python -m benchmarks.lists_town PEOPLE``; seconds."""

from __future__ import annotations

import json
import sys
import time

import django


def main(people: int) -> None:
    """Put in the invented town with so many people in service, its accounts, and its last month's slips."""
    django.setup()
    from pamong.demo.load import ensure  # noqa: PLC0415 - after django.setup

    began = time.perf_counter()
    ensure(lambda line: print(line, file=sys.stderr, flush=True), people, 1)
    print(json.dumps({"seconds": round(time.perf_counter() - began, 1)}))


if __name__ == "__main__":
    main(int(sys.argv[1]))

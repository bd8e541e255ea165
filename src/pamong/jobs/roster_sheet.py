"""``python -m pamong.jobs.roster_sheet``: the sheet of a unit's month, from JSON on standard input.

A process of its own, as it loads the library of workbooks, which a web process never does.
"""

from __future__ import annotations

import json
import sys

from pamong.jobs.program import answer


def make() -> bytes:
    """The workbook of ``{"days": 30, "people": [[key, name, {day: text}]], "letters": [[code, words]]}``."""
    from pamong.interop.roster_sheet import write_roster  # noqa: PLC0415 (models need Django set up)

    told = json.load(sys.stdin.buffer)
    people = [
        (key, name, {int(day): text for day, text in cells.items()}) for key, name, cells in told["people"]
    ]
    return write_roster(people, days=told["days"], letters=[(code, words) for code, words in told["letters"]])


if __name__ == "__main__":
    answer(make)

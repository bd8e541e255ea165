"""``python -m pamong.jobs.leave_list NAME``: what the list of leave on standard input says, as JSON.

A process of its own, as it loads the libraries of workbooks, which a web process never does.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from pamong.jobs.program import answer


def make(name: str) -> bytes:
    """The rows and the problems of the file of this name."""
    from pamong.interop.leave_list import read_leave_list  # noqa: PLC0415 (models need Django set up)

    rows, problems = read_leave_list(sys.stdin.buffer.read(), name)
    told = {"rows": [_row(row) for row in rows], "problems": [[each.line, each.text] for each in problems]}
    return json.dumps(told).encode()


def _row(row: Any) -> dict[str, Any]:
    leave = row.leave
    return {
        "line": row.line, "nip": row.nip, "kind": leave.kind.value, "first": leave.first.isoformat(),
        "last": leave.last.isoformat(), "number": leave.number, "dated_on": leave.dated_on.isoformat(),
    }  # fmt: skip


if __name__ == "__main__":
    answer(make)

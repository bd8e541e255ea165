"""``python -m pamong.jobs.leave_list SHA256 NAME``: what a list of leave says, as JSON to standard output.

A process of its own, as it loads the libraries of workbooks, which a web process never does.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any


def main(arguments: list[str]) -> int:
    """Read the kept file of this hash."""
    import django  # noqa: PLC0415 (settings are read only when it runs)

    django.setup()
    from pamong.documents import store  # noqa: PLC0415
    from pamong.interop.leave_list import read_leave_list  # noqa: PLC0415 (models need Django set up)

    sha256, name = arguments
    rows, problems = read_leave_list(store.read(sha256), name)
    told = {"rows": [_row(row) for row in rows], "problems": [[each.line, each.text] for each in problems]}
    sys.stdout.write(json.dumps(told))
    return 0


def _row(row: Any) -> dict[str, Any]:
    leave = row.leave
    return {
        "line": row.line, "nip": row.nip, "kind": leave.kind.value, "first": leave.first.isoformat(),
        "last": leave.last.isoformat(), "number": leave.number, "dated_on": leave.dated_on.isoformat(),
    }  # fmt: skip


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pamong.config.settings")
    sys.exit(main(sys.argv[1:]))

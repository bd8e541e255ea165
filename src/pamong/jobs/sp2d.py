"""``python -m pamong.jobs.sp2d MONTH SHA256 NAME USER AT``: take a list of SP2D from the file store.

Tells as JSON whether it was new, how many lists it paid and how many rows did not fit. A process of its own,
which opens workbooks, as ``pamong.jobs.handout`` is. A refusal is one sentence and the exit code 3.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date, datetime

REFUSED = 3


def main(arguments: list[str]) -> int:
    """Read the rows and accept them. ``arguments``: month, hash and name of the file, user, instant."""
    import django  # noqa: PLC0415 (settings are read only when it runs)

    django.setup()
    from pamong.access import queries as access  # noqa: PLC0415 (models need Django set up)
    from pamong.access.clock import today  # noqa: PLC0415
    from pamong.documents import store  # noqa: PLC0415
    from pamong.interop.sp2d import read_sp2d  # noqa: PLC0415
    from pamong.kernel.errors import DomainError, InvalidValue  # noqa: PLC0415
    from pamong.pay import path  # noqa: PLC0415

    month, sha256, name, user_id, at = arguments
    try:
        actor = access.actor_by_id(int(user_id), today())
        data = store.read(sha256)
        read, new = path.accept(
            actor=actor, at=datetime.fromisoformat(at), month=date.fromisoformat(month), name=name,
            sha256=sha256, size=len(data), rows=read_sp2d(data, name),
        )  # fmt: skip
    except (DomainError, InvalidValue) as error:
        sys.stderr.write(str(error))
        return REFUSED
    sys.stdout.write(json.dumps({"new": new, "paid": read.paid, "refused": read.refused}))
    return 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pamong.config.settings")
    sys.exit(main(sys.argv[1:]))

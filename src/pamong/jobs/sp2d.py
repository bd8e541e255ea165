"""``python -m pamong.jobs.sp2d MONTH SHA256 NAME USER AT``: take a list of SP2D from the file store.

Tells as JSON whether it was new, how many lists it paid and how many rows did not fit. A process of its own,
which opens workbooks, as ``pamong.jobs.handout`` is. A refusal is one sentence and the exit code 3.
"""

from __future__ import annotations

import json
from datetime import date, datetime

from pamong.jobs.program import actor_of, answer


def make(month: str, sha256: str, name: str, user_id: str, at: str) -> bytes:
    """Read the rows and accept them."""
    from pamong.documents import store  # noqa: PLC0415 (models need Django set up)
    from pamong.interop.sp2d import read_sp2d  # noqa: PLC0415
    from pamong.pay import path  # noqa: PLC0415

    actor, data = actor_of(user_id), store.read(sha256)
    read, new = path.accept(
        actor=actor, at=datetime.fromisoformat(at), month=date.fromisoformat(month), name=name,
        sha256=sha256, size=len(data), rows=read_sp2d(data, name),
    )  # fmt: skip
    return json.dumps({"new": new, "paid": read.paid, "refused": read.refused}).encode()


if __name__ == "__main__":
    answer(make)

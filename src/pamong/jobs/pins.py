"""``python -m pamong.jobs.pins STEP GROUP SHA256 NAME USER AT ON``: a list of numbers from the file store.

``look`` tells as JSON what it says and would change, ``store`` stores it. A process of its own, which opens
workbooks, as ``pamong.jobs.handout`` is. A refusal is one sentence and the exit code 3.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from uuid import UUID

from pamong.jobs.program import actor_of, answer


def make(step: str, group: str, sha256: str, name: str, user_id: str, at: str, on: str) -> bytes:
    """How many numbers the list says, how many of them are news, and what is wrong with other rows."""
    from pamong.attendance import services  # noqa: PLC0415 (models need Django set up)
    from pamong.documents import store  # noqa: PLC0415
    from pamong.interop.presence import read_pins  # noqa: PLC0415

    actor, of = actor_of(user_id), UUID(group)
    said, problems = read_pins(actor=actor, name=name, data=store.read(sha256), on=date.fromisoformat(on))
    new = services.check_pins(actor=actor, group=of, pins=said)
    if step == "store":
        services.assign_pins(actor=actor, at=datetime.fromisoformat(at), group=of, pins=said)
    told = [f"{each.place}, {each.message}" for each in problems]
    return json.dumps({"said": len(said), "new": new, "problems": told}).encode()


if __name__ == "__main__":
    answer(make)

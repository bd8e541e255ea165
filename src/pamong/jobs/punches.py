"""``python -m pamong.jobs.punches STEP SERIAL SHA256 NAME USER AT``: a machine's file from the file store.

``look`` tells as JSON what it is and would do, ``store`` what became of it. Standard input is JSON:
``through``, the wall time until which the file tells everything, or '', and the ``columns`` of a sheet that
somebody chose, or null. A process of its own, which loads the library of columns, as ``pamong.jobs.handout``
is.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from pamong.jobs.program import actor_of, answer
from pamong.kernel.errors import InvalidValue

MOST_EVENTS = 150_000  # of a workbook, whose bytes tell less of what it holds
MOST_TOLD = 100  # of what would be set aside, of numbers that are nobody's, of remarks


def make(step: str, serial: str, sha256: str, name: str, user_id: str, at: str) -> bytes:
    """Look at the file, or store it."""
    from pamong.documents import store  # noqa: PLC0415 (models need Django set up)
    from pamong.interop.machine_files import look_at_file  # noqa: PLC0415
    from pamong.interop.presence import bring_punches  # noqa: PLC0415

    wish = json.load(sys.stdin.buffer)
    given: dict[str, Any] = {
        "actor": actor_of(user_id), "at": datetime.fromisoformat(at), "serial": serial, "name": name,
        "data": store.read(sha256), "choice": _choice(wish["columns"]),
        "through": datetime.fromisoformat(wish["through"]) if wish["through"] else None,
    }  # fmt: skip
    if step == "store":
        done = bring_punches(**given).stored
        told = {"new": done.stored, "asides": done.quarantined}
        return json.dumps(told | _became(done)).encode()
    looked = look_at_file(**given)
    if looked.checked and looked.checked.new + looked.checked.known > MOST_EVENTS:
        raise InvalidValue(
            f"{name}: lewat halaman ini paling banyak {MOST_EVENTS} presensi. Minta operator sistem "
            "memasukkannya dengan perintah pamong presence punches."
        )
    return json.dumps(_told(looked)).encode()


def _choice(columns: Mapping[str, Any] | None) -> Any:
    from pamong.interop.punch_sheets import SheetChoice  # noqa: PLC0415

    return SheetChoice(**{**columns, "times": tuple(columns["times"])}) if columns else None


def _became(done: Any) -> dict[str, Any]:
    """What became of a file, or would: the counts, and what the watermark waits for."""
    return {
        "known": done.known,
        "again": done.again,
        "own": done.own,
        "behind": done.behind and done.behind.isoformat(),
    }


def _told(looked: Any) -> dict[str, Any]:
    checked = looked.checked
    return {
        "form": looked.form,
        "sheet": looked.sheet and asdict(looked.sheet),
        "refused": looked.refused,
        "checked": checked
        and _became(checked) | {"new": checked.new, "until": checked.until and checked.until.isoformat()},
        "aside": [[each.line, each.fault.value, each.raw, each.message] for each in _first(checked)],
        "asides": len(checked.aside) if checked else 0,
        "events": [
            [each.line, each.at.isoformat(), each.who, each.known, each.name] for each in looked.events
        ],
        "span": looked.span and [each.isoformat() for each in looked.span],
        "unknown": [
            [each.pin, each.punches, each.first_on.isoformat(), each.last_on.isoformat()]
            for each in looked.unknown[:MOST_TOLD]
        ],
        "unknowns": len(looked.unknown),
        "foreign": looked.foreign,
        "remarks": looked.remarks[:MOST_TOLD],
    }


def _first(checked: Any) -> Any:
    return sorted(checked.aside, key=lambda each: each.line)[:MOST_TOLD] if checked else ()


if __name__ == "__main__":
    answer(make)

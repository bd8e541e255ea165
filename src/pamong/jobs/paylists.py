"""``python -m pamong.jobs.paylists KIND UID USER AT``: what is made of a list of payment, to standard output.

``bank`` and ``treasury`` make a file, keep it and tell its id; ``recap`` and ``sptjm`` give a PDF. A process
of its own, as ``pamong.jobs.handout`` is. A refusal is one sentence on standard error and the exit code 3.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime
from typing import Any
from uuid import UUID

REFUSED = 3


def main(arguments: list[str]) -> int:
    """Make what a kind asks for. ``arguments``: kind, id of the list, id of the user, instant."""
    import django  # noqa: PLC0415 (settings are read only when it runs)

    django.setup()
    from pamong.access import queries as access  # noqa: PLC0415 (models need Django set up)
    from pamong.access.clock import today  # noqa: PLC0415
    from pamong.kernel.errors import DomainError  # noqa: PLC0415

    kind, uid, user_id, at = arguments
    try:
        actor = access.actor_by_id(int(user_id), today())
        data = make(kind, actor, datetime.fromisoformat(at), UUID(uid))
    except DomainError as error:
        sys.stderr.write(str(error))
        return REFUSED
    sys.stdout.buffer.write(data)
    return 0


def make(kind: str, actor: Any, at: datetime, uid: UUID) -> bytes:
    """The id of a file that was made, or a PDF."""
    from pamong.access import clock  # noqa: PLC0415
    from pamong.interop.exports import pay_lists  # noqa: PLC0415
    from pamong.pay import path  # noqa: PLC0415
    from pamong.pay.choices import OutFile  # noqa: PLC0415

    if kind in list(OutFile):
        return str(pay_lists.make_file(actor=actor, at=at, uid=uid, kind=OutFile(kind))).encode()
    view = path.open_list(actor=actor, at=at, uid=uid)
    document = {"recap": pay_lists.recap_pdf, "sptjm": pay_lists.sptjm_pdf}[kind]
    return document(view, at=at, day_of=clock.day_of)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pamong.config.settings")
    sys.exit(main(sys.argv[1:]))

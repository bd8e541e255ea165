"""``python -m pamong.jobs.paylists KIND UID USER AT``: what is made of a list of payment, to standard output.

``bank`` and ``treasury`` make a file, keep it and tell its id; ``recap`` and ``sptjm`` give a PDF.
See ``pamong.jobs.program``.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from pamong.jobs.program import actor_of, answer


def make(kind: str, uid: str, user_id: str, at: str) -> bytes:
    """The id of a file that was made, or a PDF."""
    from pamong.access import clock  # noqa: PLC0415
    from pamong.interop.exports import pay_lists, sealed  # noqa: PLC0415
    from pamong.pay import path  # noqa: PLC0415
    from pamong.pay.choices import OutFile  # noqa: PLC0415

    moment = datetime.fromisoformat(at)
    asked: dict[str, Any] = {"actor": actor_of(user_id), "at": moment, "uid": UUID(uid)}
    if kind in list(OutFile):
        return str(pay_lists.make_file(**asked, kind=OutFile(kind))).encode()
    view = path.open_list(**asked)
    if kind == "sptjm":
        return pay_lists.sptjm_pdf(view, at=moment, day_of=clock.day_of)
    paper = sealed.list_paper(**asked)
    return pay_lists.recap_pdf(view, at=moment, day_of=clock.day_of, paper=paper)


if __name__ == "__main__":
    answer(make)

"""What is known of a month now, for its differences: the register of people, else the newest run's files.

Whoever computes a paid month again, with newer files, makes these files what is known. A register is taken
afresh each time, under the lock of whoever posts.
"""

from __future__ import annotations

from datetime import date, datetime

from pamong.documents import store
from pamong.interop.month import keep_register, read_files
from pamong.kernel.actor import Actor
from pamong.pay import differences, queries
from pamong.pay.choices import FileKind
from pamong.pay.differences import Posted, Source
from pamong.pay.services import File
from pamong.people import columns


def post_month(*, actor: Actor, at: datetime, month: date) -> Posted:
    """Write down what a paid month differs by; see `pay.differences.post`."""
    return differences.post(
        actor=actor, at=at, month=month, read=lambda: known_now(actor=actor, at=at, month=month)
    )


def preview_month(*, actor: Actor, at: datetime, month: date) -> Posted:
    """What would be written down; see `pay.differences.preview`."""
    return differences.preview(
        actor=actor, at=at, month=month, read=lambda: known_now(actor=actor, at=at, month=month)
    )


def known_now(*, actor: Actor, at: datetime, month: date) -> Source:
    """The newest files of a month, its people out of the register where that was used. MonthNotPaid."""
    run = differences.newest_run(actor=actor, month=month)
    files = [
        File(FileKind(f.kind), f.name, f.sha256, f.size) for f in queries.list_files(actor=actor, uid=run)
    ]
    register = [
        file
        for file in files
        if file.kind is FileKind.PEOPLE and columns.is_register(store.read(file.sha256))
    ]
    if register:
        fresh = keep_register(actor=actor, at=at, month=month)
        files = [fresh, *(file for file in files if file.kind is not FileKind.PEOPLE)]
    return Source(read_files(files, month, store.read), complete=bool(register))

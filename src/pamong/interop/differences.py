"""What is known of a month now, for its differences: its registers, else the newest run's files.

Whoever computes a paid month again, with newer files, makes these files what is known. Registers are taken
afresh each time, under the lock of whoever posts.
"""

from __future__ import annotations

from datetime import date, datetime

from pamong.attendance.columns import is_presence
from pamong.documents import store
from pamong.interop.month import keep_registers, read_files
from pamong.kernel.actor import Actor
from pamong.pay import differences, queries
from pamong.pay.choices import FileKind
from pamong.pay.differences import Posted, Source
from pamong.pay.inputs import is_inputs
from pamong.pay.services import File
from pamong.people import columns

_REGISTERS = {
    FileKind.PEOPLE: columns.is_register, FileKind.PUNCHES: is_presence, FileKind.MONTHLY: is_inputs,
}  # fmt: skip


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
    """The newest files of a month, afresh out of the registers where these were used. MonthNotPaid;
    InputsRefused, MonthWritten."""
    run = differences.newest_run(actor=actor, month=month)
    files = [
        File(FileKind(f.kind), f.name, f.sha256, f.size) for f in queries.list_files(actor=actor, uid=run)
    ]
    kinds = {file.kind for file in files if _REGISTERS[file.kind](store.read(file.sha256))}
    fresh = keep_registers(actor=actor, at=at, month=month, kinds=kinds)
    files = [*fresh, *(file for file in files if file.kind not in kinds)]
    return Source(read_files(files, month, store.read), complete=FileKind.PEOPLE in kinds)

"""The shadow month from a file: read the list that was paid, compare it with a run, keep what differs."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pamong.attendance.calendars import month_calendar
from pamong.attendance.choices import WEEKS
from pamong.documents import store
from pamong.interop.register.paid import read_paid
from pamong.kernel.actor import Actor
from pamong.kernel.period import Period, month_period
from pamong.law.engine.law import load_law
from pamong.pay import columns, queries, shadow
from pamong.pay.choices import ListState
from pamong.pay.errors import InputsRefused
from pamong.pay.paid_comparison import Differences, compare_paid
from pamong.pay.queries import RunRow

_CONVENTION = 30  # some offices count every month as thirty days


def ask_comparison(*, actor: Actor, at: datetime, run: UUID, name: str, data: bytes) -> UUID:
    """Keep a list that was paid and ask for its comparison with a run. See `pay.shadow.ask`."""
    kept = store.keep(data)
    return shadow.ask(actor=actor, at=at, run=run, name=name, sha256=kept.sha256, size=kept.size)


def compare_list(*, actor: Actor, at: datetime, uid: UUID) -> None:
    """Work out a comparison that was asked for. Asked again, it does nothing.

    A list that can't be read at all ends it with the sentence that says why (InputsRefused).
    """
    asked = shadow.get_comparison(actor=actor, uid=uid)
    if asked.state is not ListState.WAITING:
        return
    paid, problems = read_paid(store.read(asked.sha256), asked.name)
    refused = [str(problem) for problem in problems if problem.severity == "block" and problem.row is None]
    if refused or paid.is_empty():
        sentences = refused or [f"{asked.name}: tidak ada satu pun penerima yang terbaca."]
        shadow.fail(actor=actor, uid=uid, sentence=" ".join(sentences))
        raise InputsRefused(sentences)
    run = queries.get_run(actor=actor, uid=asked.run)
    slips = columns.read_slips(None, asked.run, actor=actor, at=at)
    found: Differences = compare_paid(paid, slips, _shares(run))
    told = [str(problem) for problem in problems if problem.severity != "info"]
    shadow.answer(actor=actor, at=at, uid=uid, found=found, problems=told)


def _shares(run: RunRow) -> tuple[int, ...]:
    """The numbers of days by which a part of the month may have been counted."""
    month: Period = month_period(run.month.year, run.month.month)
    law = load_law(run.profile)
    working = {len(list(month_calendar(law, month, week))) for week in WEEKS}
    return tuple(sorted({month.days or _CONVENTION, _CONVENTION, *working}))

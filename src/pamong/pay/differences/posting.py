"""A paid month worked out anew from what is known now; what differs is written down once.

The whole act stands under one lock of the month, what is known is read under it too. So whoever comes second,
or a second time, finds everything posted and adds nothing. Polars is loaded only when it is worked out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction

from pamong.kernel.actor import Actor
from pamong.kernel.canonical import canonical_json, sha256_hex
from pamong.kernel.ids import uuid7
from pamong.ledger import bulk
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.pay import policies
from pamong.pay.choices import Component, DifferenceCause
from pamong.pay.differences.events import DifferencesPosted
from pamong.pay.differences.offsets import set_off
from pamong.pay.differences.paid import Base, bases_of
from pamong.pay.models import Difference, DifferenceLine

if TYPE_CHECKING:
    from pamong.pay.calculation import MonthLaw
    from pamong.pay.month import MonthFiles
    from pamong.pay.recomputing.recompute import Found

_LOCK = 0x64696666  # "diff": the class of the advisory locks of posting
_COLUMNS = (
    "id", "uid", "base_id", "person_id", "component", "service_month", "sequence", "gross", "tax", "health",
    "net", "fingerprint", "facts", "posted_by", "basis_id",
)  # fmt: skip
_LINE_COLUMNS = ("difference_id", "number", "cause", "gross", "tax", "health", "net", "changes")


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of a month now. ``complete``: its people are everybody who was in service, so that who
    is not among them was not; a list from outside may only lack him."""

    files: MonthFiles
    complete: bool


@dataclass(frozen=True, slots=True)
class Posted:
    """What a month differs by: people with a difference, those to whom more is due and those who received too
    much, with the sums of what they receive; the sum of each cause. ``undecided``: of whom nothing can
    be said, and why."""

    month: date
    people: int
    more: int
    more_net: int
    less: int
    less_net: int
    causes: Mapping[DifferenceCause, int]
    undecided: Sequence[tuple[Base, str]]

    @property
    def net(self) -> int:
        """What all of them together receive more, or less."""
        return self.more_net + self.less_net


def preview(*, actor: Actor, at: datetime, month: date, read: Callable[[], Source]) -> Posted:
    """What would be posted; nothing is written. NotAllowed, MonthNotPaid, LawError."""
    policies.require_run(actor)
    _, found, undecided = _find(month, read)
    return _told(month, (one for _, one in found), undecided)


@transaction.atomic
def post(*, actor: Actor, at: datetime, month: date, read: Callable[[], Source]) -> Posted:
    """Write down what a paid month differs by. Called twice, or by two at once, it adds nothing twice.

    ``read`` gives what is known; it is called under the month's lock. NotAllowed, MonthNotPaid, LawError,
    EvidenceTooWeak and RamadanOpen where the month was paid from a real run.
    """
    policies.require_run(actor)
    with connection.cursor() as cursor:
        number = month.year * 100 + month.month
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, number])
    law, found, undecided = _find(month, read)
    told = _told(month, (one for _, one in found), undecided)
    if found:
        uid = uuid7(at)
        basis = ledger.seal(actor=actor, kind=SealKind.IMPORT, ref=uid)
        _write(actor, law, found, basis)
        set_off(month)
        event = DifferencesPosted(
            uid, month, told.people, told.net, law.fingerprint, _hash(one for _, one in found)
        )
        ledger.record(actor=actor, event=event)
    return told


def _find(
    month: date, read: Callable[[], Source]
) -> tuple[MonthLaw, list[tuple[Base, Found]], list[tuple[Base, str]]]:
    from pamong.pay.differences.finding import find  # noqa: PLC0415 - needs Polars

    bases = bases_of(month)
    source = read()
    return find(month, bases, source.files, complete=source.complete)


def _write(actor: Actor, law: MonthLaw, found: Sequence[tuple[Base, Found]], basis: int) -> None:
    """Differences and their lines by COPY."""
    ids = bulk.draw_ids(Difference, len(found))
    rows, lines = [], []
    for id_, (base, one) in zip(ids, found, strict=True):
        gross, tax, health = (sum(getattr(line, n) for line in one.lines) for n in ("gross", "tax", "health"))
        rows.append(
            (
                id_, uuid7(), base.item, base.person, Component.TPP.value, law.month.start, base.last + 1,
                gross, tax, health, gross - tax - health, law.fingerprint, one.facts, actor.name, basis,
            )
        )  # fmt: skip
        for number, line in enumerate(one.lines, start=1):
            told = [[change.what, change.old, change.new] for change in line.changes]
            lines.append((id_, number, line.cause.value, line.gross, line.tax, line.health, line.net, told))
    bulk.copy_rows(Difference, _COLUMNS, rows)
    bulk.copy_rows(DifferenceLine, _LINE_COLUMNS, lines)


def _hash(found: Iterable[Found]) -> str:
    lines = [
        [one.nip, line.cause, line.gross, line.tax, line.health]
        for one in sorted(found, key=lambda one: one.nip)
        for line in one.lines
    ]
    return sha256_hex(canonical_json(lines))


def _told(month: date, found: Iterable[Found], undecided: Sequence[tuple[Base, str]]) -> Posted:
    causes = dict.fromkeys(DifferenceCause, 0)
    nets = []
    for one in found:
        nets.append(sum(line.net for line in one.lines))
        for line in one.lines:
            causes[line.cause] += line.net
    more, less = [net for net in nets if net >= 0], [net for net in nets if net < 0]
    return Posted(month, len(nets), len(more), sum(more), len(less), sum(less), causes, undecided)

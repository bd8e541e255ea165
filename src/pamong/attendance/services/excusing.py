"""Who is not expected when, as a document of a register says. Called down by the registers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from pamong.attendance import events
from pamong.attendance.choices import ExcuseSource
from pamong.attendance.models import DayExcuse
from pamong.attendance.services.staling import stale_spans
from pamong.attendance.values import NewExcuse
from pamong.kernel.actor import Actor
from pamong.ledger import dated
from pamong.ledger import services as ledger
from pamong.ledger.choices import Act
from pamong.ledger.locks import hold_spans_open
from pamong.people.services.reading import uids_of

_LOCK = 0x65786375  # "excu": the class of the advisory locks of documents
_BATCH = 2_000


@transaction.atomic
def set_excuses(
    *,
    actor: Actor,
    at: datetime,
    basis: int,
    source: ExcuseSource,
    source_uid: UUID,
    excuses: Sequence[NewExcuse],
) -> bool:
    """Let a document say exactly this from now on; without excuses it says nothing any more.

    What stands already is left as it is: the same again writes nothing, and the answer is False. The caller
    has seen to the right, and gives the seal of his act as ``basis``. ``IntegrityError`` where the document
    excuses somebody twice on one day; ``MonthClosing`` while a month of its days is being closed.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCK, str(source_uid)])
    standing = list(DayExcuse.objects.known().filter(source=source.value, source_uid=source_uid))
    wanted = {_content(each): each for each in excuses}
    kept = {content for row in standing if (content := _content_of(row)) in wanted}
    gone = [row.pk for row in standing if _content_of(row) not in kept]
    new = [each for content, each in wanted.items() if content not in kept]
    if not (gone or new):
        return False
    lost = [(row.person_id, row.span.start, row.span.end) for row in standing if row.pk in gone]
    _touch([*lost, *((each.person, each.days.start, each.days.end) for each in new)], at)
    if gone:
        dated.supersede(DayExcuse, gone, basis)
    DayExcuse.objects.bulk_create(_row(each, source, source_uid, basis) for each in new)
    told = _told(excuses, uids_of({each.person for each in excuses}))
    ledger.record(actor=actor, event=events.ExcusesSet(source.value, source_uid, told))
    return True


@transaction.atomic
def add_excuses(
    *,
    actor: Actor,
    at: datetime,
    basis: int,
    source: ExcuseSource,
    documents: Mapping[UUID, Sequence[NewExcuse]],
) -> None:
    """The same for many documents at once that say nothing yet, as a file brings them; told once each."""
    every = [each for excuses in documents.values() for each in excuses]
    DayExcuse.objects.bulk_create(
        (_row(each, source, uid, basis) for uid, excuses in documents.items() for each in excuses),
        batch_size=_BATCH,
    )
    _touch([(each.person, each.days.start, each.days.end) for each in every], at)
    uids = uids_of({each.person for each in every})
    ledger.record_many(
        actor=actor,
        events=(
            events.ExcusesSet(source.value, uid, _told(excuses, uids)) for uid, excuses in documents.items()
        ),
    )


def _touch(spans: Sequence[tuple[int, date, date | None]], at: datetime) -> None:
    """The days on which something else is expected now: their months are held open, they are derived anew."""
    hold_spans_open(((first, end) for _, first, end in spans), at.date() + timedelta(days=1))
    stale_spans(spans, at)


def _content(each: NewExcuse) -> tuple[Any, ...]:
    return (each.person, each.days, each.kind.value, each.part.value, each.starts, each.ends)


def _content_of(row: DayExcuse) -> tuple[Any, ...]:
    return (row.person_id, row.span, row.kind, row.part, row.starts, row.ends)


def _row(each: NewExcuse, source: ExcuseSource, source_uid: UUID, basis: int) -> DayExcuse:
    return DayExcuse(
        period=DateRange(each.days.start, each.days.end),
        act=Act.CHANGE.value,
        basis_id=basis,
        person_id=each.person,
        source=source.value,
        source_uid=source_uid,
        kind=each.kind.value,
        part=each.part.value,
        starts=each.starts,
        ends=each.ends,
    )


def _told(excuses: Sequence[NewExcuse], uids: Mapping[int, UUID]) -> list[Mapping[str, Any]]:
    """For the ledger: whom by his uid, which days, why."""
    return [
        {
            "person": uids[each.person], "kind": each.kind.value, "from": each.days.start,
            "until": each.days.end, "part": each.part.value, "starts": each.starts, "ends": each.ends,
        }
        for each in sorted(excuses, key=lambda each: (each.person, each.days.start))
    ]  # fmt: skip

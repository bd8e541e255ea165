"""Storing a prepared act: locks, rows, the database's last word, and what the ledger hears of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import IntegrityError, connection, transaction

from pamong.kernel.problem import Problem
from pamong.ledger import dated
from pamong.ledger.choices import Act
from pamong.ledger.dated import DatedRow
from pamong.people.errors import EntryRefused, sentence_of
from pamong.people.models import VALUES_OF
from pamong.people.services import reading
from pamong.people.services.planning import Asked, Prepared, prepare, unnamed
from pamong.people.services.reading import NEEDS, Record

_DEFERRED = "appointment_within_service, employment_within_service"


def read_record(person_id: int, uid: Any, subject: str) -> Record:
    """What an act on a subject of one person is checked against."""
    return reading.read_records({person_id: uid}, NEEDS.get(subject, ()))[person_id]


def prepare_locked(
    person_id: int,
    uid: Any,
    asked: Asked,
    today: date,
    *,
    tolerant: bool = False,
    named: Callable[[int], str] = unnamed,
) -> Prepared:
    """Prepare an act with the person and then the seats locked, so that what is checked is written."""
    reading.lock_person(person_id)
    given: dict[str, Any] = {"tolerant": tolerant, "named": named}
    prepared = prepare(read_record(person_id, uid, asked.subject), asked, today, **given)
    if not prepared.seats:
        return prepared
    reading.lock_seats(prepared.seats)
    return prepare(read_record(person_id, uid, asked.subject), asked, today, **given)


def write(prepared: Prepared, basis: int) -> tuple[list[DatedRow], int]:
    """Store the plans on a basis; the new rows, and how many old ones stand no more. ``EntryRefused``."""
    rows: list[DatedRow] = []
    removed = 0
    with in_words():
        for number, change in enumerate(prepared.changes):
            act = prepared.asked.act if number == 0 else Act.CHANGE
            model = VALUES_OF[change.subject]
            rows += dated.write(model, change.key, change.plan, act=act, basis=basis)
            removed += len(change.plan.removed)
    return rows, removed


@contextmanager
def in_words() -> Iterator[None]:
    """Let the database look at once, and turn what it refuses into a sentence. ``EntryRefused``."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            yield
            # Looked at now, while the answer can still be given; deferred again for what comes after.
            cursor.execute(f"SET CONSTRAINTS {_DEFERRED} IMMEDIATE")
            cursor.execute(f"SET CONSTRAINTS {_DEFERRED} DEFERRED")
    except IntegrityError as error:
        name = str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or "")
        sentence = sentence_of(name)
        if not sentence:
            raise
        raise EntryRefused([Problem(name, sentence, "block")]) from error


def told(rows: Sequence[DatedRow]) -> list[Mapping[str, Any]]:
    """Rows as the ledger keeps them, in its personal part."""
    return [
        {
            "table": row._meta.model_name,
            "row": row.uid,
            "from": row.span.start,
            "until": row.span.end,
            "values": {**{name: getattr(row, name) for name in row.key if name != "person_id"}, **row.values},
        }
        for row in rows
    ]

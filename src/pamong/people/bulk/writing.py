"""Rows of many persons stored by COPY, on one basis."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DataError, IntegrityError, connection, transaction

from pamong.kernel.ids import uuid7
from pamong.kernel.problem import Problem
from pamong.kernel.timeline import Added, Row
from pamong.ledger.bulk import BulkRow, copy_dated, copy_rows, draw_ids
from pamong.ledger.choices import Act
from pamong.people.errors import EntryRefused, ImportBusy, sentence_of
from pamong.people.models import VALUES_OF, Person

_DEFERRED = "appointment_within_service, employment_within_service"


@dataclass(frozen=True, slots=True)
class Planned:
    """What happens to one timeline: rows that cease, rows that come, each with the kind of its act."""

    subject: str
    key: Mapping[str, Any]
    removed: tuple[Row, ...]
    added: tuple[tuple[Added, Act], ...]


def create_persons(count: int, at: datetime) -> list[int]:
    """So many new persons, of whom nothing is known yet; returns their ids."""
    ids = draw_ids(Person, count)
    copy_rows(Person, ("id", "uid"), ((number, uuid7(at)) for number in ids))
    return ids


def lock_persons(ids: Collection[int]) -> None:
    """One import at a time, and nobody else acts on these persons until the transaction ends.

    ``ImportBusy``.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('people_import'))")
        if not cursor.fetchone()[0]:
            raise ImportBusy
        cursor.execute("SELECT 1 FROM people_person WHERE id = ANY(%s) ORDER BY id FOR UPDATE", [list(ids)])


def write(plans: Sequence[Planned], *, basis: int) -> tuple[dict[str, int], list[bytes]]:
    """Store plans; returns how many rows came by subject, and of each row the line that a hash is made of.

    All or nothing, and the database looks at once: ``EntryRefused`` with its sentence, ``MovedOn``.
    """
    counts: dict[str, int] = {}
    told: list[bytes] = []
    by_subject: dict[str, list[Planned]] = {}
    for plan in plans:
        by_subject.setdefault(plan.subject, []).append(plan)
    with in_words():
        for subject, model in VALUES_OF.items():
            ours = by_subject.get(subject, ())
            gone = [row.id for plan in ours for row in plan.removed if row.id is not None]
            rows = [BulkRow(plan.key, added, act) for plan in ours for added, act in plan.added]
            if gone or rows:
                told += copy_dated(model, gone, rows, basis=basis)
                counts[subject] = len(rows)
    return counts, told


@contextmanager
def in_words() -> Iterator[None]:
    """Let the database look at once, and turn what it refuses into a sentence. ``EntryRefused``."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            yield
            cursor.execute(f"SET CONSTRAINTS {_DEFERRED} IMMEDIATE")
            cursor.execute(f"SET CONSTRAINTS {_DEFERRED} DEFERRED")
    except (IntegrityError, DataError) as error:
        name = str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or "")
        sentence = sentence_of(name) or (
            f"Basis data menolak baris ini ({name or type(error).__name__}). Periksa isinya, "
            "lalu impor lagi; bila terulang, hubungi operator sistem."
        )
        raise EntryRefused([Problem(name or "database", sentence, "block")]) from error

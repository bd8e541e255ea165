"""The keys of persons as the database keeps them: found, and made where there is none yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from pamong.ledger.personkeys import WRAPPED_BYTES, Installation, new_keys

_FIND = "SELECT subject, id, wrapped FROM ledger_personkey WHERE subject = ANY(%s)"
# Two long values instead of two arrays: what tens of thousands of keys cost is mostly their way here.
_MAKE = """
    INSERT INTO ledger_personkey (subject, wrapped)
    SELECT encode(substring(k.subjects, n * 16 + 1, 16), 'hex')::uuid,
      substring(k.wrapped, n * %(width)s + 1, %(width)s)
    FROM (SELECT %(subjects)s::bytea AS subjects, %(wrapped)s::bytea AS wrapped) k,
      generate_series(0, %(count)s - 1) n
    ON CONFLICT (subject) DO NOTHING RETURNING subject, id"""


@dataclass(frozen=True, slots=True)
class HeldKey:
    """A key at hand, and the id under which it is kept."""

    id: int
    key: bytes


def installation() -> Installation:
    """What wraps the keys here: the secrets that the settings hold."""
    return Installation(settings.PAMONG_LEDGER_SECRETS)


def find_keys(subjects: Collection[UUID]) -> dict[UUID, HeldKey]:
    """The keys of those who have one. ``Locked`` where one was wrapped by a secret that is not at hand."""
    by = installation()
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [list(subjects)])
        return {who: HeldKey(number, by.unwrap(who, bytes(kept))) for who, number, kept in cursor.fetchall()}


def find_keys_by_id(ids: Collection[int]) -> dict[int, bytes]:
    """The keys under these ids, as far as they are not destroyed. ``Locked``."""
    by = installation()
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, subject, wrapped FROM ledger_personkey WHERE id = ANY(%s)", [list(ids)])
        return {number: by.unwrap(who, bytes(kept)) for number, who, kept in cursor.fetchall()}


def keys_of(known: Iterable[UUID], fresh: Iterable[UUID] = ()) -> dict[UUID, HeldKey]:
    """A key for each: those of ``known`` that have none get one, those of ``fresh`` can't have one yet.

    At most three statements, however many there are. ``Locked``.
    """
    wanted = dict.fromkeys(known)
    found = find_keys(wanted) if wanted else {}
    lacking = [who for who in wanted if who not in found]
    made = _make([*lacking, *fresh])
    late = [who for who in lacking if who not in made]  # made by somebody else in the same moment
    return {**found, **made, **(find_keys(late) if late else {})}


def _make(subjects: list[UUID]) -> Mapping[UUID, HeldKey]:
    if not subjects:
        return {}
    by = installation()
    # In order, so that two who make keys for the same people wait for each other and do not lock up.
    drawn = dict(zip(sorted(subjects), new_keys(len(subjects)), strict=True))
    asked: dict[str, Any] = {
        "subjects": b"".join(who.bytes for who in drawn),
        "wrapped": b"".join(by.wrap(who, key) for who, key in drawn.items()),
        "width": WRAPPED_BYTES,
        "count": len(drawn),
    }
    with connection.cursor() as cursor:
        cursor.execute(_MAKE, asked)
        return {who: HeldKey(number, drawn[who]) for who, number in cursor.fetchall()}

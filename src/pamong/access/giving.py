"""A role as a row: what may stand, and how it is given, whoever decided it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from pamong.access import events, models, policies
from pamong.access.errors import GrantOverlaps, NotAllowed
from pamong.access.roles import ROLES
from pamong.kernel.actor import Actor, Grant
from pamong.kernel.errors import InvalidValue
from pamong.kernel.ids import uuid7
from pamong.ledger import services as ledger

_UNITS: list[Callable[[str, date], bool]] = []
BAD_PATH = "Jalur unit hanya berisi huruf, angka, garis bawah, dan titik pemisah."


@dataclass(frozen=True, slots=True)
class Given:
    """A role over a unit subtree ('' = the whole government) for a period, and why.

    ``request`` and ``asked_by`` (an account) are None where nobody had to ask.
    """

    role: str
    unit_path: str
    start_on: date
    end_on: date | None
    reason: str
    request: UUID | None = None
    asked_by: UUID | None = None


def derive_units(source: Callable[[str, date], bool]) -> None:
    """Let a domain above say whether a unit of this code stands on a date."""
    _UNITS[:] = [source]


def require_grant(actor: Actor, user: models.User, role: str, unit_path: str) -> None:
    """``NotAllowed`` for a role that nobody gives by hand, or not this actor to this account;
    ``InvalidValue`` for a unit where the role knows none."""
    answer = policies.may_grant(actor, user.pk, role)
    if not answer:
        raise NotAllowed(answer.reason, answer.titles)
    policies.require_whole(actor, "access:grant")
    if ROLES[role].whole and unit_path:
        raise InvalidValue(
            f"Peran {ROLES[role].title} hanya mencakup seluruh pemerintah daerah. Kosongkan unitnya."
        )


def require_unit(unit_path: str, days: Iterable[date]) -> None:
    """``InvalidValue`` for a role over a unit that is not there: it would hold over nobody, unnoticed."""
    code = Grant("", unit_path).unit
    if code and _UNITS and not any(_UNITS[0](code, day) for day in days):
        raise InvalidValue(f"Unit dengan kode '{code}' tidak ada. Periksa kodenya di halaman organisasi.")


def give(actor: Actor, at: datetime, user: models.User, given: Given, basis: int) -> UUID:
    """Store the role on its basis and tell the ledger. ``GrantOverlaps``, ``InvalidValue``."""
    uid = uuid7(at)
    try:
        with transaction.atomic():
            models.Grant.objects.create(
                uid=uid,
                user=user,
                role=given.role,
                unit_path=given.unit_path,
                period=_period(given.start_on, given.end_on),
                reason=given.reason,
                basis_id=basis,
            )
    except IntegrityError as error:
        raise _overlap_or(error, given.role) from error
    told = events.RoleGranted(
        user.uid, given.role, given.unit_path, given.start_on, given.end_on, given.reason, given.request,
        given.asked_by,
    )  # fmt: skip
    ledger.record(actor=actor, event=told)
    return uid


def _period(start_on: date, end_on: date | None) -> DateRange:
    if end_on is not None and end_on <= start_on:
        raise InvalidValue("Tanggal akhir peran harus sesudah tanggal mulainya.")
    return DateRange(start_on, end_on)


def _overlap_or(error: IntegrityError, role: str) -> Exception:
    if "grant_no_overlap" in str(error):
        return GrantOverlaps(ROLES[role].title)
    return InvalidValue(BAD_PATH) if "grant_unit_path" in str(error) else error

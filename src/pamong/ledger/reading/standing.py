"""How the logs stand: how far they are sealed, who has countersigned, what waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from pamong.kernel.actor import Actor
from pamong.ledger.reading.policy import SitePolicy, site_policy
from pamong.ledger.sequencer.places import LOGS

LATE = timedelta(seconds=60)  # what waits longer for its number, or for a checkpoint, is late
GRACE = timedelta(minutes=15)  # within which a witness may be silent without a word about it


@dataclass(frozen=True, slots=True)
class WitnessState:
    """What a witness has last countersigned of a log. ``size`` None: nothing that is known here.

    ``missing_since``: when the first checkpoint was made that it has not seen, or, although it is asked again
    from time to time, when it signed last; None where it was not silent for longer than it may be. ``said``:
    why, as the last question to it ended; '' where that ended well.
    """

    name: str
    outsider: bool
    size: int | None
    signed_at: datetime | None
    missing_since: datetime | None
    said: str
    asked_at: datetime | None


@dataclass(frozen=True, slots=True)
class LogState:
    """One log. ``sealed`` of ``size`` numbered entries stand in its last checkpoint, made at ``sealed_at``.

    ``waiting`` entries have no number yet, the oldest since ``waiting_since``; ``late`` where that, or the
    checkpoint, takes too long. ``quorum``: whether those witnesses that are not missing are enough, None
    where no policy says what is enough; ``outsider``: whether one of them stands outside of this government.
    """

    name: str
    origin: str
    size: int
    sealed: int
    sealed_at: datetime | None
    waiting: int
    waiting_since: datetime | None
    late: bool
    witnesses: Sequence[WitnessState]
    quorum: bool | None
    outsider: bool

    @property
    def present(self) -> Sequence[WitnessState]:
        """The witnesses that are not missing."""
        return [each for each in self.witnesses if each.size is not None and each.missing_since is None]


@dataclass(frozen=True, slots=True)
class LedgerState:
    """All logs, and what is wrong with the policy itself: ``fault`` is a sentence; ``has_policy``: there is
    one; ``needs_outsider``: whether no quorum comes about without a witness from outside."""

    logs: Sequence[LogState]
    has_policy: bool
    needs_outsider: bool
    fault: str


_LOGS = """
    SELECT n.name, COALESCE(g.origin, ''), COALESCE(g.size, 0), COALESCE(c.size, 0), c.at, w.count, w.oldest,
           u.oldest
    FROM unnest(%(logs)s::text[] || ARRAY(SELECT name FROM ledger_log WHERE name <> ALL(%(logs)s))) n(name)
    LEFT JOIN ledger_log g ON g.name = n.name
    LEFT JOIN LATERAL (
        SELECT k.size, k.at FROM ledger_checkpoint k WHERE k.log_id = n.name ORDER BY k.size DESC LIMIT 1
    ) c ON true
    LEFT JOIN LATERAL (
        -- One look-up for each of the few behind the watermark: a join would read all leaves.
        SELECT count(*), min(i.at) AS oldest FROM ledger_intake i
        WHERE i.log = n.name AND i.xid >= COALESCE(g.watermark, 0)
          AND (SELECT l.seq FROM ledger_leaf l WHERE l.intake_id = i.id) IS NULL
    ) w ON true
    LEFT JOIN LATERAL (  -- numbered, and under no checkpoint yet
        SELECT l.placed_at AS oldest FROM ledger_leaf l
        WHERE l.log_id = n.name AND l.seq = COALESCE(c.size, 0)
    ) u ON true
"""
_WITNESSES = """
    SELECT g.name, w.name, a.size, a.good_at, m.at, a.said, a.asked_at
    FROM ledger_log g CROSS JOIN unnest(%(names)s::text[]) w(name)
    LEFT JOIN ledger_witnessanswer a ON a.log_id = g.name AND a.witness = w.name
    LEFT JOIN LATERAL (  -- the first checkpoint that it has not seen
        SELECT k.at FROM ledger_checkpoint k WHERE k.log_id = g.name AND k.size > COALESCE(a.size, 0)
        ORDER BY k.size LIMIT 1
    ) m ON true
"""


def ledger_state(*, actor: Actor, at: datetime) -> LedgerState:
    """How all logs stand at an instant, as the database's clock tells it. Two statements."""
    found = site_policy()
    witnesses = _witnesses(found, at)
    with connection.cursor() as cursor:
        cursor.execute(_LOGS, {"logs": list(LOGS)})
        logs = [_log(row, witnesses.get(row[0], []), found, at) for row in cursor.fetchall()]
    policy = found.policy
    return LedgerState(
        [log for log in logs if log.name in LOGS or log.size],
        policy is not None,
        policy is not None and policy.needs_outsider(),
        found.fault,
    )


def _witnesses(found: SitePolicy, at: datetime) -> dict[str, list[WitnessState]]:
    if found.policy is None:
        return {}
    outsiders = found.policy.outsiders()
    quiet = timedelta(seconds=settings.PAMONG_LEDGER_HEARTBEAT)
    states: dict[str, dict[str, WitnessState]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_WITNESSES, {"names": list(found.names)})
        for log, name, size, signed_at, missed_at, said, asked_at in cursor.fetchall():
            missing = missed_at if missed_at is not None and missed_at < at - GRACE else None
            if missing is None and quiet and signed_at is not None and signed_at < at - quiet - GRACE:
                missing = signed_at
            states.setdefault(log, {})[name] = WitnessState(
                name, name in outsiders, size or None, signed_at, missing, said or "", asked_at
            )
    return {log: [each[name] for name in found.names if name in each] for log, each in states.items()}


def _log(
    row: tuple[Any, ...], witnesses: Sequence[WitnessState], found: SitePolicy, at: datetime
) -> LogState:
    name, origin, size, sealed, sealed_at, waiting, waiting_since, unsealed_since = row
    here = {each.name for each in witnesses if each.size is not None and each.missing_since is None}
    oldest = [since for since in (waiting_since, unsealed_since) if isinstance(since, datetime)]
    return LogState(
        name=name,
        origin=origin,
        size=size,
        sealed=sealed,
        sealed_at=sealed_at,
        waiting=waiting,
        waiting_since=waiting_since,
        late=any(since < at - LATE for since in oldest),
        witnesses=witnesses,
        quorum=None if found.policy is None else found.policy.satisfied(here),
        outsider=any(each.outsider for each in witnesses if each.name in here),
    )

"""Puts decisions into a filled town: ``python -m benchmarks.inbox_town DECISIONS WAITING``; seconds.

All are rows, as they come to be over years: the closed ones were signed by the mayor. Of those that wait, two
fifths wait for one head of an office, three tenths for the appointing official, the others each for the seat
above whom it is about; every third is overdue, every twentieth odd.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime
from typing import Any

import django

HEAD, MAYOR = "priyono", "bagas"
# Who is proposed for: everybody with a seat and one above it. The one who proposes is an officer.
_DECISIONS = """
WITH people AS (
  SELECT row_number() OVER (ORDER BY a.id) AS n, a.person_id, l.superior_id FROM people_appointment a
  JOIN organisation_line l ON l.seat_id = a.seat_id AND l.superseded_at IS NULL AND l.period @> %(on)s::date
  WHERE a.kind = 'regular' AND a.superseded_at IS NULL AND a.period @> %(on)s::date
), counted AS (SELECT count(*) AS all_of FROM people)
INSERT INTO decisions_decision (uid, key, kind, person_id, title, content, reason, steps, state, place,
  waits_seat_id, waits_permission, waits_unit, due_at, odd, held, barred, entered_by_id, entered_name,
  entered_on)
SELECT gen_random_uuid(), gen_random_uuid(), 'bench.matter', p.person_id, 'Perkara ' || i,
  jsonb_build_object('n', i), '', %(steps)s::jsonb, 'waiting', 0,
  CASE WHEN i %% 10 < 4 THEN %(head)s::bigint WHEN i %% 10 < 7 THEN NULL ELSE p.superior_id END,
  CASE WHEN i %% 10 BETWEEN 4 AND 6 THEN 'decisions:appoint' ELSE '' END, '',
  %(at)s::timestamptz + make_interval(days => (i %% 15) - 5), i %% 20 = 0, FALSE, ARRAY[p.person_id],
  %(officer)s, 'Petugas', %(on)s::date
FROM generate_series(1, %(decisions)s) i, counted
JOIN people p ON TRUE WHERE p.n = i %% counted.all_of + 1
"""
_ACTS = """
INSERT INTO decisions_stepact (uid, decision_id, place, step, part, answer, reason, user_id, name, office,
  reach, late)
SELECT gen_random_uuid(), d.id, 0, 'sign', 'sign', 'agree', '', %(mayor)s, 'Wali Kota', 'Wali Kota', 'role',
  FALSE
FROM decisions_decision d ORDER BY d.id LIMIT %(closed)s
"""
_CLOSE = """
UPDATE decisions_decision d SET state = 'sealed', basis_id = %(basis)s, closed_at = clock_timestamp()
FROM decisions_stepact s WHERE s.decision_id = d.id
"""


def main(decisions: int, waiting: int) -> None:
    """Put them in; one JSON line."""
    django.setup()
    from django.db import connection, transaction  # noqa: PLC0415 - after django.setup

    began = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        told = _told(decisions, waiting)
        for statement in (_DECISIONS, _ACTS, _CLOSE):
            cursor.execute(statement, told)
    print(json.dumps({"seconds": round(time.perf_counter() - began, 1)}))


def _told(decisions: int, waiting: int) -> dict[str, Any]:
    from benchmarks.inbox_kind import STEP, known  # noqa: PLC0415 - after django.setup
    from pamong.access.models import User  # noqa: PLC0415
    from pamong.access.queries import named_actor  # noqa: PLC0415
    from pamong.decisions.services.common import kept_steps  # noqa: PLC0415
    from pamong.decisions.types import kind_of  # noqa: PLC0415
    from pamong.kernel.actor import Actor  # noqa: PLC0415
    from pamong.kernel.ids import uuid7  # noqa: PLC0415
    from pamong.ledger import services as ledger  # noqa: PLC0415
    from pamong.ledger.choices import SealKind  # noqa: PLC0415

    known()
    at = datetime.now(UTC)
    on = at.date()
    basis = ledger.seal(actor=Actor.operator("bench", on), kind=SealKind.OPENING, ref=uuid7(at))
    return {
        "on": on, "at": at, "decisions": decisions, "closed": decisions - waiting, "basis": basis,
        "steps": json.dumps(kept_steps(kind_of("bench.matter"), [STEP])),
        "head": named_actor(HEAD, on).seats[0],
        "mayor": User.objects.get(username=MAYOR).pk, "officer": User.objects.get(username="endah").pk,
    }  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))

"""Who has brought a file, and whom an import is about: they are no second officer of it.

A file is brought by every account that has tried it, in whatever batch: as the same bytes under the same
kind. Else the first would be the second officer of what a colleague tried again for him. A trial that was
discarded, or that could not be read, counts no more, but for the very first one: so two officers alone can
still end it. The first brings the file, and the other lays his own trial aside and stores what the first has
tried.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from pamong.kernel.actor import Actor
from pamong.people.queries.rows import fetch

# Of the batch ``b``: whether the account has brought its file.
BROUGHT = """EXISTS (
  SELECT FROM people_batch o WHERE o.kind = b.kind AND o.sha256 = b.sha256 AND o.checked_user_id = %(user)s
    AND (o.state NOT IN ('discarded', 'failed') OR NOT EXISTS (
      SELECT FROM people_batch f WHERE f.kind = o.kind AND f.sha256 = o.sha256 AND f.id < o.id
        AND f.checked_user_id IS NOT NULL)))"""
# The person himself, those whom he declared as relatives, and who declared him, whenever that was.
_CLOSE = """ARRAY(
  SELECT %(own)s::bigint UNION ALL
  SELECT f.relative_id FROM people_relative f
    WHERE f.person_id = %(own)s AND f.superseded_at IS NULL AND f.relative_id IS NOT NULL UNION ALL
  SELECT f.person_id FROM people_relative f WHERE f.relative_id = %(own)s AND f.superseded_at IS NULL)"""
# Whether it changes what stood of one of these, or his seat. Only a chart has rows with holders.
OWN = f"""(EXISTS (
  SELECT FROM people_batchrow r WHERE r.person_id = ANY({_CLOSE}) AND r.batch_id = b.id
    AND (r.alters OR (r.outcome = 'twin' AND r.decision = 'same')))
  OR (b.kind = 'peta' AND EXISTS (
    SELECT FROM people_batchrow r WHERE r.batch_id = b.id AND r.holders && {_CLOSE})))"""
# Whether it waits for the actor as the second officer, to be stored or to be taken back.
TO_STORE = f"(b.state = 'waiting' AND NOT {BROUGHT} AND NOT {OWN})"
TO_RECALL = f"(b.state = 'recalling' AND b.recalled_user_id IS DISTINCT FROM %(user)s AND NOT {OWN})"


def asked_by(actor: Actor) -> dict[str, Any]:
    """The parameters of these conditions."""
    return {"user": actor.user_id or 0, "own": actor.person_id or 0}


def find_brought(actor: Actor, batches: Collection[int]) -> set[int]:
    """Those of these batches (by row id) whose file the actor has brought."""
    return _those(actor, BROUGHT, batches)


def find_own(actor: Actor, batches: Collection[int]) -> set[int]:
    """Those of these batches (by row id) that change record or seat of the actor or of a declared
    relative."""
    return _those(actor, OWN, batches)


def _those(actor: Actor, condition: str, batches: Collection[int]) -> set[int]:
    asked = asked_by(actor) | {"ids": list(batches)}
    found = fetch(f"SELECT b.id FROM people_batch b WHERE b.id = ANY(%(ids)s) AND {condition}", asked)
    return {batch for (batch,) in found}

"""What the town's people had left of last year's annual leave, as it came from the old system."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

import polars as pl

from pamong.demo.people import SEED
from pamong.demo.town.draws import Draws
from pamong.demo.town.rules import TODAY, pick
from pamong.demo.town.shapes import Records
from pamong.kernel.actor import Actor
from pamong.leave.services import take_over_balances
from pamong.people import columns

YEAR = TODAY.year - 1
# Days that are carried, six at most.
_LEFT = (0, 0, 1, 2, 2, 3, 4, 4, 5, 6, 6)


def load_balances(actor: Actor, at: datetime, pieces: Sequence[Records]) -> None:
    """Store everybody's."""
    nips = {row.person: row.nip for piece in pieces for row in piece.employments if row.nip}
    ids = columns.persons_by_nip(pl.Series(sorted(nips.values())))
    rows = []
    for person, nip in sorted(nips.items()):
        (roll,) = Draws(SEED, "leave_left", person).rolls(1)
        rows.append((ids[nip], Decimal(pick(_LEFT, roll)), True))
    take_over_balances(actor=actor, at=at, year=YEAR, rows=rows)

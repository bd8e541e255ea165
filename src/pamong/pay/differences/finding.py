"""Whose paid month comes out differently, in bulk. Only who posts or previews imports this, with Polars."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl
from django.db import connection

from pamong.kernel.period import month_period
from pamong.pay.calculation import MonthLaw, month_law
from pamong.pay.choices import Mode
from pamong.pay.confirmed import require_real
from pamong.pay.differences.paid import Base
from pamong.pay.frames import work_out
from pamong.pay.models import Run
from pamong.pay.month import MonthFiles, month_facts
from pamong.pay.recomputing.recompute import LINES, Found, compare, explained
from pamong.people import columns

_KEPT = """
SELECT i.id, COALESCE(d.facts, s.facts) FROM pay_payitem i JOIN pay_slipinput s ON s.slip_id = i.slip_id
LEFT JOIN LATERAL (
  SELECT facts FROM pay_difference WHERE base_id = i.id ORDER BY sequence DESC LIMIT 1
) d ON true
WHERE i.id = ANY(%(items)s)
"""
_LINES = """
SELECT i.id, n.code, n.amount FROM pay_payitem i JOIN pay_slipline n ON n.slip_id = i.slip_id
WHERE i.id = ANY(%(items)s)
"""
_CHUNK = 2_000  # persons whose facts are held at once


def find(
    month: date, bases: Sequence[Base], files: MonthFiles, *, complete: bool
) -> tuple[MonthLaw, list[tuple[Base, Found]], list[tuple[Base, str]]]:
    """Each person's difference under the law and with the facts known now; why nothing is said of others."""
    law = _law(month, max(base.run for base in bases))
    facts = month_facts(law.law, law.month, files, final=True, in_force=not law.not_in_force)
    worked = work_out(law, facts)
    by_nip = _by_nip(bases, worked.slips["nip"])
    compared = compare(worked, _paid(by_nip), complete=complete)
    differing = [by_nip[nip] for nip in (*compared.present, *compared.absent)]
    nips = {base.item: nip for nip, base in by_nip.items()}
    found = []
    for first in range(0, len(differing), _CHUNK):
        chunk = differing[first : first + _CHUNK]
        kept, lines = _kept(chunk, nips)
        found += [(by_nip[one.nip], one) for one in explained(law, facts, kept, lines)]
    return law, found, [(by_nip[nip], why) for nip, why in compared.undecided.items()]


def _law(month: date, run_id: int) -> MonthLaw:
    """The law of the government that paid, as it stands now."""
    run = Run.objects.get(pk=run_id)
    law = month_law(run.profile, run.overlay, month_period(month.year, month.month))
    if run.mode == Mode.REAL.value:
        require_real(law)
    return law


def _by_nip(bases: Sequence[Base], known: pl.Series) -> dict[str, Base]:
    """The bases by the number that the person has now; by the slip's where he is not in what is known."""
    now = {person: nip for nip, person in columns.persons_by_nip(known).items()}
    return {now.get(base.person, base.nip): base for base in bases}


def _paid(by_nip: Mapping[str, Base]) -> pl.DataFrame:
    rows = [(nip, base.gross, base.tax, base.health) for nip, base in by_nip.items()]
    schema = {"nip": pl.String, "gross": pl.Int64, "tax": pl.Int64, "health": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _kept(bases: Sequence[Base], nips: Mapping[int, str]) -> tuple[pl.DataFrame, dict[str, dict[str, int]]]:
    """What the amounts so far rest on: facts as texts, and by NIP the slip's lines that they led to."""
    items = [base.item for base in bases]
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, {"items": items})
        texts: dict[int, str] = dict(cursor.fetchall())
        cursor.execute(_LINES, {"items": items})
        lines: dict[str, dict[str, int]] = {}
        for item, code, amount in cursor.fetchall():
            lines.setdefault(nips[item], {})[code] = amount
    for base in bases:
        if base.last:
            lines[nips[base.item]] = json.loads(texts[base.item])[LINES]
    by_nip = {nips[base.item]: base for base in bases}
    facts = [texts[base.item] for base in by_nip.values()]
    paid = _paid(by_nip)
    return paid.insert_column(1, pl.Series("facts", facts, dtype=pl.String)), lines

"""What is known of how a slip differs from what was sealed: its own sums, and its copy on a payment list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pamong.kernel.money import Rupiah

MOST = 1_000  # slips of a month that are looked into; the others are named without hints
# Each sum within a slip: the column, what it is called, and which kinds of lines make it up.
_SUMS = """
SELECT s.id, sums.what, sums.stands, sums.lines FROM pay_slip s
CROSS JOIN LATERAL (
  SELECT COALESCE(sum(amount) FILTER (WHERE kind = 'ceiling'), 0) AS ceiling,
    COALESCE(sum(amount) FILTER (WHERE kind = 'earned'), 0) AS earned,
    COALESCE(sum(amount) FILTER (WHERE kind = 'cut'), 0) AS cut,
    COALESCE(sum(amount) FILTER (WHERE kind = 'tax'), 0) AS tax,
    COALESCE(sum(amount) FILTER (WHERE kind = 'contribution'), 0) AS health
  FROM pay_slipline WHERE slip_id = s.id
) l
CROSS JOIN LATERAL (VALUES
  ('TPP maksimal', s.ceiling, l.ceiling), ('Yang diperoleh', s.earned, l.earned),
  ('TPP sebelum pajak', s.gross, l.earned - l.cut), ('Pajak', s.tax, l.tax), ('Iuran', s.health, l.health)
) AS sums(what, stands, lines)
WHERE s.id = ANY(%s) AND COALESCE(sums.stands, 0) <> sums.lines
"""
_COPIES = """
SELECT s.id, copy.what, copy.now, copy.was FROM pay_slip s
JOIN pay_payitem i ON i.slip_id = s.id AND i.sequence = 0
CROSS JOIN LATERAL (VALUES
  ('gross', s.gross::text, i.gross::text), ('tax', s.tax::text, i.tax::text),
  ('health', s.health::text, i.health::text), ('net', s.net::text, i.net::text),
  ('nip', s.nip, i.nip), ('name', s.name, i.name)
) AS copy(what, now, was)
WHERE s.id = ANY(%s) AND copy.now IS DISTINCT FROM copy.was ORDER BY i.id
"""


@dataclass(frozen=True, slots=True)
class Hints:
    """Sentences on sums that do not fit, and by column what the copy on a payment list says."""

    sentences: tuple[str, ...]
    before: dict[str, str]
    now: dict[str, str | None]


def hints(conn: Any, slip_ids: Sequence[int]) -> dict[int, Hints]:
    """What is known of these slips, by their ids; of at most ``MOST``."""
    asked = list(slip_ids[:MOST])
    sums: dict[int, list[str]] = {each: [] for each in asked}
    copies: dict[int, dict[str, tuple[str | None, str]]] = {each: {} for each in asked}
    with conn.cursor() as cursor:
        cursor.execute(_SUMS, [asked])
        for slip, what, stands, lines in cursor.fetchall():
            told = Rupiah(int(stands)) if stands is not None else "kosong"
            sums[slip].append(f"{what} tertulis {told}, jumlah barisnya {Rupiah(int(lines))}")
        cursor.execute(_COPIES, [asked])
        for slip, what, now, was in cursor.fetchall():
            copies[slip][what] = (now, was)
    return {each: _told(sums[each], copies[each]) for each in asked}


def _told(sums: list[str], copies: dict[str, tuple[str | None, str]]) -> Hints:
    before = {what: was for what, (_, was) in copies.items()}
    return Hints(tuple(sums), before, {what: now for what, (now, _) in copies.items()})

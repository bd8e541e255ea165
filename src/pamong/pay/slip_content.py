"""The hash over what a month's slips say: of what a run computed, and of what is stored."""

from __future__ import annotations

import hashlib

import polars as pl

AMOUNTS = ("ceiling", "earned", "gross", "tax", "health", "net")
SLIP_COLUMNS = (
    "number", "nip", "name", "kind", "golongan", "job_class", "post_name", "unit_name", "opd_name",
    "pay_group", "state", "reason", "died_on", "payee", *AMOUNTS,
)  # fmt: skip


def slips_hash(slips_: pl.DataFrame, lines_: pl.DataFrame) -> str:
    """SHA-256 over all slips and lines as canonical CSV, by NIP: the same facts and law, the same hash.

    ``slips_``: ``SLIP_COLUMNS``; ``lines_``: slip (its number), number, kind, code, method, amount. The words
    of a reason are left out: they are no rule, and better words are no other result.
    """
    by_nip = slips_.select(SLIP_COLUMNS).sort("nip").drop("number", "reason")
    nips = slips_.select(slip="number", nip="nip")
    of_lines = lines_.join(nips, on="slip", how="inner").drop("slip").sort("nip", "number")
    digest = hashlib.sha256()
    for frame in (by_nip, of_lines.select("nip", "number", "kind", "code", "method", "amount")):
        digest.update(frame.write_csv(line_terminator="\n").encode())
    return digest.hexdigest()

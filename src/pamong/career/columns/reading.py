"""What raises are worked out from, as frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import polars as pl

from pamong.access import policies as access
from pamong.career import facts, policies
from pamong.kernel.actor import Actor
from pamong.law.kgb import Rules
from pamong.ledger.bulk import copy_out

_NUMBERS = ("mkg_years", "mkg_months", "since", "contract_months")
_NAMES = (
    "person_id", "uid", "kind", "standing", "golongan", "mkg_years", "mkg_months", "since", "contract_months",
)  # fmt: skip


def read_facts(*, actor: Actor, on: date) -> pl.DataFrame:
    """Everybody in service on a day, one row a person, in the columns of ``facts.FACTS``. ``NotAllowed``."""
    access.require_whole(actor, policies.PREPARE)
    schema = {
        "person_id": pl.Int64, "uid": pl.String, "kind": pl.String, "standing": pl.String,
        "golongan": pl.String, "mkg_years": pl.Int32, "mkg_months": pl.Int32, "since": pl.Date,
        "contract_months": pl.Int32,
    }  # fmt: skip
    data = copy_out(facts.FACTS.format(only="TRUE"), {"on": on})
    return pl.read_csv(data, schema=schema, null_values=dict.fromkeys(_NUMBERS, ""))


def read_delays(*, actor: Actor) -> pl.DataFrame:
    """All delays that stand: person_id Int64, ground String, since and until Date. ``NotAllowed``."""
    access.require_whole(actor, policies.PREPARE)
    schema = {"person_id": pl.Int64, "ground": pl.String, "since": pl.Date, "until": pl.Date}
    return pl.read_csv(copy_out(facts.DELAYS.format(only="TRUE"), {}), schema=schema)


def read_away(*, actor: Actor, rules: Rules) -> pl.DataFrame:
    """All time that is no service: person_id Int64, since and until Date (null: no end). ``NotAllowed``."""
    access.require_whole(actor, policies.PREPARE)
    schema = {"person_id": pl.Int64, "since": pl.Date, "until": pl.Date}
    data = copy_out(facts.AWAY.format(only="TRUE"), {"names": rules.away})
    return pl.read_csv(data, schema=schema, null_values={"until": ""})


def persons_of(
    rows: Iterable[Mapping[str, Any]], predicates: pl.DataFrame, delays: pl.DataFrame, away: pl.DataFrame
) -> list[facts.Person]:
    """Rows of the result as what the pure functions take."""
    told = list(rows)
    ids = [row["person_id"] for row in told]
    years = facts.by_person(predicates.filter(pl.col("person_id").is_in(ids)).rows())
    held = facts.by_person(delays.filter(pl.col("person_id").is_in(ids)).rows())
    gone = facts.by_person(away.filter(pl.col("person_id").is_in(ids)).rows())
    return [
        facts.made(
            [row[name] for name in _NAMES],
            {year: name for _, year, name in years[row["person_id"]]},
            held[row["person_id"]],
            gone[row["person_id"]],
        )
        for row in told
    ]  # fmt: skip

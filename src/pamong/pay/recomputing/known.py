"""The facts of many persons of a month at one time of knowing: out of a computation, or as kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from pamong.pay.calculation import DAY_FACTS, DAY_PLACES, PERSON_FACTS
from pamong.pay.frames import may_be_computed
from pamong.pay.month import MonthFacts
from pamong.pay.recomputing.groups import COUNTED

PERSON = (*PERSON_FACTS, COUNTED)


@dataclass(frozen=True)
class Known:
    """`people`: one row a person with his facts and `counted`. `segments`, `acting`, `days`: the rows below,
    by `person`, the number of his row."""

    people: pl.DataFrame
    segments: pl.DataFrame
    acting: pl.DataFrame
    days: pl.DataFrame


def known_now(facts: MonthFacts, nips: pl.Series) -> Known:
    """The facts of these persons, in this order, out of those of everybody."""
    order = pl.DataFrame({"nip": nips}).with_row_index("now")
    found = order.join(
        facts.people.with_columns(may_be_computed().alias(COUNTED)),
        on="nip",
        how="inner",
        maintain_order="left",
    )
    index = found.select("person", "now")
    rows = (
        frame.join(index, on="person").drop("person").rename({"now": "person"}).sort("person", "on")
        for frame in (facts.segments, facts.acting, facts.days)
    )
    return Known(found.select(PERSON), *rows)


def known_then(texts: pl.Series, month: date, like: Known) -> Known:
    """The facts that were kept as texts (`frames.facts_json`), in their order, with the columns of `like`.

    What nobody asked for when a text was written is not known in it.
    """
    rows = texts.str.json_decode(_shape(like)).struct.unnest().with_row_index("person_")
    people = rows.select(pl.col("person").struct.field(*PERSON_FACTS), pl.col(COUNTED).fill_null(True))
    number = pl.col("person_").alias("person")
    segments, acting = (
        rows.select(number, level)
        .explode(level)
        .drop_nulls(level)
        .unnest(level)
        .with_columns(pl.col("on").str.to_date())
        for level in ("segment", "event")
    )
    days = (
        rows.select(number, pl.col("day").struct.field(*DAY_FACTS))
        .explode(DAY_FACTS)
        .drop_nulls("day")
        .with_columns(
            on=pl.lit(month) + pl.duration(days=pl.col("day").cast(pl.Int64) - 1),
            is_excused=pl.col("excuse").is_not_null(),
            # Where a punch was read decides nothing, and who has no register of presence lacks it.
            **{
                name: pl.lit(None, like.days.schema[name]) for name in DAY_PLACES if name in like.days.columns
            },
        )
    )
    return Known(
        people,
        segments.select(like.segments.columns),
        acting.select(like.acting.columns),
        days.select(like.days.columns),
    )


def _shape(like: Known) -> pl.Struct:
    pieces = {
        level: pl.List(
            pl.Struct(
                {name: kind for name, kind in frame.schema.items() if name not in ("person", "on")}
                | {"on": pl.String()}
            )
        )
        for level, frame in (("segment", like.segments), ("event", like.acting))
    }
    day = {name: pl.Int8() if name == "day" else like.days.schema[name] for name in DAY_FACTS}
    return pl.Struct(
        {
            "person": pl.Struct({name: like.people.schema[name] for name in PERSON_FACTS}),
            **pieces,
            "day": pl.Struct({name: pl.List(kind) for name, kind in day.items()}),
            COUNTED: pl.Boolean(),
        }
    )

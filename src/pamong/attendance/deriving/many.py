"""Plain days of many people at once, as columns: one office period, no excuse, no direction, no double tap.

The definition (``resolving``) says what comes out; a property test holds both together.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import polars as pl

from pamong.attendance.choices import Direction
from pamong.attendance.deriving.facts import NO_COVER, PUNCHES, Cover, Key, Place, Tap, taps_of, within
from pamong.attendance.deriving.outcomes import (
    COLUMNS,
    Resting,
    digest_of,
    free_row,
    source_of,
    told_instance,
)
from pamong.attendance.resolving import LIMITS, ReasonCode, ShiftInstance, State
from pamong.ledger.bulk import copy_out

_MICRO = 1_000_000
_START = datetime(1970, 1, 1, tzinfo=UTC)
PUNCH_SCHEMA: dict[str, Any] = {  # ``at`` in microseconds
    "person_id": pl.Int64,
    "at": pl.Int64,
    "id": pl.Int64,
    "direction": pl.String,
    "local_on": pl.Date,
}
_PEOPLE: dict[str, Any] = {
    "person_id": pl.Int64, "shift": pl.Int32, "site_id": pl.Int64, "since": pl.Datetime("us", "UTC"),
    "until": pl.Datetime("us", "UTC"), "numbered": pl.Boolean,
}  # fmt: skip
_INSTANTS = ("starts", "ends", "opens", "closes", "middle")
_SHIFTS: dict[str, Any] = {
    "shift": pl.Int32,
    **dict.fromkeys(_INSTANTS, pl.Int64),
    "expected": pl.Int32,
    "zone": pl.String,
}
_SHORTEST = int(LIMITS.debounce.total_seconds()) * _MICRO


def read_punches(persons: Collection[int], first: date, end: date) -> pl.DataFrame:
    """The punches of persons on local dates from ``first`` until before ``end``; see ``PUNCH_SCHEMA``."""
    data = copy_out(PUNCHES, within(persons, first, end), options="FORMAT csv")
    read = pl.read_csv(data, has_header=False, schema=PUNCH_SCHEMA, raise_if_empty=False)
    return read.with_columns(pl.col("direction").fill_null(Direction.UNKNOWN.value))


def taps_in(punches: pl.DataFrame, persons: Collection[int]) -> Mapping[int, list[Tap]]:
    """The punches of some persons in their order, one by one."""
    mine = punches.filter(pl.col("person_id").is_in(list(persons))).sort("at", "id")
    return taps_of(mine.with_columns(pl.from_epoch("at", "us").dt.replace_time_zone("UTC")).iter_rows())


def free_days(places: Mapping[Key, Place]) -> bytes:
    """Days on which nobody expects these persons, as rows of a CSV in the order of ``COLUMNS``: but for the
    person they are the same for all of a place."""
    kinds: dict[tuple[date, Place], int] = {}
    numbers = [kinds.setdefault((on, place), len(kinds)) for (_, on), place in places.items()]
    rows = [free_row(0, on, Resting(place, source_of(place))) for on, place in kinds]
    told = [[None if cell is None else _cell(cell) for cell in row] for row in rows]
    people = pl.DataFrame({"person": [person for person, _ in places], "kind": numbers})
    days = pl.DataFrame(told, schema=dict.fromkeys(COLUMNS, pl.String), orient="row").with_row_index("kind")
    return (
        people.join(days.with_columns(pl.col("kind").cast(pl.Int64)), on="kind", maintain_order="left")
        .with_columns(person_id=pl.col("person"))
        .select(COLUMNS)
        .write_csv(include_header=False, quote_style="non_numeric", null_value=None)
        .encode()
    )


def _cell(value: Any) -> str:
    return "\\x" + value.hex() if isinstance(value, bytes) else str(value)


@dataclass(frozen=True)
class Plain:
    """Results as rows of a CSV in the order of ``COLUMNS``, and whose days they are."""

    csv: bytes
    persons: set[int]


def plain_days(
    expected: Mapping[Key, ShiftInstance],
    places: Mapping[Key, Place],
    covers: Mapping[Key, Cover],
    punches: pl.DataFrame,
) -> Plain:
    """The results of one local date for those whose punches are plain; the others are left out.

    ``expected``: the one period of each person that day. ``punches``: as ``read_punches`` gives them.
    """
    shifts = list({id(shift): shift for shift in expected.values()}.values())
    people = _people(expected, places, covers, {id(shift): number for number, shift in enumerate(shifts)})
    joined = people.join(_shifts(shifts), on="shift", how="left", maintain_order="left")
    taps = _taps(joined, punches)
    plain = joined.join(taps, on="person_id", how="left", maintain_order="left").filter(
        pl.col("plain").fill_null(True)
    )
    return Plain(_csv(_judged(plain), shifts), set(plain["person_id"]))


def _people(
    expected: Mapping[Key, ShiftInstance],
    places: Mapping[Key, Place],
    covers: Mapping[Key, Cover],
    numbers: Mapping[int, int],
) -> pl.DataFrame:
    """One row a person; ``numbers``: by the identity of a shift, as its worth takes long to compare."""
    found = [covers.get(key, NO_COVER) for key in expected]
    columns = (
        [person for person, _ in expected], [numbers[id(shift)] for shift in expected.values()],
        [places[key].site for key in expected], [each.since for each in found], [each.at for each in found],
        [each.numbered for each in found],
    )  # fmt: skip
    return pl.DataFrame(dict(zip(_PEOPLE, columns, strict=True)), schema=_PEOPLE)


def _shifts(shifts: Sequence[ShiftInstance]) -> pl.DataFrame:
    rows = [
        (n, *(_micro(getattr(s, name)) for name in _INSTANTS), s.expected_seconds, s.zone)
        for n, s in enumerate(shifts)
    ]
    return pl.DataFrame(rows, schema=_SHIFTS, orient="row")


def _micro(at: datetime) -> int:
    since = at - _START
    return (since.days * 86_400 + since.seconds) * _MICRO + since.microseconds


def _taps(people: pl.DataFrame, punches: pl.DataFrame) -> pl.DataFrame:
    """The first and the last punch of each window, whether all are plain, and all of them as text."""
    return (
        punches.join(people.select("person_id", "opens", "closes"), on="person_id", how="inner")
        .filter((pl.col("at") >= pl.col("opens")) & (pl.col("at") < pl.col("closes")))
        .sort("person_id", "at", "id")
        .group_by("person_id", maintain_order=True)
        .agg(
            first=pl.col("at").first(),
            first_id=pl.col("id").first(),
            last=pl.col("at").last(),
            last_id=pl.col("id").last(),
            plain=(pl.col("at").diff().min().fill_null(_SHORTEST) >= _SHORTEST)
            & (pl.col("direction") == Direction.UNKNOWN.value).all(),
            told=pl.concat_str("at", pl.lit(":"), "id", pl.lit(":")).str.join(";"),
        )
    )


def _judged(plain: pl.DataFrame) -> pl.DataFrame:
    """What the first and the last punch mean: in the first half he came, in the second he left."""
    reached = pl.col("numbered") & (pl.col("since").dt.epoch("us") <= pl.col("opens")).fill_null(False)
    until = pl.when(reached).then(pl.col("until").dt.epoch("us")).fill_null(0)
    came = pl.col("first").is_not_null()
    framed = plain.with_columns(
        covered=(pl.col("since").dt.epoch("us") <= pl.col("opens")).fill_null(False),
        came=pl.when(pl.col("first") < pl.col("middle")).then("first"),
        came_id=pl.when(pl.col("first") < pl.col("middle")).then("first_id"),
        left=pl.when(pl.col("last") >= pl.col("middle")).then("last"),
        left_id=pl.when(pl.col("last") >= pl.col("middle")).then("last_id"),
        reach=pl.when(until < pl.col("opens")).then(pl.lit("none"))
        .when(until < pl.col("closes")).then(pl.lit("part")).otherwise(pl.lit("all")),
    )  # fmt: skip
    return framed.with_columns(
        state=pl.when((pl.col("reach") == "none") & ~came).then(pl.lit(State.PLANNED.value))
        .when(pl.col("reach") != "all").then(pl.lit(State.OPEN.value))
        .when(~came).then(pl.lit(State.ABSENT.value))
        .when(pl.col("came").is_null()).then(pl.lit(State.MISSING_IN.value))
        .when(pl.col("left").is_null()).then(pl.lit(State.MISSING_OUT.value))
        .otherwise(pl.lit(State.PRESENT.value)),
    ).pipe(_measured)  # fmt: skip


def _second(column: str) -> pl.Expr:
    return pl.col(column) // _MICRO


def _measured(framed: pl.DataFrame) -> pl.DataFrame:
    present = pl.col("state") == State.PRESENT.value
    decided = pl.col("reach") == "all"
    absent = pl.col("state") == State.ABSENT.value
    worked = pl.when(absent).then(0).otherwise(_second("left") - _second("came"))
    return framed.with_columns(
        worked=worked,
        late=pl.max_horizontal(_second("came") - _second("starts"), 0 * _second("came")),
        early=pl.when(decided).then(
            pl.max_horizontal(_second("ends") - _second("left"), 0 * _second("left"))
        ),
        over=pl.when(present).then(pl.max_horizontal(worked - pl.col("expected"), 0 * worked)),
        under=pl.when(present).then(pl.max_horizontal(pl.col("expected") - worked, 0 * worked)),
    )


def _csv(days: pl.DataFrame, shifts: Sequence[ShiftInstance]) -> bytes:
    """The rows as ``outcomes.row_of`` gives them, written for COPY."""
    told = [told_instance(shift) for shift in shifts]
    columns = ("shift", "zone", "site_id", "told", "reach", "covered", "numbered")
    digests = [
        "\\x"
        + digest_of(
            Place("", site, zone), "week", told[shift], taps or "", "", reach,
            covered=covered, numbered=numbered,
        ).hex()
        for shift, zone, site, taps, reach, covered, numbered in days.select(columns).iter_rows()
    ]  # fmt: skip
    on = shifts[0].on if shifts else None
    return (
        days.select(
            pl.lit(on).alias("local_on"), "person_id", _instant("starts"), _instant("ends"),
            _instant("opens"), _instant("closes"), "zone", "site_id", pl.lit("week").alias("source"),
            "state", "expected", _instant("came"), _instant("left"), "came_id", "left_id", "worked", "over",
            "under", "late", "early", pl.lit("").alias("excuse"), "covered", "numbered",
            _reasons().alias("reasons"), pl.Series("inputs_hash", digests, dtype=pl.String),
        )
        .write_csv(include_header=False, quote_style="non_numeric", null_value=None)
        .encode()
    )  # fmt: skip


def _instant(column: str) -> pl.Expr:
    return pl.from_epoch(pl.col(column), "us").dt.strftime("%Y-%m-%dT%H:%M:%S%.6f+00:00").alias(column)


def _reasons() -> pl.Expr:
    """Gaps, or what is waited for; then what was counted, each only where there is any."""
    waiting = pl.when(pl.col("reach") != "all").then(_timed(ReasonCode.WAITING, "closes"))
    missing = [
        pl.when((pl.col("reach") == "all") & (pl.col("state") == code.value)).then(_timed(code, column))
        for code, column in ((ReasonCode.MISSING_IN, "left"), (ReasonCode.MISSING_OUT, "came"))
    ]
    counted = [
        pl.when(pl.col(code.value) > 0).then(
            pl.concat_str(pl.lit(f'["{code.value}", '), pl.col(code.value), pl.lit("]"))
        )
        for code in (ReasonCode.LATE, ReasonCode.EARLY, ReasonCode.OVER, ReasonCode.UNDER)
    ]
    told = pl.concat_str(waiting, *missing, *counted, separator=", ", ignore_nulls=True)
    return pl.concat_str(pl.lit("["), told, pl.lit("]"))


def _timed(code: ReasonCode, column: str) -> pl.Expr:
    """An instant as Python writes it: no fraction where it has none."""
    whole = pl.from_epoch(pl.col(column), "us")
    text = pl.when(pl.col(column) % _MICRO == 0).then(
        whole.dt.strftime("%Y-%m-%dT%H:%M:%S+00:00")
    ).otherwise(whole.dt.strftime("%Y-%m-%dT%H:%M:%S%.6f+00:00"))  # fmt: skip
    return pl.concat_str(pl.lit(f'["{code.value}", "'), text, pl.lit('"]'))

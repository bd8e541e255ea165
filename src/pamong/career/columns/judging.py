"""The conditions of each raise as columns of states and effects, for everybody at once."""

from __future__ import annotations

from datetime import date

import polars as pl

from pamong.career.columns.away import NO_ROW
from pamong.career.facts import most_years
from pamong.law.career import Cited
from pamong.law.kgb import PPPK, Code, Effect, Rules, State, expected_year

_MET, _NOT_MET, _UNKNOWN = (pl.lit(each.value) for each in (State.MET, State.NOT_MET, State.UNKNOWN))
_ALLOW, _WARN, _BLOCK = (pl.lit(each.value) for each in (Effect.ALLOW, Effect.WARN, Effect.BLOCK))
_PPPK = pl.col("kind").is_in(list(PPPK))


def judged(
    people: pl.DataFrame,
    predicates: pl.DataFrame,
    delays: pl.DataFrame,
    rules: Rules,
    *,
    on: date,
    today: date,
) -> pl.DataFrame:
    """``state_x`` and ``effect_x`` of each condition x."""
    states = {
        Code.SERVICE: _service(on),
        Code.PREDICATE: pl.when(_PPPK).then(_predicate_pppk(rules)).otherwise(_predicate_pns(rules)),
        Code.DELAY: _delay(delays, on),
        Code.DISCIPLINE: _UNKNOWN,  # there is no register of sanctions yet
        Code.STANDING: _standing(rules),
        Code.PART_TIME: pl.when(pl.col("kind") == "PPPK_PW").then(_UNKNOWN),
        Code.CONTRACT: pl.when(_PPPK).then(_contract(rules)),
    }
    found = _ranked(people, predicates, rules, today)
    found = found.with_columns(**{f"state_{code.value}": state for code, state in states.items()})
    return found.with_columns(**{f"effect_{code.value}": _effect(code, rules) for code in states})


def _ranked(people: pl.DataFrame, predicates: pl.DataFrame, rules: Rules, today: date) -> pl.DataFrame:
    """``rank_0``, ``rank_1`` ...: the places of the newest years' predicates, null where one is missing."""
    order = {name: cited.value for name, cited in rules.order.items()}
    rank = pl.col("predicate").replace_strict(order, default=None, return_dtype=pl.Int64)
    known = predicates.filter(pl.col("year") < today.year).with_columns(rank.alias("rank"))
    last = known.group_by("person_id").agg(pl.col("year").max().alias("last"))
    newest = pl.max_horizontal(pl.lit(expected_year(rules, today), pl.Int32), pl.col("last"))
    found = people.join(last, on="person_id", how="left").with_columns(newest.alias("newest"))
    for place in range(most_years(rules)):
        year = (pl.col("newest") - place).cast(pl.Int32)
        each = known.select(
            "person_id", pl.col("year").alias("counted"), pl.col("rank").alias(f"rank_{place}")
        )
        found = found.with_columns(year.alias("counted")).join(each, on=["person_id", "counted"], how="left")
    return found.drop("counted", "last")


def _service(on: date) -> pl.Expr:
    reached = pl.col("why_not").is_null() & (pl.col("due_on") <= on)
    unknown = (pl.col("why_not") == NO_ROW).fill_null(value=False)
    return _three(unknown, ~reached)


def _delay(delays: pl.DataFrame, on: date) -> pl.Expr:
    running = delays.filter((pl.col("since") <= on) & (pl.col("until") > on))["person_id"]
    return pl.when(pl.col("person_id").is_in(running.implode())).then(_NOT_MET).otherwise(_MET)


def _standing(rules: Rules) -> pl.Expr:
    active = [name for name, cited in rules.standings.items() if cited.value]
    named = pl.col("standing").str.strip_chars().str.to_lowercase()
    return pl.when(named.is_in(active)).then(_MET).otherwise(_UNKNOWN)


def _predicate_pns(rules: Rules) -> pl.Expr:
    least = _rank(rules, rules.least)
    rank = pl.col("rank_0")
    return _UNKNOWN if least is None else _three(rank.is_null(), rank < least)


def _predicate_pppk(rules: Rules) -> pl.Expr:
    """As many years as count: fewer for a first raise of some golongan."""
    least = _rank(rules, rules.pppk_least)
    if least is None:
        return _UNKNOWN
    found = _of_years(rules.pppk_years, least)
    for golongan in rules.first_interval:
        first = pl.col("first") & (pl.col("golongan") == golongan)
        of_first = _of_years(rules.pppk_first_years.get(golongan), least)
        found = pl.when(first).then(of_first).otherwise(found)
    return found


def _of_years(count: Cited[int] | None, least: int) -> pl.Expr:
    if count is None:
        return _UNKNOWN
    ranks = [pl.col(f"rank_{place}") for place in range(count.value)]
    below = pl.any_horizontal(*((rank < least).fill_null(value=False) for rank in ranks))
    missing = pl.any_horizontal(*(rank.is_null() for rank in ranks))
    return _three(missing & ~below, below)


def _contract(rules: Rules) -> pl.Expr:
    months = pl.col("contract_months")
    wanted = _number(rules.contract)
    for golongan in rules.first_interval:
        first = pl.col("first") & (pl.col("golongan") == golongan)
        wanted = pl.when(first).then(_number(rules.first_contract.get(golongan))).otherwise(wanted)
    return _three(months.is_null() | wanted.is_null(), months <= wanted)


def _effect(code: Code, rules: Rules) -> pl.Expr:
    """What a state does: what is not met holds; who lies below the usual predicate needs a word."""
    if code is Code.DISCIPLINE:
        return _ALLOW
    state = pl.col(f"state_{code.value}")
    usual = _rank(rules, rules.usual) if code is Code.PREDICATE else None
    warned = (~_PPPK & (pl.col("rank_0") < usual)) if usual is not None else pl.lit(value=False)
    passes = pl.when(warned).then(_WARN).otherwise(_ALLOW)
    return (
        pl.when(state.is_null()).then(None).when(state == State.MET.value).then(passes).otherwise(_BLOCK)
    )  # fmt: skip


def _three(unknown: pl.Expr, not_met: pl.Expr) -> pl.Expr:
    return pl.when(unknown).then(_UNKNOWN).when(not_met).then(_NOT_MET).otherwise(_MET)


def _rank(rules: Rules, cited: Cited[str] | None) -> int | None:
    return None if cited is None else rules.rank(cited.value)


def _number(cited: Cited[int] | None) -> pl.Expr:
    return pl.lit(None if cited is None else cited.value, pl.Int64)

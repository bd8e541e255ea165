"""The column side of a run: frames in, slips and lines out. Only run processes import this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from pamong.law.engine.explain import missing_reasons
from pamong.law.engine.show import show
from pamong.pay.calculation import BASE, DAY_FACTS, DAY_PLACES, PERSON_FACTS, MonthLaw, why_not
from pamong.pay.checks import ABSENT
from pamong.pay.choices import SlipState
from pamong.pay.month import MonthFacts
from pamong.pay.parts import EVENT, SEGMENT
from pamong.pay.slip_content import SLIP_COLUMNS as SLIP_COLUMNS  # noqa: PLC0414 - part of it too
from pamong.pay.slip_content import slips_hash as slips_hash  # noqa: PLC0414 - part of what a run gives

_AMOUNTS = {
    "ceiling": "tpp_ceiling",
    "earned": "earned_total",
    "gross": "tpp_gross",
    "tax": "tpp_tax",
    "health": "tpp_health",
    "net": "tpp_net",
}


def may_be_computed() -> pl.Expr:
    """Persons whose amount the plan is asked for; the others have a reason (`why_not`)."""
    waiting = pl.col("waits_for").is_null()
    part_time = (pl.col("kind") == "PPPK_PW").fill_null(False)
    return (pl.col("pay_group") == "tpp") & pl.col("in_monthly") & ~pl.col("not_yet") & ~part_time & waiting


@dataclass(frozen=True)
class Worked:
    """What a run gives.

    `slips`: one row a person, as `pay_slip` without ids. `lines`: slip, number, kind, code, method, amount.
    """

    slips: pl.DataFrame
    lines: pl.DataFrame


def work_out(month: MonthLaw, facts: MonthFacts) -> Worked:
    """Everybody's slip. Held and otherwise paid persons get a slip with the reason instead of amounts."""
    entitled = facts.people.filter(may_be_computed())
    results = _results(month, entitled, facts)
    found = facts.people.join(
        entitled.select("person").hstack(results), on="person", how="left", maintain_order="left"
    )
    told = _states(month, found, facts)
    return Worked(_slips(told), _lines(month, told))


def _results(month: MonthLaw, people: pl.DataFrame, facts: MonthFacts) -> pl.DataFrame:
    """The plan's outputs for these persons; unknown for everybody where a rule for the month is missing."""
    if not month.not_in_force:
        return month.plan.columns(
            people.select(PERSON_FACTS), **children_of(people, facts.segments, facts.acting, facts.days)
        )
    kinds = {name: pl.Boolean if name == "is_entitled" else pl.Int64 for name in BASE}
    return people.select(pl.lit(None, kind).alias(name) for name, kind in kinds.items())


def children_of(
    people: pl.DataFrame, segments: pl.DataFrame, acting: pl.DataFrame, days: pl.DataFrame
) -> dict[str, pl.DataFrame]:
    """The rows of the lower levels of these persons, numbered as `people` is."""
    index = people.select("person", now=pl.int_range(people.height, dtype=pl.UInt32))
    return {
        level: frame.join(index, on="person", how="inner", maintain_order="left")
        .with_columns(person=pl.col("now"))
        .drop("now")
        for level, frame in (("segment", segments), ("event", acting), ("day", days))
    }


def _states(month: MonthLaw, joined: pl.DataFrame, facts: MonthFacts) -> pl.DataFrame:
    """`state` and `reason` of every person: computed ones have none, the others say why."""
    delayed = pl.col("is_delayed").fill_null(False) if month.delays else pl.lit(False)
    fine = may_be_computed() & pl.col("is_entitled").fill_null(False) & pl.col("tpp_net").is_not_null()
    fine = fine & (pl.col("tpp_ceiling") > 0)
    if month.scores_presence:
        fine = fine & ~pl.col("no_punch")
    framed = joined.with_columns(
        state=pl.when(fine & delayed)
        .then(pl.lit(SlipState.DELAYED.value))
        .when(fine)
        .then(pl.lit(SlipState.COMPUTED.value)),
        reason=pl.when(fine & delayed).then(pl.lit(_DELAYED)).when(fine).then(pl.lit("")),
    )
    odd = framed.filter(pl.col("state").is_null())
    tell = _Reasons(month, odd, facts)
    told = [tell(row) for row in odd.iter_rows(named=True)]
    reasons = odd.select("person").with_columns(
        odd_state=pl.Series([state.value for state, _ in told], dtype=pl.String),
        odd_reason=pl.Series([reason for _, reason in told], dtype=pl.String),
    )
    return framed.join(reasons, on="person", how="left", maintain_order="left").with_columns(
        state=pl.coalesce("state", "odd_state"), reason=pl.coalesce("reason", "odd_reason")
    )


_DELAYED = "Menit terlambat, pulang cepat, dan keluar melebihi batas sebulan; TPP dibayar bulan berikutnya."
_NO_PUNCH = (
    "Tidak ada satu pun presensi bulan ini. Pastikan berkas mesinnya ikut; bila memang tidak hadir, tulis "
    "tanggalnya di KETERANGAN HARI, misalnya 01-{last}={code}."
)
# What can be missing, or not stand in a table, and so hold a person.
_KEYS = ("golongan", "tax_status")


class _Reasons:
    """Why a person has no amount. A trace finds what is missing; persons who lack the same share it."""

    def __init__(self, month: MonthLaw, odd: pl.DataFrame, facts: MonthFacts) -> None:
        self.month = month
        people = odd.filter(may_be_computed() & pl.col("is_entitled").fill_null(True)).select("person")
        self.segments, self.acting, self.days = (
            _by_person(frame.join(people, on="person", how="semi"))
            for frame in (facts.segments, facts.acting, facts.days)
        )
        self.known: dict[tuple[Any, ...], list[str]] = {}

    def __call__(self, row: dict[str, Any]) -> tuple[SlipState, str]:
        found = why_not(self.month, row)
        if found is not None:
            return found
        if self.month.not_in_force:
            return SlipState.HELD, self.month.not_in_force
        if row["is_entitled"] is False:
            return SlipState.NONE, f"Kedudukan hukum '{row['standing']}' tidak menerima TPP."
        missing = self._missing(row)
        if missing:
            return SlipState.HELD, f"{'; '.join(missing)}."
        if row["tpp_ceiling"] and row["no_punch"]:
            told = _NO_PUNCH.format(last=row["days_in_month"], code=ABSENT)
            return SlipState.HELD, row["lacking"] or told
        nothing = show(row["tpp_ceiling"], "rupiah")
        return (
            SlipState.NONE,
            f"TPP maksimal bulan ini {nothing}: belum bekerja pada hari yang menentukan.",
        )

    def _missing(self, row: dict[str, Any]) -> list[str]:
        lacks = tuple(name for name in PERSON_FACTS if row[name] is None)
        parts, posts = self.segments.get(row["person"], []), self.acting.get(row["person"], [])
        classes = tuple((part["segment_class"], part["segment_standing"]) for part in parts)
        key = (lacks, classes, *(row[name] for name in _KEYS), *(post["acting_class"] for post in posts))
        if key not in self.known:
            trace = self.month.plan.trace(
                {name: row[name] for name in PERSON_FACTS},
                segment=parts,
                event=posts,
                day=self.days.get(row["person"], []),
            )
            found = missing_reasons(trace.value("is_entitled")) + missing_reasons(trace.value("tpp_net"))
            self.known[key] = list(dict.fromkeys(found))
        return self.known[key]


def _by_person(frame: pl.DataFrame) -> dict[int, list[dict[str, Any]]]:
    rows: dict[int, list[dict[str, Any]]] = {}
    for row in frame.iter_rows(named=True):
        rows.setdefault(row["person"], []).append(row)
    return rows


def _slips(told: pl.DataFrame) -> pl.DataFrame:
    """One slip a person, numbered from 1 in the order of `people`; amounts only where they hold."""
    holds = pl.col("state").is_in([SlipState.COMPUTED.value, SlipState.DELAYED.value])
    texts = ("name", "kind", "golongan", "post_name", "unit_name", "opd_name", "pay_group")
    return told.select(
        (pl.col("person").cast(pl.Int32) + 1).alias("number"),
        "nip",
        *(pl.col(text).fill_null("") for text in texts[:3]),
        "job_class",
        *(pl.col(text).fill_null("") for text in texts[3:]),
        "state",
        "reason",
        "died_on",
        pl.when(pl.col("died_on").is_not_null()).then(_heir()).otherwise(pl.lit("")).alias("payee"),
        *(pl.when(holds).then(pl.col(name)).alias(amount) for amount, name in _AMOUNTS.items()),
    ).select(SLIP_COLUMNS)


def _heir() -> pl.Expr:
    """Wife or husband by name, where the register knows one; else nobody can be named here."""
    known = pl.col("heir").fill_null("") != ""
    return pl.when(known).then(pl.concat_str(pl.lit("ahli waris, "), "heir")).otherwise(pl.lit("ahli waris"))


def _lines(month: MonthLaw, told: pl.DataFrame) -> pl.DataFrame:
    """The slips' lines that are not nothing: slip, number, kind, code, method, amount."""
    holds = told.filter(pl.col("state").is_in([SlipState.COMPUTED.value, SlipState.DELAYED.value]))
    parts = [
        holds.lazy()
        .filter(pl.col(formula.name) != 0)
        .select(
            slip=pl.col("person").cast(pl.Int32) + 1,
            number=pl.lit(place, pl.Int16),
            kind=pl.lit(formula.line),
            code=pl.lit(formula.name),
            method=pl.lit(formula.method),
            amount=pl.col(formula.name).cast(pl.Int64),
        )
        for place, formula in enumerate(month.lines, start=1)
    ]
    return pl.concat([_NO_LINES.lazy(), *parts]).sort("slip", "number").collect()


_NO_LINES = pl.DataFrame(
    schema={
        "slip": pl.Int32,
        "number": pl.Int16,
        "kind": pl.String,
        "code": pl.String,
        "method": pl.String,
        "amount": pl.Int64,
    }
)


def facts_json(facts: MonthFacts) -> pl.DataFrame:
    """For each person the facts as one JSON text, so that the slip can explain itself later."""
    by_segment = facts.segments.group_by("person", maintain_order=True).agg(segment=pl.struct("on", *SEGMENT))
    by_event = facts.acting.group_by("person", maintain_order=True).agg(event=pl.struct("on", *EVENT))
    days = facts.days.with_columns(day=pl.col("on").dt.day())
    kept = [name for name in (*DAY_FACTS, *DAY_PLACES) if name in days.columns]
    by_day = (
        days.group_by("person", maintain_order=True).agg(pl.col(kept)).select("person", day=pl.struct(kept))
    )
    empty = pl.struct([pl.lit([], dtype=pl.List(days.schema[name])).alias(name) for name in kept])
    return (
        facts.people.lazy()
        .select("person", month=pl.struct(PERSON_FACTS))
        .join(by_segment.lazy(), on="person", how="left")
        .join(by_event.lazy(), on="person", how="left")
        .join(by_day.lazy(), on="person", how="left")
        .sort("person")
        .with_columns(day=pl.when(pl.col("day").is_null()).then(empty).otherwise(pl.col("day")))
        .select(
            "person",
            facts=pl.struct(person="month", segment="segment", event="event", day="day").struct.json_encode(),
        )
        .collect()
    )

"""Hard months to the rupiah: standing in, death, suspension, December, leave. See docs/worked-examples.md."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pamong.kernel.period import month_period
from pamong.law.december import law_of_month
from pamong.law.engine.law import load_law
from pamong.law.engine.plan import Law
from tests.law.world import (
    both,
    law_of,
    month,
    one,
    own_profile,
    parameter,
    part,
    person,
    whole_month,
    workday,
)

DECEMBER, JANUARY = date(2026, 12, 1), date(2027, 1, 1)
TOTALS = ("tpp_ceiling", "tpp_acting", "tpp_gross", "tpp_tax", "tpp_health", "tpp_net")
CLERK = {"golongan": "III/d", "fixed_income": 5_220_500}
IN_FULL = tuple(workday() for _ in range(22))


def with_methods(law: Law, **methods: str) -> Law:
    """A law whose profile chooses other methods."""
    return replace(law, profile=replace(law.profile, methods={**law.profile.methods, **methods}))


def acting(level: str, job_class: int, work_days: int = 22, kind: str = "plt") -> dict[str, Any]:
    """A post that was stood in for."""
    return {
        "acting_kind": kind,
        "acting_level": level,
        "acting_class": job_class,
        "acting_work_days": work_days,
    }


def paid(law: Law, *, own: Any = (), posts: Any = (), days: Any = IN_FULL, **facts: Any) -> dict[str, Any]:
    """The totals of one person in October, once both ways were seen to agree."""
    rows = {
        "segment": [(0, row) for row in own or [whole_month(9)]],
        "event": [(0, row) for row in posts],
        "day": [(0, row) for row in days],
    }
    [found] = both(month(law, *TOTALS), [person(**{**CLERK, **facts})], rows)
    return found


# Standing in (Plt, Plh)


def test_worked_example_5_plt_at_the_same_level() -> None:
    late = [workday("08:04:27"), *IN_FULL[1:]]
    found = paid(
        load_law("contoh"),
        own=[whole_month(11)],
        posts=[acting("same", 12)],
        days=late,
        golongan="IV/a",
        fixed_income=5_900_200,
    )
    assert (found["tpp_acting"], found["tpp_ceiling"]) == (1_795_840, 8_737_884)
    assert (found["tpp_gross"], found["tpp_net"]) == (8_667_981, 7_306_786)


def test_worked_example_6_plt_one_level_up() -> None:
    found = paid(load_law("contoh"), posts=[acting("up", 11)])
    assert (found["tpp_acting"], found["tpp_ceiling"]) == (1_689_212, 6_942_044)
    assert found["tpp_net"] == 6_527_147


@pytest.mark.parametrize("posts", [[], [acting("up", 11, 19)], [acting("up", 11, kind="plh")]])
def test_worked_example_7_plt_under_20_days(posts: list[Any]) -> None:
    """So is a Plh, whom this regulation does not pay."""
    found = paid(load_law("contoh"), posts=posts)
    assert (found["tpp_acting"], found["tpp_ceiling"], found["tpp_net"]) == (0, 5_252_832, 4_937_662)


def test_the_best_of_several_posts_counts_and_never_two() -> None:
    law = load_law("contoh")
    up, same, short = acting("up", 11), acting("same", 15, 20), acting("down", 15, 3)
    alone = [paid(law, posts=[post])["tpp_acting"] for post in (up, same, short)]
    assert alone == [1_689_212, 3_287_061, 0]
    assert paid(law, posts=[up, same, short])["tpp_acting"] == 3_287_061


def balangan() -> Law:
    """The demo's regulation with the numbers of Balangan's, and round amounts."""
    by_name = load_law("contoh").by_name
    table: dict[str, Any] = {"kind": "table", "by": ["job_class"]}
    share = by_name["acting_share_balangan"].history[0].value
    return law_of(
        "contoh",
        parameter("pay/tpp_class_amount", {9: 5_000_000, 11: 6_000_000}, "rupiah", **table),
        parameter(
            "pay/acting_share",
            {level: f"{rate // 10_000} %" for (level,), rate in share.items()},
            "rate",
            kind="table",
            by=["acting_level"],
        ),
        parameter("pay/acting_least_days", by_name["acting_least_days_balangan"].history[0].value, "days"),
    )


@pytest.mark.parametrize(("level", "days", "expected"), [("same", 20, 6_200_000), ("same", 19, 5_000_000)])
def test_gap_G_19_balangan_plt_at_the_same_level(level: str, days: int, expected: int) -> None:
    assert paid(balangan(), posts=[acting(level, 11, days)])["tpp_ceiling"] == expected


def test_gap_G_20_balangan_plt_one_level_up() -> None:
    assert paid(balangan(), posts=[acting("up", 11, 22)])["tpp_ceiling"] == 6_000_000


def test_a_class_in_no_table_is_unknown_and_not_nothing() -> None:
    assert paid(load_law("contoh"), posts=[acting("up", 17)])["tpp_net"] is None


# Death


@pytest.mark.parametrize(("method", "expected"), [("to_date", 1_884_318), ("full_month", 3_436_110)])
def test_worked_example_8_death_on_the_17th(method: str, expected: int) -> None:
    facts = {"golongan": "III/a", "fixed_income": 2_636_416, "minutes": 3_900, "behaviour": 97}
    found = paid(
        with_methods(load_law("contoh"), death=method),
        own=[part(1, 17, 7)],
        days=IN_FULL[:12],
        is_dead=True,
        last_day=17,
        **facts,
    )
    assert found["tpp_net"] == expected


@pytest.mark.parametrize(("method", "days"), [("to_date", 17), ("full_month", 31)])
def test_a_death_counts_by_days_under_the_last_post(method: str, days: int) -> None:
    law = with_methods(load_law("contoh"), proration="by_day", death=method)
    found = paid(law, own=[part(1, 10, 7), part(11, 17, 9)], is_dead=True, last_day=17)
    exact = 3_722_440 * 10 + 5_252_832 * (days - 10)
    assert found["tpp_ceiling"] == (exact * 2 + 31) // 62


def test_a_death_before_the_deciding_day_still_counts_its_days() -> None:
    found = paid(load_law("contoh"), own=[part(1, 2, 9)], days=(), is_dead=True, last_day=2, first_work_day=4)
    assert found["tpp_ceiling"] == (5_252_832 * 2 * 2 + 31) // 62


# Standing


def test_worked_example_10_suspended_from_the_12th() -> None:
    law = with_methods(load_law("contoh"), proration="by_day")
    own = [part(1, 11, 9), part(12, 31, None, segment_standing="Pemberhentian Sementara")]
    found = paid(law, own=own, days=IN_FULL[:7], minutes=2_000, behaviour=95)
    assert (found["tpp_ceiling"], found["tpp_gross"], found["tpp_net"]) == (1_863_908, 1_743_616, 1_638_999)


@pytest.mark.parametrize(
    ("standings", "entitled"),
    [
        (("Aktif", "Aktif"), True),
        (("CLTN", "Aktif"), True),
        (("CLTN", "Masa Persiapan Pensiun"), False),
        (("Aktif", "Diperbantukan"), None),
        (("Aktif", None), None),
    ],
)
def test_who_is_paid_on_some_day_is_entitled(standings: tuple[Any, Any], entitled: bool | None) -> None:
    parts = [
        part(first, last, segment_standing=standing)
        for (first, last), standing in zip(((1, 10), (11, 31)), standings, strict=True)
    ]
    assert one(month(load_law("samarinda"), "is_entitled"), person(), segment=parts) is entitled


# December


@pytest.mark.parametrize(
    ("choice", "absent", "expected"),
    [
        ("as_usual", True, 2_966_584),
        ("next_year", True, 2_966_584),
        ("to_cut_off", False, 3_061_504),  # the absent day lies after the cut-off, and counts as present
        ("full", True, 3_202_409),
    ],
)
def test_worked_example_9_december(choice: str, absent: bool, expected: int) -> None:
    law = law_of_month(with_methods(load_law("contoh"), december=choice), month_period(2026, 12))
    days = [workday("08:10:00"), *IN_FULL[:20]]
    days += [workday(None, None)] if absent else [workday(None, None, is_excused=True)]
    facts = {"golongan": "II/d", "fixed_income": 2_857_700, "minutes": 6_240, "behaviour": 94}
    plan = month(law, "tpp_net", on=DECEMBER, until=JANUARY)
    assert one(plan, person(**facts), day=days, segment=[whole_month(6)], event=[]) == expected


def test_a_whole_december_is_paid_before_anything_of_it_is_known() -> None:
    law = law_of_month(with_methods(load_law("contoh"), december="full"), month_period(2026, 12))
    unknown = person(minutes=None, behaviour=None, lhkpn_late=True, negative_activity=True)
    plan = month(law, "tpp_gross", on=DECEMBER, until=JANUARY)
    assert one(plan, unknown, segment=[whole_month(6)], day=[], event=[]) == 3_234_757


# Leave


@pytest.mark.parametrize(
    ("kind", "nth", "share"),
    [
        (None, None, 100),
        ("CT", 1, 100),
        ("CB", 1, 50),
        ("CB", 2, 25),
        ("CB", 3, 10),
        ("S", 1, 100),
        ("S", 2, 50),
        ("S", 3, 25),
        ("S", 4, 0),
        ("CLTN", 2, 0),
        ("CB", 4, None),
        ("S", None, None),  # of a month that nobody has said
    ],
)
def test_oracle_leave_L_7_and_L_8_leave_takes_off_by_its_kind_and_month(
    kind: str | None, nth: int | None, share: int | None
) -> None:
    """Ministry of Manpower, Permenaker 15/2024: the shares that are left, not those that are taken."""
    law = load_law("contoh")
    table = {key: value for key, value in own_profile("kemnaker").parameters.items() if "leave_share" in key}
    law = with_methods(Law({**law.parameters, **table}, law.profile), leave_effect="by_kind_and_month")
    own = [part(1, 31, 9, segment_leave=kind, segment_leave_month=nth)]
    expected = None if share is None else (5_252_832 * share * 2 + 100) // 200
    assert paid(law, own=own)["tpp_ceiling"] == expected

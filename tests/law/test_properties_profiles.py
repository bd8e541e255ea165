"""Every shipped profile's whole month: columns and traces give the same rupiah, in any order of rows."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamong.law.engine.law import load_law
from tests.law.world import OCTOBER, PROFILES, both, clock, in_columns, month, part

OUTPUTS = (
    "tpp_own",
    "tpp_acting",
    "tpp_ceiling",
    "productivity_earned",
    "discipline_earned",
    "discipline_cut",
    "presence_cut",
    "lhkpn_cut_amount",
    "negative_activity_cut_amount",
    "tpp_gross",
    "tpp_tax",
    "tpp_health",
    "tpp_net",
    "absent_days",
    "expected_days",
    "is_entitled",
)
BY_CUT = {"permentan": ("is_delayed",), "samarinda": ("is_delayed",)}
MODEST = settings(max_examples=10, deadline=None)

Government = tuple[list[dict[str, Any]], dict[str, list[tuple[int, dict[str, Any]]]]]


def rarely_nothing(dice: random.Random, value: Any) -> Any:
    """The value, and now and then nothing."""
    return None if dice.random() < 0.15 else value


def a_person(dice: random.Random) -> dict[str, Any]:
    """Somebody with any facts, some of them missing or in no table."""
    return {
        "pay_group": rarely_nothing(dice, dice.choice(["tpp", "tpg", "blud", "none"])),
        "is_cpns": dice.random() < 0.3,
        "golongan": rarely_nothing(dice, dice.choice(["II/d", "III/a", "IV/e", "IX", "XVII", "salah"])),
        "tax_status": rarely_nothing(dice, dice.choice(["TK/0", "K/1", "K/3", "TK/9"])),
        "minutes": rarely_nothing(dice, dice.randint(0, 20_000)),
        "behaviour": rarely_nothing(dice, dice.randint(0, 100)),
        "productivity_score": rarely_nothing(dice, dice.randint(0, 120)),
        "fixed_income": rarely_nothing(dice, dice.choice([0, 3_999_999, 11_999_999, 10**9])),
        "lhkpn_late": dice.random() < 0.3,
        "negative_activity": dice.random() < 0.3,
        "musters_missed": dice.randint(0, 9),
        "hours_left": dice.choice([0, 0, 3, 99]),
        "days_in_month": 31,
        "first_work_day": 1,
        "is_dead": dice.random() < 0.2,
        "last_day": dice.randint(1, 31),
    }


def a_day(dice: random.Random, on: date) -> dict[str, Any]:
    """A day with any punches, some missing."""
    return {
        "on": on,
        "shift_start": clock("07:30"),
        "shift_end": dice.choice([clock("16:00"), clock("16:30")]),
        "first_in": rarely_nothing(dice, dice.randint(clock("06:00"), clock("11:44"))),
        "last_out": rarely_nothing(dice, dice.randint(clock("11:45"), clock("20:00"))),
        "is_excused": dice.random() < 0.2,
    }


def parts(dice: random.Random) -> list[dict[str, Any]]:
    """The month cut into posts: from none to four, each with its class; the end may be without a post."""
    ends = sorted(dice.sample(range(1, 32), dice.randint(0, 4)))
    firsts = [1, *(end + 1 for end in ends)]
    return [
        {
            "segment_class": rarely_nothing(dice, dice.randint(1, 16)),
            "segment_first": first,
            "segment_last": last,
            "segment_standing": rarely_nothing(dice, dice.choice(["Aktif", "Aktif", "CLTN", "entah"])),
            "segment_leave": dice.choice([None, "S", "CB"]),
            "segment_leave_month": dice.randint(1, 5),
        }
        for first, last in zip(firsts, ends, strict=False)
    ]


def an_acting_post(dice: random.Random) -> dict[str, Any]:
    """A post stood in for, some of a class in no table."""
    return {
        "acting_kind": dice.choice(["plt", "plh"]),
        "acting_level": dice.choice(["up", "same", "down"]),
        "acting_class": rarely_nothing(dice, dice.randint(1, 16)),
        "acting_work_days": dice.randint(0, 23),
    }


def government(seed: int, size: int, single: bool) -> Government:
    """People with 0 to 31 days and 0 to 4 parts each; with `single`, exactly one of both for everybody."""
    dice = random.Random(seed)  # noqa: S311 (dice, no secret)
    days, segments, acting = [], [], []
    for number in range(size):
        for n in sorted(dice.sample(range(31), 1 if single else dice.randint(0, 31))):
            days.append((number, a_day(dice, OCTOBER + timedelta(days=n))))
        whole = part(1, 31, dice.randint(1, 15))
        segments += [(number, row) for row in ([whole] if single else parts(dice))]
        acting += [(number, an_acting_post(dice)) for _ in range(1 if single else dice.randint(0, 2))]
    return [a_person(dice) for _ in range(size)], {"day": days, "segment": segments, "event": acting}


governments = st.builds(
    government, st.integers(0, 2**32), st.integers(1, 5), st.sampled_from([False, False, True])
)


@pytest.mark.parametrize("profile", PROFILES)
@MODEST
@given(made=governments)
def test_a_government_and_each_of_its_people_alone_get_the_same(profile: str, made: Government) -> None:
    staff, rows = made
    plan = month(load_law(profile), *OUTPUTS, *BY_CUT.get(profile, ()))
    both(plan, staff, rows)


@pytest.mark.parametrize("profile", PROFILES)
@MODEST
@given(made=governments, seed=st.integers(0, 2**32))
def test_the_order_of_rows_changes_nothing(profile: str, made: Government, seed: int) -> None:
    staff, rows = made
    order = list(range(len(staff)))
    shuffle = random.Random(seed)  # noqa: S311 (a shuffle, no secret)
    shuffle.shuffle(order)
    place = {old: new for new, old in enumerate(order)}
    moved = {}
    for level, all_ in rows.items():
        mixed = [(place[number], row) for number, row in all_]
        shuffle.shuffle(mixed)
        moved[level] = sorted(mixed, key=lambda pair: pair[0])
    plan = month(load_law(profile), *OUTPUTS)
    straight, mixed_up = in_columns(plan, staff, rows), in_columns(plan, [staff[old] for old in order], moved)
    assert mixed_up == [straight[old] for old in order]

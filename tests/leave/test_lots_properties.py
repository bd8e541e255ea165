"""What holds for every balance, whatever the policy and whatever happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction as F

from hypothesis import given
from hypothesis import strategies as st

from pamong.kernel.period import Period
from pamong.leave.lots import (
    Balance,
    Credit,
    Deferral,
    Forfeit,
    Frequency,
    History,
    Policy,
    Proration,
    Rounding,
    Terms,
    Use,
    Validity,
    balance,
    fits,
)

FIRST = date(2020, 1, 1)
halves = st.integers(0, 40).map(lambda count: F(count, 2))
caps = st.one_of(st.none(), halves)
days = st.integers(0, 3 * 366).map(lambda count: FIRST + timedelta(days=count))
shares = st.sampled_from([F(1), F(1, 2)])


@st.composite
def some_terms(draw: st.DrawFn, since: date) -> Terms:
    """Terms with any caps."""
    return Terms(
        since,
        draw(halves),
        draw(caps),
        draw(caps),
        draw(caps),
        draw(st.integers(0, 3)),
        draw(caps),
        draw(caps),
    )


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """Any policy."""
    return Policy(
        (draw(some_terms(FIRST)), draw(some_terms(date(2021, 7, 1)))),
        draw(st.sampled_from(Frequency)),
        draw(st.sampled_from([(1, 1), (5, 1), (2, 29)])),
        draw(st.sampled_from([(1, 1), (7, 1), (2, 29)])),
        draw(st.sampled_from(Proration)),
        draw(st.sampled_from(Rounding)),
        draw(
            st.sampled_from([Validity(), Validity(months=3), Validity(days=365), Validity(through=(6, 30))])
        ),
        draw(st.sampled_from([0, 12])),
        draw(st.sampled_from([F(0), F(6)])),
        draw(st.booleans()),
    )


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Anything that can happen to somebody."""
    uses = draw(
        st.lists(
            st.builds(Use, days, shares, st.sampled_from("abc"), st.booleans(), st.booleans()), max_size=12
        )
    )
    return History(
        Period(draw(days)),
        tuple(uses),
        tuple(draw(st.lists(st.builds(Credit, days, halves, st.just("cuti bersama")), max_size=3))),
        tuple(draw(st.lists(st.builds(Deferral, days, halves), max_size=2))),
        tuple(draw(st.lists(st.builds(Forfeit, days, st.just("cuti besar")), max_size=2))),
    )


@given(policies(), histories(), days)
def test_lots_and_movements_sum_to_the_balance_and_no_lot_is_negative(
    policy: Policy, history: History, on: date
) -> None:
    found = balance(policy, history, on)
    assert sum((lot.left for lot in found.lots), F(0)) == found.left
    assert sum((move.days for move in found.movements), F(0)) == found.left - found.debt
    assert all(lot.left >= 0 for lot in found.lots)
    assert found.debt >= 0 and 0 <= found.free <= found.left + found.reserved
    assert all(lot.expires_on is None or lot.expires_on > on for lot in found.lots)
    assert all(move.on <= on and isinstance(move.days, F) for move in found.movements)


@given(policies(), histories(), days, st.randoms(use_true_random=False))
def test_the_order_in_which_things_are_entered_does_not_matter(
    policy: Policy, history: History, on: date, random: object
) -> None:
    def mixed(things: tuple[object, ...]) -> tuple[object, ...]:
        order = list(things)
        random.shuffle(order)  # type: ignore[attr-defined]
        return tuple(order)

    names = ("uses", "credits", "deferrals", "forfeits")
    other = replace(history, **{name: mixed(getattr(history, name)) for name in names})
    assert _amounts(balance(policy, history, on)) == _amounts(balance(policy, other, on))


@given(policies(), histories(), days)
def test_twice_gives_the_same(policy: Policy, history: History, on: date) -> None:
    assert balance(policy, history, on) == balance(policy, history, on)


@given(policies(), histories(), days, st.integers(1, 15))
def test_what_fits_leaves_no_day_short_and_what_does_not_names_its_day(
    policy: Policy, history: History, first: date, length: int
) -> None:
    asked = tuple(Use(first + timedelta(days=number), F(1), "x") for number in range(length))
    answer = fits(policy, history, asked, reserve=False)
    granted = replace(history, uses=tuple(use for use in history.uses if not use.pending))
    with_it = replace(granted, uses=(*granted.uses, *asked))
    last = max(use.on for use in with_it.uses)
    before, after = (balance(policy, each, last).shortfalls for each in (granted, with_it))
    if answer.fits:
        assert sum(each.days for each in after) <= sum(each.days for each in before)
        assert answer.first_day is None and answer.missing == 0
    else:
        assert answer.missing > 0 and answer.first_day in {each.on for each in after}
        assert answer.first_day is not None and answer.first_day >= first


@given(policies(), histories(), days)
def test_what_is_free_can_be_asked_for(policy: Policy, history: History, on: date) -> None:
    free = balance(policy, history, on).free
    assert not free or fits(policy, history, [Use(on, free, "x", pending=True)]).fits


def _amounts(found: Balance) -> tuple[object, ...]:
    return found.lots, found.left, found.planned, found.reserved, found.free, found.debt

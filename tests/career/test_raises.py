"""From the list of those due to a step that holds: proposed by the machine, checked, signed by the office."""

from __future__ import annotations

from datetime import date

from pamong.decisions.choices import State
from tests.support.raising import BEFORE, JANUARY, RaiseDesk


def test_oracle_G_26_a_raise_lies_ready_is_checked_signed_and_holds(raises: RaiseDesk) -> None:
    done = raises.propose()
    assert (done.made, done.again, done.stuck) == (2, 0, ())
    uid = raises.waiting("own")
    assert raises.desk.inbox("chief") == [] and uid in raises.desk.inbox("nurul")
    assert raises.sign("own", by="chief") is State.SEALED
    number = raises.given("own").order_no
    assert raises.steps("own") == [(BEFORE, 4, 0, "822/7/2024"), (JANUARY, 6, 0, number)]
    given = raises.given("own")
    assert (given.base_before, given.base_after, given.next_on) == (2_964_000, 3_057_300, date(2029, 1, 1))

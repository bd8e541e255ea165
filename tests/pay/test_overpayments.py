"""What no allowance takes back: opened with a reason, instalments set by two, deposits, never too much."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from pamong.access.errors import NotAllowed, ReasonMissing
from pamong.kernel.actor import Actor
from pamong.law.engine.law import load_law
from pamong.pay import differences
from pamong.pay.differences import Due
from pamong.pay.differences.amounts import Amount
from pamong.pay.differences.offsets import pairs
from pamong.pay.differences.owing import left_of
from pamong.pay.differences.placing import Open, allocate
from pamong.pay.errors import (
    AllowanceTakesIt,
    DepositKnown,
    DepositRefused,
    DepositReversed,
    DepositTooLarge,
    NotForOneself,
    NothingToReturn,
    PlanByAnother,
    PlanNotWaiting,
    PlanRefused,
)
from pamong.pay.models import Deposit, Difference, DifferenceLine, DifferencePart, Overpayment, PayItem
from pamong.people import models as people
from tests.pay.support import Office, Someone
from tests.support.lists import build, leave_service, related
from tests.support.month import MORNING, TODAY
from tests.support.paid_months import Months, rate_of_class_9

APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)
LONG_AGO = date(2022, 1, 1)
ONE = Someone(1, golongan="II/a", fixed_income=12_000_000)
TWO = Someone(2, golongan="II/a", fixed_income=12_000_000)
REASON = "Nomor STS keliru"
HALVES = [Due(date(2026, 12, 1), 2_000_000), Due(date(2027, 1, 4), 3_000_000)]
WHEN = {"at": MORNING}


def overpaid(office: Office, folder: Path, rate: int = 1_000_000, *, opens: bool = True) -> Months:
    """April was paid to two; then the rate turns out lower. Only the first is still paid in May, where that
    is opened."""
    rate_of_class_9(folder, (LONG_AGO, 6_000_000))
    load_law.cache_clear()
    months = Months(build(office, [ONE, TWO]), str(folder))
    months.paid(APRIL, [ONE, TWO])
    rate_of_class_9(folder, (LONG_AGO, 6_000_000), (APRIL, rate))
    load_law.cache_clear()
    months.post(APRIL)
    if opens:
        months.open(MAY, [ONE])
    return months


@pytest.fixture
def months(office: Office, tmp_path: Path, db: None) -> Months:
    """Each received Rp5.000.000 too much."""
    return overpaid(office, tmp_path)


def of(months: Months, one: Someone) -> Difference:
    return Difference.objects.get(person=months.town.persons[one.number])


def opened(months: Months, one: Someone = TWO) -> UUID:
    actor = months.town.as_("checker")
    return differences.open_overpayment(actor=actor, difference=of(months, one).uid, **WHEN)


def planned(months: Months, case: UUID, instalments: list[Due] = HALVES, document: str = "SPTJM/12") -> UUID:
    """Instalments that the checker proposes."""
    return differences.propose_plan(
        actor=months.town.as_("checker"), overpayment=case, document=document, instalments=instalments, **WHEN
    )


def test_it_is_opened_of_who_left_or_whose_allowance_is_too_small(months: Months) -> None:
    left, larger = opened(months), opened(months, ONE)
    rows = {row.uid: row for row in Overpayment.objects.all()}
    assert (rows[left].reason, rows[left].amount) == ("left", 5_000_000)
    assert (rows[larger].reason, rows[larger].amount) == ("larger", 5_000_000)
    assert left_of(of(months, ONE).pk) == -4_000_000  # May takes Rp1.000.000
    assert opened(months) == left  # asked again


def test_nobody_decides_what_a_relative_gives_back(months: Months) -> None:
    case, row, own = opened(months), of(months, TWO), months.town.persons[1]
    plan = planned(months, case)
    related(own, row.person)
    acts: dict[str, Callable[[Actor], Any]] = {
        "checker": lambda actor: differences.open_overpayment(actor=actor, difference=row.uid, **WHEN),
        "treasurer": lambda actor: differences.record_deposit(
            actor=actor, overpayment=case, sts_number="1", paid_on=TODAY, amount=1, **WHEN
        ),
        "second": lambda actor: differences.decide_plan(actor=actor, plan=plan, agreed=True, **WHEN),
    }
    for name, act in acts.items():
        people.Person.objects.filter(pk=own.pk).update(user=months.town.as_(name).user_id)
        with pytest.raises(NotForOneself, match="keluarga Anda"):
            act(months.town.as_(name))
    people.Person.objects.filter(pk=own.pk).update(user=months.town.as_("checker").user_id)
    with pytest.raises(NotForOneself, match="keluarga Anda"):
        planned(months, case)


def test_who_is_in_service_waits_for_the_next_month(office: Office, tmp_path: Path, db: None) -> None:
    months = overpaid(office, tmp_path, opens=False)
    with pytest.raises(AllowanceTakesIt, match=r"Rp5\.000\.000"):
        opened(months)
    leave_service(months.town.persons[2], "retired", MAY)
    assert Overpayment.objects.get(uid=opened(months)).reason == "left"


def test_what_the_next_allowance_takes_is_no_overpayment(office: Office, tmp_path: Path, db: None) -> None:
    months = overpaid(office, tmp_path, rate=4_000_000)
    with pytest.raises(NothingToReturn):  # all of it stands on the list of May
        opened(months, ONE)
    PayItem.objects.filter(sequence__gt=0).update(released_at=MORNING)
    with pytest.raises(AllowanceTakesIt, match=r"Rp2\.000\.000"):
        opened(months, ONE)


def test_a_plan_is_set_by_two_over_fiscal_years(months: Months) -> None:
    case, first, second = opened(months), months.town.as_("checker"), months.town.as_("second")

    def propose(instalments: list[Due], document: str = "SPTJM/12") -> UUID:
        return planned(months, case, instalments, document)

    for wrong, words in (
        (HALVES[:1], r"Rp2\.000\.000 harus sama dengan sisa kelebihan bayar, Rp5\.000\.000"),
        ([], "paling sedikit satu"),
        ([Due(date(2026, 12, 1), 2_500_000)] * 2, "tanggal yang sama"),
        ([Due(date(2026, 1, 1), 5_000_000)], "sudah lewat"),
    ):
        with pytest.raises(PlanRefused, match=words):
            propose(wrong)
    with pytest.raises(PlanRefused, match="nomor surat"):
        propose(HALVES, " ")
    plan = propose(HALVES)
    with pytest.raises(PlanByAnother):
        differences.decide_plan(actor=first, plan=plan, agreed=True, **WHEN)
    with pytest.raises(ReasonMissing):
        differences.decide_plan(actor=second, plan=plan, agreed=False, **WHEN)
    differences.decide_plan(actor=second, plan=plan, agreed=True, **WHEN)
    with pytest.raises(PlanNotWaiting):
        differences.decide_plan(actor=second, plan=plan, agreed=True, **WHEN)


def test_case_P_03_deposits_and_their_reversal_never_pass_what_is_owed(months: Months) -> None:
    case, treasurer = opened(months), months.town.as_("treasurer")

    def deposit(number: str, amount: int, on: date = TODAY) -> UUID:
        return differences.record_deposit(
            actor=treasurer, overpayment=case, sts_number=number, paid_on=on, amount=amount, **WHEN
        )

    with pytest.raises(NotAllowed):
        differences.record_deposit(
            actor=months.town.as_("checker"), at=MORNING, overpayment=case, sts_number="1", paid_on=TODAY,
            amount=1,
        )  # fmt: skip
    with pytest.raises(DepositTooLarge, match=r"Rp5\.000\.001 melebihi sisa kelebihan bayar, Rp5\.000\.000"):
        deposit("STS/1", 5_000_001)
    wrong = deposit("STS/1", 3_000_000)
    with pytest.raises(DepositKnown):
        deposit(" STS/1 ", 1)
    for number, amount, on in (("", 1, TODAY), ("STS/2", 0, TODAY), ("STS/2", 1, date(2027, 1, 1))):
        with pytest.raises(DepositRefused):
            deposit(number, amount, on)
    with pytest.raises(ReasonMissing):
        differences.reverse_deposit(actor=treasurer, deposit=wrong, note="", **WHEN)
    reversal = differences.reverse_deposit(actor=treasurer, deposit=wrong, note=REASON, **WHEN)
    for again in (wrong, reversal):
        with pytest.raises(DepositReversed):
            differences.reverse_deposit(actor=treasurer, deposit=again, note=REASON, **WHEN)
    deposit("STS/1", 2_000_000)  # the same paper, now with its amount
    deposit("STS/2", 3_000_000)
    assert left_of(of(months, TWO).pk) == 0
    with pytest.raises(DepositTooLarge):
        deposit("STS/3", 1)


def test_what_was_deposited_is_paid_out_when_it_turns_out_to_be_due(months: Months, tmp_path: Path) -> None:
    """The lower rate was a mistake: what came back is due again, what did not is not owed any more."""
    case = opened(months)
    differences.record_deposit(
        actor=months.town.as_("treasurer"), overpayment=case, sts_number="STS/1", paid_on=TODAY,
        amount=2_000_000, **WHEN,
    )  # fmt: skip
    rate_of_class_9(tmp_path, (LONG_AGO, 6_000_000))
    load_law.cache_clear()
    months.post(APRIL)
    rows = Difference.objects.filter(person=months.town.persons[2]).order_by("sequence")
    assert [row.net for row in rows] == [-5_000_000, 5_000_000]
    assert [left_of(row.pk) for row in rows] == [0, 2_000_000]


def test_nobody_decides_about_his_own(months: Months) -> None:
    case = opened(months)
    user = months.town.as_("second").user_id
    people.Person.objects.filter(pk=months.town.persons[2].pk).update(user=user)
    second = months.town.as_("second")
    assert second.person_id == months.town.persons[2].pk
    with pytest.raises(NotForOneself):
        differences.propose_plan(
            actor=second, overpayment=case, document="SPTJM/12", instalments=[Due(TODAY, 5_000_000)], **WHEN
        )


AMOUNTS = st.builds(Amount, *(st.integers(-9_000_000, 9_000_000) for _ in range(3)))


@given(st.lists(AMOUNTS, max_size=6), st.integers(0, 9_000_000), st.sampled_from([0, 250_000, 1_000_000]))
def test_whatever_is_open_nobody_receives_less_than_nothing(
    amounts: list[Amount], pays: int, share: int
) -> None:
    waiting = [
        Open(number, 1, "tpp", APRIL, amount, 1, pays, "", "", "own") for number, amount in enumerate(amounts)
    ]
    placed = allocate(waiting, share)
    assert pays + sum(amount.net for amount in placed.values()) >= pays - pays * share // 1_000_000
    for number, amount in placed.items():
        whole = amounts[number]
        assert abs(amount.net) <= abs(whole.net)
        assert amount.net * whole.net >= 0
        assert whole.net < 0 or amount == whole


@given(st.dictionaries(st.integers(1, 9), AMOUNTS, max_size=6))
def test_set_off_adds_up_to_nothing_and_leaves_one_sign(left: dict[int, Amount]) -> None:
    parts = list(pairs(left))
    for place in range(2, 6):
        assert sum(part[place] for part in parts) == 0
    rest = {
        number: amount.net - sum(part[5] for part in parts if part[0] == number)
        for number, amount in left.items()
    }
    assert all(abs(rest[number]) <= abs(amount.net) for number, amount in left.items())
    assert not (any(net < 0 for net in rest.values()) and any(net > 0 for net in rest.values()))


def test_two_who_post_at_once_make_one_set(office: Office, tmp_path: Path, committed_db: str) -> None:
    rate_of_class_9(tmp_path, (LONG_AGO, 6_000_000))
    load_law.cache_clear()
    months = Months(build(office, [ONE, TWO]), str(tmp_path))
    months.paid(APRIL, [ONE, TWO])
    rate_of_class_9(tmp_path, (LONG_AGO, 6_000_000), (APRIL, 6_500_000))
    load_law.cache_clear()
    together = threading.Barrier(2, timeout=30)

    def post(_: int) -> int:
        together.wait()
        try:
            return months.post(APRIL).people
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(post, range(2))) == [0, 2]
    assert [row.net for row in Difference.objects.all()] == [500_000] * 2


def refused(words: str, work: Any) -> None:
    """The database itself says no, at once or when the transaction ends."""
    with pytest.raises(DatabaseError, match=words), transaction.atomic():
        work()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_holds_the_sums(months: Months) -> None:
    row, other = of(months, ONE), of(months, TWO)
    amounts = {"gross": -1, "tax": 0, "health": 0, "net": -1}
    line = {"difference": row, "number": 9, "cause": "work", **amounts}
    refused("Selisih berbeda dari jumlah sebabnya", lambda: DifferenceLine.objects.create(**line))
    item = PayItem.objects.get(sequence=1)
    values = {name: getattr(item, name) for name in ("list", "person", "nip", "name", "service_month")}
    free = {**values, "sequence": 2, **amounts}
    refused("berasal dari selisih yang tercatat", lambda: PayItem.objects.create(**free))

    def part(difference: Difference, net: int, **where: Any) -> None:
        DifferencePart.objects.create(
            difference=difference, **(amounts | {"gross": net, "net": net}), **where
        )

    refused("melebihi sisa selisihnya", lambda: part(row, -4_000_001, against=row))
    refused("tidak sama", lambda: part(row, -7, item=item))
    refused("bulan yang sama", lambda: part(row, -7, against=other))
    case = Overpayment.objects.get(uid=opened(months))
    refused("harus sebesar selisihnya", lambda: _case(row, 1, case))
    refused("dikembalikan dengan STS", lambda: part(other, -1, item=item))
    deposit = {
        "overpayment": case, "sts_number": "1", "paid_on": TODAY, "recorded_by_id": 1,
        "basis_id": case.basis_id,
    }  # fmt: skip
    refused("melebihi sisa kelebihan bayar", lambda: Deposit.objects.create(amount=5_000_001, **deposit))
    for model in (Difference, DifferenceLine, DifferencePart, Overpayment):
        refused("permission denied", lambda model=model: _rewrite(model))


def _case(row: Difference, amount: int, like: Overpayment) -> None:
    Overpayment.objects.create(
        difference=row, amount=amount, reason="left", opened_by="uji", basis_id=like.basis_id
    )


def _rewrite(model: type[Any]) -> None:
    model.objects.update(**{"amount" if model is Overpayment else "net": 1})

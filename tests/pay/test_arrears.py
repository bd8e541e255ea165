"""Lists of arrears: what is due to somebody whom no base payment carries any more is paid, and once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from pamong.access.errors import NotAllowed
from pamong.interop.exports.pay_lists import layout_of, pay_file
from pamong.law.engine.law import load_law
from pamong.pay import path
from pamong.pay.choices import ListKind, OutFile, PathState, Payee
from pamong.pay.errors import AccountsMissing, DifferenceNotAlone, NobodyChosen, NotOneself, PayListNotFound
from pamong.pay.models import PayItem
from pamong.people import models as people
from tests.pay.support import Office, Someone
from tests.support.lists import build, leave_service, pay_whole, related
from tests.support.month import MORNING
from tests.support.paid_months import Months, rate_of_class_9

pytestmark = pytest.mark.django_db
APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)
LONG_AGO = date(2022, 1, 1)
A, B = "Dinas A", "Dinas B"
STAYS = Someone(1, golongan="II/a", fixed_income=12_000_000)  # nothing is taken off their allowances
LEFT = Someone(2, golongan="II/a", fixed_income=12_000_000)
DIED = Someone(3, golongan="II/a", fixed_income=12_000_000)
OTHER = Someone(4, golongan="II/a", fixed_income=12_000_000, opd=B)
WHEN = {"at": MORNING}


@pytest.fixture
def months(office: Office, tmp_path: Path) -> Months:
    """April was paid to four; Rp500.000 more are due to each; May pays only one of each office."""
    rate_of_class_9(tmp_path, (LONG_AGO, 6_000_000))
    load_law.cache_clear()
    made = Months(build(office, [STAYS, LEFT, DIED, OTHER]), str(tmp_path))
    made.paid(APRIL, [STAYS, LEFT, DIED, OTHER])
    rate_of_class_9(tmp_path, (LONG_AGO, 6_000_000), (APRIL, 6_500_000))
    load_law.cache_clear()
    made.post(APRIL)
    leave_service(made.town.persons[3], "died", date(2026, 4, 18))
    made.open(MAY, [STAYS, OTHER])
    return made


def waiting(months: Months, by: str = "clerk_dinas_a", name: str = A) -> dict[UUID, path.Arrear]:
    uid = months.lists(MAY)[name].uid
    found = path.list_arrears(actor=months.town.as_(by), uid=uid, **WHEN)
    return {each.person: each for each in found}


def opened(months: Months, *chosen: Someone, by: str = "clerk_dinas_a", month: date = MAY) -> UUID:
    persons = [months.town.persons[one.number].uid for one in chosen]
    uid = months.lists(month)[A].uid
    return path.open_arrears(actor=months.town.as_(by), uid=uid, people=persons, **WHEN)


def items(uid: UUID) -> list[tuple[int, date, int, str, str]]:
    rows = PayItem.objects.filter(list__uid=uid, released_at__isnull=True).order_by("person_id")
    return [(row.sequence, row.service_month, row.gross, row.payee, row.state) for row in rows]


def test_who_receives_no_base_waits_for_a_list_of_arrears(months: Months) -> None:
    left, died = (months.town.persons[one.number].uid for one in (LEFT, DIED))
    found = waiting(months)
    assert {person: (each.net, each.months, each.payee) for person, each in found.items()} == {
        left: (500_000, (APRIL,), Payee.OWN),
        died: (500_000, (APRIL,), Payee.HEIR),
    }
    assert waiting(months, "checker", B) == {}
    assert months.items(MAY, STAYS) == [(APRIL, 1, 500_000), (MAY, 0, 6_500_000)]
    with pytest.raises(PayListNotFound):
        waiting(months, "clerk_dinas_b")


def test_it_goes_the_whole_way_and_is_paid_once(months: Months) -> None:
    uid = opened(months, LEFT)
    assert (
        opened(months, DIED, month=APRIL) == uid
    )  # nobody has signed it; opened from any list of the office
    view = path.open_list(actor=months.town.as_("checker"), uid=uid, **WHEN)
    assert (view.row.reference, view.row.kind, view.row.month) == (
        "TPP-202605-R1-DINAS_A",
        ListKind.ARREARS,
        MAY,
    )
    assert items(uid) == [
        (1, APRIL, 500_000, "own", "included"), (1, APRIL, 500_000, "heir", "included"),
    ]  # fmt: skip
    for _ in range(2):  # the second time nobody waits
        with pytest.raises(NobodyChosen, match="untuk daftar rapel"):
            opened(months, LEFT, DIED)
    take(months, uid)
    view = path.open_list(actor=months.town.as_("checker"), uid=uid, **WHEN)
    assert view.row.state is PathState.PAID
    asked = {"actor": months.town.as_("treasurer"), "uid": uid, **WHEN}
    with pytest.raises(AccountsMissing, match="untuk ahli waris ORANG 00003"):
        path.content_of(kind=OutFile.BANK, **asked)
    assert [item.payee for item in view.without_account] == [Payee.HEIR]
    content = path.content_of(kind=OutFile.TREASURY, **asked)
    assert {each.payee: each.account is None for each in content.receivers} == {
        Payee.OWN: False, Payee.HEIR: True,
    }  # fmt: skip
    told = pay_file(content, layout_of(OutFile.BANK)).data.decode()
    assert told.count("TPP Mei 2026 untuk ahli waris") == 1
    assert waiting(months) == {} and months.post(APRIL).people == 0


def take(months: Months, uid: UUID) -> None:
    """The whole way, as every list's."""
    acting = map(months.town.as_, ("clerk_dinas_a", "head_dinas_a", "checker", "treasurer"))
    pay_whole(uid, *acting, **WHEN)


def test_a_debt_that_is_found_before_it_is_complete_comes_off_it(months: Months, tmp_path: Path) -> None:
    uid = opened(months, LEFT, DIED)
    rate_of_class_9(tmp_path, (LONG_AGO, 6_000_000), (APRIL, 6_200_000))
    load_law.cache_clear()
    months.post(APRIL)  # each owes Rp300.000 of what the list would pay
    path.enter(actor=months.town.as_("clerk_dinas_a"), uid=uid, **WHEN)
    row = path.find_list(actor=months.town.as_("checker"), uid=uid)
    assert (row.people, row.gross) == (2, 400_000)
    assert waiting(months) == {}


def test_who_is_held_on_it_waits_for_the_next_one(months: Months) -> None:
    uid = opened(months, LEFT, DIED)
    clerk = months.town.as_("clerk_dinas_a")
    item = PayItem.objects.get(list__uid=uid, payee="heir")
    path.hold(actor=clerk, uid=uid, item=item.uid, reason="Menunggu surat ahli waris", **WHEN)
    assert waiting(months) == {}  # the list is still open: let him be paid by it again
    take(months, uid)
    assert list(waiting(months)) == [months.town.persons[3].uid]
    second = opened(months, DIED)
    assert second != uid and items(second) == [(1, APRIL, 500_000, "heir", "included")]


def test_a_difference_is_held_with_its_person_alone(months: Months) -> None:
    clerk, main = months.town.as_("clerk_dinas_a"), months.lists(MAY)[A].uid
    base, difference = PayItem.objects.filter(list__uid=main, released_at__isnull=True).order_by("sequence")
    asked = {"actor": clerk, "uid": main, "reason": "Menunggu surat", **WHEN}
    with pytest.raises(DifferenceNotAlone):
        path.hold(item=difference.uid, **asked)
    with pytest.raises(DatabaseError, match="tidak ditangguhkan sendiri"), transaction.atomic():
        PayItem.objects.filter(pk=difference.pk).update(state="held", reason="Menunggu surat")
    path.hold(item=base.uid, **asked)
    assert items(main) == [(0, MAY, 6_500_000, "own", "held")]  # what differs waits beside no list
    path.release(item=base.uid, **asked)
    assert months.items(MAY, STAYS) == [(APRIL, 1, 500_000), (MAY, 0, 6_500_000)]


def test_nobody_opens_one_for_himself_a_relative_or_without_the_right(months: Months) -> None:
    with pytest.raises(NotAllowed):
        opened(months, LEFT, by="treasurer")
    user = months.town.as_("checker").user_id
    people.Person.objects.filter(pk=months.town.persons[2].pk).update(user=user)
    with pytest.raises(NotOneself):
        opened(months, LEFT, by="checker")
    people.Person.objects.filter(user=user).update(user=None)
    people.Person.objects.filter(pk=months.town.persons[1].pk).update(user=user)
    related(months.town.persons[1], months.town.persons[2])
    with pytest.raises(NotOneself, match="atau keluarga"):
        opened(months, LEFT, by="checker")

"""The month as a path: lists by OPD, three people, the treasury to the rupiah; nobody is paid twice."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from pamong.access.errors import NotAllowed, ReasonMissing
from pamong.decisions.errors import ReasonsMissing
from pamong.pay import path
from pamong.pay.choices import OutFile, PathState, StepKind
from pamong.pay.errors import (
    AccountsMissing,
    AloneOnList,
    AmountDiffers,
    ListIsPaid,
    ListIsSigned,
    NotOneself,
    NumberTaken,
    OverBudget,
    PayListNotFound,
    StepByAnother,
    StepTooEarly,
    TreasuryFileRefused,
)
from pamong.pay.models import Budget, Difference, DifferenceLine, DifferencePart, PayItem, PayList
from pamong.people import models as people
from tests.pay.support import OCTOBER, Office, Someone
from tests.support.lists import ALL_STEPS, Government, build, related
from tests.support.month import MORNING, TODAY

A, B = "Dinas A", "Dinas B"
WHO = [
    Someone(1), Someone(2, days={5: ("08:20", "16:40")}), Someone(3),
    Someone(4, opd=B), Someone(5, opd=B), Someone(6, opd=B, fixed_income=None),
]  # fmt: skip
REASON = "Menunggu surat keterangan"


@pytest.fixture
def town(office: Office, db: None) -> Government:
    """Two offices whose October is computed and opened."""
    made = build(office, WHO)
    made.compute(WHO)
    made.open()
    return made


def test_a_run_becomes_one_list_an_office_and_who_has_no_amount_stands_beside(town: Government) -> None:
    view = path.open_month(actor=town.as_("checker"), month=OCTOBER)
    assert [(row.opd_name, row.people, row.state) for row in view.lists] == [
        (A, 3, PathState.COMPUTED),
        (B, 2, PathState.COMPUTED),
    ]
    assert view.gross == sum(row.gross for row in view.lists) > 0
    assert [(each.state, each.people, each.names) for each in view.beside] == [("held", 1, ())]
    assert view.lists[0].reference == "TPP-202610-I1-DINAS_A"
    row = PayList.objects.get(opd_name=A)
    assert row.opd is not None and row.opd.code == "dinas_a"


def test_case_P_07_asking_again_makes_nothing(town: Government) -> None:
    before = list(PayItem.objects.order_by("id").values())
    assert town.open() == path.Opened(OCTOBER, made=0, replaced=0, kept=2)
    assert list(PayItem.objects.order_by("id").values()) == before


def test_the_whole_way_of_one_office_while_the_other_is_late(town: Government) -> None:
    town.step(A, *ALL_STEPS)
    view = town.view(A)
    assert (view.row.state, view.row.sp2d_number) == (PathState.PAID, "SP2D/TPP-202610-I1-DINAS_A")
    assert [step.kind for step in view.steps] == [
        StepKind.OPENED, StepKind.ENTERED, StepKind.SIGNED, StepKind.CHECKED, StepKind.SUBMITTED,
        StepKind.PAID,
    ]  # fmt: skip
    assert view.next is None
    assert town.row(B).state is PathState.COMPUTED


def test_a_step_twice_does_nothing_the_second_time(town: Government) -> None:
    town.step(A, *ALL_STEPS)
    steps = len(town.view(A).steps)
    town.step(A, *ALL_STEPS)
    assert len(town.view(A).steps) == steps
    uid = town.row(A).uid
    other = path.Sp2d("SP2D/lain", TODAY, town.row(A).gross)
    with pytest.raises(ListIsPaid, match="SP2D/TPP-202610-I1-DINAS_A"):
        path.record_sp2d(actor=town.as_("treasurer"), at=MORNING, uid=uid, sp2d=other)


def test_enter_sign_and_check_are_three_people(town: Government) -> None:
    uid, who = town.row(A).uid, {"at": MORNING}
    with pytest.raises(StepTooEarly, match="petugas unit menyatakan"):
        path.sign(actor=town.as_("head_dinas_a"), uid=uid, **who)
    path.enter(actor=town.as_("checker"), uid=uid, **who)  # the agency lends its hands
    with pytest.raises(NotAllowed):
        path.sign(actor=town.as_("checker"), uid=uid, **who)
    with pytest.raises((NotAllowed, PayListNotFound)):
        path.sign(actor=town.as_("head_dinas_b"), uid=uid, **who)
    with pytest.raises(StepTooEarly, match="kepala OPD"):
        path.check(actor=town.as_("second"), uid=uid, **who)
    path.sign(actor=town.as_("head_dinas_a"), uid=uid, **who)
    with pytest.raises(StepByAnother, match="menyatakan daftar ini lengkap"):
        path.check(actor=town.as_("checker"), uid=uid, **who)
    assert path.check(actor=town.as_("second"), uid=uid, **who)


def test_one_rupiah_off_is_told_and_stores_nothing(town: Government) -> None:
    town.step(A, "enter", "sign", "check")
    uid, actor = town.row(A).uid, town.as_("treasurer")
    with pytest.raises(AmountDiffers, match="berbeda Rp1 dari"):
        path.submit(actor=actor, at=MORNING, uid=uid, spm=town.spm(A, off=1))
    assert town.row(A).state is PathState.CHECKED
    town.step(A, "submit")
    with pytest.raises(AmountDiffers, match="Nilai SP2D"):
        path.record_sp2d(actor=actor, at=MORNING, uid=uid, sp2d=town.sp2d(A, off=-1))
    town.step(B, "enter", "sign", "check")
    taken = path.Spm("SPP/2", town.row(A).spm_number, TODAY, town.row(B).gross)
    with pytest.raises(NumberTaken):
        path.submit(actor=actor, at=MORNING, uid=town.row(B).uid, spm=taken)


def test_case_P_16_what_is_signed_stays_whatever_is_computed_later(town: Government) -> None:
    town.step(A, "enter", "sign")
    before = list(PayItem.objects.filter(list__opd_name=A).values())
    town.compute([one.with_(minutes=3_000) for one in WHO])
    assert town.open() == path.Opened(OCTOBER, made=0, replaced=1, kept=1)
    assert list(PayItem.objects.filter(list__opd_name=A).values()) == before
    assert town.view(A).steps[-1].kind is StepKind.SIGNED
    assert town.view(B).steps[-1].kind is StepKind.REPLACED


def test_case_P_23_a_later_correction_marks_only_the_person_whom_it_changes(town: Government) -> None:
    town.step(A, "enter", "sign")
    assert town.view(A).stale == 0
    town.compute([one.with_(days={}) if one.number == 2 else one for one in WHO])
    view = town.view(A)
    assert [item.stale for item in view.items] == [False, True, False]
    amounts = {item.gross for item in view.items}
    assert len(amounts) == 2  # who came late earned less than those who did not


def test_who_is_held_is_paid_by_a_supplementary_list_and_only_once(town: Government) -> None:
    clerk = town.as_("clerk_dinas_a")
    view = town.view(A)
    first = view.items[0]
    assert path.hold(actor=clerk, at=MORNING, uid=view.row.uid, item=first.uid, reason=REASON)
    assert not path.hold(actor=clerk, at=MORNING, uid=view.row.uid, item=first.uid, reason=REASON)
    held = town.view(A)
    assert (held.row.people, held.row.held, held.row.gross) == (2, 1, view.row.gross - first.gross)
    # A newer run before the signature keeps him held.
    town.compute([one.with_(job_class=8) for one in WHO])
    town.open()
    assert [(item.person, item.reason) for item in town.view(A).held] == [(first.person, REASON)]
    town.step(A, *ALL_STEPS)
    candidates = path.list_candidates(actor=clerk, at=MORNING, uid=view.row.uid)
    assert [(each.person, each.why) for each in candidates] == [(first.person, f"Ditangguhkan: {REASON}")]
    made = path.open_supplementary(actor=clerk, at=MORNING, uid=view.row.uid, people=[first.person])
    assert path.list_candidates(actor=clerk, at=MORNING, uid=view.row.uid) == ()
    town.step(A, *ALL_STEPS, kind="supplementary")
    row = town.row(A, "supplementary")
    assert (row.uid, row.people, row.state) == (made, 1, PathState.PAID)
    assert row.reference == "TPP-202610-S1-DINAS_A"
    standing = PayItem.objects.filter(person__uid=first.person, released_at__isnull=True)
    assert [item.list.kind for item in standing] == ["supplementary"]


def test_who_stands_twice_on_a_list_is_one_person_and_not_his_own_judge(town: Government) -> None:
    row = PayList.objects.get(opd_name=A)
    item = PayItem.objects.create(
        list=row, person=town.persons[1], nip="1", name="ORANG 00001", sequence=1, gross=3, tax=0, health=0,
        net=3, service_month=OCTOBER.replace(month=6),
    )  # fmt: skip
    _difference_of(item)
    clerk = town.as_("clerk_dinas_a")
    for other in town.view(A).items:
        if other.person != town.persons[1].uid:
            path.hold(actor=clerk, at=MORNING, uid=row.uid, item=other.uid, reason=REASON)
    assert (town.row(A).people, town.row(A).held) == (1, 2)
    own = type(clerk)(clerk.user_id, town.persons[1].pk, clerk.name, clerk.grants, clerk.on)
    with pytest.raises(AloneOnList):
        path.enter(actor=own, at=MORNING, uid=row.uid)


def test_case_P_08_what_is_paid_once_carries_the_list_that_paid_it(town: Government) -> None:
    """A difference stays on its list through new runs, and its key stands nowhere else."""
    row = PayList.objects.get(opd_name=A)
    once = {
        "person": town.persons[1], "nip": "1", "name": "ORANG 00001", "sequence": 1, "gross": 300_000,
        "service_month": OCTOBER.replace(month=6), "tax": 0, "health": 0, "net": 300_000,
    }  # fmt: skip
    item = PayItem.objects.create(list=row, **once)
    _difference_of(item)
    town.compute([one.with_(job_class=8) for one in WHO])
    town.open()
    assert (town.row(A).gross, town.view(A).row.people) == (town.row(A).gross, 3)
    assert PayItem.objects.get(pk=item.pk).released_at is None
    with pytest.raises(IntegrityError, match="pay_item_never_twice"), transaction.atomic():
        PayItem.objects.create(list=PayList.objects.get(opd_name=B), **once)
    town.step(A, *ALL_STEPS)
    with pytest.raises(IntegrityError), transaction.atomic():
        PayItem.objects.create(list=PayList.objects.get(opd_name=B), **once)


def _difference_of(item: PayItem) -> None:
    """What an item that is no base payment rests on."""
    amounts = {name: getattr(item, name) for name in ("gross", "tax", "health", "net")}
    base = PayItem.objects.get(list=item.list, person=item.person, sequence=0)
    made = Difference.objects.create(
        base=base, person=item.person, service_month=item.service_month, sequence=1, fingerprint="",
        facts="{}", posted_by="uji", basis_id=item.list.basis_id, **amounts,
    )  # fmt: skip
    DifferenceLine.objects.create(difference=made, number=1, cause="work", **amounts)
    DifferencePart.objects.create(difference=made, item=item, **amounts)


def test_nobody_holds_himself_and_nothing_changes_after_the_signature(town: Government) -> None:
    item = town.view(A).items[0]
    clerk = town.as_("clerk_dinas_a")
    own = type(clerk)(clerk.user_id, town.persons[1].pk, clerk.name, clerk.grants, clerk.on)
    uid = town.row(A).uid
    with pytest.raises(NotOneself):
        path.hold(actor=own, at=MORNING, uid=uid, item=item.uid, reason=REASON)
    related(town.persons[2], town.persons[1])
    kin = type(clerk)(clerk.user_id, town.persons[2].pk, clerk.name, clerk.grants, clerk.on)
    with pytest.raises(NotOneself, match="atau keluarga"):
        path.hold(actor=kin, at=MORNING, uid=uid, item=item.uid, reason=REASON)
    town.step(A, "enter", "sign")
    with pytest.raises(ListIsSigned):
        path.hold(actor=clerk, at=MORNING, uid=uid, item=item.uid, reason=REASON)


def test_a_second_person_reopens_until_it_is_paid(town: Government) -> None:
    town.step(A, "enter", "sign", "check")
    uid = town.row(A).uid
    with pytest.raises(StepByAnother, match="langkah terakhirnya"):
        path.reopen(actor=town.as_("checker"), at=MORNING, uid=uid, reason=REASON)
    assert path.reopen(actor=town.as_("second"), at=MORNING, uid=uid, reason=REASON)
    view = town.view(A)
    assert (view.row.state, view.row.entered, view.items_hash) == (PathState.COMPUTED, False, "")
    assert view.steps[-1].note == REASON
    town.step(A, *ALL_STEPS)
    with pytest.raises(ListIsPaid):
        path.reopen(actor=town.as_("second"), at=MORNING, uid=uid, reason=REASON)


def test_a_head_who_does_not_agree_returns_the_list_with_a_reason(town: Government) -> None:
    uid, head = town.row(A).uid, town.as_("head_dinas_a")
    assert not town.view(A, by="head_dinas_a").may_reopen
    with pytest.raises(NotAllowed):
        path.reopen(actor=head, at=MORNING, uid=uid, reason=REASON)
    town.step(A, "enter")
    assert town.view(A, by="head_dinas_a").may_reopen
    with pytest.raises(NotAllowed):
        path.reopen(actor=town.as_("clerk_dinas_a"), at=MORNING, uid=uid, reason=REASON)
    with pytest.raises(ReasonMissing):
        path.reopen(actor=head, at=MORNING, uid=uid, reason=" ")
    assert path.reopen(actor=head, at=MORNING, uid=uid, reason=REASON)
    view = town.view(A)
    assert (view.row.entered, view.steps[-1].note) == (False, REASON)
    town.step(A, *ALL_STEPS)


def test_a_list_beyond_the_budget_needs_a_reason(town: Government) -> None:
    opd = PayList.objects.get(opd_name=A).opd
    assert opd is not None
    plan = {"opd": opd.uid, "year": 2026, "amount": 1_000_000, "document": "DPA 1/2026"}
    uid = path.propose_budget(actor=town.as_("treasurer"), at=MORNING, **plan)
    with pytest.raises(StepByAnother):
        path.decide_budget(actor=town.as_("treasurer"), at=MORNING, uid=uid, agree=True)
    path.decide_budget(actor=town.as_("checker"), at=MORNING, uid=uid, agree=True)
    row = town.row(A)
    assert row.over_budget == row.gross - 1_000_000
    town.step(A, "enter")
    with pytest.raises(ReasonsMissing, match="Pagu"):
        town.step(A, "sign")
    signs = {"actor": town.as_("head_dinas_a"), "at": MORNING, "uid": row.uid}
    assert path.sign(**signs, reasons={"budget": "Pergeseran anggaran sedang disusun"})
    town.step(A, "check")
    with pytest.raises(OverBudget, match="melampaui pagu 2026"):
        town.step(A, "submit")
    spm = town.spm(A)
    path.submit(
        actor=town.as_("treasurer"), at=MORNING, uid=row.uid, spm=spm, over_budget="Pergeseran anggaran"
    )
    assert town.view(A).steps[-1].note == "Pergeseran anggaran"
    again = path.propose_budget(actor=town.as_("treasurer"), at=MORNING, **plan)
    path.decide_budget(actor=town.as_("checker"), at=MORNING, uid=again, agree=True)
    for which, change in ((uid, {"state": "agreed"}), (again, {"decided_name": "lain"})):
        with pytest.raises(DatabaseError, match="ditulis satu kali"), transaction.atomic():
            Budget.objects.filter(uid=which).update(**change)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Budget.objects.filter(uid=again).update(amount=1)
    budgets = {each.name: each for each in path.list_budgets(actor=town.as_("treasurer"), year=2026)}
    assert (budgets[A].on_its_way, budgets[A].left) == (row.gross, 1_000_000 - row.gross)


def test_the_list_of_sp2d_pays_what_fits_and_shows_what_does_not(town: Government) -> None:
    for name in (A, B):
        town.step(name, "enter", "sign", "check", "submit")
    a, b = town.row(A), town.row(B)
    rows = [
        path.Told(2, a.spm_number, "SP2D-1", TODAY, a.gross),
        path.Told(3, b.reference, "SP2D-2", TODAY, b.gross + 1),
        path.Told(4, "SPM/tidak-ada", "SP2D-3", TODAY, 5),
    ]
    handed = {"actor": town.as_("treasurer"), "at": MORNING, "month": OCTOBER, "name": "sp2d.csv", "size": 9}
    read, new = path.accept(**handed, sha256="a" * 64, rows=rows)
    assert new and [answer.outcome for answer in read.rows] == ["paid", "refused", "refused"]
    assert "berbeda Rp1" in read.rows[1].sentence
    assert (town.row(A).state, town.row(B).state) == (PathState.PAID, PathState.SUBMITTED)
    again, new = path.accept(**handed, sha256="a" * 64, rows=rows)
    assert (again, new) == (read, False)
    with pytest.raises(TreasuryFileRefused, match="untuk Oktober 2026, bukan September 2026"):
        path.accept(**{**handed, "month": OCTOBER.replace(month=9)}, sha256="b" * 64, rows=rows)


def test_a_slip_tells_where_its_payment_stands(town: Government) -> None:
    town.step(A, *ALL_STEPS)
    slip = town.view(A).items[0].slip
    assert slip is not None
    found = path.standings(actor=town.as_("checker"), slips=[slip])[slip]
    assert (found.state, found.sp2d_number) == (PathState.PAID, "SP2D/TPP-202610-I1-DINAS_A")


def test_who_has_no_account_is_told_and_the_bank_file_waits(town: Government) -> None:
    people.BankAccount.objects.filter(person=town.persons[1]).update(
        superseded_at=MORNING,
        superseded_basis=people.BankAccount.objects.get(person=town.persons[1]).basis_id,
    )
    town.step(A, "enter", "sign", "check")
    assert [item.person for item in town.view(A).without_account] == [town.persons[1].uid]
    asked = {"actor": town.as_("treasurer"), "at": MORNING, "uid": town.row(A).uid}
    with pytest.raises(AccountsMissing, match="ORANG 00001"):
        path.content_of(**asked, kind=OutFile.BANK)
    content = path.content_of(**asked, kind=OutFile.TREASURY)
    assert sum(each.gross for each in content.receivers) == content.row.gross


def test_a_clerk_sees_his_office_alone(town: Government) -> None:
    view = path.open_month(actor=town.as_("clerk_dinas_a"), month=OCTOBER)
    assert [row.opd_name for row in view.lists] == [A]
    assert view.beside == ()
    with pytest.raises(PayListNotFound):
        path.open_list(actor=town.as_("clerk_dinas_a"), at=MORNING, uid=town.row(B).uid)


def test_month_and_list_take_few_queries(town: Government) -> None:
    actor = town.as_("checker")
    uid = town.row(A).uid
    with CaptureQueriesContext(
        connection,
    ) as month:
        path.open_month(actor=actor, month=OCTOBER)
    with CaptureQueriesContext(connection) as one:
        path.open_list(actor=actor, at=MORNING, uid=uid)
    assert (len(month), len(one)) == (5, 6)

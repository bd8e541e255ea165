"""The path a second time: names that are corrected, lists that are reopened, files and runs again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from pytest_django.fixtures import Settings

from pamong.organisation.models import UnitRow
from pamong.pay import path, queries
from pamong.pay.choices import PathState
from pamong.pay.differences import newest_run
from pamong.pay.errors import NotOneself, RunNotForPay, RunOfOtherKind, Sp2dTooEarly
from pamong.pay.models import PayItem
from tests.pay.conftest import office as office  # noqa: PLC0414 - the fixture
from tests.pay.support import OCTOBER, Office, files_of
from tests.pay.test_path import REASON, WHO, A, B, town
from tests.support.lists import ALL_STEPS, EMPLOYEE, Government, build, related
from tests.support.month import MORNING, TODAY

__all__ = ["town"]


def paid_apart(town: Government) -> UUID:
    """The main list of an office, signed, whose first person is held and paid by a supplementary list."""
    clerk, view = town.as_("clerk_dinas_a"), town.view(A)
    first, uid = view.items[0], view.row.uid
    path.hold(actor=clerk, at=MORNING, uid=uid, item=first.uid, reason=REASON)
    town.step(A, "enter", "sign")
    path.open_supplementary(actor=clerk, at=MORNING, uid=uid, people=[first.person])
    return uid


def test_a_list_whose_held_person_another_paid_is_signed_again(town: Government) -> None:
    uid = paid_apart(town)
    path.reopen(actor=town.as_("second"), at=MORNING, uid=uid, reason=REASON)
    assert (town.row(A).people, town.row(A).held) == (2, 0)
    town.step(A, *ALL_STEPS)
    assert town.row(A).state is PathState.PAID


def test_nobody_pays_a_relative_by_a_supplementary_list(town: Government) -> None:
    clerk, view = town.as_("clerk_dinas_a"), town.view(A)
    first, uid = view.items[0], view.row.uid
    path.hold(actor=clerk, at=MORNING, uid=uid, item=first.uid, reason=REASON)
    town.step(A, "enter", "sign")
    related(town.persons[2], town.persons[1])
    assert town.persons[1].uid == first.person
    kin = replace(clerk, person_id=town.persons[2].pk)
    with pytest.raises(NotOneself, match="atau keluarga"):
        path.open_supplementary(actor=kin, at=MORNING, uid=uid, people=[first.person])
    assert path.open_supplementary(actor=clerk, at=MORNING, uid=uid, people=[first.person])


def test_an_office_whose_name_is_corrected_keeps_its_list(town: Government) -> None:
    town.step(B, "enter", "sign")
    uid = town.row(A).uid
    for old, new in ((A, "Dinas Alam"), (B, "Dinas Budaya")):
        _rename(old, new)
    town.compute([replace(one, opd="Dinas Alam" if one.opd == A else "Dinas Budaya") for one in WHO])
    assert town.open() == path.Opened(OCTOBER, made=0, replaced=1, kept=1)
    assert (town.row(A).uid, town.row(A).people, town.row(B).people) == (uid, 3, 2)


def _rename(old: str, new: str) -> None:
    row = UnitRow.objects.get(name=old)
    values = {"unit_id": row.unit_id, "kind": row.kind, "parent_id": row.parent_id, "is_opd": row.is_opd}
    UnitRow.objects.filter(pk=row.pk).update(superseded_at=MORNING, superseded_basis_id=row.basis_id)
    UnitRow.objects.create(**values, name=new, period=row.period, basis_id=row.basis_id)


def test_only_a_run_of_the_same_kind_pays_a_month(town: Government) -> None:
    asked = {"actor": town.as_("checker"), "at": MORNING, "run": town.runs[-1]}
    with pytest.raises(RunNotForPay):
        path.open_lists(**asked)
    town.step(A, "enter", "sign")
    town.runs.append(town.office.run(files_of(WHO), profile="manado").uid)
    with pytest.raises(RunOfOtherKind, match=f"^Daftar {town.row(A).reference} sudah ditandatangani"):
        town.open()
    town.step(A, *ALL_STEPS[2:])
    assert newest_run(actor=town.as_("checker"), month=OCTOBER) == asked["run"]
    offered = path.open_month(actor=town.as_("checker"), month=OCTOBER).run
    assert offered is not None and offered.uid == asked["run"]


def test_while_no_list_is_signed_a_run_of_another_kind_takes_its_place_when_asked_for(
    town: Government,
) -> None:
    """Made from the wrong region by mistake: nothing stands in the way of the right one."""
    before, first = town.row(A), town.runs[-1]
    town.runs.append(town.office.run(files_of(WHO), profile="manado").uid)
    view = path.open_month(actor=town.as_("checker"), month=OCTOBER)
    assert view.run is not None and view.other is not None
    assert (view.run.uid, view.run.newer, view.other.uid) == (first, False, town.runs[-1])
    assert view.other.meant == "Kota Manado, peragaan"
    assert town.open() == path.Opened(OCTOBER, made=0, replaced=2, kept=0)
    assert (town.row(A).uid, town.row(A).people) == (before.uid, before.people)
    assert town.row(A).gross != before.gross
    town.step(A, *ALL_STEPS)
    assert path.open_month(actor=town.as_("checker"), month=OCTOBER).other is None


def test_a_run_of_another_kind_takes_back_whom_an_unsigned_supplementary_list_pays(town: Government) -> None:
    """Nobody is paid by one region's rules while the others are by another's."""
    uid = paid_apart(town)
    path.reopen(actor=town.as_("second"), at=MORNING, uid=uid, reason=REASON)
    town.runs.append(town.office.run(files_of(WHO), profile="manado").uid)
    town.open()
    assert (town.row(A).people, town.row(A, "supplementary").people) == (3, 0)
    slips = PayItem.objects.filter(released_at=None, sequence=0).values_list("slip__run__profile", flat=True)
    assert set(slips) == {"manado"}


def test_a_supplementary_list_that_is_signed_keeps_its_month_to_its_kind(town: Government) -> None:
    uid = paid_apart(town)
    town.step(A, "enter", "sign", kind="supplementary")
    path.reopen(actor=town.as_("second"), at=MORNING, uid=uid, reason=REASON)
    town.runs.append(town.office.run(files_of(WHO), profile="manado").uid)
    assert path.open_month(actor=town.as_("checker"), month=OCTOBER).other is None
    with pytest.raises(RunOfOtherKind, match=town.row(A, "supplementary").reference):
        town.open()


def test_an_older_run_of_another_kind_changes_nothing(town: Government) -> None:
    town.runs.insert(0, town.runs[-1])
    town.runs.append(town.office.run(files_of(WHO), profile="manado").uid)
    town.open()
    before = town.row(A)
    town.runs.append(town.runs[0])
    assert town.open() == path.Opened(OCTOBER, made=0, replaced=0, kept=2)
    assert town.row(A) == before


def test_a_month_that_a_list_pays_is_the_list_s_slip_whatever_is_computed_later(
    town: Government, settings: Settings
) -> None:
    """Its owner reads what he received; a trial by another region's rules never reaches him."""
    me, settings.PAMONG_PROFILE = town.as_(EMPLOYEE), "contoh"
    (first,) = queries.list_own_slips(actor=me)
    town.step(A, *ALL_STEPS)
    town.compute([replace(one, minutes=2_000) for one in WHO])
    town.office.run(files_of(WHO), profile="manado")
    assert [own.slip.uid for own in queries.list_own_slips(actor=me)] == [first.slip.uid]


def test_before_a_list_is_made_the_newest_run_of_the_site_s_region_counts(
    office: Office, db: None, settings: Settings
) -> None:
    made = build(office, WHO)
    settings.PAMONG_PROFILE = "contoh"
    made.compute(WHO)
    made.compute([replace(one, minutes=2_000) for one in WHO])
    office.run(files_of(WHO), profile="manado")
    (own,) = queries.list_own_slips(actor=made.as_(EMPLOYEE))
    assert queries.get_run_of_slip(actor=made.as_(EMPLOYEE), uid=own.slip.uid).uid == made.runs[-1]


def test_an_sp2d_is_not_older_than_its_spm(town: Government) -> None:
    town.step(A, "enter", "sign", "check", "submit")
    uid, paid, treasurer = town.row(A).uid, town.sp2d(A), town.as_("treasurer")
    early = replace(paid, on=town.spm(A).spm_on - timedelta(days=1))
    with pytest.raises(Sp2dTooEarly, match="lebih awal dari SPM-nya"):
        path.record_sp2d(actor=treasurer, at=MORNING, uid=uid, sp2d=early)
    assert town.row(A).state is PathState.SUBMITTED
    assert path.record_sp2d(actor=treasurer, at=MORNING, uid=uid, sp2d=paid)


def test_a_list_of_sp2d_that_came_too_early_is_read_again(town: Government) -> None:
    town.step(A, "enter", "sign", "check")
    row = town.row(A)
    told = [path.Told(2, row.reference, "SP2D-1", TODAY, row.gross)]
    handed = {"actor": town.as_("treasurer"), "at": MORNING, "month": OCTOBER, "name": "a.csv", "size": 9}
    read, _ = path.accept(**handed, sha256="a" * 64, rows=told)
    assert (read.paid, read.refused) == (0, 1)
    town.step(A, "submit")
    later, new = path.accept(**handed, sha256="a" * 64, rows=told)
    assert (new, later.uid, later.paid, later.refused) == (True, read.uid, 1, 0)
    assert town.row(A).state is PathState.PAID
    assert path.accept(**handed, sha256="a" * 64, rows=told) == (later, False)

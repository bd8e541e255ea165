"""Closing a list of payment as a decision: what is proposed is what is signed, in the inbox or on the list;
what changes before ends it, what was signed stays as history."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from pamong.access import services as accounts
from pamong.attendance.models import Correction
from pamong.decisions import queries
from pamong.decisions import services as decisions
from pamong.decisions.choices import Answer, State, Verdict
from pamong.decisions.errors import ContentUnfit, DecisionNotFound, GatesBlock, NotYours, Objected
from pamong.decisions.models import Decision
from pamong.decisions.services.answering import Given
from pamong.kernel.actor import Actor
from pamong.ledger.models import Seal
from pamong.organisation import models as organisation
from pamong.pay import path
from pamong.pay.choices import PathState, StepKind
from pamong.pay.errors import StepByAnother
from pamong.pay.models import PayItem, PayList, Recapitulation
from pamong.pay.path import filling
from tests.pay.support import OCTOBER, Office, Someone
from tests.support import lists
from tests.support.lists import ALL_STEPS, Government, build, related
from tests.support.month import MORNING, TODAY

pytestmark = pytest.mark.django_db
A, B, C = "Dinas A", "Dinas B", "Dinas C"
WHO = [Someone(1), Someone(2), Someone(3), Someone(4, opd=B), Someone(5, opd=B), Someone(6, opd=C)]
REASON = "Menunggu surat keterangan"
WHY = "Jumlahnya belum saya pahami"


@pytest.fixture
def town(office: Office) -> Government:
    """Three offices whose October is computed and opened; the third pays one person alone."""
    made = build(office, WHO)
    made.compute(WHO)
    made.open()
    return made


def closing(town: Government, name: str = A) -> UUID:
    """What waits, or was signed, of an office's list."""
    found = town.view(name).closing
    assert found is not None
    return found


def state(uid: UUID) -> State:
    return State(Decision.objects.get(uid=uid).state)


def inbox(town: Government, who: str) -> list[UUID]:
    return [item.uid for item in queries.get_inbox(actor=town.as_(who), at=MORNING).items]


def answer(town: Government, who: str, uid: UUID, given: Given | None = None) -> State:
    given = given or Given(Answer.AGREE)
    return decisions.answer(actor=town.as_(who), at=MORNING, decision=uid, given=given)


def story(town: Government, who: str, uid: UUID) -> queries.Story:
    return queries.get_story(actor=town.as_(who), at=MORNING, decision=uid)


def gate(town: Government, code: str, name: str = A) -> queries.GateView:
    told = story(town, f"head_{lists.code_of(name)}", closing(town, name))
    return next(view for view in told.gates if view.gate.code == code)


def hold(town: Government, name: str = A, place: int = 0) -> None:
    view = town.view(name)
    clerk = town.as_(f"clerk_{lists.code_of(name)}")
    path.hold(actor=clerk, at=MORNING, uid=view.row.uid, item=view.items[place].uid, reason=REASON)


def test_what_is_said_complete_waits_in_the_inbox_of_the_head_alone(town: Government) -> None:
    town.step(A, "enter")
    row, uid = town.row(A), closing(town)
    assert [inbox(town, who) for who in ("head_dinas_a", "head_dinas_b", "clerk_dinas_a", "checker")] == [
        [uid], [], [], []
    ]  # fmt: skip
    (item,) = queries.get_inbox(actor=town.as_("head_dinas_a"), at=MORNING).items
    assert (item.title, item.batch, item.odd) == (f"Daftar induk Oktober 2026, {A}", True, False)
    content = Decision.objects.get(uid=uid).content
    assert (content["people"], content["gross"], content["net"]) == (row.people, row.gross, row.net)
    assert all(not isinstance(value, float) for value in content.values())
    assert not path.enter(actor=town.as_("clerk_dinas_a"), at=MORNING, uid=row.uid)
    assert Decision.objects.count() == 1


def test_a_signature_in_the_inbox_is_that_of_the_list(town: Government) -> None:
    town.step(A, "enter")
    uid = closing(town)
    assert answer(town, "head_dinas_a", uid) is State.SEALED
    view = town.view(A)
    assert (view.row.state, view.closing, len(view.items_hash)) == (PathState.VERIFIED, uid, 64)
    signed = view.steps[-1]
    assert (signed.kind, signed.by, signed.decision) == (StepKind.SIGNED, "Head Dinas A", uid)
    row = PayList.objects.get(opd_name=A)
    step = row.steps.get(kind="signed")
    assert step.basis == Seal.objects.get(kind="decision", ref=uid)
    assert Recapitulation.objects.get(step=step).items
    assert row.signed_by_id == town.as_("head_dinas_a").user_id
    town.step(A, "check", "submit", "pay")
    assert town.row(A).state is PathState.PAID


def test_a_signature_on_the_list_is_that_of_the_inbox(town: Government) -> None:
    town.step(A, "enter", "sign")
    assert state(closing(town)) is State.SEALED
    assert inbox(town, "head_dinas_a") == []
    assert not path.sign(actor=town.as_("head_dinas_a"), at=MORNING, uid=town.row(A).uid)


def test_many_are_signed_at_once_and_the_odd_one_is_opened(town: Government) -> None:
    """By who leads more than one office."""
    above = _head_of_all(town)
    for name in (A, B, C):
        town.step(name, "enter")
    opd = PayList.objects.get(opd_name=B).opd
    assert opd is not None
    plan = {"opd": opd.uid, "year": 2026, "amount": 1_000_000, "document": "DPA 1/2026"}
    budget = path.propose_budget(actor=town.as_("treasurer"), at=MORNING, **plan)
    path.decide_budget(actor=town.as_("checker"), at=MORNING, uid=budget, agree=True)
    uids = [closing(town, name) for name in (A, B, C)]
    assert inbox(town, above) == uids
    done = decisions.sign_many(actor=town.as_(above), at=MORNING, decisions=uids)
    assert list(done.signed) == [uids[0], uids[2]]
    (odd,) = done.opened
    assert odd.uid == uids[1] and "melampaui pagu 2026 sebesar" in odd.why
    assert [town.row(name).state for name in (A, B, C)] == [
        PathState.VERIFIED, PathState.COMPUTED, PathState.VERIFIED
    ]  # fmt: skip


def test_the_unit_above_lends_a_signer_where_one_would_do_two_parts(town: Government) -> None:
    """The head of a small office who enters its list as well."""
    above = _head_of_all(town)
    accounts.grant_role(
        actor=Actor.operator("uji", TODAY), at=MORNING, username="head_dinas_a", role="unit_clerk",
        unit_path="dinas_a", start_on=date(2026, 1, 1), reason="uji",
    )  # fmt: skip
    uid = town.row(A).uid
    path.enter(actor=town.as_("head_dinas_a"), at=MORNING, uid=uid)
    with pytest.raises(StepByAnother):
        path.sign(actor=town.as_("head_dinas_a"), at=MORNING, uid=uid)
    with pytest.raises(NotYours):
        answer(town, "head_dinas_a", closing(town))
    assert (inbox(town, "head_dinas_a"), inbox(town, above)) == ([], [closing(town)])
    assert path.sign(actor=town.as_(above), at=MORNING, uid=uid)


def _head_of_all(town: Government) -> str:
    """Who leads the whole government."""
    basis = PayList.objects.values_list("basis_id", flat=True)[0]
    kota = organisation.Unit.objects.get(code="kota")
    lists.make_head(Actor.operator("uji", TODAY), "Kota Uji", kota, 99, basis)
    return "head_kota_uji"


def test_what_pays_one_person_alone_is_signed_by_no_relative_of_his(town: Government) -> None:
    head = town.as_("head_dinas_c")
    leads = lists.people.Person.objects.get(pk=head.person_id)
    related(leads, town.persons[6])
    town.step(C, "enter")
    assert inbox(town, "head_dinas_c") == []
    with pytest.raises(NotYours):
        answer(town, "head_dinas_c", closing(town, C))
    above = _head_of_all(town)
    assert answer(town, above, closing(town, C)) is State.SEALED


def test_a_head_who_does_not_agree_in_the_inbox_returns_the_list_with_his_reason(town: Government) -> None:
    town.step(A, "enter")
    uid = closing(town)
    assert answer(town, "head_dinas_a", uid, Given(Answer.REFUSE, WHY)) is State.REFUSED
    view = town.view(A)
    assert (view.row.state, view.row.entered, view.closing) == (PathState.COMPUTED, False, None)
    assert (view.steps[-1].kind, view.steps[-1].note) == (StepKind.REOPENED, WHY)
    town.step(A, *ALL_STEPS)
    assert state(uid) is State.REFUSED


def test_who_said_it_complete_takes_it_back(town: Government) -> None:
    town.step(A, "enter")
    uid = closing(town)
    decisions.withdraw(actor=town.as_("clerk_dinas_a"), at=MORNING, decision=uid, reason=WHY)
    view = town.view(A)
    assert (view.row.entered, view.steps[-1].note) == (False, WHY)


def test_who_may_reopen_ends_what_waits(town: Government) -> None:
    town.step(A, "enter")
    uid = closing(town)
    assert path.reopen(actor=town.as_("second"), at=MORNING, uid=town.row(A).uid, reason=WHY)
    assert (state(uid), town.view(A).row.entered) == (State.WITHDRAWN, False)
    assert [step.kind for step in town.view(A).steps].count(StepKind.REOPENED) == 1


def test_what_changes_before_the_signature_ends_what_waits(town: Government) -> None:
    """Somebody is held; the list is made anew; it has to be said complete again each time."""
    town.step(A, "enter")
    first = closing(town)
    hold(town)
    assert (state(first), town.view(A).closing, inbox(town, "head_dinas_a")) == (State.WITHDRAWN, None, [])
    town.step(A, "enter")
    second = closing(town)
    town.compute([one.with_(job_class=8) for one in WHO])
    town.open()
    assert (state(second), town.row(A).entered) == (State.WITHDRAWN, False)
    town.step(A, *ALL_STEPS)
    assert Decision.objects.filter(state="sealed").count() == 1


def test_who_joins_a_supplementary_list_ends_what_waits_of_it(town: Government) -> None:
    for place in (0, 1):
        hold(town, place=place)
    waiting = [item.person for item in town.view(A).held]
    town.step(A, "enter", "sign")
    clerk, uid = town.as_("clerk_dinas_a"), town.row(A).uid
    path.open_supplementary(actor=clerk, at=MORNING, uid=uid, people=waiting[:1])
    town.step(A, "enter", kind="supplementary")
    first = town.view(A, "supplementary").closing
    path.open_supplementary(actor=clerk, at=MORNING, uid=uid, people=waiting[1:])
    assert first is not None and state(first) is State.WITHDRAWN
    town.step(A, *ALL_STEPS, kind="supplementary")
    assert town.row(A, "supplementary").people == 2


def test_what_was_signed_stays_as_history_and_the_next_closing_is_another(town: Government) -> None:
    town.step(A, "enter", "sign")
    first = closing(town)
    path.reopen(actor=town.as_("checker"), at=MORNING, uid=town.row(A).uid, reason=WHY)
    assert town.view(A).closing is None
    town.step(A, "enter", "sign")
    second = closing(town)
    assert first != second and {state(first), state(second)} == {State.SEALED}
    assert [step.decision for step in town.view(A).steps if step.kind is StepKind.SIGNED] == [first, second]


def test_a_list_that_moved_since_it_was_said_complete_is_not_signed(town: Government) -> None:
    """By whatever hand: the gate tells both figures, and what the page had shown."""
    town.step(A, "enter")
    before = gate(town, "same").gate
    assert before.verdict is Verdict.ALLOW
    item = PayItem.objects.filter(list__opd_name=A).first()
    assert item is not None
    PayItem.objects.filter(pk=item.pk).update(state="held", reason=REASON)
    filling.add_up([item.list_id])
    now = gate(town, "same")
    assert now.gate.verdict is Verdict.BLOCK and now.before == before
    assert "semula 3 orang" in now.gate.sentence and "sekarang 2 orang" in now.gate.sentence
    uid = town.row(A).uid
    with pytest.raises(GatesBlock, match="berubah sejak dinyatakan lengkap"):
        path.sign(actor=town.as_("head_dinas_a"), at=MORNING, uid=uid)
    assert town.row(A).state is PathState.COMPUTED
    path.reopen(actor=town.as_("head_dinas_a"), at=MORNING, uid=uid, reason=WHY)
    town.step(A, *ALL_STEPS)


def test_open_requests_about_the_month_are_told(town: Government) -> None:
    inside, outside = date(2026, 10, 31), date(2026, 11, 1)
    for person, on in ((1, OCTOBER), (2, inside), (3, outside), (4, OCTOBER)):
        Correction.objects.create(person=town.persons[person], on=on)
    town.step(A, "enter")
    told = gate(town, "requests").gate
    assert (told.verdict, told.value) == (Verdict.ALLOW, "2")
    town.step(A, "sign")


def test_the_budget_that_is_left_is_told(town: Government) -> None:
    town.step(A, "enter")
    assert gate(town, "budget").gate.sentence == "Pagu 2026 belum dicatat, jadi sisanya belum diketahui."
    opd, gross = PayList.objects.get(opd_name=A).opd, town.row(A).gross
    assert opd is not None
    plan = {"opd": opd.uid, "year": 2026, "amount": gross + 5_000, "document": "DPA 1/2026"}
    budget = path.propose_budget(actor=town.as_("treasurer"), at=MORNING, **plan)
    path.decide_budget(actor=town.as_("checker"), at=MORNING, uid=budget, agree=True)
    told = gate(town, "budget").gate
    assert (told.verdict, told.sentence) == (Verdict.ALLOW, "Sisa pagu 2026 sesudah daftar ini Rp5.000.")


def test_an_objection_holds_the_signature_on_the_list_too(town: Government) -> None:
    accounts.grant_role(
        actor=Actor.operator("uji", TODAY), at=MORNING, username="second", role="inspector", unit_path="",
        start_on=date(2026, 1, 1), reason="uji",
    )  # fmt: skip
    town.step(A, "enter")
    objects = {"at": MORNING, "decision": closing(town), "by": "Inspektorat", "text": WHY}
    decisions.object_to(actor=town.as_("second"), **objects)
    with pytest.raises(Objected):
        town.step(A, "sign")


def test_it_is_seen_by_those_who_see_the_list(town: Government) -> None:
    town.step(A, "enter")
    town.step(C, "enter")
    for who in ("clerk_dinas_a", "head_dinas_a", "checker", "second", "treasurer"):
        assert story(town, who, closing(town)).told.title == f"Daftar induk Oktober 2026, {A}"
    for who, name in (("clerk_dinas_b", A), ("head_dinas_b", A), ("clerk_dinas_a", C)):
        with pytest.raises(DecisionNotFound):
            story(town, who, closing(town, name))


@pytest.mark.parametrize("uid", ["", "bukan-kunci", "01900000-0000-7000-8000-000000000000"])
def test_a_list_that_is_not_there_is_not_closed(town: Government, uid: str) -> None:
    asked = {"actor": town.as_("checker"), "at": MORNING, "kind": "pay.close", "key": uuid4()}
    with pytest.raises(ContentUnfit, match="tidak ada"):
        decisions.propose(**asked, content={"list": uid})


def test_nothing_is_signed_without_its_decision_nor_under_another(town: Government) -> None:
    row = PayList.objects.get(opd_name=A)
    signs = {"state": "verified", "signed_by": town.as_("head_dinas_a").user_id, "items_hash": "0" * 64}
    clerk = town.as_("clerk_dinas_a").user_id
    with pytest.raises(DatabaseError, match="pay_paylist tidak dapat diubah"), transaction.atomic():
        PayList.objects.filter(pk=row.pk).update(entered_by=clerk, **signs)
    town.step(A, "enter", "sign")
    town.step(B, "enter")
    other = UUID(int=1)
    with pytest.raises(DatabaseError, match="pay_paylist tidak dapat diubah"), transaction.atomic():
        PayList.objects.filter(pk=row.pk).update(closing=other)
    with pytest.raises(IntegrityError, match="closing"), transaction.atomic():
        PayList.objects.filter(opd_name=B).update(closing=closing(town))


def test_what_was_said_complete_before_there_were_decisions_is_said_once_more(town: Government) -> None:
    clerk = town.as_("clerk_dinas_a")
    PayList.objects.filter(opd_name=A).update(entered_by=clerk.user_id)
    view = town.view(A, by="clerk_dinas_a")
    assert not view.row.entered and view.next is not None and view.next.step is StepKind.ENTERED
    town.step(A, *ALL_STEPS)

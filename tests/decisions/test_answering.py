"""From a proposal to a sealed order, and what keeps it from getting there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from pamong.decisions import models, queries, services
from pamong.decisions.choices import Answer, Reach, Stage, State, Verdict
from pamong.decisions.errors import (
    ContentUnfit,
    DecisionClosed,
    DecisionNotFound,
    GatesBlock,
    GatesChanged,
    KeyReused,
    NotYours,
    Objected,
    ReasonsMissing,
)
from pamong.decisions.services.answering import Given
from pamong.decisions.types import Signed
from pamong.kernel.actor import Actor
from pamong.ledger.choices import SealKind
from pamong.ledger.models import Intake, Seal
from tests.support.deciding import APPLIED, DROPPED, GATES, TASK, WHY, Desk
from tests.support.people import AT, TODAY


def test_a_proposal_is_weighed_signed_numbered_and_sealed(desk: Desk) -> None:
    uid = desk.propose()
    assert desk.inbox("chief") == [uid]
    assert desk.inbox("above") == []
    assert desk.answer("chief", uid) is State.WAITING
    assert desk.inbox("chief") == []
    assert desk.inbox("above") == [uid]
    assert desk.answer("above", uid) is State.SEALED
    story = desk.story("own", uid)
    assert story.state is State.SEALED
    assert [(step.title, step.act.name, step.act.office) for step in story.steps if step.act] == [
        ("Pertimbangan atasan langsung", "Superior", "Kepala Dinas, Dinas Kesehatan"),
        ("Keputusan", "Above", "Sekretaris Daerah, Sekretariat Daerah"),
    ]
    assert story.order is not None
    assert story.order.number == "800/1/UJI/2026"
    assert story.order.dated_on == TODAY
    (signed,) = APPLIED
    assert signed.number == "800/1/UJI/2026"
    assert Seal.objects.get(pk=signed.basis).kind == SealKind.DECISION.value


def test_each_step_leaves_its_entry_in_the_log(desk: Desk) -> None:
    before = Intake.objects.count()
    uid = desk.sealed()
    bodies = [row.body for row in Intake.objects.order_by("id")[before:]]
    kinds = [body.split('"kind":"')[1].split('"')[0] for body in bodies]
    assert kinds == [
        "decisions.proposed", "decisions.answered", "decisions.answered", "ledger.sealed",
        "decisions.ordered",
    ]  # fmt: skip
    assert all(str(uid) in body for body in bodies)
    assert "survei" in bodies[0]  # what the kind opens
    assert "Suparman" not in "".join(bodies)


def test_numbers_follow_each_other_without_gaps_whatever_fails_between(desk: Desk) -> None:
    first = desk.sealed()
    broken = desk.propose()
    desk.answer("chief", broken)
    GATES["rank"] = "block"
    with pytest.raises(GatesBlock, match="rank block"), transaction.atomic():
        desk.answer("above", broken)
    GATES.clear()
    second = desk.sealed()
    places = {uid: models.Order.objects.get(decision__uid=uid).place for uid in (first, second)}
    assert places == {first: 1, second: 2}
    desk.answer("above", broken)
    assert models.Order.objects.get(decision__uid=broken).place == 3


def test_a_register_can_not_skip_a_number(desk: Desk) -> None:
    desk.sealed()
    with pytest.raises(IntegrityError, match="given to no order"), transaction.atomic():
        models.Register.objects.filter(code="tests").update(last=2)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_an_order_is_never_dated_before_an_earlier_number(desk: Desk) -> None:
    yesterday = TODAY - timedelta(days=1)
    uid = desk.propose(on=yesterday)
    desk.sealed()
    desk.answer("chief", uid)
    with pytest.raises(IntegrityError, match="dated before an earlier number"), transaction.atomic():
        desk.answer("above", uid, on=yesterday)


def test_the_same_form_sent_twice_is_one_proposal(desk: Desk) -> None:
    key = uuid4()
    uid = desk.propose(key=key)
    assert desk.propose(key=key) == uid
    assert models.Decision.objects.count() == 1
    with pytest.raises(KeyReused, match="isi lain"):
        desk.propose(key=key, content={"task": "lain"})


def test_signing_twice_is_refused_in_one_sentence(desk: Desk) -> None:
    uid = desk.sealed()
    with pytest.raises(DecisionClosed, match="sudah ditetapkan"):
        desk.answer("above", uid)
    assert len(APPLIED) == 1


@pytest.mark.parametrize("who", ["own", "mate", "foreign", "mayor", "nurul", "retno"])
def test_only_whose_turn_it_is_answers(desk: Desk, who: str) -> None:
    uid = desk.propose()
    with pytest.raises(NotYours, match="bukan giliran Anda"):
        desk.answer(who, uid)


def test_the_command_line_never_decides(desk: Desk) -> None:
    uid = desk.propose()
    operator = Actor.operator("uji", TODAY)
    with pytest.raises(Exception, match="akun"):
        services.answer(actor=operator, at=AT, decision=uid, given=Given(Answer.AGREE))


def test_nobody_answers_what_he_proposed(desk: Desk) -> None:
    uid = desk.propose("chief", about="own")
    assert uid not in desk.inbox("chief")
    with pytest.raises(NotYours):
        desk.answer("chief", uid)
    # Nobody else sits in the chief's seat: it goes to the seat above him.
    assert desk.inbox("above") == [uid]
    assert desk.answer("above", uid) is State.WAITING
    act = models.StepAct.objects.get()
    assert act.reach == Reach.ABOVE.value


def test_who_weighed_does_not_sign_as_well(desk: Desk) -> None:
    """The secretary weighs in place of the chief, who proposed it: then somebody else signs."""
    uid = desk.propose("chief", about="own")
    desk.answer("above", uid)
    assert desk.inbox("above") == []
    with pytest.raises(NotYours):
        desk.answer("above", uid)
    assert desk.inbox("mayor") == [uid]
    assert desk.answer("mayor", uid) is State.SEALED


@pytest.mark.parametrize("who", ["own", "chief"])
def test_the_database_holds_that_nobody_plays_two_parts(desk: Desk, who: str) -> None:
    uid = desk.propose()
    actor = desk.actor(who)
    if who == "chief":
        desk.answer("chief", uid)
    row = models.Decision.objects.get(uid=uid)
    with pytest.raises(IntegrityError, match="nobody plays two parts"), transaction.atomic():
        models.StepAct.objects.create(
            decision=row, place=row.place, step="sign", part="sign", answer="agree", user_id=actor.user_id,
            person_id=actor.person_id, name="x", office="x", reach="seat",
        )  # fmt: skip


def test_a_block_can_not_be_proposed_past(desk: Desk) -> None:
    with pytest.raises(GatesBlock, match="Belum dapat diteruskan: rank block"):
        desk.propose(content={"gates": {"rank": "block"}})
    assert models.Decision.objects.count() == 0


def test_unknown_is_never_yes(desk: Desk) -> None:
    uid = desk.propose(content={"gates": {"rank": "unknown"}})
    desk.answer("chief", uid)
    with pytest.raises(GatesBlock, match="rank unknown"):
        desk.answer("above", uid, reasons={"rank": WHY})
    GATES["rank"] = "allow"  # it was looked up meanwhile
    assert desk.answer("above", uid) is State.SEALED


def test_a_warning_is_signed_with_a_reason_that_stays_visible(desk: Desk) -> None:
    uid = desk.propose(content={"gates": {"age": "warn"}})
    desk.answer("chief", uid)
    with pytest.raises(ReasonsMissing, match="Age") as refused:
        desk.answer("above", uid)
    assert refused.value.fields == ("age",)
    desk.answer("above", uid, reasons={"age": WHY})
    view = next(each for each in desk.story("own", uid).gates if each.gate.code == "age")
    assert (view.stage, view.reason) == (Stage.SIGNED, WHY)


def test_the_database_refuses_a_signature_past_a_gate(desk: Desk) -> None:
    row = models.Decision.objects.get(uid=desk.propose())
    common = {"decision": row, "stage": "signed", "rank": 0, "code": "x", "title": "x", "sentence": "x"}
    for verdict in (Verdict.BLOCK, Verdict.UNKNOWN, Verdict.WARN):
        with pytest.raises(IntegrityError), transaction.atomic():
            models.GateRow.objects.create(**common, verdict=verdict.value)


def test_gates_are_looked_at_again_and_the_difference_is_shown(desk: Desk) -> None:
    uid = desk.propose()
    desk.answer("chief", uid)
    GATES["age"] = "warn"
    story = desk.story("above", uid)
    (changed,) = [view for view in story.gates if view.before is not None]
    assert changed.before is not None
    assert (changed.before.verdict, changed.gate.verdict) == (Verdict.ALLOW, Verdict.WARN)
    assert story.turn is not None
    GATES["rank"] = "warn"
    with pytest.raises(GatesChanged, match="Syarat berubah"):
        desk.answer("above", uid, seen=story.turn.seen, reasons={"age": WHY, "rank": WHY})


@pytest.mark.parametrize("answer", [Answer.REFUSE, Answer.DEFER])
def test_a_no_with_the_signature_ends_it_and_lets_go(desk: Desk, answer: Answer) -> None:
    uid = desk.propose()
    desk.answer("chief", uid)
    with pytest.raises(ReasonsMissing, match="Isi alasan"):
        desk.answer("above", uid, answer)
    assert desk.answer("above", uid, answer, reason=WHY) is State.REFUSED
    assert [(uid, answer)] == DROPPED
    assert APPLIED == []
    assert not models.Order.objects.exists()


def test_an_opinion_against_it_does_not_end_it(desk: Desk) -> None:
    uid = desk.propose()
    assert desk.answer("chief", uid, Answer.REFUSE, reason=WHY) is State.WAITING
    assert desk.answer("above", uid) is State.SEALED


def test_a_change_is_what_holds_and_what_was_proposed_stays(desk: Desk) -> None:
    uid = desk.propose()
    desk.answer("chief", uid)
    desk.answer("above", uid, Answer.CHANGE, reason=WHY, change={"task": "sensus"})
    story = desk.story("own", uid)
    assert (story.told.title, story.proposed.title) == ("Tugas sensus", "Tugas survei")
    assert APPLIED[0].case.content["task"] == "sensus"
    with pytest.raises(ContentUnfit):
        desk.answer("chief", desk.propose(), Answer.CHANGE, reason=WHY)


def test_effects_and_number_come_all_or_not_at_all(desk: Desk) -> None:
    uid = desk.propose()
    desk.answer("chief", uid)

    def refuse(_signed: Signed) -> None:
        raise ContentUnfit("Posisinya baru saja diisi orang lain.")

    services.register(replace(TASK, apply=refuse))
    with pytest.raises(ContentUnfit), transaction.atomic():
        desk.answer("above", uid)
    assert models.Decision.objects.get(uid=uid).state == State.WAITING.value
    assert not models.Order.objects.exists()
    assert not models.Register.objects.exists()


def test_withdrawing_leaves_it_visible(desk: Desk) -> None:
    uid = desk.propose()
    services.withdraw(actor=desk.actor("own"), at=AT, decision=uid)
    assert desk.story("own", uid).state is State.WITHDRAWN
    assert desk.inbox("chief") == []
    with pytest.raises(DecisionClosed):
        desk.answer("chief", uid)
    with pytest.raises(DecisionClosed):
        services.withdraw(actor=desk.actor("own"), at=AT, decision=uid)


def test_withdrawing_what_is_about_another_says_why(desk: Desk) -> None:
    uid = desk.propose("clerk", about="own")
    with pytest.raises(ReasonsMissing, match="penarikan"):
        services.withdraw(actor=desk.actor("clerk"), at=AT, decision=uid)
    services.withdraw(actor=desk.actor("clerk"), at=AT, decision=uid, reason=WHY)
    (row,) = queries.list_exceptions(actor=desk.actor("retno"), at=AT, since=date(2020, 1, 1))
    assert (row.what, row.person) == ("withdrawn", "Suparman")
    assert row.text.endswith(f": {WHY}")
    assert desk.story("own", uid).withdrawal == WHY


def test_others_neither_withdraw_nor_see_it(desk: Desk) -> None:
    uid = desk.propose()
    for who in ("foreign", "mate"):
        with pytest.raises(DecisionNotFound):
            services.withdraw(actor=desk.actor(who), at=AT, decision=uid)
        with pytest.raises(DecisionNotFound):
            desk.story(who, uid)


def test_an_objection_holds_the_signature_until_it_is_answered(desk: Desk) -> None:
    uid = desk.propose()
    desk.answer("chief", uid)
    retno = desk.actor("retno")
    objection = services.object_to(actor=retno, at=AT, decision=uid, by="Inspektorat", text=WHY)
    with pytest.raises(Objected, match="Inspektorat mengajukan keberatan"):
        desk.answer("above", uid)
    services.lift_objection(actor=retno, at=AT, objection=objection, answer=WHY)
    assert desk.answer("above", uid) is State.SEALED


def test_many_are_signed_at_once_and_the_odd_ones_come_back(desk: Desk) -> None:
    plain = [desk.propose() for _ in range(3)]
    odd = desk.propose(content={"gates": {"age": "warn"}})
    for uid in (*plain, odd):
        desk.answer("chief", uid)
    done = services.sign_many(actor=desk.actor("above"), at=AT, decisions=[*plain, odd])
    assert list(done.signed) == plain
    assert [(each.uid, each.why) for each in done.opened] == [(odd, "age warn.")]
    assert [order.place for order in models.Order.objects.order_by("place")] == [1, 2, 3]


def test_what_was_proposed_and_decided_is_never_rewritten(desk: Desk) -> None:
    uid = desk.sealed()
    for sql in (
        "UPDATE decisions_decision SET title = 'lain' WHERE uid = %s",
        "UPDATE decisions_decision SET content = '{}' WHERE uid = %s",
        "DELETE FROM decisions_decision WHERE uid = %s",
    ):
        with pytest.raises(Exception, match=r"tidak dapat diubah|permission denied"), transaction.atomic():
            connection.cursor().execute(sql, [uid])

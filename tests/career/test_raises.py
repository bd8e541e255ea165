"""From the list of those due to a step that holds: proposed by the machine, checked, signed by the office."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from pamong.access.errors import NotAllowed
from pamong.career import queries, services
from pamong.career.errors import DueNotFound, RaiseWaits
from pamong.career.models import KgbCase, KgbDue, KgbRaise
from pamong.decisions import models
from pamong.decisions import queries as decided
from pamong.decisions import services as decisions
from pamong.decisions.choices import Answer, OrderEndKind, State, Verdict
from pamong.decisions.errors import ContentUnfit, GatesBlock, NotYours, ReasonsMissing
from pamong.decisions.site import site_law
from pamong.kernel.actor import Actor
from pamong.ledger.models import Intake
from pamong.people import services as people
from pamong.people.choices import EndReason
from pamong.web.check.words import of_order
from tests.support.deciding import WHY
from tests.support.people import AT, TODAY, opening_basis
from tests.support.raising import BEFORE, JANUARY, SYSTEM, RaiseDesk


def gates(raises: RaiseDesk, who: str, key: str) -> dict[str, Verdict]:
    """What the gates of somebody's waiting raise say, as who signs it sees them."""
    story = raises.desk.story(who, raises.waiting(key))
    return {view.gate.code: view.gate.verdict for view in story.gates}


def test_oracle_G_26_a_raise_of_a_pns_is_a_notice_that_lies_ready_and_is_signed(raises: RaiseDesk) -> None:
    done = raises.propose()
    assert (done.made, done.again, done.stuck) == (2, 0, ())
    uid = raises.waiting("own")
    assert raises.desk.inbox("chief") == [] and uid in raises.desk.inbox("nurul")
    assert models.Decision.objects.get(uid=uid).entered_name == "Sistem"
    assert raises.sign("own", by="chief") is State.SEALED
    given = raises.given("own")
    assert raises.steps("own") == [(BEFORE, 4, 0, "822/7/2024"), (JANUARY, 6, 0, given.order_no)]
    assert (given.base_before, given.base_after, given.next_on) == (2_964_000, 3_057_300, date(2029, 1, 1))
    order = models.Order.objects.get(decision__uid=uid)
    assert (order.template, order.number, order.late) == ("notice", "1/KGB/2026", False)
    told = str(order.content)
    assert "Rp2.964.000 (dua juta" in told and "822/7/2024, 2 Desember 2024" in told
    assert order.content["signer"]["lines"][0] == "a.n. Wali Kota Uji"
    body = Intake.objects.get(kind="career.kgb_given").body
    assert "2027-01-01" in body and "3057300" not in body, "amounts stay beside the log"


def test_oracle_G_26_a_raise_of_a_pppk_is_a_decision(raises: RaiseDesk) -> None:
    raises.agency()
    raises.contract("foreign")
    raises.rate("baik", "foreign", year=2024)
    raises.propose()
    with pytest.raises(KgbCase.DoesNotExist):
        raises.waiting("foreign")  # last year's predicate is *kurang*
    raises.contract("own")
    raises.rate("baik", "own", year=2024)
    assert raises.propose().renewed == 1, "it was a notice when he was a PNS"
    uid = raises.waiting("own")
    assert models.Decision.objects.get(uid=uid).kind == "career.kgb_decree"
    raises.desk.answer("nurul", uid)
    assert raises.desk.answer("above", uid) is State.SEALED
    order = models.Order.objects.get(decision__uid=uid)
    assert (order.template, order.number) == ("order", "1/KGB-PPPK/2026")
    assert any("Perpres" in base for base in order.content["bases"])


def test_oracle_G_11_the_deadline_is_told_and_a_late_letter_is_marked(raises: RaiseDesk) -> None:
    march = date(2027, 3, 1)
    raises.step("own", date(2025, 3, 1))
    raises.rate("baik", "own", year=2026)
    raises.propose(march)
    lines = {line.label: line.text for line in raises.desk.story("nurul", raises.waiting("own")).told.lines}
    assert lines["Tenggat suratnya"] == "1 Januari 2027"
    after = date(2027, 3, 20)
    assert raises.sign("own", by="chief", on=after) is State.SEALED
    (given,) = queries.list_own_raises(actor=raises.desk.actor("own"))
    assert given.late and given.pay_month == date(2027, 5, 1)
    order = models.Order.objects.get(decision__uid=given.decision)
    assert order.late and order.dated_on == after


def test_oracle_G_27_butuh_perbaikan_is_signed_with_a_reason_and_kurang_leads_to_a_delay(
    raises: RaiseDesk,
) -> None:
    raises.propose()
    uid = raises.waiting("mate")
    raises.desk.answer("nurul", uid)
    with pytest.raises(ReasonsMissing):
        raises.desk.answer("chief", uid)
    assert raises.desk.answer("chief", uid, reasons={"predicate": WHY}) is State.SEALED
    with pytest.raises(KgbCase.DoesNotExist):
        raises.waiting("foreign")
    with pytest.raises(GatesBlock, match="di bawah butuh perbaikan"):
        services.prepare_raise(
            actor=raises.desk.actor("nurul"), at=AT, due=raises.due("foreign"), key=uuid4()
        )


def test_oracle_G_12_a_delay_is_decided_and_then_the_raise_is_given_with_its_time(raises: RaiseDesk) -> None:
    """Due March 2026, delayed for a year; then paid from March 2027, and the next one is due March 2028."""
    march, until = date(2026, 3, 1), date(2027, 3, 1)
    raises.agency()
    raises.step("clerk", date(2024, 3, 1))
    raises.rate("kurang", "clerk")
    raises.prepare(march)
    done = services.prepare_delay(
        actor=raises.desk.actor("nurul"), at=AT, due=raises.due("clerk"), key=uuid4(), until=until,
        reason="Predikat kinerja kurang",
    )  # fmt: skip
    with pytest.raises(NotYours):
        raises.desk.answer("nurul", done.uid)
    raises.desk.answer("wahyu", done.uid)
    assert done.uid in raises.desk.inbox("above"), "the head of the personnel agency is vacant"
    assert raises.desk.answer("above", done.uid) is State.SEALED
    order = models.Order.objects.get(decision__uid=done.uid)
    assert order.number == "1/TUNDA-KGB/2026" and order.late
    raises.rate("baik", "clerk", year=2026)
    later = date(2027, 2, 10)
    raises.propose(until, on=later)
    assert raises.sign("clerk", by="chief", on=later) is State.SEALED
    given = raises.given("clerk")
    assert (given.new_years, given.new_months, given.next_on) == (7, 0, date(2028, 3, 1))


def test_a_delay_is_for_who_is_below_and_for_a_year_at_most(raises: RaiseDesk) -> None:
    raises.prepare()
    given = {"actor": raises.desk.actor("nurul"), "at": AT, "key": uuid4(), "reason": WHY}
    with pytest.raises(GatesBlock, match="bukan alasan"):
        services.prepare_delay(due=raises.due("own"), until=date(2027, 7, 1), **given)
    for until in (date(2028, 2, 1), JANUARY, date(2027, 7, 2)):
        with pytest.raises(ContentUnfit):
            services.prepare_delay(due=raises.due("foreign"), until=until, **given)
    with pytest.raises(ContentUnfit, match="alasannya"):
        services.prepare_delay(due=raises.due("foreign"), until=date(2027, 7, 1), **{**given, "reason": "-"})


def test_proposing_again_adds_nothing_and_a_new_fact_renews_it(raises: RaiseDesk) -> None:
    raises.propose()
    before = raises.waiting("own")
    assert (raises.propose().made, raises.propose().again) == (0, 2)
    raises.step("own", BEFORE, years=5, golongan="III/b")
    raises.prepare(date(2026, 1, 1))
    assert raises.propose().ended == 1, "it falls due in another month by now"
    assert models.Decision.objects.get(uid=before).state == State.WITHDRAWN.value
    raises.step("own", BEFORE, golongan="III/b")
    done = raises.propose()
    assert (done.made, raises.waiting("own") != before) == (1, True)
    assert models.Decision.objects.filter(entered_by=None).count() == 3


def test_what_was_refused_stays_refused_until_the_facts_change(raises: RaiseDesk) -> None:
    raises.propose()
    uid = raises.waiting("own")
    raises.desk.answer("nurul", uid, Answer.REFUSE, reason=WHY)
    assert raises.propose().again == 2
    assert models.Decision.objects.get(uid=uid).state == State.REFUSED.value
    done = services.prepare_raise(actor=raises.desk.actor("wahyu"), at=AT, due=raises.due("own"), key=uuid4())
    with pytest.raises(RaiseWaits):
        services.prepare_raise(actor=raises.desk.actor("ratih"), at=AT, due=raises.due("own"), key=uuid4())
    assert raises.waiting("own") == done.uid


def test_a_broken_chain_keeps_the_letter_from_being_signed_and_says_so(raises: RaiseDesk) -> None:
    raises.step("own", BEFORE, order_no="")
    raises.propose()
    uid = raises.waiting("own")
    raises.desk.answer("nurul", uid)
    with pytest.raises(GatesBlock, match="belum tercatat nomor atau tanggalnya"):
        raises.desk.answer("chief", uid)
    assert not KgbRaise.objects.exists() and not models.Order.objects.exists()


def test_who_retires_or_dies_before_the_day_gets_no_letter(raises: RaiseDesk) -> None:
    raises.propose()
    uid = raises.waiting("own")
    raises.desk.answer("nurul", uid)
    people.end_service(
        actor=SYSTEM, at=AT, basis=opening_basis(), person=raises.desk.people.city.persons["own"],
        on=date(2026, 12, 1), reason=EndReason.DIED,
    )  # fmt: skip
    with pytest.raises(GatesBlock, match="tidak bertugas"):
        raises.desk.answer("chief", uid)
    assert raises.propose().ended == 1
    assert models.Decision.objects.get(uid=uid).state == State.WITHDRAWN.value


def test_who_died_after_it_took_effect_has_it_for_that_time_with_a_reason(raises: RaiseDesk) -> None:
    raises.step("own", date(2024, 9, 1))
    raises.propose(date(2026, 9, 1))
    people.end_service(
        actor=SYSTEM, at=AT, basis=opening_basis(), person=raises.desk.people.city.persons["own"],
        on=date(2026, 11, 1), reason=EndReason.DIED,
    )  # fmt: skip
    uid = raises.waiting("own")
    raises.desk.answer("nurul", uid)
    assert gates(raises, "chief", "own")["serving"] is Verdict.WARN
    assert raises.desk.answer("chief", uid, reasons={"serving": WHY}) is State.SEALED


def test_facts_that_changed_since_are_not_signed(raises: RaiseDesk) -> None:
    raises.propose()
    uid = raises.waiting("own")
    raises.desk.answer("nurul", uid)
    raises.step("own", BEFORE, golongan="III/b")
    with pytest.raises(GatesBlock, match="berubah sejak disiapkan"):
        raises.desk.answer("chief", uid)


def test_nobody_prepares_checks_or_signs_his_own(raises: RaiseDesk) -> None:
    raises.step("chief", BEFORE, golongan="IV/c")
    raises.rate("baik", "chief")
    raises.propose()
    uid = raises.waiting("chief")
    raises.desk.answer("nurul", uid)
    with pytest.raises(NotYours):
        raises.desk.answer("chief", uid)
    assert raises.desk.answer("above", uid) is State.SEALED, "the table names the secretary for a head"
    for who in ("own", "chief", "clerk", "mayor"):
        with pytest.raises((NotAllowed, DueNotFound, Exception)) as refused:
            services.prepare_raise(actor=raises.desk.actor(who), at=AT, due=raises.due("own"), key=uuid4())
        assert isinstance(refused.value, NotAllowed) or "tidak" in str(refused.value)


def test_only_the_machine_proposes_by_itself_and_it_answers_nothing(raises: RaiseDesk) -> None:
    raises.prepare()
    for actor in (raises.desk.actor("own"), Actor(None, None, "", (), TODAY)):
        with pytest.raises(NotAllowed):
            services.propose_due(actor=actor, at=AT, month=JANUARY)
    raises.propose()
    uid = raises.waiting("own")
    with pytest.raises(NotAllowed):
        decisions.retract(actor=raises.desk.actor("nurul"), at=AT, decision=uid, reason=WHY)
    from pamong.decisions.services.answering import Given  # noqa: PLC0415 - beside its only use

    with pytest.raises(NotAllowed):
        decisions.answer(actor=SYSTEM, at=AT, decision=uid, given=Given(Answer.AGREE))


def test_an_annulled_raise_is_taken_back_and_falls_due_again(raises: RaiseDesk) -> None:
    raises.propose()
    raises.sign("own", by="chief")
    order = models.Order.objects.get(decision__uid=raises.given("own").decision).uid
    done = decisions.propose_annulment(
        actor=raises.desk.actor("wahyu"), at=AT, key=uuid4(), order=order, reason=WHY
    )
    assert raises.desk.answer("chief", done.uid) is State.SEALED
    assert raises.steps("own") == [(BEFORE, 4, 0, "822/7/2024")]
    assert not KgbRaise.objects.filter(superseded_at=None).exists()
    raises.prepare()
    assert raises.due("own")
    told = decided.find_public_order(order=order)
    assert told is not None and told.ended is OrderEndKind.ANNULLED and told.next_number == ""
    services.prepare_raise(
        actor=raises.desk.actor("wahyu"), at=AT, due=raises.due("own"), key=uuid4()
    )  # fmt: skip
    raises.sign("own", by="chief")
    told = decided.find_public_order(order=order)
    assert told is not None and told.next_number == raises.given("own").order_no
    assert of_order(told)["word"] == f"Dicabut 10 November 2026, diganti nomor {told.next_number}"


def test_a_raise_that_was_given_leaves_the_list_at_once_and_is_told_to_its_owner(raises: RaiseDesk) -> None:
    raises.propose()
    raises.sign("own", by="chief")
    own = raises.desk.actor("own")
    assert not KgbDue.objects.filter(person_id=own.person_id, superseded_at=None).exists()
    (given,) = queries.list_own_raises(actor=own)
    assert (given.effective_on, given.more, given.late) == (JANUARY, 93_300, True), "the 1st has passed"
    coming = queries.find_own_next(actor=own, law=site_law())
    assert coming is not None and coming.due is not None
    assert coming.due.effective_on == date(2029, 1, 1)
    news = queries.count_news(actor=SYSTEM, readers=[own], since=AT)
    assert news == {own.user_id: 1}


def test_the_change_list_goes_by_the_cut_off(raises: RaiseDesk) -> None:
    """Signed on 10 November, a raise of January is paid with January's salary; one of September with
    December's, whose list closed that day."""
    raises.step("mate", date(2024, 9, 1))
    raises.propose(date(2026, 9, 1))
    raises.propose()
    raises.sign("own", by="chief")
    raises.sign("mate", by="chief", reasons={"predicate": WHY})
    treasury = raises.desk.actor("nurul")
    found = queries.list_changes(actor=treasury, at=AT, month=JANUARY, law=site_law())
    assert [row.given.more for row in found.rows] == [93_300]
    assert found.cutoff is not None and found.cutoff.value == date(2026, 12, 10)
    assert [(each.month, each.count) for each in found.months] == [(JANUARY, 1), (date(2026, 12, 1), 1)]
    for who in ("own", "chief", "clerk"):
        with pytest.raises(NotAllowed):
            queries.list_changes(actor=raises.desk.actor(who), at=AT, month=JANUARY, law=site_law())

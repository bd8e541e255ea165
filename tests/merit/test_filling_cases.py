"""How posts were sold (J1 to J24), tried on the services."""

from __future__ import annotations

import json
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from pamong.access.errors import NotAllowed, ReasonMissing
from pamong.decisions import services as decisions
from pamong.decisions.choices import Answer, State
from pamong.decisions.errors import ContentUnfit, DatedBefore, GatesBlock, NotYours, Objected, ReasonsMissing
from pamong.decisions.models import Decision, Order
from pamong.decisions.services.answering import Given as Said
from pamong.decisions.services.answering import answer
from pamong.ledger.models import Intake
from pamong.ledger.queries import get_openings
from pamong.merit import models, services
from pamong.merit.errors import NotNow, NotOnPanel, PanelUnfit, ScoresMissing, ScoreUnfit
from pamong.merit.services import Given
from pamong.people import models as people
from pamong.people.choices import AppointmentKind
from tests.support.city import since
from tests.support.deciding import WHY
from tests.support.filling import CANDIDATES, CLOSED, CLOSES, ELEMENTS, PANEL, Filling, instant
from tests.support.people import TODAY, opening_basis


def test_case_J_01_a_fourth_name_is_refused_in_one_sentence(filling: Filling) -> None:
    vacancy = filling.locked()
    decision = filling.put(vacancy)
    with pytest.raises(ContentUnfit, match="tidak termasuk calon yang dikunci"):
        filling.choose(decision, "c4")
    content = {**Decision.objects.get(uid=decision).content, "application": str(uuid4())}
    with pytest.raises(ContentUnfit, match="tidak termasuk calon yang dikunci"):
        filling.sign("mayor", decision, CLOSED, answer=Answer.CHANGE, reason=WHY, change=content)
    assert not models.Choice.objects.exists()
    assert not Order.objects.exists()


def test_case_J_01_nobody_applies_after_the_closing_and_no_sql_adds_a_name(filling: Filling) -> None:
    vacancy = filling.locked()
    with pytest.raises(NotNow, match="diumumkan"):
        filling.apply(vacancy, "c5", CLOSED)
    fourth = models.Result.objects.get(application__person_id=filling.person("c4"))
    late = (vacancy.pk, filling.person("c5"), fourth.basis_id)
    for sql, values in (
        ("UPDATE merit_result SET is_locked = TRUE WHERE id = %s", (fourth.pk,)),
        (
            "INSERT INTO merit_application (uid, vacancy_id, person_id, is_invited, basis_id) "
            "VALUES (gen_random_uuid(), %s, %s, FALSE, %s)",
            late,
        ),
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)


def test_case_J_03_each_member_scores_under_his_own_sign_in_and_once(filling: Filling) -> None:
    vacancy = filling.closed()
    filling.sit(vacancy, "p1")
    with pytest.raises(NotOnPanel, match="hadir"):
        filling.score(vacancy, "p2")
    with pytest.raises(NotOnPanel, match="anggota panitia"):
        services.give_scores(**filling.who("nurul", CLOSED), vacancy=vacancy.uid, scores=[])
    sheet = filling.sheet(vacancy)
    assert services.give_scores(**filling.who("p1", CLOSED), vacancy=vacancy.uid, scores=sheet) == 16
    assert services.give_scores(**filling.who("p1", CLOSED), vacancy=vacancy.uid, scores=sheet) == 0
    other = [Given(sheet[0].application, sheet[0].element, 1)]
    with pytest.raises(ScoreUnfit, match="dibetulkan dengan alasan"):
        services.give_scores(**filling.who("p1", CLOSED), vacancy=vacancy.uid, scores=other)
    with pytest.raises(ScoreUnfit, match="0 dan 100"):
        wrong = [Given(sheet[0].application, sheet[0].element, 10_001)]
        filling.sit(vacancy, "p2")
        services.give_scores(**filling.who("p2", CLOSED), vacancy=vacancy.uid, scores=wrong)


def test_case_J_03_a_correction_has_a_reason_and_leaves_the_first(filling: Filling) -> None:
    vacancy = filling.closed()
    filling.sit(vacancy, "p1")
    filling.score(vacancy, "p1")
    better = Given(vacancy.applications.order_by("id")[0].uid, "paper", 7777)
    asked = {**filling.who("p1", CLOSED), "vacancy": vacancy.uid, "score": better}
    with pytest.raises(ReasonMissing):
        services.correct_score(**asked, reason="ya")
    services.correct_score(**asked, reason=WHY)
    rows = models.Score.objects.filter(application__uid=better.application, element__code="paper")
    assert [(row.value, row.reason) for row in rows.order_by("id")] == [(9000, ""), (7777, WHY)]


def test_case_J_03_scores_open_when_all_are_in_and_never_change_again(filling: Filling) -> None:
    vacancy = filling.closed()
    filling.sit(vacancy)
    filling.score(vacancy, *PANEL[:4])
    with pytest.raises(ScoresMissing, match="Yusril Tahir"):
        services.open_scores(**filling.who("above", CLOSED), vacancy=vacancy.uid)
    filling.score(vacancy, "p3")
    with pytest.raises(NotOnPanel, match="ketua"):
        services.open_scores(**filling.who("p3", CLOSED), vacancy=vacancy.uid)
    services.open_scores(**filling.who("above", CLOSED), vacancy=vacancy.uid)
    better = Given(vacancy.applications.order_by("id")[0].uid, "paper", 1)
    with pytest.raises(NotNow, match="selesai dinilai"):
        services.correct_score(
            **filling.who("p1", CLOSED), vacancy=vacancy.uid, score=better, reason="salah ketik angka"
        )


def test_a_panel_without_quorum_opens_nothing(filling: Filling) -> None:
    vacancy = filling.closed()
    filling.sit(vacancy)
    filling.score(vacancy)
    next_day = CLOSED + timedelta(days=1)
    filling.sit(vacancy, "above", "p1", on=next_day)
    with pytest.raises(PanelUnfit, match="belum kuorum"):
        services.open_scores(**filling.who("above", next_day), vacancy=vacancy.uid)
    filling.sit(vacancy, "p2", on=next_day)
    services.open_scores(**filling.who("above", next_day), vacancy=vacancy.uid)


def test_case_J_04_not_the_first_needs_a_reason_that_is_kept(filling: Filling) -> None:
    vacancy = filling.locked()
    decision = filling.put(vacancy)
    second = filling.application(vacancy.uid, "c2")
    change = {**Decision.objects.get(uid=decision).content, "application": str(second.uid)}
    bare = Said(Answer.CHANGE, WHY, {"eligibility": WHY}, change=change)
    with pytest.raises(ReasonsMissing) as refused, transaction.atomic():
        answer(actor=filling.actor("mayor", CLOSED), at=instant(CLOSED), decision=decision, given=bare)
    assert refused.value.fields == ("rank",)
    assert filling.choose(decision, "c2") is State.SEALED
    choice = models.Choice.objects.get(vacancy=vacancy)
    assert (choice.rank, choice.reason) == (2, WHY)


def test_case_J_04_ranks_are_computed_whatever_a_proposal_says(filling: Filling) -> None:
    vacancy = filling.scored()
    done = decisions.propose(
        **filling.who("nurul", CLOSED), kind="merit.lock", key=uuid4(),
        content={"vacancy": str(vacancy.uid), "rows": [], "names": ["titipan"]},
    )  # fmt: skip
    filling.sign("above", done.uid, CLOSED)
    ranks = models.Result.objects.order_by("rank").values_list("application__person_id", "rank", "is_locked")
    people_of = [filling.person(each) for each in CANDIDATES[:4]]
    assert list(ranks) == [(who, place + 1, place < 3) for place, who in enumerate(people_of)]


def test_only_the_chair_signs_the_result(filling: Filling) -> None:
    vacancy = filling.scored()
    with pytest.raises(NotAllowed, match="Ketua menandatangani"):
        services.propose_lock(**filling.who("above", CLOSED), key=uuid4(), vacancy=vacancy.uid)
    done = services.propose_lock(**filling.who("p1", CLOSED), key=uuid4(), vacancy=vacancy.uid)
    for who in ("p1", "p2", "mayor", "nurul"):
        with pytest.raises(NotYours), transaction.atomic():
            filling.sign(who, done.uid, CLOSED)


def test_case_J_05_who_does_not_meet_a_condition_is_not_scored_unless_it_is_set_aside(
    filling: Filling,
) -> None:
    vacancy = filling.announced()
    for who in ("c1", "c2", "c3"):
        assert filling.apply(vacancy, who).bars == ()
    applied = filling.apply(vacancy, "c5")
    assert [each.code for each in applied.bars] == ["education"]
    asked = {"key": uuid4(), "application": applied.uid, "condition": "education"}
    with pytest.raises(ContentUnfit, match="dasar dan alasannya"):
        services.propose_overruling(**filling.who("nurul"), **asked, reason="ya")
    done = services.propose_overruling(**filling.who("nurul"), **asked, reason=WHY)
    with pytest.raises(NotYours), transaction.atomic():
        filling.sign("mayor", done.uid)  # not before it was verified
    filling.sign("above", done.uid)
    assert not models.Overruling.objects.exists()
    filling.sign("mayor", done.uid)
    services.close_applications(**filling.who("nurul", CLOSED), vacancy=vacancy.uid)
    filling.sit(vacancy)
    filling.score(vacancy)
    services.open_scores(**filling.who("above", CLOSED), vacancy=vacancy.uid)
    filling.lock(vacancy)
    kept = models.Overruling.objects.order_by("id").values_list("condition__moment", "reason", "decision")
    assert list(kept) == [("application", WHY, done.uid), ("lock", WHY, done.uid)]
    assert models.Result.objects.count() == 4


def test_case_J_05_a_standing_out_of_service_is_set_aside_by_nobody(filling: Filling) -> None:
    vacancy = filling.announced()
    filling.leaves("c1", date(2026, 11, 9), "died")
    row = models.Application.objects.create(
        vacancy=vacancy, person_id=filling.person("c1"), basis_id=opening_basis()
    )
    models.EligibilityRow.objects.create(
        application=row,
        moment="application",
        code="standing",
        answer="not_met",
        text="Ia wafat.",
        is_firm=True,
    )
    with pytest.raises(GatesBlock, match="tidak dapat dikesampingkan"):
        services.propose_overruling(
            **filling.who("nurul"), key=uuid4(), application=row.uid, condition="standing", reason=WHY
        )


def test_case_J_06_weights_must_sum_and_are_frozen(filling: Filling) -> None:
    half = [ELEMENTS[0], ELEMENTS[1]]
    with pytest.raises(GatesBlock, match="Jumlah bobot 45"):
        services.propose_vacancy(**filling.who("nurul"), key=uuid4(), asked=filling.asked(elements=half))
    vacancy = filling.announced()
    with pytest.raises(DatabaseError, match="sudah diambil"), transaction.atomic():
        models.CriteriaElement.objects.create(vacancy=vacancy, code="titip", title="Titip", weight=5, place=9)


def test_case_J_07_the_day_of_a_step_is_the_servers_and_no_order_is_dated_back(filling: Filling) -> None:
    vacancy = filling.open()
    filling.panel(vacancy)
    late = CLOSES - timedelta(days=3)
    with pytest.raises(NotNow, match="sudah lewat"), transaction.atomic():
        services.announce(**filling.who("nurul", CLOSED), vacancy=vacancy.uid)
    services.announce(**filling.who("nurul", late), vacancy=vacancy.uid)  # a post below JPT: only a warning
    assert models.VacancyStep.objects.get(vacancy=vacancy).on == late
    with pytest.raises(NotNow, match="masih dibuka"):
        services.close_applications(**filling.who("nurul", CLOSES), vacancy=vacancy.uid)


def test_case_J_07_an_order_before_its_proposal_is_refused(filling: Filling) -> None:
    """A clock that was put back dates nothing back: neither its effects, nor the order itself."""
    vacancy = filling.locked()
    with pytest.raises(GatesBlock, match="tidak berlaku surut"):
        filling.put(vacancy, effective=TODAY)
    decision = filling.put(vacancy)
    with pytest.raises(DatedBefore, match="diajukan 27 November 2026"), transaction.atomic():
        filling.choose(decision, "c1", CLOSED - timedelta(days=1))
    assert not Order.objects.exists()
    filling.choose(decision, "c1")
    assert Order.objects.get(decision__uid=decision).dated_on == CLOSED


def test_case_J_14_who_is_outside_acts_in_nothing(filling: Filling) -> None:
    vacancy = filling.closed()
    with pytest.raises(NotAllowed):
        services.propose_vacancy(**filling.who("chief"), key=uuid4(), asked=filling.asked())
    for act in (services.announce, services.close_applications):
        with pytest.raises(NotAllowed):
            act(**filling.who("chief", CLOSED), vacancy=vacancy.uid)
    with pytest.raises(NotOnPanel):
        services.declare_present(**filling.who("mayor", CLOSED), vacancy=vacancy.uid)
    with pytest.raises(NotAllowed):
        services.cancel(**filling.who("p1", CLOSED), vacancy=vacancy.uid, reason=WHY)


def test_case_J_16_declared_kin_stand_aside_by_themselves_and_are_replaced(filling: Filling) -> None:
    vacancy = filling.announced()
    for who in CANDIDATES[:4]:
        filling.apply(vacancy, who)
    filling.relate("p1", "c2")
    (told,) = services.close_applications(**filling.who("nurul", CLOSED), vacancy=vacancy.uid)
    assert "Damianus Lerebulan mencatat Bonifasius Ledo sebagai saudara" in told
    recusal = models.Recusal.objects.get()
    assert (recusal.member.person_id, recusal.is_own) == (filling.person("p1"), False)
    with pytest.raises(NotOnPanel, match="mengundurkan diri"):
        filling.sit(vacancy, "p1")
    rest = [each for each in PANEL if each != "p1"]
    filling.sit(vacancy, *rest)
    filling.score(vacancy, *rest)
    with pytest.raises(PanelUnfit, match="gasal"):
        services.open_scores(**filling.who("above", CLOSED), vacancy=vacancy.uid)
    with pytest.raises(GatesBlock, match="melamar jabatan ini sendiri"):
        filling.panel(vacancy, "c1", on=CLOSED)
    filling.panel(vacancy, "foreign", on=CLOSED)
    filling.sit(vacancy, "foreign")
    filling.score(vacancy, "foreign")
    services.open_scores(**filling.who("above", CLOSED), vacancy=vacancy.uid)


def test_case_J_17_dates_that_nobody_entered_are_not_taken_for_a_free_day(filling: Filling) -> None:
    when = {"needed_on": "2028-12-20", "closes_on": "2026-11-26"}
    assert filling.open(**when).uid
    services.cancel(**filling.who("nurul"), vacancy=models.Vacancy.objects.get().uid, reason=WHY)
    past = {"needed_on": "2029-02-01", "closes_on": "2026-11-26"}
    done = services.propose_vacancy(**filling.who("nurul"), key=uuid4(), asked=filling.asked(**past))
    assert filling.gates(done.uid)["election"] == "unknown"
    filling.sign("above", done.uid)
    with pytest.raises(GatesBlock, match="belum dimasukkan"), transaction.atomic():
        filling.sign("mayor", done.uid)


@pytest.mark.parametrize(("reason", "word"), [("died", "berakhir"), ("retired", "berakhir")])
def test_case_J_20_who_is_gone_is_never_appointed(filling: Filling, reason: str, word: str) -> None:
    vacancy = filling.locked()
    decision = filling.put(vacancy)
    filling.leaves("c1", CLOSED, reason)
    with pytest.raises(GatesBlock, match=word), transaction.atomic():
        filling.choose(decision, "c1")
    assert filling.choose(decision, "c2") is State.SEALED


def test_case_J_20_who_died_before_the_result_has_no_rank(filling: Filling) -> None:
    vacancy = filling.scored()
    filling.leaves("c1", CLOSED, "died")
    filling.lock(vacancy)
    assert not models.Result.objects.filter(application__person_id=filling.person("c1")).exists()
    first = models.Result.objects.get(rank=1)
    assert first.application.person_id == filling.person("c2")


def test_case_J_23_an_objection_holds_the_order(filling: Filling) -> None:
    vacancy = filling.locked()
    decision = filling.put(vacancy)
    inspector = filling.who("retno", CLOSED)
    objection = decisions.object_to(**inspector, decision=decision, by="Inspektorat", text=WHY)
    with pytest.raises(Objected), transaction.atomic():
        filling.choose(decision, "c1")
    decisions.lift_objection(**inspector, objection=objection, answer=WHY)
    assert filling.choose(decision, "c1") is State.SEALED


def test_the_acting_holder_ends_with_the_appointment(filling: Filling) -> None:
    people.Appointment.objects.create(
        person_id=filling.person("p2"), kind=AppointmentKind.PLT.value, stint=1,
        seat_id=_seat(filling), period=since(date(2026, 10, 1), date(2026, 12, 31)), basis_id=opening_basis(),
    )  # fmt: skip
    vacancy = filling.locked()
    filling.choose(filling.put(vacancy), "c1")
    acting = people.Appointment.objects.get(
        person_id=filling.person("p2"), kind="plt", superseded_at__isnull=True
    )
    assert acting.period.upper == CLOSED


def _seat(filling: Filling) -> int:
    from pamong.organisation.models import Seat  # noqa: PLC0415

    return Seat.objects.get(uid=filling.seat).pk


def test_the_relative_of_a_candidate_does_not_sign_for_him(filling: Filling) -> None:
    vacancy = filling.locked()
    decision = filling.put(vacancy, weighed=False)
    with pytest.raises(NotYours):
        filling.choose(decision, "c1")


def test_a_seat_has_one_vacancy_and_no_holder(filling: Filling) -> None:
    filling.open()
    with pytest.raises(GatesBlock, match="sudah mempunyai lowongan"):
        services.propose_vacancy(**filling.who("nurul"), key=uuid4(), asked=filling.asked())
    held = str(filling.desk.people.city.seats["own"])
    with pytest.raises(GatesBlock, match="dipegang Suparman"):
        services.propose_vacancy(**filling.who("nurul"), key=uuid4(), asked=filling.asked(seat=held))


def test_case_A_27_applying_twice_is_one_application(filling: Filling) -> None:
    vacancy = filling.announced()
    first = filling.apply(vacancy, "c1")
    again = filling.apply(vacancy, "c1")
    assert (again.uid, again.again) == (first.uid, True)
    assert models.Application.objects.count() == 1
    with pytest.raises(NotAllowed, match="anggota panitia"):
        filling.apply(vacancy, "p1")


def test_each_candidate_has_entries_of_her_own_scores(filling: Filling) -> None:
    vacancy = filling.locked()
    bodies = [row.body for row in Intake.objects.filter(kind="merit.score_given")]
    assert len(bodies) == 4 * 4 * len(PANEL)
    application = filling.application(vacancy.uid, "c1")
    opened = [row.body for row in Intake.objects.filter(kind="merit.scores_opened")]
    assert len(opened) == 4
    ranked = [row.body for row in Intake.objects.filter(kind="merit.ranked")]
    assert len(ranked) == 4
    assert sum(str(application.uid) in body for body in ranked) == 1
    assert not any("value" in json.loads(body)["public"] for body in bodies)
    assert {name for body in bodies for name in json.loads(body)["personal"]} == {"person"}
    assert "Anggreni" not in "".join(bodies)


def test_no_entry_of_the_log_opens_a_score_before_the_chair_does(filling: Filling) -> None:
    """Neither whose score it is, among her own entries, nor an inspector who opens them, learns a value."""
    vacancy = filling.closed()
    filling.sit(vacancy)
    filling.score(vacancy)
    given = Intake.objects.filter(kind="merit.score_given").values_list("pk", flat=True)
    inspector = filling.actor("retno", CLOSED)
    fields = {opening.field for entry in given for opening in get_openings(actor=inspector, entry_id=entry)}
    assert fields == {"person"}
    services.open_scores(**filling.who("above", CLOSED), vacancy=vacancy.uid)
    opened = Intake.objects.filter(kind="merit.scores_opened").order_by("pk")[0].pk
    told = {each.field: each.value for each in get_openings(actor=inspector, entry_id=opened)}
    assert b'"value":9000' in told["scores"]

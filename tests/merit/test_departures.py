"""What of selections departs from the plain path stands in the inspector's register, with who and why."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from pamong.decisions import services as decisions
from pamong.decisions.choices import Answer
from pamong.decisions.errors import ContentUnfit
from pamong.decisions.models import StepAct
from pamong.decisions.queries import ExceptionRow, list_exceptions
from pamong.ledger.models import Intake
from pamong.ledger.queries import get_openings
from pamong.merit import services
from pamong.merit.services import Given
from tests.support.deciding import WHY
from tests.support.filling import CANDIDATES, CLOSED, Filling
from tests.support.people import TODAY


def listed(filling: Filling, what: str) -> list[ExceptionRow]:
    """What the inspector finds of one sort."""
    return list(list_exceptions(**filling.who("retno", CLOSED), since=TODAY, what=what))


def test_the_choice_of_the_second_with_its_reason(filling: Filling) -> None:
    """Not that of the first."""
    vacancy = filling.locked()
    decision = filling.put(vacancy)
    filling.choose(decision, "c2")
    (row,) = listed(filling, "not_first")
    assert (row.person, row.link) == ("Bonifasius Ledo", f"/keputusan/{decision}")
    assert row.text.startswith("Mayor, ") and f"peringkat 2. Alasan: {WHY}" in row.text
    assert row.what in {each.what for each in listed(filling, "")}


def test_the_choice_of_the_first_is_none(filling: Filling) -> None:
    filling.choose(filling.put(filling.locked()), "c1")
    assert listed(filling, "not_first") == []


def test_a_condition_that_was_set_aside_once(filling: Filling) -> None:
    """Once, though it is asked and set aside again when the ranks are locked."""
    vacancy = filling.announced()
    for who in ("c1", "c2", "c3"):
        filling.apply(vacancy, who)
    applied = filling.apply(vacancy, "c5")
    asked = {"key": uuid4(), "application": applied.uid, "condition": "education", "reason": WHY}
    decision = services.propose_overruling(**filling.who("nurul"), **asked).uid
    filling.sign("above", decision)
    filling.sign("mayor", decision)
    services.close_applications(**filling.who("nurul", CLOSED), vacancy=vacancy.uid)
    filling.sit(vacancy)
    filling.score(vacancy)
    services.open_scores(**filling.who("above", CLOSED), vacancy=vacancy.uid)
    filling.lock(vacancy)
    (row,) = listed(filling, "overruled")
    assert (row.person, row.link) == ("Endah Lestari", f"/keputusan/{decision}")
    assert row.text.startswith("Mayor, ") and row.text.endswith(f"Dasar dan alasan: {WHY}")


def test_a_corrected_score_whose_reason_opens_with_the_scores(filling: Filling) -> None:
    """A reason may tell the value: nobody reads it before the chair opens all of them."""
    vacancy = filling.closed()
    filling.sit(vacancy)
    filling.score(vacancy)
    better = Given(vacancy.applications.order_by("id")[0].uid, "paper", 7777)
    why = "Tertulis 90, maksudnya 77,77."
    services.correct_score(
        **filling.who("p1", CLOSED), vacancy=vacancy.uid, score=better, reason=why
    )  # fmt: skip
    (row,) = listed(filling, "corrected")
    assert (row.person, row.text) == (
        "Anggreni Saraswati", "Damianus Lerebulan: unsur Makalah. Alasannya terbuka sesudah nilai dibuka."
    )  # fmt: skip
    services.open_scores(**filling.who("above", CLOSED), vacancy=vacancy.uid)
    (row,) = listed(filling, "corrected")
    assert row.text == f"Damianus Lerebulan: unsur Makalah. Alasan: {why}"


def test_members_who_stand_aside_of_their_own_and_by_kinship(filling: Filling) -> None:
    vacancy = filling.announced()
    for who in CANDIDATES[:4]:
        filling.apply(vacancy, who)
    services.recuse(**filling.who("p2"), vacancy=vacancy.uid, reason=WHY)
    filling.relate("p1", "c2")
    services.close_applications(**filling.who("nurul", CLOSED), vacancy=vacancy.uid)
    texts = [row.text for row in listed(filling, "recused")]
    assert f"Hapsari Winarni mengundurkan diri. Alasan: {WHY}" in texts
    assert any(
        each.startswith("Damianus Lerebulan tidak ikut menilai karena hubungan yang tercatat")
        for each in texts
    )
    assert len(texts) == 2


def test_newest_first_and_only_since_the_day_that_is_asked(filling: Filling) -> None:
    filling.choose(filling.put(filling.locked()), "c2")
    rows = listed(filling, "")
    assert [row.at for row in rows] == sorted((row.at for row in rows), reverse=True)
    assert rows[-1].at < rows[0].at
    found = list_exceptions(**filling.who("retno", CLOSED), since=rows[0].at + timedelta(seconds=1))
    assert list(found) == []


def test_case_J_01_a_name_that_was_refused_leaves_its_trace(filling: Filling) -> None:
    """Who named whom, when, for which vacancy: kept though all else is undone, the name as personal data."""
    vacancy = filling.locked()
    decision = filling.put(vacancy)
    with pytest.raises(ContentUnfit, match="tidak termasuk calon yang dikunci"):
        filling.choose(decision, "c4")
    fourth = filling.application(vacancy.uid, "c4")
    content = {"vacancy": str(vacancy.uid), "application": str(fourth.uid)}
    proposal = {"kind": "merit.appoint", "key": uuid4(), "content": content}
    with pytest.raises(ContentUnfit, match="tidak termasuk calon yang dikunci"):
        decisions.propose(**filling.who("nurul", CLOSED), **proposal)
    with pytest.raises(ContentUnfit):
        filling.sign(
            "mayor", decision, CLOSED, answer=Answer.CHANGE, reason=WHY,
            change={**content, "effective": "", "consent": "", "application": "titipan"},
        )  # fmt: skip
    tried = {"what": "named", "since": TODAY}
    rows = list_exceptions(**filling.who("retno", CLOSED), **tried)
    assert [(row.person, row.title) for row in rows] == [
        ("", vacancy.title), ("Dominggus Rumbiak", vacancy.title), ("Dominggus Rumbiak", vacancy.title)
    ]  # fmt: skip
    assert rows[0].text.startswith("Mayor menyebut nama di luar daftar") and "titipan" in rows[0].text
    assert rows[1].text.startswith("Nurul menyebut")
    kept = Intake.objects.filter(kind="merit.name_refused").order_by("pk")
    assert [str(vacancy.uid) in row.body for row in kept] == [True] * 3
    assert "Dominggus" not in kept[0].body and str(fourth.person.uid) not in kept[0].body
    told = {
        each.field: each.value for each in get_openings(actor=filling.actor("retno"), entry_id=kept[0].pk)
    }
    assert str(fourth.person.uid).encode() in told["person"]
    assert StepAct.objects.filter(decision__uid=decision).count() == 1  # of the secretary: nothing half-done

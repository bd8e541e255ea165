"""One decision as a story, and the form of one's turn."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from pamong.decisions import models, services
from pamong.decisions.choices import Answer, OrderEndKind, Part, Reach, Stage, State, Verdict
from pamong.decisions.queries import departure_labels
from pamong.web.decisions import words
from tests.support.deciding import APPLIED, GATES, WHY, Desk
from tests.support.people import AT
from tests.web.decisions.conftest import Browser, Send, hidden, plain


def test_a_sealed_decision_tells_its_whole_story(desk: Desk, read: Any) -> None:
    uid = desk.propose(content={"gates": {"age": "warn"}})
    desk.answer("chief", uid, Answer.REFUSE, reason="Tidak ada penggantinya hari itu")
    desk.answer("above", uid, reasons={"age": WHY})
    text = read("own", "decision", uid)
    for told in (
        "Tugas survei", "Ditetapkan", "Suparman", "800/1/UJI/2026", "Kepala Dinas, Dinas Kesehatan",
        "Tidak ada penggantinya hari itu", WHY, "Perlu alasan", "Terpenuhi", "Pasal 1",
        "Sekretaris Daerah, Sekretariat Daerah", "Belum bersegel",
    ):  # fmt: skip
        assert told in text, told
    assert "Giliran Anda" not in text


def test_a_gate_that_changed_tells_what_it_said_before(desk: Desk, read: Any) -> None:
    uid = desk.propose()
    desk.answer("chief", uid)
    GATES["age"] = "warn"
    text = read("above", "decision", uid)
    assert re.search(
        r"dulu</span> <del>Terpenuhi: age allow\.</del>.*sekarang.*Perlu alasan: age warn\.", text
    )


def test_others_do_not_learn_that_it_is_there(desk: Desk, read: Any) -> None:
    assert "Suparman" not in read("foreign", "decision", desk.propose(), status=404)


def test_an_answer_moves_it_on(desk: Desk, answer: Send) -> None:
    uid = desk.propose()
    assert answer("chief", uid, "agree").status_code == 302
    assert desk.inbox("above") == [uid]
    assert answer("above", uid, "agree").status_code == 302
    assert models.Decision.objects.get(uid=uid).state == State.SEALED.value


def test_a_no_without_a_reason_leads_to_its_field_and_loses_nothing(desk: Desk, answer: Send) -> None:
    uid = desk.propose()
    back = answer("chief", uid, "refuse", alasan="tidak")
    text = plain(back)
    assert back.status_code == 422
    assert 'href="#id_alasan"' in text and ">tidak</textarea>" in text
    assert re.search(r'value="refuse" checked', text)
    assert models.StepAct.objects.count() == 0


def test_scene_8_a_warning_is_not_signed_without_its_reason(desk: Desk, answer: Send) -> None:
    uid = desk.propose(content={"gates": {"age": "warn"}})
    desk.answer("chief", uid)
    back = answer("above", uid, "agree", alasan="Sudah dibahas dalam rapat")
    text = plain(back)
    assert back.status_code == 422
    assert 'href="#id_syarat_age"' in text and "Sudah dibahas dalam rapat" in text
    assert answer("above", uid, "agree", syarat_age=WHY).status_code == 302
    assert models.GateRow.objects.get(stage="signed", code="age").reason == WHY


def test_gates_that_changed_meanwhile_are_shown_again_with_what_was_typed(
    desk: Desk, client_of: Browser
) -> None:
    uid = desk.propose()
    desk.answer("chief", uid)
    client, path = client_of("above"), reverse("decisions:decision", args=[uid])
    sent = hidden(client.get(path))
    GATES["age"] = "warn"
    back = client.post(path, {**sent, "jawaban": "agree", "syarat_age": WHY, "alasan": "setuju saja"})
    text = plain(back)
    assert back.status_code == 422
    assert "Syarat berubah sejak halaman ini dibuka" in text
    assert text.count("Berubah sejak halaman ini dibuka") == 1
    assert WHY in text and "setuju saja" in text
    again = client.post(path, {**hidden(back), "jawaban": "agree", "syarat_age": WHY})
    assert again.status_code == 302


@pytest.mark.parametrize("mark", ["", "0123456789abcdef", None])
def test_a_signature_without_the_mark_of_what_was_seen_is_not_taken(
    mark: str | None, desk: Desk, client_of: Browser
) -> None:
    uid = desk.propose()
    desk.answer("chief", uid)
    path = reverse("decisions:decision", args=[uid])
    sent = {"jawaban": "agree"} | ({} if mark is None else {"dilihat": mark})
    assert client_of("above").post(path, sent).status_code == 422
    assert models.Decision.objects.get(uid=uid).state == State.WAITING.value


def test_what_a_gate_stops_can_only_be_changed_or_refused(desk: Desk, read: Any, answer: Send) -> None:
    uid = desk.propose()
    desk.answer("chief", uid)
    GATES["rank"] = "unknown"
    text = read("above", "decision", uid)
    assert "Belum dapat disetujui begitu saja:" in text and "Belum diketahui" in text
    assert 'value="agree"' not in text and 'value="refuse"' in text
    assert answer("above", uid, "agree").status_code == 422
    assert answer("above", uid, "refuse", alasan=WHY).status_code == 302


def test_a_change_fills_in_the_fields_of_its_kind(desk: Desk, answer: Send, read: Any) -> None:
    uid = desk.propose()
    desk.answer("chief", uid)
    assert 'name="ubah-task" value="survei"' in read("above", "decision", uid).replace(" required", "")
    back = answer("above", uid, "change", alasan=WHY, **{"ubah-task": ""})
    assert back.status_code == 422 and "#id_ubah-task" in plain(back)
    assert answer("above", uid, "change", alasan=WHY, **{"ubah-task": "sensus"}).status_code == 302
    assert APPLIED[-1].case.content["task"] == "sensus"
    text = read("own", "decision", uid)
    assert "Tugas sensus" in text and "diusulkan: survei" in text


def test_what_an_opinion_would_have_otherwise_is_told(desk: Desk, read: Any, answer: Send) -> None:
    uid = desk.propose()
    assert answer("chief", uid, "change", alasan=WHY, **{"ubah-task": "sensus"}).status_code == 302
    text = read("above", "decision", uid)
    assert "Tugas: sensus" in text and "<h1>Tugas survei</h1>" in text
    desk.answer("above", uid)
    assert desk.story("own", uid).told.title == "Tugas survei", "an opinion is advice"


def test_case_S_07_what_is_not_asked_for_changes_nothing(
    desk: Desk, answer: Send, client_of: Browser
) -> None:
    uid = desk.propose()
    more = {
        "state": "sealed", "person": str(desk.people.city.ids["foreign"]), "number": "800/99", "place": "1",
        "kind": "x", "content": "{}", "odd": "on", "title": "Lain", "entered_by": "1", "actor": "1",
    }  # fmt: skip
    before = models.Decision.objects.filter(uid=uid).values(
        "state", "person_id", "title", "content", "entered_by_id", "kind"
    )[0]
    assert answer("chief", uid, "agree", **more).status_code == 302
    after = models.Decision.objects.filter(uid=uid).values(*before)[0]
    assert after == before
    assert answer("above", uid, "agree", **more).status_code == 302
    assert models.Order.objects.get().number == "800/1/UJI/2026"


@pytest.mark.parametrize("who", ["own", "retno"])
def test_who_sees_it_and_is_not_asked_is_refused(who: str, desk: Desk, client_of: Browser) -> None:
    uid = desk.propose()
    path = reverse("decisions:decision", args=[uid])
    back = client_of(who).post(path, {"jawaban": "agree", "dilihat": ""})
    assert back.status_code == 403 and "bukan giliran Anda" in plain(back)
    assert models.StepAct.objects.count() == 0


def test_what_was_answered_meanwhile_is_told(desk: Desk, client_of: Browser) -> None:
    uid = desk.sealed()
    back = client_of("above").post(
        reverse("decisions:decision", args=[uid]), {"jawaban": "agree"}, follow=True
    )
    assert "sudah ditetapkan" in plain(back)


def test_withdrawing_asks_once_more_and_why_where_it_is_about_another(desk: Desk, client_of: Browser) -> None:
    own, other = desk.propose(), desk.propose("clerk", about="own")
    path = reverse("decisions:withdraw", args=[own])
    assert "tetap tercatat" in plain(client_of("own").get(path))
    assert client_of("own").post(path, {"ya": "1"}).status_code == 302
    path = reverse("decisions:withdraw", args=[other])
    assert client_of("clerk").post(path, {}).status_code == 422
    assert client_of("clerk").post(path, {"reason": "x"}).status_code == 422
    assert client_of("clerk").post(path, {"reason": WHY}).status_code == 302
    assert set(models.Decision.objects.values_list("state", flat=True)) == {State.WITHDRAWN.value}
    story = plain(client_of("own").get(reverse("decisions:decision", args=[other])))
    assert WHY in story and "Ditarik" in story, "whom it is about reads why"
    assert client_of("foreign").get(path).status_code == 404


def test_who_did_not_propose_it_does_not_withdraw_it(desk: Desk, client_of: Browser) -> None:
    path = reverse("decisions:withdraw", args=[desk.propose()])
    assert client_of("chief").post(path, {"reason": WHY}).status_code == 404


def test_the_inspector_objects_and_is_content_again(
    desk: Desk, client_of: Browser, read: Any, answer: Send
) -> None:
    uid = desk.propose()
    desk.answer("chief", uid)
    retno, path = client_of("retno"), reverse("decisions:object", args=[uid])
    assert retno.post(path, {"by": "Inspektorat", "text": "pendek"}).status_code == 422
    assert retno.post(path, {"by": "Inspektorat Kota", "text": WHY}).status_code == 302
    text = read("above", "decision", uid)
    assert "Inspektorat Kota mengajukan keberatan" in text and 'value="agree"' not in text
    assert answer("above", uid, "agree").status_code == 422
    lift = reverse("decisions:lift", args=[models.Objection.objects.get().uid])
    assert client_of("above").get(lift).status_code == 404
    assert lift in plain(retno.get(reverse("decisions:decision", args=[uid])))
    assert retno.post(lift, {"reason": WHY}).status_code == 302
    assert answer("above", uid, "agree").status_code == 302
    assert "Keberatan dicabut" in read("own", "decision", uid)


@pytest.mark.parametrize("who", ["own", "chief", "above", "mayor"])
def test_only_who_inspects_objects(who: str, desk: Desk, client_of: Browser) -> None:
    path = reverse("decisions:object", args=[desk.propose()])
    assert client_of(who).get(path).status_code == 403


def test_what_is_mine_stands_with_how_it_stands(desk: Desk, read: Any) -> None:
    desk.sealed()
    desk.propose("clerk", about="own", content={"task": "lain"})
    text = read("own", "mine")
    assert "Tugas survei" in text and "Ditetapkan" in text
    assert "Tugas lain" in text and "Pertimbangan atasan langsung" in text
    assert "Belum ada usulan" in read("foreign", "mine")


def test_an_order_that_ended_says_by_which(desk: Desk, read: Any) -> None:
    old, new = desk.sealed(), desk.sealed()
    orders = {each.decision.uid: each for each in models.Order.objects.select_related("decision")}
    services.end_order(
        actor=desk.actor("above"), basis=orders[new].basis_id, order=orders[old].uid,
        how=OrderEndKind.REPLACED, by=orders[new].uid,
    )  # fmt: skip
    text = read("own", "decision", old)
    assert "Diganti" in text and "oleh surat nomor 800/2/UJI/2026" in text


def test_labels_that_pages_translate_are_those_of_the_domain() -> None:
    kinds = (State, Part, Answer, Verdict, Stage, Reach, OrderEndKind)
    assert {str(text) for text in words.LABELS} == {
        each.label for kind in kinds for each in kind if each.label
    }
    assert {str(text) for text in words.VERBS} == {each.verb for each in Answer}
    assert {key: str(text) for key, text in words.EXCEPTIONS.items()} == departure_labels()


def test_states_speak_english_to_who_chose_it(desk: Desk, client_of: Browser) -> None:
    client = client_of("own")
    client.cookies["django_language"] = "en"
    text = plain(client.get(reverse("decisions:decision", args=[desk.propose()])))
    assert "Waiting" in text and "Met" in text
    translation.activate("id")
    assert AT

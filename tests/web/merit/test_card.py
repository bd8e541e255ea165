"""The part of the home page about vacancies: sheets to fill in, and posts to apply for."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pamong.merit import queries, services
from tests.support.filling import CLOSED, Filling
from tests.web.merit.conftest import Page, browser


def test_who_could_apply_is_told_until_he_did_and_the_panel_is_not(filling: Filling, page: Page) -> None:
    vacancy = filling.announced()
    assert vacancy.title in page("c1", "merit:card") and "dapat dilamar sampai 26 November 2026" in page(
        "c1", "merit:card"
    )
    assert reverse("merit:card") in browser(filling, "c1").get(reverse("home")).content.decode()
    filling.apply(vacancy, "c1")
    assert vacancy.title not in page("c1", "merit:card")
    assert vacancy.title not in page("p1", "merit:card"), "who judges does not apply"


def test_a_member_is_told_of_his_sheet_until_it_is_whole(filling: Filling) -> None:
    vacancy = filling.closed("c1", "c2", "c5")  # c5 is kept out, and owes nobody a score
    filling.sit(vacancy)

    def waits(who: str) -> list[str]:
        return [row.title for row in queries.get_brief(actor=filling.actor(who, CLOSED)).to_score]

    assert waits("p1") == [vacancy.title] and waits("c1") == []
    runs = {row.uid for row in vacancy.applications.exclude(person_id=filling.person("c5"))}
    sheet = [each for each in filling.sheet(vacancy) if each.application in runs]
    services.give_scores(**filling.who("p1", CLOSED), vacancy=vacancy.uid, scores=sheet[:-1])
    assert waits("p1") == [vacancy.title]
    services.give_scores(**filling.who("p1", CLOSED), vacancy=vacancy.uid, scores=sheet[-1:])
    assert waits("p1") == []
    services.recuse(**filling.who("p2", CLOSED), vacancy=vacancy.uid, reason="tetangga pelamar")
    assert waits("p2") == []


def test_it_takes_one_question(filling: Filling) -> None:
    filling.announced()
    actor = filling.actor("c1")
    with CaptureQueriesContext(connection) as caught:
        assert queries.get_brief(actor=actor).open == 1
    assert len(caught) == 1


def test_a_visitor_reads_how_far_each_result_is(filling: Filling, page: Page) -> None:
    vacancy = filling.locked()
    assert "Menunggu penetapan" in page("", "merit:public")
    assert "memilih satu dari nama yang disampaikan" in page("", "merit:public_result", vacancy.uid)
    filling.choose(filling.put(vacancy), "c1")
    listed, told = page("", "merit:public"), page("", "merit:public_result", vacancy.uid)
    assert "Terisi" in listed and "Menunggu penetapan" not in listed
    assert "821.2/1/2026" in told and "Periksa keaslian dokumen" in told
    assert vacancy.title.endswith("Dinas Kesehatan"), "the office stands in the title"

"""What the appointing official finds on the home page: signatures, empty posts, budget, departures."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pamong.merit import queries
from pamong.organisation.models import Unit
from pamong.pay import path
from tests.support.deciding import WHY
from tests.support.filling import CLOSED, Filling
from tests.support.people import TODAY
from tests.web.merit.conftest import Page, browser

MOST_QUERIES = 10


def counted(filling: Filling, name: str) -> str:
    """A page of the mayor's, in few questions to the database."""
    client = browser(filling, "mayor")
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(reverse(name))
    assert len(caught) <= MOST_QUERIES, [query["sql"][:100] for query in caught.captured_queries]
    return answer.content.decode()


def test_the_home_page_of_the_mayor_fetches_it_and_nobody_elses(filling: Filling, page: Page) -> None:
    assert f'hx-get="{reverse("leading")}"' in counted(filling, "home")
    assert reverse("leading") not in browser(filling, "nurul").get(reverse("home")).content.decode()
    page("nurul", "leading", status=403)
    page("c1", "leading", status=403)


def test_a_choice_that_passed_over_the_first_is_told_with_its_reason(filling: Filling, page: Page) -> None:
    before = page("mayor", "leading")
    assert "Belum ada pengangkatan dari seleksi." in before and "Kepala Seksi Pelayanan" in before
    vacancy = filling.locked()
    decision = filling.put(vacancy, CLOSED)
    assert f"Pengangkatan {vacancy.title}" in page("mayor", "leading")
    filling.choose(decision, "c2")
    text = counted(filling, "leading")
    assert "1 dari 1 pengangkatan dari seleksi." in text and WHY in text and "peringkat 2" in text
    listed = page("retno", "merit:departures")
    assert WHY in listed and "821.2/1/2026" in listed and "Terbanyak berturut-turut" in listed
    page("c1", "merit:departures", status=403)


def test_the_first_is_no_departure(filling: Filling, page: Page) -> None:
    vacancy = filling.locked()
    filling.choose(filling.put(vacancy), "c1")
    assert "Semua pengangkatan dari seleksi mengambil peringkat pertama." in page("mayor", "leading")
    found = queries.list_departures(actor=filling.actor("mayor"), since=TODAY.replace(month=1, day=1))
    assert (found.choices, list(found.rows)) == (1, [])


def test_the_budget_that_is_left_is_told_and_what_is_not_known_is_said(filling: Filling, page: Page) -> None:
    assert "sisanya belum diketahui" in page("mayor", "leading")
    opd = Unit.objects.get(code="dinkes").uid
    plan = {"opd": opd, "year": TODAY.year, "amount": 2_500_000_000, "document": "DPA/1"}
    uid = path.propose_budget(**filling.who("nurul"), **plan)
    path.decide_budget(**filling.who("wahyu"), uid=uid, agree=True)
    text = page("mayor", "leading")
    assert "Rp2.500.000.000" in text and "belum punya pagu" in text
    rows = page("mayor", "pay:budgets")
    assert "DPA/1" in rows and "Usulkan pagu" not in rows and "Setujui" not in rows

"""The home page leads to work: what waits for each role with its number, and a superior's team."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pamong.access import requests
from pamong.access import services as access
from pamong.access.choices import RequestKind
from pamong.access.models import User
from pamong.kernel.actor import Actor
from tests.support.people import AT, TODAY, People

MOST_QUERIES = 10


def home(username: str) -> str:
    browser = Client()
    browser.force_login(User.objects.get(username=username))
    with CaptureQueriesContext(
        connection,
    ) as caught:
        answer = browser.get(reverse("home"))
    assert answer.status_code == 200
    assert len(caught) <= MOST_QUERIES, [query["sql"][:120] for query in caught.captured_queries]
    return re.sub(r"\s+", " ", answer.content.decode())


def desk(username: str) -> str:
    """What the home page fetches when the rest is there."""
    browser = Client()
    browser.force_login(User.objects.get(username=username))
    return browser.get(reverse("presence:desk")).content.decode()


def test_proposals_wait_for_those_who_may_decide_them(people: People) -> None:
    people.enter("nurul", "own", "contact", on=date(2026, 11, 1), values={"phone": "0812000111"})
    text = home("wahyu")
    assert "Usulan data" in text and "menunggu keputusan Anda" in text
    assert f'href="{reverse("entries:index")}">Putuskan' in text
    assert "menunggu keputusan Anda" not in home("nurul"), "nobody decides what he entered"
    assert "Tidak ada yang menunggu Anda." in desk("nurul") and "Tidak ada yang" not in home("nurul")
    assert "Menunggu Anda" not in home("employee")


def test_resets_wait_for_the_second_operator_alone(people: People) -> None:
    operator: Any = {"actor": Actor.operator("uji", TODAY), "at": AT}
    for name in ("galih", "erlangga"):
        access.create_user(**operator, username=name, display_name=name.title(), password=None)
        access.grant_role(
            **operator, username=name, role="system_operator", start_on=date(2026, 1, 1), reason="uji"
        )
    requests.ask_reset(
        actor=people.actor("galih"),
        at=AT,
        username="employee",
        kind=RequestKind.PASSWORD,
        reason="lupa kata sandi",
    )
    assert "menunggu operator kedua" in home("erlangga")
    assert "menunggu operator kedua" not in home("galih")


def test_a_superior_sees_his_team_and_what_comes_up_in_it(people: People) -> None:
    text = home("superior")
    assert "Tim Anda" in text and "Pegawai yang Anda pimpin" in text
    assert "Tim Anda" not in home("employee") and "Tim Anda" not in home("nurul")


def test_who_is_acting_or_ends_is_named(people: People) -> None:
    people.change(
        "mate", "employment", until=date(2027, 3, 1), values={"end_reason": "resigned"}, reason="surat"
    )
    text = home("superior")
    assert "Masa kerja atau kontrak berakhir" in text and "sampai 28 Februari 2027" in text

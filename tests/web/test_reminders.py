"""How much waits, on every page; and one's own choice of reminders by e-mail."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pamong.access.models import User
from pamong.ledger.models import Intake
from tests.support.corrections import open_correction, open_outage
from tests.support.papers import enter_leave
from tests.support.people import People
from tests.web.conftest import Read, SignIn

# Not of a page: of a part that a browser asks for once a minute, where something of every kind waits.
MOST_QUERIES = 16


def send(browser: Client, **values: str) -> Any:
    return browser.post(reverse("mail"), values)


def shown(text: str) -> str:
    """What the head says: its words, and the number where there is one."""
    return re.sub(r"<[^>]+>", "", text).strip()


def test_the_head_leads_to_what_waits_and_fetches_how_much(people: People, read: Read) -> None:
    text = read("superior", "profile")
    assert f'class="bell" href="{reverse("home")}#waiting"' in text
    assert f'hx-get="{reverse("count")}"' in text and "Menunggu Anda</span>" in text
    assert 'class="bell"' not in read("superior", "home"), "the home page lists it"
    assert 'class="bell"' not in read("employee", "profile"), "nothing ever waits for him there"


def test_the_number_is_what_the_home_page_lists(people: People, browser: SignIn) -> None:
    assert shown(browser("superior").get(reverse("count")).content.decode()) == ""
    open_correction(people.city.ids["own"], "employee")
    open_outage("pkm_melati", "unit_clerk")
    enter_leave(people, "own")
    assert shown(browser("superior").get(reverse("count")).content.decode()) == ": 2"
    assert shown(browser("wahyu").get(reverse("count")).content.decode()) == ": 2"
    assert shown(browser("nurul").get(reverse("count")).content.decode()) == ": 1"


@pytest.mark.parametrize("username", ["superior", "wahyu", "unit_clerk", "arif", "employee"])
def test_the_number_takes_a_bounded_number_of_questions_once_a_minute(
    username: str, people: People, browser: SignIn, django_assert_max_num_queries: Any
) -> None:
    open_correction(people.city.ids["own"], "employee")
    open_outage("pkm_melati", "unit_clerk")
    enter_leave(people, "own")
    signed_in = browser(username)
    with django_assert_max_num_queries(MOST_QUERIES, connection=connection):
        answer = signed_in.get(reverse("count"))
    assert "private" in answer["Cache-Control"] and "max-age=60" in answer["Cache-Control"]
    assert "Cookie" in answer["Vary"], "the number of one account is never shown to another"


def test_the_head_itself_asks_nothing(people: People, browser: SignIn, monkeypatch: Any) -> None:
    signed_in = browser("superior")

    def questions() -> int:
        with CaptureQueriesContext(connection) as caught:
            signed_in.get(reverse("law:index"))
        return len(caught)

    shows = questions()
    monkeypatch.setattr("pamong.web.nav.has_count", lambda actor: False)
    assert questions() == shows


# --- One's own choice ---


def test_reminders_are_on_until_one_says_no(people: People, browser: SignIn, read: Read) -> None:
    own = browser("employee")
    answer = send(own, alamat=" suparman@uji.example ", pengingat="on")
    assert answer.status_code == 302 and answer["Location"].endswith("/profil/#surel")
    user = User.objects.get(username="employee")
    assert (user.email, user.wants_mail) == ("suparman@uji.example", True)
    assert send(own, alamat="suparman@uji.example").status_code == 302
    assert not User.objects.get(username="employee").wants_mail
    text = read("employee", "profile")
    assert "suparman@uji.example" in text and "Surel pengingat" in text
    kinds = Intake.objects.filter(kind="access.mail_chosen")
    assert kinds.count() == 2 and all("suparman@" not in str(row.body) for row in kinds)


def test_no_address_and_no_reminders_is_a_choice_too(people: People, browser: SignIn) -> None:
    own = browser("employee")
    send(own, alamat="suparman@uji.example", pengingat="on")
    assert send(own, alamat="").status_code == 302
    assert User.objects.get(username="employee").email is None


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "Tulis alamat surel yang lengkap"),
        ("suparman", "Tulis alamat surel yang lengkap"),
        ("a@uji.example\nBcc: b@uji.example", "Tulis alamat surel yang lengkap"),
        ("NURUL@uji.example", "sudah dipakai akun lain"),
        (f"{'a' * 260}@uji.example", "Alamat surel paling panjang 254 huruf"),
    ],
)
def test_what_is_no_address_of_ones_own_is_told(
    address: str, words: str, people: People, browser: SignIn
) -> None:
    User.objects.filter(username="nurul").update(email="nurul@uji.example")
    answer = send(browser("employee"), alamat=address, pengingat="on")
    assert answer.status_code == 422 and words in answer.content.decode()
    assert User.objects.get(username="employee").email is None


def test_the_profile_says_where_no_mail_is_sent(people: People, read: Read, settings: Any) -> None:
    settings.PAMONG_MAIL = {}
    assert "Situs ini belum mengirim surel." in read("employee", "profile")
    settings.PAMONG_MAIL = {"backend": "x"}
    assert "Situs ini belum mengirim surel." not in read("employee", "profile")

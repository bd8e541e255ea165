"""Accounts on their pages: roles are given, and a password is made anew by two operators and its owner."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pamong.access import clock, queries, services
from pamong.access.choices import RESETS, RequestState
from pamong.access.models import Grant, User
from pamong.kernel.actor import Actor
from pamong.web import formats
from pamong.web.accounts import words
from tests.support.organisation import officer, small_city

pytestmark = pytest.mark.django_db
NEW = "sebelas-gajah-menari"


@pytest.fixture
def operators(operator: Actor, at: datetime, settings: object) -> dict[str, Client]:
    """Two operators and a clerk, signed in."""
    settings.PAMONG_SECOND_FACTOR = False  # type: ignore[attr-defined]
    clients = {}
    for name in ("hendra", "lestari", "klerk"):
        services.create_user(
            actor=operator, at=at, username=name, display_name=name.title(), password="rahasia-lama-9"
        )
        role = "unit_clerk" if name == "klerk" else "system_operator"
        services.grant_role(
            actor=operator, at=at, username=name, role=role, start_on=date(2020, 1, 1), reason="uji"
        )
        clients[name] = Client()
        clients[name].force_login(User.objects.get(username=name))
    return clients


def ask(client: Client, name: str = "klerk", **data: str) -> HttpResponse:
    """A reset of the password, or whatever is sent instead."""
    reset = {"langkah": "atur-ulang", "kind": "password", "why": "Lupa kata sandi"}
    answer: HttpResponse = client.post(reverse("accounts:account", args=[name]), data or reset)
    return answer


def role(name: str = "inspector", unit: str = "", reason: str = "SK mutasi 800/12") -> dict[str, str]:
    """What asks for a role."""
    return {"langkah": "peran", "role": name, "unit": unit, "reason": reason}


def decide(client: Client, choice: str = "laksanakan", reason: str = "") -> str:
    """What the page says of the first request that this operator may decide or withdraw; '' for none."""
    page = client.get(reverse("accounts:requests")).content.decode()
    found = re.search(r'name="permintaan" value="([^"]+)"', page)
    if found is None or f'name="putusan" value="{choice}"' not in page:
        return ""
    data = {"permintaan": found[1], "putusan": choice, "alasan": reason}
    return client.post(reverse("accounts:requests"), data, follow=True).content.decode()


def carry_out(client: Client) -> str:
    """The one-time link of a reset; '' where there is none."""
    link = re.search(r"http://[^<\s]+/sandi-baru/[^<\s]+", decide(client))
    return link[0] if link else ""


def test_two_operators_and_the_owner_make_a_new_password(operators: dict[str, Client]) -> None:
    assert ask(operators["hendra"]).status_code == 302
    assert carry_out(operators["hendra"]) == "", "who asked does not carry it out"
    link = carry_out(operators["lestari"])
    path = link.partition("testserver")[2]
    assert operators["klerk"].get(reverse("profile")).status_code == 302, "the old session has ended"
    owner = Client()
    assert owner.post(path, {"password1": "12345678", "password2": "12345678"}).status_code == 422
    assert owner.post(path, {"password1": NEW, "password2": "lain"}).status_code == 422
    assert owner.post(path, {"password1": NEW, "password2": NEW}).status_code == 302
    assert User.objects.get(username="klerk").check_password(NEW)
    assert owner.get(path).status_code == 404, "the link ends with its use"


def test_nobody_resets_or_promotes_himself(operators: dict[str, Client]) -> None:
    page = operators["hendra"].get(reverse("accounts:account", args=["hendra"])).content.decode()
    assert "Minta atur ulang" not in page and "Minta peran" not in page
    assert ask(operators["hendra"], "hendra", **role()).status_code == 403
    reset = {"langkah": "atur-ulang", "kind": "password", "why": "Lupa kata sandi"}
    assert ask(operators["hendra"], "hendra", **reset).status_code == 403


@pytest.mark.parametrize("name", ["personnel_officer", "unit_clerk", "system_operator"])
def test_one_operator_alone_makes_nobody_an_officer(operators: dict[str, Client], name: str) -> None:
    """He makes the account, asks for the role with whatever reason, and decides: the role does not hold."""
    data = {"username": "teman", "display_name": "Teman Lama"}
    operators["hendra"].post(reverse("accounts:index"), data)
    told = ask(operators["hendra"], "teman", **role(name, reason="tes"))
    assert told.status_code == 422 and "Tulis alasannya dengan kata-kata" in told.content.decode()
    assert ask(operators["hendra"], "teman", **role(name)).status_code == 302
    assert decide(operators["hendra"]) == "", "who asked does not decide"
    assert not Grant.objects.filter(user__username="teman").exists()
    waiting = operators["hendra"].get(reverse("accounts:account", args=["teman"])).content.decode()
    assert "Menunggu operator kedua" in waiting and "Diminta oleh Hendra" in waiting
    assert "Peran diberikan mulai hari ini" in decide(operators["lestari"])
    assert queries.named_actor("teman", clock.today()).has_role(name)


def test_a_role_is_refused(operators: dict[str, Client]) -> None:
    ask(operators["hendra"], **role())
    again = ask(operators["hendra"], **role())
    assert again.status_code == 422 and "masih menunggu operator kedua" in again.content.decode()
    short = decide(operators["lestari"], "tolak", "tidak")
    assert "Tulis alasannya dengan kata-kata" in short and 'value="tidak"' in short
    assert "Permintaan ditolak" in decide(operators["lestari"], "tolak", "SK itu belum terbit")
    assert not Grant.objects.filter(role="inspector").exists()
    listed = operators["hendra"].get(reverse("accounts:requests")).content.decode()
    assert "SK itu belum terbit" in listed
    assert "Ditolak" in listed and "Lestari" in listed and "mencakup seluruh pemerintah daerah" in listed


def test_who_asked_withdraws_it(operators: dict[str, Client]) -> None:
    ask(operators["hendra"], **role())
    page = operators["lestari"].get(reverse("accounts:requests")).content.decode()
    assert "Tarik permintaan" not in page
    uid = re.search(r'name="permintaan" value="([^"]+)"', page)
    data = {"permintaan": uid[1] if uid else "", "putusan": "tarik"}
    told = operators["lestari"].post(reverse("accounts:requests"), data, follow=True).content.decode()
    assert "tidak ada atau sudah diputuskan" in told and "Ditarik" not in told
    told = decide(operators["hendra"], "tarik")
    assert "Permintaan ditarik." in told and "Ditarik peminta" in told
    assert decide(operators["lestari"]) == ""
    assert ask(operators["hendra"], **role()).status_code == 302


def test_the_form_says_which_role_knows_no_unit(operators: dict[str, Client]) -> None:
    page = operators["hendra"].get(reverse("accounts:account", args=["klerk"])).content.decode()
    assert "Peran Operator sistem selalu mencakup seluruhnya." in page
    told = ask(operators["hendra"], **role("system_operator", unit="dinkes"))
    assert told.status_code == 422
    assert "Peran Operator sistem hanya mencakup seluruh pemerintah daerah." in told.content.decode()


def end_of(client: Client, grant: Grant, reason: str | None = None) -> HttpResponse:
    """The page that asks why a role ends, or what it answers."""
    path = reverse("accounts:end", args=[grant.user.username, grant.uid])
    answer: HttpResponse = (
        client.get(path) if reason is None else client.post(path, {"alasan": reason}, follow=True)
    )
    return answer


def test_a_role_ends_on_a_page_that_says_what_ends_with_a_reason(operators: dict[str, Client]) -> None:
    grant = Grant.objects.get(user__username="klerk", role="unit_clerk")
    page = end_of(operators["hendra"], grant).content.decode()
    assert "Akhiri peran" in page and "Petugas unit" in page and "1 Januari 2020" in page
    assert "mulai hari ini peran ini tidak berlaku lagi" in page and "perlu dua operator" in page
    for reason, sentence in (("", "Alasan belum diisi."), ("tes", "Tulis alasannya dengan kata-kata")):
        told = end_of(operators["hendra"], grant, reason)
        assert told.status_code == 422 and sentence in told.content.decode()
    assert queries.named_actor("klerk", clock.today()).has_role("unit_clerk")
    told = end_of(operators["hendra"], grant, "Pindah ke dinas lain")
    assert "Mulai hari ini peran itu tidak berlaku lagi" in told.content.decode()
    assert not queries.named_actor("klerk", clock.today()).has_role("unit_clerk")
    assert Grant.objects.get(supersedes=grant).reason == "Pindah ke dinas lain"
    gone = end_of(operators["hendra"], grant)
    assert gone.status_code == 404 and "sudah diganti" in gone.content.decode()


def test_a_role_that_was_ended_is_asked_for_again_and_takes_two(operators: dict[str, Client]) -> None:
    grant = Grant.objects.get(user__username="klerk", role="unit_clerk")
    end_of(operators["hendra"], grant, "Pindah ke dinas lain")
    page = operators["hendra"].get(reverse("accounts:account", args=["klerk"])).content.decode()
    again = re.search(r'href="([^"#]+)#id_role">Minta lagi', page)
    assert again is not None
    form = operators["hendra"].get(again[1].replace("&amp;", "&")).content.decode()
    assert '<option value="unit_clerk" selected>' in form
    assert ask(operators["hendra"], **role("unit_clerk")).status_code == 302
    assert not queries.named_actor("klerk", clock.today()).has_role("unit_clerk")
    decide(operators["lestari"])
    assert queries.named_actor("klerk", clock.today()).has_role("unit_clerk")


def test_the_list_of_roles_leads_to_that_page_and_ends_nothing_itself(operators: dict[str, Client]) -> None:
    grant = Grant.objects.get(user__username="klerk")
    page = operators["hendra"].get(reverse("accounts:account", args=["klerk"])).content.decode()
    path = reverse("accounts:end", args=["klerk", grant.uid])
    assert f'<a href="{path}">Akhiri' in page
    assert f'action="{path}"' not in page
    assert operators["klerk"].get(path).status_code == 403
    assert operators["hendra"].get(reverse("accounts:end", args=["hendra", grant.uid])).status_code == 404


def test_an_account_is_made_without_a_password(operators: dict[str, Client]) -> None:
    path = reverse("accounts:index")
    made = operators["hendra"].post(path, {"username": "Baru", "display_name": "Orang Baru"})
    assert made.headers["Location"].endswith("/akun/baru/")
    assert not User.objects.get(username="baru").has_usable_password()
    told = operators["hendra"].post(path, {"username": "baru", "display_name": "Lagi"})
    assert told.status_code == 422 and "sudah dipakai" in told.content.decode()
    assert operators["klerk"].get(path).status_code == 403


@pytest.mark.parametrize("name", ["a/b", "a b", "..", "permintaan"])
def test_a_name_that_no_address_holds_is_refused_and_the_list_goes_on(
    operators: dict[str, Client], name: str
) -> None:
    path = reverse("accounts:index")
    told = operators["hendra"].post(path, {"username": name, "display_name": "Orang Baru"})
    assert told.status_code == 422 and "Nama pengguna" in told.content.decode()
    assert not User.objects.filter(display_name="Orang Baru").exists()
    assert operators["lestari"].get(path).status_code == 200


def test_a_role_ended_on_its_first_day_stays_listed_with_the_instant(operators: dict[str, Client]) -> None:
    ask(operators["hendra"], **role())
    decide(operators["lestari"])
    grant = Grant.objects.get(user__username="klerk", role="inspector")
    path = reverse("accounts:account", args=["klerk"])
    assert "Batalkan" not in operators["hendra"].get(path).content.decode()
    asked = end_of(operators["hendra"], grant).content.decode()
    assert "Akhiri peran" in asked and "tidak pernah berlaku" not in asked
    end = end_of(operators["hendra"], grant, "Salah pilih orang").content.decode()
    assert "Ia berlaku beberapa saat pada hari ini" in end and "hari mana pun" not in end
    assert not queries.named_actor("klerk", clock.today()).has_role("inspector")
    grant.refresh_from_db()
    page = re.sub(r"\s+", " ", operators["lestari"].get(path).content.decode())
    assert "Inspektorat</th>" in page and "berlaku beberapa saat pada hari itu" in page
    assert formats.waktu(grant.superseded_at) in page
    assert reverse("accounts:end", args=["klerk", grant.uid]) not in page


def test_a_role_that_has_yet_to_begin_is_taken_back_and_was_never_held(
    operators: dict[str, Client], operator: Actor, at: datetime
) -> None:
    start_on = clock.today() + timedelta(days=9)
    services.grant_role(actor=operator, at=at, username="klerk", role="inspector", start_on=start_on)
    grant = Grant.objects.get(user__username="klerk", role="inspector")
    assert "Batalkan peran" in end_of(operators["hendra"], grant).content.decode()
    end = end_of(operators["hendra"], grant, "Salah pilih orang").content.decode()
    assert "tidak berlaku pada hari mana pun" in end and "Inspektorat</th>" not in end


def test_a_role_over_a_unit_that_is_not_there_is_refused(operators: dict[str, Client], at: datetime) -> None:
    small_city(officer(date(2026, 11, 10)), at)
    told = ask(operators["hendra"], **role(unit="typo_unit"))
    assert told.status_code == 422 and "typo_unit" in told.content.decode()
    assert not Grant.objects.filter(role="inspector").exists()


@pytest.mark.parametrize("uid", ["", "bukan-id", "' OR 1", "01900000-0000-7000-8000-000000000000"])
def test_a_tampered_request_is_told_in_our_words(operators: dict[str, Client], uid: str) -> None:
    for choice in ("laksanakan", "tolak"):
        data = {"permintaan": uid, "putusan": choice}
        told = operators["hendra"].post(reverse("accounts:requests"), data, follow=True).content.decode()
        assert "Permintaan ini tidak ada atau sudah diputuskan." in told
        assert "badly formed" not in told and "hexadecimal" not in told


@pytest.mark.parametrize(
    ("sent", "sentences"),
    [
        ({"langkah": "peran", "role": "", "reason": ""}, ("Peran belum diisi.", "Alasan belum diisi.")),
        ({"langkah": "peran", "role": "raja", "reason": "x"}, ("Peran: pilih salah satu dari daftar.",)),
        ({"langkah": "atur-ulang"}, ("Yang diatur ulang belum diisi.", "Alasan belum diisi.")),
        ({"langkah": "lepas"}, ("Alasan belum diisi.",)),
        ({"langkah": "hubungkan", "person": "x"}, ("Pilih pegawainya dulu.", "Alasan belum diisi.")),
    ],
)
def test_what_is_wrong_names_the_field(
    operators: dict[str, Client], sent: dict[str, str], sentences: tuple[str, ...]
) -> None:
    told = ask(operators["hendra"], **sent)
    text = told.content.decode()
    assert told.status_code == 422
    for sentence in sentences:
        assert sentence in text
    assert "wajib diisi" not in text and "Bidang ini" not in text and "UUID" not in text


def test_a_new_account_without_a_name_names_the_field(operators: dict[str, Client]) -> None:
    told = operators["hendra"].post(reverse("accounts:index"), {}).content.decode()
    assert "Nama pengguna belum diisi." in told and "Nama lengkap belum diisi." in told


def test_an_account_that_is_not_there(operators: dict[str, Client]) -> None:
    assert operators["hendra"].get(reverse("accounts:account", args=["tiada"])).status_code == 404


def test_after_a_change_of_password_the_profile_says_so(operators: dict[str, Client]) -> None:
    data = {"oldpassword": "rahasia-lama-9", "password1": NEW, "password2": NEW}
    answer = operators["klerk"].post(reverse("account_change_password"), data)
    assert answer.headers["Location"] == reverse("profile")
    assert User.objects.get(username="klerk").check_password(NEW)
    page = operators["klerk"].get(reverse("profile")).content.decode()
    assert re.search("Kata sandi Anda sudah diganti.", page)


def test_pages_know_a_translation_of_each_word_of_a_request() -> None:
    asked = [kind.label for kind in RESETS] + [state.label for state in RequestState]
    assert {str(text) for text in words.LABELS} == set(asked)


# --- many accounts ---


def crowd(many: int) -> None:
    """So many accounts more, each with a role over a unit."""
    users = [User(username=f"pegawai{n:04}", display_name=f"Orang {n:04}") for n in range(many)]
    made = User.objects.bulk_create(users)
    given = Grant.objects.get(user__username="klerk")
    Grant.objects.bulk_create(
        Grant(user=user, role="unit_clerk", unit_path="dinkes", period=given.period, basis_id=given.basis_id)
        for user in made
    )


@pytest.mark.parametrize(
    ("path", "most"),
    [("/akun/", 12), ("/akun/?q=orang", 12), ("/akun/klerk/", 14), ("/akun/permintaan/", 12)],
)
def test_pages_of_accounts_ask_as_little_for_many_as_for_few(
    operators: dict[str, Client], path: str, most: int
) -> None:
    crowd(1)
    ask(operators["hendra"], **role())

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert operators["lestari"].get(path).status_code == 200
        return len(asked)

    few = count()
    crowd_more = [User(username=f"lain{n}", display_name=f"Orang lain {n}") for n in range(130)]
    User.objects.bulk_create(crowd_more)
    assert count() <= few <= most


def test_the_list_comes_in_pages_and_finds_by_name(operators: dict[str, Client]) -> None:
    crowd(120)
    read = operators["hendra"].get
    first = read("/akun/").content.decode()
    assert first.count('<th scope="row">') == 50 and "123 akun" in first
    assert "pegawai0119" not in first and 'aria-current="page">1<' in first
    last = read("/akun/?hal=3").content.decode()
    assert "pegawai0119" in last and 'aria-current="page">3<' in last
    found = read("/akun/?q=orang+0119").content.decode()
    assert "pegawai0119" in found and found.count('<th scope="row">') == 1 and "1 akun" in found
    assert "q=orang" in read("/akun/?q=orang").content.decode(), "the pages keep what is searched"
    assert "Tidak ada akun yang cocok" in read("/akun/?q=tiada").content.decode()

"""The path as pages: a month, a list, its steps by those whose part they are, and what a refusal keeps."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from pamong.access import clock
from pamong.access.models import ReadLog, User
from pamong.decisions.queries import count_inbox
from pamong.pay import path
from pamong.pay.choices import PathState
from pamong.pay.models import PayList
from pamong.pay.queries import count_turns
from pamong.web.pay import list_people
from tests.pay.conftest import office as office  # noqa: PLC0414 - the fixture
from tests.pay.support import Office, Someone, files_of
from tests.support.lists import ALL_STEPS, Government, build
from tests.support.month import MORNING
from tests.web.decisions.conftest import hidden

MOST_QUERIES = 10
A, B = "Dinas A", "Dinas B"
WHO = [Someone(1), Someone(2), Someone(3, opd=B), Someone(4, opd=B, fixed_income=None)]


@pytest.fixture
def town(office: Office, db: None, monkeypatch: pytest.MonkeyPatch) -> Government:
    """Two offices whose October is opened, on the demo's morning."""
    monkeypatch.setattr(clock, "now", lambda: MORNING)
    made = build(office, WHO)
    made.compute(WHO)
    made.open()
    return made


def as_(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def text(answer: HttpResponse) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def get(username: str, name: str, *args: object, query: str = "") -> str:
    answer = as_(username).get(reverse(f"pay:{name}", args=args) + query)
    assert answer.status_code == 200, answer.content[:400]
    return text(answer)


def send(username: str, uid: UUID, wish: str, **told: str) -> Any:
    return as_(username).post(reverse("pay:list_step", args=[uid]), {"langkah": wish, **told}, follow=True)


def test_the_month_shows_stages_totals_and_who_stands_beside(town: Government) -> None:
    page = get("checker", "month", 2026, "10")
    assert "0 dari 2 daftar sudah cair" in page
    assert "2 daftar, 3 orang" in page
    assert ("Di luar daftar" in page and "Gaji pokok" in page) or "Penghasilan" in page
    assert page.index(A) < page.index(B)
    down = get("checker", "month", 2026, "10", query="?urut=-opd")
    assert down.index(f">{B}<") < down.index(f">{A}<")
    assert f">{A}<" not in get("checker", "month", 2026, "10", query="?tahap=paid")
    assert as_("checker").get("/tpp/bulan/2026-13/").status_code == 404
    assert as_("checker").get("/tpp/bulan/").url == "/tpp/bulan/2026-10/"  # type: ignore[attr-defined]


def test_who_stands_on_no_list_is_named_to_his_office_and_found_by_the_reason(town: Government) -> None:
    name = next(each.name for each in WHO if each.fixed_income is None) or "ORANG 00004"
    before = ReadLog.objects.count()
    own = get("clerk_dinas_b", "list", town.row(B).uid)
    assert name in own[own.index("Di luar daftar") :]
    looks = ReadLog.objects.order_by("-id")[: ReadLog.objects.count() - before]
    assert any(town.persons[4].uid in each.subject_ids for each in looks)
    month = get("checker", "month", 2026, "10")
    href = re.search(r'href="([^"]*sebab=[^"]*)"', month[month.index("Di luar daftar") :])
    assert href is not None
    found = text(as_("checker").get(href[1].replace("&amp;", "&")))
    assert "1 orang cocok." in found and "Hanya yang sebabnya" in found


def test_lists_are_made_by_a_button_and_once(town: Government, settings: Settings) -> None:
    address = reverse("pay:open_lists", args=[2026, "10"])
    assert "peragaan tidak untuk dibayar" in text(as_("checker").post(address, follow=True))
    settings.PAMONG_DEMO = True  # only an example pays by an example
    assert "0 daftar dibuat, 0 disusun lagi, 2 tetap" in text(as_("checker").post(address, follow=True))
    assert as_("clerk_dinas_a").post(address).status_code == 403


def test_lists_of_the_wrong_region_are_made_anew_by_a_button_of_its_own(
    town: Government, settings: Settings
) -> None:
    settings.PAMONG_DEMO = True
    assert "wilayah lain" not in get("checker", "month", 2026, "10")
    other = town.office.run(files_of(WHO), profile="manado").uid
    page = get("checker", "month", 2026, "10")
    assert "Yang lebih baru: Kota Manado, peragaan, 3 orang" in page
    assert "wilayah lain" not in get("head_dinas_a", "month", 2026, "10")
    address, asked = reverse("pay:open_lists", args=[2026, "10"]), {"hitungan": str(other)}
    assert as_("head_dinas_a").post(address, asked).status_code == 403
    answer = as_("checker").post(address, asked, follow=True)
    assert "0 daftar dibuat, 2 disusun lagi, 0 tetap." in text(answer) and "wilayah lain" not in text(answer)
    stranger = as_("checker").post(address, {"hitungan": "01900000-0000-7000-8000-000000000000"})
    assert stranger.status_code == 404


def test_a_list_goes_its_way_by_those_whose_part_it_is(town: Government) -> None:
    uid = town.row(A).uid
    assert "Nyatakan lengkap" in get("clerk_dinas_a", "list", uid)
    assert "Tersegel".lower() in text(send("clerk_dinas_a", uid, "lengkap")).lower()
    seen = get("clerk_dinas_a", "list", uid)
    assert "Menunggu tanda tangan kepala Dinas A." in seen and "hanya untuk" not in seen
    assert "Lengkap, menunggu tanda tangan" in seen and "dinyatakan lengkap oleh" in seen
    who = ("head_dinas_a", "head_dinas_b", "clerk_dinas_a")
    turns = {name: count_turns(actor=town.as_(name)) for name in who}
    assert turns == dict.fromkeys(who, 0)  # whose turn it is, is counted once: as a decision
    waits = {name: count_inbox(actor=town.as_(name), at=MORNING).count for name in who}
    assert waits == {"head_dinas_a": 1, "head_dinas_b": 0, "clerk_dinas_a": 0}
    send("head_dinas_a", uid, "tanda-tangan")
    send("checker", uid, "periksa")
    assert "sudah dilakukan sebelumnya" in text(send("checker", uid, "periksa"))
    row = town.row(A)
    spm = {"spp_number": "SPP/1", "spm_number": "SPM/1", "spm_on": "03-11-2026"}
    off = send("treasurer", uid, "ajukan", **spm, amount=f"{row.gross + 1}")
    assert off.status_code == 422
    assert "berbeda Rp1 dari jumlah daftar ini" in text(off)
    assert 'value="SPM/1"' in text(off) and f'value="{row.gross + 1}"' in text(off)
    send("treasurer", uid, "ajukan", **spm, amount=f"{row.gross:,}".replace(",", "."))
    assert "SPM/1" in get("treasurer", "treasury")
    sp2d = {"number": "SP2D/1", "on": "05-11-2026", "amount": str(row.gross)}
    send("treasurer", uid, "sp2d", **sp2d)
    assert town.row(A).state is PathState.PAID
    assert "5 November 2026, SP2D nomor SP2D/1" in get("checker", "list", uid)


def test_the_list_leads_to_the_decision_that_closes_it(town: Government) -> None:
    """While it waits, and afterwards from its story."""
    uid = town.row(A).uid
    send("clerk_dinas_a", uid, "lengkap")
    decision = reverse("decisions:decision", args=[town.view(A).closing])
    for who in ("clerk_dinas_a", "head_dinas_a", "checker"):
        assert f'href="{decision}"' in get(who, "list", uid)
        told = text(as_(who).get(decision))
        assert f"Daftar induk Oktober 2026, {A}" in told and reverse("pay:list", args=[uid]) in told
    assert as_("clerk_dinas_b").get(decision).status_code == 404
    _agree("head_dinas_a", decision)
    assert town.row(A).state is PathState.VERIFIED
    assert f'href="{decision}"' in get("checker", "list", uid)


def test_a_signature_beyond_the_budget_is_given_on_its_decision(town: Government) -> None:
    uid, opd = town.row(A).uid, PayList.objects.get(opd_name=A).opd
    assert opd is not None
    plan = {"opd": opd.uid, "year": 2026, "amount": 1_000, "document": "DPA 1/2026"}
    budget = path.propose_budget(actor=town.as_("treasurer"), at=MORNING, **plan)
    path.decide_budget(actor=town.as_("checker"), at=MORNING, uid=budget, agree=True)
    send("clerk_dinas_a", uid, "lengkap")
    page = get("head_dinas_a", "list", uid)
    assert "Buka keputusannya" in page and 'value="tanda-tangan"' not in page
    told = send("head_dinas_a", uid, "tanda-tangan")
    assert told.status_code == 422 and "Isi alasan untuk: Pagu" in text(told)
    decision = reverse("decisions:decision", args=[town.view(A).closing])
    assert "melampaui pagu 2026 sebesar" in text(as_("head_dinas_a").get(decision))
    why = {"syarat_budget": "Pergeseran anggaran sedang disusun"}
    _agree("head_dinas_a", decision, **why)
    assert town.row(A).state is PathState.VERIFIED


def _agree(who: str, decision: str, **more: str) -> None:
    """Sign on the page of a decision, as it is shown."""
    client = as_(who)
    client.post(decision, {**hidden(client.get(decision)), "jawaban": "agree", **more})


def test_holding_asks_for_a_reason_and_tells_the_list_is_to_be_said_complete_again(town: Government) -> None:
    view = town.view(A)
    address = reverse("pay:list_hold", args=[view.row.uid, view.items[0].uid])
    clerk = as_("clerk_dinas_a")
    told = clerk.post(address, {"putusan": "tangguhkan", "alasan": "x"})
    assert told.status_code == 422
    clerk.post(address, {"putusan": "tangguhkan", "alasan": "Menunggu surat keterangan"})
    page = get("clerk_dinas_a", "list", view.row.uid)
    assert "Ditangguhkan, tidak ikut dibayar" in page and "Menunggu surat keterangan" in page
    clerk.post(address, {"putusan": "bayarkan", "alasan": "Surat sudah diterima"})
    assert town.view(A).held == ()


def test_a_supplementary_list_is_chosen_from_who_waits(town: Government) -> None:
    clerk = town.as_("clerk_dinas_a")
    view = town.view(A)
    who = {"actor": clerk, "at": MORNING, "uid": view.row.uid}
    path.hold(**who, item=view.items[0].uid, reason="Menunggu surat keterangan")
    town.step(A, "enter", "sign")
    address = reverse("pay:supplementary", args=[view.row.uid])
    browser = as_("clerk_dinas_a")
    assert "Ditangguhkan: Menunggu surat" in text(browser.get(address))
    assert browser.post(address, {}).status_code == 422
    made = browser.post(address, {"orang": [str(view.items[0].person)]}, follow=True)
    assert "Daftar susulan dibuat" in text(made)
    assert "Tidak ada yang menunggu susulan" in text(browser.get(address))


def test_reopening_by_a_second_person_with_a_reason(town: Government) -> None:
    town.step(A, "enter", "sign")
    uid = town.row(A).uid
    assert send("checker", uid, "buka", alasan="").status_code == 422
    send("checker", uid, "buka", alasan="Satu orang keliru kelasnya")
    assert "Satu orang keliru kelasnya" in get("checker", "list", uid)
    assert town.row(A).state is PathState.COMPUTED


def test_budgets_take_two(town: Government) -> None:
    client = as_("treasurer")
    opd = re.search(r'<option value="([^"]+)"[^>]*>Dinas A<', text(client.get(reverse("pay:budgets"))))
    assert opd
    told = {"opd": opd[1], "year": "2026", "amount": "1.000.000.000", "document": "DPA 1/2026"}
    assert client.post(reverse("pay:budgets"), told | {"document": ""}).status_code == 422
    assert "menunggu orang kedua" in text(client.post(reverse("pay:budgets"), told, follow=True))
    page = get("checker", "budgets")
    waiting = re.search(r"/tpp/bulan/pagu/([0-9a-f-]{36})/", page)
    assert waiting
    as_("checker").post(reverse("pay:budget", args=[waiting[1]]), {"putusan": "setuju"})
    page = get("checker", "budgets")
    assert "Rp1.000.000.000" in page and page.count("Belum bersegel") == 1


def test_no_page_asks_more_than_ten_questions(town: Government, django_assert_max_num_queries: Any) -> None:
    uid = town.row(A).uid
    town.step(B, "enter", "sign", "check", "submit")
    pages: list[tuple[str, str, tuple[object, ...]]] = [
        ("checker", "month", (2026, "10")),
        ("checker", "list", (uid,)),
        ("treasurer", "list", (town.row(B).uid,)),
        ("checker", "supplementary", (town.row(B).uid,)),
        ("treasurer", "treasury", ()),
        ("treasurer", "budgets", ()),
    ]
    for username, name, args in pages:
        client = as_(username)
        with django_assert_max_num_queries(MOST_QUERIES, connection=connection):
            client.get(reverse(f"pay:{name}", args=args))


def test_a_long_list_comes_in_pages_and_is_searched_by_name(
    town: Government, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_people, "PAGE", 1)
    view = town.view(A)
    uid, (first, second) = view.row.uid, (item.name for item in view.included)
    page = get("checker", "list", uid)
    assert "2 dari 2 orang" in page and first in page and f"{second}<" not in page
    assert f"{second}<" in get("checker", "list", uid, query="?hal=9")
    found = get("checker", "list", uid, query=f"?q={second}")
    assert "1 dari 2 orang" in found and f"{second}<" in found and f"{first}<" not in found
    assert "Tidak ada yang cocok" in get("checker", "list", uid, query="?q=xyz")


def test_a_month_part_of_whose_lists_is_further_says_so(town: Government) -> None:
    town.step(A, *ALL_STEPS)
    page = get("checker", "month", 2026, "10")
    assert re.search(r"Cair</a><span class=\"visually-hidden\">, sebagian", page)


def test_a_look_at_a_list_is_logged_for_each_person(town: Government) -> None:
    before = ReadLog.objects.count()
    get("checker", "list", town.row(A).uid)
    (row,) = ReadLog.objects.order_by("-id")[: ReadLog.objects.count() - before]
    assert set(row.subject_ids) == {town.persons[1].uid, town.persons[2].uid}


def test_the_slip_says_when_it_was_paid(town: Government) -> None:
    slip = town.view(A).items[0].slip
    assert "menunggu diverifikasi perangkat daerah" in get("checker", "slip", slip)
    town.step(A, *ALL_STEPS)
    assert "Cair 5 November 2026, SP2D nomor SP2D/TPP-202610-I1-DINAS_A." in get("checker", "slip", slip)

"""Differences and overpayments as pages: told with their causes, decided by whose part it is, few queries."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pamong.access import clock
from pamong.access.models import ReadLog
from pamong.jobs import runs, tasks
from pamong.law.engine.law import load_law
from pamong.pay.models import Deposit, Difference, InstalmentPlan, Overpayment, PlanDecision, Slip
from pamong.people import models as people
from tests.pay.support import Office, Someone
from tests.support.lists import build, leave_service
from tests.support.month import MORNING
from tests.support.paid_months import Months, rate_of_class_9

pytestmark = pytest.mark.django_db
APRIL, MAY, LONG_AGO = date(2026, 4, 1), date(2026, 5, 1), date(2022, 1, 1)
ONE = Someone(1, name="Sari Wulandari", golongan="II/a", fixed_income=12_000_000)
TWO = Someone(
    2, name="Bagus Prasetya", golongan="II/a", fixed_income=12_000_000, days={8: ("08:04", "16:40")}
)
MOST_QUERIES = 10
HTMX = {"HX-Request": "true"}
Visit = Callable[..., str]


@pytest.fixture
def office(operator: Any, tmp_path: Path, settings: Any) -> Office:
    settings.PAMONG_FILES_ROOT = tmp_path / "berkas"
    return Office(operator, MORNING)


@pytest.fixture
def months(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Months:
    """April was paid; then the rate turns out lower, and a punch earlier. May pays only the first."""
    monkeypatch.setattr(clock, "now", lambda: MORNING)
    rate_of_class_9(tmp_path, (LONG_AGO, 6_000_000))
    load_law.cache_clear()
    made = Months(build(office, [ONE, TWO]), str(tmp_path))
    made.paid(APRIL, [ONE, TWO])
    rate_of_class_9(tmp_path, (LONG_AGO, 6_000_000), (APRIL, 5_000_000))
    load_law.cache_clear()
    made.compute(APRIL, [ONE, TWO.with_(days={8: ("07:30", "16:40")})])
    made.post(APRIL)
    made.open(MAY, [ONE])
    return made


def client(username: str) -> Client:
    found = Client()
    found.force_login(get_user_model().objects.get(username=username))
    return found


def visit(username: str, name: str, *args: Any, **query: str) -> str:
    """The text of a page, in few queries beside those that say who asks."""
    with CaptureQueriesContext(connection) as queries:
        answer = client(username).get(reverse(f"pay:{name}", args=args), query)
    assert answer.status_code == 200, answer.content.decode()
    own = [
        each["sql"] for each in queries.captured_queries if '"pay_' in each["sql"] or " pay_" in each["sql"]
    ]
    assert len(own) <= MOST_QUERIES, own
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_officer_reads_a_month_by_cause_and_person(months: Months) -> None:
    text = visit("checker", "differences")
    assert "April 2026" in text and "−Rp" in text
    assert "Peraturan" in text and "Presensi" in text and "Sari Wulandari" in text
    only = visit("checker", "differences", bulan="2026-04", sebab="presence")
    assert "Bagus Prasetya" in only and "Sari Wulandari" not in only


def test_case_P_25_a_difference_tells_what_was_paid_and_what_is_known(months: Months) -> None:
    row = Difference.objects.get(person=months.town.persons[2])
    text = visit("checker", "difference", row.uid)
    for said in (
        "Diterima sebelumnya", "Seharusnya", "8 April 2026, presensi masuk", "08.04",
        "07.30 (34 menit lebih awal)", "Peraturannya berubah dan berlaku surut.", "TPP beban kerja",
        "dipotong dari TPP berikutnya",
    ):  # fmt: skip
        assert said in text
    why = visit("checker", "difference_reason", row.uid)
    assert "TPP yang diterima" in why and "Lampiran" not in why


def test_what_is_left_of_somebody_who_died_is_never_taken_from_a_next_allowance(
    months: Months, tmp_path: Path
) -> None:
    """Too much is an overpayment; what is due goes to the heirs."""
    person = months.town.persons[2]
    leave_service(person, "died", date(2026, 4, 18))
    text = visit("checker", "difference", Difference.objects.get(person=person).uid)
    assert "tidak dapat dipotong lagi" in text and "dari TPP berikutnya" not in text
    rate_of_class_9(tmp_path, (LONG_AGO, 6_000_000), (APRIL, 7_000_000))
    load_law.cache_clear()
    months.post(APRIL)
    newest = Difference.objects.filter(person=person).order_by("-sequence")[0]
    assert "dibayarkan kepada ahli waris dengan daftar rapel" in visit("checker", "difference", newest.uid)


def test_one_reads_his_own_under_his_slip_and_nobody_else_his(months: Months) -> None:
    user = get_user_model().objects.get(username="clerk_dinas_a")
    people.Person.objects.filter(pk=months.town.persons[2].pk).update(user=user)
    slip = Slip.objects.get(run__uid=months.town.runs[0], nip=TWO.nip)
    text = visit("clerk_dinas_a", "slip", slip.uid)
    assert "Selisih sesudah dibayar" in text and "34 menit lebih awal" in text
    assert "Rincian di atas tetap seperti saat terbit." in text
    other = Difference.objects.get(person=months.town.persons[1])
    answer = client("clerk_dinas_a").get(reverse("pay:difference", args=[other.uid]))
    assert answer.status_code == 404


def test_an_overpayment_goes_its_way_on_pages(months: Months) -> None:
    row = Difference.objects.get(person=months.town.persons[2])
    officer, second, treasurer = (client(name) for name in ("checker", "second", "treasurer"))
    officer.post(reverse("pay:make_owed", args=[row.uid]))
    case = Overpayment.objects.get()
    assert "Bagus Prasetya" in visit("treasurer", "owing")
    plan = reverse("pay:owed_plan", args=[case.uid])
    wrong = officer.post(plan, {"document": "SPTJM/7", "instalments": "1-12-2026: 5"})
    assert wrong.status_code == 422 and "harus sama dengan sisa" in wrong.content.decode()
    assert "SPTJM/7" in wrong.content.decode() and "1-12-2026: 5" in wrong.content.decode()
    text = f"1-12-2026: 500.000\n4 Januari 2027: {case.amount - 500_000}"
    assert officer.post(plan, {"document": "SPTJM/7", "instalments": text}).status_code == 302
    made = InstalmentPlan.objects.get()
    decide = reverse("pay:owed_decide", args=[case.uid, made.uid])
    assert officer.post(decide, {"putusan": "setuju"}).status_code == 422
    assert second.post(decide, {"putusan": "setuju"}).status_code == 302
    assert PlanDecision.objects.get().agreed
    deposit = reverse("pay:owed_deposit", args=[case.uid])
    given = {"sts_number": "STS/1", "paid_on": "10-11-2026", "amount": "Rp500.000"}
    assert officer.post(deposit, given).status_code == 403
    assert treasurer.post(deposit, given).status_code == 302
    back = reverse("pay:owed_reverse", args=[case.uid, Deposit.objects.get().uid])
    assert treasurer.post(back, {"reason": ""}).status_code == 422
    shown = visit("treasurer", "owed", case.uid)
    assert "Disetujui" in shown and "4 Januari 2027" in shown and "STS/1" in shown
    assert shown.count("Belum bersegel") == 3  # the case, its plan, its deposit
    assert treasurer.post(back, {"reason": "Nomor STS keliru"}).status_code == 302
    assert "Dibatalkan" in visit("checker", "owed", case.uid)


def test_a_search_is_asked_for_and_done_by_the_worker(months: Months) -> None:
    officer = client("checker")
    months.compute(APRIL, [ONE.with_(minutes=3_000), TWO])
    assert "sedang dicari" in search(officer, APRIL)
    assert "sedang dicari" in search(officer, APRIL)  # asked again meanwhile: one search
    waits = officer.get(reverse("pay:differences_progress"), {"bulan": "2026-04"}, headers=HTMX)
    assert "sedang dicari" in waits.content.decode() and "HX-Refresh" not in waits
    assert client("treasurer").post(reverse("pay:differences"), {"bulan": "2026-04"}).status_code == 403
    before = Difference.objects.count()
    assert work() == 1
    assert Difference.objects.count() == before + 2
    done = officer.get(reverse("pay:differences_progress"), {"bulan": "2026-04"}, headers=HTMX)
    assert done["HX-Refresh"] == "true"
    shown = officer.get(reverse("pay:differences"), {"bulan": "2026-04"}).content.decode()
    assert "menemukan 2 selisih baru: 0 orang kurang dibayar, 2 orang lebih dibayar" in shown


def test_a_search_says_that_it_found_nothing_and_of_whom_nothing_can_be_said(months: Months) -> None:
    officer = client("checker")
    months.compute(APRIL, [ONE])  # the files lack TWO
    search(officer, APRIL)
    work()
    before = ReadLog.objects.count()
    shown = officer.get(reverse("pay:differences"), {"bulan": "2026-04"}).content.decode()
    assert "tidak menemukan selisih baru" in shown
    assert "1 orang belum dapat diputuskan" in shown and TWO.name in shown and TWO.nip not in shown
    looks = ReadLog.objects.order_by("-id")[: ReadLog.objects.count() - before]
    assert [months.town.persons[2].uid] in [each.subject_ids for each in looks]


def test_a_search_that_ends_without_an_answer_says_why_and_is_asked_for_again(
    months: Months, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = client("checker")
    assert "TPP Mei 2026 belum ada yang cair" in search(officer, MAY)
    search(officer, APRIL)
    with monkeypatch.context() as broken:
        broken.setattr(runs, "post_month", lambda **_: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            work()
    shown = officer.get(reverse("pay:differences"), {"bulan": "2026-04"}).content.decode()
    assert "tidak selesai" in shown and tasks.BROKEN in shown
    assert "sedang dicari" in search(officer, APRIL)


def test_a_search_whose_work_nobody_does_any_more_is_ended(months: Months) -> None:
    """Its job failed for good: it would be waited for, and no other asked for, for ever."""
    officer = client("checker")
    search(officer, APRIL)
    runs.end_lost_searches()
    assert "sedang dicari" in search(officer, APRIL), "its job waits its turn"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    runs.end_lost_searches()
    shown = officer.get(reverse("pay:differences"), {"bulan": "2026-04"}).content.decode()
    assert "tidak selesai" in shown and tasks.BROKEN in shown


def test_a_search_that_is_cut_off_before_it_is_told_has_posted_nothing(
    months: Months, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = client("checker")
    months.compute(APRIL, [ONE.with_(minutes=3_000), TWO])
    search(officer, APRIL)
    before = Difference.objects.count()
    with monkeypatch.context() as cut:
        cut.setattr(runs.differences, "end_search", lambda **_: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            work()
    assert Difference.objects.count() == before
    search(officer, APRIL)
    work()
    shown = officer.get(reverse("pay:differences"), {"bulan": "2026-04"}).content.decode()
    assert "menemukan 2 selisih baru" in shown


def search(officer: Client, month: date) -> str:
    """Ask for a month's differences as a user does."""
    asked = {"bulan": f"{month:%Y-%m}"}
    return officer.post(reverse("pay:differences"), asked, follow=True).content.decode()


def work() -> int:
    """Do what the worker is asked for, once each: how many searches that were."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'pamong.differences' RETURNING args")
        asked = [json.loads(row[0]) if isinstance(row[0], str) else row[0] for row in cursor.fetchall()]
    for args in asked:
        tasks.post_differences(**args)
    return len(asked)


def test_arrears_are_chosen_from_who_receives_nothing_any_more(months: Months, tmp_path: Path) -> None:
    """The rate was right after all, and more: what is due to who left reaches him by a list of arrears."""
    rate_of_class_9(tmp_path, (LONG_AGO, 6_000_000), (APRIL, 7_000_000))
    load_law.cache_clear()
    months.post(APRIL)
    row = Difference.objects.filter(person=months.town.persons[2]).order_by("-sequence")[0]
    assert "Daftar rapel Dinas A" in visit("checker", "difference", row.uid)
    of_may = months.lists(MAY)["Dinas A"].uid
    assert "Buat daftar rapel: 1 orang menunggu" in visit("clerk_dinas_a", "list", of_may)
    assert "daftar rapel" not in visit("treasurer", "list", of_may)
    text = visit("clerk_dinas_a", "arrears", of_may)
    assert "Bagus Prasetya" in text and "April 2026" in text and "Sari Wulandari" not in text
    clerk, address = client("clerk_dinas_a"), reverse("pay:arrears", args=[of_may])
    assert clerk.post(address).status_code == 422
    chosen = {"orang": [str(months.town.persons[2].uid)]}
    shown = clerk.post(address, chosen, follow=True).content.decode()
    assert "Daftar rapel dibuat" in shown and "TPP-202605-R1-DINAS_A" in shown
    assert "Tidak ada yang menunggu rapel" in visit("clerk_dinas_a", "arrears", of_may)


def test_who_may_see_differences_finds_them_from_the_month_and_the_runs(months: Months) -> None:
    differences, owing = (f'href="{reverse(f"pay:{name}")}"' for name in ("differences", "owing"))
    of_may = reverse("pay:month", args=[2026, "05"])
    for username, page, seen in (
        ("checker", of_may, (True, True)), ("checker", reverse("pay:runs"), (True, True)),
        ("treasurer", of_may, (False, True)), ("clerk_dinas_a", of_may, (False, False)),
    ):  # fmt: skip
        shown = client(username).get(page).content.decode()
        assert (differences in shown, owing in shown) == seen, (username, page)

"""The pages of runs: what they show, how few questions they ask, and a run from the form to its slips."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pamong.access import clock
from pamong.access.models import User
from pamong.access.roles import HELD
from pamong.attendance.choices import (
    CorrectionState,
    ExcuseKind,
    ExcusePart,
    Fault,
    FileForm,
    OutageOrigin,
    OutageState,
    OutageStepKind,
    PermitKind,
    SheetState,
)
from pamong.attendance.queries import Presence, Vouch
from pamong.jobs import tasks
from pamong.kernel.actor import Actor
from pamong.ledger.choices import PaperAct, PaperState
from pamong.pay import queries
from pamong.pay.choices import (
    DifferenceCause,
    DifferenceState,
    FileKind,
    ListKind,
    Mode,
    OutFile,
    OverpaymentReason,
    PathState,
    RunState,
    Severity,
    SlipState,
    StepKind,
)
from pamong.people.columns import HEADER
from pamong.performance.choices import PredicateKind
from pamong.web import labels
from tests.browser.world import build_accounts
from tests.support.month import LATE, MORNING, NO_INCOME, PUNCTUAL, TODAY, files, make_month
from tests.support.paid import Paid, SignIn

MOST_QUERIES = 10
PEOPLE = PUNCTUAL + 4


def text_of(client: Client, name: str, *args: object, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200, answer.content[:500]
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("home", ""),
        ("pay:runs", ""),
        ("pay:run", ""),
        ("pay:people", "?q=karangan&hal=2"),
        ("pay:problems", "?tingkat=block"),
        ("pay:slip", ""),
        ("pay:reason", ""),
    ],
)
def test_no_page_asks_more_than_ten_questions(
    name: str, query: str, paid: Paid, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    slip = paid.month.slips[LATE]
    args: dict[str, tuple[object, ...]] = {"pay:slip": (slip,), "pay:reason": (slip, "tpp_net")}
    args |= dict.fromkeys(("pay:run", "pay:people", "pay:problems"), (paid.month.run,))
    client = sign_in("personnel_officer")
    with django_assert_max_num_queries(MOST_QUERIES, connection=connection):
        text_of(client, name, *args.get(name, ()), query=query)


def test_the_run_tells_totals_files_and_problems(paid: Paid, sign_in: SignIn) -> None:
    text = text_of(sign_in("pay_auditor"), "pay:run", paid.month.run)
    assert f"Dari {PEOPLE} orang, {PUNCTUAL + 1} dihitung." in text
    assert "1_attlog.dat" in text and re.search(r"[0-9a-f]{64}", text)
    assert "Baris presensi tidak terbaca: 1" in text and "PIN tidak dikenal: 1" in text
    assert "belum pasti atau hanya contoh" in text
    assert "/unduh/xlsx/" in text and "Hitung lagi" not in text


def test_who_may_not_export_sees_no_downloads(paid: Paid, sign_in: SignIn) -> None:
    assert "/unduh/" not in text_of(sign_in("inspector"), "pay:run", paid.month.run)


def test_people_are_found_by_name_state_and_page(paid: Paid, sign_in: SignIn) -> None:
    client = sign_in("personnel_officer")
    nip = paid.month.nips[LATE]
    found = text_of(client, "pay:people", paid.month.run, query="?q=suparman")
    assert "1 orang cocok." in found and LATE in found
    assert nip not in found and f"{nip[:8]}******{nip[-4:]}" in found
    held = text_of(client, "pay:people", paid.month.run, query="?keadaan=held")
    assert "1 orang cocok." in held and NO_INCOME in held and "belum ada" in held
    second = text_of(client, "pay:people", paid.month.run, query="?hal=2")
    assert second.count("******") == PEOPLE - queries.PAGE
    nobody = text_of(client, "pay:people", paid.month.run, query="?q=tidakada")
    assert "Tidak ada yang cocok" in nobody


def test_typing_fetches_only_the_rows(paid: Paid, sign_in: SignIn) -> None:
    address = reverse("pay:people", args=[paid.month.run])
    answer = sign_in("personnel_officer").get(address, {"q": "suparman"}, headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode() and LATE in answer.content.decode()


@pytest.mark.parametrize("query", ["?hal=0", "?hal=x", "?hal=99999999", "?keadaan=lain", "?hal=-1"])
def test_an_odd_address_shows_the_list(query: str, paid: Paid, sign_in: SignIn) -> None:
    assert LATE in text_of(sign_in("inspector"), "pay:people", paid.month.run, query=f"{query}&q=suparman")


def test_problems_stand_by_row_with_what_to_do(paid: Paid, sign_in: SignIn) -> None:
    client = sign_in("personnel_officer")
    text = text_of(client, "pay:problems", paid.month.run)
    assert "MEMORI PENUH, HUBUNGI TEKNISI" in text and "Ambil ulang data dari mesin" in text
    assert "Tulis PIN-nya di isian bulanan" in text
    only = text_of(client, "pay:problems", paid.month.run, query="?tingkat=block")
    assert "MEMORI PENUH" in only and "Tulis PIN-nya" not in only


def test_the_home_page_answers_what_each_role_asks_first(paid: Paid, sign_in: SignIn) -> None:
    assert "Masalah di berkas" in text_of(sign_in("personnel_officer"), "home")
    assert "Sebelum pajak dan iuran" in text_of(sign_in("pay_auditor"), "home")
    assert "Nilai hukum belum pasti" in text_of(sign_in("inspector"), "home")
    assert "Oktober 2026, Kota Contoh" not in text_of(sign_in("employee"), "home")


def test_the_home_page_takes_few_queries_and_counts_problems_like_their_page(
    paid: Paid, sign_in: SignIn
) -> None:
    client = sign_in("personnel_officer")
    with CaptureQueriesContext(connection) as caught:
        home = text_of(client, "home")
    assert len(caught) <= MOST_QUERIES, [query["sql"][:120] for query in caught.captured_queries]
    page = text_of(client, "pay:problems", paid.month.run)
    (shown,) = re.findall(r'Masalah di berkas</div> <div class="value"> ?<span class="figure">(\d+)<', home)
    assert re.search(rf"Masalah di berkas<span[^>]*>{shown}<", page)
    assert "belum dapat dihitung</a>" in page


@pytest.mark.parametrize(
    ("kind", "start"),
    [
        ("xlsx", b"PK"),
        ("csv", b"\xef\xbb\xbfNo;NIP"),
        ("parquet", b"PAR1"),
        ("problems", b"\xef\xbb\xbfNo;Tingkat"),
        ("totals", b"JUMLAH KONTROL TPP OKTOBER 2026"),
    ],
)
def test_a_run_is_handed_out_as_files(kind: str, start: bytes, paid: Paid, sign_in: SignIn) -> None:
    answer = sign_in("pay_auditor").get(reverse("pay:download", args=[paid.month.run, kind]))
    assert answer.status_code == 200 and answer.content.startswith(start)
    assert "attachment; filename=" in answer.headers["Content-Disposition"]


def test_an_unknown_file_is_told(paid: Paid, sign_in: SignIn) -> None:
    answer = sign_in("pay_auditor").get(reverse("pay:download", args=[paid.month.run, "doc"]))
    assert answer.status_code == 404 and "Berkas ini tidak ada" in answer.content.decode()


def test_a_published_run_can_not_be_cancelled(paid: Paid, sign_in: SignIn) -> None:
    address = reverse("pay:cancel", args=[paid.month.run])
    text = sign_in("personnel_officer").post(address, follow=True).content.decode()
    assert "sudah berakhir" in text


@pytest.fixture
def officer(committed_db: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The officer's browser on an empty site, whose files go to a folder of this test."""
    monkeypatch.setattr(clock, "now", lambda: MORNING)
    build_accounts()
    client = Client()
    client.force_login(User.objects.get(username="personnel_officer"))
    with override_settings(PAMONG_FILES_ROOT=tmp_path):
        yield client


def send(client: Client, **changed: Any) -> Any:
    given: dict[str, Any] = {"month": "2026-10-01", "profile": "contoh", "mode": "demo"}
    given |= {kind.value: SimpleUploadedFile(name, data) for kind, name, data in files()}
    return client.post(reverse("pay:start"), given | changed)


def jobs() -> list[tuple[str, dict[str, Any]]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args FROM procrastinate_jobs ORDER BY id")
        return [(name, json.loads(args)) for name, args in cursor.fetchall()]


def test_from_the_form_to_slips(officer: Client) -> None:
    """The page waits, the worker computes, the same files again are the same run."""
    assert "Belum ada hitungan" in text_of(officer, "pay:runs")
    answer = send(officer)
    assert answer.status_code == 302
    page = text_of(officer, "pay:run", answer.url.split("/")[-2])
    assert "Menunggu" in page and "/kemajuan/" in page and "Batalkan hitungan" in page
    [(name, asked)] = jobs()
    assert (name, asked["user_id"]) == ("pamong.month", User.objects.get(username="personnel_officer").pk)
    tasks.month(**asked)
    done = officer.get(reverse("pay:progress", args=[asked["uid"]]), headers={"HX-Request": "true"})
    assert done.headers["HX-Refresh"] == "true"
    assert f"Dari {PEOPLE} orang" in text_of(officer, "pay:run", asked["uid"])
    again = send(officer)
    assert again.url == answer.url and len(jobs()) == 1
    assert "Berkas yang sama sudah pernah dihitung" in officer.get(again.url).content.decode()


def test_a_cancelled_run_is_not_computed(officer: Client) -> None:
    uid = send(officer).url.split("/")[-2]
    assert "Biarkan berjalan" in text_of(officer, "pay:cancel", uid)
    officer.post(reverse("pay:cancel", args=[uid]))
    tasks.month(**jobs()[0][1])
    assert "Dibatalkan" in text_of(officer, "pay:run", uid)


def test_a_wrong_file_fails_the_run_and_says_what_to_do(officer: Client) -> None:
    wrong = SimpleUploadedFile("1_attlog.dat", files()[1][2])
    uid = send(officer, people=wrong).url.split("/")[-2]
    tasks.month(**jobs()[0][1])
    text = text_of(officer, "pay:run", uid)
    assert "Mengapa tidak selesai" in text and "bukan daftar pegawai" in text and "Hitung lagi" in text
    assert "Berkas tidak dapat dibaca" in text_of(officer, "pay:problems", uid)


def test_a_file_that_poses_as_the_register_is_refused(officer: Client) -> None:
    forged = SimpleUploadedFile("pegawai.csv", HEADER + b"person_uid,nip\n1,,198001012005011001\n")
    answer = send(officer, people=forged)
    assert answer.status_code == 422 and "berbentuk data kepegawaian Pamong" in answer.content.decode()
    assert jobs() == []


def test_who_lost_the_role_meanwhile_computes_nothing(officer: Client) -> None:
    uid = send(officer).url.split("/")[-2]
    asked = jobs()[0][1] | {"user_id": User.objects.get(username="employee").pk}
    tasks.month(**asked)
    run = queries.get_run(actor=Actor.operator("uji", TODAY), uid=uid)
    assert (run.state.value, run.people) == ("failed", 0) and "belum mencakup seluruh" in run.failure


def test_missing_files_and_weak_law_are_told_in_the_form(officer: Client) -> None:
    empty = officer.post(reverse("pay:start"), {"month": "2026-10-01", "profile": "contoh", "mode": "demo"})
    text = empty.content.decode()
    assert empty.status_code == 422
    assert "Belum ada isian bulanan Oktober 2026 di sini" in text, "the registers are asked in their place"
    real = send(officer, mode="real")
    assert real.status_code == 422 and "Hitungan sungguhan ditolak" in real.content.decode()
    assert jobs() == []


def test_the_list_tells_when_a_run_began_and_who_began_it(paid: Paid, sign_in: SignIn) -> None:
    text = text_of(sign_in("pay_auditor"), "pay:runs")
    assert re.search(
        r'data-label="Dimulai">\d+ \w+ \d{4}, \d\d\.\d\d<span class="sub">operator sistem<', text
    )


def test_the_first_address_of_pay_leads_on(paid: Paid, sign_in: SignIn) -> None:
    assert sign_in("pay_auditor").get("/tpp/").headers["Location"] == reverse("pay:runs")
    assert sign_in("employee").get("/tpp/").headers["Location"] == reverse("pay:own")


def test_files_beside_a_filtered_list_say_that_they_hold_everybody(paid: Paid, sign_in: SignIn) -> None:
    text = text_of(sign_in("pay_auditor"), "pay:people", paid.month.run, query="?q=karangan")
    assert "XLSX, semua orang" in text and "CSV, semua orang" in text


def test_a_trial_of_another_region_is_not_what_the_home_page_tells(
    paid: Paid, sign_in: SignIn, operator: Actor
) -> None:
    trial = make_month(operator, profile="manado")
    assert trial.run != paid.month.run
    found = queries.find_newest(actor=operator)
    assert found is not None and found.run.uid == paid.month.run
    home = text_of(sign_in("personnel_officer"), "home")
    assert str(paid.month.run) in home and str(trial.run) not in home


def test_states_speak_english_to_who_chose_it(paid: Paid, sign_in: SignIn) -> None:
    client = sign_in("inspector")
    client.cookies["django_language"] = "en"
    runs = text_of(client, "pay:runs")
    assert "Finished" in runs and "Demonstration" in runs and "Selesai" not in runs
    people = text_of(client, "pay:people", paid.month.run)
    assert "Computed" in people and ">Dihitung<" not in people
    problems = text_of(client, "pay:problems", paid.month.run)
    assert "Left out" in problems and "Tidak ikut dihitung" not in problems
    refused = client.get(reverse("pay:start"))
    assert refused.status_code == 403
    assert "only for Personnel officer" in refused.content.decode()


def test_labels_that_pages_translate_are_those_of_the_domain() -> None:
    spoken = {str(text) for text in labels.LABELS}
    kinds = (
        Mode, RunState, SlipState, Severity, FileKind, ListKind, PathState, StepKind, OutFile,
        DifferenceCause, DifferenceState, OverpaymentReason, ExcuseKind, ExcusePart, Fault, FileForm,
        CorrectionState,
        OutageOrigin, OutageState, OutageStepKind, SheetState, Presence, PaperAct, PaperState,
        PermitKind, Vouch, PredicateKind,
    )  # fmt: skip
    assert spoken == {member.label for kind in kinds for member in kind}
    assert {str(text) for text in labels.ROLES} == {role.title for role in HELD.values()}

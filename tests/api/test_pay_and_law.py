"""Runs, slips, reasons and the law for machines: whole rupiah, masked lists, problems as documents."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from pamong.law.engine.evidence import Evidence
from tests.support.month import LATE, NO_INCOME, PUNCTUAL
from tests.support.paid import Paid, SignIn


def get(client: Client, path: str, status: int = 200) -> Any:
    answer = client.get(f"/api/v1{path}")
    assert answer.status_code == status, answer.content[:300]
    kind = "application/json" if status == 200 else "application/problem+json"
    assert answer.headers["Content-Type"].startswith(kind)
    return answer.json()


def test_a_run_with_totals_in_whole_rupiah(paid: Paid, sign_in: SignIn) -> None:
    client = sign_in("pay_auditor")
    run = get(client, f"/runs/{paid.month.run}")
    assert run in get(client, "/runs")
    assert run["net"] == run["gross"] - run["tax"] - run["health"] and isinstance(run["net"], int)
    assert (run["people"], run["held"], run["state"]) == (PUNCTUAL + 4, 1, "published")


def test_slips_come_in_pages_masked_and_searched(paid: Paid, sign_in: SignIn) -> None:
    client = sign_in("inspector")
    second = get(client, f"/runs/{paid.month.run}/slips?page=2")
    assert (second["page"], second["pages"], len(second["slips"])) == (2, 2, PUNCTUAL + 4 - 50)
    found = get(client, f"/runs/{paid.month.run}/slips?search=suparman")
    assert [row["name"] for row in found["slips"]] == [LATE]
    assert "******" in found["slips"][0]["nip"]
    held = get(client, f"/runs/{paid.month.run}/slips?search=goreti")["slips"][0]
    assert held["net"] is None and held["reason"]


def test_a_slip_and_its_reason(paid: Paid, sign_in: SignIn) -> None:
    client = sign_in("inspector")
    slip = get(client, f"/slips/{paid.month.slips[LATE]}")
    assert slip["slip"]["nip"] == paid.month.nips[LATE]
    earned = sum(line["amount"] for line in slip["lines"] if line["kind"] == "earned")
    taken = sum(line["amount"] for line in slip["lines"] if line["kind"] in ("cut", "tax", "contribution"))
    assert earned - taken == slip["slip"]["net"]
    reason = get(client, f"/slips/{paid.month.slips[LATE]}/reasons/tpp_net")
    assert reason["kind"] == "formula" and reason["children"]
    told = str(reason)
    assert "1_attlog.dat baris" in told and "'evidence': 'example'" in told


@pytest.mark.parametrize("path", ["/runs/{slip}", "/slips/{run}", "/slips/{slip}/reasons/nol"])
def test_what_is_not_there_is_a_problem_document(path: str, paid: Paid, sign_in: SignIn) -> None:
    filled = path.format(run=paid.month.run, slip=paid.month.slips[NO_INCOME])
    told = get(sign_in("inspector"), filled, 404)
    assert told["title"] == "Tidak ditemukan" and told["detail"].endswith((".", "?"))


def test_refusals_say_who_may(paid: Paid, sign_in: SignIn) -> None:
    assert "hanya untuk" in get(sign_in("system_operator"), "/runs", 403)["detail"]
    assert get(sign_in(""), "/runs", 401)["title"] == "Belum masuk"
    assert get(sign_in("inspector"), f"/runs/{paid.month.run}/slips?page=0", 422)["fields"]


@pytest.mark.django_db
def test_the_law_is_open_to_strangers(client: Client) -> None:
    national = get(client, "/law/parameters")
    assert {row["evidence"] for row in national if row["evidence"]} <= {each.value for each in Evidence}
    made_up = {row["key"] for row in national if row["evidence"] == Evidence.EXAMPLE.value}
    assert made_up == {
        "attendance/correction_days", "attendance/outage_margin_minutes", "merit/age_reading",
        "merit/kinship_steps", "merit/panel_quorum", "merit/results_published_internal",
        "merit/score_spread_least", "merit/talent_score_predicate",
    }, "and said so"  # fmt: skip
    assert len(get(client, "/law/parameters?profile=contoh")) > len(national)
    rate = get(client, "/law/parameters/pay/spouse_allowance_rate")
    assert [value["value"] for value in rate["values"]] == [50_000, 100_000]
    assert rate["values"][0]["before"] == rate["values"][1]["since"] == "1992-04-01"
    steps = get(client, "/law/parameters/tax/ter_a")["values"][0]["value"]
    assert len(steps["results"]) == len(steps["bounds"]) + 1
    table = get(client, "/law/parameters/pay/tpp_class_amount?profile=contoh")["values"][0]["value"]
    assert table[0] == [[1], 864_248]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/law/parameters/pay/x", "/law/parameters?profile=x"])
def test_unknown_law_is_told(path: str, client: Client) -> None:
    assert "tidak ada di aturan yang dimuat" in get(client, path, 404)["detail"]

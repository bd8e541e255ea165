"""What stands on slips adds up to the rupiah: lines to amounts, amounts to totals, in every profile."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from pamong.kernel.money import Rupiah
from pamong.law.engine.explain import Reason, flatten
from pamong.pay import queries
from tests.pay.support import FRIDAYS, PROFILES, Office, Someone, files_of

pytestmark = pytest.mark.django_db
AMOUNTS = ("ceiling", "earned", "gross", "tax", "health", "net")


def anybody(number: int, order: random.Random) -> Someone:
    """A person with traits drawn by chance."""
    times = ["07:29", "07:30", "07:31", "08:00", "08:01", "08:31", "09:01", None]
    days: dict[int, Any] = {
        day: order.choice([None, (order.choice(times), order.choice(["15:10", "15:59", "16:20", None]))])
        for day in order.sample(range(1, 31), order.choice([0, 0, 2, 6, 20]))
    }
    return Someone(
        number,
        golongan=order.choice(["I/c", "II/d", "III/b", "IV/a"]),
        status=order.choice(["PNS", "PNS", "CPNS"]),
        start_on=order.choice([date(2010, 1, 1), date(2010, 1, 1), date(2026, 10, 14)]),
        job_class=order.randint(1, 15),
        minutes=order.randint(0, 8_000),
        behaviour=order.randint(0, 100),
        productivity=order.randint(0, 100),
        fixed_income=order.choice([2_100_333, 4_999_999, 11_999_950, 12_000_001]),
        ptkp=order.choice(["TK/0", "K/1", "K/3"]),
        lhkpn_late=order.random() < 0.3,
        negative=order.random() < 0.3,
        musters=order.choice([0, 0, 1, 3]),
        hours_left=order.choice([0, 0, 2]),
        excused=order.choice(["", "", "05=CT,06=DL"]),
        week=order.choice(["5", "5", "6"]),
        days=days,
    )


@pytest.mark.parametrize("profile", PROFILES)
def test_case_P_10_printed_lines_add_up(office: Office, profile: str) -> None:
    order = random.Random(f"rincian {profile}")  # noqa: S311 (no secret)
    done = office.run(files_of([anybody(number, order) for number in range(60)]), profile=profile)
    sums: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in done.lines().iter_rows(named=True):
        sums[line["slip"]][line["kind"]] += line["amount"]
    paid = [slip for slip in done.slips().iter_rows(named=True) if slip["net"] is not None]
    assert len(paid) > 30
    for slip in paid:
        of = sums[slip["number"]]
        assert of["ceiling"] == slip["ceiling"]
        assert of["earned"] == slip["earned"]
        assert of["earned"] - of["cut"] == slip["gross"]
        assert (of["tax"], of["contribution"]) == (slip["tax"], slip["health"])
        assert slip["gross"] - slip["tax"] - slip["health"] == slip["net"]
    assert any(sums[slip["number"]]["cut"] or slip["earned"] < slip["ceiling"] for slip in paid)


def test_case_P_21_control_totals_are_the_sums_of_the_slips(office: Office) -> None:
    order = random.Random(21)  # noqa: S311 (no secret)
    people = [anybody(number, order) for number in range(50)]
    people += [Someone(60, fixed_income=None), Someone(61, group="TPG"), Someone(62, group="TIDAK")]
    done = office.run(files_of(people))
    slips, run = done.slips(), done.row
    assert {name: getattr(run, name) for name in AMOUNTS} == {name: slips[name].sum() for name in AMOUNTS}
    states = slips["state"].to_list()
    assert run.people == len(people) == slips["nip"].n_unique()
    assert run.computed == states.count("computed") + states.count("delayed")
    assert run.held == states.count("held") == 1
    assert run.elsewhere == states.count("elsewhere") + states.count("none")
    by_opd = queries.list_opd(actor=office.actor, uid=done.uid)
    assert sum(row.net for row in by_opd) == run.net
    assert sum(row.people for row in by_opd) == run.people


def test_one_slip_worked_out_by_hand(office: Office) -> None:
    """Class 9 of contoh: 5,252,832. Once 30 minutes late (1 point), once absent (6 points, 300 minutes)."""
    one = Someone(days={5: ("08:00", "16:40"), 6: None}, lhkpn_late=True, negative=True)
    (slip,) = office.slips_of([one])
    assert slip["lines"] == {
        "tpp_performance": 5_252_832,
        "productivity_earned": 2_994_114,  # 60 % x 5,700 / 6,000 = 2,994,114.24
        "discipline_earned": 1_954_054,  # 40 % x 93 / 100 = 1,954,053.504
        "lhkpn_cut_amount": 148_445,  # 3 % of 4,948,168 = 148,445.04
        "negative_activity_cut_amount": 148_445,
        "tpp_tax": 232_564,  # 5 % of 4,651,278 = 232,563.9
        "tpp_health": 46_513,  # 1 % of 4,651,278; up to 12 million there is room for 7 million
    }
    assert (slip["gross"], slip["net"]) == (4_651_278, 4_372_201)


def overlay(folder: Path, key: str, value: Any, unit: str = "rupiah") -> str:
    """A site's folder that replaces one table by class."""
    path = folder / f"{key}.yaml"
    path.parent.mkdir(parents=True)
    content = {
        "title": "Tabel uji",
        "unit": unit,
        "kind": "table",
        "by": ["job_class"],
        "values": [
            {
                "from": date(2022, 8, 1),
                "value": value,
                "citation": {"regulation": "contoh-peragaan"},
                "grade": "E",
            }
        ],
    }
    path.write_text(yaml.safe_dump(content))
    return str(folder)


def test_case_P_13_amounts_that_a_short_float_loses(office: Office, tmp_path: Path) -> None:
    amounts = [20_000_001, 24_500_333, 16_777_217, 61_234_567, 2**53 + 1]
    people = [
        Someone(number, job_class=number, days=FRIDAYS, fixed_income=12_000_000, golongan="II/a")
        for number in range(1, len(amounts) + 1)
    ]
    table = dict(enumerate(amounts, start=1))
    folder = overlay(tmp_path / "situs", "pay/tpp_class_amount", table)
    done = office.run(files_of(people), profile="samarinda", overlay=folder)
    slips = done.by_nip()
    for one, amount in zip(people, amounts, strict=True):
        slip = slips[one.nip]
        # Nothing is taken off: no tax for II/a, and the fixed income fills the base of the contribution.
        assert [slip[name] for name in AMOUNTS] == [amount, amount, amount, 0, 0, amount]
        view = queries.get_slip(actor=office.actor, at=office.at, uid=slip["uid"])
        assert (view.slip.net, type(view.slip.net)) == (amount, int)
        reason = queries.explain_slip(actor=office.actor, at=office.at, uid=slip["uid"])
        assert reason.value == str(Rupiah(amount))
    assert done.row.net == sum(amounts)


@pytest.mark.parametrize("profile", PROFILES)
def test_every_line_explains_itself(office: Office, profile: str) -> None:
    one = Someone(
        days={**FRIDAYS, 5: ("08:10", "15:10"), 6: None, 7: ("07:20", None)}, lhkpn_late=True, musters=1
    )
    done = office.run(files_of([one]), profile=profile)
    (slip,) = done.by_nip().values()
    totals = {"tpp_ceiling": slip["ceiling"], "earned_total": slip["earned"], "tpp_gross": slip["gross"]}
    totals |= {"tpp_net": slip["net"]}
    for code, amount in {**slip["lines"], **totals}.items():
        reason = queries.explain_slip(actor=office.actor, at=office.at, uid=slip["uid"], code=code)
        assert (reason.name, reason.value) == (code, str(Rupiah(amount)))
    told = [part for _, part in flatten(reason)]
    assert {part.kind for part in told} >= {"formula", "parameter", "fact", "row"}
    assert all(part.law for part in told if part.kind == "parameter")
    late = next(part for part in told if part.name == "first_in" and part.value == "08.10")
    # The fifth is the third working day: its punches stand in lines 5 and 6.
    assert late.sentence == "1_attlog.dat baris 5"


def test_a_day_without_a_punch_is_told_as_such(office: Office) -> None:
    done = office.run(files_of([Someone(days={6: None}), Someone(2)]))
    (slip,) = [slip for slip in done.by_nip().values() if slip["gross"] < slip["ceiling"]]
    reason = queries.explain_slip(actor=office.actor, at=office.at, uid=slip["uid"], code="discipline_earned")
    whole_month, *days = [part for _, part in flatten(reason) if part.kind == "row"]
    assert (whole_month.title, whole_month.value) == ("tanggal 1-31", "Rp5.252.832")
    assert [(day.title, day.value) for day in days] == [("6 Oktober 2026", "6 poin")]
    assert _value(days[0], "first_in") == "belum diketahui"


def _value(reason: Reason, name: str) -> str:
    return next(part.value for _, part in flatten(reason) if part.name == name)

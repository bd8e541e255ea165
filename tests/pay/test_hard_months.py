"""Hard months from the register: standing in, suspension, entry, transfer, death, no regulation."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import polars as pl
import pytest
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from pamong.attendance import queries as attendance
from pamong.documents import store
from pamong.interop.month import read_files
from pamong.kernel import timeline as acts
from pamong.kernel.period import month_period
from pamong.law.engine.law import load_law
from pamong.law.engine.loader import LAW
from pamong.ledger.choices import Act
from pamong.ledger.dated import timeline, write
from pamong.pay import queries
from pamong.pay.calculation import month_law
from pamong.pay.choices import SlipState
from pamong.pay.errors import SlipNotFound
from pamong.pay.frames import work_out
from pamong.pay.models import Slip, SlipInput
from pamong.pay.month import month_facts
from pamong.people import services
from pamong.people.choices import AppointmentKind, EndReason
from pamong.people.models import Appointment, Employment, Relative
from tests.pay.from_register import nip, run_from_register
from tests.pay.support import Office, Someone, files_of
from tests.support.city import City, build_city, since
from tests.support.people import opening_basis

pytestmark = pytest.mark.django_db
KEMNAKER = Path(__file__).parents[1] / "law" / "profiles" / "kemnaker" / "parameters" / "pay"
CLASS = {5: 2_697_688, 6: 3_234_757, 8: 4_221_908, 14: 12_511_954, 15: 16_435_303}


@pytest.fixture
def city(office: Office) -> City:
    """The small city."""
    return build_city(office.actor.on)


def region(folder: Path, **methods: str) -> str:
    """The demo's region with other methods, in a folder of its own."""
    made = Path(shutil.copytree(LAW / "profiles" / "contoh", folder / "kota"))
    text = (made / "profile.yaml").read_text("utf-8")
    for slot, shape in methods.items():
        lines = [line for line in text.splitlines() if not line.startswith(f"  {slot}:")]
        text = "\n".join(lines).replace("methods:", f"methods:\n  {slot}: {shape}")
    (made / "profile.yaml").write_text(text, "utf-8")
    return str(made)


def slip_of(office: Office, key: str, profile: str = "contoh", **traits: Any) -> dict[str, Any]:
    """Somebody's October from the register, with his stored facts."""
    row = run_from_register(office, [key], profile, job_class=None, **traits).by_nip()[nip(key)]
    return row | {"facts": json.loads(SlipInput.objects.get(slip__uid=row["uid"]).facts)}


def stand_in(office: Office, city: City, who: str, seat: str, on: date, until: date) -> None:
    services.appoint(
        actor=office.actor, at=office.at, basis=opening_basis(), person=city.persons[who],
        seat=city.seats[seat], on=on, until=until, kind=AppointmentKind.PLT,
    )  # fmt: skip


def vacate(city: City, key: str) -> None:
    """As if somebody had never sat there."""
    row = Appointment.objects.get(person_id=city.ids[key])
    Appointment.objects.filter(pk=row.pk).update(superseded_at=Now(), superseded_basis_id=row.basis_id)


def change_standing(city: City, key: str, on: date, standing: str) -> None:
    row = Employment.objects.get(person_id=city.ids[key])
    plan = acts.change(timeline(Employment, person_id=row.person_id), on, {"standing": standing})
    write(Employment, {"person_id": row.person_id}, plan, act=Act.CHANGE, basis=row.basis_id)


def die(office: Office, city: City, key: str, on: date) -> None:
    """`on` is the first day out of service."""
    services.end_service(
        actor=office.actor, at=office.at, basis=opening_basis(), person=city.persons[key],
        on=on, reason=EndReason.DIED,
    )  # fmt: skip


# Standing in


@pytest.mark.parametrize(
    ("who", "seat", "added"),
    [
        ("chief", "above", CLASS[15] // 5 + 1),
        ("above", "chief", CLASS[14] // 5 + 1),
        ("own", "free", 646_951),
    ],
)
def test_a_plt_at_the_same_level_adds_a_share_of_the_other_post(
    office: Office, city: City, who: str, seat: str, added: int
) -> None:
    """Two orders that follow each other are one time: 21 working days, where each alone has too few."""
    stand_in(office, city, who, seat, date(2026, 9, 12), date(2026, 10, 15))
    stand_in(office, city, who, seat, date(2026, 10, 15), date(2026, 10, 31))
    slip = slip_of(office, who)
    assert slip["lines"]["tpp_acting"] == added
    assert slip["facts"]["event"] == [
        {
            "on": "2026-10-01",
            "acting_kind": "plt",
            "acting_level": "same",
            "acting_class": {"above": 15, "chief": 14, "free": 6}[seat],
            "acting_work_days": 22,
            "acting_first": 1,
            "acting_last": 30,
        }
    ]
    reason = queries.explain_slip(actor=office.actor, at=office.at, uid=UUID(slip["uid"]), code="tpp_acting")
    assert reason.value.startswith("Rp") and "plt tanggal 1-30" in str(reason)


def test_scene_6_a_plt_until_20_october_is_too_short(office: Office, city: City) -> None:
    stand_in(office, city, "chief", "above", date(2026, 9, 12), date(2026, 10, 21))
    slip = slip_of(office, "chief")
    assert "tpp_acting" not in slip["lines"] and slip["ceiling"] == CLASS[14]
    assert slip["facts"]["event"][0]["acting_work_days"] == 14


def test_a_level_that_no_text_compares_is_told_and_adds_nothing(office: Office, city: City) -> None:
    stand_in(office, city, "mate", "free", date(2026, 10, 1), date(2026, 11, 1))
    done = run_from_register(office, ["mate"], job_class=None)
    assert "tpp_acting" not in done.by_nip()[nip("mate")]["lines"]
    (problem,) = done.told("acting_level_unknown")
    assert problem["message"].startswith("Plt. tanggal 1-31 pada kelas 6: tingkatnya dibanding")


# Standing, entry, transfer


@pytest.mark.parametrize(("proration", "days"), [("by_day", 11), ("first_of_month", 31)])
def test_who_is_suspended_is_paid_until_then_and_expected_no_more(
    office: Office, city: City, tmp_path: Path, proration: str, days: int
) -> None:
    change_standing(city, "own", date(2026, 10, 12), "Pemberhentian Sementara")
    away = dict.fromkeys(range(12, 32))
    slip = slip_of(office, "own", region(tmp_path, proration=proration), days=away, minutes=2_130)
    assert slip["ceiling"] == (CLASS[5] * days * 2 + 31) // 62
    assert max(slip["facts"]["day"]["day"]) == 9
    assert slip["earned"] == slip["ceiling"], "nothing is cut a second time for the days after"


def test_who_is_suspended_all_month_receives_nothing(office: Office, city: City) -> None:
    change_standing(city, "own", date(2026, 9, 12), "Pemberhentian Sementara")
    slip = slip_of(office, "own")
    assert (slip["state"], slip["net"]) == (SlipState.NONE.value, None)
    assert slip["reason"] == "Kedudukan hukum 'Pemberhentian Sementara' tidak menerima TPP."


def test_case_P_15_who_enters_on_the_12th_is_expected_and_paid_from_then(
    office: Office, city: City, tmp_path: Path
) -> None:
    """The service begins with the decree, the work with the first seat (SPMT)."""
    vacate(city, "own")
    services.appoint(
        actor=office.actor, at=office.at, basis=opening_basis(), person=city.persons["own"],
        seat=city.seats["free"], on=date(2026, 10, 12),
    )  # fmt: skip
    slip = slip_of(office, "own", region(tmp_path, proration="by_day"))
    assert slip["ceiling"] == (CLASS[6] * 20 * 2 + 31) // 62
    assert min(slip["facts"]["day"]["day"]) == 12


@pytest.mark.parametrize(
    ("payer", "opd"), [("last_day", "Dinas Pendidikan"), ("first_day", "Dinas Kesehatan")]
)
def test_one_of_two_opd_pays_who_moves_within_the_month(
    office: Office, city: City, tmp_path: Path, payer: str, opd: str
) -> None:
    vacate(city, "foreign")
    services.appoint(
        actor=office.actor, at=office.at, basis=opening_basis(), person=city.persons["own"],
        seat=city.seats["foreign"], on=date(2026, 10, 16),
    )  # fmt: skip
    slip = slip_of(office, "own", region(tmp_path, payer=payer, proration="by_day"))
    assert slip["opd_name"] == opd
    assert slip["ceiling"] == ((CLASS[5] * 15 + CLASS[6] * 16) * 2 + 31) // 62


# Death


@pytest.mark.parametrize(("method", "days"), [("to_date", 17), ("full_month", 31)])
def test_scene_6_a_death_on_the_17th(
    office: Office, city: City, tmp_path: Path, method: str, days: int
) -> None:
    Relative.objects.create(
        person_id=city.ids["own"], relation="spouse", name="Siti Aminah", period=since(date(2012, 5, 5)),
        basis_id=opening_basis(),
    )  # fmt: skip
    die(office, city, "own", date(2026, 10, 18))
    away = dict.fromkeys(range(18, 32))
    slip = slip_of(office, "own", region(tmp_path, death=method), days=away, minutes=3_300)
    assert slip["earned"] == slip["ceiling"] == (CLASS[5] * days * 2 + 31) // 62
    assert max(slip["facts"]["day"]["day"]) == 16, "Friday: nothing is tanpa keterangan after the 17th"
    assert (slip["died_on"], slip["payee"]) == (date(2026, 10, 17), "ahli waris, Siti Aminah")
    shown = queries.get_slip(actor=office.actor, at=office.at, uid=UUID(slip["uid"])).slip
    assert (shown.died_on, shown.payee) == (date(2026, 10, 17), "ahli waris, Siti Aminah")


def test_nobody_expects_who_died_any_more(office: Office, city: City) -> None:
    die(office, city, "own", date(2026, 10, 18))
    found = attendance.list_days(
        actor=office.actor, at=office.at, person=city.persons["own"], first=date(2026, 10, 12),
        end=date(2026, 11, 1), law=load_law("contoh"), zone="Asia/Jakarta",
    )  # fmt: skip
    assert not any(day.result or day.unplanned for day in found.days if day.on > date(2026, 10, 17))
    slip = slip_of(office, "own", days=dict.fromkeys(range(18, 32)))
    assert slip["payee"] == "ahli waris", "no wife is known, so no name stands"


def test_a_payee_stands_only_where_somebody_died(office: Office, city: City) -> None:
    slip = Slip.objects.get(uid=slip_of(office, "own")["uid"])
    assert (slip.died_on, slip.payee) == (None, "")
    slip.pk, slip.uid, slip.payee = None, uuid4(), "ahli waris"
    slip.nip, slip.number = slip.nip[::-1], 999
    with pytest.raises(IntegrityError, match="slip_payee_of_the_dead"), transaction.atomic():
        slip.save(force_insert=True)


# Leave


@pytest.mark.parametrize(("noted", "state"), [("05=CB,06=CB", "held"), ("05=CT,06=CT", "computed")])
def test_leave_that_is_paid_by_its_month_holds_who_took_it_until_somebody_says_which(
    office: Office, tmp_path: Path, noted: str, state: str
) -> None:
    profile = Path(region(tmp_path, leave_effect="by_kind_and_month"))
    for name in ("leave_share", "leave_share_later"):
        shutil.copy(KEMNAKER / f"{name}.yaml", profile / "parameters" / "pay")
    slip = office.slips_of([Someone(excused=noted)], profile=str(profile))[0]
    assert slip["state"] == state
    assert slip["reason"] == ("Bulan cuti ke- belum ada." if state == "held" else "")


# December, and months without a regulation


def december_region(folder: Path, choice: str) -> str:
    """A region that pays its December so; its cut-off day is the 20th."""
    profile = region(folder, december=choice)
    (Path(profile) / "parameters" / "pay" / "december_cut_off_day.yaml").write_text(
        "title: Tanggal batas hitung Desember\nunit: days\nkind: scalar\nvalues:\n"
        "  - {from: 2024-01-01, value: 20, citation: {regulation: contoh, article: Pasal 13}, grade: E}\n",
        "utf-8",
    )
    return profile


def december(folder: Path, choice: str, *, final: bool = False) -> tuple[list[int], dict[str, Any]]:
    """One person's December without any punch: on which days he is absent without a word, and his slip."""
    profile = december_region(folder, choice)
    noted = [f"{day:02d}={'DL' if 2 < day < 21 else 'TK'}" for day in range(1, 32)]
    files = files_of([Someone(excused=",".join(noted))], days=()).keep()
    law = month_law(profile, "", month_period(2026, 12))
    facts = month_facts(law.law, law.month, read_files(files, date(2026, 12, 1), store.read), final=final)
    absent = facts.days.filter(~pl.col("is_excused"))["on"].dt.day().to_list()
    (slip,) = work_out(law, facts).slips.to_dicts()
    return absent, slip


def test_days_after_the_cut_off_count_as_present_until_january(office: Office, tmp_path: Path) -> None:
    early, paid = december(tmp_path / "a", "to_cut_off")
    late, known = december(tmp_path / "b", "to_cut_off", final=True)
    assert (early, late) == ([1, 2], [1, 2, 21, 22, 23, 28, 29, 30, 31])
    assert paid["net"] > known["net"]
    assert december(tmp_path / "c", "as_usual")[1]["net"] == known["net"]


def test_a_whole_december_needs_no_punch(office: Office, tmp_path: Path) -> None:
    _, slip = december(tmp_path, "full")
    assert (slip["state"], slip["gross"]) == ("computed", slip["ceiling"])


@pytest.mark.parametrize(("choice", "year"), [("next_year", 2027), ("as_usual", 2026)])
def test_a_december_may_be_paid_from_the_next_budget(tmp_path: Path, choice: str, year: int) -> None:
    profile = region(tmp_path, december=choice)
    assert month_law(profile, "", month_period(2026, 12)).budget_year == year
    assert month_law(profile, "", month_period(2026, 11)).budget_year == 2026


def test_a_month_without_a_regulation_holds_everybody_and_says_which(office: Office, tmp_path: Path) -> None:
    overlay = tmp_path / "situs" / "pay"
    overlay.mkdir(parents=True)
    text = (LAW / "profiles/contoh/parameters/pay/tpp_class_amount.yaml").read_text("utf-8")
    ended = text.replace("  - from: 2024-01-01", "  - from: 2024-01-01\n    until: 2026-09-30")
    (overlay / "tpp_class_amount.yaml").write_text(ended, "utf-8")
    files = files_of([Someone(), Someone(2, group="BLUD")])
    done = office.run(files, overlay=str(overlay.parent))
    held, other = sorted(done.by_nip().values(), key=lambda row: row["number"])
    assert (held["state"], held["net"], other["state"]) == ("held", None, "elsewhere")
    assert held["reason"] == (
        "Belum dapat dibayarkan: belum ada peraturan tentang TPP dasar menurut kelas jabatan untuk 1 Oktober "
        "2026. Yang terakhir: Aturan contoh Pemerintah Kota Contoh, Lampiran I."
    )
    with pytest.raises(SlipNotFound):
        queries.explain_slip(actor=office.actor, at=office.at, uid=UUID(held["uid"]))
    (overlay / "tpp_class_amount.yaml").write_text(text, "utf-8")
    load_law.cache_clear()
    later = office.run(files, overlay=str(overlay.parent))
    assert later.uid != done.uid and later.by_nip()[held["nip"]]["state"] == "computed"

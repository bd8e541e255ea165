"""What becomes of each person, and the reason that he reads; nobody keeps the others from their pay."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from pamong.documents import store
from pamong.interop.month import read_files
from pamong.interop.write import write_attlog
from pamong.kernel.period import month_period
from pamong.law.engine.explain import explain
from pamong.pay import frames
from pamong.pay.calculation import days_of, month_law, segments_of
from pamong.pay.choices import SlipState
from pamong.pay.month import month_facts
from tests.pay.support import FRIDAYS, OCTOBER, PROFILES, Office, Someone, files_of

pytestmark = pytest.mark.django_db

NO_ROW = "tidak ada baris untuk"
STATES = [
    ({"fixed_income": None}, "held", "Penghasilan tetap (gaji pokok dan tunjangan) belum ada."),
    ({"minutes": None}, "held", "Menit kerja terverifikasi belum ada."),
    ({"behaviour": None}, "held", "Nilai perilaku kerja belum ada."),
    ({"golongan": ""}, "held", "Golongan belum ada."),
    ({"job_class": None}, "held", "Kelas jabatan belum ada."),
    ({"standing": ""}, "held", "Kedudukan hukum belum ada."),
    (
        {"standing": "Tugas Belajar"},
        "held",
        f"Kedudukan hukum yang berhak atas TPP: {NO_ROW} Tugas Belajar.",
    ),
    ({"group": ""}, "held", "Kelompok penghasilan belum diisi."),
    ({"in_monthly": False}, "held", "Belum ada di isian bulanan."),
    (
        {"minutes": None, "fixed_income": None},
        "held",
        "Menit kerja terverifikasi belum ada; Penghasilan tetap (gaji pokok dan tunjangan) belum ada.",
    ),
    ({"group": "TPG"}, "elsewhere", "Tunjangan profesi guru, dibayar melalui Dinas Pendidikan"),
    ({"group": "BLUD"}, "elsewhere", "Remunerasi BLUD, dibayar oleh rumah sakit"),
    (
        {"group": "INSENTIF"},
        "elsewhere",
        "Insentif pemungutan pajak dan retribusi, dibayar oleh Badan Pendapatan Daerah",
    ),
    ({"group": "TIDAK"}, "none", "Tidak berhak atas Tambahan Penghasilan Pegawai"),
    ({"standing": "CLTN"}, "none", "Kedudukan hukum 'CLTN' tidak menerima TPP."),
    # Who is not entitled reads that, whatever else is missing.
    ({"standing": "CLTN", "fixed_income": None}, "none", "Kedudukan hukum 'CLTN' tidak menerima TPP."),
    ({"start_on": date(2026, 11, 1)}, "none", "Mulai bekerja 1 November 2026, setelah bulan ini."),
    (
        {"start_on": date(2026, 10, 2)},
        "none",
        "TPP maksimal bulan ini Rp0: belum bekerja pada hari yang menentukan.",
    ),
    ({"start_on": date(2026, 10, 1)}, "computed", ""),
    ({"status": "CPNS"}, "computed", ""),
    ({"status": "PPPK", "golongan": "IX"}, "computed", ""),
]


def test_each_state_has_its_reason_and_the_others_are_paid(office: Office) -> None:
    people = [Someone(number).with_(**param[0]) for number, param in enumerate(STATES)]
    paid = Someone(900)
    slips = office.slips_of([*people, paid])
    assert [(slip["state"], slip["reason"]) for slip in slips[:-1]] == [param[1:] for param in STATES]
    assert slips[-1]["net"] == 4_937_662
    for slip in slips:
        amounts = [slip[name] for name in ("ceiling", "earned", "gross", "tax", "health", "net")]
        missing = slip["state"] != "computed"
        assert all((amount is None) is missing for amount in amounts)
        assert bool(slip["reason"]) is missing
        assert bool(slip["lines"]) is not missing


def test_a_class_without_a_row_is_held_and_names_the_table(office: Office) -> None:
    (slip,) = office.slips_of([Someone(job_class=16)])
    assert slip["state"] == "held"
    assert slip["reason"] == "TPP dasar menurut kelas jabatan: tidak ada baris untuk 16."


@pytest.mark.parametrize("profile", PROFILES)
def test_only_what_the_profile_asks_for_holds_a_person(office: Office, profile: str) -> None:
    asks = {
        "contoh": {"minutes", "behaviour", "golongan"},
        "manado": {"productivity", "golongan"},
        "permentan": {"ptkp"},
        "samarinda": {"golongan"},
        "tulangbawangbarat": {"minutes", "behaviour", "golongan"},
    }
    empty = {"minutes": None, "behaviour": None, "productivity": None, "golongan": "", "ptkp": ""}
    people = [Someone(number).with_(**{trait: empty[trait]}) for number, trait in enumerate(empty)]
    slips = office.slips_of(people, profile=profile)
    held = {trait for trait, slip in zip(empty, slips, strict=True) if slip["state"] == "held"}
    assert held == asks[profile]
    assert {slip["state"] for slip in slips} == {"held", "computed"}


NEVER = dict.fromkeys(range(1, 32))
NO_PUNCH = (
    "Tidak ada satu pun presensi bulan ini. Pastikan berkas mesinnya ikut; bila memang tidak hadir, tulis "
    "tanggalnya di KETERANGAN HARI, misalnya 01-31=TK."
)
SILENT = [
    ({}, "held", NO_PUNCH),
    ({"excused": "01-29=CT"}, "held", NO_PUNCH),  # the 30th is a day of work
    ({"excused": "01-29=CT,30=TK"}, "computed", ""),
    ({"excused": "01-30=CT"}, "computed", ""),
    ({"excused": "01-31=TK"}, "computed", ""),
    ({"minutes": None}, "held", "Menit kerja terverifikasi belum ada."),
    ({"group": "BLUD"}, "elsewhere", "Remunerasi BLUD, dibayar oleh rumah sakit"),
    ({"standing": "CLTN"}, "none", "Kedudukan hukum 'CLTN' tidak menerima TPP."),
    ({"days": {day: None for day in range(1, 31) if day != 14}}, "computed", ""),
]


def test_nobody_is_taken_for_absent_because_no_machine_knows_him(office: Office) -> None:
    people = [Someone(number, **{"days": NEVER, **traits}) for number, (traits, _, _) in enumerate(SILENT)]
    slips = office.slips_of([*people, Someone(900)])[:-1]
    assert [(slip["state"], slip["reason"]) for slip in slips] == [param[1:] for param in SILENT]
    # Confirmed, a month of absence costs the whole discipline part, as a month of leave does not.
    assert [slips[place]["lines"].get("discipline_earned", 0) for place in (3, 4)] == [2_101_133, 0]


def samarinda(number: int, **late: str) -> Someone:
    """A person who came at these times on these days (d5="10:00"), and in time otherwise."""
    days = {int(day[1:]): (time, "16:10") for day, time in late.items()}
    return Someone(number, days={**FRIDAYS, **days})


def test_more_minutes_than_samarinda_allows_delay_the_allowance(office: Office) -> None:
    four_times = {"d5": "10:45", "d6": "10:45", "d7": "10:45"}  # 3 x 195 minutes
    people = [
        samarinda(0, **four_times, d8="10:45"),  # 780 minutes: as many as are allowed
        samarinda(1, **four_times, d8="10:46"),  # 781
        samarinda(2, **four_times, d8="09:45", d12="07:31").with_(hours_left=1),  # 720 + 1 + 60
        samarinda(3, **four_times, d8="09:45").with_(hours_left=1),  # 720 + 60
    ]
    slips = office.slips_of(people, profile="samarinda")
    assert [slip["state"] for slip in slips] == ["computed", "delayed", "delayed", "computed"]
    reason = "Menit terlambat, pulang cepat, dan keluar melebihi batas sebulan; TPP dibayar bulan berikutnya."
    assert [slip["reason"] for slip in slips] == ["", reason, reason, ""]
    # Four days more than 90 minutes late: 4 x 5 % of 5,803,200. The delayed one has the same, a month later.
    assert [slip["lines"]["discipline_cut"] for slip in slips[:2]] == [1_160_640, 1_160_640]
    assert slips[0]["net"] == slips[1]["net"]


def test_a_missing_punch_counts_120_minutes_towards_the_delay(office: Office) -> None:
    one_punch = dict.fromkeys((5, 6, 7, 8, 12, 13), ("07:20", None))
    people = [
        Someone(0, days={**FRIDAYS, **one_punch}, hours_left=1),  # 6 x 120 + 60 = 780
        Someone(1, days={**FRIDAYS, **one_punch, 14: ("07:31", "16:10")}, hours_left=1),
    ]
    slips = office.slips_of(people, profile="samarinda")
    assert [slip["state"] for slip in slips] == ["computed", "delayed"]


class TestCaseP04:
    """Somebody who begins within the month: counted days are those in service, never fewer than none."""

    def test_case_P_04_a_joiner_is_measured_by_his_own_days(self, office: Office) -> None:
        # From Tuesday 20 October: nine working days, 12 of 31 calendar days; absent on two of them.
        joiner = Someone(start_on=date(2026, 10, 20), days={**FRIDAYS, 21: None, 22: None})
        (slip,) = office.slips_of([joiner], profile="samarinda")
        assert slip["ceiling"] == 2_246_400  # 5,803,200 x 12 / 31
        assert slip["lines"]["discipline_cut"] == 314_496  # 2 x 7 %
        assert slip["gross"] == 1_931_904

    def test_case_P_04_no_punch_at_all_costs_no_more_than_there_is(self, office: Office) -> None:
        absent = Someone(days=dict.fromkeys(range(1, 31)), excused="01-31=TK")
        slip, _ = office.slips_of([absent, Someone(2)], profile="samarinda")
        assert (slip["state"], slip["gross"], slip["net"]) == ("computed", 0, 0)
        assert slip["lines"]["discipline_cut"] == slip["earned"] == 5_803_200

    def test_case_P_05_one_day_in_service_is_one_day(self, office: Office) -> None:
        last = Someone(start_on=date(2026, 10, 30), days=FRIDAYS)
        (slip,) = office.slips_of([last.with_(start_on=date(2026, 10, 31))], profile="samarinda")
        assert (slip["state"], slip["ceiling"]) == ("computed", 187_200)  # 5,803,200 / 31, a Saturday
        assert "discipline_cut" not in slip["lines"]


def test_the_first_working_day_follows_the_weekly_pattern(office: Office) -> None:
    """1 August 2026 is a Saturday: the first working day of six, not of five."""
    people = [
        Someone(number, start_on=date(2026, 8, day), week=week)
        for number, (week, day) in enumerate([("5", 3), ("6", 3), ("5", 4), ("6", 1)])
    ]
    files = files_of(people)
    ((name, punches),) = files.punches
    august = ((name, punches.replace(b"2026-10-", b"2026-08-")),)
    slips = office.run(replace(files, punches=august), month=date(2026, 8, 1)).by_nip()
    states = [slips[one.nip]["state"] for one in people]
    assert states == ["computed", "none", "none", "computed"]


def test_a_seat_of_an_unknown_class_earlier_in_the_month_is_told_beside_another_reason(
    office: Office,
) -> None:
    """Two people who lack the same facts and sit in the same class now, but for other reasons."""
    silent, moved = Someone(1), Someone(2)
    given = replace(files_of([silent, moved]), punches=(("1_attlog.dat", write_attlog(moved.punches())),))
    files = read_files(given.keep(), OCTOBER, store.read)
    parts = [{"first": 1, "last": 14, "job_class": 99}, {"first": 15, "last": 31, "job_class": 9}]
    kind = pl.List(pl.Struct({"first": pl.Int32, "last": pl.Int32, "job_class": pl.Int32}))
    people = files.people.sort("nip").with_columns(segments=pl.Series([None, parts], dtype=kind))
    law = month_law("contoh", "", month_period(2026, 10))
    facts = month_facts(law.law, law.month, replace(files, people=people))
    slips = frames.work_out(law, facts).slips.sort("nip")
    assert slips["state"].to_list() == [SlipState.HELD.value] * 2
    assert slips["reason"][0].startswith("Tidak ada satu pun presensi")
    assert slips["reason"][1].endswith("tidak ada baris untuk 99.")


def test_a_person_without_a_part_of_the_month_still_has_reasons(office: Office) -> None:
    """A seat that ended before the service in this month began: there is no part to weigh."""
    files = read_files(files_of([Someone()]).keep(), OCTOBER, store.read)
    ended = [[{"first": 1, "last": 14, "job_class": 9}]]
    kind = pl.List(pl.Struct({"first": pl.Int32, "last": pl.Int32, "job_class": pl.Int32}))
    people = files.people.with_columns(from_day=pl.lit(20, pl.Int32), segments=pl.Series(ended, dtype=kind))
    law = month_law("contoh", "", month_period(2026, 10))
    facts = month_facts(law.law, law.month, replace(files, people=people))
    stored = json.loads(frames.facts_json(facts)["facts"][0])
    days = list(days_of(stored, law.month, files.names))
    trace = law.plan.trace(stored["person"], segment=segments_of(stored), day=days)
    assert explain(trace.value("tpp_ceiling")).value == "Rp0"

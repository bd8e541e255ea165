"""The example's files: same bytes in any process, read without a surprise, planted faults told one by one."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from datetime import date, datetime, time
from pathlib import Path

import polars as pl
import pytest

from pamong.demo.files import FINGERSPOT_NAME, GLG_NAME, ExampleFiles, write_big, write_example
from pamong.demo.month import make_month, work_days
from pamong.demo.people import PERSONAS, SEED, get_persona, make_people
from pamong.demo.planted import STRAY_PIN
from pamong.interop.monthly import read_monthly
from pamong.interop.people import read_people
from pamong.interop.punches import merge_punches, read_punches
from pamong.law.engine.loader import load_profile

_HASHES = """
import hashlib, sys
from pathlib import Path
from pamong.demo.faulty import write_faulty
from pamong.demo.files import write_big, write_example
folder = Path(sys.argv[1])
example, big = write_example(folder / "a", 60), write_big(folder / "b", 60)
faulty = write_faulty(folder / "c")
for path in (*example.all, *big.all, faulty.csv, faulty.xlsx):
    print(path.name, hashlib.sha256(path.read_bytes()).hexdigest())
"""


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> ExampleFiles:
    return write_example(tmp_path_factory.mktemp("contoh"))


@pytest.fixture(scope="module")
def punches(example: ExampleFiles) -> pl.DataFrame:
    return merge_punches([read_punches(path.read_bytes(), path.name)[0] for path in example.punches])


def test_two_processes_with_other_hash_seeds_write_the_same_bytes(tmp_path: Path) -> None:
    def run(hash_seed: str) -> str:
        command = [sys.executable, "-c", _HASHES, str(tmp_path / hash_seed)]
        env = os.environ | {"PYTHONHASHSEED": hash_seed}
        return subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout

    first = run("1")
    assert first == run("2")
    assert len(first.splitlines()) == 5 + 3 + 2


def test_the_people_file_is_read_whole(example: ExampleFiles) -> None:
    frame, problems = read_people(example.people.read_bytes(), example.people.name)
    assert (frame.height, problems) == (300, [])
    kinds = dict(frame["kind"].value_counts().iter_rows())
    assert kinds == {"PNS": 238, "PPPK": 53, "CPNS": 9}
    by_nip = {person.nip: person for person in make_people(300)}
    for row in frame.iter_rows(named=True):
        person = by_nip[row["nip"]]
        assert (row["name"], row["sex"], row["golongan"]) == (
            person.full_name,
            person.sex,
            person.career.grade,
        )
        assert row["opd_name"] == person.seat.unit.opd and row["standing"] == person.seat.standing.name


def test_the_month_sheet_is_read_whole(example: ExampleFiles) -> None:
    frame, problems = read_monthly(example.monthly.read_bytes(), example.monthly.name)
    assert (frame.height, problems) == (300, [])
    assert frame["pin"].n_unique() == 300
    assert frame["fixed_income"].null_count() == 4
    assert frame["minutes"].null_count() == frame["behaviour"].null_count() == 6  # not at work this month
    assert frame["lhkpn_late"].sum() == 4
    assert frame["negative_activity"].sum() == 2
    assert 0.7 < (frame["minutes"] >= 6000).mean() < 0.9  # type: ignore[operator]
    assert frame["behaviour"].min() > 60  # type: ignore[operator]
    assert set(frame["week"]) == {"5"}
    clerk = frame.row(by_predicate=pl.col("pin") == "1001", named=True)
    assert (clerk["minutes"], clerk["behaviour"], clerk["excused"]) == (6240, 94, "20=DL")


def test_each_punch_file_tells_its_planted_faults_and_no_others(example: ExampleFiles) -> None:
    assert set(example.planted) == {path.name for path in example.punches}
    for path in example.punches:
        frame, problems = read_punches(path.read_bytes(), path.name)
        planted = example.planted[path.name]
        told = tuple((problem.row, problem.code) for problem in problems if problem.row)
        assert told == planted.bad
        assert len(planted.bad) >= 3
        again = [problem.message for problem in problems if problem.code == "repeated"]
        assert len(again) == 1 and again[0].startswith(f"{planted.repeated} ")
        assert (frame["pin"] == STRAY_PIN).sum() == 1
        assert (frame["at"].dt.hour() == 2).sum() == 1


@pytest.mark.parametrize("people", [1, 5, 40])
def test_planted_faults_are_known_in_a_small_example_too(tmp_path: Path, people: int) -> None:
    files = write_example(tmp_path, people)
    for path in files.punches:
        _, problems = read_punches(path.read_bytes(), path.name)
        told = tuple((problem.row, problem.code) for problem in problems if problem.row)
        assert told == files.planted[path.name].bad


def test_three_formats_hold_everybodys_punches(example: ExampleFiles, punches: pl.DataFrame) -> None:
    people = {person.pin: person for person in make_people(300)}
    names = {"attlog": "1_attlog.dat", "glg": GLG_NAME, "fingerspot": FINGERSPOT_NAME}
    known = punches.filter(pl.col("pin") != STRAY_PIN)
    for pin, name in known.select("pin", "file").unique().iter_rows():
        assert names[people[pin].seat.unit.by] == name
    at_work = {pin for pin, person in people.items() if person.seat.standing.name.endswith("Aktif")}
    assert set(known["pin"]) == at_work


def test_most_days_are_ordinary_and_some_are_not(punches: pl.DataFrame) -> None:
    last = punches["at"].dt.date().max()
    assert punches["at"].dt.date().min() == date(2026, 10, 1) and last == date(2026, 10, 30)
    days = (
        punches.filter(pl.col("at").dt.hour() > 4, pl.col("pin") != STRAY_PIN)
        .group_by("pin", day=pl.col("at").dt.date())
        .agg(first=pl.col("at").min().dt.time(), last=pl.col("at").max().dt.time(), count=pl.len())
    )
    in_time = days["first"].is_between(time(7, 9), time(7, 29))
    assert 0.88 < in_time.mean() < 0.96  # type: ignore[operator]
    late = days.filter(pl.col("first").is_between(time(7, 31), time(9, 45)))
    assert 150 < late.height < 600
    early = days.filter(pl.col("last").is_between(time(14, 0), time(15, 59)), pl.col("count") > 1)
    assert 30 < early.height < 200
    assert 50 < (days["count"] == 1).sum() < 250
    assert 100 < (days["count"] > 2).sum() < 500


def test_the_clerk_is_34_minutes_late_once(punches: pl.DataFrame) -> None:
    own = punches.filter(pl.col("pin") == get_persona("clerk").pin)["at"].to_list()
    start = time(7, 30)
    firsts = {at.date(): at for at in sorted(own, reverse=True)}
    late = [at for at in firsts.values() if at.time() > start]
    assert [at.isoformat() for at in late] == ["2026-10-13T08:04:27"]
    assert (late[0] - datetime.combine(late[0].date(), start)).seconds // 60 == 34
    assert len(firsts) == 21  # and one day on duty elsewhere


def test_named_people_have_the_days_that_are_told_of_them(punches: pl.DataFrame) -> None:
    for key, persona in PERSONAS.items():
        own = punches.filter(pl.col("pin") == get_persona(key).pin, pl.col("at").dt.hour() > 4)
        for day, told in persona.days.items():
            found = own.filter(pl.col("at").dt.day() == day)["at"].dt.strftime("%H:%M:%S").to_list()
            assert found == [text for text in told if text]


def test_work_days_follow_calendar_and_profile() -> None:
    october = work_days(2026, 10)
    assert len(october) == 22
    assert {(day.start, day.end) for day in october} == {(27000, 57600), (27000, 59400)}
    assert [day.day for day in work_days(2026, 12)][-6:] == [22, 23, 28, 29, 30, 31]
    hours = load_profile("contoh").parameters["attendance/work_end"].on(date(2026, 10, 2)).value
    friday = next(day for day in october if day.day == 2)
    assert friday.end == hours["5", 5]


def test_a_month_of_somebody_does_not_depend_on_others() -> None:
    few, many = make_people(20), make_people(320)
    for index in (0, 7, 19):
        assert make_month(few[index], 2026, 10, SEED) == make_month(many[index], 2026, 10, SEED)


def test_base_salary_is_in_the_law_and_cpns_has_his_share(example: ExampleFiles) -> None:
    frame, _ = read_monthly(example.monthly.read_bytes(), example.monthly.name)
    cpns = frame.row(by_predicate=pl.col("nip") == get_persona("cpns").nip, named=True)
    # III/a at 0 years: Rp2,785,700, 80 % of it, and the invented Rp300,000 for a functional post.
    assert cpns["fixed_income"] == 2_785_700 * 8 // 10 + 300_000
    incomes = frame["fixed_income"].drop_nulls()
    assert incomes.min() > 1_900_000 and incomes.max() < 12_000_000  # type: ignore[operator]


@pytest.mark.parametrize("people", [1, 17, 301, 900])
def test_a_large_month_has_two_lines_a_person_and_day(tmp_path: Path, people: int) -> None:
    files = write_big(tmp_path, people)
    (attlog,) = files.punches
    frame, problems = read_punches(attlog.read_bytes(), attlog.name)
    assert (frame.height, problems) == (people * 22 * 2, [])
    assert frame["at"].is_sorted()
    assert read_people(files.people.read_bytes(), "pegawai.csv")[0].height == people
    sheet, told = read_monthly(files.monthly.read_bytes(), files.monthly.name)
    assert (sheet.height, told) == (people, [])


def test_other_months_and_sizes_are_files_of_their_own(tmp_path: Path) -> None:
    files = write_example(tmp_path / "b", 20, (2027, 1))
    assert files.monthly.name == "isian-bulanan-2027-01.xlsx"
    frame, _ = read_punches(files.punches[0].read_bytes(), files.punches[0].name)
    assert frame["at"].dt.year().unique().to_list() == [2027]
    again = write_example(tmp_path / "c", 20, (2027, 1))
    digests = [[hashlib.sha256(p.read_bytes()).hexdigest() for p in f.all] for f in (files, again)]
    assert digests[0] == digests[1]

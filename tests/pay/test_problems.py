"""Bad input: every unreadable line is kept with number, text and reason, and the rest goes in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from pamong.interop.write import write_attlog, write_monthly_csv, write_people_csv
from pamong.pay import queries
from pamong.pay.errors import InputsRefused, RunEnded
from tests.pay.support import Files, Office, Someone, auditor, files_of

pytestmark = pytest.mark.django_db
NET = 4_937_662  # of a person of the ninth class with everything in full


def place(problem: dict[str, Any]) -> tuple[str, int, str, str, str]:
    """What a problem says, without its number and code."""
    return (problem["file"], problem["line"], problem["column"], problem["value"], problem["message"])


def test_unreadable_punches_are_kept_line_by_line(office: Office) -> None:
    files = files_of([Someone()])
    ((name, punches),) = files.punches
    lines = punches.split(b"\r\n")
    lines[3] = b"     1001\t2026-13-02 07:20:00\t1\t0\t1\t0"
    lines.insert(7, b"bukan baris presensi")
    lines.insert(9, b"\xff\xfe\\.\t\x01")
    done = office.run(replace(files, punches=((name, b"\r\n".join(lines)),)))
    told = [problem for problem in done.problems() if problem["severity"] == "block"]
    assert [(problem["file"], problem["line"]) for problem in told] == [(name, 4), (name, 8), (name, 10)]
    assert "2026-13-02" in told[0]["value"]
    assert told[1]["value"] == "bukan baris presensi"
    assert all(problem["message"] for problem in told)
    # The second day lost its punch out: 3 points of 40 % in contoh.
    (slip,) = done.by_nip().values()
    assert slip["lines"]["discipline_earned"] == 2_038_099  # 2,101,132.8 x 97 %
    assert done.row.problems == len(done.problems())


def test_case_I_06_a_truncated_nip_by_row_column_value_and_rule(office: Office) -> None:
    people = [Someone(number) for number in range(12)]
    rows = [one.person_row() for one in people]
    rows[10] = rows[10] | {"NIP BARU": people[10].nip[:17]}
    files = replace(files_of(people), people=(("pegawai.csv", write_people_csv(rows)),))
    done = office.run(files)
    (problem,) = done.told("nip")
    assert place(problem) == ("pegawai.csv", 12, "NIP BARU", people[10].nip[:17], "17 digit, harus 18")
    page = queries.list_problems(actor=auditor(), at=office.at, uid=done.uid, severity="block")
    assert [(row.line, row.column, row.message) for row in page.rows] == [
        (12, "NIP BARU", "17 digit, harus 18")
    ]
    # He is told at his row of the month's sheet too; the others are paid.
    assert [place(p)[:4] for p in done.told("no_person")] == [("isian.csv", 12, "NIP", people[10].nip)]
    assert [slip["net"] for slip in done.by_nip().values()] == [NET] * 11


def test_case_I_01_impossible_dates_keep_their_rows_out(office: Office) -> None:
    people = [Someone(number) for number in range(4)]
    rows = [one.person_row() for one in people]
    rows[1]["TMT CPNS"], rows[2]["TMT CPNS"] = "31/02/2020", "2020-13-01"
    done = office.run(replace(files_of(people), people=(("pegawai.csv", write_people_csv(rows)),)))
    assert [(p["line"], p["column"], p["value"]) for p in done.told("date")] == [
        (3, "TMT CPNS", "31/02/2020"),
        (4, "TMT CPNS", "2020-13-01"),
    ]
    assert set(done.by_nip()) == {people[0].nip, people[3].nip}


def test_case_I_02_numbers_and_empty_cells_come_through(office: Office) -> None:
    one = Someone(pin_="0007")
    (slip,) = office.slips_of([one.with_(name="  SITI   'AISYAH \\. \"Ning\", d'Arc;  ")])
    assert slip["nip"] == one.nip
    assert slip["name"] == "SITI 'AISYAH \\. \"Ning\", d'Arc;"
    assert slip["net"] == NET


def test_two_rows_for_one_person_over_two_sheets_are_both_left_out(office: Office) -> None:
    one, other = Someone(1), Someone(2)
    again = write_monthly_csv([one.with_(minutes=3_000).month_row()])
    files = files_of([one, other])
    files = replace(files, monthly=(*files.monthly, ("susulan.csv", again)))
    done = office.run(files)
    assert [(p["file"], p["line"], p["severity"]) for p in done.told("twice")] == [
        ("isian.csv", 2, "block"),
        ("susulan.csv", 2, "block"),
    ]
    slips = done.by_nip()
    assert (slips[one.nip]["state"], slips[one.nip]["reason"]) == ("held", "Belum ada di isian bulanan.")
    assert slips[other.nip]["net"] == NET


def test_a_second_row_in_one_sheet_is_told(office: Office) -> None:
    one = Someone(1)
    sheet = write_monthly_csv([one.month_row(), one.month_row()])
    done = office.run(replace(files_of([one]), monthly=(("isian.csv", sheet),)))
    (problem,) = done.told("nip_twice")
    assert (problem["file"], problem["line"], problem["subject"]) == ("isian.csv", 3, one.nip)
    assert done.row.people == 1


def test_two_people_with_one_pin_get_no_punches_and_are_told(office: Office) -> None:
    first, second, third = Someone(1), Someone(2, pin_="1001"), Someone(3)
    in_one_sheet = office.run(files_of([first, second, third]))
    assert [(p["line"], p["column"], p["value"]) for p in in_one_sheet.told("pin_twice")] == [
        (2, "PIN", "1001"),
        (3, "PIN", "1001"),
    ]
    slips = in_one_sheet.by_nip()
    assert [slips[one.nip]["state"] for one in (first, second, third)] == ["held", "held", "computed"]

    files = files_of([first, third])
    more = write_monthly_csv([second.month_row()])
    both = replace(files_of([first, second, third]), monthly=(*files.monthly, ("lain.csv", more)))
    in_two_sheets = office.run(both)
    (problem,) = in_two_sheets.told("pin_shared")
    assert f"({first.nip}, {second.nip})" in problem["message"]
    slips = in_two_sheets.by_nip()
    # Nobody can tell whose the punches are, so the two have none, and wait.
    assert [slips[one.nip]["state"] for one in (first, second, third)] == ["held", "held", "computed"]
    assert slips[first.nip]["reason"].startswith("Tidak ada satu pun presensi bulan ini.")


def test_punches_of_nobody_are_told_once_a_pin_with_their_place(office: Office) -> None:
    files = files_of([Someone(1), Someone(2)])
    stray = write_attlog([*Someone(77).punches(), *Someone(78).punches([5])])
    mixed = files.punches[0][1] + stray
    done = office.run(replace(files, punches=(files.punches[0], ("2_attlog.dat", mixed))))
    assert [place(problem) for problem in done.told("unknown_pin")] == [
        ("2_attlog.dat", 89, "PIN", "1077", "44 presensi dari PIN yang tidak ada di isian bulanan"),
        ("2_attlog.dat", 133, "PIN", "1078", "2 presensi dari PIN yang tidak ada di isian bulanan"),
    ]
    assert [slip["net"] for slip in done.by_nip().values()] == [NET, NET]


def test_punches_of_another_month_are_counted_and_left_aside(office: Office) -> None:
    files = files_of([Someone()])
    ((name, punches),) = files.punches
    september = punches.replace(b"2026-10-", b"2026-09-").replace(b"2026-09-30", b"2026-11-01")
    done = office.run(replace(files, punches=((name, punches), ("lama.dat", september))))
    (problem,) = done.told("other_month")
    assert problem["message"] == "44 dari 88 presensi di luar Oktober 2026 tidak dipakai"
    assert problem["severity"] == "warn"
    assert [slip["net"] for slip in done.by_nip().values()] == [NET]


def test_a_few_punches_of_another_month_are_no_doubt(office: Office) -> None:
    files = files_of([Someone()])
    stray = write_attlog([("1001", datetime(2026, 9, 30, 7, 20))])  # noqa: DTZ001 - a machine's wall time
    done = office.run(replace(files, punches=(*files.punches, ("lama.dat", stray))))
    (problem,) = done.told("other_month")
    assert (problem["message"], problem["severity"]) == (
        "1 dari 45 presensi di luar Oktober 2026 tidak dipakai",
        "info",
    )


def test_files_of_another_month_fail_the_run_with_a_sentence(office: Office) -> None:
    """October's files asked for as September: nobody is taken for absent."""
    started = office.start(files_of([Someone(1), Someone(2)]), month=date(2026, 9, 1))
    with pytest.raises(InputsRefused) as refusal:
        office.compute(started.uid)
    assert str(refusal.value) == (
        "Tidak satu pun presensi di berkas ini jatuh pada September 2026; isinya dari 1 Oktober 2026 sampai "
        "30 Oktober 2026. Pilih bulan yang sesuai, atau ambil data September 2026 dari mesinnya."
    )
    run = queries.get_run(actor=office.actor, uid=started.uid)
    assert (run.state.value, run.failure) == ("failed", str(refusal.value))


def test_a_unit_whose_machine_is_left_out_is_named_and_its_people_wait(office: Office) -> None:
    away = dict.fromkeys(range(1, 31))
    there = [Someone(number) for number in range(4)]
    left_out = [Someone(10 + number, unit="Kelurahan B", opd="Kecamatan B", days=away) for number in range(3)]
    on_leave = Someone(20, unit="Kelurahan B", opd="Kecamatan B", days=away, excused="01-31=CT")
    done = office.run(files_of([*there, *left_out, on_leave, Someone(21, unit="Bidang C", days=away)]))
    (problem,) = done.told("silent_unit")
    assert (problem["severity"], problem["value"], problem["message"]) == (
        "warn",
        "Kelurahan B, Kecamatan B",
        "3 dari 3 orang di Kelurahan B tidak punya satu pun presensi bulan ini; mungkin berkas mesinnya "
        "belum ikut",
    )
    slips = done.by_nip()
    assert [slips[one.nip]["state"] for one in left_out] == ["held"] * 3
    assert [slips[one.nip]["net"] for one in (*there, on_leave)] == [NET] * 5


def test_a_day_called_absent_on_which_somebody_came_is_told(office: Office) -> None:
    one = Someone(excused="05=TK")
    done = office.run(files_of([one, Someone(2)]))
    (problem,) = done.told("absent_with_punch")
    assert (problem["subject"], problem["value"], problem["message"]) == (
        one.nip,
        "05=TK",
        "5 Oktober 2026 ditulis TK, padahal ada presensinya; presensinya yang dipakai",
    )
    assert [slip["net"] for slip in done.by_nip().values()] == [NET, NET]


def test_an_excuse_on_a_day_that_the_month_lacks_is_told(office: Office) -> None:
    one = Someone(excused="05=CT,31=DL")
    files = files_of([one, Someone(2)])
    ((name, punches),) = files.punches
    september = punches.replace(b"2026-10-", b"2026-09-")
    done = office.run(replace(files, punches=((name, september),)), month=date(2026, 9, 1))
    (problem,) = done.told("no_such_day")
    assert (problem["subject"], problem["message"]) == (one.nip, "tanggal 31 tidak ada di bulan ini")


def test_the_last_of_many_people_is_paid_otherwise_and_punches(office: Office) -> None:
    """His punches belong to nobody whose days are derived."""
    people = [Someone(number) for number in range(70)]
    people += [Someone(number, group="TPG", opd="Z") for number in range(70, 90)]
    slips = office.slips_of(people)
    assert [slip["net"] for slip in slips] == [NET] * 70 + [None] * 20


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("people", "daftar pegawai"),
        ("monthly", "isian bulanan"),
        ("punches", "presensi"),
    ],
)
def test_a_file_of_another_kind_fails_the_run_with_a_sentence(
    office: Office, kind: str, sentence: str
) -> None:
    wrong = {kind: (("surat.txt", b"Yang terhormat, terlampir daftar.\nSalam\n"),)}
    started = office.start(replace(files_of([Someone()]), **wrong))
    with pytest.raises(InputsRefused) as refusal:
        office.compute(started.uid)
    assert "surat.txt" in str(refusal.value)
    assert sentence in str(refusal.value)
    run = queries.get_run(actor=office.actor, uid=started.uid)
    assert (run.state.value, run.failure) == ("failed", str(refusal.value))
    assert queries.list_problems(actor=office.actor, at=office.at, uid=started.uid).total == run.problems >= 1
    with pytest.raises(RunEnded):
        office.compute(started.uid)
    # Mended, the same month can be asked for again.
    assert not office.start(files_of([Someone()])).existed
    assert not office.start(replace(files_of([Someone()]), **wrong)).existed


def test_a_month_in_which_everything_is_missing_still_ends(office: Office) -> None:
    nobody = Files(
        (("pegawai.csv", write_people_csv([Someone(in_monthly=False).person_row()])),),
        (("isian.csv", write_monthly_csv([Someone(5).month_row()])),),
        (("1_attlog.dat", write_attlog(Someone(9).punches([1]))),),
    )
    done = office.run(nobody)
    assert (done.row.people, done.row.held, done.row.net) == (1, 1, 0)
    assert [problem["code"] for problem in done.problems()] == ["no_person", "unknown_pin"]

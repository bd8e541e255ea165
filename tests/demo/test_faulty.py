"""The people file with every fault: each told by row, column and rule, the others go in."""

from __future__ import annotations

from pathlib import Path

from pamong.demo.faulty import write_faulty
from pamong.interop.people import read_people


def test_every_fault_is_told_and_the_rest_goes_in(tmp_path: Path) -> None:
    files = write_faulty(tmp_path)
    for path in (files.csv, files.xlsx):
        frame, problems = read_people(path.read_bytes(), path.name)
        assert (
            tuple((problem.row, problem.column, problem.code) for problem in problems)
            == (files.expected[path.name])
        )
        assert frame.height == files.good_rows[path.name]


def test_habits_of_the_export_are_borne(tmp_path: Path) -> None:
    files = write_faulty(tmp_path)
    frame, _ = read_people(files.csv.read_bytes(), files.csv.name)
    rows = {row["line"]: row for row in frame.iter_rows(named=True)}
    assert set(rows) == {2, 3, 4, 5, 11, 13}
    assert rows[3]["post_since"] is None and rows[3]["post_kind"] is None
    assert rows[4]["post_since"].isoformat() == "2023-01-03"
    assert rows[4]["grade_since"].isoformat() == "2022-04-01"
    assert rows[5]["name"].startswith("Nur 'Aini")
    assert len(rows[5]["nip"]) == 18

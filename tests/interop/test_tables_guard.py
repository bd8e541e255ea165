"""A damaged workbook ends at worst the process that reads it."""

from __future__ import annotations

import io
import re
import resource
import zipfile

import pytest

from pamong.interop.monthly import read_monthly
from pamong.interop.write import write_monthly_xlsx

ROWS = [{"NIP": "198504172010011999", "MENIT KERJA": 6000}]


def _with(old: bytes, new: bytes) -> bytes:
    """A workbook in whose first sheet one piece of text is another."""
    source = zipfile.ZipFile(io.BytesIO(write_monthly_xlsx(ROWS)))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as changed:
        for entry in source.infolist():
            text = source.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                assert re.search(old, text)
                text = re.sub(old, new, text, count=1)
            changed.writestr(entry.filename, text)
    return target.getvalue()


@pytest.mark.parametrize("cell", [b'r="XFD1048576"', b'r="A900000000"'])
def test_a_cell_at_the_end_of_the_world_is_no_flood(cell: bytes) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    frame, problems = read_monthly(_with(rb'r="A2"', cell), "isian.xlsx")
    assert frame.is_empty()
    assert [str(problem) for problem in problems] == [
        "isian.xlsx, lembar kerja ini rusak atau tidak lengkap. Buka dengan Excel atau LibreOffice, "
        "simpan ulang sebagai .xlsx, lalu unggah hasilnya."
    ]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 500 * 1024  # KiB


def test_the_next_workbook_is_read_again() -> None:
    read_monthly(_with(rb'r="A2"', b'r="XFD1048576"'), "rusak.xlsx")
    frame, _ = read_monthly(write_monthly_xlsx(ROWS), "isian.xlsx")
    assert frame["minutes"].to_list() == [6000]

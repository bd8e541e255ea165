"""A NIP in a CSV keeps its digits in a spreadsheet program, and our readers drop the apostrophe."""

from __future__ import annotations

import polars as pl

from pamong.interop.exports.flat import table_csv
from pamong.interop.exports.lists import list_csv
from pamong.interop.monthly import read_monthly

NIP = "198504172010011999"


def test_a_nip_stands_behind_an_apostrophe_and_is_read_back() -> None:
    frame = pl.DataFrame({"NIP": [NIP], "PIN": ["1001"], "MENIT KERJA": [6000]})
    for data in (
        table_csv(frame),
        list_csv(["NIP", "PIN", "MENIT KERJA"], [{"NIP": NIP, "PIN": "1001", "MENIT KERJA": "6000"}]),
    ):
        assert f"'{NIP};1001;6000\r\n" in data.decode("utf-8-sig")
        back, problems = read_monthly(data, "kembali.csv")
        assert back.select("nip", "pin", "minutes").rows() == [(NIP, "1001", 6000)]
        assert not [problem for problem in problems if problem.severity == "block"]

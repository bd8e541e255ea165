"""Nothing that somebody uploads for the register may crash a reader."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pamong.interop.register import education, family, paid, peta, siasn
from pamong.interop.register.templates import SHEETS, template
from pamong.interop.write import write_xlsx

SAMPLES = Path(__file__).parent.parent / "samples"
TODAY = date(2026, 11, 10)
READERS = [
    (partial(siasn.read_register, today=TODAY), siasn.SCHEMA),
    (partial(family.read_family, today=TODAY), family.SCHEMA),
    (partial(education.read_education, today=TODAY), education.SCHEMA),
    (paid.read_paid, paid.SCHEMA),
]
HEADS = [";".join(column.heading for column in sheet.columns).encode() + b"\r\n" for sheet in SHEETS.values()]
PAID = b"NO;NIP;NAMA;TPP BRUTO;POTONGAN APEL;PPH 21;TPP BERSIH\r\n"
WHOLE = [
    (SAMPLES / "export_data_asn_instansi.csv").read_bytes(),
    (SAMPLES / "daftar_lama.xls").read_bytes(),
    *(template(kind) for kind in SHEETS),
    write_xlsx(("NIP", "TPP BERSIH"), [{"NIP": "198504172010011999", "TPP BERSIH": 5}], sheet="A"),
    PAID + b"1;198504172010011999;BUDI;10;1;1;9\r\n;;JUMLAH;10;1;1;9\r\n",
    HEADS[0] + b"A;Dinas;;;;;Kepala;JPT Pratama;;;1;1;;ya;;\r\nB;Bidang B;A;bidang;;;;;;;;;;;;\r\n",
]
_MAGIC = [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"NIP,NAMA\n", PAID, *HEADS]


def holds(data):
    """Every reader gives its columns and sentences, or refuses the file with one."""
    for reader, schema in READERS:
        frame, problems = reader(data, "apa.saja")
        assert frame.schema == schema
        assert all(str(problem).strip() for problem in problems)
        assert frame.height or problems
    units, posts, problems = peta.read_peta_jabatan(data, "apa.saja")
    assert (units.schema, posts.schema) == (peta.UNIT_SCHEMA, peta.POST_SCHEMA)
    assert set(posts["unit_code"]) <= set(units["code"])
    assert units.height or problems


@given(st.sampled_from(_MAGIC), st.binary(max_size=400))
def test_random_bytes(magic, data):
    holds(magic + data)


@given(st.sampled_from(_MAGIC), st.text(max_size=200))
def test_random_text(magic, text):
    holds(magic + text.encode("utf-8", errors="surrogatepass"))


@given(st.sampled_from(WHOLE), st.data())
def test_damaged_files(whole, data):
    start = data.draw(st.integers(0, len(whole)))
    stop = data.draw(st.integers(start, min(len(whole), start + 40)))
    holds(whole[:start] + data.draw(st.binary(max_size=20)) + whole[stop:])


_CELL = st.sampled_from(
    ["", "A", "B", "C", "ya", "1", "2", "18", "bidang", "Pelaksana", "JUMLAH", "NIP", "198504172010011999",
     "198504172010011998", "9901171704850001", "17-04-1985", "17-04-2085", "istri", "S1", "null", "1,9E+17"]
)  # fmt: skip


@given(st.sampled_from([PAID, *HEADS]), st.lists(st.lists(_CELL, min_size=1, max_size=16), max_size=8))
def test_rows_of_likely_cells(head, rows):
    holds(head + "\r\n".join(";".join(cells) for cells in rows).encode())

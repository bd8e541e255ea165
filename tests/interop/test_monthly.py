"""The month's sheet, as CSV and as XLSX."""

import pytest

from pamong.interop.headings import MONTHLY_HEADINGS
from pamong.interop.monthly import SCHEMA, read_monthly
from pamong.interop.write import write_monthly_csv, write_monthly_xlsx, write_people_csv

NIP = "198504172010011999"
FULL = {
    "NIP": NIP,
    "PIN": "0001001",
    "KELAS JABATAN": 9,
    "KELOMPOK": "TPP",
    "MENIT KERJA": 6000,
    "NILAI PERILAKU": 95,
    "PENGHASILAN TETAP": 5_532_975,
    "LHKPN TERLAMBAT": True,
    "AKTIVITAS NEGATIF": False,
    "APEL TIDAK HADIR": 2,
    "JAM KELUAR TANPA IZIN": 1,
    "NILAI PRODUKTIVITAS": 88,
    "STATUS PTKP": "K/2",
    "KETERANGAN HARI": "05=CT,06=DL",
    "HARI KERJA": "6",
}
EXPECTED = {
    "nip": NIP,
    "pin": "1001",
    "job_class": 9,
    "pay_group": "tpp",
    "minutes": 6000,
    "behaviour": 95,
    "fixed_income": 5_532_975,
    "lhkpn_late": True,
    "negative_activity": False,
    "musters_missed": 2,
    "hours_left": 1,
    "productivity_score": 88,
    "ptkp": "K/2",
    "excused": "05=CT,06=DL",
    "week": "6",
    "line": 2,
}


def nip(n):
    """Another person's number."""
    return f"19850417201001{1001 + n}"


def read(*rows):
    """Read rows given as changes to a NIP alone; give (frame, sentences without the file's name)."""
    filled = [{"NIP": nip(n)} | row for n, row in enumerate(rows)]
    frame, problems = read_monthly(write_monthly_csv(filled), "b.csv")
    return frame, [str(problem).removeprefix("b.csv, ") for problem in problems]


@pytest.mark.parametrize(
    "data",
    [
        write_monthly_csv([FULL]),
        write_monthly_csv([FULL], delimiter=","),
        write_monthly_xlsx([FULL]),
        write_monthly_csv([FULL]).removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n"),
    ],
)
def test_a_full_row(data):
    frame, problems = read_monthly(data, "b.csv")
    assert problems == []
    assert frame.schema == SCHEMA
    assert frame.rows(named=True) == [EXPECTED | {"file": "b.csv"}]


def test_empty_cells_missing_is_not_zero():
    frame, says = read({})
    assert says == []
    row = frame.row(0, named=True)
    nothing = [
        "pin",
        "job_class",
        "pay_group",
        "minutes",
        "behaviour",
        "fixed_income",
        "productivity_score",
        "ptkp",
    ]
    assert [row[name] for name in nothing] == [None] * len(nothing)
    assert (row["lhkpn_late"], row["negative_activity"], row["musters_missed"], row["hours_left"]) == (
        False,
        False,
        None,
        0,
    )
    assert (row["excused"], row["week"]) == ("", "5")


def test_only_a_nip_and_unknown_columns():
    frame, problems = read_monthly(f"nip ;Catatan;menit\r\n{NIP};halo;6.000\r\n".encode(), "b.csv")
    assert frame.select("nip", "minutes").rows() == [(NIP, 6000)]
    assert [(problem.code, problem.severity) for problem in problems] == [
        ("headings_absent", "info"),
        ("headings_extra", "info"),
    ]
    assert "PENGHASILAN TETAP" in problems[0].message
    assert "CATATAN" in problems[1].message


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ({"NIP": "19850417201001199"}, "NIP, 17 digit, harus 18"),
        ({"PIN": "10 01"}, "PIN, '10 01' bukan PIN, harus angka atau huruf tanpa spasi"),
        ({"KELAS JABATAN": "18"}, "KELAS JABATAN, 18 di luar batas 1 sampai 17"),
        ({"KELOMPOK": "DOSEN"}, "KELOMPOK, 'DOSEN' tidak dikenal, isi TPP, TPG, BLUD, INSENTIF, TIDAK"),
        ({"MENIT KERJA": "6000,5"}, "MENIT KERJA, '6000,5' bukan bilangan bulat"),
        ({"MENIT KERJA": "-1"}, "MENIT KERJA, -1 di luar batas 0 sampai 44640"),
        ({"NILAI PERILAKU": "101"}, "NILAI PERILAKU, 101 di luar batas 0 sampai 100"),
        (
            {"PENGHASILAN TETAP": "5.532.975,50"},
            "PENGHASILAN TETAP, '5.532.975,50' bukan jumlah rupiah bulat, contoh yang benar: 1.234.567",
        ),
        ({"PENGHASILAN TETAP": "-5"}, "PENGHASILAN TETAP, -5 tidak boleh kurang dari nol"),
        ({"LHKPN TERLAMBAT": "mungkin"}, "LHKPN TERLAMBAT, 'mungkin' tidak dikenal, isi ya atau tidak"),
        ({"APEL TIDAK HADIR": "x"}, "APEL TIDAK HADIR, 'x' bukan bilangan bulat"),
        ({"STATUS PTKP": "K/4"}, "STATUS PTKP, 'K/4' bukan status PTKP, contoh yang benar: TK/0 atau K/2"),
        ({"KETERANGAN HARI": "CT"}, "KETERANGAN HARI, 'CT' tidak dikenal, contoh yang benar: 05=CT,06=DL"),
        ({"KETERANGAN HARI": "32=CT"}, "KETERANGAN HARI, '32=CT' bukan tanggal 1 sampai 31"),
        ({"KETERANGAN HARI": "5=CT,5=DL"}, "KETERANGAN HARI, tanggal 5 punya dua keterangan, CT dan DL"),
        ({"HARI KERJA": "7"}, "HARI KERJA, '7' tidak dikenal, isi 5 atau 6"),
    ],
)
def test_case_I_06_a_wrong_cell_keeps_its_row_out_and_says_why(cell, says):
    frame, sentences = read({}, cell, {})
    assert sentences == [f"baris 3, {says}"]
    assert frame["line"].to_list() == [2, 4]


@pytest.mark.parametrize(
    ("heading", "text", "column", "value"),
    [
        ("KELOMPOK", "tpg", "pay_group", "tpg"),
        ("KELOMPOK", "BLUD", "pay_group", "blud"),
        ("KELOMPOK", "Insentif", "pay_group", "incentive"),
        ("KELOMPOK", "TIDAK", "pay_group", "none"),
        ("LHKPN TERLAMBAT", "Y", "lhkpn_late", True),
        ("LHKPN TERLAMBAT", "1", "lhkpn_late", True),
        ("LHKPN TERLAMBAT", "T", "lhkpn_late", False),
        ("AKTIVITAS NEGATIF", "Tidak", "negative_activity", False),
        ("PENGHASILAN TETAP", "Rp5.532.975,00", "fixed_income", 5_532_975),
        ("PENGHASILAN TETAP", "0", "fixed_income", 0),
        ("PENGHASILAN TETAP", "5532975.0", "fixed_income", 5_532_975),
        ("MENIT KERJA", "0", "minutes", 0),
        ("MENIT KERJA", "6000,00", "minutes", 6000),
        ("STATUS PTKP", "tk0", "ptkp", "TK/0"),
        ("KETERANGAN HARI", "20 = dl; 5-7=ct", "excused", "05=CT,06=CT,07=CT,20=DL"),
        ("HARI KERJA", "6 hari", "week", "6"),
        ("PIN", "000", "pin", "0"),
    ],
)
def test_cell_spellings(heading, text, column, value):
    frame, says = read({heading: text})
    assert says == []
    assert frame[column].to_list() == [value]


def test_two_people_with_one_pin_stay_out_both():
    frame, says = read({"PIN": "7"}, {"PIN": "8"}, {"PIN": "007"})
    assert frame["pin"].to_list() == ["8"]
    assert says == [
        "baris 2, PIN, PIN 7 juga dipakai di baris 4",
        "baris 4, PIN, PIN 7 juga dipakai di baris 2",
    ]


def test_of_two_rows_that_say_different_things_of_one_person_none_is_believed():
    frame, says = read({}, {"NIP": nip(0), "MENIT KERJA": 1})
    assert frame.is_empty()
    assert says == [
        "baris 2, NIP, NIP juga ada di baris 3 dengan isi lain, sisakan satu baris",
        "baris 3, NIP, NIP juga ada di baris 2 dengan isi lain, sisakan satu baris",
    ]


def test_case_I_02_numbers_in_a_workbook():
    rows = [FULL | {"NIP": 198504172010011999}, FULL | {"NIP": nip(5), "PIN": 1001, "MENIT KERJA": 5999.5}]
    frame, problems = read_monthly(write_monthly_xlsx(rows), "b.xlsx")
    assert frame.is_empty()
    assert [problem.code for problem in problems] == ["nip", "minutes"]


@pytest.mark.parametrize("heading", ["MENIT KERJA", "PENGHASILAN TETAP"])
def test_a_fraction_in_a_workbook_is_no_thousand(heading):
    frame, problems = read_monthly(write_monthly_xlsx([{"NIP": NIP, heading: 1.234}]), "b.xlsx")
    assert frame.is_empty()
    assert "'1,234' bukan" in str(problems[0])


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "berkas kosong"),
        (";".join(MONTHLY_HEADINGS).encode(), "hanya berisi judul kolom"),
        (write_monthly_xlsx([]), "hanya berisi judul kolom"),
        (b"PIN;MENIT KERJA\r\n1;6000\r\n", "kolom NIP tidak ada"),
        (b"1001\t2026-11-02 07:12:09\t1\n", "tampaknya data presensi dari mesin"),
        (b'{"success": true}', "tampaknya data JSON"),
        (write_people_csv([{"NIP BARU": NIP, "NAMA": "BUDI"}]), "tampaknya daftar pegawai"),
    ],
)
def test_files_that_cannot_be_used_say_so_in_one_sentence(data, says):
    frame, problems = read_monthly(data, "salah.csv")
    assert frame.schema == SCHEMA
    assert frame.is_empty()
    assert [problem.code for problem in problems] == ["file"]
    assert says in str(problems[0])

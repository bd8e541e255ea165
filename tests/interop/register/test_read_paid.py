"""A paid list of last month: people, amounts, and what is no person."""

from __future__ import annotations

import pytest

from pamong.interop.exports.wide import PERSON, SUMS
from pamong.interop.register.paid import SCHEMA, read_paid
from pamong.interop.write import write_xlsx

HEADINGS = (
    "No", "NIP", "Nama", "OPD", "Kelas Jabatan", "Basic TPP", "TPP Bruto", "Potongan Kehadiran",
    "Potongan Apel", "PPh 21", "BPJS", "TPP Bersih", "Gaji Pokok",
)  # fmt: skip


def nip(n):
    """Somebody's number."""
    return f"{1960 + n // 900}0417201001{1001 + n % 900}"


def row(n=0, **changes):
    """Somebody who was paid."""
    made = {
        "No": n + 1,
        "NIP": nip(n),
        "Nama": f"Orang {n}",
        "OPD": "Dinas Contoh",
        "Kelas Jabatan": 9,
        "Basic TPP": 6_000_000,
        "TPP Bruto": 5_500_000,
        "Potongan Kehadiran": 400_000,
        "Potongan Apel": 100_000,
        "PPh 21": 275_000,
        "BPJS": 55_000,
        "TPP Bersih": 5_170_000,
        "Gaji Pokok": 4_000_000,
    }
    return made | {heading.replace("_", " "): value for heading, value in changes.items()}


def total(people, label="JUMLAH", heading="Nama", **changes):
    """The sums of so many people."""
    amounts = {
        h: v * people for h, v in row().items() if h not in ("No", "NIP", "Nama", "OPD", "Kelas Jabatan")
    }
    return {heading: label} | amounts | {h.replace("_", " "): v for h, v in changes.items()}


def csv(*rows, headings=HEADINGS, above=""):
    """A list as CSV."""
    lines = [";".join(headings), *(";".join(str(r.get(h, "")) for h in headings) for r in rows)]
    return (above + "\r\n".join(lines)).encode()


def read(*rows):
    """Lines of the people, sentences, frame."""
    frame, problems = read_paid(csv(*rows), "d.csv")
    assert frame.schema == SCHEMA
    return frame["line"].to_list(), [str(p).removeprefix("d.csv, ") for p in problems], frame


@pytest.mark.parametrize("data", [csv(row()), write_xlsx(HEADINGS, [row()], sheet="TPP")])
def test_a_person(data):
    frame, problems = read_paid(data, "d.csv")
    assert problems == []
    assert frame.rows(named=True) == [
        {
            "line": 2,
            "file": "d.csv",
            "nip": nip(0),
            "name": "Orang 0",
            "opd_name": "Dinas Contoh",
            "job_class": 9,
            "ceiling": 6_000_000,
            "gross": 5_500_000,
            "cut": 500_000,
            "tax": 275_000,
            "health": 55_000,
            "net": 5_170_000,
            "base_salary": 4_000_000,
        }
    ]


def test_other_headings_titles_above_and_amounts_as_printed():
    above = "PEMERINTAH KOTA CONTOH\r\nDAFTAR TPP BULAN OKTOBER 2026\r\n\r\n"
    headings = ("NIP Baru", "Nama Pegawai", "Unit Kerja", "TPP Maksimal (Rp)", "Jumlah Potongan", "Diterima")
    told = {
        "NIP Baru": f"'{nip(0)}",
        "Nama Pegawai": "Siti",
        "Unit Kerja": "Bidang A",
        "TPP Maksimal (Rp)": "Rp 6.000.000,00",
        "Jumlah Potongan": "(150.000)",
        "Diterima": " Rp5.850.000 ",
    }
    frame, problems = read_paid(csv(told, headings=headings, above=above), "d.csv")
    assert frame.select("line", "opd_name", "ceiling", "cut", "net", "gross").rows() == [
        (5, "Bidang A", 6_000_000, 150_000, 5_850_000, None)
    ]
    assert [p.severity for p in problems] == ["info"]


def test_missing_is_not_zero_and_a_dash_is():
    _, says, frame = read(
        row(PPh_21="", BPJS=" - ", Potongan_Kehadiran="", Potongan_Apel="", TPP_Bersih=5_500_000)
    )
    assert says == []
    assert frame.select("tax", "health", "cut").rows() == [(None, 0, None)]


@pytest.mark.parametrize(
    ("label", "heading"),
    [("JUMLAH", "Nama"), ("Total", "NIP"), ("SUB TOTAL", "No"), ("Jumlah Dinas Contoh", "OPD"), ("", "Nama")],
)
def test_a_total_is_no_person_and_is_checked(label, heading):
    lines, says, _ = read(row(0), row(1), total(2, label, heading))
    assert lines == [2, 3]
    assert says == ["baris 4, baris jumlah, sama dengan jumlah baris di atasnya"]


def test_totals_of_parts_and_of_all():
    lines, says, _ = read(
        row(0), row(1), total(2, "SUBTOTAL"), row(2), total(1, "SUBTOTAL"), total(3, "GRAND TOTAL")
    )
    assert lines == [2, 3, 5]
    assert says == [f"baris {line}, baris jumlah, sama dengan jumlah baris di atasnya" for line in (4, 6, 7)]


def test_a_wrong_total_is_told():
    _, says, _ = read(row(0), row(1), total(2, TPP_Bersih=10_340_001))
    assert says == [
        "baris 4, TPP BERSIH, jumlah tertulis Rp10.340.001, sedangkan baris di atasnya berjumlah Rp10.340.000"
    ]


def test_a_total_counts_those_who_were_refused():
    lines, says, _ = read(row(0), row(1, NIP="123456789012"), total(2))
    assert lines == [2]
    assert says[1] == "baris 4, baris jumlah, sama dengan jumlah baris di atasnya"


def test_what_is_no_person_is_told():
    numbers = dict(zip(HEADINGS, range(1, 14), strict=True))
    again = {heading: heading for heading in HEADINGS}
    place = {"Gaji Pokok": "", "OPD": "Kota Contoh, 5 November 2026"}
    sign = {"NIP": "NIP. 197001011995031001"}
    lines, says, _ = read(numbers, row(0), again, row(1), place, sign)
    assert lines == [3, 5]
    assert says == [
        "baris 2, nomor kolom di bawah judul, tidak dibaca",
        "baris 4, judul kolom yang berulang, tidak dibaca",
        "baris 6, bukan baris pegawai dan tanpa jumlah, tidak dibaca",
        "baris 7, bukan baris pegawai dan tanpa jumlah, tidak dibaca",
    ]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"NIP": "1,98504E+17"}, "NIP, disimpan sebagai angka sehingga digit akhirnya hilang"),
        ({"NIP": ""}, "NIP, kosong, harus 18 digit"),
        ({"NIP": "19850417201001199"}, "NIP, 17 digit, harus 18"),
        ({"TPP_Bersih": ""}, "TPP BERSIH, kosong, harus diisi; tulis 0 jika tidak dibayar"),
        ({"TPP_Bersih": "5.170.000,50"}, "TPP BERSIH, '5.170.000,50' bukan jumlah rupiah bulat"),
        ({"TPP_Bersih": "-5"}, "TPP BERSIH, -5 tidak boleh kurang dari nol"),
    ],
)
def test_case_I_06_rows_that_stay_out(changes, says):
    lines, sentences, _ = read(row(0, **changes), row(1))
    assert lines == [3]
    assert sentences[0].startswith(f"baris 2, {says}")


@pytest.mark.parametrize(
    ("changes", "column", "says"),
    [
        ({"Kelas_Jabatan": "19"}, "job_class", "KELAS JABATAN, 19 di luar batas 1 sampai 17"),
        ({"Gaji_Pokok": "empat juta"}, "base_salary", "GAJI POKOK, 'empat juta' bukan jumlah rupiah bulat"),
    ],
)
def test_another_wrong_cell_is_told_and_left_empty(changes, column, says):
    lines, sentences, frame = read(row(0, **changes))
    assert lines == [2]
    assert frame[column].to_list() == [None]
    assert sentences[0].startswith(f"baris 2, {says}")


@pytest.mark.parametrize(
    "changes",
    [
        {"TPP_Bersih": 4_670_000},
        {"TPP_Bersih": 5_000_000, "PPh_21": 0, "BPJS": 0},
        {"TPP_Bersih": 5_500_000, "PPh_21": "", "BPJS": ""},
    ],
)
def test_lists_that_count_their_deductions_otherwise(changes):
    assert read(row(0, **changes))[1] == []


def test_a_row_that_does_not_add_up_is_told():
    lines, says, _ = read(row(0, TPP_Bersih=5_170_001))
    assert lines == [2]
    assert says == [
        "baris 2, TPP BERSIH, Rp5.170.001 tidak sama dengan kotor Rp5.500.000 dikurangi potongan, pajak, "
        "dan iuran"
    ]


def test_of_two_rows_of_one_person_neither_is_believed():
    lines, says, _ = read(row(0), row(1), row(0, TPP_Bersih=1))
    assert lines == [3]
    assert len([line for line in says if "sisakan satu baris" in line]) == 2


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "berkas kosong"),
        (b"NIP;Nama\r\n1;a\r\n", "kolom TPP BERSIH tidak ada, daftar pembayaran memerlukannya"),
        (b"1001\t2026-11-02 07:12:09\t1\n", "tampaknya data presensi dari mesin"),
    ],
)
def test_files_that_cannot_be_used_say_so_in_one_sentence(data, says):
    frame, problems = read_paid(data, "salah.csv")
    assert frame.is_empty()
    assert [p.code for p in problems] == ["file"]
    assert says in str(problems[0])


def test_many_people_and_totals():
    rows = [r for n in range(8_000) for r in (row(n), total(1))]
    frame, problems = read_paid(csv(*rows), "d.csv")
    assert frame.height == 8_000
    assert {p.code for p in problems} == {"total_row"}


def test_our_own_list_of_a_run_is_a_paid_list_too():
    headings = [column.title for column in PERSON] + list(SUMS.values())
    told = {"NIP": nip(0), "Nama": "Siti", "Perangkat daerah": "Dinas", "Kelas jabatan": 9}
    amounts = zip(SUMS.values(), (6_000_000, 5_500_000, 5_500_000, 275_000, 55_000, 5_170_000), strict=True)
    frame, problems = read_paid(write_xlsx(headings, [told | dict(amounts)], sheet="Rincian"), "d.xlsx")
    assert {p.severity for p in problems} == {"info"}
    assert frame.select("opd_name", "ceiling", "gross", "tax", "health", "net").rows() == [
        ("Dinas", 6_000_000, 5_500_000, 275_000, 55_000, 5_170_000)
    ]

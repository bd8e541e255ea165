"""The whole export for the register of people."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pamong.demo.people import make_people
from pamong.demo.siasn import siasn_row
from pamong.interop.headings import SIASN_HEADINGS
from pamong.interop.register.siasn import SCHEMA, read_register
from pamong.interop.write import write_people_csv, write_xlsx

SAMPLE = Path(__file__).parent.parent / "samples" / "export_data_asn_instansi.csv"
TODAY = date(2026, 11, 10)


BUDI = {
    "line": 2,
    "file": "export_data_asn_instansi.csv",
    "nip": "198504172010011999",
    "old_nip": None,
    "name": "BUDI CONTOH",
    "front_title": None,
    "back_title": "S.Sos., M.Si.",
    "birth_place": "Kota Contoh",
    "birth_date": date(1985, 4, 17),
    "sex": "L",
    "religion": "Islam",
    "marital": "Menikah",
    "nik": "9901171704850001",
    "phone": "0810000000001",
    "email": "budi@example.go.id",
    "email_gov": "budi@example.go.id",
    "address": "Jl. Contoh No. 1",
    "npwp": None,
    "kind": "PNS",
    "standing_code": "01",
    "standing": "Aktif",
    "cpns_order_no": "813.3/01/CONTOH",
    "cpns_order_on": date(2009, 12, 15),
    "cpns_since": date(2010, 1, 1),
    "pns_order_no": "821.1/01/CONTOH",
    "pns_order_on": date(2010, 12, 20),
    "pns_since": date(2011, 1, 1),
    "first_golongan": "III/a",
    "golongan": "III/d",
    "golongan_since": date(2022, 4, 1),
    "mkg_years": 12,
    "mkg_months": 3,
    "post_kind": "Jabatan Struktural",
    "post_code": "CONTOH-JAB-1",
    "post_name": "Kepala Bidang Contoh",
    "post_since": date(2023, 1, 3),
    "education_code": "45",
    "education_level": "S-2",
    "programme": "S-2 ADMINISTRASI PUBLIK",
    "graduated_year": 2016,
    "school": "UNIVERSITAS CONTOH",
    "unit_code": "AAAAAAAA-0000-0000-0000-000000000001",
    "unit_name": "Bidang Contoh",
    "opd_name": "Pemerintah Kab. Contoh",
    "nik_valid": True,
}


def person(serial=1001, **changes):
    """A PNS of the export, valid as it is."""
    row = {
        "NIP BARU": f"'19850417201001{serial:04d}",
        "NAMA": "BUDI CONTOH",
        "TANGGAL LAHIR": "17-04-1985",
        "JENIS KELAMIN": "M",
        "KEDUDUKAN HUKUM NAMA": "Aktif",
        "STATUS CPNS PNS": "PNS",
        "TMT CPNS": "01-01-2010",
        "GOL AKHIR NAMA": "III/d",
    }
    return row | {heading.replace("_", " "): value for heading, value in changes.items()}


def read(*rows):
    """Read rows of the export; give (frame, sentences without the file's name, problems)."""
    frame, problems = read_register(write_people_csv(rows), "p.csv", today=TODAY)
    return frame, [str(problem).removeprefix("p.csv, ") for problem in problems], problems


def test_the_export_as_siasn_gives_it():
    frame, problems = read_register(SAMPLE.read_bytes(), SAMPLE.name, today=TODAY)
    assert frame.schema == SCHEMA
    assert problems == []
    budi, siti = frame.rows(named=True)
    assert budi == BUDI
    assert (siti["kind"], siti["golongan"], siti["birth_date"]) == ("PPPK", "IX", date(1990, 1, 1))
    assert (siti["pns_order_no"], siti["pns_since"], siti["back_title"]) == (None, None, None)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (
            {"TANGGAL_LAHIR": "17-04-2085"},
            ["baris 2, TANGGAL LAHIR, 17-04-2085 belum terjadi, periksa tahunnya"],
        ),
        ({"TANGGAL_LAHIR": "31-02-1985"}, ["baris 2, TANGGAL LAHIR, 31-02-1985 tidak ada di kalender"]),
        (
            {"TMT_JABATAN": "16-04-2000"},
            [
                "baris 2, TMT JABATAN, 16-04-2000 sebelum usia 15 tahun (lahir 17-04-1985), "
                "periksa kedua tanggal"
            ],
        ),
        ({"TMT_JABATAN": "1"}, ["'1' bukan tanggal yang dikenal"]),
        ({"NAMA": "null"}, ["baris 2, NAMA, kosong, harus diisi"]),
        ({"NIP_BARU": "1,98E+17"}, ["simpan kolom ini sebagai teks"]),
        ({"GOL_AKHIR_NAMA": "III/e"}, ["golongan III/e tidak ada"]),
        ({"MK_BULAN": "12"}, ["12 di luar batas 0 sampai 11"]),
    ],
)
def test_rows_that_stay_out(changes, says):
    frame, sentences, problems = read(person(1001, **changes), person(1002))
    assert frame["line"].to_list() == [3]
    blocked = [str(p) for p in problems if p.severity == "block"]
    assert len(blocked) == len(says)
    assert all(text in sentence for text, sentence in zip(says, blocked, strict=True))
    assert all(sentence.startswith("baris 2, ") for sentence in sentences)


@pytest.mark.parametrize(
    ("changes", "code", "column", "value"),
    [
        ({"NIK": "990117170485"}, "nik", "nik", None),
        ({"NIK": "9,90117E+15"}, "nik", "nik", None),
        ({"NIK": "9901171804850001"}, "nik_birth", "nik", "9901171804850001"),
        ({"NIK": "9901175704850001"}, "nik_sex", "nik", "9901175704850001"),
        ({"TANGGAL_LAHIR": "18-04-1985"}, "nip_birth", "birth_date", date(1985, 4, 18)),
        ({"TMT_PNS": "01-12-2009"}, "since_start", "pns_since", date(2009, 12, 1)),
        ({"TAHUN_LULUS": "2031"}, "year", "graduated_year", None),
        ({"NOMOR_HP": "8,1E+11"}, "phone", "phone", None),
        ({"TANGGAL_SK_PNS": "31-02-2011"}, "date", "pns_order_on", None),
        ({"IS_VALID_NIK": "mungkin"}, "yes_no", "nik_valid", None),
    ],
)
def test_doubts_are_told_and_the_row_goes_in(changes, code, column, value):
    frame, says, problems = read(person(1001, **changes))
    assert [(p.code, p.severity, p.row) for p in problems] == [(code, "warn", 2)]
    assert frame[column].to_list() == [value]
    assert says[0].startswith("baris 2, ")


def test_case_I_05_one_nik_under_two_nips_is_told_in_each():
    nik = "'9901171704850001"
    frame, says, _ = read(person(1001, NIK=nik), person(1002), person(1003, NIK=nik))
    assert frame.height == 3
    assert says == [
        "baris 2, NIK, NIK ini juga dipakai NIP lain di baris 4, mungkin orang yang sama",
        "baris 4, NIK, NIK ini juga dipakai NIP lain di baris 2, mungkin orang yang sama",
    ]


def test_case_I_05_of_two_rows_with_one_nip_neither_is_believed():
    frame, says, _ = read(person(1001), person(1002), person(1001, ALAMAT="Jl. Lain"))
    assert frame["line"].to_list() == [3]
    assert says == [
        "baris 2, NIP BARU, NIP juga ada di baris 4 dengan isi lain, sisakan satu baris",
        "baris 4, NIP BARU, NIP juga ada di baris 2 dengan isi lain, sisakan satu baris",
    ]


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"STATUS_CPNS_PNS": "CPNS"}, "CPNS"),
        ({"STATUS_CPNS_PNS": "P"}, "PNS"),
        ({"STATUS_CPNS_PNS": "PPPK", "GOL_AKHIR_NAMA": "IX"}, "PPPK"),
        ({"STATUS_CPNS_PNS": "PPPK Paruh Waktu", "GOL_AKHIR_NAMA": ""}, "PPPK_PW"),
        ({"KEDUDUKAN_HUKUM_NAMA": "PPPK Paruh Waktu Aktif", "GOL_AKHIR_NAMA": "IX"}, "PPPK_PW"),
        ({"JENIS_PEGAWAI_NAMA": "P3K paruh waktu", "STATUS_CPNS_PNS": "", "GOL_AKHIR_NAMA": ""}, "PPPK_PW"),
    ],
)
def test_kinds_of_service(changes, kind):
    frame, says, _ = read(person(1001, **changes))
    assert says == []
    assert frame["kind"].to_list() == [kind]


def test_case_I_02_text_stays_text():
    frame, says, _ = read(person(1001, NAMA="'Aisyah", NOMOR_HP="'08120001", NIP_LAMA="'010123456"))
    assert frame.select("name", "phone", "old_nip").rows() == [("'Aisyah", "08120001", "010123456")]
    assert says == []


def test_case_I_02_numbers_of_a_workbook_are_told_once_a_column():
    rows = [
        {"NIP": f"19850417201001{n}", "NAMA": "BUDI", "NOMOR HP": 8120001, "NIK": 9901171704850001}
        for n in (1001, 1002)
    ]
    headings = ("NIP", "NAMA", "NOMOR HP", "NIK", "STATUS PEGAWAI")
    frame, problems = read_register(
        write_xlsx(headings, [row | {"STATUS PEGAWAI": "PNS"} for row in rows], sheet="Data"),
        "p.xlsx",
        today=TODAY,
    )
    assert frame["phone"].to_list() == ["8120001"] * 2
    assert frame["nik"].to_list() == [None] * 2
    assert [(p.column, p.row) for p in problems if p.code == "number_cells"] == [("NOMOR HP", 2)]
    assert [p.row for p in problems if p.code == "nik"] == [2, 3]


def test_missing_columns_are_told_once_and_extra_ones_ignored():
    text = "NIP,NAMA,ESELON NAMA,STATUS PEGAWAI\r\n198504172010011999,BUDI,III.a,PNS\r\n"
    frame, problems = read_register(text.encode(), "p.csv", today=TODAY)
    assert frame["nip"].to_list() == ["198504172010011999"]
    missing, rest = problems
    assert (missing.code, missing.severity, missing.row) == ("headings_missing", "warn", None)
    assert "TMT CPNS, " in missing.message
    assert (rest.code, rest.severity) == ("headings_absent", "info")
    assert "BPJS" in rest.message


def test_case_I_01_the_order_of_dates_is_asked_once_a_file():
    text = "NIP,NAMA,STATUS PEGAWAI,TMT PNS\r\n198504172010011999,BUDI,PNS,01-02-2011\r\n"
    frame, problems = read_register(text.encode(), "p.csv", today=TODAY)
    assert frame.is_empty()
    assert [p.code for p in problems if p.severity == "block"] == ["ambiguous_dates"]
    frame, _ = read_register(text.encode(), "p.csv", today=TODAY, day_first=False)
    assert frame["pns_since"].to_list() == [date(2011, 1, 2)]


def test_all_problems_of_a_row_come_at_once():
    _, says, _ = read(person(1001, TANGGAL_LAHIR="17-04-2085", GOL_AKHIR_NAMA="X/x", NAMA=""))
    assert (
        len([line for line in says if "belum terjadi" in line or "golongan" in line or "kosong" in line]) == 3
    )


def test_ten_thousand_people_are_read():
    data = write_people_csv(siasn_row(person, "kecepatan") for person in make_people(10_000))
    frame, problems = read_register(data, "besar.csv", today=TODAY)
    assert frame.height == 10_000
    assert frame["nip"].n_unique() == 10_000
    assert not problems


def test_each_of_ten_thousand_wrong_rows_is_told():
    wrong = {"TANGGAL LAHIR": "31-02-1985", "TMT CPNS": "x", "NIK": "1", "GOL AKHIR NAMA": "Z"}
    data = write_people_csv(siasn_row(person, "kecepatan") | wrong for person in make_people(10_000))
    frame, problems = read_register(data, "besar.csv", today=TODAY)
    assert frame.is_empty()
    assert len({p.row for p in problems if p.severity == "block"}) == 10_000


def test_every_heading_that_is_read_is_one_of_the_export():
    data = write_people_csv([person()])
    _, problems = read_register(data, "p.csv", today=TODAY)
    assert problems == []
    assert len(SIASN_HEADINGS) == 67

"""Families and schooling: sheets of our own, and their empty templates."""

from __future__ import annotations

import io
import subprocess
import sys
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from pamong.interop.register import education, family
from pamong.interop.register.education import read_education
from pamong.interop.register.family import read_family
from pamong.interop.register.peta import read_peta_jabatan
from pamong.interop.register.templates import FILE_NAMES, SHEETS, template
from pamong.interop.write import write_people_csv, write_xlsx

TODAY = date(2026, 11, 10)
NIP, OTHER = "198504172010011999", "198504172010011998"
WIFE = {
    "NIP PEGAWAI": NIP,
    "NAMA": "Siti Contoh",
    "HUBUNGAN": "istri",
    "JENIS KELAMIN": "P",
    "TANGGAL LAHIR": "24-12-1987",
    "NIK": "9901176412870003",
    "PEKERJAAN": "Guru",
    "TERTANGGUNG": "ya",
    "TANGGAL NIKAH": "10-05-2012",
}
DIPLOMA = {
    "NIP": NIP,
    "TINGKAT": "S2",
    "PROGRAM STUDI": "Administrasi Publik",
    "SEKOLAH": "Universitas Contoh",
    "TANGGAL LULUS": "20-08-2016",
    "TAHUN LULUS": "",
    "NOMOR IJAZAH": "0016/S2",
    "GELAR DEPAN": "",
    "GELAR BELAKANG": "M.Si.",
}


def csv(sheet, rows):
    """Rows under the sheet's headings."""
    headings = [column.heading for column in sheet.columns]
    return "\r\n".join(
        ";".join(r.get(h, "") for h in headings) for r in [{h: h for h in headings}, *rows]
    ).encode()


def relatives(*changes, **options):
    """Read rows given as changes to a wife; give (lines, sentences, frame)."""
    rows = [WIFE | change for change in changes]
    frame, problems = read_family(
        csv(SHEETS["family"], rows), "k.csv", today=TODAY, **{"day_first": True} | options
    )
    assert frame.schema == family.SCHEMA
    return frame["line"].to_list(), [str(p).removeprefix("k.csv, ") for p in problems], frame


def diplomas(*changes):
    """Read rows given as changes to a diploma; give (lines, sentences, frame)."""
    rows = [DIPLOMA | change for change in changes]
    frame, problems = read_education(csv(SHEETS["education"], rows), "i.csv", today=TODAY, day_first=True)
    assert frame.schema == education.SCHEMA
    return frame["line"].to_list(), [str(p).removeprefix("i.csv, ") for p in problems], frame


def test_a_wife():
    _, says, frame = relatives({})
    assert says == []
    assert frame.row(0, named=True) == {
        "line": 2,
        "file": "k.csv",
        "nip": NIP,
        "name": "Siti Contoh",
        "relation": "spouse",
        "sex": "P",
        "birth_date": date(1987, 12, 24),
        "nik": "9901176412870003",
        "occupation": "Guru",
        "entitled": True,
        "married_on": date(2012, 5, 10),
    }


@pytest.mark.parametrize(
    ("word", "relation", "sex"),
    [
        ("Suami", "spouse", "L"),
        ("ISTRI", "spouse", "P"),
        ("anak", "child", None),
        ("Ayah", "parent", "L"),
        ("ibu", "parent", "P"),
        ("saudara", "sibling", None),
        ("mertua", "in_law", None),
        ("ipar", "in_law", None),
    ],
)
def test_relations_and_the_sex_that_they_tell(word, relation, sex):
    _, says, frame = relatives({"HUBUNGAN": word, "JENIS KELAMIN": "", "NIK": "", "TANGGAL NIKAH": ""})
    assert says == []
    assert frame.select("relation", "sex").rows() == [(relation, sex)]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"NIP PEGAWAI": "1,98E+17"}, "NIP PEGAWAI, disimpan sebagai angka"),
        ({"NAMA": "null"}, "NAMA, kosong, harus diisi"),
        ({"HUBUNGAN": "teman"}, "HUBUNGAN, 'teman' tidak dikenal, isi suami, istri, anak"),
        ({"HUBUNGAN": ""}, "HUBUNGAN, kosong, harus diisi"),
        ({"TANGGAL LAHIR": "24-12-2087", "NIK": ""}, "TANGGAL LAHIR, 24-12-2087 belum terjadi"),
        ({"TANGGAL NIKAH": "10-05-1980"}, "TANGGAL NIKAH, 10-05-1980 sebelum tanggal lahir"),
        ({"TANGGAL NIKAH": "31-04-2012"}, "TANGGAL NIKAH, 31-04-2012 tidak ada di kalender"),
        ({"TERTANGGUNG": "mungkin"}, "TERTANGGUNG, 'mungkin' tidak dikenal"),
    ],
)
def test_case_I_06_relatives_that_stay_out(change, says):
    other = {"NAMA": "Anak", "HUBUNGAN": "anak", "NIK": "", "TANGGAL NIKAH": ""}
    lines, sentences, _ = relatives(change, other)
    assert lines == [3]
    assert sentences[0].startswith(f"baris 2, {says}")


def test_doubts_about_a_relative_go_in():
    lines, says, frame = relatives({"JENIS KELAMIN": "L", "NIK": ""}, {"NAMA": "Lain", "NIK": "12"})
    assert lines == [2, 3]
    assert frame["nik"].to_list() == [None, None]
    assert says == [
        "baris 2, JENIS KELAMIN, L berbeda dari hubungan 'istri'",
        "baris 3, NIK, 2 digit, harus 16; NIK ini tidak dipakai",
    ]


def test_one_relative_twice():
    lines, says, _ = relatives({}, {})
    assert (lines, says) == ([2], ["baris 3, NAMA, baris ini sama dengan baris 2, dipakai sekali"])
    lines, says, _ = relatives({}, {"PEKERJAAN": "Dosen"})
    assert lines == []
    assert says[0] == (
        "baris 2, NAMA, anggota keluarga ini juga ada di baris 3 dengan isi lain, sisakan satu baris"
    )


def test_one_nik_for_two_relatives_of_one_employee_but_not_for_the_child_of_two():
    lines, says, _ = relatives({}, {"NAMA": "Lain"})
    assert lines == []
    assert says[0] == "baris 2, NIK, NIK ini juga dipakai di baris 3, periksa keduanya"
    lines, says, _ = relatives({}, {"NIP PEGAWAI": OTHER})
    assert (lines, says) == ([2, 3], [])


def test_case_I_01_dates_of_a_family_are_asked_once():
    lines, says, _ = relatives(
        {"TANGGAL LAHIR": "01-02-1987", "TANGGAL NIKAH": "", "NIK": ""}, day_first=None
    )
    assert lines == []
    assert len([line for line in says if "dua cara" in line]) == 1


def test_a_diploma():
    _, says, frame = diplomas({})
    assert says == []
    assert frame.row(0, named=True) == {
        "line": 2,
        "file": "i.csv",
        "nip": NIP,
        "level_code": "45",
        "level": "S-2",
        "programme": "Administrasi Publik",
        "school": "Universitas Contoh",
        "graduated_on": date(2016, 8, 20),
        "graduated_year": 2016,
        "diploma_no": "0016/S2",
        "front_title": None,
        "back_title": "M.Si.",
    }


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("S-1", "S-1/Sarjana"),
        ("s1", "S-1/Sarjana"),
        ("D.III", "Diploma III/Sarjana Muda"),
        ("D3", "Diploma III/Sarjana Muda"),
        ("Diploma IV", "Diploma IV"),
        ("SMA", "SLTA"),
        ("slta kejuruan", "SLTA Kejuruan"),
        ("05", "Sekolah Dasar"),
        ("S-3/Doktor", "S-3/Doktor"),
    ],
)
def test_levels(text, level):
    _, says, frame = diplomas({"TINGKAT": text})
    assert says == []
    assert frame["level"].to_list() == [level]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"NIP": "19850417201001199"}, "NIP, 17 digit, harus 18"),
        ({"TINGKAT": "S9"}, "TINGKAT, 'S9' bukan tingkat pendidikan"),
        ({"TINGKAT": ""}, "TINGKAT, kosong, harus diisi"),
        ({"TANGGAL LULUS": "20-08-2036"}, "TANGGAL LULUS, 20-08-2036 belum terjadi"),
        ({"TAHUN LULUS": "2015"}, "TAHUN LULUS, 2015 berbeda dari tanggal lulus 20-08-2016"),
        ({"TANGGAL LULUS": "", "TAHUN LULUS": "2036"}, "TAHUN LULUS, 2036 di luar batas 1940 sampai 2026"),
        (
            {"TANGGAL LULUS": "", "TAHUN LULUS": "1985"},
            "TAHUN LULUS, 1985 tidak sesudah tahun lahir dalam NIP",
        ),
    ],
)
def test_case_I_06_diplomas_that_stay_out(change, says):
    lines, sentences, _ = diplomas(change, {"TINGKAT": "S1"})
    assert lines == [3]
    assert len(sentences) == 1
    assert sentences[0].startswith(f"baris 2, {says}")


def test_a_year_is_enough():
    _, says, frame = diplomas({"TANGGAL LULUS": "", "TAHUN LULUS": "2016"})
    assert (says, frame["graduated_year"].to_list(), frame["graduated_on"].to_list()) == ([], [2016], [None])


def test_one_diploma_twice_and_one_number_under_two_people():
    lines, says, _ = diplomas({}, {})
    assert (lines, says) == ([2], ["baris 3, TINGKAT, baris ini sama dengan baris 2, dipakai sekali"])
    lines, says, _ = diplomas({}, {"NOMOR IJAZAH": "7"})
    assert lines == []
    assert says[0].endswith("ijazah ini juga ada di baris 3 dengan isi lain, sisakan satu baris")
    lines, says, _ = diplomas({}, {"NIP": OTHER})
    assert lines == [2, 3]
    assert (
        says[1]
        == "baris 3, NOMOR IJAZAH, nomor ijazah ini juga dipakai NIP lain di baris 2, periksa keduanya"
    )


def test_case_I_02_a_number_cell_in_a_workbook():
    rows = [DIPLOMA | {"NIP": 198504172010011999}, DIPLOMA | {"NOMOR IJAZAH": 16}]
    data = write_xlsx([c.heading for c in SHEETS["education"].columns], rows, sheet="Data")
    frame, problems = read_education(data, "i.xlsx", today=TODAY, day_first=True)
    assert frame.select("line", "diploma_no").rows() == [(3, "16")]
    assert [(p.code, p.row) for p in problems] == [("nip", 2), ("number_cells", 3)]


def test_the_wrong_file_says_what_it_seems_to_be():
    data = write_people_csv([{"NIP BARU": NIP, "NAMA": "BUDI"}])
    for reader, what in ((read_family, "data keluarga"), (read_education, "riwayat pendidikan")):
        frame, problems = reader(data, "p.csv", today=TODAY)
        assert frame.is_empty()
        assert [(p.code, p.severity) for p in problems] == [("file", "block")]
        assert f"{what} memerlukannya; berkas ini tampaknya daftar pegawai" in str(problems[0])


@pytest.mark.parametrize("kind", sorted(SHEETS))
def test_templates_explain_themselves_and_their_example_is_no_row(kind):
    data = template(kind)
    assert data == template(kind)
    assert FILE_NAMES[kind].endswith(".xlsx")
    readers = {
        "peta": lambda data: read_peta_jabatan(data, "t.xlsx")[1:],
        "family": lambda data: read_family(data, "t.xlsx", today=TODAY),
        "education": lambda data: read_education(data, "t.xlsx", today=TODAY),
    }
    frame, problems = readers[kind](data)
    assert frame.is_empty()
    assert [(p.code, p.row) for p in problems] == [("example", 2)]
    pages = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert pages.sheet_names == ["Data", "Petunjuk"]
    told = {row[0]: row[2] for row in pages.get_sheet_by_name("Petunjuk").to_python()[1:]}
    heads = pages.get_sheet_by_name("Data").to_python()[0]
    assert set(heads) == set(told)
    assert all(sentence.endswith(".") for sentence in told.values())


@pytest.mark.parametrize("kind", sorted(SHEETS))
def test_the_example_without_its_mark_is_a_good_row(kind):
    sheet = SHEETS[kind]
    row = {column.heading: str(column.example) for column in sheet.columns}
    data = csv(sheet, [row])
    if kind == "peta":
        units, posts, problems = read_peta_jabatan(data, "t.csv", known_units=["DINKES"])
        assert (units.height, posts.height, problems) == (1, 1, [])
    else:
        reader = {"family": read_family, "education": read_education}[kind]
        frame, problems = reader(data, "t.csv", today=TODAY)
        assert (frame.height, problems) == (1, [])


def test_templates_load_no_polars():
    code = "import sys, pamong.interop.register.templates; sys.exit('polars' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)

"""The people file: tolerant of what offices send, and every doubt is told."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from pamong.interop.headings import SIASN_HEADINGS
from pamong.interop.people import SCHEMA, read_people
from pamong.interop.write import write_attlog, write_monthly_csv, write_people_csv, write_xlsx
from pamong.kernel.problem import has_block

SAMPLE = Path(__file__).parent / "samples" / "export_data_asn_instansi.csv"
HAND_HEADINGS = ("NIP", "NAMA", "STATUS PEGAWAI", "GOLONGAN", "TMT CPNS")


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
        "MK TAHUN": "12",
        "MK BULAN": "3",
    }
    return row | {heading.replace("_", " "): value for heading, value in changes.items()}


def read(*rows):
    """Read rows of the export; give (frame, sentences without the file's name, problems)."""
    frame, problems = read_people(write_people_csv(rows), "p.csv")
    return frame, [str(problem).removeprefix("p.csv, ") for problem in problems], problems


def hand(*dates, **options):
    """A sheet kept by hand with the given start dates, as CSV."""
    lines = [",".join(HAND_HEADINGS)]
    lines += [f"19850417201001{1001 + n},ORANG {n},PNS,III/a,{text}" for n, text in enumerate(dates)]
    return read_people("\r\n".join(lines).encode(), "tangan.csv", **options)


def test_the_export_as_siasn_gives_it():
    frame, problems = read_people(SAMPLE.read_bytes(), SAMPLE.name)
    assert problems == []
    assert frame.schema == SCHEMA
    budi, siti = frame.rows(named=True)
    assert budi["name"] == "BUDI CONTOH, S.Sos., M.Si."
    assert (budi["line"], budi["nip"], budi["kind"], budi["golongan"]) == (
        2,
        "198504172010011999",
        "PNS",
        "III/d",
    )
    assert (budi["birth_date"], budi["start_on"]) == (date(1985, 4, 17), date(2010, 1, 1))
    assert (budi["mkg_years"], budi["mkg_months"], budi["sex"]) == (12, 3, "L")
    assert (budi["post_name"], budi["post_since"]) == ("Kepala Bidang Contoh", date(2023, 1, 3))
    assert (siti["kind"], siti["golongan"], siti["name"], siti["sex"]) == ("PPPK", "IX", "SITI CONTOH", "P")
    assert siti["birth_date"] == date(1990, 1, 1)
    assert siti["opd_name"] == "Pemerintah Kab. Contoh"


def test_case_I_01_two_errors_one_question_three_rows_after_the_answer():
    dates = ("31/02/2020", "2020-13-01", "01-02-2020", "2020-03-05", "2020-04-06")
    frame, problems = hand(*dates)
    asked = [problem for problem in problems if problem.code == "ambiguous_dates"]
    assert len(asked) == 1
    assert asked[0].row is None
    assert "01-02-2020" in str(asked[0])
    assert frame.is_empty()
    frame, problems = hand(*dates, day_first=True)
    wrong = [problem for problem in problems if problem.severity == "block"]
    assert [str(problem) for problem in wrong] == [
        "tangan.csv, baris 2, TMT CPNS, 31/02/2020 tidak ada di kalender",
        "tangan.csv, baris 3, TMT CPNS, 2020-13-01 tidak ada di kalender",
    ]
    assert frame["start_on"].to_list() == [date(2020, 2, 1), date(2020, 3, 5), date(2020, 4, 6)]
    assert frame["line"].to_list() == [4, 5, 6]


def test_case_I_01_the_other_answer_is_taken_too():
    frame, _ = hand("01-02-2020", "03-04-2020", day_first=False)
    assert frame["start_on"].to_list() == [date(2020, 1, 2), date(2020, 3, 4)]


@pytest.mark.parametrize(
    ("dates", "asked"),
    [
        (("01-02-2020", "17-04-2020"), False),
        (("05-05-2020",), False),
        (("2020-01-02", "17 April 2020", "43862"), False),
        (("01-02-2020",), True),
        (("12/31/2020",), True),
        (("17-04-2020", "04-17-2020"), True),
    ],
)
def test_case_I_01_the_order_is_decided_once_for_the_file(dates, asked):
    frame, problems = hand(*dates)
    assert any(problem.code == "ambiguous_dates" for problem in problems) is asked
    assert frame.is_empty() is asked


def test_case_I_01_the_export_says_day_first():
    frame, says, _ = read(person(TMT_JABATAN="01-02-2020"))
    assert frame["post_since"].to_list() == [date(2020, 2, 1)]
    assert says == []


def test_dates_in_every_spelling():
    spellings = {
        "1/2/2020": date(2020, 2, 1),
        "2020-02-01 00:00:00": date(2020, 2, 1),
        "1 Peb 2020": date(2020, 2, 1),
        "1 Februari 2020": date(2020, 2, 1),
        "1-Agt-2020": None,
        "43862": date(2020, 2, 1),
        "null": None,
        "": None,
    }
    rows = [person(n, TMT_JABATAN=text) for n, text in enumerate(spellings, start=1001)]
    frame, says, _ = read(*rows)
    assert frame["post_since"].to_list() == [on for text, on in spellings.items() if text != "1-Agt-2020"]
    assert says == [
        "baris 6, TMT JABATAN, '1-Agt-2020' bukan tanggal yang dikenal, contoh yang benar: 17-04-1985"
    ]


def test_case_I_02_text_cells_of_a_workbook_stay_text():
    rows = [
        {
            "NIP": "198001012006041002",
            "NAMA": "DEWI",
            "STATUS PEGAWAI": "PNS",
            "GOLONGAN": "III/a",
            "TMT CPNS": "",
        },
        {"NIP": "'198001012006041003", "NAMA": "0812 Contoh", "STATUS PEGAWAI": "PNS", "GOLONGAN": "III/a"},
    ]
    frame, problems = read_people(write_xlsx(HAND_HEADINGS, rows, sheet="Data"), "p.xlsx")
    assert frame["nip"].to_list() == ["198001012006041002", "198001012006041003"]
    assert frame["name"].to_list() == ["DEWI", "0812 Contoh"]
    assert frame["start_on"].to_list() == [None, None]
    assert not has_block(problems)


def test_case_I_02_a_nip_stored_as_number_is_refused():
    rows = [{"NIP": 198504172010011999, "NAMA": "BUDI", "TMT CPNS": date(2010, 1, 1)}]
    frame, problems = read_people(write_xlsx(HAND_HEADINGS, rows, sheet="Data"), "p.xlsx")
    assert frame.is_empty()
    (blocked,) = [str(problem) for problem in problems if problem.severity == "block"]
    assert blocked.startswith(
        "p.xlsx, baris 2, NIP BARU, disimpan sebagai angka sehingga digit akhirnya hilang"
    )
    assert blocked.endswith("simpan kolom ini sebagai teks")


@pytest.mark.parametrize("text", ["1.98504E+17", "1,98504172010012E+17", "198504172010012000"])
def test_case_I_02_a_nip_that_lost_its_digits_in_a_csv_is_refused(text):
    frame, says, _ = read(person(NIP_BARU=text))
    assert frame.is_empty()
    assert len(says) == 1
    assert "simpan" in says[0]
    assert "angka" in says[0]


def test_case_I_06_truncated_nip_by_row_column_value_and_rule():
    rows = [person(n) for n in range(1001, 1011)]
    frame, says, problems = read(*rows, person(NIP_BARU="'19850417201001199"))
    assert says == ["baris 12, NIP BARU, 17 digit, harus 18"]
    assert (problems[0].row, problems[0].column, problems[0].value) == (12, "NIP BARU", "'19850417201001199")
    assert frame.height == 10


def test_a_copied_row_goes_in_once():
    frame, says, _ = read(person(1001), person(1002), person(1001))
    assert frame["line"].to_list() == [2, 3]
    assert says == ["baris 4, NIP BARU, baris ini sama dengan baris 2, dipakai sekali"]


def test_of_two_rows_that_say_different_things_of_one_person_none_is_believed():
    frame, says, _ = read(person(1001), person(1002), person(1001, NAMA="LAIN"))
    assert frame["line"].to_list() == [3]
    assert says == [
        "baris 2, NIP BARU, NIP juga ada di baris 4 dengan isi lain, sisakan satu baris",
        "baris 4, NIP BARU, NIP juga ada di baris 2 dengan isi lain, sisakan satu baris",
    ]


def test_differences_from_the_nip_are_told_and_go_in():
    frame, says, problems = read(
        person(1001, TANGGAL_LAHIR="18-04-1985"),
        person(1002, JENIS_KELAMIN="F"),
        person(1003, TMT_CPNS="01-03-2010"),
    )
    assert frame.height == 3
    assert [(problem.row, problem.code, problem.severity) for problem in problems] == [
        (2, "nip_birth", "warn"),
        (3, "nip_sex", "warn"),
        (4, "nip_start", "warn"),
    ]
    assert says[0] == "baris 2, TANGGAL LAHIR, berbeda dari tanggal lahir dalam NIP 19850417"


@pytest.mark.parametrize(
    ("text", "golongan"),
    [
        ("III/d", "III/d"),
        ("iii/D", None),
        ("III/D", "III/d"),
        ("Penata Tk. I (III/d)", "III/d"),
        ("IV e", "IV/e"),
    ],
)
def test_golongan_spellings(text, golongan):
    frame, says, _ = read(person(1001, GOL_AKHIR_NAMA=text))
    assert frame["golongan"].to_list() == ([golongan] if golongan else [])
    assert bool(says) is (golongan is None)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"GOL_AKHIR_NAMA": "III/e"}, "golongan III/e tidak ada"),
        ({"GOL_AKHIR_NAMA": "Juru"}, "'Juru' bukan golongan, contoh yang benar: III/d, atau IX untuk PPPK"),
        ({"GOL_AKHIR_NAMA": "III/a", "STATUS_CPNS_PNS": "PPPK"}, "golongan III/a bukan golongan PPPK"),
        ({"MK_TAHUN": "dua"}, "'dua' bukan bilangan bulat"),
        ({"MK_BULAN": "12"}, "12 di luar batas 0 sampai 11"),
        ({"NAMA": "null"}, "kosong, harus diisi"),
    ],
)
def test_rows_that_stay_out(changes, says):
    frame, sentences, _ = read(person(1001, **changes), person(1002))
    assert frame["line"].to_list() == [3]
    assert len(sentences) == 1
    assert sentences[0].endswith(f", {says}")


def test_kinds():
    frame, says, _ = read(
        person(1001, STATUS_CPNS_PNS="C"),
        person(1002, STATUS_CPNS_PNS="P"),
        person(1003, STATUS_CPNS_PNS="", JENIS_PEGAWAI_NAMA="PPPK Daerah", GOL_AKHIR_NAMA="VII"),
        person(1004, STATUS_CPNS_PNS=""),
    )
    assert frame["kind"].to_list() == ["CPNS", "PNS", "PPPK", "PNS"]
    assert says == ["baris 5, STATUS CPNS PNS, jenis pegawai tidak tertulis, dianggap PNS menurut NIP"]


def test_names_keep_titles_exactly():
    frame, _, _ = read(
        person(1001, GELAR_DEPAN="dr.", NAMA="I  MADE CONTOH", GELAR_BELAKANG="Sp.A."),
        person(1002, GELAR_DEPAN="null", NAMA="'Aisyah", GELAR_BELAKANG="-"),
    )
    assert frame["name"].to_list() == ["dr. I MADE CONTOH, Sp.A.", "'Aisyah"]


def test_missing_headings_are_named_and_extra_ones_ignored():
    lines = "NIP,NAMA,ESELON NAMA\r\n198504172010011999,BUDI,III.a\r\n"
    frame, problems = read_people(lines.encode(), "p.csv")
    assert frame["nip"].to_list() == ["198504172010011999"]
    warned = [problem.column for problem in problems if problem.code == "heading_missing"]
    assert "TMT CPNS" in warned
    assert "GOL AKHIR NAMA" in warned
    rest = next(problem for problem in problems if problem.code == "headings_absent")
    assert "NPWP NOMOR" in rest.message


def test_titles_above_the_headings_semicolons_bom_and_old_encoding():
    text = "DAFTAR PEGAWAI;;\r\n\r\nNIP BARU;NAMA;TMT CPNS\r\n198504172010011999;RENÉ CONTOH;01-01-2010\r\n"
    for data in (text.encode("cp1252"), b"\xef\xbb\xbf" + text.encode(), text.encode("utf-16")):
        frame, _ = read_people(data, "p.csv", day_first=True)
        assert frame.select("line", "name", "start_on").rows() == [(4, "RENÉ CONTOH", date(2010, 1, 1))]


def test_a_cell_with_line_breaks_keeps_the_line_numbers():
    rows = [person(1001, ALAMAT="Jl. Contoh\r\nNo. 1"), person(1002, MK_TAHUN="x"), person(1003)]
    frame, says, _ = read(*rows)
    assert frame["line"].to_list() == [2, 5]
    assert says == ["baris 4, MK TAHUN, 'x' bukan bilangan bulat"]


def test_a_quote_that_is_never_closed_costs_one_row_only():
    good = write_people_csv([person(1001), person(1002), person(1003)]).decode()
    broken = good.replace("BUDI CONTOH", '"BUDI CONTOH', 1)
    frame, problems = read_people(broken.encode(), "p.csv")
    assert frame["line"].to_list() == [3, 4]
    assert [str(problem) for problem in problems] == [
        "p.csv, baris 2, tanda kutip tidak lengkap, baris tidak terbaca"
    ]


def test_an_unquoted_comma_is_told_not_shifted():
    text = write_people_csv([person(1001), person(1002)]).decode()
    lines = text.split("\r\n")
    lines[1] = lines[1].replace("BUDI CONTOH", "BUDI CONTOH, S.Sos.") + "1"
    frame, problems = read_people("\r\n".join(lines).encode(), "p.csv")
    assert frame["line"].to_list() == [3]
    assert "68 kolom, harus 67" in str(problems[0])


def test_dated_cells_of_a_workbook():
    rows = [{"NIP": "198504172010011999", "NAMA": "BUDI", "TMT CPNS": datetime(2010, 1, 1)}]  # noqa: DTZ001
    frame, _ = read_people(write_xlsx(HAND_HEADINGS, rows, sheet="Data"), "p.xlsx")
    assert frame["start_on"].to_list() == [date(2010, 1, 1)]


def test_an_old_workbook_is_read_by_content():
    data = (SAMPLE.parent / "daftar_lama.xls").read_bytes()
    frame, problems = read_people(data, "daftar.csv")
    assert frame.select("line", "nip", "start_on").rows() == [(4, "198504172010011999", date(2010, 1, 1))]
    blocked = [problem for problem in problems if problem.severity == "block"]
    assert [(problem.row, problem.code) for problem in blocked] == [(5, "nip")]


def ods(*rows):
    """A minimal OpenDocument sheet with text cells."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = ("".join(cell.format(text) for text in row) for row in rows)
    cells = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    space = ' xmlns:{0}="urn:oasis:names:tc:opendocument:xmlns:{0}:1.0"'
    names = "".join(space.format(name) for name in ("office", "table", "text"))
    sheet = f"<office:body><office:spreadsheet><table:table table:name='A'>{cells}</table:table>"
    ends = "</office:spreadsheet></office:body></office:document-content>"
    content = f"<office:document-content{names}>{sheet}{ends}"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return stream.getvalue()


def test_an_open_document_sheet():
    data = ods(("NIP", "NAMA", "TMT CPNS"), ("198504172010011999", "BUDI", "17-01-2010"))
    frame, problems = read_people(data, "daftar.ods")
    assert frame.select("line", "nip", "start_on").rows() == [(2, "198504172010011999", date(2010, 1, 17))]
    assert not has_block(problems)


def test_a_damaged_directory_of_a_workbook():
    data = write_xlsx(HAND_HEADINGS, [{"NIP": "198504172010011999"}], sheet="Data")
    start = data.rindex(b"PK\x01\x02")
    frame, problems = read_people(data[:start] + data[start + 40 :], "p.xlsx")
    assert frame.is_empty()
    assert "rusak atau tidak lengkap" in str(problems[0])


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ((SAMPLE.parent / "terkunci.xlsx").read_bytes(), "terkunci kata sandi"),
        (b"", "berkas kosong"),
        (b" \r\n\r\n", "berkas kosong"),
        (b"NIP,NAMA\r\n", "hanya berisi judul kolom"),
        (b"<html><table><tr><td>NIP</td></tr></table></html>", "simpan sebagai .xlsx"),
        (b"%PDF-1.7 ...", "bukan tabel"),
        (b"\x00\x01\x02\x03", "bukan teks"),
        (b"PK\x03\x04 not a workbook", "rusak atau tidak lengkap"),
        (b"NAMA,GOLONGAN,TMT CPNS\r\nBUDI,III/a,01-01-2010\r\n", "kolom NIP BARU tidak ada"),
        (b"a,b\r\n1,2\r\n", "kolom NIP BARU dan NAMA tidak ada"),
        (write_attlog([("1001", datetime(2026, 10, 1, 7))]), "tampaknya data presensi dari mesin"),  # noqa: DTZ001
        (write_monthly_csv([{"NIP": "198504172010011999", "MENIT KERJA": 6000}]), "tampaknya isian bulanan"),
    ],
)
def test_files_that_cannot_be_used_say_so_in_one_sentence(data, says):
    frame, problems = read_people(data, "salah.xls")
    assert frame.is_empty()
    assert frame.schema == SCHEMA
    assert [problem.code for problem in problems] == ["file"]
    assert str(problems[0]).startswith("salah.xls, ")
    assert says in str(problems[0])


def test_the_writer_gives_the_67_headings():
    data = write_people_csv([person(1001)])
    assert data.split(b"\r\n")[0].decode().split(",") == list(SIASN_HEADINGS)
    assert len(SIASN_HEADINGS) == 67
    assert data.split(b"\r\n")[0] == SAMPLE.read_bytes().split(b"\r\n")[0]
    with pytest.raises(KeyError):
        write_people_csv([{"NIP": "1"}])


def test_a_zero_within_a_cell_of_a_workbook_is_marked():
    """Some programs end a text with a zero, which no database takes."""
    data = write_xlsx(("NIP", "NAMA"), [{"NIP": "198504172010011999", "NAMA": "Siti\x00"}], sheet="Pegawai")
    frame, _ = read_people(data, "pegawai.xlsx")
    assert frame["name"].to_list() == ["Siti\ufffd"]

"""The peta jabatan: units and posts, told by row and by unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamong.interop.register.circles import find_circles, spell_circle
from pamong.interop.register.peta import POST_SCHEMA, UNIT_SCHEMA, read_peta_jabatan
from pamong.interop.register.peta_cells import SHEET
from pamong.interop.write import write_xlsx

HEADINGS = [column.heading for column in SHEET.columns]
TOP = {
    "KODE UNIT": "DINKES",
    "NAMA UNIT": "Dinas Kesehatan",
    "JENIS UNIT": "perangkat daerah",
    "KELAS UNIT": "A",
    "LOKASI": "Balai Kota",
    "NAMA JABATAN": "Kepala Dinas Kesehatan",
    "JENIS JABATAN": "JPT Pratama",
    "ESELON": "II.b",
    "KELAS JABATAN": "14",
    "JUMLAH": "1",
    "KEBUTUHAN": "1",
    "PIMPINAN": "ya",
}


def row(unit="B1", parent="DINKES", post="Kepala Bidang", **changes):
    """A head of a division below the top."""
    made = {
        "KODE UNIT": unit,
        "NAMA UNIT": f"Bidang {unit}",
        "KODE UNIT INDUK": parent,
        "JENIS UNIT": "bidang",
        "NAMA JABATAN": post,
        "JENIS JABATAN": "Administrator",
        "ESELON": "IIIb",
        "KELAS JABATAN": "11",
        "JUMLAH": "1",
        "PIMPINAN": "ya",
    }
    return made | {heading.replace("_", " "): value for heading, value in changes.items()}


def staff(unit="B1", parent="DINKES", post="Analis", **changes):
    """Two people below a head."""
    usual = {"JENIS_JABATAN": "Pelaksana", "ESELON": "", "KELAS_JABATAN": "7", "JUMLAH": "2", "PIMPINAN": ""}
    return row(unit, parent, post, **(usual | changes))


def csv(*rows):
    """The rows as an office's CSV."""
    lines = [";".join(HEADINGS), *(";".join(str(r.get(h, "")) for h in HEADINGS) for r in rows)]
    return "\r\n".join(lines).encode()


def read(*rows, **options):
    """Units' codes, posts as (line, unit), sentences without the file's name."""
    units, posts, problems = read_peta_jabatan(csv(*rows), "peta.csv", **options)
    assert units.schema == UNIT_SCHEMA
    assert posts.schema == POST_SCHEMA
    says = [str(problem).removeprefix("peta.csv, ") for problem in problems]
    return units["code"].to_list(), posts.select("line", "unit_code").rows(), says


MIXED = [
    staff(KEBUTUHAN="3", DIBEKUKAN="1"),
    TOP,
    row(),
    staff(post="Perawat", JENIS_JABATAN="Jabatan Fungsional", JENJANG="terampil"),
]


def test_units_come_parents_first():
    units, _, problems = read_peta_jabatan(csv(*MIXED), "peta.csv")
    assert problems == []
    assert units.rows() == [
        (3, "peta.csv", "DINKES", "Dinas Kesehatan", None, "opd", "A", "Balai Kota"),
        (2, "peta.csv", "B1", "Bidang B1", "DINKES", "division", None, None),
    ]


def test_posts_come_by_row():
    _, posts, _ = read_peta_jabatan(csv(*MIXED), "peta.csv")
    analyst, chief, head, nurse = posts.rows(named=True)
    assert analyst == {
        "line": 2,
        "file": "peta.csv",
        "unit_code": "B1",
        "post_name": "Analis",
        "post_kind": "pelaksana",
        "jenjang": None,
        "eselon": None,
        "job_class": 7,
        "seats": 2,
        "need": 3,
        "frozen": 1,
        "is_head": False,
        "superior_code": None,
    }
    assert (chief["post_kind"], chief["eselon"], chief["is_head"]) == ("jpt_pratama", "II.b", True)
    assert (head["post_kind"], head["eselon"], head["need"]) == ("administrator", "III.b", None)
    assert (nurse["post_kind"], nurse["jenjang"]) == ("jf", "Terampil")


def test_case_E_07_own_parent_and_circles_stay_out_and_others_go_on():
    codes, posts, says = read(
        TOP, row("S", "S"), row("A", "B"), row("B", "C"), row("C", "A"), row("D", "A"), row("OK")
    )
    assert codes == ["DINKES", "OK"]
    assert posts == [(2, "DINKES"), (8, "OK")]
    assert says == [
        "baris 3, KODE UNIT INDUK, unit S menjadi induknya sendiri, isi kode unit di atasnya. "
        "1 baris unit ini belum masuk",
        "baris 4, KODE UNIT INDUK, induk unit A melingkar: A → B → C → A. 1 baris unit ini belum masuk",
        "baris 5, KODE UNIT INDUK, induk unit B melingkar: A → B → C → A. 1 baris unit ini belum masuk",
        "baris 6, KODE UNIT INDUK, induk unit C melingkar: A → B → C → A. 1 baris unit ini belum masuk",
        "baris 7, KODE UNIT INDUK, unit induk A belum masuk, perbaiki dulu unit itu. "
        "1 baris unit ini belum masuk",
    ]


def test_case_E_07_superiors_in_a_circle():
    codes, posts, says = read(TOP, row("A", ATASAN="A"), row("B", ATASAN="C"), row("C", ATASAN="B"), row("D"))
    assert codes == ["DINKES", "A", "B", "C", "D"]
    assert posts == [(2, "DINKES"), (6, "D")]
    assert says == [
        "baris 3, ATASAN, pimpinan unit ini menjadi atasannya sendiri, isi unit di atasnya",
        "baris 4, ATASAN, atasan melingkar: B → C → B",
        "baris 5, ATASAN, atasan melingkar: B → C → B",
    ]


def test_a_parents_head_below_his_own_child_is_a_circle():
    _, posts, says = read(TOP | {"ATASAN": "B1"}, row())
    assert posts == [(3, "B1")]
    assert says == ["baris 2, ATASAN, atasan melingkar: DINKES → B1 → DINKES"]


def test_staff_may_name_their_own_unit():
    _, posts, says = read(TOP, row(), staff(ATASAN="B1"), staff(post="Lain", ATASAN="DINKES"))
    assert says == []
    assert len(posts) == 4


def test_unknown_parent_unless_the_register_has_it():
    codes, posts, says = read(TOP, row("B1", "LAMA"), staff("B1", "LAMA"), row("B2", "B1"))
    assert codes == ["DINKES"]
    assert posts == [(2, "DINKES")]
    assert says[0] == (
        "baris 3, KODE UNIT INDUK, unit induk LAMA tidak ada, tambahkan barisnya atau perbaiki kodenya. "
        "2 baris unit ini belum masuk"
    )
    assert "unit induk B1 belum masuk" in says[1]
    codes, _, says = read(TOP, row("B1", "LAMA"), row("B2", "B1"), known_units=["LAMA"])
    assert (codes, says) == (["DINKES", "B1", "B2"], [])


def test_a_unit_with_two_names_stays_out():
    codes, posts, says = read(TOP, row(), staff(NAMA_UNIT="Bidang Lain"), row("B2"))
    assert codes == ["DINKES", "B2"]
    assert posts == [(2, "DINKES"), (5, "B2")]
    assert says == [
        "baris 4, NAMA UNIT, unit B1 punya 2 nama: 'Bidang B1' (baris 3), 'Bidang Lain' (baris 4); samakan. "
        "2 baris unit ini belum masuk"
    ]


def test_two_classes_of_a_unit_are_told_and_the_first_holds():
    units, _, problems = read_peta_jabatan(csv(TOP, TOP | {"KELAS UNIT": "B", "NAMA JABATAN": ""}), "p.csv")
    assert units["unit_class"].to_list() == ["A"]
    assert [p.code for p in problems if p.severity == "warn"] == ["two_unit_class"]


def test_two_heads():
    _, posts, says = read(TOP, row(), row(post="Kepala Lain"), row("B2", JUMLAH="2"))
    assert posts == [(2, "DINKES")]
    assert says == [
        "baris 3, PIMPINAN, unit B1 juga punya pimpinan di baris 4, pilih satu",
        "baris 4, PIMPINAN, unit B1 juga punya pimpinan di baris 3, pilih satu",
        "baris 5, JUMLAH, 2 posisi pimpinan, satu unit satu pimpinan",
    ]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"KELAS_JABATAN": "18"}, "KELAS JABATAN, 18 di luar batas 1 sampai 17"),
        ({"KELAS_JABATAN": "0"}, "KELAS JABATAN, 0 di luar batas 1 sampai 17"),
        ({"JUMLAH": "dua"}, "JUMLAH, 'dua' bukan bilangan bulat"),
        ({"JUMLAH": ""}, "JUMLAH, kosong, harus diisi"),
        ({"JUMLAH": "-1"}, "JUMLAH, -1 di luar batas 0 sampai 9999"),
        ({"JENIS_JABATAN": ""}, "JENIS JABATAN, kosong, harus diisi"),
        ({"DIBEKUKAN": "3"}, "DIBEKUKAN, 3 posisi dibekukan, padahal jumlahnya hanya 2"),
        ({"ESELON": "VI.c"}, "ESELON, 'VI.c' bukan eselon, contoh yang benar: III.b"),
        ({"ATASAN": "X"}, "ATASAN, unit X tidak ada"),
        ({"PIMPINAN": "mungkin"}, "PIMPINAN, 'mungkin' tidak dikenal, isi ya atau tidak"),
        ({"NAMA_JABATAN": ""}, "NAMA JABATAN, kosong, padahal kolom lain tentang jabatan diisi"),
        ({"KODE_UNIT": "null"}, "KODE UNIT, kosong, harus diisi"),
    ],
)
def test_case_I_06_a_wrong_post_stays_out_by_row(changes, says):
    codes, posts, sentences = read(TOP, row(), staff(**changes), staff(post="Lain"))
    assert codes == ["DINKES", "B1"]
    assert posts == [(2, "DINKES"), (3, "B1"), (5, "B1")]
    assert sentences == [f"baris 4, {says}"]


def test_one_post_in_two_rows_is_not_guessed_to_be_a_sum():
    _, posts, says = read(TOP, row(), staff(), staff(JUMLAH="1"), staff(KELAS_JABATAN="6"))
    assert posts == [(2, "DINKES"), (3, "B1"), (6, "B1")]
    assert says == [
        "baris 4, NAMA JABATAN, jabatan ini juga ada di baris 5 unit yang sama, "
        "gabungkan jumlahnya dalam satu baris",
        "baris 5, NAMA JABATAN, jabatan ini juga ada di baris 4 unit yang sama, "
        "gabungkan jumlahnya dalam satu baris",
    ]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("UPT Puskesmas Contoh", "clinic"),
        ("UPTD Parkir", "service_unit"),
        ("SD Negeri 1 Contoh", "school"),
        ("Sekretariat Daerah", "opd"),
        ("Sekretariat", "division"),
        ("Kelurahan Contoh", "ward"),
    ],
)
def test_an_empty_kind_is_guessed_from_the_name_and_told(name, kind):
    units, _, problems = read_peta_jabatan(csv(TOP, row(JENIS_UNIT="", NAMA_UNIT=name)), "p.csv")
    assert units["kind"].to_list() == ["opd", kind]
    assert [(p.code, p.severity, p.subject) for p in problems] == [("unit_kind_guessed", "warn", "B1")]


@pytest.mark.parametrize("kind", ["", "Divisi"])
def test_a_unit_of_no_known_kind_stays_out(kind):
    codes, posts, says = read(TOP, row(JENIS_UNIT=kind, NAMA_UNIT="Mawar"))
    assert (codes, posts) == (["DINKES"], [(2, "DINKES")])
    assert "belum masuk" in says[-1]


def test_a_unit_whose_parent_lost_its_digits_is_not_taken_for_the_topmost():
    codes, posts, says = read(TOP, row("B1", "1,2E+12"))
    assert (codes, posts) == (["DINKES"], [(2, "DINKES")])
    assert "digitnya hilang" in says[0]
    assert says[1] == "baris 3, KODE UNIT INDUK, induk unit B1 belum jelas. 1 baris unit ini belum masuk"


def test_a_row_may_describe_a_unit_alone():
    bare = {"KODE UNIT": "B9", "NAMA UNIT": "Bidang Sembilan", "KODE UNIT INDUK": "DINKES"}
    codes, posts, _ = read(TOP, bare)
    assert codes == ["DINKES", "B9"]
    assert posts == [(2, "DINKES")]


def test_codes_that_a_sheet_kept_as_numbers_are_told_once():
    rows = [TOP | {"KODE UNIT": 101}, row("102", "101") | {"KODE UNIT": 102, "KODE UNIT INDUK": 101}]
    units, _, problems = read_peta_jabatan(write_xlsx(HEADINGS, rows, sheet="Peta"), "p.xlsx")
    assert units["code"].to_list() == ["101", "102"]
    assert [(p.column, p.row) for p in problems] == [("KODE UNIT", 2), ("KODE UNIT INDUK", 3)]


def test_other_headings():
    text = "Unor ID*;Unor Nama;Induk;Jabatan;Jenis Jabatan;Persediaan\r\n1.01;Dinas X;;Kepala;JPT;1\r\n"
    _, _, problems = read_peta_jabatan(text.encode(), "p.csv")
    assert "'jpt' bukan jenis jabatan" in str(problems[-2])


def test_ten_thousand_rows_in_a_chain_are_linear():
    rows = [TOP] + [row(f"U{n}", f"U{n - 1}" if n else "DINKES") for n in range(10_000)]
    units, posts, problems = read_peta_jabatan(csv(*reversed(rows)), "p.csv")
    assert (units.height, posts.height, problems) == (10_001, 10_001, [])
    place = {code: at for at, code in enumerate(units["code"])}
    assert all(
        place[parent] < place[code] for code, parent in units.select("code", "parent_code").rows() if parent
    )


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.one_of(st.none(), st.sampled_from("abcdefgh"))))
def test_circles_are_exactly_what_leads_back(above):
    def leads_back(node):
        seen, at = set(), above.get(node)
        while at is not None and at not in seen:
            if at == node:
                return True
            seen.add(at)
            at = above.get(at)
        return False

    circles = find_circles(above)
    members = [node for circle in circles for node in circle]
    assert len(members) == len(set(members))
    assert set(members) == {node for node in above if leads_back(node)}
    assert all(
        above[a] == b for circle in circles for a, b in zip(circle, circle[1:] + circle[:1], strict=True)
    )


def test_a_long_circle_is_cut():
    assert spell_circle(tuple("abcdefghijk")) == "a → b → c → d → e → f → … → a"

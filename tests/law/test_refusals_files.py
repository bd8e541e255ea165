"""What the loader refuses, each in one Indonesian sentence that says what and where."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from pamong.law.engine.errors import NotInForce
from pamong.law.engine.formulas import check_source
from pamong.law.engine.law import assemble, load_law
from pamong.law.engine.loader import LAW, load_folder, load_profile, load_registry, read_yaml
from pamong.law.engine.parameters import Parameter
from tests.law.world import refused, write

GOOD = """
    title: Potongan apel
    unit: rate
    kind: scalar
    values:
      - from: 2024-01-01
        value: "2,5 %"
        citation: {regulation: contoh, article: Pasal 3}
        grade: E
"""


def load(folder: Path, text: str, name: str = "pay/cut.yaml") -> Parameter:
    """The one parameter of a folder."""
    write(folder, name, text)
    [found] = load_folder(folder, "uji", load_registry()).values()
    return found


def test_the_good_file_loads(tmp_path: Path) -> None:
    found = load(tmp_path, GOOD).on(date(2026, 10, 1))
    assert (found.value, found.citation.article) == (25_000, "Pasal 3")


PLACE = "pay/cut (mulai 2024-01-01)"
CITATION = "citation: {regulation: contoh, article: Pasal 3}"
RATE = 'value: "2,5 %"'
# what stands in the good file, what stands there instead, and what the loader says
MISTAKES = {
    "no_citation": (CITATION, "", f"{PLACE}: tidak menyebut dasar hukumnya (citation), jadi tidak dimuat."),
    "unknown_regulation": (
        "regulation: contoh",
        "regulation: perwali-khayal-1-2022",
        f"{PLACE}: peraturan 'perwali-khayal-1-2022' tidak ada di registry.yaml.",
    ),
    "unknown_key": ("title: Potongan apel", "satuan: rate", "pay/cut: kunci 'satuan' tidak dikenal"),
    "unknown_key_of_a_value": ("grade: E", "nilai: 1", "pay/cut: kunci 'nilai' tidak dikenal"),
    "grade_R": (
        "grade: E",
        "grade: R",
        f"{PLACE}: bernilai bukti R (hanya ingatan), jadi",
    ),
    "grade_D": (
        "grade: E",
        "grade: D",
        f"{PLACE}: bernilai bukti D (hanya ingatan), jadi",
    ),
    "unknown_grade": ("grade: E", "grade: X", f"{PLACE}: nilai bukti 'X' tidak dikenal"),
    "float_rate": (RATE, "value: 2.5", f"{PLACE}: 2.5 ditulis sebagai pecahan biner"),
    "bare_rate": (RATE, 'value: "2,5"', "persen harus ditulis seperti \"2,5 %\", bukan '2,5'."),
    "too_fine": (RATE, 'value: "0,00001 %"', f"{PLACE}: '0,00001 %' lebih halus daripada sepersejuta."),
    "no_date": ("from: 2024-01-01", 'from: "awal"', "pay/cut: 'from' harus tanggal seperti 2024-01-01"),
    "unknown_unit": ("unit: rate", "unit: persen", "pay/cut: satuan 'persen' tidak dikenal"),
    "unknown_kind": ("kind: scalar", "kind: angka", "pay/cut: jenis 'angka' tidak dikenal"),
    "long_quote": (
        "article: Pasal 3",
        f"article: Pasal 3, quote: {'kata ' * 26}",
        f"{PLACE}: kutipan lebih dari 25 kata.",
    ),
}


@pytest.mark.parametrize(("of", "instead", "sentence"), MISTAKES.values(), ids=MISTAKES)
def test_a_file_with_one_mistake(tmp_path: Path, of: str, instead: str, sentence: str) -> None:
    assert of in GOOD
    with refused(sentence):
        load(tmp_path, GOOD.replace(of, instead))


def test_money_as_a_binary_fraction(tmp_path: Path) -> None:
    text = GOOD.replace("unit: rate", "unit: rupiah").replace('"2,5 %"', "1000000.40")
    with refused("pay/cut (mulai 2024-01-01): 1000000.4 ditulis sebagai pecahan biner"):
        load(tmp_path, text)


def test_overlapping_dates(tmp_path: Path) -> None:
    second = GOOD[GOOD.index("      - from") :].replace("2024-01-01", "2025-01-01")
    text = GOOD.replace("        value:", "        until: 2025-01-01\n        value:") + second.lstrip("\n")
    with refused("pay/cut: nilai yang berlaku mulai 2024-01-01 dan 2025-01-01 bertumpang tindih tanggalnya."):
        load(tmp_path, text)


def test_the_last_day_of_a_value_and_the_first_of_the_next(tmp_path: Path) -> None:
    second = GOOD[GOOD.index("      - from") :].replace("2024-01-01", "2025-01-02").replace("2,5", "3")
    text = GOOD.replace("        value:", "        until: 2025-01-01\n        value:") + second.lstrip("\n")
    found = load(tmp_path, text)
    assert [found.on(date(2025, 1, day)).value for day in (1, 2)] == [25_000, 30_000]


def test_a_key_written_twice(tmp_path: Path) -> None:
    with refused("cut.yaml, baris 4: kunci 'unit' tertulis dua kali."):
        load(tmp_path, GOOD.replace("unit: rate\n", "unit: rate\n    unit: rupiah\n"))


def test_yaml_that_cannot_be_read_names_file_and_line(tmp_path: Path) -> None:
    path = write(tmp_path, "rusak.yaml", "title: x\nunit: [rate\n")
    with refused("rusak.yaml, baris 3: bukan YAML yang benar."):
        read_yaml(path)


def test_steps_that_do_not_rise(tmp_path: Path) -> None:
    text = GOOD.replace("kind: scalar", "kind: bracket\n    x: minutes")
    with refused("pay/cut (mulai 2024-01-01): batas atas jenjang harus naik."):
        load(tmp_path, text.replace('"2,5 %"', '[[30, "1 %"], [30, "2 %"], [null, "3 %"]]'))
    with refused("pay/cut (mulai 2024-01-01): jenjang terakhir harus tanpa batas atas (null)."):
        load(tmp_path, text.replace('"2,5 %"', '[[30, "1 %"]]'))


def test_a_row_of_a_table_written_twice(tmp_path: Path) -> None:
    write(tmp_path, "pay/rows.csv", "golongan,value\nIII/a,1 %\nIII/a,2 %\n")
    text = GOOD.replace("kind: scalar", "kind: table\n    by: [golongan]").replace(
        '"2,5 %"', "{csv: rows.csv}"
    )
    with refused("pay/cut (mulai 2024-01-01): baris III/a tertulis dua kali."):
        load(tmp_path, text)


def copy_of(profile: str, folder: Path) -> Path:
    """A shipped profile in a folder of its own, to be changed."""
    return Path(shutil.copytree(LAW / "profiles" / profile, folder / profile))


def edit(path: Path, old: str, new: str) -> None:
    """Change one thing in a file."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_weights_that_are_not_100_together(tmp_path: Path) -> None:
    folder = copy_of("contoh", tmp_path)
    edit(folder / "parameters/pay/weight_discipline.yaml", '"40 %"', '"35 %"')
    with refused("bobot bersama weight_discipline berjumlah 95 %, seharusnya 100 %."):
        assemble(load_profile("contoh", folder))


def test_an_unknown_method_names_the_ones_that_exist(tmp_path: Path) -> None:
    folder = copy_of("contoh", tmp_path)
    edit(folder / "profile.yaml", "discipline: points", "discipline: bintang")
    with refused(
        "profil contoh: cara 'discipline: bintang' tidak ada; yang ada untuk discipline: "
        "none, percent_of_discipline_part, percent_of_tpp, points."
    ):
        assemble(load_profile("contoh", folder))


def test_an_unknown_slot(tmp_path: Path) -> None:
    folder = copy_of("contoh", tmp_path)
    edit(folder / "profile.yaml", "discipline: points", "discipline: points\n  bonus: besar")
    with refused("profil contoh: cara 'bonus: besar' tidak ada; yang ada untuk bonus: tidak ada."):
        assemble(load_profile("contoh", folder))


def test_an_unknown_key_of_a_profile(tmp_path: Path) -> None:
    folder = copy_of("contoh", tmp_path)
    edit(folder / "profile.yaml", "zone:", "zona:")
    with refused("profil contoh: kunci 'zona' tidak dikenal."):
        load_profile("contoh", folder)


def test_a_profile_without_a_zone(tmp_path: Path) -> None:
    folder = copy_of("contoh", tmp_path)
    edit(folder / "profile.yaml", "zone: Asia/Jakarta", "")
    with refused("profil contoh: 'zone' belum diisi."):
        load_profile("contoh", folder)


def test_a_profile_of_an_unknown_regulation(tmp_path: Path) -> None:
    folder = copy_of("contoh", tmp_path)
    edit(folder / "profile.yaml", "regulation: contoh\nfrom", "regulation: perda-khayal\nfrom")
    with refused("profil contoh: peraturan 'perda-khayal' tidak ada di registry.yaml."):
        load_profile("contoh", folder)


def test_an_unknown_profile_names_the_ones_that_exist() -> None:
    with refused(
        "Profil 'atlantis' tidak ada; yang ada: contoh, manado, permentan, samarinda, tulangbawangbarat."
    ):
        load_law("atlantis")


def test_two_parameters_of_one_name(tmp_path: Path) -> None:
    folder = copy_of("contoh", tmp_path)
    shutil.copy(folder / "parameters/pay/lhkpn_cut.yaml", folder / "parameters/tax/lhkpn_cut.yaml")
    with refused("tax/lhkpn_cut dan pay/lhkpn_cut bernama sama; nama parameter harus satu-satunya."):
        assemble(load_profile("contoh", folder))


def test_a_parameter_with_the_name_of_a_formula(tmp_path: Path) -> None:
    folder = copy_of("contoh", tmp_path)
    shutil.copy(folder / "parameters/pay/lhkpn_cut.yaml", folder / "parameters/pay/tpp_net.yaml")
    with refused("pay/tpp_net: nama 'tpp_net' sudah dipakai rumus atau fakta."):
        assemble(load_profile("contoh", folder))


def test_an_overlay_that_is_not_there(tmp_path: Path) -> None:
    with refused("aturan-kami tidak ada."):
        assemble(load_profile("contoh"), tmp_path / "aturan-kami")


def test_an_overlay_wins_over_profile_and_country(tmp_path: Path) -> None:
    write(tmp_path, "pay/lhkpn_cut.yaml", GOOD.replace("2,5 %", "4 %"))
    law = assemble(load_profile("contoh"), tmp_path)
    assert law.by_name["lhkpn_cut"].on(date(2026, 10, 1)).value == 40_000
    assert law.by_name["lhkpn_cut"].origin == "situs"


def test_before_any_rule_is_in_force() -> None:
    cap = load_law("contoh").by_name["bpjs_income_cap"]
    with pytest.raises(
        NotInForce, match=r"\(pay/bpjs_income_cap\): belum ada aturan yang berlaku pada 1999-01-01\."
    ):
        cap.on(date(1999, 1, 1))


def test_a_number_of_the_law_in_a_formula(tmp_path: Path) -> None:
    path = write(tmp_path, "rumus.py", "def potongan(tpp):\n    return tpp * 3\n")
    with refused("rumus.py baris 2: angka 3 tertulis di rumus; angka hukum harus menjadi parameter"):
        check_source(path)


def test_a_fraction_in_a_formula(tmp_path: Path) -> None:
    path = write(tmp_path, "rumus.py", "def potongan(tpp):\n    return tpp * 0.5\n")
    with refused("rumus.py baris 2: angka 0.5 tertulis di rumus"):
        check_source(path)


@pytest.mark.parametrize("sign", ["/", "//", "%", "**"])
def test_a_division_in_a_formula(tmp_path: Path, sign: str) -> None:
    path = write(tmp_path, "rumus.py", f"def bagian(a, b):\n    return a {sign} b\n")
    with refused("rumus.py baris 2: rumus tidak boleh membagi; pakai ratio lalu pembulatan."):
        check_source(path)


def test_0_and_1_and_dates_may_stand_in_a_formula(tmp_path: Path) -> None:
    text = "def f(a):\n    return a + 1 - 0\n\n\nSINCE = date(2022, 8, 1)\n"
    check_source(write(tmp_path, "rumus.py", text))

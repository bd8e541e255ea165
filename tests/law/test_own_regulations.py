"""A region's or a site's own regulations, in `registry.yaml` of its folder."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from pamong.law.engine.law import assemble
from pamong.law.engine.loader import LAW, load_profile, load_registry
from pamong.law.engine.plan import Law
from tests.law.world import refused, write

OWN = """
    perwali-kota-kami-7-2026:
      title: Perubahan atas Peraturan Wali Kota tentang TPP
      number: "7"
      year: 2026
      enacted: 2026-09-01
      in_force: 2026-10-01
      link: https://jdih.contoh.example/perwali/2026/7
"""
CUT = """
    title: Potongan karena terlambat melaporkan LHKPN
    unit: rate
    values:
      - from: 2026-10-01
        value: "2 %"
        citation: {regulation: perwali-kota-kami-7-2026, article: Pasal 4}
        grade: T
"""


def of_site(folder: Path, registry: str = OWN, cut: str = CUT) -> Law:
    """The law of `contoh` with a site's folder."""
    write(folder, "registry.yaml", registry)
    write(folder, "pay/lhkpn_cut.yaml", cut)
    return assemble(load_profile("contoh"), folder)


def test_a_site_cites_its_own_regulation(tmp_path: Path) -> None:
    cut = of_site(tmp_path).by_name["lhkpn_cut"].on(date(2026, 10, 1))
    assert cut.value == 20_000
    assert cut.citation.text == "Perwali Kota Kami 7/2026, Pasal 4"
    assert cut.citation.link == "https://jdih.contoh.example/perwali/2026/7"


def test_the_registry_of_others_stays_as_it_was(tmp_path: Path) -> None:
    of_site(tmp_path)
    assert "perwali-kota-kami-7-2026" not in load_registry()


def test_a_region_in_a_folder_of_its_own_brings_its_regulations(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(LAW / "profiles" / "contoh", tmp_path / "kotakami"))
    text = (folder / "profile.yaml").read_text("utf-8")
    changed = text.replace("regulation: contoh\n", "regulation: perwali-kota-kami-7-2026\n")
    assert changed != text
    (folder / "profile.yaml").write_text(changed, encoding="utf-8")
    with refused("peraturan 'perwali-kota-kami-7-2026' tidak ada di registry.yaml."):
        load_profile("kotakami", folder)
    write(folder, "registry.yaml", OWN)
    write(folder / "parameters", "pay/lhkpn_cut.yaml", CUT)
    law = assemble(load_profile("kotakami", folder))
    assert law.profile.regulation.short == "Perwali Kota Kami 7/2026"
    assert law.by_name["lhkpn_cut"].on(date(2026, 10, 1)).value == 20_000


def test_an_id_that_pamong_knows_is_refused(tmp_path: Path) -> None:
    with refused("peraturan 'pp-5-2024' sudah ada di Pamong; pakai kode lain."):
        of_site(tmp_path, OWN.replace("perwali-kota-kami-7-2026", "pp-5-2024"))


@pytest.mark.parametrize(
    ("registry", "words"),
    [
        (OWN.replace("link: https://", "link: berkas://"), "kami-7-2026: tidak punya tautan umum."),
        (OWN.replace("year: 2026", "year: segera"), "kami-7-2026: 'title' dan 'year' harus diisi."),
        (OWN.replace("title: Perubahan", "note: Perubahan"), "kami-7-2026: 'title' dan 'year' harus diisi."),
        (OWN.replace("number:", "nomor:"), "perwali-kota-kami-7-2026: kunci 'nomor' tidak dikenal."),
        ("- perwali-kota-kami-7-2026", "registry.yaml: harus berisi kode peraturan"),
        ("perwali-kota-kami-7-2026: Pasal 4", "registry.yaml: harus berisi kode peraturan"),
    ],
)  # fmt: skip
def test_a_regulation_that_is_not_told_well_is_refused(tmp_path: Path, registry: str, words: str) -> None:
    with refused(words):
        of_site(tmp_path, registry)


def test_an_empty_registry_adds_nothing(tmp_path: Path) -> None:
    with refused("peraturan 'perwali-kota-kami-7-2026' tidak ada di registry.yaml."):
        of_site(tmp_path, "# belum ada")

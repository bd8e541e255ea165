"""Letters of offices: their templates print what they name, on a page that a reader can read."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.test import override_settings

from pamong.documents.rendering import render
from pamong.documents.template_hash import TEMPLATES, fields_of, missing_in, template_hash
from tests.documents.test_rendering import AT

COMMON: dict[str, Any] = {
    "region": "Pemerintah Kota Uji", "unit": "Sekretariat Daerah", "address": "Jl. Kenanga No. 1",
    "place": "Uji",
    "number": "800/1/UJI/2026", "dated": "10 November 2026", "title": "Keputusan Wali Kota Uji", "note": "",
    "mark": "", "foot": "Ditetapkan dengan Pamong.", "signature": "Belum bertanda tangan elektronik.",
    "attached": [], "seal": None, "copies": ["Kepala Kantor Regional BKN", "Yang bersangkutan"],
    "signer": {
        "lines": ["a.n. Wali Kota Uji", "Sekretaris Daerah"], "name": "Wibisono Cakrawala",
        "rank": "Pembina Utama Madya (IV/d)", "nip": "196805201994031001",
    },
}  # fmt: skip
FOUR = [["Disetujui", True], ["Perubahan", False], ["Ditangguhkan", False], ["Tidak disetujui", False]]
SAID: dict[str, dict[str, Any]] = {
    "order": {
        "about": "Pengangkatan dalam jabatan", "considering": ["bahwa jabatan itu kosong;"],
        "bases": ["UU 20/2023", "PP 11/2017, Pasal 54"],
        "dictum": ["Mengangkat Suparman.", "Berlaku sejak ditetapkan."],
    },
    "notice": {
        "about": "Pemberitahuan Kenaikan Gaji Berkala", "to": ["Yth. Kepala BPKAD", "di Uji"],
        "opening": "Dengan ini diberitahukan kenaikan gaji berkala:", "person": [["Nama", "Suparman"]],
        "old": [["Gaji pokok lama", "Rp2.000.000"]], "new": [["Gaji pokok baru", "Rp2.100.000"]],
        "closing": "Agar dibayarkan menurut peraturan.", "notes": ["Pegawai Negeri Sipil daerah."],
    },
    "leave_form": {
        "to": ["Yth. Kepala Dinas"], "person": [["Nama", "Suparman"], ["NIP", "198502022010011001"]],
        "kinds": [["Cuti tahunan", True], ["Cuti besar", False]], "reason": "Keperluan keluarga",
        "lasting": [["Selama", "3 hari kerja"]], "record": [["Sisa N", "12 hari"]],
        "away": [["Alamat", "Jl. Kenanga"]], "applicant": [["Nama", "Suparman"]], "opinion": FOUR,
        "opinion_by": [["Nama", "Bernadeta"]], "decision": FOUR, "decision_reason": "",
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("template", "words"),
    [
        (
            "order",
            "MENIMBANG MENGINGAT MEMUTUSKAN: KESATU KEDUA DITETAPKAN DI UJI|NOMOR 800/1/UJI/2026|"
            "A.N. WALI KOTA UJI|SEKRETARIS DAERAH|JL. KENANGA NO. 1|TEMBUSAN:",
        ),
        ("notice", "HAL|YTH. KEPALA BPKAD|RP2.000.000|RP2.100.000|KETERANGAN:|TEMBUSAN:"),
        (
            "leave_form",
            "I. DATA PEGAWAI|II. JENIS CUTI YANG DIAMBIL|III. ALASAN CUTI|IV. LAMANYA CUTI|V. CATATAN CUTI|"
            "VI. ALAMAT SELAMA MENJALANKAN CUTI|VII. PERTIMBANGAN ATASAN LANGSUNG|"
            "VIII. KEPUTUSAN PEJABAT YANG BERWENANG MEMBERIKAN CUTI",
        ),
    ],
)
def test_a_letter_prints_all_its_parts(template: str, words: str) -> None:
    content = COMMON | SAID[template]
    assert missing_in(template, content) == []
    pdf = pypdf.PdfReader(io.BytesIO(render(template, content, at=AT)))
    text = " ".join(page.extract_text() for page in pdf.pages).upper()
    together = " ".join(text.split())
    for part in words.split("|"):
        for word in part.split() if template == "order" and "KESATU" in part else [part]:
            assert word in together


@pytest.mark.parametrize("template", sorted(SAID))
def test_each_field_that_a_letter_needs_is_missed_by_its_name(template: str) -> None:
    whole = COMMON | SAID[template]
    needed = [field for field in fields_of(template) if field.needed]
    # Where the superior decides himself nobody gives an opinion.
    spare = {"notes", "decision_reason", "opinion_by"}
    assert {field.path for field in needed} >= set(SAID[template]) - spare
    for field in needed:
        top = field.path.partition(".")[0]
        lacking = {name: value for name, value in whole.items() if name != top}
        assert field.title in {each.title for each in missing_in(template, lacking)}


def test_a_region_may_bring_a_letter_of_its_own(tmp_path: Path) -> None:
    emblem = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    (tmp_path / "lambang.svg").write_text(emblem)
    own = (TEMPLATES / "order.typ").read_text()
    (tmp_path / "order.typ").write_text(
        own.replace(
            "#office-head(data)",
            '#image("lambang.svg", width: 9mm, alt: "Lambang")\n#office-head(data)\nKop kami',
        )
    )
    shipped = template_hash("order")
    with override_settings(PAMONG_TEMPLATES=str(tmp_path)):
        pdf = pypdf.PdfReader(io.BytesIO(render("order", COMMON | SAID["order"], at=AT)))
        assert "Kop kami" in pdf.pages[0].extract_text()
        assert template_hash("order") != shipped
        assert template_hash("notice") == template_hash("notice")
    assert template_hash("order") == shipped


def test_the_hash_of_a_template_covers_what_it_imports(tmp_path: Path) -> None:
    shipped = template_hash("order"), template_hash("slip")
    (tmp_path / "letter.typ").write_text((TEMPLATES / "letter.typ").read_text() + "\n")
    with override_settings(PAMONG_TEMPLATES=str(tmp_path)):
        assert template_hash("order") != shipped[0]
        assert template_hash("slip") == shipped[1]

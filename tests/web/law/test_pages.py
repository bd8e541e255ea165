"""The law's pages, open to strangers: each parameter, regulation and region that is loaded has its page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from pamong.law.engine.law import load_law
from pamong.law.engine.loader import load_national, load_registry, profile_codes
from tests.law.world import write

pytestmark = pytest.mark.django_db
PROFILES = profile_codes()


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content[:300]
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.parametrize("profile", ["", *PROFILES])
def test_every_parameter_stands_in_the_list_and_has_a_page(profile: str, client: Client) -> None:
    found = load_law(profile).parameters if profile else load_national()
    query = f"?profil={profile}" if profile else ""
    listed = text_of(client, reverse("law:index") + query)
    assert f"{len(found)} nilai:" in listed
    for key, parameter in found.items():
        address = reverse("law:parameter", args=key.split("/")) + query
        assert f'href="{address}"' in listed
        page = text_of(client, address)
        assert page.count("Dasar:") == len(parameter.history)


def test_every_regulation_has_a_page(client: Client) -> None:
    listed = text_of(client, reverse("law:regulations"))
    for code in load_registry():
        address = reverse("law:regulation", args=[code])
        assert f'href="{address}"' in listed
        text_of(client, address)


def test_a_parameter_tells_its_history_newest_first(client: Client) -> None:
    text = text_of(client, reverse("law:parameter", args=["pay", "spouse_allowance_rate"]))
    assert text.index("1 April 1992") < text.index("1 April 1977 – 31 Maret 1992")
    assert text.index("10 %") < text.index("5 %")
    assert "Berlaku" in text and "Pernah berlaku" in text
    assert "tunjangan istri/suami sebesar 5%" in text and "Tunjangan suami/istri" in text


def test_a_parameter_tells_who_decides_otherwise(client: Client) -> None:
    address = reverse("law:parameter", args=["pay", "tpp_standing"])
    text = text_of(client, address)
    assert "Nilai yang sama di aturan lain" in text and f"{address}?profil=contoh" in text


def test_a_parameter_of_regions_only_shows_the_first_of_them(client: Client) -> None:
    text = text_of(client, reverse("law:parameter", args=["pay", "tpp_class_amount"]))
    assert "Kabupaten Tulang Bawang Barat" in text and "Dipakai oleh rumus" in text


def test_a_long_table_is_folded(client: Client) -> None:
    text = text_of(client, reverse("law:parameter", args=["tax", "ter_a"]))
    assert "Lihat 44 baris" in text and text.count("<tr>") > 44


def test_a_regulation_tells_what_is_taken_from_it(client: Client) -> None:
    text = text_of(client, reverse("law:regulation", args=["perwali-samarinda-31-2022"]))
    assert "Potongan karena tidak mengisi daftar hadir" in text and "Pasal 13" in text
    assert "1 Agustus 2022" in text


def test_a_regulation_of_the_site_has_its_page(client: Client, tmp_path: Path, settings: Settings) -> None:
    write(
        tmp_path,
        "registry.yaml",
        """
        perwali-kota-kami-7-2026:
          title: Perubahan aturan TPP
          number: "7"
          year: 2026
          link: https://jdih.contoh.example/perwali/2026/7
        """,
    )
    address = reverse("law:regulation", args=["perwali-kota-kami-7-2026"])
    assert client.get(address).status_code == 404
    settings.PAMONG_LAW_OVERLAY = str(tmp_path)
    assert "Perubahan aturan TPP" in text_of(client, address)
    assert f'href="{address}"' in text_of(client, reverse("law:regulations"))


@pytest.mark.parametrize("left", PROFILES)
@pytest.mark.parametrize("right", ["", *PROFILES])
def test_each_region_stands_beside_each(left: str, right: str, client: Client) -> None:
    text = text_of(client, reverse("law:profile", args=[left]) + (f"?dengan={right}" if right else ""))
    assert "Cara menghitung" in text
    assert ("Nilai yang berbeda" in text) == bool(right)
    if left == right:
        assert 'class="differs"' not in text


def test_what_differs_is_marked(client: Client) -> None:
    text = text_of(client, reverse("law:profile", args=["contoh"]) + "?dengan=manado")
    assert "Nilai dari atasan" in text and 'class="differs"' in text
    assert "Target menit kerja sebulan" in text and "tidak ada" in text


@pytest.mark.parametrize(
    "address",
    ["/aturan/?profil=x", "/aturan/parameter/pay/x/", "/aturan/peraturan/x/", "/aturan/profil/x/",
     "/aturan/profil/contoh/?dengan=x", "/aturan/parameter/pay/tpp_index/?profil=manado"],
)  # fmt: skip
def test_what_is_not_loaded_is_told(address: str, client: Client) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "tidak ada di aturan yang dimuat" in answer.content.decode()


def test_an_invented_rule_leads_to_no_real_regulation(client: Client) -> None:
    for code in ("contoh", "contoh-peragaan"):
        page = text_of(client, reverse("law:regulation", args=[code]))
        assert "Baca teksnya" not in page and "tidak ada teks yang bisa dibaca" in page
    own = text_of(client, reverse("law:parameter", args=["discipline", "points_late"]) + "?profil=contoh")
    assert "Dasar:" in own and "baca teksnya" not in own
    assert "baca teksnya" in text_of(client, reverse("law:parameter", args=["pay", "tpp_criteria"]))


def test_hours_are_told_by_days_of_the_week(client: Client) -> None:
    address = reverse("law:parameter", args=["attendance", "work_end"]) + "?profil=contoh"
    page = text_of(client, address)
    assert "5 hari kerja · Senin-Kamis 16.00; 5 hari kerja · Jumat 16.30; 6 hari kerja · Senin-Kamis" in page
    assert "57600" not in page
    listed = text_of(client, reverse("law:index") + "?profil=contoh")
    assert "5 hari kerja · Senin-Kamis 16.00; 5 hari kerja · Jumat 16.30" in listed


def test_a_regions_printed_table_is_not_called_national(client: Client) -> None:
    for key, region in (
        ("basic_tpp_seruyan_2023", "Seruyan"),
        ("basic_tpp_lubuklinggau_2022", "Lubuklinggau"),
    ):
        page = text_of(client, reverse("law:parameter", args=["pay", key]))
        origin = re.search(rf"<code>pay/{key}</code> · ([^<]+)<", page)
        assert origin and region in origin[1]

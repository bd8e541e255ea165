"""Orders that somebody brings to the page that checks: by their code, and as a file."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from pamong.documents import certificates, signing
from pamong.documents.papers import Paper, printed
from pamong.documents.rendering import render
from tests.browser.conftest import Site
from tests.browser.look import Watcher, look
from tests.browser.test_check_journeys import CHECK, choose, digits_of, qr_of, said
from tests.documents.test_letters import COMMON, SAID
from tests.documents.test_rendering import AT
from tests.support.sealed import ByHand, log_key, order_content

pytestmark = pytest.mark.browser


def test_a_scanned_order_says_what_it_is_and_no_more(site: Site, tab: Tab) -> None:
    watcher = Watcher(tab)
    log = ByHand(log_key(site.places))
    tab.goto(f"{site.address}{CHECK}#{digits_of(log.proof(order_content()))}")
    said(tab, "genuine")
    rows = tab.locator("[data-result] tbody tr")
    expect(rows).to_have_text(
        [
            "DokumenSurat keputusan",
            "Nomor821/7/2026",
            "Tanggal9 November 2026",
            "JudulKeputusan Wali Kota",
            "TentangPengangkatan dalam jabatan",
            "NamaSuparman",
        ]
    )
    findings = look(tab, "check-order")
    assert findings + watcher.findings == []


def test_a_signed_order_is_read_as_a_file(site: Site, tab: Tab, tmp_path: Path) -> None:
    log = ByHand(log_key(site.places))
    content = b'{"about":"Pengangkatan dalam jabatan"}'
    proof = log.proof(order_content(content))
    paper = printed(Paper(content, proof.text(), qr_of(proof), f"{site.address}{CHECK}"))
    with override_settings(PAMONG_CERTIFICATES=tmp_path):
        office = certificates.make_certificate(
            code="ppk", name="Wali Kota Uji", government="Pemerintah Kota Uji", at=datetime.now(UTC)
        )
        pdf = render("order", COMMON | SAID["order"] | paper, at=AT)
        with ThreadPoolExecutor(1) as pool:  # the browser's own loop runs in this thread
            made = pool.submit(signing.sign, pdf, office, place="Uji", reason="Nomor 821/7/2026")
            signed = made.result()
    tab.goto(f"{site.address}{CHECK}")
    choose(tab, "keputusan.pdf", signed)
    said(tab, "genuine")
    expect(tab.locator("[data-same-content]")).to_be_visible()
    other = log.proof(order_content(b"{}"))
    paper = printed(Paper(content, other.text(), qr_of(other), f"{site.address}{CHECK}"))
    choose(tab, "keputusan.pdf", render("order", COMMON | SAID["order"] | paper, at=AT))
    said(tab, "other_content")

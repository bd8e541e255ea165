"""A slip from paper to verdict: downloaded, drawn, its code read from the picture, checked by all who can."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import pypdf
import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from pamong.documents.papers import PROOF
from pamong.ledger.tree import compact
from pamong.ledger.tree.checkpoints import open_checkpoint
from pamong.ledger.tree.policy import Policy
from tests.browser.conftest import Site
from tests.browser.journey import sign_in
from tests.browser.look import Watcher, look
from tests.browser.test_check_journeys import choose, said
from tests.support.month import LATE, NO_INCOME
from tests.support.sealing import SITE
from tests.support.site import TOP

pytestmark = pytest.mark.browser
DPI = 200


def download(tab: Tab, site: Site, slip: UUID) -> bytes:
    """The PDF of a slip, as the page's button gives it."""
    response = tab.context.request.get(f"{site.address}/tpp/rincian/{slip}/cetak/")
    assert response.ok, response.text()
    return response.body()


def code_on(pdf: bytes) -> str:
    """What a reader finds on the picture of the only page."""
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 1
    [found] = zxingcpp.read_barcodes(document[0].render(scale=DPI / 72).to_pil())
    return str(found.text)


def verifier(command: str, given: str, policy: Path) -> tuple[int, dict[str, Any]]:
    """The program outside, in a process of its own, with the policy alone."""
    call = [sys.executable, "-m", "pamong_verify", command, given, "--policy", str(policy), "--json"]
    environ = {"PYTHONPATH": str(TOP / "outside" / "verify" / "src"), "PATH": os.environ["PATH"]}
    done = subprocess.run(call, env=environ, capture_output=True, check=False, text=True)
    return done.returncode, json.loads(done.stdout)


def other_proof(pdf: bytes, proof: bytes) -> bytes:
    """A PDF in which another document's proof stands in the place of its own."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf))
    for attached in writer.attachment_list:
        if attached.name == PROOF:
            attached.content = proof
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_slip_is_read_from_paper_and_found_genuine(site: Site, tab: Tab, tmp_path: Path) -> None:
    sign_in(tab, site.address, "inspector")
    pdf = download(tab, site, site.world.month.slips[LATE])
    text = code_on(pdf)
    address, _, digits = text.partition("#")
    assert address == f"https://{SITE}/cek/"

    proof = compact.decode(compact.from_digits(digits))
    policy = Policy.parse(site.places.policy.read_bytes())
    keys = policy.log_keys(proof.origin), policy.witness_keys()
    whole = proof.to_proof((*keys[0], *keys[1]))
    whole.content().check()
    assert whole.includes(whole.content().leaf_hash)
    opened = open_checkpoint(whole.checkpoint, *keys)
    assert policy.satisfied(policy.names_of(opened.cosigned))

    (tmp_path / "rincian.pdf").write_bytes(pdf)
    for command, given in (("qr", text), ("pdf", str(tmp_path / "rincian.pdf"))):
        status, told = verifier(command, given, site.places.policy)
        assert status == 0, told
        assert LATE in json.dumps(told)
    status, told = verifier("qr", text[:-40], site.places.policy)
    assert (status, told["fault"]) == (14, "half_qr")


def test_the_page_finds_a_slip_genuine_and_still_in_force(site: Site, tab: Tab) -> None:
    sign_in(tab, site.address, "inspector")
    pdf, other = (download(tab, site, site.world.month.slips[name]) for name in (LATE, NO_INCOME))
    digits = code_on(pdf).partition("#")[2]
    watcher = Watcher(tab)
    tab.goto(f"{site.address}/cek/#{digits}")
    said(tab, "genuine")
    expect(tab.locator("[data-result]")).to_contain_text(LATE)
    expect(tab.locator("[data-result]")).to_contain_text("Oktober 2026")
    tab.get_by_role("button", name="Masih berlaku?").click()
    expect(tab.locator("[data-told]")).to_contain_text("Berlaku")
    findings = look(tab, "check-in-force")

    wrong = f"{digits[:40]}{(int(digits[40]) + 1) % 10}{digits[41:]}"
    tab.goto(f"{site.address}/cek/#{wrong}")
    expect(tab.locator("[data-result] h2")).to_have_text("Belum dapat diperiksa")

    tab.goto(f"{site.address}/cek/")
    choose(tab, "rincian.pdf", pdf)
    said(tab, "genuine")
    choose(tab, "rincian.pdf", other)
    said(tab, "genuine")
    expect(tab.locator("[data-result]")).to_contain_text("Belum dapat dihitung")
    [proof] = pypdf.PdfReader(io.BytesIO(other)).attachments[PROOF]
    choose(tab, "rincian.pdf", other_proof(pdf, proof))
    said(tab, "other_content")
    assert findings + watcher.findings == []

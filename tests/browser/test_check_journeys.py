"""What somebody with a printed document does: scan, paste, choose a file, and read whether it is genuine."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pypdf
import pytest
from PIL import Image
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from pamong.documents.papers import Paper, printed
from pamong.documents.rendering import render
from pamong.kernel.canonical import canonical_json
from pamong.ledger.tree import compact
from pamong.ledger.tree.content import Content
from pamong.ledger.tree.merkle import leaf_hash
from pamong.ledger.tree.proof_file import ProofFile
from tests.browser.conftest import Site
from tests.browser.look import Watcher, look
from tests.documents.test_rendering import AT, data
from tests.support.sealed import OUTSIDE, ByHand, key_of, log_key, slip_content
from tests.support.sealing import SITE

pytestmark = pytest.mark.browser

CHECK = "/cek/"
VERDICT = "[data-result] .ui-problems"


@pytest.fixture
def log(site: Site) -> ByHand:
    """A log with the key of the site's own, to make proofs that it never made."""
    return ByHand(log_key(site.places))


@pytest.fixture(autouse=True)
def kept_to_itself(site: Site, tab: Tab) -> Iterator[None]:
    """Whatever a test shows to the page, the page fetches its own files and sends nothing; who presses the
    button asks with two hashes."""
    sent: list[tuple[str, str, str | None]] = []
    tab.on("request", lambda request: sent.append((request.method, request.url, request.post_data)))
    yield
    own = re.compile(
        re.escape(site.address) + r"(/static/[\w./-]+|/cek/|/cek/status/[0-9a-f]{64}/[0-9a-f]{64}/)"
    )
    assert [each for each in sent if each[0] != "GET" or each[2] or not own.fullmatch(each[1])] == []


def qr_of(proof: ProofFile) -> str:
    """The text of a QR code."""
    return f"https://{SITE}{CHECK}#{digits_of(proof)}"


def digits_of(proof: ProofFile) -> str:
    """Its digits."""
    return compact.to_digits(payload_of(proof))


def payload_of(proof: ProofFile) -> bytes:
    """Its bytes."""
    return compact.encode(compact.Compact.from_proof(proof))


def paste(tab: Tab, text: str) -> None:
    """Paste a text and ask."""
    tab.get_by_label("Atau tempel teks kode QR").fill(text)
    tab.get_by_role("button", name="Periksa", exact=True).click()


def choose(tab: Tab, name: str, data: bytes) -> None:
    """Choose a file."""
    file = {"name": name, "mimeType": "", "buffer": data}
    tab.locator("#check-file").set_input_files(file)  # type: ignore[arg-type]


def said(tab: Tab, code: str) -> None:
    """The page says this, and nothing else."""
    expect(tab.locator(VERDICT)).to_have_attribute("data-code", code)
    expect(tab.locator("[data-result] h2")).to_have_count(1)


def test_a_scanned_code_is_checked_at_once_and_stays_on_the_device(site: Site, tab: Tab, log: ByHand) -> None:
    watcher = Watcher(tab)
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(f"{site.address}{CHECK}#{digits_of(log.proof(slip_content()))}")
    said(tab, "genuine")
    for text in (
        "Asli saat terbit",
        "Suparman",
        "198502022010011001",
        "Oktober 2026",
        "Rp3.895.000",
        "Dihitung",
    ):
        expect(tab.locator("[data-result]")).to_contain_text(text)
    expect(tab.locator("[data-slot=number]")).to_have_text("2; waktu itu bukunya memuat 6 catatan")
    expect(tab.locator("[data-slot=witnesses]")).to_have_text("inspektorat, universitas")
    expect(tab.locator("[data-slot=latest]")).to_contain_text("10 November 2026 pukul 07.00.12")
    assert all(not any(value in url for url in asked) for value in ("Suparman", "#", "status"))
    findings = look(tab, "check-genuine")
    tab.get_by_role("button", name="Masih berlaku?").click()
    expect(tab.locator("[data-told]")).to_contain_text("Tidak dikenal")
    assert findings + watcher.findings == []
    [status] = [url for url in asked if "status" in url]
    assert status == f"{site.address}/cek/status/{'/'.join(slip_hashes())}/"


def slip_hashes() -> tuple[str, str]:
    """The hashes of the month's entry and of the slip's item, all that is ever asked with."""
    content = slip_content()
    assert content.item is not None
    return content.leaf_hash.hex(), leaf_hash(content.item.body.encode()).hex()


def test_the_proof_of_an_entry_tells_what_it_says_in_the_clear(site: Site, tab: Tab, log: ByHand) -> None:
    told = {"people": 8_200, "month": "2026-10-01", "mode": "demo", "tables": ["a", "b"]}
    body = {"actor": "user:7", "format": 1, "kind": "pay.run_started", "personal": {}, "public": told}
    tab.goto(f"{site.address}{CHECK}")
    choose(
        tab, "bukti.tlog-proof", log.proof(Content(canonical_json(body).decode(), None, ())).text().encode()
    )
    said(tab, "genuine")
    for text in ("Hitungan TPP dimulai", "Jumlah orang", "a, b", "Nomor di buku segel"):
        expect(tab.locator("[data-result]")).to_contain_text(text)
    expect(tab.locator("[data-result]")).not_to_contain_text("Masih berlaku?")
    expect(tab.locator("[data-result]")).not_to_contain_text("tidak membuka satu isian pun")


def test_what_is_pasted_and_what_is_wrong_with_it(site: Site, tab: Tab, log: ByHand) -> None:
    watcher = Watcher(tab)
    tab.goto(f"{site.address}{CHECK}")
    whole = qr_of(log.proof(slip_content()))
    paste(tab, f"  {whole[:60]}\n{whole[60:]} ")
    said(tab, "genuine")
    digits = whole.index("#") + 1
    for text, code in {
        "Selamat pagi": "unreadable",
        whole[: len(whole) // 2]: "half",
        whole[:-3]: "half",
        compact.to_digits(payload_of(log.proof(slip_content())) + b"\0"): "damaged",
        f"{whole[:digits]}9{'9' * 16}{whole[digits + 17 :]}": "damaged",
        f"{whole[: digits + 30]}{(int(whole[digits + 30]) + 1) % 10}{whole[digits + 31 :]}": "damaged",
        f"{whole[:digits]}{'5' * 17}{whole[digits + 17 :]}": "version",
        qr_of(ByHand(key_of("kota.lain.go.id/log/decisions", 1)).proof(slip_content())): "unknown_log",
        qr_of(ByHand(key_of(f"{SITE}/log/decisions", 1)).proof(slip_content())): "unsigned",
        qr_of(ByHand(log.log, {"universitas": OUTSIDE}).proof(slip_content())): "weak",
        qr_of(ByHand(log.log, {}).proof(slip_content())): "weak",
    }.items():
        paste(tab, text)
        said(tab, code)
    findings = look(tab, "check-weak")
    assert findings + watcher.findings == []


def forged(proof: ProofFile) -> bytes:
    """A proof file whose checkpoint tells of another size than the one that was signed."""
    return proof.text().replace("\n6\n", "\n7\n").encode()


def test_a_proof_file_and_what_is_wrong_with_it(site: Site, tab: Tab, log: ByHand) -> None:
    watcher = Watcher(tab)
    tab.goto(f"{site.address}{CHECK}")
    content = slip_content()
    proof = log.proof(content)
    choose(tab, "bukti.tlog-proof", proof.text().encode())
    said(tab, "genuine")
    raised = Content(content.entry, content.item, slip_content(net=9_895_000).openings)
    stranger = slip_content(name="Maria Goreti Lamawuran")
    for file, code in {
        proof.text().encode()[:-40]: "half",
        b"\xff\xfe\x00": "unreadable",
        ProofFile(proof.index, proof.path, proof.checkpoint).text().encode(): "no_content",
        forged(proof): "forged",
        ProofFile(3, proof.path, proof.checkpoint, proof.extra).text().encode(): "other_document",
        ProofFile(2, proof.path[1:], proof.checkpoint, proof.extra).text().encode(): "proof_form",
        ProofFile(2, proof.path, proof.checkpoint, stranger.to_bytes()).text().encode(): "other_document",
        ProofFile(2, proof.path, proof.checkpoint, raised.to_bytes()).text().encode(): "changed",
        log.proof(Content(content.entry, stranger.item, stranger.openings)).text().encode(): "other_document",
    }.items():
        choose(tab, "bukti.tlog-proof", file)
        said(tab, code)
    findings = look(tab, "check-problem")
    assert findings + watcher.findings == []


def pdf_of(content: bytes, proof: str) -> bytes:
    """A slip as PDF with these attached."""
    made, carried = data(1), printed(Paper(content, proof))
    made["people"][0]["seal"] = carried["seal"]
    return render("slip", made | {"attached": carried["attached"]}, at=AT)


def saved_anew(pdf: bytes, password: str = "") -> bytes:
    """The same as another program writes it."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf))
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_pdf_and_what_is_wrong_with_it(site: Site, tab: Tab, log: ByHand) -> None:
    watcher = Watcher(tab)
    tab.goto(f"{site.address}{CHECK}")
    content, other = b'{"net":3895000}', b'{"net":9895000}'
    proof = log.proof(slip_content(content)).text()
    whole = pdf_of(content, proof)
    choose(tab, "rincian.pdf", whole)
    said(tab, "genuine")
    expect(tab.get_by_text("Isi lengkap yang terlampir pada PDF sama dengan yang disegel.")).to_be_visible()
    choose(tab, "rincian.pdf", saved_anew(whole))
    said(tab, "genuine")
    for pdf, code in {
        pdf_of(other, proof): "other_content",
        pdf_of(content, log.proof(slip_content(other)).text()): "other_content",
        pdf_of(content, proof[:-40]): "half",
        pdf_of(content, ""): "no_proof",
        whole[: len(whole) // 2]: "half",
        saved_anew(whole, "rahasia"): "locked",
    }.items():
        choose(tab, "rincian.pdf", pdf)
        said(tab, code)
    assert watcher.findings == []


def test_a_browser_without_its_own_signatures_uses_the_library(site: Site, tab: Tab, log: ByHand) -> None:
    tab.add_init_script(
        "const own = crypto.subtle.importKey.bind(crypto.subtle);"
        "crypto.subtle.importKey = (form, key, name, ...rest) => name === 'Ed25519'"
        " ? Promise.reject(new DOMException('', 'NotSupportedError')) : own(form, key, name, ...rest);"
    )
    watcher = Watcher(tab)
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(f"{site.address}{CHECK}")
    proof = log.proof(slip_content())
    paste(tab, qr_of(proof))
    said(tab, "genuine")
    choose(tab, "bukti.tlog-proof", forged(proof))
    said(tab, "forged")
    assert any(url.endswith("/vendor/ed25519.js") for url in asked)
    assert watcher.findings == []


def picture() -> bytes:
    """A small picture of nothing."""
    out = io.BytesIO()
    Image.new("L", (8, 8)).save(out, "PNG")
    return out.getvalue()


def test_pictures_are_taken_only_where_the_browser_reads_codes(site: Site, tab: Tab, log: ByHand) -> None:
    """This Chromium reads none, so that the answers of one that does are put in its place."""
    tab.goto(f"{site.address}{CHECK}")
    expect(tab.get_by_role("button", name="Periksa", exact=True)).to_be_visible()
    expect(tab.locator("[data-camera]")).to_be_hidden()
    text = qr_of(log.proof(slip_content()))
    tab.add_init_script(
        "window.found = []; window.BarcodeDetector = class {"
        " static async getSupportedFormats() { return ['qr_code']; }"
        " async detect(picture) { return picture.width === 8 ? window.found : []; } };"
    )
    watcher = Watcher(tab)
    tab.reload()
    photo = {"name": "foto.png", "mimeType": "image/png", "buffer": picture()}
    tab.locator("#check-file").set_input_files(photo)  # type: ignore[arg-type]
    said(tab, "no_code")
    tab.evaluate("text => { window.found = [{ rawValue: text }]; }", text)
    tab.locator("#check-file").set_input_files(photo)  # type: ignore[arg-type]
    said(tab, "genuine")
    tab.get_by_role("button", name="Pindai dengan kamera perangkat ini").click()
    said(tab, "no_camera")
    assert watcher.findings == []


def test_without_scripts_the_page_says_what_to_do(site: Site, tab: Tab) -> None:
    browser = tab.context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"{site.address}{CHECK}")
    expect(page.get_by_text("Pemeriksaan memerlukan JavaScript")).to_be_visible()
    expect(page.get_by_label("Atau tempel teks kode QR")).to_be_hidden()
    plain.close()

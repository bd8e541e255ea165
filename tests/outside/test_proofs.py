"""Proof files, QR codes and PDFs: what is genuine, and each fault with its own status."""

from __future__ import annotations

import io
import struct
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest
import segno

from pamong_verify.faults import Fault
from tests.outside.calling import call, fault, verdict, written
from tests.outside.issuing import (
    ORIGIN,
    PLACE,
    START,
    Log,
    Slips,
    canonical,
    commitment,
    digits,
    entry,
    example_log,
    sha,
)


class Case:
    """A log, its policy file, and a folder to write in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log, self.slips = example_log()
        self.policy = self.file("policy", self.log.policy())
        self.proof = self.log.proof(PLACE, self.slips.extra)
        self.payload = self.log.qr_payload(PLACE, self.slips.extra)

    def file(self, name: str, data: bytes) -> Path:
        return written(self.folder, name, data)

    def proof_fault(self, data: bytes, policy: Path | None = None) -> Fault:
        return fault("proof", self.file("x.tlog-proof", data), "--policy", policy or self.policy)

    def qr_fault(self, text: str) -> Fault:
        return fault("qr", text, "--policy", self.policy)

    def pdf(self, **attached: bytes) -> Path:
        writer = pypdf.PdfWriter()
        writer.add_blank_page(595, 842)
        names = {"isi": "isi.json", "bukti": "bukti.tlog-proof"}
        for key, data in {"isi": self.slips.document, "bukti": self.proof, **attached}.items():
            writer.add_attachment(names[key], data)
        out = io.BytesIO()
        writer.write(out)
        return self.file("slip.pdf", out.getvalue())


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(tmp_path)


def test_a_genuine_proof(case: Case) -> None:
    said = verdict("proof", case.file("a.tlog-proof", case.proof), "--policy", case.policy)
    assert said["genuine"] is True
    assert (said["kind"], said["entry_kind"]) == ("pay.slip", "pay.run_published")
    assert said["opened"]["slip"]["net"] == 4250002
    assert (said["origin"], said["index"], said["size"]) == (ORIGIN, PLACE, 70)
    assert said["latest_time"] == "2026-11-10T00:00:12Z"
    assert [each["name"] for each in said["cosigners"]] == ["s1", "s2", "s3"]


def test_a_genuine_proof_in_words(case: Case) -> None:
    status, text = call("proof", case.file("a.tlog-proof", case.proof), "--policy", case.policy)
    assert status == 0
    assert text.startswith("ASLI SAAT TERBIT\n")
    for words in (
        "rincian penghasilan seorang pegawai (pay.slip)",
        "jumlah bersih = 4.250.002",
        "10 November 2026 pukul 00.00.12 UTC",
        ORIGIN,
        "Nomor:          37",
        "s3 (saksi3.contoh.go.id)",
        "terpenuhi",
        "hanya situs penerbit",
    ):
        assert words in text


def test_the_same_in_a_qr(case: Case) -> None:
    for text in (digits(case.payload), f"https://{ORIGIN}/cek/#{digits(case.payload)}\n"):
        said = verdict("qr", text, "--policy", case.policy)
        assert said["genuine"] is True
        assert (said["index"], said["size"], said["opened"]["slip"]["net"]) == (PLACE, 70, 4250002)
        assert [each["name"] for each in said["cosigners"]] == ["s1", "s2"]


def test_a_picture_of_a_qr(case: Case) -> None:
    code = segno.make_qr([f"https://{ORIGIN}/cek/#", digits(case.payload)], error="m")
    code.save(str(case.folder / "qr.png"), scale=4, border=4)
    said = verdict("qr", "--image", case.folder / "qr.png", "--policy", case.policy)
    assert said["opened"]["slip"]["net"] == 4250002
    assert fault("qr", "--image", case.policy, "--policy", case.policy) is Fault.UNREADABLE


def test_a_pdf(case: Case) -> None:
    said = verdict("pdf", case.pdf(), "--policy", case.policy)
    assert said["document"]["nama"] == "Siti Rekaan"
    assert "nama = Siti Rekaan" in call("pdf", case.pdf(), "--policy", case.policy)[1]
    other = case.slips.document.replace(b"4250000", b"9250000")
    assert fault("pdf", case.pdf(isi=other), "--policy", case.policy) is Fault.OTHER_DOCUMENT
    forged = case.proof[:-10] + b"AAAAAAA==\n"
    assert fault("pdf", case.pdf(bukti=forged), "--policy", case.policy) in (Fault.FORGED, Fault.UNREADABLE)
    assert fault("pdf", case.policy, "--policy", case.policy) is Fault.UNREADABLE


def test_a_pdf_without_a_proof(case: Case) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    writer.add_attachment("isi.json", case.slips.document)
    writer.write(case.folder / "bare.pdf")
    assert fault("pdf", case.folder / "bare.pdf", "--policy", case.policy) is Fault.NO_PROOF


def test_optional_packages_that_are_missing(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, words in (("pypdf", ("pdf", case.pdf())), ("zxingcpp", ("qr", "--image", case.policy))):
        monkeypatch.setitem(sys.modules, name, None)
        assert fault(*words, "--policy", case.policy) is Fault.EXTRA_MISSING


def test_the_field_document_decides(case: Case) -> None:
    """Where a field ``document`` is opened, no other field can vouch for the content."""
    right = {"content_sha256": sha(case.slips.document).hex()}
    other = {"content_sha256": sha(b"lain").hex()}
    for document, slip, expected in ((right, other, 0), (other, right, Fault.OTHER_DOCUMENT.status)):
        salts = {"document": sha(b"a"), "slip": sha(b"b")}
        values = {"document": document, "slip": slip}
        personal = {name: commitment(name, salts[name], values[name]) for name in values}
        text = entry("people.stored", {}, personal)
        openings = [{"field": name, "salt": salts[name].hex(), "value": values[name]} for name in values]
        log = Log([b"a", text.encode(), b"c"])
        policy = case.file("other-policy", log.policy())
        extra = {"format": 1, "entry": text, "item": None, "openings": openings}
        status, _ = call("pdf", case.pdf(bukti=log.proof(1, extra)), "--policy", policy)
        assert status == expected


def changed(slips: Slips, **parts: Any) -> dict[str, Any]:
    return {**slips.extra, **parts}


def item(slips: Slips, **parts: Any) -> dict[str, Any]:
    return changed(slips, item={**slips.extra["item"], **parts})


def opened(slips: Slips, **parts: Any) -> dict[str, Any]:
    return changed(slips, openings=[{**slips.extra["openings"][0], **parts}])


CHANGES: dict[str, Callable[[Slips], dict[str, Any]]] = {
    "entry": lambda s: changed(s, entry=s.entry.replace("21250010", "31250010")),
    "item": lambda s: item(s, body=s.extra["item"]["body"].replace("10-01", "11-01")),
    "item place": lambda s: item(s, index=3),
    "item size": lambda s: item(s, size=6),
    "root field": lambda s: item(s, root="net"),
    "value": lambda s: opened(s, value={"net": 1}),
    "salt": lambda s: opened(s, salt="00" * 32),
    "field": lambda s: opened(s, field="bonus"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_another_documents_proof(case: Case, change: str) -> None:
    extra = CHANGES[change](case.slips)
    assert case.proof_fault(case.log.proof(PLACE, extra)) is Fault.OTHER_DOCUMENT
    expected = Fault.FORGED if change == "entry" else Fault.OTHER_DOCUMENT
    assert case.qr_fault(digits(case.log.qr_payload(PLACE, extra))) is expected


def test_another_place_of_the_log(case: Case) -> None:
    assert case.proof_fault(case.log.proof(PLACE + 1, case.slips.extra)) is Fault.OTHER_DOCUMENT
    assert case.proof_fault(case.proof.replace(b"index 37\n", b"index 36\n")) is Fault.OTHER_DOCUMENT
    assert case.proof_fault(case.proof.replace(b"index 37\n", b"index 70\n")) is Fault.OTHER_DOCUMENT


def test_a_forged_signature(case: Case) -> None:
    other = Log(case.log.entries)
    other.key.name = case.log.key.name
    text = case.log.body()
    for pair in (case.log.key, case.log.witnesses[1]):
        wrong = pair.line(text + "lain\n")
        line = pair.line(text, START + 1 if pair.kind == 4 else START)
        assert case.proof_fault(case.proof.replace(line.encode(), wrong.encode())) is Fault.FORGED
    assert case.proof_fault(case.proof.replace(b"\n70\n", b"\n71\n")) is Fault.FORGED
    assert case.proof_fault(other.proof(PLACE, case.slips.extra)) is Fault.UNKNOWN_LOG


def test_an_unknown_log(case: Case) -> None:
    stranger = Log(case.log.entries, "lain.contoh.go.id/log/decisions")
    assert case.proof_fault(stranger.proof(PLACE, case.slips.extra)) is Fault.UNKNOWN_LOG
    assert case.qr_fault(digits(stranger.qr_payload(PLACE, case.slips.extra))) is Fault.UNKNOWN_LOG
    borrowed = Log(case.log.entries, "lain.contoh.go.id/log/decisions")
    borrowed.key = case.log.key  # a key of one log signs for no other
    assert case.proof_fault(borrowed.proof(PLACE, case.slips.extra)) is Fault.UNKNOWN_LOG


def test_genuine_but_weak(case: Case) -> None:
    for count in (0, 1):
        said = verdict(
            "proof",
            case.file("a", case.log.proof(PLACE, case.slips.extra, witnesses=count)),
            "--policy",
            case.policy,
        )
        assert (said["fault"], said["genuine"], said["opened"]["slip"]["net"]) == (
            "quorum_not_met",
            True,
            4250002,
        )
    for quorum in ("none", "s1"):
        policy = case.file("weak", case.log.policy(quorum))
        said = verdict("proof", case.file("a", case.proof), "--policy", policy)
        assert (said["fault"], said["genuine"], said["quorum_met"]) == ("policy_dependent", True, True)


def test_what_is_no_proof(case: Case) -> None:
    for data in (
        b"",
        b"c2sp.org/tlog-proof@v1\n",
        case.proof[:-1],
        case.proof[: len(case.proof) // 2],
        case.proof + b"x",
        case.proof.replace(b"@v1", b"@v2"),
        case.proof.replace(b"index 37", b"index 037"),
        case.proof.replace(b"index", b"Index"),
        case.proof.replace(b"\n\n", b"\n", 1),
        case.proof.replace(b"extra ", b"extra  "),
        case.log.proof(PLACE, {}),
        case.log.proof(PLACE, changed(case.slips, format=2)),
        case.log.proof(PLACE, changed(case.slips, openings=[1])),
        case.log.proof(PLACE, changed(case.slips, openings=[{"field": "slip", "salt": "00", "value": 1}])),
        case.log.proof(PLACE, changed(case.slips, more=1)),
        case.log.proof(PLACE, changed(case.slips, item=[])),
    ):
        assert case.proof_fault(data) is Fault.UNREADABLE
    assert fault("proof", case.folder / "none", "--policy", case.policy) is Fault.UNREADABLE
    assert fault("proof", case.folder, "--policy", case.policy) is Fault.UNREADABLE
    assert case.proof_fault(case.proof, case.file("p", b"quorum x\n")) is Fault.POLICY_BROKEN


def test_half_a_qr(case: Case) -> None:
    whole = digits(case.payload)
    for length in range(0, len(whole), 41):
        assert case.qr_fault(whole[:length]) is Fault.HALF_QR
    assert case.qr_fault(whole[:-1] + "x") is Fault.HALF_QR
    assert case.qr_fault("9" * 17) is Fault.HALF_QR
    assert case.qr_fault(digits(case.payload + b"\x00")) is Fault.HALF_QR
    assert case.qr_fault("https://kepegawaian.contoh.go.id/cek/") is Fault.HALF_QR


def test_a_qr_of_another_version_or_shape(case: Case) -> None:
    assert case.qr_fault(digits(b"\x02" + case.payload[1:])) is Fault.UNREADABLE
    for text in (
        "[]",
        "{}",
        "1",
        '{"entry":1,"item":null,"openings":[],"origin":"a","root":null}',
        "[" * 5000,
    ):
        machine = zlib.compressobj(wbits=-15)
        packed = machine.compress(text.encode()) + machine.flush()
        assert case.qr_fault(digits(b"\x01" + struct.pack(">H", len(packed)) + packed)) is Fault.UNREADABLE


def test_no_bomb_unpacks(case: Case) -> None:
    machine = zlib.compressobj(wbits=-15)
    packed = machine.compress(b" " * (50 << 20)) + machine.flush()
    assert len(packed) < 65536
    assert case.qr_fault(digits(b"\x01" + struct.pack(">H", len(packed)) + packed)) is Fault.HALF_QR


def test_a_value_can_draw_no_verdict(case: Case) -> None:
    """Signs that move the cursor, new lines and turned text are shown as codes."""
    value = "x\nASLI SAAT TERBIT\x1b[2K\u202e\u2028"
    salt = sha(b"salt")
    text = entry("people.stored", {}, {"name": commitment("name", salt, value)})
    opened = [{"field": "name", "salt": salt.hex(), "value": value}]
    log = Log([text.encode(), b"b"])
    proof = log.proof(0, {"format": 1, "entry": text, "item": None, "openings": opened}, witnesses=0)
    policy = case.file("p", log.policy())
    _, words = call("proof", case.file("a", proof), "--policy", policy)
    assert r"nama = x\nASLI SAAT TERBIT\x1b[2K\u202e\u2028" in words
    assert words.count("\nASLI") == 0


def test_an_entry_that_is_not_canonical(case: Case) -> None:
    for text in (
        case.slips.entry + " ",
        case.slips.entry.replace('"net":21250010', '"net":1.5'),
        "[]",
        '{"format":1}',
        case.slips.entry.replace('"people":5', '"people":5,"people":5'),
        case.slips.entry.replace('"format":1', '"format":true'),
    ):
        log = Log([text.encode(), b"b"])
        proof = log.proof(0, changed(case.slips, entry=text))
        assert case.proof_fault(proof, case.file("p", log.policy())) is Fault.UNREADABLE


def test_everything_canonical_is_read(case: Case) -> None:
    assert canonical({"b": "é", "a": [1, None, True]}) == '{"a":[1,null,true],"b":"é"}'

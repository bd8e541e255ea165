"""Slips and recapitulations with their proof: sealed, not sealed yet, never sealed."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
import zxingcpp
from django.test import override_settings

from pamong.access import clock
from pamong.interop.exports import pay_lists, sealed
from pamong.kernel.actor import Actor
from pamong.ledger.sequencer.places import Places
from pamong.ledger.tree import compact
from pamong.ledger.tree.policy import Policy
from pamong.ledger.tree.proof_file import ProofFile
from pamong.pay.models import Slip
from pamong.web.check import words
from pamong_verify.cli import main as verify
from tests.pay.conftest import office as office  # noqa: PLC0414 - the fixture
from tests.pay.support import Office
from tests.pay.test_path import WHO, A
from tests.support.databases import Cluster
from tests.support.lists import Government, build
from tests.support.month import MORNING
from tests.support.sealed import publish
from tests.support.sealing import SITE, places_in


@pytest.fixture
def places(tmp_path: Path) -> Any:
    made = places_in(tmp_path / "ledger")
    with override_settings(PAMONG_LEDGER=made.public, PAMONG_SITE=SITE):
        yield made


@pytest.fixture
def town(office: Office, committed_db: str) -> Government:
    """Two offices whose October is computed, opened and, of one of them, signed."""
    made = build(office, WHO)
    made.compute(WHO)
    made.open()
    made.step(A, "enter", "sign")
    return made


def recap(town: Government, name: str = A) -> tuple[pypdf.PdfReader, list[str]]:
    """The recapitulation of an office, and what is read from the picture of its last page."""
    view = town.view(name)
    paper = sealed.list_paper(actor=town.as_("checker"), at=MORNING, uid=view.row.uid)
    pdf = pay_lists.recap_pdf(view, at=MORNING, day_of=clock.day_of, paper=paper)
    document = pypdfium2.PdfDocument(pdf)
    picture = document[len(document) - 1].render(scale=200 / 72).to_pil()
    return pypdf.PdfReader(io.BytesIO(pdf)), [found.text for found in zxingcpp.read_barcodes(picture)]


def test_a_signed_recapitulation_carries_what_it_says_and_its_proof(
    town: Government, postgres: Cluster, committed_db: str, places: Places, tmp_path: Path
) -> None:
    publish(postgres, committed_db, places)
    read, [text] = recap(town)
    printed = tmp_path / "rekap.pdf"
    read.stream.seek(0)
    printed.write_bytes(read.stream.read())
    for given in (["pdf", str(printed)], ["qr", text]):
        assert verify([*given, "--policy", str(places.policy)]) == 0
    [content], [proof] = (read.attachments[name] for name in ("isi.json", "bukti.tlog-proof"))
    file = ProofFile.parse(proof)
    file.content().check()
    assert file.includes(file.content().leaf_hash)
    opened = {one.field: one.value for one in file.content().openings}
    assert opened["document"] == {"content_sha256": hashlib.sha256(content).hexdigest()}
    assert set(opened["recapitulation"]) <= set(words.FIELDS)  # the page that checks it has a name for each
    row = town.row(A)
    assert opened["recapitulation"]["gross"] == row.gross == json.loads(content)["gross"]
    policy = Policy.parse(places.policy.read_bytes())
    told = compact.decode(compact.from_digits(text.partition("#")[2]))
    assert told.content == file.content()
    assert told.to_proof((*policy.log_keys(told.origin), *policy.witness_keys())).includes(
        file.content().leaf_hash
    )


def test_what_is_not_published_yet_says_so(town: Government, places: Places) -> None:
    read, codes = recap(town)
    assert codes == []
    assert "Belum bersegel" in read.pages[-1].extract_text()
    assert dict(read.attachments) == {}


def test_what_nobody_has_signed_speaks_of_no_seal(town: Government, places: Places) -> None:
    read, codes = recap(town, "Dinas B")
    text = read.pages[-1].extract_text()
    assert codes == [] and "Belum ditandatangani" in text
    assert "bersegel" not in text and "Bukti keaslian" not in text


def test_a_slip_opens_no_more_than_itself(
    town: Government, postgres: Cluster, committed_db: str, places: Places, operator: Actor
) -> None:
    publish(postgres, committed_db, places)
    slip = Slip.objects.filter(run__uid=town.runs[-1]).order_by("number").first()
    assert slip is not None
    paper = sealed.slip_paper(actor=operator, at=MORNING, uid=slip.uid)
    assert paper is not None and paper.is_witnessed
    assert paper.code.startswith(f"https://{SITE}/cek/#")
    content = ProofFile.parse(paper.proof).content()
    assert {one.field for one in content.openings} == {"slip", "document"}
    others = Slip.objects.exclude(pk=slip.pk).values_list("name", "nip")
    told = f"{content.to_bytes().decode()} {paper.content.decode()}"
    assert slip.name in told and slip.nip in told
    assert others and not any(value in told for pair in others for value in pair)

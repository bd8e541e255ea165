"""An order on paper: drawn, its code read and verified without a network, signed, kept, and told of later."""

from __future__ import annotations

import io
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pypdf
import pytest
from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.db import connections, transaction
from django.test import Client, override_settings
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from pamong.access.models import User
from pamong.decisions import models, queries, services
from pamong.decisions.choices import OrderEndKind
from pamong.documents import certificates
from pamong.documents.papers import CONTENT, PROOF
from pamong.interop.exports.orders import order_pdf
from pamong.kernel.actor import Actor
from pamong.ledger.errors import ContentChanged
from pamong.ledger.sequencer.places import Places
from pamong.ledger.tree import compact
from pamong.web.check import words
from pamong_verify.cli import main as verify
from tests.support.databases import Cluster
from tests.support.deciding import WHY, Desk, desk_of
from tests.support.people import AT, TODAY, small_people
from tests.support.printed import code_on, proven, text_of
from tests.support.sealed import publish
from tests.support.sealing import SITE, as_superuser

OPENED = {"title": "Surat tugas uji", "about": "Penugasan survei", "name": "Suparman"}


@pytest.fixture
def office(committed_db: str, places: Places) -> Desk:
    """The desk over a database in which tests commit."""
    return desk_of(small_people())


def order_of(desk: Desk) -> UUID:
    """An order that went through all its steps."""
    return models.Order.objects.get(decision__uid=desk.sealed()).uid


def printed(desk: Desk, order: UUID, who: str = "own") -> bytes:
    """The document as somebody gets it."""
    return order_pdf(actor=desk.actor(who), at=AT, uid=order)


def own_certificate(desk: Desk) -> certificates.Certificate:
    """A certificate of the secretary's office."""
    return certificates.make_certificate(
        code=str(desk.people.city.seats["above"]), name="Sekretaris Daerah Kota Uji",
        government="Pemerintah Kota Uji", at=datetime.now(UTC),
    )  # fmt: skip


def test_case_scene_10_a_code_is_read_from_paper_and_verified_without_a_network(
    office: Desk, postgres: Cluster, committed_db: str, places: Places
) -> None:
    order = order_of(office)
    publish(postgres, committed_db, places)
    [text] = code_on(printed(office, order))
    assert text.startswith(f"https://{SITE}/cek/#")
    found = proven(places, text)
    assert found.judged.quorum_met
    assert (found.said.kind, found.said.public["number"]) == ("decisions.ordered", "800/1/UJI/2026")
    assert found.said.opened["head"] == OPENED
    told = json.dumps([found.said.public, found.said.opened])
    own = models.Order.objects.get(uid=order).decision.person
    assert own is not None and "990101" not in told and "198502022010011001" not in told
    assert set(OPENED) | {"number", "dated_on"} <= set(words.FIELDS)
    assert found.said.kind in words.KINDS


def test_the_program_outside_reads_the_document(
    office: Desk, postgres: Cluster, committed_db: str, places: Places, tmp_path: Path,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:  # fmt: skip
    own_certificate(office)
    order = order_of(office)
    publish(postgres, committed_db, places)
    file = tmp_path / "surat.pdf"
    file.write_bytes(printed(office, order))
    assert verify(["pdf", str(file), "--policy", str(places.policy)]) == 0
    said = capfdbinary.readouterr().out.decode()
    assert "ASLI SAAT TERBIT" in said and "surat keputusan (decisions.ordered)" in said
    assert "nomor = 800/1/UJI/2026" in said and "KESATU" not in said


def test_before_there_is_a_proof_it_is_neither_signed_nor_kept(office: Desk) -> None:
    own_certificate(office)
    order = order_of(office)
    pdf = printed(office, order)
    assert "Belum bersegel" in text_of(pdf) and "Belum bertanda tangan elektronik" in text_of(pdf)
    assert code_on(pdf) == [] and PdfFileReader(io.BytesIO(pdf)).embedded_signatures == []
    assert not models.OrderFile.objects.exists()


def test_the_signature_of_the_office_is_valid_over_content_and_proof(
    office: Desk, postgres: Cluster, committed_db: str, places: Places
) -> None:
    certificate = own_certificate(office)
    order = order_of(office)
    publish(postgres, committed_db, places)
    pdf = printed(office, order)
    root = certificates.authority()
    assert root is not None
    trusted = ValidationContext(trust_roots=[x509.Certificate.load(root.public_bytes(Encoding.DER))])
    [signature] = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    assert validate_pdf_signature(signature, trusted).bottom_line
    attached = pypdf.PdfReader(io.BytesIO(pdf)).attachments
    assert set(attached) == {CONTENT, PROOF}
    assert json.loads(attached[CONTENT][0])["number"] == "800/1/UJI/2026"
    assert "Ditandatangani secara elektronik" in text_of(pdf)
    assert models.OrderFile.objects.get().signed_by == certificate.name


def test_once_proven_it_is_the_same_to_the_byte_for_everybody(
    office: Desk, postgres: Cluster, committed_db: str, places: Places
) -> None:
    order = order_of(office)
    publish(postgres, committed_db, places)
    first = printed(office, order)
    assert "Belum bertanda tangan elektronik" in text_of(first)
    own_certificate(office)  # too late: what was handed out stays
    order_of(office)
    publish(postgres, committed_db, places)
    assert printed(office, order, "above") == first
    assert models.OrderFile.objects.count() == 1


def test_of_two_who_print_at_once_one_file_stands(
    office: Desk, postgres: Cluster, committed_db: str, places: Places
) -> None:
    own_certificate(office)  # two signatures are never the same bytes
    order = order_of(office)
    publish(postgres, committed_db, places)
    actors = [office.actor(who) for who in ("own", "chief")]

    def ask(actor: Actor) -> bytes:
        try:
            return order_pdf(actor=actor, at=AT, uid=order)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(ask, actors)
    assert first == second
    assert models.OrderFile.objects.count() == 1


def test_the_example_makes_certificates_by_itself(
    office: Desk, postgres: Cluster, committed_db: str, places: Places
) -> None:
    order = order_of(office)
    publish(postgres, committed_db, places)
    with override_settings(PAMONG_DEMO=True):
        pdf = printed(office, order)
    assert len(PdfFileReader(io.BytesIO(pdf)).embedded_signatures) == 1
    [made] = certificates.list_certificates()
    assert made.name == "Sekretaris Daerah, Sekretariat Daerah"


def test_what_was_changed_behind_the_application_is_not_printed(
    office: Desk, postgres: Cluster, committed_db: str, places: Places
) -> None:
    order = order_of(office)
    publish(postgres, committed_db, places)
    connections.close_all()
    as_superuser(
        postgres, committed_db, "ALTER TABLE decisions_order DISABLE TRIGGER ALL",
        "UPDATE decisions_order SET content = jsonb_set(content, '{name}', '\"Orang keempat\"')",
    )  # fmt: skip
    with pytest.raises(ContentChanged, match="tidak sama lagi"):
        printed(office, order)


def test_the_page_gives_the_file_and_makes_it_in_a_process_of_its_own(
    office: Desk, postgres: Cluster, committed_db: str, places: Places
) -> None:
    """An annulment is a kind that every process knows."""
    order = order_of(office)
    done = services.propose_annulment(
        actor=office.actor("nurul"), at=AT, key=uuid4(), order=order, reason=WHY
    )
    office.answer("above", done.uid)
    annulment = models.Order.objects.get(decision__uid=done.uid).uid
    publish(postgres, committed_db, places)
    client = Client()
    client.force_login(User.objects.get(username="employee"))
    first = client.get(f"/keputusan/{annulment}/surat.pdf")
    assert (first.status_code, first.headers["Content-Type"]) == (200, "application/pdf")
    assert 'filename="keputusan-1-PENCABUTAN-2026.pdf"' in first.headers["Content-Disposition"]
    assert "Mencabut Surat tugas uji nomor 800/1/UJI/2026" in text_of(first.content)
    assert client.get(f"/keputusan/{annulment}/surat.pdf").content == first.content
    assert client.get(f"/keputusan/{uuid4()}/surat.pdf").status_code == 404


def test_case_scene_10_online_it_is_told_whether_it_still_holds(
    office: Desk, postgres: Cluster, committed_db: str, places: Places
) -> None:
    kept, annulled, replaced = (order_of(office) for _ in range(3))
    done = services.propose_annulment(
        actor=office.actor("nurul"), at=AT, key=uuid4(), order=annulled, reason=WHY
    )
    office.answer("above", done.uid)
    with transaction.atomic():
        services.end_order(
            actor=office.actor("above"), basis=models.Order.objects.get(uid=kept).basis_id, order=replaced,
            how=OrderEndKind.REPLACED, by=kept,
        )  # fmt: skip
    publish(postgres, committed_db, places)
    said = {order: status_of(places, printed(office, order)) for order in (kept, annulled, replaced)}
    assert "Berlaku" in said[kept]
    assert "Dicabut 10 November 2026" in said[annulled] and "1/PENCABUTAN/2026" in said[annulled]
    assert "Dicabut 10 November 2026, diganti nomor 800/1/UJI/2026" in said[replaced]
    for told in said.values():
        assert "Suparman" not in told and "survei" not in told and WHY not in told


def status_of(places: Places, pdf: bytes) -> str:
    """What a stranger's phone reads, asked with the hash that the code gives it."""
    [text] = code_on(pdf)
    proof = compact.decode(compact.from_digits(text.partition("#")[2]))
    hash_ = proof.content.leaf_hash.hex()
    return Client().get(f"/cek/status/{hash_}/{hash_}/").content.decode()


def test_nothing_is_told_of_other_hashes(office: Desk) -> None:
    operator = Actor.operator("uji", TODAY)
    assert queries.find_order_by_leaf(actor=operator, leaf=bytes(32)) is None
    assert queries.find_public_order(order=uuid4()) is None

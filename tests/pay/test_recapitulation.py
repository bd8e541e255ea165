"""A signature under a list binds what its recapitulation says, of main lists and of those that follow."""

from __future__ import annotations

import hashlib
import json

import pytest
from django.db import connection

from pamong.access.errors import NotAllowed
from pamong.ledger import queries as ledger
from pamong.ledger import services as sealing
from pamong.ledger.choices import ErasureGround
from pamong.ledger.errors import NotSealed
from pamong.ledger.openings import commitments_of, fits, value_of
from pamong.pay import path, queries
from pamong.pay.models import PayItem, Recapitulation
from tests.pay.support import Office, Someone
from tests.support.lists import ALL_STEPS, Government, build
from tests.support.month import MORNING

A = "Dinas A"
WHO = [Someone(1), Someone(2), Someone(3)]


@pytest.fixture
def town(office: Office, db: None) -> Government:
    """One office whose October is computed and opened."""
    made = build(office, WHO)
    made.compute(WHO)
    made.open()
    return made


def proof(town: Government, kind: str = "main") -> queries.Proved:
    uid = town.row(A, kind).uid
    return queries.recapitulation_item(actor=town.as_("checker"), at=MORNING, uid=uid)


def test_before_the_signature_there_is_nothing_to_prove(town: Government) -> None:
    with pytest.raises(NotSealed):
        proof(town)
    town.step(A, "enter")
    with pytest.raises(NotSealed):
        proof(town)


def test_the_signature_binds_everybody_on_the_list_and_names_nobody(town: Government) -> None:
    town.step(A, "enter", "sign")
    found = proof(town)
    body = ledger.get_entry(actor=town.as_("checker"), entry_id=found.entry).body
    assert all(fits(one, commitments_of(body)) for one in found.openings)
    told = {one.field: value_of(one) for one in found.openings}
    assert told["document"] == {"content_sha256": hashlib.sha256(found.content).hexdigest()}
    row = town.row(A)
    head = told["recapitulation"]
    assert (head["reference"], head["people"], head["gross"]) == (row.reference, 3, row.gross)
    content = json.loads(found.content)
    assert [(item["nip"], item["net"]) for item in content["items"]] == [
        (item.nip, item.net) for item in town.view(A).included
    ]
    assert head["signer"] == content["signer"]
    assert not any(one.nip in body.decode() or str(row.net + 1) in body.decode() for one in WHO)
    assert (json.loads(body)["kind"], found.body, found.root) == ("pay.list_moved", None, None)


def test_it_stays_so_to_the_end_and_is_bound_anew_when_signed_again(town: Government) -> None:
    town.step(A, "enter", "sign")
    first = proof(town)
    path.reopen(actor=town.as_("checker"), at=MORNING, uid=town.row(A).uid, reason="Salah satu nama keliru")
    with pytest.raises(NotSealed):
        proof(town)
    town.step(A, *ALL_STEPS)
    second = proof(town)
    assert second.entry > first.entry
    assert json.loads(second.content)["items"] == json.loads(first.content)["items"]
    assert Recapitulation.objects.count() == 2


def test_whoever_is_held_stands_on_it_with_the_reason(town: Government) -> None:
    held = next(item for item in town.view(A).items if item.nip == WHO[1].nip)
    path.hold(
        actor=town.as_("second"), at=MORNING, uid=town.row(A).uid, item=held.uid,
        reason="Menunggu surat keterangan",
    )  # fmt: skip
    town.step(A, "enter", "sign")
    content = json.loads(proof(town).content)
    assert [(item["nip"], item["reason"]) for item in content["held"]] == [
        (WHO[1].nip, "Menunggu surat keterangan")
    ]
    # Released to a later list, he still stood held on this one when it was signed.
    PayItem.objects.filter(uid=held.uid).update(released_at=MORNING)
    assert json.loads(proof(town).content) == content


def test_erasing_one_person_takes_no_proof_from_the_others(town: Government) -> None:
    town.step(A, "enter", "sign")
    before = proof(town)
    ground = sealing.Ground(ErasureGround.RETENTION, "JRA 900.1")
    sealing.erase_person(actor=town.as_("checker"), subject=town.persons[1].uid, ground=ground)
    assert proof(town) == before


def test_a_look_at_it_is_logged_and_not_everybodys(town: Government) -> None:
    town.step(A, "enter", "sign")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_read_log")
        (before,) = cursor.fetchone()
        proof(town)
        cursor.execute("SELECT count(*) FROM access_read_log")
        assert cursor.fetchone()[0] == before + 1
    with pytest.raises(NotAllowed):
        queries.recapitulation_item(actor=town.as_("pegawai"), at=MORNING, uid=town.row(A).uid)

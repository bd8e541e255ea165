"""Whom a file changes, and his declared relatives, decide nothing about it: no storing, no keeping."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pamong.access.errors import NotAllowed
from pamong.interop.imports import services
from pamong.kernel.actor import Actor
from pamong.ledger.models import Intake
from pamong.people.choices import BatchState
from pamong.people.errors import KeepReasonMissing
from pamong.people.queries import batches as queries
from pamong.people.services import batches, closing, recalls
from tests.interop.imports.support import AT, Office, declare
from tests.interop.imports.test_second_officer import (
    ask,
    desk,
    person,
    state,
    stores,
    taken_back_by_two,
    tried,
)


def test_nobody_stops_the_undoing_of_what_changed_himself(nurul: Actor, endah: Actor) -> None:
    uid = taken_back_by_two(nurul, endah)
    own = replace(endah, person_id=person(uid))
    with pytest.raises(NotAllowed, match="memutuskan pembatalannya"):
        recalls.drop_undo(actor=own, at=AT, uid=uid, reason="Alamatnya memang benar")
    assert state(uid) == BatchState.RECALLING


def test_who_asked_withdraws_his_asking_also_where_it_changed_himself(nurul: Actor, endah: Actor) -> None:
    uid = taken_back_by_two(nurul, endah)
    own = replace(nurul, person_id=person(uid))
    assert queries.get_batch(actor=own, uid=uid).asked_recall
    recalls.drop_undo(actor=own, at=AT, uid=uid)
    (drop,) = queries.get_batch(actor=nurul, uid=uid).drops
    assert (drop.by, drop.at, drop.asked_by, drop.asked_why, drop.why) == ("Nurul", AT, "Nurul", "Keliru", "")


def test_the_second_officer_says_why_a_file_stays_and_the_batch_keeps_it(nurul: Actor, endah: Actor) -> None:
    uid = taken_back_by_two(nurul, endah)
    for empty in ("", "..........", "ya"):
        with pytest.raises(KeepReasonMissing):
            recalls.drop_undo(actor=endah, at=AT, uid=uid, reason=empty)
    recalls.drop_undo(actor=endah, at=AT, uid=uid, reason=" Alamatnya memang benar ")
    told = Intake.objects.latest("id")
    assert told.kind == "people.import_recall_dropped" and "Alamatnya" not in told.body
    recalls.start_undo(actor=nurul, at=AT, uid=uid, reason="Tetap keliru")
    recalls.drop_undo(actor=nurul, at=AT, uid=uid)
    drops = queries.get_batch(actor=nurul, uid=uid).drops
    assert [(drop.by, drop.asked_by, drop.why) for drop in drops] == [
        ("Endah", "Nurul", "Alamatnya memang benar"), ("Nurul", "Nurul", "")
    ]  # fmt: skip


def test_nobody_refuses_what_would_change_himself(nurul: Actor, endah: Actor) -> None:
    uid = tried(nurul)
    ask(nurul, uid)
    own = replace(endah, person_id=person(uid))
    with pytest.raises(NotAllowed, match="memutuskannya"):
        closing.refuse_batch(actor=own, at=AT, uid=uid, reason="Alamatnya keliru")
    assert state(uid) == BatchState.WAITING


@pytest.mark.parametrize("declares", [1, 2])
def test_a_declared_relative_is_no_second_officer(
    office: Office, nurul: Actor, endah: Actor, declares: int
) -> None:
    kin = declare(office, declares, 3 - declares)
    uid = tried(nurul)
    ask(nurul, uid)
    close = replace(endah, person_id=kin[2])
    batch = queries.get_batch(actor=close, uid=uid)
    assert batch.own and not batch.second
    assert desk(close)[0] == 0 and not queries.list_batches(actor=close).rows[0].waits_for_me
    for act in (batches.start_apply, services.apply_batch):
        with pytest.raises(NotAllowed, match="menyimpannya"):
            act(actor=close, at=AT, uid=uid)
    with pytest.raises(NotAllowed, match="memutuskannya"):
        closing.refuse_batch(actor=close, at=AT, uid=uid, reason="Alamatnya keliru")
    assert stores(endah, uid)
    recalls.start_undo(actor=nurul, at=AT, uid=uid, reason="Keliru")
    assert desk(close)[1] == 0 and not queries.get_batch(actor=close, uid=uid).may_confirm
    for decide in (recalls.confirm_undo, recalls.drop_undo):
        with pytest.raises(NotAllowed, match="pembatalannya"):
            decide(actor=close, at=AT, uid=uid)

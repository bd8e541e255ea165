"""Files uploaded on a page: queued, done by the worker's tasks, with progress and an end that pages see."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.db import connection

from pamong.access.errors import NotAllowed
from pamong.interop.imports import services
from pamong.jobs import tasks
from pamong.kernel.actor import Actor
from pamong.people.choices import BatchKind, BatchState, TwinDecision
from pamong.people.errors import SecondNeeded
from pamong.people.models import Person
from pamong.people.queries import batches as queries
from pamong.people.queries.batches import BatchOptions
from pamong.people.services import batches, recalls
from tests.interop.imports.support import (
    AT,
    ON,
    OPERATOR,
    Office,
    by_hand,
    counts,
    education_file,
    family_file,
    nip,
    officer,
    register_file,
    seated,
    siasn,
)


@pytest.fixture
def nurul(committed: Office) -> Actor:
    """A personnel officer with an account."""
    return officer("nurul")


def queued() -> list[tuple[str, dict[str, object]]]:
    """Jobs that wait, by name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id")
        return cursor.fetchall()


def start(actor: Actor, *rows: dict[str, str]) -> UUID:
    return batches.start_check(
        actor=actor, at=AT, kind=BatchKind.REGISTER, name="asn.csv", data=register_file(*rows),
        options=BatchOptions(ON),
    )  # fmt: skip


def state(actor: Actor, uid: UUID) -> BatchState:
    return queries.get_batch(actor=actor, uid=uid).state


def test_a_file_goes_through_the_worker_from_upload_to_undo(nurul: Actor) -> None:
    uid = start(nurul, siasn(1), siasn(2))
    assert state(nurul, uid) is BatchState.READING
    assert [name for name, _ in queued()] == ["pamong.import_check"]
    tasks.import_check(uid=str(uid), user_id=nurul.user_id)
    assert state(nurul, uid) is BatchState.CHECKED
    batches.start_apply(actor=nurul, at=AT, uid=uid)
    assert state(nurul, uid) is BatchState.APPLYING
    tasks.import_apply(uid=str(uid), user_id=nurul.user_id)
    batch = queries.get_batch(actor=nurul, uid=uid)
    assert (batch.state, counts(batch), batch.applied_by) == (BatchState.APPLIED, {"new": 2}, "Nurul")
    recalls.start_undo(actor=nurul, at=AT, uid=uid, reason="salah berkas")
    tasks.import_undo(uid=str(uid), user_id=nurul.user_id)
    batch = queries.get_batch(actor=nurul, uid=uid)
    assert (batch.state, batch.reason, batch.undone_by) == (BatchState.UNDONE, "salah berkas", "Nurul")
    assert [name for name, _ in queued()] == [
        "pamong.import_check", "pamong.import_apply", "pamong.import_undo"
    ]  # fmt: skip


def test_a_task_that_is_run_again_does_nothing_more(nurul: Actor) -> None:
    uid = start(nurul, siasn(1))
    for _ in range(2):
        tasks.import_check(uid=str(uid), user_id=nurul.user_id)
    assert state(nurul, uid) is BatchState.CHECKED
    assert len(queries.list_batch_rows(actor=nurul, at=AT, uid=uid).rows) == 1


def test_a_file_is_tried_again_with_other_options_as_a_batch_of_its_own(nurul: Actor) -> None:
    first = start(nurul, siasn(1, **seated("Pengelola Data", "Pelaksana", "U-1", "Bidang Data")))
    tasks.import_check(uid=str(first), user_id=nurul.user_id)
    assert queries.get_batch(actor=nurul, uid=first).problems == 1
    again = batches.start_again(actor=nurul, at=AT, uid=first, options=BatchOptions(ON, create_missing=True))
    tasks.import_check(uid=str(again), user_id=nurul.user_id)
    batch = queries.get_batch(actor=nurul, uid=again)
    assert (batch.problems, batch.written["seat"], batch.name) == (0, 1, "asn.csv")


def test_progress_is_seen_while_the_work_goes_on(nurul: Actor) -> None:
    uid = start(nurul, siasn(1), siasn(2))
    seen: list[tuple[str, int]] = []
    tasks.import_check(uid=str(uid), user_id=nurul.user_id)
    other = connection.copy()
    try:
        with batches.telling(actor=nurul, uid=uid) as tell:

            def told(what: str, done: int, total: int) -> None:
                tell(what, done, total)
                with other.cursor() as cursor:
                    cursor.execute("SELECT stage, total FROM people_batch WHERE uid = %s", [uid])
                    seen.append(cursor.fetchone())

            services.apply_batch(actor=nurul, at=AT, uid=uid, progress=told)
    finally:
        other.close()
    assert ("Menyimpan", 2) in seen
    batch = queries.get_batch(actor=nurul, uid=uid)
    assert (batch.stage, batch.done, batch.total) == ("", 0, 0)


def test_a_refusal_ends_the_work_with_its_sentence(nurul: Actor) -> None:
    uid = start(nurul, siasn(1))
    tasks.import_check(uid=str(uid), user_id=nurul.user_id)
    batches.start_apply(actor=nurul, at=AT, uid=uid)
    tasks.import_apply(uid=str(uid), user_id=nurul.user_id)
    by_hand("Dewi Contoh 1", "rank", {"golongan": "III/b"}, date(2026, 4, 1))
    recalls.start_undo(actor=nurul, at=AT, uid=uid, reason="salah berkas")
    tasks.import_undo(uid=str(uid), user_id=nurul.user_id)
    batch = queries.get_batch(actor=nurul, uid=uid)
    assert batch.state is BatchState.APPLIED
    assert "sudah ada perubahan sesudahnya" in batch.failure


def test_a_twin_decided_after_storing_is_stored_by_the_worker(nurul: Actor) -> None:
    first = start(nurul, siasn(1))
    tasks.import_check(uid=str(first), user_id=nurul.user_id)
    batches.start_apply(actor=nurul, at=AT, uid=first)
    tasks.import_apply(uid=str(first), user_id=nurul.user_id)
    uid = start(nurul, siasn(1, NIP_BARU=nip("19950214", "202001", "2", 88)))
    tasks.import_check(uid=str(uid), user_id=nurul.user_id)
    batches.start_apply(actor=nurul, at=AT, uid=uid)
    tasks.import_apply(uid=str(uid), user_id=nurul.user_id)
    (twin,) = queries.list_twins(actor=nurul, at=AT, uid=uid)
    same = {"line": 2, "decision": TwinDecision.SAME, "person": twin.people[0].uid}
    batches.decide_twin(actor=nurul, at=AT, uid=uid, **same)
    assert state(nurul, uid) is BatchState.APPLIED  # nobody says alone whom a row changes
    with pytest.raises(SecondNeeded):
        batches.start_apply(actor=nurul, at=AT, uid=uid)
    second = officer("endah")
    batches.start_apply(actor=second, at=AT, uid=uid)
    assert state(nurul, uid) is BatchState.APPLYING
    tasks.import_apply(uid=str(uid), user_id=second.user_id)
    assert counts(queries.get_batch(actor=nurul, uid=uid)) == {"changed": 1}


def test_what_changes_known_people_is_stored_by_a_second_officer(nurul: Actor) -> None:
    """Who tried it asks for it; what it changes is seen by another one, who stores it."""
    first = start(nurul, siasn(1))
    for work in (tasks.import_check, tasks.import_apply):
        work(uid=str(first), user_id=nurul.user_id)
    uid = start(nurul, siasn(1, ALAMAT="Jl. Lain"), siasn(2))
    tasks.import_check(uid=str(uid), user_id=nurul.user_id)
    waiting = len(queued())
    batches.start_apply(actor=nurul, at=AT, uid=uid)
    assert state(nurul, uid) is BatchState.WAITING
    assert len(queued()) == waiting
    with pytest.raises(SecondNeeded):
        batches.start_apply(actor=nurul, at=AT, uid=uid)
    second = officer("endah")
    batches.start_apply(actor=second, at=AT, uid=uid)
    tasks.import_apply(uid=str(uid), user_id=second.user_id)
    batch = queries.get_batch(actor=nurul, uid=uid)
    assert (batch.state, counts(batch), batch.applied_by) == (
        BatchState.APPLIED, {"new": 1, "changed": 1}, "Endah"
    )  # fmt: skip


def test_what_was_new_when_it_was_tried_and_is_known_now_needs_a_second_officer_too(nurul: Actor) -> None:
    files = [start(nurul, siasn(1)), start(nurul, siasn(1, ALAMAT="Jl. Lain"))]
    for uid in files:
        tasks.import_check(uid=str(uid), user_id=nurul.user_id)
    for uid in files:
        batches.start_apply(actor=nurul, at=AT, uid=uid)
        tasks.import_apply(uid=str(uid), user_id=nurul.user_id)
    batch = queries.get_batch(actor=nurul, uid=files[1])
    assert batch.state is BatchState.CHECKED
    assert "Petugas lain" in batch.failure


def test_the_command_line_fills_an_empty_register_and_changes_nobody(committed: Office) -> None:
    def store(data: bytes, kind: BatchKind = BatchKind.REGISTER) -> dict[str, int]:
        uid = committed.check(data, kind).uid
        return counts(services.apply_batch(actor=OPERATOR, at=AT, uid=uid))

    own = {"NIP PEGAWAI": siasn(1)["NIP BARU"], "HUBUNGAN": "anak", "TANGGAL LAHIR": "22-03-2015"}
    children = [own | {"NAMA": name} for name in ("Ani Contoh", "Adi Contoh")]
    diploma = {"NIP": siasn(1)["NIP BARU"], "TINGKAT": "S2", "PROGRAM STUDI": "Informatika"}
    assert store(register_file(siasn(1))) == {"new": 1}
    assert store(family_file(*children), BatchKind.FAMILY) == {"new": 2}
    assert store(education_file(diploma), BatchKind.EDUCATION) == {"new": 1}
    with pytest.raises(SecondNeeded):
        store(register_file(siasn(1, ALAMAT="Jl. Lain")))
    by_hand("Dewi Contoh 1", "identity", {"religion": "Islam"}, date(2026, 11, 5))
    with pytest.raises(SecondNeeded):  # its filling is over
        store(family_file(own | {"NAMA": "Ari Contoh"}), BatchKind.FAMILY)


def test_nobody_stores_a_file_that_changes_himself(nurul: Actor) -> None:
    first = start(nurul, siasn(1))
    for work in (tasks.import_check, tasks.import_apply):
        work(uid=str(first), user_id=nurul.user_id)
    uid = start(nurul, siasn(1, ALAMAT="Jl. Lain"))
    tasks.import_check(uid=str(uid), user_id=nurul.user_id)
    person = queries.list_batch_rows(actor=nurul, at=AT, uid=uid).rows[0].person
    own = Person.objects.get(uid=person).pk
    second = replace(officer("endah"), person_id=own)
    with pytest.raises(NotAllowed, match="data Anda atau keluarga Anda"):
        services.apply_batch(actor=second, at=AT, uid=uid)

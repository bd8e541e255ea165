"""The second officer of a file that changes what stands: nobody who brought it, nobody whom it changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.db import connection

from pamong.access.errors import NotAllowed
from pamong.interop.imports import services
from pamong.kernel.actor import Actor
from pamong.ledger.models import Intake
from pamong.people.choices import BatchKind, BatchState, TwinDecision
from pamong.people.errors import (
    NotTheirs,
    RefusalReasonMissing,
    SecondNeeded,
    WrongBatchState,
)
from pamong.people.models import Batch, Person
from pamong.people.queries import batches as queries
from pamong.people.queries import get_desk
from pamong.people.queries.batches import BatchOptions
from pamong.people.services import batches, closing, recalls
from tests.interop.imports.support import (
    AT,
    ON,
    Office,
    by_hand,
    declare,
    nip,
    office_peta,
    officer,
    peta_file,
    register_file,
    seated,
    siasn,
)
from tests.interop.imports.test_peta_import import EARLY
from tests.interop.imports.test_undo import seat_of


def tried(actor: Actor, *rows: dict[str, str]) -> UUID:
    """A file that changes somebody known, tried by an officer."""
    return Office(actor).check(register_file(*rows or (siasn(1, ALAMAT="Jl. Lain"),))).uid


def again(actor: Actor, uid: UUID) -> UUID:
    """The same file, tried once more."""
    fresh = batches.start_again(actor=actor, at=AT, uid=uid, options=BatchOptions(ON))
    services.check_batch(actor=actor, at=AT, uid=fresh)
    return fresh


def state(uid: UUID) -> str:
    return str(Batch.objects.get(uid=uid).state)


def ask(actor: Actor, uid: UUID) -> str:
    """Press the button that stores a file, or asks somebody else to."""
    batches.start_apply(actor=actor, at=AT, uid=uid)
    return state(uid)


def stores(actor: Actor, uid: UUID) -> bool:
    """Whether a file is stored in somebody's name, by the page and behind it."""
    try:
        services.apply_batch(actor=actor, at=AT, uid=uid)
    except SecondNeeded:
        return False
    return True


def desk(actor: Actor) -> tuple[int, int, int]:
    """What waits: to be stored, to be taken back, to be asked for."""
    found = get_desk(actor=actor)
    return found.second, found.recalls, found.tried


def person(uid: UUID) -> int:
    """Whom the first row of a file is about."""
    return int(Batch.objects.get(uid=uid).rows.order_by("line")[0].person_id or 0)


def test_the_first_is_no_second_officer_of_what_a_colleague_tries_again(nurul: Actor, endah: Actor) -> None:
    first = tried(nurul)
    fresh = again(endah, first)
    assert ask(endah, fresh) == BatchState.WAITING
    for actor in (nurul, endah):
        with pytest.raises(SecondNeeded):
            batches.start_apply(actor=actor, at=AT, uid=fresh)
        assert not stores(actor, fresh)
        assert not queries.get_batch(actor=actor, uid=fresh).second
    assert desk(nurul)[0] == desk(endah)[0] == 0
    assert desk(officer("ratih"))[0] == 1
    assert ask(officer("wahyu"), fresh) == BatchState.APPLYING


def test_the_same_file_uploaded_by_a_colleague_opens_no_way_to_the_first(nurul: Actor, endah: Actor) -> None:
    tried(nurul)
    fresh = tried(endah)
    assert queries.get_batch(actor=endah, uid=fresh).first_by == "Nurul"
    assert not stores(nurul, fresh)
    assert stores(officer("wahyu"), fresh)


def test_what_the_first_lays_aside_opens_him_no_way_either(nurul: Actor, endah: Actor) -> None:
    closing.discard_batch(actor=nurul, at=AT, uid=tried(nurul))
    assert not stores(nurul, tried(endah))


def test_two_officers_alone_end_it_once_the_other_lays_his_own_trial_aside(
    nurul: Actor, endah: Actor
) -> None:
    first = tried(nurul)
    fresh = again(endah, first)
    assert not stores(endah, first)
    closing.discard_batch(actor=endah, at=AT, uid=fresh)
    assert ask(nurul, first) == BatchState.WAITING
    assert desk(endah)[0] == 1
    assert stores(endah, first)


def test_the_same_bytes_as_another_kind_of_file_are_another_file(nurul: Actor, endah: Actor) -> None:
    uid = tried(nurul)
    data = register_file(siasn(1, ALAMAT="Jl. Lain"))
    Office(endah).check(data, kind=BatchKind.FAMILY)
    assert queries.get_batch(actor=endah, uid=uid).second


def test_the_second_officer_refuses_with_a_reason(nurul: Actor, endah: Actor) -> None:
    uid = tried(nurul)
    with pytest.raises(WrongBatchState):
        closing.refuse_batch(actor=endah, at=AT, uid=uid, reason="Alamatnya keliru")
    ask(nurul, uid)
    with pytest.raises(RefusalReasonMissing):
        closing.refuse_batch(actor=endah, at=AT, uid=uid, reason=" ")
    with pytest.raises(SecondNeeded):
        closing.refuse_batch(actor=nurul, at=AT, uid=uid, reason="Alamatnya keliru")
    closing.refuse_batch(actor=endah, at=AT, uid=uid, reason="Alamatnya keliru")
    batch = queries.get_batch(actor=nurul, uid=uid)
    assert (batch.state, batch.closed_by, batch.reason) == (BatchState.REFUSED, "Endah", "Alamatnya keliru")
    told = Intake.objects.latest("id")
    assert told.kind == "people.import_refused" and "Alamatnya" not in told.body
    assert not ask_is_possible(endah, uid)
    fresh = again(nurul, uid)
    assert ask(nurul, fresh) == BatchState.WAITING
    assert ask(endah, fresh) == BatchState.APPLYING


def ask_is_possible(actor: Actor, uid: UUID) -> bool:
    try:
        batches.start_apply(actor=actor, at=AT, uid=uid)
    except WrongBatchState:
        return False
    return True


@pytest.mark.parametrize("waiting", [False, True])
def test_who_tried_it_lays_it_aside(nurul: Actor, endah: Actor, waiting: bool) -> None:
    uid = tried(nurul)
    if waiting:
        ask(nurul, uid)
    with pytest.raises(NotTheirs):
        closing.discard_batch(actor=endah, at=AT, uid=uid)
    closing.discard_batch(actor=nurul, at=AT, uid=uid)
    assert (state(uid), desk(nurul), desk(endah)) == (BatchState.DISCARDED, (0, 0, 0), (0, 0, 0))
    assert Intake.objects.latest("id").kind == "people.import_discarded"
    assert state(again(nurul, uid)) == BatchState.CHECKED


def test_what_the_command_line_tried_any_officer_lays_aside(nurul: Actor, office: Office) -> None:
    uid = office.check(register_file(siasn(2))).uid
    closing.discard_batch(actor=nurul, at=AT, uid=uid)
    assert state(uid) == BatchState.DISCARDED


def test_what_waits_for_me_stands_first_and_the_list_has_pages(nurul: Actor, endah: Actor) -> None:
    waiting = tried(nurul)
    ask(nurul, waiting)
    mine = tried(endah, siasn(1, ALAMAT="Jl. Ketiga"))
    rest = [tried(nurul, siasn(number)) for number in (2, 3, 4)]
    first, second = (queries.list_batches(actor=endah, page=page, size=3) for page in (1, 2))
    assert [each.uid for each in first.rows] == [waiting, mine, rest[2]]
    assert [each.waits_for_me for each in first.rows] == [True, False, False]
    assert (first.total, first.last, len(second.rows)) == (6, 2, 3)
    assert not queries.list_batches(actor=nurul).rows[-1].waits_for_me


def taken_back_by_two(nurul: Actor, endah: Actor, *rows: dict[str, str]) -> UUID:
    """A stored file of nurul and endah, which nurul wants taken back."""
    uid = tried(nurul, *rows)
    services.apply_batch(actor=endah, at=AT, uid=uid)
    recalls.start_undo(actor=nurul, at=AT, uid=uid, reason="Keliru")
    return uid


def test_a_recall_waits_on_the_desk_of_who_may_confirm_it(nurul: Actor, endah: Actor) -> None:
    uid = taken_back_by_two(nurul, endah)
    assert desk(nurul)[1] == 0
    assert desk(endah)[1] == 1
    assert desk(replace(endah, person_id=person(uid)))[1] == 0
    assert queries.list_batches(actor=endah).rows[0].waits_for_me


def test_nobody_agrees_that_what_changed_himself_is_taken_back(nurul: Actor, endah: Actor) -> None:
    uid = taken_back_by_two(nurul, endah)
    own = replace(endah, person_id=person(uid))
    assert not queries.get_batch(actor=own, uid=uid).may_confirm
    with pytest.raises(NotAllowed, match="menyetujui pembatalannya"):
        recalls.confirm_undo(actor=own, at=AT, uid=uid)
    recalls.confirm_undo(actor=endah, at=AT, uid=uid)
    with pytest.raises(NotAllowed, match="menyetujui pembatalannya"):
        services.undo_batch(actor=own, at=AT, uid=uid, reason="Keliru")
    assert services.undo_batch(actor=endah, at=AT, uid=uid, reason="Keliru").state is BatchState.UNDONE


def test_whom_a_file_changes_himself_is_told_before_it_is_stored(nurul: Actor, endah: Actor) -> None:
    uid = tried(nurul)
    own = replace(endah, person_id=person(uid))
    ask(nurul, uid)
    assert desk(own)[0] == 0
    with pytest.raises(NotAllowed, match="menyimpannya"):
        batches.start_apply(actor=own, at=AT, uid=uid)
    assert state(uid) == BatchState.WAITING


def test_whom_somebody_decided_a_row_to_be_is_no_second_officer(nurul: Actor, endah: Actor) -> None:
    uid = tried(nurul, siasn(1, NIP_BARU=nip("19950214", "202001", "2", 88)))
    (twin,) = queries.list_twins(actor=nurul, at=AT, uid=uid)
    known = twin.people[0].uid
    same = {"line": 2, "decision": TwinDecision.SAME, "person": known}
    batches.decide_twin(actor=nurul, at=AT, uid=uid, **same)
    ask(nurul, uid)
    own = replace(endah, person_id=Person.objects.get(uid=known).pk)
    assert queries.get_batch(actor=own, uid=uid).own
    with pytest.raises(NotAllowed):
        batches.start_apply(actor=own, at=AT, uid=uid)


def test_a_file_whose_storing_failed_waits_for_the_second_officer_as_before(
    nurul: Actor, endah: Actor
) -> None:
    uid = tried(nurul)
    ask(nurul, uid)
    ask(endah, uid)
    batches.fail(actor=nurul, uid=uid, sentence="Ada gangguan")
    assert (state(uid), desk(endah)[0]) == (BatchState.WAITING, 1)


def test_two_take_back_what_changed_somebody_although_nobody_had_foreseen_it(
    nurul: Actor, endah: Actor
) -> None:
    """He was new when the file was tried, and known when it was stored."""
    files = [tried(nurul, siasn(7)), tried(nurul, siasn(7, ALAMAT="Jl. Lain"))]
    for uid in files:
        services.apply_batch(actor=endah, at=AT, uid=uid)
    assert [queries.get_batch(actor=nurul, uid=uid).altered for uid in files] == [False, True]


def test_one_takes_back_what_changed_nobody_although_it_had_been_foreseen(nurul: Actor, endah: Actor) -> None:
    """Another file brought the same change before."""
    foreseen = tried(nurul, siasn(1, ALAMAT="Jl. Lain"), siasn(8))
    services.apply_batch(actor=endah, at=AT, uid=tried(nurul))
    services.apply_batch(actor=endah, at=AT, uid=foreseen)
    assert not queries.get_batch(actor=nurul, uid=foreseen).altered


CHART = office_peta()


def chart(actor: Actor, **more: object) -> UUID:
    """The chart of the health office with another row of clerks, from November on."""
    rows = [*CHART[:2], CHART[2] | more, *CHART[3:]]
    return Office(actor).check(peta_file(*rows), kind=BatchKind.PETA).uid


@pytest.fixture
def standing_chart(office: Office) -> None:
    """What was on an empty site: one officer stores it."""
    first = Office(officer("pertama")).check(peta_file(*CHART), kind=BatchKind.PETA, on=EARLY)
    actor = officer("kedua")
    assert not queries.get_batch(actor=actor, uid=first.uid).altering
    stored = services.apply_batch(actor=office.actor, at=AT, uid=first.uid)
    assert not stored.altered


@pytest.mark.parametrize(
    "more",
    [{"KELAS JABATAN": 8}, {"PIMPINAN": "tidak", "KELAS JABATAN": 6}, {"JUMLAH": 1}, {"DIBEKUKAN": 1},
     {"NAMA UNIT": "Dinas Kesehatan Kota"}],
)  # fmt: skip
def test_a_chart_that_changes_what_stands_takes_two(
    standing_chart: None, nurul: Actor, endah: Actor, more: dict[str, object]
) -> None:
    named = {"NAMA UNIT": more["NAMA UNIT"]} if "NAMA UNIT" in more else {}
    rows = [CHART[0], CHART[1] | named, CHART[2] | more, *CHART[3:]]
    uid = Office(nurul).check(peta_file(*rows), kind=BatchKind.PETA).uid
    assert ask(nurul, uid) == BatchState.WAITING
    assert not stores(nurul, uid)
    assert stores(endah, uid)
    assert queries.get_batch(actor=nurul, uid=uid).altered
    recalls.start_undo(actor=nurul, at=AT, uid=uid, reason="Keliru")
    assert state(uid) == BatchState.RECALLING


@pytest.mark.parametrize("more", [{"JUMLAH": 5}, {"KEBUTUHAN": 9}, {}])
def test_a_chart_that_only_adds_is_stored_by_one(
    standing_chart: None, nurul: Actor, more: dict[str, object]
) -> None:
    uid = chart(nurul, **more)
    assert stores(nurul, uid)
    assert not queries.get_batch(actor=nurul, uid=uid).altered


def test_the_command_line_changes_no_seat(standing_chart: None, office: Office) -> None:
    with pytest.raises(SecondNeeded):
        services.apply_batch(actor=office.actor, at=AT, uid=chart(office.actor, **{"KELAS JABATAN": 8}))


def test_who_holds_a_seat_is_no_second_officer_of_its_class(
    standing_chart: None, office: Office, nurul: Actor, endah: Actor
) -> None:
    clerk = seated("Pengadministrasi Umum", "Pelaksana", "DINKES", "Dinas Kesehatan")
    holder = person(office.apply(register_file(siasn(5, **clerk))).uid)
    uid = chart(nurul, **{"KELAS JABATAN": 8})
    ask(nurul, uid)
    own = replace(endah, person_id=holder, seats=seats_of(holder))
    assert queries.get_batch(actor=own, uid=uid).own
    with pytest.raises(NotAllowed):
        batches.start_apply(actor=own, at=AT, uid=uid)
    assert stores(endah, uid)
    recalls.start_undo(actor=nurul, at=AT, uid=uid, reason="Keliru")
    with pytest.raises(NotAllowed):
        recalls.confirm_undo(actor=own, at=AT, uid=uid)


def test_a_relative_of_who_holds_a_seat_is_none_either(
    standing_chart: None, office: Office, nurul: Actor, endah: Actor
) -> None:
    clerk = seated("Pengadministrasi Umum", "Pelaksana", "DINKES", "Dinas Kesehatan")
    office.apply(register_file(siasn(5, **clerk)))
    close = replace(endah, person_id=declare(office, 5, 6)[6])
    uid = chart(nurul, **{"KELAS JABATAN": 8})
    assert queries.get_batch(actor=close, uid=uid).own
    with pytest.raises(NotAllowed, match="menyimpannya"):
        services.apply_batch(actor=close, at=AT, uid=uid)


def test_who_stands_in_is_none_either(standing_chart: None, office: Office, nurul: Actor) -> None:
    clerk = ("Pengadministrasi Umum", "Pelaksana", "DINKES", "Dinas Kesehatan")
    acting = person(office.apply(register_file(siasn(5, **seated(*clerk)))).uid)
    seat = {"kind": "plt", "seat": seat_of("Kepala Dinas Kesehatan")}
    by_hand("Dewi Contoh 5", "appointment", seat, ON, date(2026, 12, 1))
    rows = [CHART[0], CHART[1] | {"KELAS JABATAN": 15}, *CHART[2:]]
    uid = Office(nurul).check(peta_file(*rows), kind=BatchKind.PETA).uid
    own = replace(officer("ratih"), person_id=acting)
    assert queries.get_batch(actor=own, uid=uid).own


def test_another_superior_of_a_seat_that_stands_takes_two(standing_chart: None, nurul: Actor) -> None:
    rows = [*CHART[:4], CHART[4] | {"ATASAN": "DINKES"}]
    uid = Office(nurul).check(peta_file(*rows), kind=BatchKind.PETA).uid
    assert ask(nurul, uid) == BatchState.WAITING


def test_who_holds_a_seat_may_try_a_chart_that_speaks_of_it(
    standing_chart: None, office: Office, nurul: Actor
) -> None:
    clerk = seated("Pengadministrasi Umum", "Pelaksana", "DINKES", "Dinas Kesehatan")
    holder = person(office.apply(register_file(siasn(5, **clerk))).uid)
    own = replace(nurul, person_id=holder, seats=seats_of(holder))
    assert state(chart(own, **{"KELAS JABATAN": 8})) == BatchState.CHECKED


def seats_of(holder: int) -> tuple[int, ...]:
    return tuple(
        _column(
            "SELECT seat_id FROM people_appointment WHERE superseded_at IS NULL AND person_id = %s", holder
        )
    )


def _column(sql: str, value: object) -> Sequence[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [value])
        return [row[0] for row in cursor.fetchall()]

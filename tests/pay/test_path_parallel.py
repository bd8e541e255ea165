"""Several at once on the path: one set of lists, one payment, one of two who can't both be right; a worker
that is killed leaves whole lists; what is frozen is frozen for everybody."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction

from pamong.attendance import services as attendance
from pamong.attendance.choices import ExcuseKind, ExcuseSource
from pamong.attendance.services import NewExcuse
from pamong.decisions import services as decisions
from pamong.decisions.choices import Answer, State
from pamong.decisions.errors import DecisionClosed
from pamong.decisions.models import Decision
from pamong.decisions.services.answering import Given
from pamong.kernel.actor import Actor
from pamong.kernel.errors import DomainError
from pamong.kernel.period import Period
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.ledger.errors import MonthClosing, MonthWritten
from pamong.ledger.locks import hold_closing, hold_open
from pamong.pay import path
from pamong.pay.choices import PathState
from pamong.pay.errors import NumberTaken
from pamong.pay.models import ListStep, PayItem, PayList, Recapitulation
from pamong.pay.path import filling
from tests.pay.support import OCTOBER, Office, Someone
from tests.pay.test_parallel import closing
from tests.support.databases import Cluster
from tests.support.lists import Government, build, code_of
from tests.support.month import MORNING

PATIENCE = 30
OFFICES = ("Dinas A", "Dinas B", "Dinas C")
A, B = OFFICES[:2]
WHO = [Someone(number, opd=OFFICES[number % 3]) for number in range(1, 13)]
REASON = "Menunggu surat keterangan"


@pytest.fixture
def town(office: Office, committed_db: str) -> Government:
    """Three offices of four people, computed and not opened."""
    made = build(office, WHO)
    made.compute(WHO)
    return made


def together(count: int, work: Callable[[int], Any]) -> list[Any]:
    """The same in so many threads, each over a connection of its own, all begun at once."""
    start = threading.Barrier(count, timeout=PATIENCE)

    def one(number: int) -> Any:
        start.wait()
        try:
            return work(number)
        except DomainError as error:
            return error

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(lambda number: closing(lambda: one(number)), range(count)))


def whole() -> None:
    """Everybody once, on lists that add up, with a step for what was done."""
    assert PayItem.objects.filter(released_at=None).count() == len(WHO)
    for row in PayList.objects.all():
        own = PayItem.objects.filter(list=row, released_at=None)
        assert (row.people, row.gross) == (own.count(), sum(item.gross for item in own))


def test_case_P_07_eight_officers_who_open_the_same_month_get_one_set(town: Government) -> None:
    opened = together(8, lambda number: town.open())
    assert sorted(each.made for each in opened) == [0] * 7 + [3]
    assert PayList.objects.count() == ListStep.objects.count() == 3
    whole()


def test_case_P_09_three_who_want_a_supplementary_list_at_once_get_one_number(town: Government) -> None:
    """Each for another person: one list takes all, and no number is left out."""
    town.open()
    view = town.view(A)
    clerk = town.as_("clerk_dinas_a")
    who = {"actor": clerk, "at": MORNING, "uid": view.row.uid}
    for item in view.items[:3]:
        path.hold(**who, item=item.uid, reason=REASON)
    town.step(A, "enter", "sign")
    chosen = [item.person for item in view.items[:3]]
    made = together(3, lambda number: path.open_supplementary(**who, people=[chosen[number]]))
    assert len(set(made)) == 1
    row = town.row(A, "supplementary")
    assert (row.reference, row.people) == ("TPP-202610-S1-DINAS_A", 3)
    references = list(PayList.objects.values_list("reference", flat=True))
    assert len(references) == len(set(references)) == 4
    whole()


def test_a_second_click_at_the_same_moment_pays_nobody_twice(town: Government) -> None:
    town.open()
    town.step(A, "enter", "sign", "check", "submit")
    uid, sp2d = town.row(A).uid, town.sp2d(A)
    treasurer = town.as_("treasurer")
    done = together(4, lambda number: path.record_sp2d(actor=treasurer, at=MORNING, uid=uid, sp2d=sp2d))
    assert sorted(done) == [False, False, False, True]
    assert ListStep.objects.filter(list__uid=uid, kind="paid").count() == 1


def test_two_lists_never_share_an_spm(town: Government) -> None:
    town.open()
    for office in (A, B):
        town.step(office, "enter", "sign", "check")
    treasurer, rows = town.as_("treasurer"), [town.row(A), town.row(B)]
    orders = [path.Spm("SPP/9", "SPM/9", MORNING.date(), row.gross) for row in rows]
    done = together(
        2,
        lambda number: path.submit(actor=treasurer, at=MORNING, uid=rows[number].uid, spm=orders[number]),
    )
    assert {type(each) for each in done} == {bool, NumberTaken}
    assert sorted(row.state for row in (town.row(A), town.row(B))) == [PathState.CHECKED, PathState.SUBMITTED]


def test_case_P_26_a_fact_and_a_closing_never_both_go_through(town: Government) -> None:
    """A fact that is being saved makes the signature fail; a closing at work makes the fact fail."""
    town.open()
    town.step(A, "enter")
    head, uid = town.as_("head_dinas_a"), town.row(A).uid
    saving, go_on = threading.Event(), threading.Event()
    person = PayItem.objects.values_list("person_id", flat=True)[0]

    def save() -> None:
        with transaction.atomic():
            excuse(person)
            saving.set()
            go_on.wait(PATIENCE)

    with ThreadPoolExecutor(1) as pool:
        writer = pool.submit(closing, save)
        assert saving.wait(PATIENCE)
        with pytest.raises(MonthWritten, match="Oktober 2026"):
            path.sign(actor=head, at=MORNING, uid=uid)
        with transaction.atomic():
            hold_closing(OCTOBER.replace(month=9))  # another month is no matter of his
        go_on.set()
        writer.result(PATIENCE)
    with transaction.atomic(), ThreadPoolExecutor(1) as pool:
        hold_closing(OCTOBER)
        with pytest.raises(MonthClosing, match="sedang ditutup"):
            pool.submit(closing, save).result(PATIENCE)
    assert path.sign(actor=head, at=MORNING, uid=uid)


def test_two_signatures_at_once_on_the_list_and_in_the_inbox_are_one(town: Government) -> None:
    """The second finds it done; nothing is signed, sealed or bound twice."""
    town.open()
    town.step(A, "enter")
    head, uid, closing_uid = (
        town.as_("head_dinas_a"),
        town.row(A).uid,
        PayList.objects.get(opd_name=A).closing,
    )
    assert closing_uid is not None

    def click(number: int) -> Any:
        if number % 2:
            return path.sign(actor=head, at=MORNING, uid=uid)
        given = Given(Answer.AGREE)
        return decisions.answer(actor=head, at=MORNING, decision=closing_uid, given=given)

    done = together(4, click)
    refused = [each for each in done if isinstance(each, DomainError)]
    assert all(isinstance(each, DecisionClosed) for each in refused)
    assert sum(each is True or each is State.SEALED for each in done) == 1
    assert ListStep.objects.filter(list__uid=uid, kind="signed").count() == 1
    assert Recapitulation.objects.count() == 1
    assert Decision.objects.get(uid=closing_uid).state == State.SEALED.value


@pytest.mark.parametrize("other", ["hold", "reopen", "fill anew"])
def test_a_signature_and_a_change_at_once_never_both_go_through(town: Government, other: str) -> None:
    """Whoever comes second is told so; neither waits for the other's lock for ever."""
    town.open()
    if other == "fill anew":
        town.compute([one.with_(job_class=8) for one in WHO])
    changes: dict[str, Callable[[str], Any]] = {
        "hold": lambda name: path.hold(
            actor=town.as_(f"clerk_{code_of(name)}"), at=MORNING, uid=town.row(name).uid,
            item=town.view(name).items[0].uid, reason=REASON,
        ),
        "reopen": lambda name: path.reopen(
            actor=town.as_("second"), at=MORNING, uid=town.row(name).uid, reason=REASON
        ),
        "fill anew": lambda _name: town.open(),
    }  # fmt: skip
    for name in OFFICES:
        town.step(name, "enter")
        waits = PayList.objects.get(opd_name=name).closing
        assert waits is not None

        def click(number: int, name: str = name) -> Any:
            return changes[other](name) if number else town.step(name, "sign")

        signed, _changed = together(2, click)
        row, decision = PayList.objects.get(opd_name=name), Decision.objects.get(uid=waits)
        if row.state == PathState.VERIFIED.value:
            assert signed is None and decision.state == State.SEALED.value and row.closing == waits
        elif decision.state == State.WAITING.value:  # both were told to try again
            assert row.closing == waits
        else:  # what was signed may have been reopened right after it
            ends = {State.WITHDRAWN.value, *([State.SEALED.value] if other == "reopen" else [])}
            assert row.closing is None and decision.state in ends
        assert row.steps.filter(kind="signed").count() == decision.acts.filter(answer="agree").count()
    whole()


def excuse(person: int) -> None:
    """Somebody is on leave on a day of the month."""
    who = Actor.operator("uji", MORNING.date())
    attendance.set_excuses(
        actor=who, at=MORNING, basis=ledger.seal(actor=who, kind=SealKind.IMPORT, ref=uuid4()),
        source=ExcuseSource.LEAVE, source_uid=uuid4(),
        excuses=[NewExcuse(person, ExcuseKind.LEAVE_ANNUAL, Period(date(2026, 10, 5), date(2026, 10, 6)))],
    )  # fmt: skip


def test_writers_do_not_keep_each_other_waiting_nor_do_closings(town: Government) -> None:
    def write(number: int) -> bool:
        with transaction.atomic():
            hold_open(OCTOBER)
        return True

    assert together(4, write) == [True] * 4
    town.open()
    for office in OFFICES:
        town.step(office, "enter")
    heads = [town.as_(f"head_dinas_{letter}") for letter in "abc"]
    uids = [town.row(office).uid for office in OFFICES]
    signed = together(3, lambda number: path.sign(actor=heads[number], at=MORNING, uid=uids[number]))
    assert signed == [True, True, True]


def test_a_worker_that_is_killed_between_two_lists_leaves_whole_ones(
    town: Government, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real process dies after the items are written and before the totals: nothing of it is seen."""
    actor = town.as_("checker")
    connections.close_all()  # the child opens its own
    child = os.fork()
    if child == 0:
        monkeypatch.setattr(filling, "add_up", lambda lists: time.sleep(PATIENCE))
        path.open_lists(actor=actor, at=MORNING, run=town.runs[-1], demo=True)
        os._exit(0)
    deadline = time.monotonic() + PATIENCE
    while not _at_work() and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert (PayList.objects.count(), PayItem.objects.count(), ListStep.objects.count()) == (0, 0, 0)
    assert _open_when_free(town).made == 3
    whole()


def _at_work() -> bool:
    """Whether the other session waits within its transaction, its items written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND state = 'idle in transaction' "
            "AND query LIKE 'COPY %pay_payitem%'"
        )
        return bool(cursor.fetchone()[0])


def _open_when_free(town: Government) -> path.Opened:
    """The server notices in a moment that the session has gone, and frees its locks."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return town.open()
        except MonthWritten:
            assert time.monotonic() < deadline
            time.sleep(0.05)


FROZEN = (
    ("UPDATE pay_payitem SET gross = gross + 1, net = net + 1", "tidak dapat diubah|permission denied"),
    ("UPDATE pay_payitem SET state = 'held', reason = 'x'", "sudah ditandatangani"),
    ("UPDATE pay_payitem SET released_at = now()", "sudah ditandatangani"),
    ("DELETE FROM pay_payitem", "tidak dapat dihapus|permission denied"),
    ("UPDATE pay_paylist SET gross = gross + 1, net = net + 1", "sudah ditandatangani|satu tahap"),
    ("UPDATE pay_paylist SET state = 'paid'", "satu tahap|sudah ditandatangani"),
    ("UPDATE pay_paylist SET reference = 'lain'", "Asal daftar"),
    ("DELETE FROM pay_paylist", "tidak dapat dihapus|permission denied"),
    ("UPDATE pay_liststep SET note = 'lain'", "unchanging|permission denied|diubah"),
    ("DELETE FROM pay_liststep", "unchanging|permission denied|diubah|dihapus"),
    ("DELETE FROM pay_payfile", "unchanging|permission denied|diubah|dihapus"),
)


def test_what_is_signed_is_frozen_for_the_owner_and_a_superuser_too(
    town: Government, committed_db: str, postgres: Cluster
) -> None:
    town.open()
    for office in OFFICES:
        town.step(office, "enter", "sign")
    before = list(PayItem.objects.order_by("id").values())
    for sql, words in FROZEN:
        with pytest.raises(DatabaseError, match=words), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    for role in ("owner", "superuser"):
        with psycopg.connect(postgres.server.url(role, committed_db), autocommit=True) as session:
            if role == "superuser":
                session.execute("SET session_replication_role = replica")
            for sql, _ in FROZEN[:-1]:
                with pytest.raises(psycopg.Error):
                    session.execute(sql)
    assert list(PayItem.objects.order_by("id").values()) == before


def test_a_list_can_not_be_signed_with_totals_that_are_not_those_of_its_items(town: Government) -> None:
    town.open()
    town.step(A, "enter")
    row = PayList.objects.get(opd_name=A)
    wrong = {"state": "verified", "signed_by": row.entered_by_id, "items_hash": "0" * 64}
    PayList.objects.filter(pk=row.pk).update(gross=row.gross + 1, net=row.net + 1)
    with pytest.raises(DatabaseError, match="Jumlah daftar berbeda"), transaction.atomic():
        PayList.objects.filter(pk=row.pk).update(**wrong)

"""The program itself, in a process of its own: killed at random, and told why it stops."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction

from pamong.kernel.actor import Actor
from pamong.ledger import services
from pamong.ledger.models import Log
from pamong.ledger.sequencer.places import Places
from pamong.ledger.tree.merkle import root_of
from tests.support.databases import Cluster
from tests.support.sealing import Noted, Program, leaves, note, numbers, rewrite, sealing, until

WRITERS, KILLS, ROLLED_BACK = 8, 20, 0.1


class Writers:
    """Eight sessions that record without waiting for anybody; a tenth of what they do is rolled back."""

    def __init__(self, operator: Actor) -> None:
        self._operator = operator
        self._end = threading.Event()
        self._written: list[set[int]] = [set() for _ in range(WRITERS)]
        self._threads = [threading.Thread(target=self._write, args=[place]) for place in range(WRITERS)]

    def __enter__(self) -> Writers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._end.set()
        for thread in self._threads:
            thread.join()

    @property
    def written(self) -> set[int]:
        """The numbers that were committed."""
        return set().union(*self._written)

    def _write(self, place: int) -> None:
        chance = random.Random(place)  # noqa: S311 (no secret)
        number = place
        while not self._end.is_set():
            numbers = [number + WRITERS * n for n in range(chance.randint(1, 5))]
            try:
                with transaction.atomic():
                    services.record_many(actor=self._operator, events=[Noted(number) for number in numbers])
                    if chance.random() < ROLLED_BACK:
                        raise ZeroDivisionError
                self._written[place] |= set(numbers)
            except ZeroDivisionError:
                pass
            number += WRITERS * 5
            time.sleep(chance.random() / 50)
        connection.close()


@contextmanager
def long_transaction(operator: Actor, number: int) -> Iterator[None]:
    """Somebody records, and commits only when the block ends."""
    ready, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            services.record(actor=operator, event=Noted(number))
            ready.set()
            go_on.wait()
        connection.close()

    writer = threading.Thread(target=slow)
    writer.start()
    ready.wait()
    try:
        yield
    finally:
        go_on.set()
        writer.join()


def placed() -> int:
    """How many entries have their place in the log."""
    return Log.objects.filter(name="decisions").values_list("size", flat=True).first() or 0


def test_kill_minus_nine_under_load_loses_and_doubles_nothing(
    committed_db: str, postgres: Cluster, operator: Actor, places: Places, tmp_path: Path
) -> None:
    """Under writers that never wait, one of whom leaves a transaction open through it all, the program dies
    twenty times at random: four times while it starts, the others while it seals."""
    program = Program(postgres, committed_db, places, tmp_path / "sequencer.log")
    chance = random.Random(7)  # noqa: S311 (no secret)
    late, sealed = -1, 0
    with Writers(operator) as writers, long_transaction(operator, late):
        for number in range(KILLS):
            before = placed()
            program.start()
            if number % 5:
                until(lambda before=before: placed() > before)  # type: ignore[misc]
            time.sleep(chance.random() * 0.7)
            program.kill()
            sealed += placed() > before
        assert late not in numbers()
    assert sealed >= KILLS * 4 // 5
    expected = writers.written | {late}
    program.start()
    until(lambda: len(leaves()) == len(expected))
    assert program.end() == 0, program.log.read_text()
    found = leaves()
    assert [seq for seq, *_ in found] == list(range(len(expected)))
    assert len({id_ for _, id_, _, _ in found}) == len(found)
    assert sorted(numbers()) == sorted(expected)
    with sealing(postgres, committed_db, places) as it:
        it.beat()
        assert it.published().checkpoint.root == root_of([hashed for _, _, hashed, _ in found])


def test_the_program_says_why_it_stops(
    committed_db: str, postgres: Cluster, operator: Actor, places: Places, tmp_path: Path
) -> None:
    note(operator, 0, 1, 2)
    with sealing(postgres, committed_db, places) as it:
        it.beat()
    rewrite(postgres, committed_db)
    program = Program(postgres, committed_db, places, tmp_path / "sequencer.log")
    program.start()
    assert program.wait() == 1
    told = program.log.read_text()
    assert "isi catatan nomor 1 tidak sama dengan saat disegel" in told
    assert "Traceback" not in told

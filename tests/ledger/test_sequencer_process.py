"""The program itself, in a process of its own: killed at random, and told why it stops."""

from __future__ import annotations

import random
import threading
import time
from pathlib import Path

from django.db import connection, transaction

from pamong.kernel.actor import Actor
from pamong.ledger import services
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


def test_kill_minus_nine_under_load_loses_and_doubles_nothing(
    committed_db: str, postgres: Cluster, operator: Actor, places: Places, tmp_path: Path
) -> None:
    """Under writers that never wait, the program dies twenty times at random."""
    program = Program(postgres, committed_db, places, tmp_path / "sequencer.log")
    chance = random.Random(7)  # noqa: S311 (no secret)
    with Writers(operator) as writers:
        for _ in range(KILLS):
            program.start()
            time.sleep(0.4 + chance.random() * 1.2)
            program.kill()
    expected = writers.written
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

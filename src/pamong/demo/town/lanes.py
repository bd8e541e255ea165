"""What belongs to people written side by side: each half in a thread with its own connection."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

from django.db import connection, transaction

from pamong.demo.town.shapes import Records
from pamong.demo.town.writing import HALVES, Writer

_AHEAD = 3  # pieces that may wait for each connection: more would only fill the memory


class Lanes:
    """``with Lanes(writer) as lanes: lanes.give(piece)``. Each half of a piece is a transaction.

    An error of a lane comes up with a later ``give``, at the latest when the block ends.
    """

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        # One thread each, so that a half keeps its connection and its order.
        self._threads = [ThreadPoolExecutor(1) for _ in HALVES]
        self._waiting: deque[list[Future[None]]] = deque()

    def __enter__(self) -> Lanes:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None
    ) -> None:
        try:
            while self._waiting and error is None:
                self._settle()
        finally:
            for thread in self._threads:
                thread.submit(_leave)
                thread.shutdown(cancel_futures=error is not None)

    def give(self, piece: Records) -> None:
        """Hand in some people's rows; waits where the database is far behind."""
        self._waiting.append(
            [thread.submit(self._write, piece, half) for half, thread in enumerate(self._threads)]
        )
        if len(self._waiting) > _AHEAD:
            self._settle()

    def _settle(self) -> None:
        for done in self._waiting.popleft():
            done.result()

    def _write(self, piece: Records, half: int) -> None:
        with transaction.atomic():
            self._writer.records(piece, (half,))


def _leave() -> None:
    """Close the connection of the thread that runs this."""
    connection.close()

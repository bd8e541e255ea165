"""The loop of the sequencer: all logs, a beat twice a second, until it is told to end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
from psycopg import Connection, IsolationLevel

from pamong.ledger.sequencer.errors import LogBusy
from pamong.ledger.sequencer.logs import LogAtWork
from pamong.ledger.sequencer.places import Places
from pamong.ledger.sequencer.policies import PolicyFile

BEAT_SECONDS = 0.5
RETRY_SECONDS = 1.0
MOST_QUESTIONS = 32  # to witnesses, at once


def run(url: str, places: Places, end: threading.Event, say: Callable[[str], None]) -> None:
    """Place, publish and ask until ``end``. A database that goes away is waited for, and checked anew.

    TreeDisagrees, KeyMissing and SignerRefuses leave: nothing is signed any more.
    """
    waiting = False
    while not end.is_set():
        try:
            with psycopg.connect(url, autocommit=True) as connection:
                waiting = False
                _work(connection, places, end, say)
        except LogBusy as busy:
            if not waiting:
                say(str(busy))
        except psycopg.OperationalError as error:
            if not waiting:
                say(f"Basis data tidak terjangkau, penyegel menunggu: {str(error).strip()}")
        waiting = True
        end.wait(RETRY_SECONDS)


def _work(
    connection: Connection[Any], places: Places, end: threading.Event, say: Callable[[str], None]
) -> None:
    connection.isolation_level = IsolationLevel.REPEATABLE_READ
    with ThreadPoolExecutor(MOST_QUESTIONS) as pool:
        logs = [LogAtWork(connection, places, name, pool) for name in places.logs]
        policy = PolicyFile(places)
        policy.ensure([vkey for log in logs for vkey in log.vkeys])
        told = ""
        while not end.is_set():
            witnesses = policy.witnesses()
            if policy.fault != told:
                told = policy.fault
                say(told or "Kebijakan buku segel terbaca lagi.")
            if not _beat(logs, witnesses):
                end.wait(BEAT_SECONDS)


def _beat(logs: Sequence[LogAtWork], witnesses: Sequence[Any]) -> bool:
    """A beat of each log, whatever the one before had. True where one has more."""
    more = [log.beat(witnesses) for log in logs]
    return any(more)

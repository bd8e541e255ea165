"""Many documents: in processes of their own, since Typst keeps what it laid out until the process ends."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from typing import Any

from pamong.documents.rendering import render

PAGES = 500  # of one process: some 200 MB
_WORKERS = 2


@dataclass(frozen=True, slots=True)
class Job:
    """One document: its file's name, its template and data, and roughly how many pages it weighs."""

    name: str
    template: str
    data: Mapping[str, Any]
    pages: int


Rendered = list[tuple[str, bytes]]


def render_many(jobs: Iterable[Job], *, at: datetime) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each document in the order of the jobs, untagged; two processes work at a time."""
    waiting: deque[Future[Rendered]] = deque()
    # A fresh process a batch; `spawn`, because the caller has threads and database connections.
    with ProcessPoolExecutor(_WORKERS, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        for batch in _batches(jobs):
            waiting.append(pool.submit(_render, batch, at))
            if len(waiting) > _WORKERS:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _batches(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    """Neighbours together, up to the pages of one process."""
    batch: list[Job] = []
    for job in jobs:
        if batch and sum(other.pages for other in batch) + job.pages > PAGES:
            yield batch
            batch = []
        batch.append(job)
    if batch:
        yield batch


def _render(batch: list[Job], at: datetime) -> Rendered:
    return [(job.name, render(job.template, job.data, at=at, tagged=False)) for job in batch]

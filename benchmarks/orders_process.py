"""Makes orders in the database that the environment names: ``python -m benchmarks.orders_process COUNT``."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any
from uuid import UUID, uuid4

import django

WORKERS, AT_ONCE = 2, 100
OFFICER, MAYOR = "nurul", "bagas"
KIND = "bench.order"


def main(count: int) -> None:
    """One JSON line: seconds of each part."""
    ready()
    from pamong.access import clock  # noqa: PLC0415 - after django.setup

    waiting = proposed(count)
    began = time.perf_counter()
    signed(waiting)
    at_signed = time.perf_counter()
    until_placed()
    at_placed = time.perf_counter()
    orders = order_ids(count)
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn"), initializer=ready) as pool:
        at = clock.now().isoformat()
        sizes = list(pool.map(printed, orders, [at] * len(orders), chunksize=10))
    ended = time.perf_counter()
    assert all(sizes) and len(sizes) == count
    figures = {
        "orders": count, "signed_s": at_signed - began, "placed_s": at_placed - at_signed,
        "printed_s": ended - at_placed, "total_s": ended - began, "anchor_ms": anchor(orders[0], at),
        "bytes": sum(sizes) // count, "load_average": os.getloadavg()[0],
    }  # fmt: skip
    print(json.dumps({name: round(value, 2) for name, value in figures.items()}))


def ready() -> None:
    """Django, and a kind of decision with two gates and a full order."""
    django.setup()
    from pamong.decisions import services  # noqa: PLC0415
    from pamong.decisions.choices import Part, Verdict  # noqa: PLC0415
    from pamong.decisions.types import Address, Case, Gate, Kind, Paper, Step, Told  # noqa: PLC0415

    def gates(case: Case) -> Sequence[Gate]:
        titles = (("rank", "Pangkat"), ("years", "Masa kerja"))
        return [
            Gate(code, title, Verdict.ALLOW, f"{title} terpenuhi.", article=f"PP 11/2017, Pasal {place}")
            for place, (code, title) in enumerate(titles, 54)
        ]

    def content(case: Case) -> Mapping[str, Any]:
        return {
            "about": "Penugasan pegawai", "name": f"Pegawai {case.content['number']}",
            "considering": ["bahwa tugas itu perlu dikerjakan;", "bahwa yang ditugaskan memenuhi syarat;"],
            "bases": ["UU 20/2023"], "copies": ["Kepala Kantor Regional BKN", "Yang bersangkutan"],
            "dictum": ["Menugaskan yang namanya tersebut di atas.", "Keputusan ini mulai berlaku hari ini."],
        }  # fmt: skip

    services.register(
        Kind(
            code=KIND, title="Penugasan", gates=gates, tell=lambda _case: Told("Penugasan"), batch=True,
            steps=lambda _case: [
                Step("sign", Part.SIGN, "Keputusan", Address(permission="decisions:appoint"))
            ],
            reads="people:read", require=lambda _actor, _case: None,
            two="one step is what is measured",
            paper=Paper(
                "bench", "order", "Keputusan Wali Kota", lambda place, on: f"{place}/B/{on.year}", content
            ),
        )
    )  # fmt: skip


def proposed(count: int) -> list[UUID]:
    """Proposals about so many people, made beforehand."""
    from pamong.access import clock  # noqa: PLC0415
    from pamong.access.queries import named_actor  # noqa: PLC0415
    from pamong.decisions import services  # noqa: PLC0415
    from pamong.people.models import Person  # noqa: PLC0415

    actor = named_actor(OFFICER, clock.today())
    people = Person.objects.exclude(pk=actor.person_id).order_by("id").values_list("pk", flat=True)[:count]
    return [
        services.propose(
            actor=actor, at=clock.now(), kind=KIND, key=uuid4(), content={"number": number}, person=person
        ).uid
        for number, person in enumerate(people, 1)
    ]


def signed(waiting: Sequence[UUID]) -> None:
    """All of them signed by the mayor, a hundred at a time."""
    from pamong.access import clock  # noqa: PLC0415
    from pamong.access.queries import named_actor  # noqa: PLC0415
    from pamong.decisions import services  # noqa: PLC0415

    actor = named_actor(MAYOR, clock.today())
    for start in range(0, len(waiting), AT_ONCE):
        part = waiting[start : start + AT_ONCE]
        done = services.sign_many(actor=actor, at=clock.now(), decisions=part)
        assert len(done.signed) == len(part), done.opened


def until_placed() -> None:
    """Wait until a published checkpoint covers the newest order."""
    from django.db.models import Max  # noqa: PLC0415

    from pamong.decisions.models import Order  # noqa: PLC0415
    from pamong.kernel.actor import Actor  # noqa: PLC0415
    from pamong.ledger import proofs  # noqa: PLC0415

    newest = Order.objects.aggregate(last=Max("intake_id"))["last"]
    actor = Actor.operator("bench", None)  # type: ignore[arg-type]  # reads no date
    while proofs.proof_of(actor=actor, entry=newest) is None:
        time.sleep(0.1)


def order_ids(count: int) -> list[str]:
    """The newest orders."""
    from pamong.decisions.models import Order  # noqa: PLC0415

    return [str(uid) for uid in Order.objects.order_by("-id").values_list("uid", flat=True)[:count]]


def printed(order: str, at: str) -> int:
    """The size of an order's document, made and kept."""
    from datetime import datetime  # noqa: PLC0415

    from pamong.access import clock  # noqa: PLC0415
    from pamong.access.queries import named_actor  # noqa: PLC0415
    from pamong.interop.exports.orders import order_pdf  # noqa: PLC0415

    actor = named_actor(MAYOR, clock.today())
    pdf = order_pdf(actor=actor, at=datetime.fromisoformat(at), uid=UUID(order))
    assert b"/ETSI.CAdES.detached" in pdf
    return len(pdf)


def anchor(order: str, at: str) -> float:
    """Milliseconds of the same document without a signature."""
    from datetime import datetime  # noqa: PLC0415

    from pamong.access import clock  # noqa: PLC0415
    from pamong.access.queries import named_actor  # noqa: PLC0415
    from pamong.decisions import queries  # noqa: PLC0415
    from pamong.interop.exports.orders import make  # noqa: PLC0415

    actor = named_actor(MAYOR, clock.today())
    view, paper = queries.prove_order(actor=actor, at=datetime.fromisoformat(at), order=UUID(order))
    make(view, paper, None)
    began = time.perf_counter()
    make(view, paper, None)
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main(int(sys.argv[1]))

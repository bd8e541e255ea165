"""Makes orders in the database that the environment names: ``python -m benchmarks.orders_process COUNT``."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date, datetime
from itertools import islice
from multiprocessing import get_context
from typing import Any
from uuid import UUID, uuid4

import django

WORKERS, AT_ONCE = 2, 100
OFFICER, MAYOR = "nurul", "bagas"
KIND, PAPER = "bench.order", "surat pemberitahuan"


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
    """Django, and a kind of decision with the gates of a periodic raise and a full order."""
    django.setup()
    from pamong.decisions import services  # noqa: PLC0415
    from pamong.decisions.choices import Part  # noqa: PLC0415
    from pamong.decisions.types import Address, Case, Kind, Paper, Step, Told  # noqa: PLC0415

    def content(case: Case) -> Mapping[str, Any]:
        return {
            "about": "Penugasan pegawai", "name": f"Pegawai {case.person_id}",
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


def gates(case: Any) -> Sequence[Any]:
    """The gates of his next periodic raise: service, rank and step, predicates, delays, standing, the order
    before and who signs are read anew each time, as the kind itself does."""
    from pamong.career.gates import gates_of  # noqa: PLC0415 - after django.setup

    return gates_of(case, PAPER)


def proposed(count: int) -> list[UUID]:
    """Proposals about so many people whose gates are simply met, made beforehand."""
    from pamong.access import clock  # noqa: PLC0415
    from pamong.access.queries import named_actor  # noqa: PLC0415
    from pamong.decisions import services  # noqa: PLC0415
    from pamong.people.models import Person  # noqa: PLC0415

    actor = named_actor(OFFICER, clock.today())
    everybody = Person.objects.exclude(pk=actor.person_id).order_by("id").values_list("pk", flat=True)
    met = ((person, said) for person in everybody if (said := _met(person, clock.now(), clock.today())))
    waiting = [
        services.propose(actor=actor, at=clock.now(), kind=KIND, key=uuid4(), content=said, person=person).uid
        for person, said in islice(met, count)
    ]
    assert len(waiting) == count, f"only {len(waiting)} people have all gates met"
    return waiting


def _met(person: int, at: datetime, on: date) -> Mapping[str, Any]:
    """What somebody's next raise says; nothing where one of its gates is not simply met."""
    from pamong.career.contents import raise_of  # noqa: PLC0415
    from pamong.career.queries.one import worked_out  # noqa: PLC0415
    from pamong.decisions.choices import Verdict  # noqa: PLC0415
    from pamong.decisions.site import site_law  # noqa: PLC0415
    from pamong.decisions.types import Case  # noqa: PLC0415
    from pamong.law.kgb import Due  # noqa: PLC0415

    one = worked_out(person, on, on, site_law())
    if one is None or not isinstance(one.due, Due):
        return {}
    case = Case(uuid4(), KIND, person, None, {}, None, None, on, at)
    content = raise_of(case, one.due.effective_on).content
    found = gates(case.with_content(content))
    return content if all(gate.verdict is Verdict.ALLOW for gate in found) else {}


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
    from pamong.access import clock  # noqa: PLC0415
    from pamong.access.queries import named_actor  # noqa: PLC0415
    from pamong.interop.exports.orders import order_pdf  # noqa: PLC0415

    actor = named_actor(MAYOR, clock.today())
    pdf = order_pdf(actor=actor, at=datetime.fromisoformat(at), uid=UUID(order))
    assert b"/ETSI.CAdES.detached" in pdf
    return len(pdf)


def anchor(order: str, at: str) -> float:
    """Milliseconds of the same document without a signature."""
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

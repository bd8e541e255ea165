"""What is asked of those who enter by hand: words from the lists, orders, golongan that rise.

Files are not asked: they bring words of their own, and what is long past often lacks its orders.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from pamong.kernel import timeline
from pamong.kernel.clock import format_date
from pamong.kernel.problem import Problem
from pamong.kernel.timeline import Row
from pamong.ledger.choices import Act
from pamong.people.services import reading
from pamong.people.services.following import effective_day, said_row
from pamong.people.services.planning import Prepared
from pamong.people.situation import block, warn
from pamong.people.subjects import GOLONGAN_PNS, GOLONGAN_PPPK, Input

_LADDERS = (GOLONGAN_PNS, GOLONGAN_PPPK)


def doubts(prepared: Prepared, today: date) -> list[Problem]:
    """What to look at twice: an order that is missing or late, a golongan that does not rise."""
    if prepared.blocked or not prepared.changes:
        return []
    return [*_order(prepared, today), *_ladder(prepared)]


def unlisted(prepared: Prepared) -> list[Problem]:
    """What stands on no list, and what no file brought either."""
    found = []
    for field in prepared.subject.fields:
        value = prepared.values.get(field.name)
        if field.input is not Input.LIST or not value or value in dict(field.choices):
            continue
        if value not in reading.recorded(prepared.subject.code, field.fact):
            listed = ", ".join(label for _, label in field.choices)
            text = f"'{str(value)[:40]}' tidak ada dalam daftar. Pilih salah satu: {listed}"
            found.append(block("unlisted", text, field.label))
    return found


def _order(prepared: Prepared, today: date) -> Iterator[Problem]:
    said, day = said_row(prepared), effective_day(prepared)
    if prepared.subject.field("order_no") is None or said is None or day is None or _only_ends(prepared):
        return
    number, on = said.get("order_no"), said.get("order_on")
    if not number:
        yield warn("order_no_missing", "belum diisi. Cocokkan dengan surat keputusannya.", "Nomor SK")
    if on is None:
        yield warn("order_on_missing", "belum diisi. Cocokkan dengan surat keputusannya.", "Tanggal SK")
    elif on > today:
        yield warn("order_future", f"{format_date(on)} belum terjadi. Periksa tanggalnya.", "Tanggal SK")
    elif on > day:
        text = f"{format_date(on)}, sesudah TMT {format_date(day)}. Periksa keduanya."
        yield warn("order_late", text, "Tanggal SK")


def _only_ends(prepared: Prepared) -> bool:
    """What only stops is told by what comes next; service that ends has an order of its own."""
    return prepared.asked.ends and prepared.subject.code != "employment"


def _ladder(prepared: Prepared) -> Iterator[Problem]:
    """Golongan that fall or stay, where they did not before."""
    if prepared.subject.code != "rank" or prepared.asked.act is Act.RESCIND:
        return
    known = set(_steps(prepared.before))
    for old, new in _steps(timeline.outcome(prepared.before, prepared.changes[0].plan)):
        ladder = next((each for each in _LADDERS if old in each and new in each), None)
        if ladder is None or (old, new) in known:
            continue
        if old == new:
            text = f"tetap {new}. Kenaikan pangkat memerlukan golongan yang lain; SK saja dibetulkan."
            yield warn("golongan_same", text, "Golongan")
        elif ladder.index(new) < ladder.index(old):
            text = f"turun dari {old} ke {new}. Cocokkan dengan surat keputusannya."
            yield warn("golongan_down", text, "Golongan")


def _steps(rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    ordered: list[Mapping[str, Any]] = [row.values for row in sorted(rows, key=lambda row: row.period.start)]
    for old, new in pairwise(ordered):
        yield str(old.get("golongan")), str(new.get("golongan"))

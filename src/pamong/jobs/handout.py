"""``python -m pamong.jobs.handout KIND UID USER AT``: a run's file, a slip or an order as PDF, to
standard output.

See ``pamong.jobs.program``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from pamong.jobs.program import actor_of, answer


def make(kind: str, uid: str, user_id: str, at: str) -> bytes:
    """The file of a kind: of a run, a slip, an order."""
    return MAKERS[kind](actor_of(user_id), datetime.fromisoformat(at), UUID(uid))


def _xlsx(actor: Any, at: datetime, uid: UUID) -> bytes:
    from pamong.access import clock  # noqa: PLC0415
    from pamong.interop.exports.sheets import slips_xlsx  # noqa: PLC0415
    from pamong.interop.exports.totals import control_totals  # noqa: PLC0415
    from pamong.pay import columns, queries  # noqa: PLC0415

    wide, lines = _wide(actor, at, uid)
    run = queries.get_run(actor=actor, uid=uid).told_by(clock.shown)
    totals = control_totals(wide, lines, run, queries.list_files(actor=actor, uid=uid))
    return slips_xlsx(wide, columns.read_problems(None, uid, actor=actor), totals, run)


def _csv(actor: Any, at: datetime, uid: UUID) -> bytes:
    from pamong.interop.exports.flat import slips_csv  # noqa: PLC0415

    return slips_csv(_wide(actor, at, uid)[0])


def _parquet(actor: Any, at: datetime, uid: UUID) -> bytes:
    from pamong.interop.exports.flat import slips_parquet  # noqa: PLC0415

    return slips_parquet(_wide(actor, at, uid)[0])


def _problems(actor: Any, at: datetime, uid: UUID) -> bytes:
    from pamong.interop.exports.flat import problems_csv  # noqa: PLC0415
    from pamong.pay import columns  # noqa: PLC0415

    return problems_csv(columns.read_problems(None, uid, actor=actor, at=at))


def _totals(actor: Any, at: datetime, uid: UUID) -> bytes:
    from pamong.access import clock  # noqa: PLC0415
    from pamong.interop.exports.totals import control_totals, totals_text  # noqa: PLC0415
    from pamong.pay import queries  # noqa: PLC0415

    wide, lines = _wide(actor, at, uid)
    run = queries.get_run(actor=actor, uid=uid).told_by(clock.shown)
    totals = control_totals(wide, lines, run, queries.list_files(actor=actor, uid=uid))
    return totals_text(totals, run, {}).encode()


def _slip(actor: Any, at: datetime, uid: UUID) -> bytes:
    """One person's slip, for whoever may read it."""
    import polars as pl  # noqa: PLC0415

    from pamong.access import clock  # noqa: PLC0415
    from pamong.interop.exports.pages import slip_pdf  # noqa: PLC0415
    from pamong.interop.exports.sealed import slip_paper  # noqa: PLC0415
    from pamong.interop.exports.wide import widen  # noqa: PLC0415
    from pamong.pay import columns, queries  # noqa: PLC0415

    view = queries.get_slip(actor=actor, at=at, uid=uid)
    known = asdict(view.slip) | {name: getattr(view, name) for name in _OF_VIEW}
    row = {name: known[name] for name in columns.SLIPS} | {"uid": str(uid), "state": view.slip.state.value}
    slips = pl.DataFrame([row], schema=columns.SLIPS)
    told = [
        {"slip": view.slip.number, "number": place} | asdict(line) | {"kind": line.kind.value}
        for place, line in enumerate(view.lines, start=1)
    ]
    lines = pl.DataFrame(told, schema=columns.LINES | {"title": pl.String})
    paper = slip_paper(actor=actor, at=at, uid=uid)
    return slip_pdf(widen(slips, lines), lines, view.run.told_by(clock.shown), paper)


def _order(actor: Any, at: datetime, uid: UUID) -> bytes:
    """An order, for whoever may see it."""
    from pamong.interop.exports.orders import order_pdf  # noqa: PLC0415

    return order_pdf(actor=actor, at=at, uid=uid)


_OF_VIEW = ("kind", "post_name", "pay_group", "ceiling", "earned", "tax", "health")


def _wide(actor: Any, at: datetime, uid: UUID) -> tuple[Any, Any]:
    from pamong.interop.exports.wide import widen  # noqa: PLC0415
    from pamong.pay import columns  # noqa: PLC0415

    slips = columns.read_slips(None, uid, actor=actor, at=at)
    lines = columns.read_lines(None, uid, actor=actor)
    return widen(slips, lines), lines


MAKERS: dict[str, Callable[[Any, datetime, UUID], bytes]] = {
    "xlsx": _xlsx,
    "csv": _csv,
    "parquet": _parquet,
    "problems": _problems,
    "totals": _totals,
    "slip": _slip,
    "order": _order,
}

if __name__ == "__main__":
    answer(make)

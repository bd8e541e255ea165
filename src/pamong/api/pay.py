"""Runs, slips and reasons for machines: the same queries as the pages. Money is whole rupiah."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from ninja import Field, Router, Schema

from pamong.access.middleware import ActingRequest
from pamong.api.stamps import Stamp
from pamong.kernel.errors import InvalidValue
from pamong.kernel.nip import Nip
from pamong.law.engine.explain import Reason
from pamong.pay import queries
from pamong.pay.queries import RunRow, SlipRow

router = Router()
HIDDEN = "••••"
PageNumber = Annotated[int, Field(ge=1, le=1_000_000)]


class RunOut(Schema):
    """A run. Amounts in rupiah."""

    uid: UUID
    month: date
    profile: str
    mode: str
    state: str
    started_by: str
    started_at: Stamp
    published_at: Stamp | None
    people: int
    computed: int
    held: int
    elsewhere: int
    problems: int
    ceiling: int
    earned: int
    gross: int
    tax: int
    health: int
    net: int
    fingerprint: str
    slips_hash: str


class SlipOut(Schema):
    """A slip in a list: the NIP is masked. Without an amount, ``reason`` says why."""

    uid: UUID
    number: int
    nip: str
    name: str
    golongan: str
    job_class: int | None
    unit_name: str
    opd_name: str
    state: str
    reason: str
    gross: int | None
    net: int | None


class SlipsOut(Schema):
    """A page of slips; pages count from 1."""

    page: int
    pages: int
    total: int
    slips: list[SlipOut]


class LineOut(Schema):
    """A line of a slip; ``code`` asks for its reason. Cuts, tax and contributions are positive."""

    kind: str
    code: str
    title: str
    method: str
    amount: int


class WholeSlipOut(Schema):
    """One whole slip, with the person's NIP."""

    slip: SlipOut
    run: RunOut
    kind: str
    post_name: str
    pay_group: str
    ceiling: int | None
    earned: int | None
    tax: int | None
    health: int | None
    lines: list[LineOut]


class ReasonOut(Schema):
    """One step of *Dari mana angka ini?* and what it rests on. Values are written for people."""

    kind: str
    name: str
    title: str
    value: str
    sentence: str
    law: str
    link: str
    evidence: str | None
    children: list[ReasonOut]


@router.get("/runs", response=list[RunOut], summary="Daftar hitungan", operation_id="list_runs")
def list_runs(request: ActingRequest) -> list[RunRow]:
    """All runs that the caller may see, newest month first."""
    return list(queries.list_runs(actor=request.actor))


@router.get("/runs/{uid}", response=RunOut, summary="Satu hitungan", operation_id="get_run")
def get_run(request: ActingRequest, uid: UUID) -> RunRow:
    """One run with its totals."""
    return queries.get_run(actor=request.actor, uid=uid)


@router.get(
    "/runs/{uid}/slips", response=SlipsOut, summary="Rincian pada satu hitungan", operation_id="list_slips"
)
def list_slips(request: ActingRequest, uid: UUID, page: PageNumber = 1, search: str = "") -> SlipsOut:
    """A page of 50 slips by OPD, unit and name; ``search`` looks in names, NIP and units."""
    found = queries.list_slips(actor=request.actor, at=request.at, uid=uid, page=page, search=search)
    return SlipsOut(
        page=found.number,
        pages=found.pages,
        total=found.total,
        slips=[slip_out(row, _masked(row.nip)) for row in found.rows],
    )


@router.get("/slips/{uid}", response=WholeSlipOut, summary="Satu rincian", operation_id="get_slip")
def get_slip(request: ActingRequest, uid: UUID) -> WholeSlipOut:
    """One slip with its lines; the look at it is logged."""
    view = queries.get_slip(actor=request.actor, at=request.at, uid=uid)
    return WholeSlipOut(
        slip=slip_out(view.slip, view.slip.nip),
        run=RunOut.from_orm(view.run),
        kind=view.kind,
        post_name=view.post_name,
        pay_group=view.pay_group,
        ceiling=view.ceiling,
        earned=view.earned,
        tax=view.tax,
        health=view.health,
        lines=[LineOut.from_orm(line) for line in view.lines],
    )


@router.get(
    "/slips/{uid}/reasons/{code}",
    response=ReasonOut,
    summary="Dari mana angka ini?",
    operation_id="get_reason",
)
def get_reason(request: ActingRequest, uid: UUID, code: str) -> ReasonOut:
    """Where one figure of a slip comes from, down to the day and the punch."""
    return reason_out(queries.explain_slip(actor=request.actor, at=request.at, uid=uid, code=code))


def slip_out(row: SlipRow, nip: str) -> SlipOut:
    """A slip with its NIP as it may be shown here."""
    return SlipOut.from_orm(row).model_copy(update={"nip": nip})


def reason_out(reason: Reason) -> ReasonOut:
    """A reason and all below it."""
    return ReasonOut(
        kind=reason.kind,
        name=reason.name,
        title=reason.title,
        value=reason.value,
        sentence=reason.sentence,
        law=reason.law,
        link=reason.link,
        evidence=reason.evidence.value if reason.evidence else None,
        children=[reason_out(child) for child in reason.children],
    )


def _masked(nip: str) -> str:
    try:
        return Nip.parse(nip).masked
    except InvalidValue:
        return HIDDEN

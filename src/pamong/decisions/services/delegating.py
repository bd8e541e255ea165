"""Delegation: a seat's decisions of some kinds are answered from another seat for a while, by a decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from pamong.access import policies as access
from pamong.access.errors import NotAllowed
from pamong.decisions import models, policies
from pamong.decisions.choices import Part, Verdict
from pamong.decisions.errors import ContentUnfit, DelegationUnfit
from pamong.decisions.services.proposing import Entered, propose
from pamong.decisions.sql import fetch, seat_above, seat_labels
from pamong.decisions.types import Address, Case, Gate, Kind, Line, Signed, Step, Told, kind_of, kinds
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date
from pamong.people.services.reading import seat_ids

_CODE = "decisions.delegation"


def propose_delegation(
    *,
    actor: Actor,
    at: datetime,
    key: UUID,
    seat: UUID,
    to_seat: UUID,
    what: Sequence[str],
    first: date,
    last: date,
    note: str = "",
) -> Entered:
    """Propose that a seat's decisions of these kinds are answered from another seat on these days. Who sits
    in it may propose it, and then the seat above signs; or a personnel officer, and then its holder signs.

    ``NotAllowed``, ``ContentUnfit``, ``NobodyDecides``.
    """
    content = {
        "seat": str(seat), "to_seat": str(to_seat), "kinds": sorted(set(what)), "first": first.isoformat(),
        "last": last.isoformat(), "note": note.strip(),
    }  # fmt: skip
    return propose(actor=actor, at=at, kind=_CODE, key=key, content=content)


def _seats(case: Case) -> tuple[int, int]:
    uids = [UUID(case.content["seat"]), UUID(case.content["to_seat"])]
    found = seat_ids(uids)
    if len(found) < len(set(uids)):
        raise ContentUnfit("Posisi ini tidak ditemukan. Pilih dari daftar.", "seat")
    return found[uids[0]], found[uids[1]]


def _require(actor: Actor, case: Case) -> None:
    if _seats(case)[0] not in actor.seats:
        try:
            access.require_whole(actor, policies.DELEGATE)
        except NotAllowed as error:
            raise NotAllowed(
                "Pendelegasian diajukan oleh pejabat yang bersangkutan atau petugas kepegawaian."
            ) from error


def _check(case: Case, content: Mapping[str, Any]) -> Mapping[str, Any]:
    seat, other = _seats(case.with_content(content))
    first, last = date.fromisoformat(content["first"]), date.fromisoformat(content["last"])
    if seat == other:
        raise ContentUnfit("Pilih posisi lain sebagai penerima.", "to_seat")
    if last < first:
        raise ContentUnfit("Hari terakhir tidak boleh sebelum hari pertama.", "last")
    if first < case.on:
        raise ContentUnfit("Pendelegasian mulai hari ini atau sesudahnya.", "first")
    known = {kind.code for kind in kinds()}
    if not content["kinds"] or not known.issuperset(content["kinds"]):
        raise ContentUnfit("Pilih paling sedikit satu jenis keputusan dari daftar.", "kinds")
    return content


def _steps(case: Case) -> Sequence[Step]:
    seat, _ = _seats(case)
    mine = case.entered_person is not None and _held_by(seat, case)
    above = seat_above(seat, case.on) if mine else seat
    address = Address(seat=above) if above is not None else Address(permission=policies.APPOINT)
    return (Step("sign", Part.SIGN, "Pejabat yang mendelegasikan", address, days=7),)


def _held_by(seat: int, case: Case) -> bool:
    held = (
        "SELECT 1 FROM people_appointment WHERE seat_id = %(seat)s AND person_id = %(person)s AND "
        "superseded_at IS NULL AND period @> %(on)s::date"
    )
    return bool(fetch(held, {"seat": seat, "person": case.entered_person, "on": case.on}))


def _gates(case: Case) -> Sequence[Gate]:
    first, last = date.fromisoformat(case.content["first"]), date.fromisoformat(case.content["last"])
    if last < case.on:
        text = f"Masa pendelegasian sudah lewat pada {format_date(last)}. Ajukan masa yang baru."
        return (Gate("days", "Masa", Verdict.BLOCK, text),)
    if first < case.on:
        text = f"Pendelegasian seharusnya mulai {format_date(first)}; ia berlaku sejak hari ini."
        return (Gate("days", "Masa", Verdict.WARN, text),)
    return (Gate("days", "Masa", Verdict.ALLOW, f"Mulai {format_date(first)}, belum lewat."),)


def _tell(case: Case) -> Told:
    seat, other = _seats(case)
    names = seat_labels([seat, other], case.on)
    first, last = date.fromisoformat(case.content["first"]), date.fromisoformat(case.content["last"])
    what = ", ".join(kind_of(code).title for code in case.content["kinds"])
    lines = (
        Line("Dari", names.get(seat, "")),
        Line("Kepada", names.get(other, "")),
        Line("Jenis keputusan", what),
        Line("Masa", f"{format_date(first)} sampai {format_date(last)}"),
    )
    return Told(f"Pendelegasian {names.get(seat, '')}", lines)


def _apply(signed: Signed) -> None:
    seat, other = _seats(signed.case)
    content = signed.case.content
    # It never reaches back: what was answered before it was signed was answered without it.
    first = max(date.fromisoformat(content["first"]), signed.case.on)
    period = DateRange(first, date.fromisoformat(content["last"]) + timedelta(days=1))
    try:
        with transaction.atomic():
            models.Delegation.objects.create(
                seat_id=seat, to_seat_id=other, kinds=content["kinds"], note=content["note"], period=period,
                basis_id=signed.basis,
            )  # fmt: skip
    except IntegrityError as error:
        raise DelegationUnfit(
            "Pada masa itu sudah ada pendelegasian antara kedua posisi ini. Pilih masa lain."
        ) from error


DELEGATION = Kind(
    code=_CODE,
    title="Pendelegasian",
    steps=_steps,
    gates=_gates,
    tell=_tell,
    reads=policies.READ,
    require=_require,
    check=_check,
    asks=frozenset({policies.APPOINT}),
    apply=_apply,
    two="no fact changes: turns go to another seat for some days, and each such answer is an exception",
    public=frozenset({"seat", "to_seat", "kinds", "first", "last"}),
)

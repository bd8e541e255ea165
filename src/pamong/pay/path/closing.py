"""Closing a list of payment as a decision: the clerk says that it is complete, the head of the office signs.

What is proposed is the list as it stands, under the hash over its items. Where it changes before the
signature, what waits ends or can't be signed; what was signed and reopened later stays a sealed decision.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from pamong.attendance.queries import count_open_corrections
from pamong.decisions import services as decisions
from pamong.decisions.choices import Answer, Part, Verdict
from pamong.decisions.errors import ContentUnfit, GatesBlock
from pamong.decisions.types import Address, Case, Gate, Kind, Line, Signed, Step, Told
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_month
from pamong.kernel.ids import uuid7
from pamong.kernel.money import Rupiah
from pamong.ledger.locks import hold_closing
from pamong.pay import policies
from pamong.pay.choices import ListKind, PathState, StepKind
from pamong.pay.models import PayList
from pamong.pay.path import binding, budgets, filling, moving, reach
from pamong.pay.path.shapes import BudgetView

CODE = "pay.close"
_TAKEN_BACK = "Pernyataan lengkap ditarik kembali"
_NO_LIST = "Daftar pembayaran ini tidak ada. Buka bulannya untuk memilih."
_SUMS = ("people", "held", "gross", "tax", "health", "net")


def propose(*, actor: Actor, at: datetime, row: PayList) -> None:
    """Say that a list, which the caller holds, is complete: its closing waits for the head of the office.
    Where it pays one person alone, it is about him, and neither he nor a relative signs it."""
    paid = list(moving.paid(row).values_list("person_id", flat=True).distinct()[:2])
    decisions.propose(
        actor=actor, at=at, kind=CODE, key=uuid7(at), content={"list": str(row.uid)}, unit=row.opd_id,
        person=paid[0] if len(paid) == 1 else None,
    )  # fmt: skip


def _row(content: Mapping[str, Any]) -> PayList:
    """The list of a case, with the budget of its office."""
    try:
        uid = UUID(str(content.get("list")))
    except ValueError as error:
        raise ContentUnfit(_NO_LIST, "list") from error
    found: PayList | None = budgets.with_budget(PayList.objects.filter(uid=uid)).first()
    if found is None:
        raise ContentUnfit(_NO_LIST, "list")
    return found


def _require(actor: Actor, case: Case) -> None:
    policies.require_over(actor, policies.PREPARE, reach.path_of(_row(case.content), actor.on))


def _check(_case: Case, content: Mapping[str, Any]) -> Mapping[str, Any]:
    """The list as it stands; nothing else that is sent is kept."""
    row = _row(content)
    return {
        "list": str(row.uid), "reference": row.reference, "month": row.month.isoformat(),
        "unit": row.opd_name, "sort": row.kind, "items": filling.hash_of(row),
        **{name: getattr(row, name) for name in _SUMS},
    }  # fmt: skip


def _steps(case: Case) -> Sequence[Step]:
    row = _row(case.content)
    unit = row.opd.code if row.opd else ""
    signer = Address(permission=policies.SIGN, unit=unit)
    return (Step("sign", Part.SIGN, "Kepala perangkat daerah", signer),)


def _gates(case: Case) -> Sequence[Gate]:
    row = _row(case.content)
    return (_payees(row), _same(case, row), _budget(row), _requests(row))


def _payees(row: PayList) -> Gate:
    code, title = "payees", "Yang dibayar"
    if row.people == 0:
        return Gate(code, title, Verdict.BLOCK, "Tidak ada yang dibayar pada daftar ini.", "0")
    held = f" {row.held} orang ditangguhkan." if row.held else ""
    return Gate(code, title, Verdict.ALLOW, f"{row.people} orang dibayar.{held}", str(row.people))


def _same(case: Case, row: PayList) -> Gate:
    """What was said to be complete is what is signed."""
    code, title, said = "same", "Isi daftar", case.content
    was, now = _amount(said["people"], said["gross"]), _amount(row.people, row.gross)
    if row.state != PathState.COMPUTED.value or row.closing not in (None, case.uid):
        text = "Daftar ini sudah menempuh jalan lain sejak diajukan. Buka daftarnya untuk melihat."
        return Gate(code, title, Verdict.BLOCK, text, now, was)
    if filling.hash_of(row) != said["items"]:
        text = (
            f"Isinya berubah sejak dinyatakan lengkap: semula {was}, sekarang {now}. Kembalikan ke petugas "
            "unit agar dinyatakan lengkap lagi."
        )
        return Gate(code, title, Verdict.BLOCK, text, now, was)
    return Gate(code, title, Verdict.ALLOW, f"Seperti yang dinyatakan lengkap: {was}.", now, was)


def _amount(people: int, gross: int) -> str:
    return f"{people} orang dengan {Rupiah(gross)}"


def _budget(row: PayList) -> Gate:
    code, title, year = "budget", "Pagu", row.month.year
    view: BudgetView | None = budgets.view_of(row)
    if view is None:
        text = f"Pagu {year} belum dicatat, jadi sisanya belum diketahui."
        return Gate(code, title, Verdict.ALLOW, text)
    left, amount = str(Rupiah(view.left)), str(Rupiah(view.amount))
    if view.left >= 0:
        return Gate(code, title, Verdict.ALLOW, f"Sisa pagu {year} sesudah daftar ini {left}.", left, amount)
    text = (
        f"Daftar ini melampaui pagu {year} sebesar {Rupiah(-view.left)}: pagu {amount}, cair "
        f"{Rupiah(view.used)}, berjalan termasuk daftar ini {Rupiah(view.on_its_way)}."
    )
    return Gate(code, title, Verdict.WARN, text, left, amount)


def _requests(row: PayList) -> Gate:
    """A fact, and no obstacle: what is answered later becomes a difference."""
    code, title = "requests", "Permintaan koreksi presensi"
    persons = list(moving.paid(row).values_list("person_id", flat=True))
    until = (row.month + timedelta(days=31)).replace(day=1)
    count = count_open_corrections(persons=persons, first=row.month, until=until)
    text = (
        f"{count} permintaan tentang bulan ini belum dijawab; yang diterima dibayar sebagai selisih."
        if count
        else "Tidak ada yang belum dijawab tentang bulan ini."
    )
    return Gate(code, title, Verdict.ALLOW, text, str(count))


def _tell(case: Case) -> Told:
    said = case.content
    month = date.fromisoformat(said["month"])
    kind = ListKind(said["sort"]).label
    told = format_month(month.year, month.month)
    lines = (
        Line("Perangkat daerah", said["unit"]),
        Line("Bulan", told),
        Line("Daftar", f"{kind}, {said['reference']}"),
        Line("Orang", str(said["people"])),
        Line("Ditangguhkan", str(said["held"])),
        Line("Sebelum potongan", str(Rupiah(said["gross"]))),
        Line("Diterima", str(Rupiah(said["net"]))),
    )
    title = f"Daftar {kind.lower()} {told}, {said['unit']}"
    return Told(title, lines, f"/tpp/bulan/daftar/{said['list']}/")


def _reserve(actor: Actor, case: Case) -> None:
    """The list waits for its signature. Who proposes it holds it."""
    row = PayList.objects.select_for_update(of=("self",)).get(uid=case.content["list"])
    if reach.is_begun(row):
        raise GatesBlock([_same(case, row).sentence])
    moving.go(actor, row, StepKind.ENTERED, entered_by_id=case.entered_by, closing=case.uid)


def _apply(signed: Signed) -> None:
    """Recapitulation and SPTJM are signed: from now on the list is frozen, under a hash over its items.

    MonthWritten while a fact of the month is being saved.
    """
    actor, case = signed.actor, signed.case
    hold_closing(date.fromisoformat(case.content["month"]))  # before the list itself, as who opens lists does
    rows = PayList.objects.select_for_update(of=("self",)).select_related("opd", "run")
    row = rows.get(uid=case.content["list"])
    if (gate := _same(case, row)).verdict.stops:  # it changed before we held it
        raise GatesBlock([gate.sentence])
    moving.require_payees(actor, row)
    row.items_hash = case.content["items"]
    moving.go(
        actor, row, StepKind.SIGNED, state=PathState.VERIFIED, bound=binding.bound(row, actor.name),
        basis=signed.basis, signed_by_id=actor.user_id, items_hash=row.items_hash,
    )  # fmt: skip


def _drop(actor: Actor, case: Case, _answer: Answer | None) -> None:
    """Back to the clerk, with the reason; nothing where another act has changed the list, and told so."""
    row = PayList.objects.select_for_update(of=("self",)).filter(closing=case.uid).first()
    if row is not None:
        why = case.why or _TAKEN_BACK
        moving.go(actor, row, StepKind.REOPENED, note=why, entered_by_id=None, closing=None)
        filling.add_up([row.pk])


CLOSING = Kind(
    code=CODE,
    title="Penutupan daftar pembayaran",
    steps=_steps,
    gates=_gates,
    tell=_tell,
    reads=policies.LISTS,
    require=_require,
    asks=frozenset({policies.SIGN}),
    check=_check,
    reserve=_reserve,
    apply=_apply,
    drop=_drop,
    batch=True,
    two="a third person, of the personnel agency, checks the signed list before it can be submitted",
    public=frozenset({"list", "reference", "month", "unit", "sort", "people", "gross", "net", "items"}),
)

"""Who decides a request, by the law and by the region's delegation."""

from __future__ import annotations

from datetime import date

from pamong.law.career import Cited
from pamong.law.engine.plan import Law
from pamong.law.leave.rules import find, rule
from pamong.law.leave.values import UNPAID, Named

_NUMBER = "{nomor}/CUTI/{tahun}"
_OR_AUTHORISED = "ppk_atau_kuasa"  # the PPK, or whom he empowers for it


def decides(
    law: Law, status: str, kind: str, on: date, *, post: str, unit: str, abroad: bool = False
) -> Named | None:
    """The office that decides somebody's leave, as *camat*; None where no rule or delegation says.

    `post` is the applicant's office where the delegation names it (*sekda*, *kepala_opd*, *lurah* ...), else
    the kind of his post (*administrator*, *jf*, *pelaksana* ...); `unit` is *sekretariat*, *opd*, *kecamatan*
    or *kelurahan*. What the law keeps with the PPK goes past the delegation; leave abroad of a
    status of which no rule was read gives None.
    """
    kept = _kept(law, status, kind, on, abroad)
    if kept is not None:
        head = find(law, "leave_power_office", on)
        return None if head is None else Named(str(head.value), kept, kept.value == _OR_AUTHORISED)
    if abroad:
        return None
    parameter = law.by_name.get("leave_decider")
    table = find(law, "leave_decider", on)
    office = table.value.get((post, unit)) if table else None
    if table is None or parameter is None or office is None:
        return None
    return Named(str(office), Cited(office, parameter, table.dated), delegable=True)


def decider_above(law: Law, office: str, on: date) -> Named | None:
    """The office that decides in place of another, whose holder is the applicant himself."""
    found = find(law, "leave_decider_above", on, office)
    return None if found is None else Named(str(found.value), found, delegable=True)


def number_format(law: Law, on: date) -> str:
    """How a region writes the number of a leave, with ``{nomor}`` and ``{tahun}``; ours where it says
    nothing."""
    found = find(law, "leave_order_number", on)
    return _NUMBER if found is None else str(found.value)


def needs_consent(law: Law, status: str, kind: str, on: date) -> Cited[str] | None:
    """Who outside must agree before the decision: the head of BKN for unpaid leave."""
    return rule(law, "unpaid_consent", status, on) if kind == UNPAID else None


def _kept(law: Law, status: str, kind: str, on: date, abroad: bool) -> Cited[object] | None:
    """The rule that keeps a decision with the PPK."""
    undelegable = rule(law, "leave_undelegable", status, on)
    if undelegable is not None and kind in undelegable.value:
        return undelegable
    return rule(law, "leave_abroad", status, on) if abroad else None

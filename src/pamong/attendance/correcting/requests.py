"""A request to correct a day of presence as a kind of decision: the employee asks, the seat above him signs.

No punch is ever edited: what was agreed to is added. A refusal is appealed once, by a request of the same
kind that names it and goes to the seat above the one that refused. The personnel office answers where there
is no seat above.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from pamong.access import policies as access
from pamong.access.errors import NotAllowed
from pamong.attendance import choices, policies
from pamong.attendance.choices import OLDEST, CorrectionState
from pamong.attendance.correcting import holding
from pamong.attendance.correcting.claims import (
    claim_of,
    day_of,
    instants_of,
    require_fit,
    told_claim,
    words_of,
)
from pamong.attendance.correcting.days import last_day
from pamong.attendance.correcting.paid import is_paid
from pamong.attendance.correcting.reading import Answered, answered, is_serving, unit_of
from pamong.attendance.errors import ClaimAhead, CorrectionNotFound, DayTooOld, NotRefused
from pamong.attendance.models import Attachment
from pamong.attendance.queries.days import zone_on
from pamong.attendance.services.attaching import own_attachment
from pamong.attendance.site import end_of
from pamong.attendance.vouches import taps_of
from pamong.decisions.choices import Part, Verdict
from pamong.decisions.queries import own_seat, seat_above
from pamong.decisions.site import site_law
from pamong.decisions.types import Address, Case, Gate, Kind, Line, Step, Told
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date, format_month, format_weekday, local_date


def _require(actor: Actor, case: Case) -> None:
    """One asks for oneself."""
    access.require(actor, policies.ASK)
    if case.person_id is None or case.person_id != actor.person_id:
        raise NotAllowed("Koreksi presensi diajukan oleh pegawai yang bersangkutan dengan akunnya sendiri.")


def _check(case: Case, content: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the form says, with the zone of the place where he works on that day. An appeal says the same as
    what it is about, and why. ``ReasonMissing``, ``ClaimMissing``, ``ClaimBackwards``,
    ``AttachmentNotFound``; ``CorrectionNotFound``, ``NotRefused``."""
    if content.get("appeals"):
        before = _appealed(case, UUID(str(content["appeals"])))
        why = access.require_reason(str(content.get("why") or ""))
        return {**before.content, "appeals": str(content["appeals"]), "why": why}
    claim, on = claim_of(content), day_of(content)
    require_fit(claim)
    file = str(content.get("attachment") or "")
    own_attachment(case.entered_by or 0, UUID(file) if file else None)
    return {
        "on": on.isoformat(), "zone": zone_on(case.person_id or 0, on, content["zone"]), **told_claim(claim),
        "reason": access.require_reason(str(content.get("reason") or "")), "attachment": file,
        "appeals": "", "why": "",
    }  # fmt: skip


def _appealed(case: Case, uid: UUID) -> Answered:
    """The request that an appeal is about: one's own, refused, and no appeal itself. That holds for good;
    that it is appealed once, a unique key holds."""
    before = answered(uid)
    if before is None or before.person != case.person_id:
        raise CorrectionNotFound
    if before.state != CorrectionState.REFUSED.value or before.again:
        raise NotRefused
    return before


def _before(case: Case) -> Answered | None:
    uid = case.content["appeals"]
    return answered(UUID(uid)) if uid else None


def _steps(case: Case) -> Sequence[Step]:
    address = _address(case)
    title = "Atasan langsung" if address.seat is not None else "Petugas kepegawaian"
    if case.content["appeals"]:
        title = "Atasan berikutnya" if address.seat is not None else "Petugas kepegawaian lain"
    return (Step("answer", Part.SIGN, title, address, until=end_of(last_day(site_law(), case.on))),)


def _address(case: Case) -> Address:
    """The seat above his own, for an appeal above the one that refused; else the personnel office."""
    own, before = own_seat(case.person_id or 0, case.on), _before(case)
    below = before.seat if before else own
    above = seat_above(below, case.on) if below is not None else None
    if above is not None:
        return Address(seat=above)
    return Address(permission=policies.SETTLE, unit=unit_of(own, case.on) if own is not None else "")


def _bars(case: Case) -> Sequence[int]:
    """Who refused it does not answer the appeal from another seat."""
    before = _before(case)
    return () if before is None or before.by is None else (before.by,)


def _gates(case: Case) -> Sequence[Gate]:
    on = day_of(case.content)
    return (_past(case, on), _served(case, on), _month(case, on))


def _past(case: Case, on: date) -> Gate:
    """What is yet to come can't be corrected (case A-14), nor what is older than any record."""
    today, verdict, told = local_date(case.at, case.content["zone"]), Verdict.BLOCK, ""
    if on > today or any(instant > case.at for _, instant in instants_of(case.content)):
        told = str(ClaimAhead(today))
    elif on < OLDEST:
        told = str(DayTooOld(OLDEST))
    else:
        verdict, told = Verdict.ALLOW, "Yang diminta sudah terjadi, dan presensi hari itu dicatat."
    return Gate("past", "Hari", verdict, told, format_weekday(on))


def _served(case: Case, on: date) -> Gate:
    serving = is_serving(case.person_id or 0, on)
    told = "Ia bertugas pada hari itu."
    if not serving:
        told = f"Tidak ada masa kerja yang tercatat pada {format_date(on)}. Periksa tanggalnya."
    return Gate("served", "Masa kerja", Verdict.ALLOW if serving else Verdict.BLOCK, told)


def _month(case: Case, on: date) -> Gate:
    """Nothing stands in the way: who signs is to know what comes of it."""
    paid = is_paid(case.person_id or 0, on.replace(day=1))
    told = "Bulan ini belum dibayar: yang disetujui ikut dihitung."
    if paid:
        told = "Bulan ini sudah dibayar: yang disetujui menjadi selisih pada pembayaran berikutnya."
    return Gate("month", "Pembayaran", Verdict.ALLOW, told, format_month(on.year, on.month))


def _tell(case: Case) -> Told:
    on, said = day_of(case.content), words_of(case.content)
    title = f"{'Banding koreksi' if case.content['appeals'] else 'Koreksi'} {format_date(on)}: {said}"
    return Told(title, tuple(_lines(case, on, said)), f"/presensi/koreksi/{case.uid}/")


def _lines(case: Case, on: date, said: str) -> Iterator[Line]:
    yield Line("Hari", format_weekday(on))
    yield Line("Yang diminta", said[:1].upper() + said[1:])
    yield Line("Alasan", case.content["reason"])
    taps = taps_of([(case.person_id or 0, on)]).get((case.person_id or 0, on), ())
    times = ", ".join(f"{at:%H.%M}" + (f" ({vouch.label})" if vouch else "") for at, vouch in taps)
    told = f"Tercatat: {times}." if times else "Tidak ada presensi yang tercatat hari itu."
    yield Line("Catatan hari itu", told)
    if uid := case.content["attachment"]:
        name = Attachment.objects.filter(uid=uid).values_list("name", flat=True).first()
        yield Line("Bukti", name or "berkas", f"/presensi/koreksi/bukti/{uid}/")
    if before := _before(case):
        yield Line("Jawaban yang dibanding", f"{before.name}, {before.office}: {before.reason}")
        yield Line("Alasan banding", case.content["why"])


CORRECTION = Kind(
    code=choices.CORRECTION,
    title="Koreksi presensi",
    steps=_steps,
    gates=_gates,
    tell=_tell,
    reads=policies.SETTLE,
    require=_require,
    asks=frozenset({policies.SETTLE}),
    bars=_bars,
    check=_check,
    reserve=holding.reserve,
    apply=holding.hold,
    drop=holding.let_go,
    batch=True,
    two="he tells of his own day, what machines recorded stands beside it, and a refusal can be appealed",
)

"""Unpaid leave (CLTN) beyond presence: he leaves his post and stands outside of it until the leave ends.

The law takes the post and gives none back (PP 11/2017, Pasal 335): what a leave that ends earlier restores is
his standing alone. A post is his again by an appointment, or where the leave is taken back as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pamong.decisions.choices import Verdict
from pamong.decisions.queries import seat_label_of
from pamong.decisions.site import site_law
from pamong.decisions.types import Case, Gate, Signed
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date
from pamong.kernel.period import Period
from pamong.law import leave as law
from pamong.law.engine.plan import Law
from pamong.law.leave import UNPAID
from pamong.leave.applicants import Facts
from pamong.leave.gates import cited
from pamong.leave.models import LeaveEntry
from pamong.ledger.choices import PaperState
from pamong.ledger.sql import fetch
from pamong.people import services as people
from pamong.people.services import reading

# As SIASN's export names them; the second is the leave that goes on after the first.
STANDING, EXTENDED = "CLTN", "Perpanjangan CLTN"
_POSTS = """
SELECT seat_id, lower(period) FROM people_appointment WHERE person_id = %(person)s AND superseded_at IS NULL
  AND kind <> 'return_right' AND period && daterange(%(first)s, %(until)s) ORDER BY period, id
"""
_STANDING = """
SELECT standing FROM people_employment WHERE person_id = %(person)s AND superseded_at IS NULL
  AND period @> %(on)s::date
"""
_BEFORE = """
SELECT standing FROM people_employment WHERE person_id = %(person)s AND superseded_at IS NULL
  AND lower(period) < %(on)s::date AND standing <> ALL(%(unpaid)s) ORDER BY period DESC LIMIT 1
"""
_GRANTED = [PaperState.VERIFIED.value, PaperState.REPLACED.value]
_BUILT = "Kedudukan atau jabatannya sudah berubah lagi sesudahnya. Batalkan perubahan yang lebih baru dulu."
_POST = "Jabatan"


def begin(signed: Signed, days: Period) -> None:
    """Let the standing hold for the days of the leave, and every post end with the day before them."""
    case, content = signed.case, signed.case.content
    if content["leave"] != UNPAID or days.end is None:
        return
    person = case.person_id or 0
    uid = reading.uids_of([person])[person]
    before = _standing(person, days.start - timedelta(days=1))
    people.put_decided(
        actor=signed.actor, at=case.at, basis=signed.basis, person=uid, subject="employment", on=days.start,
        until=days.end,
        values={
            "standing": EXTENDED if before in (STANDING, EXTENDED) else STANDING,
            "order_no": signed.number, "order_on": signed.dated_on,
        },
    )  # fmt: skip
    if law.find(site_law(), "unpaid_leaves_post_pns", days.start) is not None:
        people.leave_posts_decided(
            actor=signed.actor, at=case.at, basis=signed.basis, person=uid, on=days.start
        )


def cut(signed: Signed, entry: LeaveEntry, until: date) -> None:
    """A leave that ends earlier gives the standing back from then on; one that holds not at all is undone
    with its posts. ``BuiltUpon``."""
    basis = basis_of(entry)
    if entry.kind != UNPAID or basis is None:
        return
    uid = reading.uids_of([entry.person_id])[entry.person_id]
    if until <= entry.period.lower:
        people.undo_decided(actor=signed.actor, at=signed.case.at, basis=basis, by=signed.basis, person=uid)
        return
    people.put_decided(
        actor=signed.actor, at=signed.case.at, basis=signed.basis, person=uid, subject="employment",
        on=until, until=entry.period.upper,
        values={"standing": _before(entry)},
    )  # fmt: skip


def stuck(entry: LeaveEntry) -> str:
    """What keeps an unpaid leave from being undone as a whole: a post that another has by now, or a later
    change of what it did; '' for nothing."""
    basis = basis_of(entry)
    if entry.kind != UNPAID or basis is None:
        return ""
    taken = people.taken_since(basis=basis)
    if taken is not None:
        return (
            f"Jabatannya sudah diisi orang lain mulai {format_date(taken)}. Cuti ini hanya dapat diakhiri "
            "lebih awal; jabatan yang lain diberikan dengan keputusan pengangkatan."
        )
    nobody = Actor(None, None, "", (), entry.period.lower)
    return _BUILT if people.is_built_upon(actor=nobody, basis=basis) else ""


def basis_of(entry: LeaveEntry) -> int | None:
    """On what an unpaid leave took standing and posts: the decision that granted it; None for one that an
    office entered, which touches neither."""
    granted = LeaveEntry.objects.filter(
        document=entry.document, decision=entry.document, state__in=_GRANTED
    ).first()
    return granted.basis_id if granted else None


def gates(rules: Law, case: Case, facts: Facts) -> Iterator[Gate]:
    """What a request does to the post, and what he meets when it ends."""
    content = case.content
    first, last = date.fromisoformat(content["first"]), date.fromisoformat(content["last"])
    found = law.find(rules, "unpaid_leaves_post_pns", first) if content["leave"] == UNPAID else None
    if found is None:
        return
    until = last + timedelta(days=1)
    posts = fetch(_POSTS, {"person": facts.person_id, "first": first, "until": until})
    begins = min((since for _seat, since in posts if since >= first), default=None)
    if begins is not None:
        text = (
            f"Ada jabatan yang mulai {format_date(begins)}, dalam masa cuti ini. Batalkan pengangkatan itu "
            "dulu, atau pilih hari lain."
        )
        yield Gate("post", _POST, Verdict.BLOCK, text, **cited(found))
    elif posts:
        named = ", ".join(filter(None, (seat_label_of(seat, first) for seat, _since in posts)))
        text = (
            f"Diberhentikan dari jabatan {named} mulai {format_date(first)}; jabatannya kosong dan harus "
            "diisi."
        )
        yield Gate("post", _POST, Verdict.ALLOW, text, **cited(found))
    yield from _return(rules, first)


def ending_gates(rules: Law, entry: LeaveEntry, until: date) -> Iterator[Gate]:
    """What stands in the way of an earlier end, and what it does not bring back."""
    if entry.kind != UNPAID or basis_of(entry) is None:
        return
    if until <= entry.period.lower:
        told = stuck(entry)
        verdict = Verdict.BLOCK if told else Verdict.ALLOW
        yield Gate("post", _POST, verdict, told or "Kedudukan dan jabatannya berlaku lagi seperti semula.")
        return
    consent = law.find(rules, "unpaid_return_consent_pns", until)
    if consent is not None:
        text = (
            f"Pengaktifan kembali perlu persetujuan {consent.value}. Tulis nomor dan tanggal suratnya. "
            "Jabatannya tidak kembali dengan sendirinya."
        )
        yield Gate("return", "Sesudah cuti", Verdict.WARN, text, **cited(consent))


def _return(rules: Law, first: date) -> Iterator[Gate]:
    months = law.find(rules, "unpaid_report_months_pns", first)
    consent = law.find(rules, "unpaid_return_consent_pns", first)
    if months is not None and consent is not None:
        text = (
            f"Sesudahnya ia melapor tertulis paling lama {months.value} bulan dan diaktifkan kembali dengan "
            f"persetujuan {consent.value}. Jabatan diberikan dengan keputusan pengangkatan."
        )
        yield Gate("return", "Sesudah cuti", Verdict.ALLOW, text, **cited(months))


def _before(entry: LeaveEntry) -> str:
    """How he stood before this leave and any that it goes on from."""
    asked = {"person": entry.person_id, "on": entry.period.lower, "unpaid": [STANDING, EXTENDED]}
    return str(fetch(_BEFORE, asked)[0][0])


def _standing(person: int, on: date) -> str:
    found = fetch(_STANDING, {"person": person, "on": on})
    return str(found[0][0]) if found else ""

"""Whose turns a raise or a delay takes: the personnel office checks, the office of the table signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pamong.career import policies
from pamong.career.contents import as_day
from pamong.career.subject import seat_and_level
from pamong.decisions.choices import PLAIN, Part, Verdict
from pamong.decisions.policies import APPOINT
from pamong.decisions.site import site_law
from pamong.decisions.types import Address, Case, Gate, Step
from pamong.law import kgb
from pamong.law.career import Cited
from pamong.organisation.queries import find_office_seat
from pamong.people.queries.rows import find_row

_CHECK_DAYS, _SIGN_DAYS = 5, 5
# The head of government sits in no seat, and answers by his permission.
_HEAD_OF_GOVERNMENT = frozenset({"wali_kota", "bupati", "gubernur", "ppk"})
_NAMES = {
    "sekda": "sekretaris daerah",
    "kepala_opd": "kepala perangkat daerah",
    "kepala_bkpsdm": "kepala badan kepegawaian",
}


@dataclass(frozen=True, slots=True)
class Signer:
    """The office that signs by the region's table (None: no row of it), and its address."""

    named: Cited[str] | None
    address: Address


def find_signer(case: Case, document: str) -> Signer:
    """Who signs a document about the person of a case, by the level of his post on the day; of who has left,
    by the post that he had when it took effect."""
    person, then = case.person_id or 0, as_day(case.content.get("effective_on", ""))
    seat, level = seat_and_level(person, case.on)
    if seat is None and then is not None and then < case.on:
        seat, level = seat_and_level(person, then)
    named = kgb.signer(site_law(), document, level, case.on)
    if named is None or seat is None:
        return Signer(named, Address())
    if named.value in _HEAD_OF_GOVERNMENT:
        return Signer(named, Address(permission=APPOINT))
    return Signer(named, Address(seat=find_office_seat(office=named.value, seat=seat, on=case.on)))


def steps_of(case: Case, document: str) -> Sequence[Step]:
    """The check, also of what no register here holds, and the signature."""
    subject = find_row(case.person_id or 0, case.on)
    desk = Address(permission=policies.PREPARE, unit=subject.unit_code if subject else "")
    return (
        Step("check", Part.VERIFY, "Pemeriksaan data dan berkas", desk, PLAIN, _CHECK_DAYS),
        Step("sign", Part.SIGN, "Tanda tangan", find_signer(case, document).address, PLAIN, _SIGN_DAYS),
    )


def signer_gate(case: Case, document: str) -> Gate:
    """Whether the region's table and its posts say who signs."""
    found, title = find_signer(case, document), "Pejabat yang menandatangani"
    if found.named is None or not found.address.found:
        text = (
            "Belum diketahui siapa yang menandatangani: lengkapi jabatan pegawainya, tabel penanda tangan, "
            "atau jabatan kepala unitnya."
        )
        return Gate("signer", title, Verdict.UNKNOWN, text)
    office, cited = _NAMES.get(found.named.value, found.named.value.replace("_", " ")), found.named
    return Gate(
        "signer", title, Verdict.ALLOW, f"Ditandatangani oleh {office}.", office, "", cited.citation.text,
        cited.citation.link, cited.evidence.value,
    )  # fmt: skip

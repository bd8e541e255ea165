"""Whom each row is about: by NIP; else somebody with the same NIK, or the same name and birth date, may be
the one, and a person decides. Two rows of a file for one person are both told, and neither is believed; where
a decision made them one person, it is asked for again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pamong.interop.imports.plans import RowPlan
from pamong.interop.imports.register import birth_of
from pamong.people import bulk
from pamong.people.bulk import Match
from pamong.people.choices import TwinDecision

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Decided:
    """What somebody decided about a row with this NIP: the person it is about, None for somebody new."""

    decision: TwinDecision
    person: int | None
    by: str


def match_register(plans: Sequence[RowPlan], decided: Mapping[str, Decided]) -> dict[str, int]:
    """Say of each row whom it is about. Returns the NIK that are known, with the person of each."""
    _tell_doubles(plans, by_nip(plans))
    match = bulk.find_matches(
        [plan.said["nip"] for plan in plans],
        [plan.said["nik"] for plan in plans if plan.said["nik"]],
        [birth_of(plan.said) for plan in plans],
    )
    for plan in plans:
        _whose(plan, match, decided.get(plan.said["nip"]))
    _tell_same_person(plans)
    return dict(match.by_nik)


def by_nip(plans: Sequence[RowPlan]) -> Mapping[str, int]:
    """The persons behind the NIP of rows."""
    return bulk.find_matches([plan.said["nip"] for plan in plans]).by_nip


def match_by_nip(plans: Sequence[RowPlan], column: str) -> None:
    """Say of each row whom it is about; a NIP that nobody has keeps it out."""
    known = by_nip(plans)
    for plan in plans:
        plan.person = known.get(plan.said["nip"])
        if plan.person is None:
            text = "belum ada di data kepegawaian. Impor data ASN dulu, atau periksa nomornya"
            plan.tell("nip_unknown", column, text, "block", plan.said["nip"])


def _whose(plan: RowPlan, match: Match, decided: Decided | None) -> None:
    plan.person = match.by_nip.get(plan.said["nip"])
    if plan.person is not None:
        return
    nik = plan.said["nik"]
    if nik and nik in match.by_nik:
        plan.twins, plan.why = (match.by_nik[nik],), "nik"
    elif found := match.by_birth.get(birth_of(plan.said)):
        plan.twins, plan.why = found, "name"
    if not plan.twins or decided is None:
        return
    if decided.decision is TwinDecision.SAME and decided.person not in plan.twins:
        text = "keputusan 'orang yang sama' tidak berlaku lagi, karena datanya sudah lain. Putuskan lagi"
        plan.tell("decision_void", "NIP", text)
        plan.ask_again()
        return
    plan.decision, plan.decided_by = decided.decision.value, decided.by
    plan.person = decided.person


def _tell_same_person(plans: Sequence[RowPlan]) -> None:
    """Rows of one file that are about one known person, by old and new NIP or because somebody decided so:
    all stay out. Decisions among them are asked for again."""
    for doubles in _groups(plans, lambda plan: plan.person):
        decided = [plan for plan in doubles if plan.decision]
        for plan in doubles:
            others = _lines(doubles, plan)
            if plan.decision:
                text = (
                    f"diputuskan tentang pegawai yang sama dengan baris {others}. Putuskan lagi baris ini, "
                    "atau sisakan satu baris, lalu impor lagi"
                )
            elif decided:
                text = (
                    f"baris {_lines(decided, plan)} diputuskan tentang pegawai yang sama. Putuskan lagi "
                    "baris itu, atau sisakan satu baris, lalu impor lagi"
                )
            else:
                text = (
                    f"tentang pegawai yang sama dengan baris {others}, yang ber-NIP lain. Sisakan satu baris"
                )
            plan.tell("person_twice", "NIP", text, "block", str(plan.said["nip"]))
        for plan in decided:
            plan.ask_again()


def _lines(plans: Sequence[RowPlan], but: RowPlan) -> str:
    """The lines of other rows, the first ones of many."""
    others = [str(plan.line) for plan in plans if plan is not but]
    rest = f" dan {len(others) - _SHOWN} baris lain" if len(others) > _SHOWN else ""
    return ", ".join(others[:_SHOWN]) + rest


def _tell_doubles(plans: Sequence[RowPlan], known: Mapping[str, int]) -> None:
    """Rows of one file that are about one person, as far as one can see: both stay out.

    Two NIP that belong to two persons already, or two NIK, tell two people apart.
    """
    for column, value_of in (("NIK", _nik), ("NAMA", _birth)):
        for doubles in _groups(plans, value_of):
            persons = {known.get(plan.said["nip"]) for plan in doubles}
            niks = {plan.said["nik"] for plan in doubles} - {None}
            if None not in persons and len(persons) == len(doubles):
                for plan in doubles:
                    plan.nik_shared = plan.nik_shared or column == "NIK"
                continue
            if column == "NAMA" and len(niks) == len(doubles):
                continue
            for plan in doubles:
                what = "NIK" if column == "NIK" else "nama dan tanggal lahir"
                text = (
                    f"{what} sama dengan baris {_lines(doubles, plan)} yang ber-NIP lain, mungkin "
                    "satu orang. Sisakan satu baris, atau betulkan NIK-nya"
                )
                plan.tell("person_twice", column, text, "block", str(plan.said["nip"]))


def _nik(plan: RowPlan) -> Any:
    return plan.said["nik"]


def _birth(plan: RowPlan) -> Any:
    return birth_of(plan.said)


def _groups(plans: Iterable[RowPlan], value_of: Callable[[RowPlan], Any]) -> Iterable[list[RowPlan]]:
    found: dict[Any, list[RowPlan]] = {}
    for plan in plans:
        if plan.blocked:
            continue
        value = value_of(plan)
        if value is not None:
            found.setdefault(value, []).append(plan)
    return [plans for plans in found.values() if len(plans) > 1]

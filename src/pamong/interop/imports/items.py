"""Diplomas and relatives: each row of a file is one thing of a person, found again by what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from pamong.interop.imports.comparing import differing, folded, weave_as_of
from pamong.interop.imports.plans import RowPlan
from pamong.kernel.ids import uuid7
from pamong.kernel.timeline import Row
from pamong.people.bulk import Strand
from pamong.people.choices import Relation

_DIPLOMA: Mapping[str, Any] = {
    "level": "", "programme": "", "school": "", "graduated_on": None, "graduated_year": None,
    "diploma_no": "", "front_title": "", "back_title": "",
}  # fmt: skip
_RELATIVE: Mapping[str, Any] = {
    "relation": "", "name": "", "sex": "", "birth_date": None, "nik": None, "occupation": "",
    "relative_id": None, "entitled": False, "married_on": None,
}  # fmt: skip
_LAST_DAY = (12, 31)


def weave_diploma(plan: RowPlan, on: date, said: Mapping[str, Any]) -> None:
    """A diploma, found again by level, programme and year; it holds from graduation on. Unverified."""
    told = {name: said[name] for name in _DIPLOMA if name in said}
    year = told.get("graduated_year")
    since = told.get("graduated_on") or (date(year, *_LAST_DAY) if year else on)
    strand = _find(plan, "education", lambda row: _same_diploma(row, told))
    _weave_item(plan, "education", strand, min(since, on), on, told, _DIPLOMA)
    if not plan.threads[-1].empty and _is_number_taken(plan, strand, folded(told.get("diploma_no"))):
        text = "nomor ijazah ini sudah tercatat pada pendidikan lain pegawai ini. Periksa"
        plan.tell("diploma_again", "NOMOR IJAZAH", text, value=told["diploma_no"])


def weave_relative(plan: RowPlan, on: date, said: Mapping[str, Any], niks: Mapping[str, int]) -> None:
    """A relative, found again by relation, name and birth date: a child from birth, a spouse since the
    wedding, others from the file's date. ``niks``: persons in service by their NIK; one of them is linked."""
    told = {name: said[name] for name in _RELATIVE if name in said}
    linked = niks.get(said["nik"] or "")
    if linked is not None and linked != plan.person:
        told["relative_id"] = linked
    since = {
        Relation.CHILD.value: told.get("birth_date"),
        Relation.SPOUSE.value: told.get("married_on"),
    }.get(told["relation"])
    strand = _find(plan, "relative", lambda row: _same_relative(row, told))
    _weave_item(plan, "relative", strand, min(since or on, on), on, told, _RELATIVE)


def _weave_item(
    plan: RowPlan,
    subject: str,
    strand: Strand | None,
    since: date,
    on: date,
    told: Mapping[str, Any],
    blanks: Mapping[str, Any],
) -> None:
    thread = plan.thread(subject, strand, {"item": uuid7()})
    if strand is None:
        thread.weave.change(
            since, {**blanks, **{name: told[name] for name in told if told[name] is not None}}
        )
        return
    day = on if thread.weave.at(on) else strand.rows[-1].period.start
    weave_as_of(plan, thread, day, told, blanks, "front_title", "back_title")


def _find(plan: RowPlan, subject: str, fits: Callable[[Row], bool]) -> Strand | None:
    strands = plan.record.get(subject, ())
    return next((strand for strand in strands if any(fits(row) for row in strand.rows)), None)


def _is_number_taken(plan: RowPlan, own: Strand | None, number: Any) -> bool:
    """Whether another diploma of the person has the same number."""
    others = [strand for strand in plan.record.get("education", ()) if strand is not own]
    return bool(number) and any(
        folded(row.values["diploma_no"]) == number for strand in others for row in strand.rows
    )


def _same_diploma(row: Row, told: Mapping[str, Any]) -> bool:
    """Level, programme and year; what one of both leaves open does not tell two apart."""
    if folded(row.values["level"]) != folded(told["level"]):
        return False
    return not any(
        row.values[name] and folded(row.values[name]) != folded(told.get(name))
        for name in ("programme", "graduated_year")
        if told.get(name)
    )


def _same_relative(row: Row, told: Mapping[str, Any]) -> bool:
    names = {name: told[name] for name in ("relation", "name")}
    if differing(row.values, names):
        return False
    born, theirs = row.values["birth_date"], told.get("birth_date")
    return born is None or theirs is None or born == theirs

"""What an order says: the kind's own words, and what the framework knows of office, signer and answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings

from pamong.decisions import models
from pamong.decisions.choices import Answer, Part, Reach
from pamong.decisions.errors import PaperIncomplete
from pamong.decisions.sql import Letterhead, Official, letterhead_of, official_of, seat_labels
from pamong.decisions.types import Case, Gate, Paper
from pamong.documents.template_hash import fields_of, missing_in
from pamong.kernel.canonical import canonical_json, sha256_hex
from pamong.law.career import pangkat_name
from pamong.law.national import national

_CITY = "Kota "
_REGIONS = (_CITY, "Kabupaten ", "Provinsi ")
# Given only when the order is numbered; a template may take them for granted.
GIVEN = ("number", "dated_on")


@dataclass(frozen=True)
class Writing:
    """All that an order is written from: who signed it, from where, and what the gates said then."""

    row: models.Decision
    case: Case
    act: models.StepAct
    gates: Sequence[Gate]

    @cached_property
    def letterhead(self) -> Letterhead:
        """Government and office; read once, several fields are made of it."""
        return letterhead_of(self.act.seat_id, self.case.on)


def content_of(paper: Paper, writing: Writing) -> dict[str, Any]:
    """What an order says, but for number and date. ``PaperIncomplete`` where the template needs more."""
    own = {"title": paper.title, **paper.content(writing.case)}
    named = {field.path.partition(".")[0] for field in fields_of(paper.template)}
    common = {name: _COMMON[name](paper, writing) for name in sorted(named & _COMMON.keys() - own.keys())}
    content = {**common, **own} if named else dict(paper.content(writing.case))
    if "bases" in named:
        content["bases"] = _bases(own.get("bases", ()), writing.gates)
    missing = missing_in(paper.template, content)
    if missing:
        raise PaperIncomplete(paper.template, [(field.path, field.title) for field in missing])
    return content


def content_hash(content: Mapping[str, Any]) -> str:
    """The SHA-256 by which the log is committed to an order's content."""
    return sha256_hex(canonical_json(content))


def head_of(paper: Paper, content: Mapping[str, Any]) -> dict[str, str]:
    """What whoever scans the code may read."""
    return {name: content[name] for name in paper.opens if isinstance(content.get(name), str)}


def _bases(own: Sequence[str], gates: Sequence[Gate]) -> list[str]:
    """The kind's legal bases, then the articles by which the gates judged, each once."""
    return list(dict.fromkeys([*own, *(gate.article for gate in gates if gate.article)]))


def _region(_paper: Paper, writing: Writing) -> str:
    name = writing.letterhead.government
    return f"Pemerintah {name}" if name.startswith(_REGIONS) else name


def _place(_paper: Paper, writing: Writing) -> str:
    """Where it is given: what the site says, else the city's own name; of a regency nobody knows."""
    name = writing.letterhead.government.removeprefix("Pemerintah ")
    return str(settings.PAMONG_PLACE) or (name.removeprefix(_CITY) if name.startswith(_CITY) else "")


def _signer(paper: Paper, writing: Writing) -> dict[str, Any]:
    act, on = writing.act, writing.case.on
    who = official_of(act.person_id, on) if act.person_id else Official(act.name, "", "")
    return {
        "lines": _lines(paper.behalf(writing.case), writing), "name": who.name or act.name, "nip": who.nip,
        "rank": rank_words(who.golongan, on),
    }  # fmt: skip


def _lines(behalf: str, writing: Writing) -> list[str]:
    """The office above the name: *a.n.* in whose name, and *u.b.* where it was passed on once more."""
    act = writing.act
    above = [f"a.n. {behalf}"] if behalf else []
    if act.reach != Reach.DELEGATED.value:
        return [*above, act.office]
    labels = seat_labels([act.seat_id] if act.seat_id else [], writing.case.on)
    other = labels.get(act.seat_id or 0, "")
    own = act.office.partition(" (")[2].removesuffix(")")
    return [*above, other, "u.b.", own] if behalf else [f"a.n. {other}", own]


def rank_words(golongan: str, on: date) -> str:
    """``Penata Muda (III/a)``; ``Golongan IX`` where it has no name; '' for none."""
    if not golongan:
        return ""
    named = pangkat_name(national(), golongan, on)
    return f"{named.value} ({golongan})" if named else f"Golongan {golongan}"


def _ticked(part: Part, writing: Writing) -> list[list[Any]]:
    """The four answers of the form, with the one that was given in a part."""
    act = _act(part, writing)
    return [[answer.label, act is not None and act.answer == answer.value] for answer in Answer]


def _act(part: Part, writing: Writing) -> models.StepAct | None:
    return writing.row.acts.filter(part=part.value).order_by("place").last()


def _answered_by(part: Part, writing: Writing) -> list[list[str]]:
    act = _act(part, writing)
    if act is None:
        return []
    who = official_of(act.person_id, writing.case.on) if act.person_id else Official(act.name, "", "")
    return [["Jabatan", act.office], ["Nama", who.name or act.name], ["NIP", who.nip]]


def _reason(part: Part, writing: Writing) -> str:
    act = _act(part, writing)
    return act.reason if act else ""


_COMMON: dict[str, Callable[[Paper, Writing], Any]] = {
    "region": _region,
    "unit": lambda _paper, writing: writing.letterhead.unit,
    "address": lambda _paper, writing: writing.letterhead.address,
    "place": _place,
    "signer": _signer,
    "opinion": lambda _paper, writing: _ticked(Part.OPINE, writing),
    "opinion_by": lambda _paper, writing: _answered_by(Part.OPINE, writing),
    "checked_by": lambda _paper, writing: _answered_by(Part.VERIFY, writing),
    "opinion_reason": lambda _paper, writing: _reason(Part.OPINE, writing),
    "decision": lambda _paper, writing: _ticked(Part.SIGN, writing),
    "decision_reason": lambda _paper, writing: _reason(Part.SIGN, writing),
}

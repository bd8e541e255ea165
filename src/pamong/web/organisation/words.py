"""Words and tones for units and seats: how a seat stands, what became of a unit, what a step does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pamong.kernel.clock import format_date
from pamong.organisation.choices import ProposalState, ReorganisationState, SeatState, Step, UnitKind
from pamong.organisation.queries import LineageRow, Origin
from pamong.organisation.services import Shift
from pamong.people.choices import AppointmentKind
from pamong.people.queries import Holder, SeatRow

TONES = {
    SeatState.FILLED: "good",
    SeatState.ACTING: "info",
    SeatState.VACANT: "attention",
    SeatState.FROZEN: "neutral",
}
STATE_TONES = {
    ReorganisationState.DRAFT: "info",
    ReorganisationState.SCHEDULED: "good",
    ReorganisationState.WITHDRAWN: "neutral",
}
ACTING: dict[str, Any] = {AppointmentKind.PLT.value: "Plt.", AppointmentKind.PLH.value: "Plh."}
PROPOSAL_TONES = {
    ProposalState.WAITING: "attention",
    ProposalState.APPLIED: "good",
    ProposalState.REFUSED: "problem",
    ProposalState.WITHDRAWN: "neutral",
}
FACTS: dict[str, Any] = {
    "kind": gettext_lazy("Jenis unit"),
    "short_name": gettext_lazy("Nama singkat"),
    "unit_class": gettext_lazy("Tipe"),
    "is_opd": gettext_lazy("Perangkat daerah yang berdiri sendiri"),
    "job_class": gettext_lazy("Kelas jabatan"),
    "frozen": gettext_lazy("Dibekukan"),
    "note": gettext_lazy("Catatan"),
}
STEPS: dict[Step, Any] = {
    Step.CREATE: gettext_lazy("Bentuk unit baru"),
    Step.RENAME: gettext_lazy("Ganti nama unit"),
    Step.MOVE: gettext_lazy("Pindahkan ke induk lain"),
    Step.MERGE: gettext_lazy("Gabungkan beberapa unit"),
    Step.SPLIT: gettext_lazy("Pecah satu unit"),
    Step.CLOSE: gettext_lazy("Tutup unit"),
}


@dataclass(frozen=True, slots=True)
class Story:
    """One thing that became of units: when, in a sentence, by which reorganisation."""

    on: date
    text: str
    title: str
    uid: Any


def state(seat: SeatRow) -> str:
    """How a seat stands: ``Kosong sejak 1 Maret 2026``."""
    if seat.state == SeatState.VACANT.value:
        since = seat.vacant_since
        if since:
            return _("Kosong sejak %(date)s") % {"date": format_date(since)}
        return _("Belum pernah diisi")
    if seat.state == SeatState.ACTING.value:
        kinds = [ACTING[holder.kind] for holder in seat.holders if holder.kind in ACTING]
        return _("Dijabat %(kind)s") % {"kind": kinds[0]} if kinds else SeatState.ACTING.label
    return SeatState(seat.state).label


def since(seat: SeatRow) -> str:
    """What the state leaves unsaid: since when an acting one is needed, or when a seat without any holder was
    made."""
    if seat.state == SeatState.ACTING.value and seat.vacant_since:
        return _("kosong sejak %(date)s") % {"date": format_date(seat.vacant_since)}
    if seat.state != SeatState.FILLED.value and seat.vacant_since is None and seat.began:
        return _("posisi dibuat %(date)s") % {"date": format_date(seat.began)}
    return ""


def tone(seat: SeatRow) -> str:
    """The tone of how a seat stands."""
    return TONES[SeatState(seat.state)]


def post(seat: SeatRow) -> str:
    """The post with its level, once."""
    return with_level(seat.post, seat.jenjang)


def with_level(post: str, jenjang: str) -> str:
    """A post with its level, where its name does not say it: ``Dokter Ahli Muda``."""
    return f"{post} {jenjang}" if jenjang and jenjang.lower() not in post.lower() else post


def holding(holder: Holder) -> str:
    """How somebody has a seat, beside his name: '' for the regular holder."""
    if holder.kind == AppointmentKind.REGULAR.value:
        return ""
    last = format_date(holder.until - timedelta(days=1)) if holder.until else ""
    until = _("sampai %(date)s") % {"date": last} if last else ""
    kind = ACTING.get(holder.kind) or AppointmentKind(holder.kind).label
    return ", ".join(filter(None, (kind, until)))


def held(holder: Holder) -> str:
    """From when until when somebody had a seat."""
    if holder.until is None:
        return _("sejak %(date)s") % {"date": format_date(holder.since)}
    told = {"since": format_date(holder.since), "last": format_date(holder.until - timedelta(days=1))}
    return _("%(since)s sampai %(last)s") % told


def names(found: Sequence[str]) -> str:
    """``A, B, dan C``."""
    if len(found) < 2:
        return "".join(found)
    if len(found) == 2:
        return _("%(first)s dan %(last)s") % {"first": found[0], "last": found[1]}
    return _("%(first)s, dan %(last)s") % {"first": ", ".join(found[:-1]), "last": found[-1]}


def shift(found: Shift, *, new: bool) -> str:
    """A fact of a unit or a seat that differs: ``Kelas jabatan: 14 menjadi 15``; what a ``new`` one has."""
    before, after = _fact(found.name, found.before), _fact(found.name, found.after)
    told = {"what": FACTS[found.name], "before": before, "after": after}
    if new:
        return _("%(what)s: %(after)s") % told
    return _("%(what)s: %(before)s menjadi %(after)s") % told


def _fact(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if value is None or value == "":
        return _("belum ada")
    return UnitKind(value).label if name == "kind" else str(value)


def from_day(on: date) -> str:
    """``mulai 1 Januari 2027``."""
    return _("mulai %(date)s") % {"date": format_date(on)}


def origin(found: Origin) -> str:
    """Where a unit came from, in a few words: ``digabung 3 Januari 2022 dari A dan B``."""
    told = {"date": format_date(found.on), "names": names(found.names)}
    if found.step is Step.MERGE:
        return _("digabung %(date)s dari %(names)s") % told
    if found.step is Step.SPLIT:
        return _("dipecah %(date)s dari %(names)s") % told
    return _("dibentuk %(date)s") % told


def stories(rows: Sequence[LineageRow]) -> Iterator[Story]:
    """What became of units, oldest first; units of one merge or split in one sentence."""
    for _key, group in groupby(rows, key=_together):
        found = list(group)
        first = found[0]
        yield Story(first.on, _sentence(first.step, found), first.title, first.reorganisation)


def _together(row: LineageRow) -> tuple[Any, ...]:
    side = {Step.MERGE: row.new_code, Step.SPLIT: row.old_code}.get(row.step, row.old_code + row.new_code)
    return row.on, row.reorganisation, row.step, side


def _sentence(step: Step, rows: Sequence[LineageRow]) -> str:
    told = {
        "old": names(list(dict.fromkeys(row.old_name for row in rows if row.old_name))),
        "new": names(list(dict.fromkeys(row.new_name for row in rows if row.new_name))),
    }
    if step is Step.CLOSE and not told["new"]:
        return _("%(old)s ditutup.") % told
    return {
        Step.CREATE: _("%(new)s dibentuk."),
        Step.RENAME: _("%(old)s berganti nama menjadi %(new)s."),
        Step.MOVE: _("%(new)s pindah ke induk lain."),
        Step.MERGE: _("%(old)s digabung menjadi %(new)s."),
        Step.SPLIT: _("%(old)s dipecah menjadi %(new)s."),
        Step.CLOSE: _("%(old)s ditutup, dilanjutkan %(new)s."),
    }[step] % told

"""What happens in the organisation, for the ledger. Only what people write in their own words is personal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from pamong.kernel.clock import format_date
from pamong.ledger.events import Event

Values = Mapping[str, Any]
_TYPED = ("note", "reason")  # what people write in their own words, wherever it stands among values


def _bare(value: Any) -> Any:
    """A value without what people wrote in their own words."""
    if isinstance(value, Mapping):
        return {name: _bare(each) for name, each in value.items() if name not in _TYPED}
    return [_bare(each) for each in value] if isinstance(value, list | tuple) else value


def _written(value: Any) -> list[str]:
    """What people wrote in their own words, in the order in which it stands; blanks are nothing."""
    if isinstance(value, Mapping):
        own = [value[name] for name in sorted(value) if name in _TYPED and value[name]]
        return own + [text for name in sorted(value) if name not in _TYPED for text in _written(value[name])]
    return [text for each in value for text in _written(each)] if isinstance(value, list | tuple) else []


def _notes(value: Any) -> dict[str, Any]:
    found = _written(value)
    return {"notes": found} if found else {}


@dataclass(frozen=True, slots=True)
class SiteCreated(Event):
    """A place of work was entered."""

    kind: ClassVar[str] = "organisation.site_created"
    site: UUID
    code: str
    name: str
    zone: str
    on: date

    def public(self) -> Values:
        return {"site": self.site, "code": self.code, "name": self.name, "zone": self.zone, "on": self.on}

    def sentence(self) -> str:
        return f"Lokasi {self.name} dicatat mulai {format_date(self.on)}."


@dataclass(frozen=True, slots=True)
class _UnitEvent(Event):
    """Something happened to a unit from a day on; ``values`` are the facts that were set."""

    unit: UUID
    code: str
    on: date
    values: Values = field(default_factory=dict)
    reason: str = ""
    verb: ClassVar[str] = ""

    def public(self) -> Values:
        return {
            "unit": self.unit,
            "code": self.code,
            "on": self.on,
            "values": _bare(self.values),
        }

    def personal(self) -> Values:
        return ({"reason": self.reason} if self.reason else {}) | _notes(self.values)

    def data_subject(self) -> UUID | None:
        return None

    def sentence(self) -> str:
        return f"Unit {self.code} {self.verb} mulai {format_date(self.on)}."

    def link(self) -> str:
        return f"/organisasi/unit/{self.unit}"


class UnitCreated(_UnitEvent):
    """A unit begins."""

    kind: ClassVar[str] = "organisation.unit_created"
    verb: ClassVar[str] = "dibentuk"


class UnitChanged(_UnitEvent):
    """A unit has other facts from a day on."""

    kind: ClassVar[str] = "organisation.unit_changed"
    verb: ClassVar[str] = "berubah"


class UnitCorrected(_UnitEvent):
    """A row of a unit's history was wrong."""

    kind: ClassVar[str] = "organisation.unit_corrected"
    verb: ClassVar[str] = "dibetulkan"


class UnitRescinded(_UnitEvent):
    """A row of a unit's history was undone."""

    kind: ClassVar[str] = "organisation.unit_rescinded"
    verb: ClassVar[str] = "dipulihkan"


class UnitMakingRescinded(_UnitEvent):
    """That a unit was made was taken back; ``on`` is the day from which it would have stood."""

    kind: ClassVar[str] = "organisation.unit_making_rescinded"
    verb: ClassVar[str] = "batal dibentuk"


class UnitClosed(_UnitEvent):
    """A unit ends."""

    kind: ClassVar[str] = "organisation.unit_closed"
    verb: ClassVar[str] = "ditutup"


@dataclass(frozen=True, slots=True)
class PostCreated(Event):
    """A kind of job was entered."""

    kind: ClassVar[str] = "organisation.post_created"
    post: UUID
    name: str
    post_kind: str
    jenjang: str
    eselon: str

    def public(self) -> Values:
        return {
            "post": self.post,
            "name": self.name,
            "post_kind": self.post_kind,
            "jenjang": self.jenjang,
            "eselon": self.eselon,
        }

    def sentence(self) -> str:
        return f"Jabatan {self.name} dicatat."


@dataclass(frozen=True, slots=True)
class SeatsCreated(Event):
    """Seats were added to units: ``seats`` their ids, in the order of ``specs``."""

    kind: ClassVar[str] = "organisation.seats_created"
    on: date
    seats: tuple[UUID, ...]
    specs: tuple[Values, ...]

    def public(self) -> Values:
        return {"on": self.on, "seats": self.seats, "specs": _bare(self.specs)}

    def personal(self) -> Values:
        return _notes(self.specs)

    def data_subject(self) -> UUID | None:
        return None

    def sentence(self) -> str:
        return f"{len(self.seats)} posisi ditambahkan mulai {format_date(self.on)}."


@dataclass(frozen=True, slots=True)
class SeatChanged(Event):
    """A seat has other facts from a day on."""

    kind: ClassVar[str] = "organisation.seat_changed"
    seat: UUID
    on: date
    values: Values

    def public(self) -> Values:
        return {"seat": self.seat, "on": self.on, "values": _bare(self.values)}

    def personal(self) -> Values:
        return _notes(self.values)

    def data_subject(self) -> UUID | None:
        return None

    def sentence(self) -> str:
        return f"Satu posisi berubah mulai {format_date(self.on)}."


@dataclass(frozen=True, slots=True)
class SeatClosed(Event):
    """A seat ends."""

    kind: ClassVar[str] = "organisation.seat_closed"
    seat: UUID
    on: date

    def public(self) -> Values:
        return {"seat": self.seat, "on": self.on}

    def sentence(self) -> str:
        return f"Satu posisi dihapus mulai {format_date(self.on)}."


@dataclass(frozen=True, slots=True)
class SeatRescinded(Event):
    """That a seat was made was taken back; ``on`` is the day from which it would have stood."""

    kind: ClassVar[str] = "organisation.seat_rescinded"
    seat: UUID
    on: date

    def public(self) -> Values:
        return {"seat": self.seat, "on": self.on}

    def sentence(self) -> str:
        return f"Pembuatan satu posisi mulai {format_date(self.on)} dibatalkan."


@dataclass(frozen=True, slots=True)
class LinesSet(Event):
    """Seats report to others from a day on: pairs of seat and superior, None where nobody stands above."""

    kind: ClassVar[str] = "organisation.lines_set"
    on: date
    lines: tuple[tuple[UUID, UUID | None], ...]

    def public(self) -> Values:
        return {"on": self.on, "lines": self.lines}

    def sentence(self) -> str:
        return f"Garis atasan {len(self.lines)} posisi ditetapkan mulai {format_date(self.on)}."


@dataclass(frozen=True, slots=True)
class WorkloadSet(Event):
    """How many of a post a unit needs from a day on; None where it is no longer stated."""

    kind: ClassVar[str] = "organisation.workload_set"
    unit: UUID
    post: UUID
    needed: int | None
    on: date

    def public(self) -> Values:
        return {"unit": self.unit, "post": self.post, "needed": self.needed, "on": self.on}

    def sentence(self) -> str:
        return f"Kebutuhan pegawai sebuah unit ditetapkan mulai {format_date(self.on)}."


@dataclass(frozen=True, slots=True)
class ProposalEvent(Event):
    """Something happened to a proposed act. ``proposed_by`` is the reference of who proposed it: with the
    actor of the entry these are the two people. ``words``: the reason, or the answer."""

    uid: UUID
    act: str
    on: date
    proposed_by: str
    subject: UUID
    values: Values = field(default_factory=dict)
    order_no: str = ""
    words: str = ""
    verb: ClassVar[str] = ""

    def public(self) -> Values:
        return {
            "uid": self.uid, "act": self.act, "on": self.on, "proposed_by": self.proposed_by,
            "subject": self.subject, "values": _bare(self.values), "order_no": self.order_no,
        }  # fmt: skip

    def personal(self) -> Values:
        return {"words": self.words} | _notes(self.values)

    def data_subject(self) -> UUID | None:
        return None

    def sentence(self) -> str:
        return f"Usulan organisasi ({format_date(self.on)}) {self.verb}."

    def link(self) -> str:
        return f"/organisasi/usulan/{self.uid}"


class ActProposed(ProposalEvent):
    """An act waits for a second officer."""

    kind: ClassVar[str] = "organisation.proposed"
    verb: ClassVar[str] = "diajukan"


class ActApproved(ProposalEvent):
    """The second officer agreed: its rows stand on the seal whose reference is the proposal's id."""

    kind: ClassVar[str] = "organisation.approved"
    verb: ClassVar[str] = "disetujui"


class ActRefused(ProposalEvent):
    """The second officer said no, and why."""

    kind: ClassVar[str] = "organisation.refused"
    verb: ClassVar[str] = "ditolak"


class ActWithdrawn(ProposalEvent):
    """Who proposed it took it back while it waited."""

    kind: ClassVar[str] = "organisation.withdrawn"
    verb: ClassVar[str] = "ditarik"


@dataclass(frozen=True, slots=True)
class _ReorganisationEvent(Event):
    """Something happened to a reorganisation."""

    uid: UUID
    title: str
    on: date
    plan: Values = field(default_factory=dict)
    verb: ClassVar[str] = ""

    def public(self) -> Values:
        return {"uid": self.uid, "title": self.title, "on": self.on, "plan": _bare(self.plan)}

    def personal(self) -> Values:
        return _notes(self.plan)

    def data_subject(self) -> UUID | None:
        return None

    def sentence(self) -> str:
        return f"Penataan organisasi '{self.title}' ({format_date(self.on)}) {self.verb}."

    def link(self) -> str:
        return f"/organisasi/penataan/{self.uid}"


class ReorganisationDrafted(_ReorganisationEvent):
    """A plan was entered."""

    kind: ClassVar[str] = "organisation.reorganisation_drafted"
    verb: ClassVar[str] = "disusun"


class ReorganisationAdopted(_ReorganisationEvent):
    """A second person adopted the plan; it holds from its date."""

    kind: ClassVar[str] = "organisation.reorganisation_adopted"
    verb: ClassVar[str] = "ditetapkan"


class ReorganisationWithdrawn(_ReorganisationEvent):
    """The plan was withdrawn before its date."""

    kind: ClassVar[str] = "organisation.reorganisation_withdrawn"
    verb: ClassVar[str] = "dibatalkan"

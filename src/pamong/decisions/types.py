"""What a kind of decision is: its subject, its steps, its gates, its paper and its effects.

A domain above registers its kinds when the application starts (``register``). Everything here is plain
values; ``services`` asks a kind and keeps what it answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pamong.decisions.choices import PLAIN, Answer, Part, Verdict
from pamong.documents.template_hash import Field, fields_of
from pamong.kernel.actor import Actor

NO_CLOCK = 0


@dataclass(frozen=True, slots=True)
class Gate:
    """What one condition says of a case: met, needs a reason, not met, or not known.

    ``value`` is what was found and ``threshold`` what the rule asks, as texts; ``article`` and ``link`` name
    the rule, ``evidence`` how well it is known (``law.engine.evidence``).
    """

    code: str
    title: str
    verdict: Verdict
    sentence: str
    value: str = ""
    threshold: str = ""
    article: str = ""
    link: str = ""
    evidence: str = ""

    @property
    def same(self) -> tuple[str, str, str]:
        """What must not have changed between reading and signing."""
        return (self.code, self.verdict.value, self.sentence)


@dataclass(frozen=True, slots=True)
class Address:
    """Whose step it is: who sits in a seat (its id), or who holds a permission over a unit.

    ``unit`` is the code of a unit, '' for the whole government.
    """

    seat: int | None = None
    permission: str = ""
    unit: str = ""

    @property
    def found(self) -> bool:
        """Whether anybody is meant at all."""
        return self.seat is not None or bool(self.permission)


@dataclass(frozen=True, slots=True)
class Step:
    """One turn on the way to the seal. ``days``: calendar days until it is overdue; 0 for no clock.
    ``until``: the last instant in time, where the clock is no number of calendar days."""

    code: str
    part: Part
    title: str
    address: Address
    answers: tuple[Answer, ...] = PLAIN
    days: int = NO_CLOCK
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A decision as its kind sees it. ``content`` is what is decided, in JSON values without floats. ``why``:
    with which reason it ends without a seal, for ``drop``; '' otherwise."""

    uid: UUID
    kind: str
    person_id: int | None
    unit_id: int | None
    content: Mapping[str, Any]
    entered_by: int | None
    entered_person: int | None
    on: date
    at: datetime
    why: str = ""

    def with_content(self, content: Mapping[str, Any]) -> Case:
        """The same with other content."""
        return replace(self, content=content)


@dataclass(frozen=True, slots=True)
class Signed:
    """A case that was just signed: its effects happen now, in the same transaction, on this basis. ``order``
    is the uid of the order that says so; None for a kind without a paper."""

    actor: Actor
    case: Case
    basis: int
    number: str
    dated_on: date
    order: UUID | None = None


@dataclass(frozen=True, slots=True)
class Issued:
    """An order that stands, with the case that it came of: what an annulment is about. ``basis`` is the seal
    on which its effects rest (``ledger.undoing`` finds them by it)."""

    order: UUID
    number: str
    dated_on: date
    basis: int
    case: Case


@dataclass(frozen=True, slots=True)
class Line:
    """One fact of a case as its page shows it; ``link`` is the address of what shows it, '' for none."""

    label: str
    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A case in words: one line for lists, and its facts."""

    title: str
    lines: tuple[Line, ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that was handed in with a case: its name, and the hash under which the store keeps it."""

    name: str
    sha256: str


def never_late(_case: Case) -> bool:
    """A paper whose effects can't begin before it is signed."""
    return False


def in_own_name(_case: Case) -> str:
    """A paper that its signer signs in the name of his own office."""
    return ""


@dataclass(frozen=True, slots=True)
class Paper:
    """The order of a kind: which register numbers it, which template prints it, and with what.

    ``number`` makes the text of a number from its place in the register and the date. ``content`` is what
    only the kind knows; region, letterhead, place, signer, legal bases of the gates and the answers of a form
    are added, as far as the template names them (``documents.template_hash``). What a template needs and does
    not get keeps the decision from being signed. ``opens``: fields of the content that whoever scans the code
    may read; never an amount, a NIK or the ground of a case. ``behalf``: in whose name it is signed, as
    *Wali Kota Contoh*, where that is another than the signer (*a.n.*). ``late`` says whether the effects
    began before the signature.
    """

    register: str
    template: str
    title: str
    number: Callable[[int, date], str]
    content: Callable[[Case], Mapping[str, Any]]
    late: Callable[[Case], bool] = never_late
    opens: tuple[str, ...] = ("title", "about", "name")
    behalf: Callable[[Case], str] = in_own_name

    @property
    def needed(self) -> Sequence[Field]:
        """The fields without which the template can't be printed."""
        return [field for field in fields_of(self.template) if field.needed]


def nobody_later(_actor: Actor, _decision: UUID) -> bool:
    """A kind that says whom it is about when it is proposed."""
    return False


def nothing_follows(_signed: Signed) -> None:
    """A kind without effects on facts."""


def nothing_held(_case: Case) -> None:
    """A kind whose gates ask of nothing that another proposal changes."""


def nothing_reserved(_actor: Actor, _case: Case) -> None:
    """A kind that reserves nothing while it waits."""


def can_be_undone(_issued: Issued) -> str:
    """A kind of which nothing stands in the way of an annulment."""
    return ""


def nothing_attached(_case: Case) -> Attached | None:
    """A kind to which no file belongs."""
    return None


def nothing_to_undo(_actor: Actor, _case: Case, _answer: Answer | None) -> None:
    """A kind that reserved nothing while it waited."""


def nobody_else(_case: Case) -> Sequence[int]:
    """A kind of which only those are barred who are always: see ``Decision.barred``."""
    return ()


def nothing_instead(_decision: UUID) -> UUID | None:
    """A kind of which nothing is known to come in the place of what was annulled."""
    return None


def as_proposed(_case: Case, content: Mapping[str, Any]) -> Mapping[str, Any]:
    """A kind whose content needs no look."""
    return content


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of decision (for example leave).

    ``check`` makes content canonical or raises ``ContentUnfit``. ``hold`` is called before gates are looked
    at by whoever proposes or signs: what it locks, no other does so meanwhile. ``steps`` says whose turns
    there are, in order, the last of them the signature; ``gates`` what must hold, now. ``reserve`` is called
    when it begins to wait, ``apply`` lets it hold, ``drop`` is called when it ends without a seal. ``undo``
    takes back what an order of this kind did, on the basis of the annulment (None: its effects can't be
    taken back, and then it can't be annulled); ``stuck`` says in one sentence what stands in the way of that
    now, '' for nothing. ``reads`` is the permission by which others see it: over the person whom it is about,
    or over its unit; over the whole government where it has neither. ``require`` raises ``NotAllowed`` for
    who may not propose it. ``asks`` are the permissions to which its steps may be addressed. ``bars`` names
    persons who may not answer beside those who never may. ``attached`` is the file that shows what a case
    says; it opens to who proposed it, whom it is about, and who has or had a step in it, and to nobody else.
    ``batch``: whether many may be signed at once; ``batch_checks``: whether many may be checked at once.
    ``two``: why two people suffice, who proposes and who signs; '' where somebody stands between them, as
    everywhere else.
    ``automatic``: the machine may propose it by itself, so that nobody is its proposer. ``public``: fields of
    the content that stand open in the log; all others are personal. ``concerns``: whether somebody is whom a
    decision turned out to be about, of a kind that names no person when it is proposed. ``successor``: the
    decision that came in the place of one whose order was annulled, None for none.
    """

    code: str
    title: str
    steps: Callable[[Case], Sequence[Step]]
    gates: Callable[[Case], Sequence[Gate]]
    tell: Callable[[Case], Told]
    reads: str
    require: Callable[[Actor, Case], None]
    asks: frozenset[str] = field(default_factory=frozenset)
    bars: Callable[[Case], Sequence[int]] = nobody_else
    check: Callable[[Case, Mapping[str, Any]], Mapping[str, Any]] = as_proposed
    hold: Callable[[Case], None] = nothing_held
    reserve: Callable[[Actor, Case], None] = nothing_reserved
    apply: Callable[[Signed], None] = nothing_follows
    drop: Callable[[Actor, Case, Answer | None], None] = nothing_to_undo
    undo: Callable[[Signed, Issued], None] | None = None
    stuck: Callable[[Issued], str] = can_be_undone
    paper: Paper | None = None
    attached: Callable[[Case], Attached | None] = nothing_attached
    batch: bool = False
    batch_checks: bool = False
    automatic: bool = False
    two: str = ""
    public: frozenset[str] = field(default_factory=frozenset)
    concerns: Callable[[Actor, UUID], bool] = nobody_later
    successor: Callable[[UUID], UUID | None] = nothing_instead

    def at_once(self, part: Part) -> bool:
        """Whether many of this kind may be answered at once in a part."""
        return {Part.SIGN: self.batch, Part.VERIFY: self.batch_checks}.get(part, False)


_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known; once each, when the application starts."""
    _KINDS[kind.code] = kind


def kind_of(code: str) -> Kind:
    """A kind by its code. ``ValueError`` for one that nobody registered."""
    try:
        return _KINDS[code]
    except KeyError:
        raise ValueError(f"no kind of decision {code!r} is registered") from None


def kinds() -> Sequence[Kind]:
    """All kinds, by title."""
    return sorted(_KINDS.values(), key=lambda kind: kind.title)

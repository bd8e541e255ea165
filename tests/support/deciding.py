"""A kind of decision for tests, on the small city: a task that its chief weighs and the secretary signs.

Its gates say what the content says, so that a test can let them change. ``Desk`` knows the accounts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from pamong.access import queries as access
from pamong.access import services as access_services
from pamong.access.models import User
from pamong.decisions import queries, services
from pamong.decisions.choices import FOUR, Answer, Part, State, Verdict
from pamong.decisions.errors import ContentUnfit
from pamong.decisions.services.answering import Given
from pamong.decisions.sql import own_seat, seat_above
from pamong.decisions.types import Address, Case, Gate, Issued, Kind, Line, Paper, Signed, Step, Told
from pamong.kernel.actor import Actor
from pamong.people.services import link_user
from tests.support.people import AT, TODAY, People

WHY = "karena memang begitu keadaannya"
GATES: dict[str, str] = {}  # what the gates say instead of the content, while a test runs
APPLIED: list[Signed] = []
DROPPED: list[tuple[UUID, Answer | None]] = []
WHYS: list[str] = []  # with which reasons those ended
UNDONE: list[tuple[Signed, Issued]] = []
STUCK, BEHALF = [""], [""]  # what stands in the way of an annulment; in whose name it is signed


def _check(_case: Case, content: Mapping[str, Any]) -> Mapping[str, Any]:
    if not content.get("task"):
        raise ContentUnfit("Tugasnya belum diisi.", "task")
    return content


def _steps(case: Case) -> Sequence[Step]:
    seat = own_seat(case.person_id or 0, case.on)
    chief = seat_above(seat, case.on) if seat else None
    signer = seat_above(chief, case.on) if chief else None
    last = Address(seat=signer) if signer else Address(permission="decisions:appoint")
    return (
        Step("opinion", Part.OPINE, "Pertimbangan atasan langsung", Address(seat=chief), FOUR, days=3),
        Step("sign", Part.SIGN, "Keputusan", last, FOUR, days=5),
    )


def _gates(case: Case) -> Sequence[Gate]:
    said = {"rank": "allow", "age": "allow", **case.content.get("gates", {}), **GATES}
    return tuple(
        Gate(code, code.title(), Verdict(verdict), f"{code} {verdict}.", article="Pasal 1")
        for code, verdict in said.items()
    )


def _tell(case: Case) -> Told:
    return Told(f"Tugas {case.content['task']}", (Line("Tugas", case.content["task"]),))


def _require(_actor: Actor, _case: Case) -> None:
    """Anybody may ask."""


def _drop(_actor: Actor, case: Case, answer: Answer | None) -> None:
    DROPPED.append((case.uid, answer))
    WHYS.append(case.why)


def _content(case: Case) -> Mapping[str, Any]:
    task = case.content["task"]
    return {
        "about": f"Penugasan {task}", "name": "Suparman", "considering": [f"bahwa {task} perlu dikerjakan;"],
        "bases": ["Pasal 1"], "dictum": [f"Menugaskan Suparman untuk {task}."],
    } | case.content.get("paper", {})  # fmt: skip


TASK = Kind(
    code="tests.task",
    title="Tugas uji",
    steps=_steps,
    gates=_gates,
    tell=_tell,
    reads="people:read",
    require=_require,
    check=_check,
    asks=frozenset({"decisions:appoint"}),
    apply=APPLIED.append,
    drop=_drop,
    undo=lambda signed, issued: UNDONE.append((signed, issued)),
    stuck=lambda _issued: STUCK[0],
    paper=Paper(
        "tests", "order", "Surat tugas uji", lambda place, on: f"800/{place}/UJI/{on.year}", _content,
        behalf=lambda _case: BEHALF[0],
    ),
    batch=True,
    public=frozenset({"task"}),
)  # fmt: skip


@dataclass
class Desk:
    """The small city with accounts for everybody who proposes or decides."""

    people: People
    accounts: dict[str, str] = field(default_factory=dict)

    def actor(self, who: str, on: date = TODAY) -> Actor:
        """Who sits there, by his key in the city, or an account of the city by its name."""
        return access.actor_for(User.objects.get(username=self.accounts.get(who, who)), on)

    def propose(self, who: str = "own", about: str = "own", at: datetime = AT, **more: Any) -> UUID:
        """A task for somebody; ``more`` goes into its content."""
        content, on = {"task": "survei", **more.pop("content", {})}, more.pop("on", TODAY)
        person = self.people.city.ids[about]
        key = more.pop("key", None) or uuid4()
        done = services.propose(
            actor=self.actor(who, on), at=at, kind=TASK.code, key=key, content=content, person=person, **more
        )
        return done.uid

    def answer(
        self, who: str, decision: UUID, answer: Answer = Answer.AGREE, at: datetime = AT, **more: Any
    ) -> State:
        """An answer of somebody."""
        on = more.pop("on", TODAY)
        given = Given(answer, **more)
        return services.answer(actor=self.actor(who, on), at=at, decision=decision, given=given)

    def sealed(self, **more: Any) -> UUID:
        """A task that went through all its steps."""
        uid = self.propose(**more)
        self.answer("chief", uid)
        self.answer("above", uid)
        return uid

    def inbox(self, who: str, at: datetime = AT, on: date = TODAY) -> list[UUID]:
        """What waits for somebody."""
        return [item.uid for item in queries.get_inbox(actor=self.actor(who, on), at=at).items]

    def story(self, who: str, decision: UUID, at: datetime = AT) -> queries.Story:
        """A decision as somebody sees it."""
        return queries.get_story(actor=self.actor(who), at=at, decision=decision)


def desk_of(people: People) -> Desk:
    """Make accounts for all who have none, a mayor and an inspector, and let the kind of tests be known."""
    services.register(TASK)
    operator = Actor.operator("uji", TODAY)
    desk = Desk(people, {"own": "employee", "chief": "superior", "clerk": "unit_clerk"})
    for who in ("above", "mate", "foreign"):
        _user(operator, who)
        link_user(actor=operator, at=AT, username=who, person=people.city.persons[who])
    for who, role in (("mayor", "appointing_official"), ("retno", "inspector")):
        _user(operator, who)
        access_services.grant_role(
            actor=operator, at=AT, username=who, role=role, unit_path="", start_on=date(2020, 1, 1),
            reason="uji",
        )  # fmt: skip
    GATES.clear()
    APPLIED.clear()
    DROPPED.clear()
    WHYS.clear()
    UNDONE.clear()
    STUCK[0] = BEHALF[0] = ""
    return desk


def _user(operator: Actor, who: str) -> None:
    access_services.create_user(actor=operator, at=AT, username=who, display_name=who.title(), password=None)

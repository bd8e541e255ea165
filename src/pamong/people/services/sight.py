"""What an actor sees of somebody while an act is shown to him: no more than that person's page shows him.

What he may not see he may say anew, and leaves as it is by leaving it blank; he can't say that it is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pamong.kernel.actor import Actor
from pamong.kernel.problem import Problem
from pamong.ledger.choices import Act
from pamong.people import policies
from pamong.people.queries import is_private, within
from pamong.people.queries.file import PRIVATE
from pamong.people.services import reading
from pamong.people.services.planning import Asked, Prepared, subject_of
from pamong.people.subjects import MASKS, Field, Subject


@dataclass(frozen=True, slots=True)
class Sight:
    """How an actor looks at a person. ``own``: everything in full; ``private``: what is private as well, with
    numbers masked; ``typed``: the numbers that the act itself brings, in full."""

    actor: Actor
    own: bool
    private: bool
    typed: bool = True

    def hides(self, subject: Subject, field: Field) -> bool:
        """Whether he is not to know what stands in a field."""
        return not (self.own or self.private) and is_private(subject.code, field.fact)

    def masks(self, field: Field) -> bool:
        """Whether a number is shown without its middle."""
        return not self.own and field.name in MASKS

    def named(self, person_id: int) -> str:
        """The name of somebody else, '' for whom he may not see."""
        return name_for(self.actor, person_id)

    def brings_hidden(self, prepared: Prepared) -> bool:
        """Whether an act says anything about what he may not see."""
        fields = [prepared.subject.field(name) for name in prepared.values]
        return any(field is not None and self.hides(prepared.subject, field) for field in fields)

    def blind(self, prepared: Prepared) -> bool:
        """Whether what stands may not even be told from what becomes of it."""
        all_hidden = prepared.subject.code in PRIVATE and not (self.own or self.private)
        return all_hidden or self.brings_hidden(prepared)


def sight_of(actor: Actor, person_id: int) -> Sight:
    """How the actor looks at a person."""
    private = within(actor, policies.READ_PRIVATE, person_id)
    return Sight(actor, policies.is_own(actor, person_id), private)


def name_for(actor: Actor, person_id: int) -> str:
    """The name of somebody within the actor's scope, '' for anybody else."""
    if not within(actor, policies.READ, person_id):
        return ""
    return reading.names_of([person_id]).get(person_id, "pegawai lain")


def without_blanks(sight: Sight, asked: Asked) -> Asked:
    """The act without what he could not see and left blank: that stays as it is."""
    subject = subject_of(asked.subject)
    kept = {}
    for name, value in asked.values.items():
        field = subject.field(name)
        if field is None or not _blank(value) or not sight.hides(subject, field):
            kept[name] = value
    return replace(asked, values=kept)


def unseen(sight: Sight, asked: Asked) -> list[Problem]:
    """What he says is wrong without seeing it, birth for instance: the answer would tell him what stands."""
    subject = subject_of(asked.subject)
    fields = [field for field in map(subject.field, asked.values) if field and sight.hides(subject, field)]
    text = (
        "tidak ditampilkan kepada Anda. Pembetulannya diusulkan pegawai itu sendiri atau petugas kepegawaian."
    )
    return [
        Problem("unseen", text, "block", column=field.label)
        for field in fields
        if asked.act is not Act.CHANGE or field.lifelong
    ]


def told_problems(sight: Sight, prepared: Prepared) -> list[Problem]:
    """The problems of an act but for those that would tell what stands where he may not see it."""
    guesses = {"no_change"} if sight.brings_hidden(prepared) else set()
    hidden = {
        field.label
        for field in prepared.subject.fields
        if sight.hides(prepared.subject, field) and field.name not in prepared.values
    }
    return [
        problem
        for problem in prepared.problems
        if problem.code not in guesses and not (problem.severity == "warn" and problem.column in hidden)
    ]


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())

"""Who may enter a month, verify one, and bring a sheet. Pure."""

from __future__ import annotations

from collections.abc import Collection

from pamong.access import policies
from pamong.access.policies import Answer
from pamong.kernel.actor import Actor
from pamong.performance.errors import NoPerson

READ = "performance:read"
ENTER = "performance:enter"
VERIFY = "performance:verify"
IMPORT = "performance:import"
RATE, AGREE = "performance:rate", "performance:agree"  # yearly predicates
_YES = Answer(True, "")


def require_enter(actor: Actor) -> int:
    """The person behind the actor. ``NotAllowed``, ``NoPerson``."""
    policies.require(actor, ENTER)
    if actor.person_id is None:
        raise NoPerson
    return actor.person_id


def require_verify(actor: Actor) -> None:
    """``NotAllowed`` unless people report to the actor."""
    policies.require(actor, VERIFY)


def require_import(actor: Actor) -> None:
    """``NotAllowed`` unless the actor may bring months of others."""
    policies.require(actor, IMPORT)


def may_judge(actor: Actor, person_id: int, relatives: Collection[int]) -> Answer:
    """Whether the actor may judge somebody's month: never his own, never a declared relative's."""
    if actor.person_id == person_id:
        return Answer(False, "Isian ini milik Anda sendiri. Atasan Anda yang memverifikasinya.")
    if person_id in relatives:
        return Answer(
            False,
            "Pegawai ini tercatat sebagai keluarga Anda. Isiannya dibawa petugas kepegawaian lewat berkas.",
        )
    return _YES


def brings_verified(actor: Actor) -> bool:
    """Whether what the actor brings counts as verified, as an officer's of the whole government; what a
    unit's clerk brings the superiors verify."""
    return bool(policies.may_over(actor, IMPORT, ""))

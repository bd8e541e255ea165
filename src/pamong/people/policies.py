"""Who may enter, decide and check data of people."""

from __future__ import annotations

from collections.abc import Collection

from pamong.access import policies
from pamong.access.errors import NotAllowed
from pamong.access.policies import Answer
from pamong.kernel.actor import Actor
from pamong.people.errors import ReasonMissing

READ = "people:read"
READ_PRIVATE = "people:read_private"
PROPOSE = "people:propose"
VERIFY = "people:verify"
IMPORT = "people:import"
LINK = "access:grant"
# What opens somebody's data in the log is destroyed by two people, of two roles.
ERASE = "people:erase"
AGREE_ERASURE = "people:agree_erasure"
ERASING = (ERASE, AGREE_ERASURE)
_YES = Answer(True, "")


def require_reason(text: str) -> str:
    """The reason for which numbers of others are shown in full. ``ReasonMissing`` for what says nothing:
    less than 10 characters, or no word among them."""
    if not policies.says_why(text):
        raise ReasonMissing
    return text.strip()


def require_import(actor: Actor) -> None:
    """NotAllowed unless the actor may store rows on the basis of a file: over the whole government, because
    a file knows no bounds of units."""
    answer = policies.may_over(actor, IMPORT, "")
    if not answer:
        raise NotAllowed(answer.reason)


def require_over_all(actor: Actor, permission: str) -> int:
    """The account of an actor who may do this over the whole government. NotAllowed."""
    user = policies.require_account(actor)
    policies.require_whole(actor, permission)
    return user


def require_not_close(*, concerned: bool) -> None:
    """NotAllowed where it is about the actor himself or a declared relative."""
    if concerned:
        raise NotAllowed("Ini tentang Anda sendiri atau kerabat Anda. Serahkan kepada petugas lain.")


def require_link(actor: Actor) -> None:
    """NotAllowed unless the actor may give accounts to people."""
    policies.require(actor, LINK)


def require_account(actor: Actor) -> int:
    """The account behind the actor: what two people do needs two accounts, never the command line."""
    return policies.require_account(actor)


def is_own(actor: Actor, person_id: int) -> bool:
    """Whether the person is the actor himself: then only his self-service data are open to him."""
    return actor.person_id is not None and actor.person_id == person_id


def is_second(actor: Actor, first_user_id: int | None) -> bool:
    """Whether the actor is another officer than who asked; the command line is none."""
    return actor.user_id is not None and actor.user_id != first_user_id


def require_others(does: str, *, concerned: bool) -> None:
    """NotAllowed where a file changes data of the actor himself or of a declared relative; ``does`` says what
    another officer does instead."""
    if concerned:
        raise NotAllowed(f"Berkas ini mengubah data Anda atau keluarga Anda. Petugas lain {does}.")


def may_decide(actor: Actor, *, entered_by: int, person_id: int, relatives: Collection[int]) -> Answer:
    """Whether the actor may decide an entry that ``entered_by`` made about a person with these relatives."""
    if actor.user_id == entered_by:
        return Answer(False, "Anda yang memasukkan usulan ini. Orang lain yang memutuskannya.")
    if is_own(actor, person_id):
        return Answer(False, "Usulan ini tentang Anda sendiri. Orang lain yang memutuskannya.")
    if actor.person_id is not None and actor.person_id in relatives:
        return Answer(False, "Pegawai ini tercatat sebagai keluarga Anda. Orang lain yang memutuskannya.")
    return _YES


def same_hands(*, change: bool) -> str:
    """Why somebody can't correct what he entered or decided himself, nor replace it by a change."""
    if change:
        return (
            "Perubahan ini menggantikan baris yang dahulu dimasukkan atau diputuskan oleh orang yang sama. "
            "Pilih tanggal mulai sesudah baris itu, atau minta orang ketiga memasukkannya."
        )
    return (
        "Baris ini dahulu dimasukkan atau diputuskan oleh orang yang sama. "
        "Pembetulannya dimasukkan oleh orang ketiga."
    )

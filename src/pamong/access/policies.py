"""May this actor do this? Deny by default, always with a reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pamong.access.choices import RESERVED, USERNAME
from pamong.access.errors import NotAllowed, ReasonMissing
from pamong.access.roles import DERIVED, EMPLOYEE, GRANTABLE, HELD, PERMISSIONS, PUBLIC, ROLES, SUPERIOR
from pamong.kernel.actor import Actor

LEAST_REASON = 10
FEW = 3  # roles that a refusal names; of more than that it says in plain words who they are
IN_SERVICE = (
    "Halaman atau tindakan ini hanya untuk pegawai yang masih bertugas. "
    "Bila Anda masih bertugas, hubungi operator sistem."
)
LEADERS_AND_OFFICES = (
    "Halaman atau tindakan ini hanya untuk atasan, petugas, pemeriksa, atau pejabat yang diberi peran. "
    "Hubungi operator sistem bila Anda memerlukannya."
)
OFFICES = (
    "Halaman atau tindakan ini hanya untuk petugas, pemeriksa, atau pejabat yang diberi peran. "
    "Hubungi operator sistem bila Anda memerlukannya."
)


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes or no, and why, as an Indonesian sentence. True in a condition where allowed.

    ``titles``: of the roles that may, where the actor holds none of them.
    """

    allowed: bool
    reason: str
    titles: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.allowed


def may(actor: Actor, permission: str) -> Answer:
    """Answer for anyone or anything at all: over whom is the scope's question (``queries.scoped``).

    ``ValueError`` for a permission that no role lists: a mistyped one must not pass as a refusal.
    """
    if permission not in PERMISSIONS:
        raise ValueError(f"no role lists the permission {permission!r}")
    if permission in PUBLIC.may:
        return Answer(True, "Terbuka untuk semua orang.")
    for grant in actor.grants:
        role = ROLES.get(grant.role)
        if role and permission in role.may | role.may_own:
            return Answer(True, f"Boleh sebagai {role.title}.")
    titles = tuple(role.title for role in HELD.values() if permission in role.may)
    return Answer(False, _refusal(titles), titles)


def require(actor: Actor, permission: str) -> None:
    """Raise ``NotAllowed`` with the reason where ``may`` answers no."""
    answer = may(actor, permission)
    if not answer:
        raise NotAllowed(answer.reason, answer.titles)


def needs_second_factor(actor: Actor) -> bool:
    """Whether one of the actor's roles must not be used with a password alone."""
    return any(ROLES[grant.role].second_factor for grant in actor.grants if grant.role in ROLES)


def may_over(actor: Actor, permission: str, unit_path: str) -> Answer:
    """Answer for one unit subtree; rights over oneself alone do not count."""
    general = may(actor, permission)
    if not general or permission in PUBLIC.may:
        return general
    for grant in actor.grants:
        role = ROLES.get(grant.role)
        if role and permission in role.may and grant.covers(unit_path):
            return Answer(True, f"Boleh sebagai {role.title}.")
    return Answer(False, "Unit ini di luar wewenang Anda. Hubungi petugas kepegawaian bila perlu.")


def require_whole(actor: Actor, permission: str) -> None:
    """NotAllowed unless the permission holds over the whole government: what it is about knows no unit."""
    answer = may_over(actor, permission, "")
    if not answer:
        raise NotAllowed(answer.reason, answer.titles)


def may_over_others(actor: Actor, permission: str) -> bool:
    """Whether the permission holds over anybody else than oneself: what a list of others is worth."""
    return any(may_over(actor, permission, grant.unit_path) for grant in actor.grants)


def may_grant(actor: Actor, user_id: int, role: str) -> Answer:
    """Roles are given by those who may, never to oneself, and only roles that a person can hold."""
    if role in DERIVED:
        title = DERIVED[role].title
        return Answer(
            False, f"Peran {title} mengikuti data pegawai dan jabatan, tidak diberikan dengan tangan."
        )
    if role not in GRANTABLE:
        return Answer(False, f"Peran '{role}' tidak dikenal. Pilih: {', '.join(GRANTABLE)}.")
    if actor.user_id == user_id:
        return Answer(False, "Anda tidak dapat memberi peran kepada diri sendiri.")
    return may(actor, "access:grant")


def require_command_line(actor: Actor) -> None:
    """NotAllowed for a signed-in operator: what gives power over others takes two of them."""
    if actor.user_id is not None:
        raise NotAllowed("Ini perlu dua operator: minta di halaman akun, lalu operator lain memutuskannya.")


def require_account(actor: Actor) -> int:
    """The account behind the actor: what two people do needs two accounts, never the command line."""
    if actor.user_id is None:
        raise NotAllowed("Masuk dengan akun Anda sendiri. Baris perintah tidak mengusulkan atau memutuskan.")
    return actor.user_id


def says_why(text: str) -> bool:
    """Whether a reason says anything: at least 10 characters, a word of three letters among them."""
    words = re.findall(r"[^\W\d_]{3,}", text)
    return len(text.strip()) >= LEAST_REASON and any(len(set(word.lower())) > 1 for word in words)


def require_reason(text: str) -> str:
    """The reason without what surrounds it. ``ReasonMissing`` for what says nothing."""
    if not says_why(text):
        raise ReasonMissing
    return text.strip()


def username_fault(username: str) -> str:
    """What is wrong with the name of an account as it is kept (lower case), in a sentence; '' for nothing."""
    if username in RESERVED:
        return f"Nama pengguna '{username}' dipakai alamat halaman. Pilih yang lain."
    if re.fullmatch(USERNAME.strip("^$"), username):
        return ""
    return (
        "Nama pengguna hanya berisi huruf a sampai z, angka, titik, tanda hubung, dan garis bawah, "
        "dan diawali huruf atau angka. Contoh: siti.aminah"
    )


def listed(words: Sequence[str], last: str = "atau") -> str:
    """``A``, ``A atau B``, ``A, B, atau C``."""
    if len(words) < 3:
        return f" {last} ".join(words)
    return f"{', '.join(words[:-1])}, {last} {words[-1]}"


def plainly(titles: Sequence[str]) -> str:
    """Who may, in plain words, where naming each role would be a list; '' where there are few."""
    if len(titles) <= FEW:
        return ""
    if EMPLOYEE.title in titles:
        return IN_SERVICE
    return LEADERS_AND_OFFICES if SUPERIOR.title in titles else OFFICES


def _refusal(titles: Sequence[str]) -> str:
    who = listed(titles) if titles else "Pegawai yang bersangkutan"
    named = f"Halaman atau tindakan ini hanya untuk {who}. Hubungi operator sistem bila Anda memerlukannya."
    return plainly(titles) or named

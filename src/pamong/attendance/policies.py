"""Who may look after devices and bring in punches, and who reads whose."""

from __future__ import annotations

from collections.abc import Iterable

from pamong.access import policies
from pamong.access.errors import NotAllowed
from pamong.kernel.actor import Actor

READ = "attendance:read"
IMPORT = "attendance:import"
ROSTER = "attendance:roster"
SWAP = "attendance:swap"
ASK = "attendance:ask"  # to correct a day of one's own
ANSWER = "attendance:answer"  # for those below: who sees at once who is there
SETTLE = "attendance:settle"  # requests that no seat above answers
REPORT = "attendance:report"  # that nothing could be recorded, or who was present then
CONFIRM = "attendance:confirm"  # what another reported
# Duty letters, permits and musters.
READ_DUTY = "duty:read"
ASK_PERMIT = "duty:ask"
ENTER = "duty:enter"
VERIFY = "duty:verify"


def require_import(actor: Actor) -> None:
    """NotAllowed unless the actor may bring in punches over the whole government: a device serves whoever
    comes by, and no file knows bounds of units."""
    answer = policies.may_over(actor, IMPORT, "")
    if not answer:
        raise NotAllowed(answer.reason)


def require_roster(actor: Actor, unit_path: str) -> None:
    """NotAllowed unless the actor may say who has which shift in this unit."""
    answer = policies.may_over(actor, ROSTER, unit_path)
    if not answer:
        raise NotAllowed(answer.reason)


def require_person(actor: Actor) -> int:
    """The person behind the account. NotAllowed for one without: nobody asks for another's days."""
    if actor.person_id is None:
        raise NotAllowed("Akun Anda belum terhubung dengan data pegawai. Hubungi operator sistem.")
    return actor.person_id


def require_any(actor: Actor, permission: str, paths: Iterable[str]) -> None:
    """NotAllowed unless the permission holds over one of these units; of none, over the whole government."""
    answers = [policies.may_over(actor, permission, path) for path in list(paths) or [""]]
    if not any(answers):
        raise NotAllowed(answers[0].reason, answers[0].titles)


def require_all(actor: Actor, permission: str, paths: Iterable[str]) -> None:
    """NotAllowed unless the permission holds over all of these units; of none, over the whole government."""
    for path in list(paths) or [""]:
        answer = policies.may_over(actor, permission, path)
        if not answer:
            raise NotAllowed(answer.reason, answer.titles)


def own_word(user_id: int | None, *, asked_by: int | None, ended_by: int | None) -> str:
    """Why an account does not confirm or refuse the outage that it told of; '' where it told nothing."""
    if user_id is None or user_id not in (asked_by, ended_by):
        return ""
    did = "melaporkan" if user_id == asked_by else "mencatat selesainya"
    return f"Anda yang {did} gangguan ini. Orang lain yang mengesahkannya."

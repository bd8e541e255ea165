"""Who takes part in the demo's work: accounts by name, and people of the town who get one for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from pamong.access import queries as access_queries
from pamong.access import services as access
from pamong.decisions.choices import Answer
from pamong.decisions.services import answer
from pamong.decisions.services.answering import Given
from pamong.kernel.actor import Actor
from pamong.ledger.sql import fetch
from pamong.people import services as people

CLERK, CHECKER, THIRD = "nurul", "suparmi", "endah"
MAYOR, SECRETARY = "bagas", "anik"
INSPECTOR, AUDITOR = "retno", "arif"
_PERSONS = """
SELECT p.id, p.uid, i.name, e.nip, u.username FROM people_person p
JOIN people_identity i ON i.person_id = p.id AND i.superseded_at IS NULL AND i.period @> %(on)s::date
JOIN people_employment e ON e.person_id = p.id AND e.superseded_at IS NULL AND e.period @> %(on)s::date
LEFT JOIN access_user u ON u.id = p.user_id WHERE p.id = ANY(%(ids)s)
"""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who acts on which day. ``today`` is the demo's, ``at`` its instant."""

    operator: Actor
    at: datetime

    @property
    def today(self) -> date:
        """The day on which the demo begins."""
        return self.operator.on

    def day(self, ago: int) -> date:
        """A day so many days ago; ahead of today where it is negative."""
        return self.today - timedelta(days=ago)

    def who(self, username: str, ago: int = 0) -> dict[str, Any]:
        """The arguments with which a service begins: who acts, and when."""
        actor = access_queries.named_actor(username, self.day(ago))
        return {"actor": actor, "at": self.at - timedelta(days=ago)}

    def uid(self, username: str) -> UUID:
        """The uid of an account."""
        return UUID(
            str(fetch("SELECT uid FROM access_user WHERE username = %(name)s", {"name": username})[0][0])
        )

    def accounts_of(self, persons: Sequence[int]) -> dict[int, str]:
        """The accounts of these persons; who has none gets one without a password, by his NIP."""
        found = {}
        for person, uid, name, nip, username in fetch(_PERSONS, {"ids": list(persons), "on": self.today}):
            if username is None:
                who = {"username": nip, "display_name": name, "password": None}
                access.create_user(actor=self.operator, at=self.at, **who)
                people.link_user(actor=self.operator, at=self.at, person=UUID(str(uid)), username=nip)
            found[person] = username or nip
        return found

    def agree(self, username: str, decision: UUID, ago: int, **reasons: str) -> None:
        """Agree to what was proposed, with a reason for each gate that asks for one."""
        self.answer(username, decision, ago, Given(Answer.AGREE, reasons=_REASONS | reasons))

    def answer(self, username: str, decision: UUID, ago: int, given: Given) -> None:
        """Answer in any other way."""
        answer(**self.who(username, ago), decision=decision, given=given)


# What an official writes where a gate is not simply met.
_REASONS = {
    "eligibility": "Berkas lamaran dan surat keterangan Inspektorat sudah dilihat: bidang tugasnya sesuai "
    "dan tidak sedang menjalani hukuman disiplin.",
    "tenure": "Masa jabatannya dihitung dari SK yang ada dalam berkas lamaran.",
    "signals": "Lembar nilai sudah dibandingkan dengan catatan wawancara masing-masing anggota.",
    "applicants": "Jabatan ini diumumkan di semua kelurahan; yang melamar memang hanya sebanyak ini.",
    "home": "Ditanyakan kepada keduanya: satu perumahan, bukan keluarga.",
    "names": "Disampaikan tiga nama agar pilihannya cukup.",
}


def given(reason: str, change: Mapping[str, Any], **reasons: str) -> Given:
    """Another content than was proposed, with the reason."""
    return Given(Answer.CHANGE, reason, _REASONS | reasons, change=change)

"""A clerk of the town corrects days of hers: one is agreed to, one waits, and one nobody answered in time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.conf import settings

from pamong.access import queries as access
from pamong.attendance import queries, services
from pamong.attendance.services import Claim
from pamong.law.engine.law import load_law
from pamong.law.engine.plan import Law

CLERK, HEAD = "ratna", "suryo"
_DAY = timedelta(days=1)


def load_corrections(*, at: datetime, today: date, profile: str) -> None:
    """Ask and answer through the services, as the two would; once for all."""
    law = load_law(profile)
    if queries.list_own_corrections(actor=access.named_actor(CLERK, today), at=at, law=law):
        return
    agreed = _ask(law, at, today, 14, Claim(came=time(7, 20)), "Antre di mesin, difoto petugas piket")
    services.answer_correction(
        actor=access.named_actor(HEAD, today), at=at, correction=agreed, agree=True, law=law,
        note="Benar, saya melihat sendiri",
    )  # fmt: skip
    _ask(law, at, today, 12, Claim(left=time(16, 10)), "Mesin tidak membaca sidik jari saat pulang", asked=11)
    _ask(law, at, today, 4, Claim(came=time(7, 25)), "Listrik di kelurahan padam sampai pukul delapan")


def _ask(law: Law, at: datetime, today: date, ago: int, claim: Claim, reason: str, asked: int = 0) -> UUID:
    """Ask about a day of work so many days ago; ``asked``: so many days ago too."""
    on = today - ago * _DAY
    while on.isoweekday() > 5:
        on -= _DAY
    return services.ask_correction(
        actor=access.named_actor(CLERK, today - asked * _DAY), at=at - asked * _DAY, on=on, claim=claim,
        reason=reason, law=law, zone=settings.PAMONG_ZONE,
    )  # fmt: skip

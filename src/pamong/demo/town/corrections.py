"""A clerk of the town corrects days of hers: one is agreed to, two wait, one of them not for long."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings

from pamong.access import queries as access
from pamong.attendance import queries, services
from pamong.attendance.choices import ExcuseKind, ExcusePart
from pamong.attendance.services import Claim
from pamong.decisions import services as decisions
from pamong.decisions.choices import Answer
from pamong.decisions.services.answering import Given
from pamong.kernel.ids import uuid7

CLERK, HEAD = "ratna", "suryo"
_DAY = timedelta(days=1)


def load_corrections(*, at: datetime, today: date) -> None:
    """Ask and answer through the services, as the two would; once for all."""
    if queries.list_own_corrections(actor=access.named_actor(CLERK, today), at=at):
        return
    duty = Claim(kind=ExcuseKind.DUTY)
    agreed = _ask(at, today, 14, duty, "Mendampingi pendataan warga di RW 4, suratnya menyusul")
    decisions.answer(
        actor=access.named_actor(HEAD, today), at=at, decision=agreed,
        given=Given(Answer.AGREE, reason="Benar, saya melihat sendiri"),
    )  # fmt: skip
    half = Claim(kind=ExcuseKind.PERMIT, part=ExcusePart.SECOND_HALF)
    _ask(at, today, 6, half, "Mengantar orang tua ke rumah sakit sesudah makan siang", asked=4)
    _ask(at, today, 4, duty, "Membantu posyandu balita sehari penuh")


def _ask(at: datetime, today: date, ago: int, claim: Claim, reason: str, asked: int = 0) -> UUID:
    """Ask about a day of work so many days ago; ``asked``: so many days ago too."""
    on = today - ago * _DAY
    while on.isoweekday() > 5:
        on -= _DAY
    return services.ask_correction(
        actor=access.named_actor(CLERK, today - asked * _DAY), at=at - asked * _DAY, key=uuid7(at), on=on,
        claim=claim, reason=reason, zone=settings.PAMONG_ZONE,
    )  # fmt: skip

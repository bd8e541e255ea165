"""Who is no longer in service: how it ended, and the rank, post and unit that he had last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from pamong.access.roles import FORMER
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date
from pamong.people import queries
from pamong.people.choices import EndReason
from pamong.people.queries import Fact, Owner, PersonFile, PersonRow
from pamong.web.people import law, words


@dataclass(frozen=True, slots=True)
class Last:
    """How the service ended, in words, and what was held last; '' where that is not recorded."""

    ended: str
    rank: str
    post: str
    unit: str
    opd: str

    @property
    def sentence(self) -> str:
        """``Pensiun sejak 1 Juli 2026, terakhir Guru Ahli Madya, SMP Negeri 2.``"""
        held = ", ".join(filter(None, (self.post, self.unit)))
        told = _("%(ended)s, terakhir %(post)s.") if held else "%(ended)s."
        return told % {"ended": self.ended, "post": held}


def ended(row: PersonRow | Owner) -> str:
    """``Pensiun sejak 1 Juli 2026``: the date is the first day out of service."""
    reason = EndReason(row.end_reason) if row.end_reason else None
    day = format_date(row.ends_on) if row.ends_on else ""
    if reason is EndReason.DIED:
        return f"{reason.label}, {day}"
    return _("%(reason)s sejak %(day)s") % {"reason": reason.label if reason else _("Berakhir"), "day": day}


def last_of(file: PersonFile) -> Last | None:
    """What somebody had last; None while he is in service on the date of the file, or not yet."""
    if not file.row.ends_on or file.row.ends_on > file.on:
        return None
    post, rank = _last(file, "appointment"), _last(file, "rank")
    place = post.place if post else {}
    unit, opd = str(place.get("unit") or ""), str(place.get("opd") or "")
    return Last(
        ended(file.row),
        law.rank_name(rank.facts["golongan"], file.row.ends_on) if rank else "",
        words.title(post) if post else "",
        unit,
        opd if opd != unit else "",
    )


def own_end(actor: Actor, at: datetime) -> str:
    """How one's own service ended, in a sentence; '' for everybody else."""
    uid = queries.own_uid(actor=actor) if actor.has_role(FORMER.code) else None
    if uid is None:
        return ""
    left = last_of(queries.get_file(actor=actor, at=at, uid=uid, on=actor.on))
    return left.sentence if left else ""


def _last(file: PersonFile, subject: str) -> Fact | None:
    """The last row of a timeline that began in service."""
    end = file.row.ends_on
    rows = [fact for fact in file.of(subject) if fact.kind in ("", "regular") and end]
    return max(
        (fact for fact in rows if end and fact.period.start < end),
        key=lambda fact: fact.period.start,
        default=None,
    )

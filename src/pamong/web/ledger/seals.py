"""The small seal beside a thing: one question to the log for a whole page, whatever it shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from pamong.access import policies
from pamong.access.middleware import ActingRequest
from pamong.ledger import queries
from pamong.ledger.queries import Mark
from pamong.web.formats import angka, waktu
from pamong.web.shapes import Seal

READ = "ledger:read"


@dataclass(frozen=True, slots=True)
class Seals:
    """The seals of a page's things. ``opens``: the reader may go on to the entries."""

    marks: Mapping[Any, Mark]
    opens: bool

    def of(self, thing: UUID | int) -> Seal | None:
        """The seal of one of them; None for a thing of which no entry tells."""
        mark = self.marks.get(thing)
        return None if mark is None else seal_of(mark, opens=self.opens)


NONE = Seals({}, opens=False)


def seals(request: ActingRequest, refs: Collection[UUID], *kinds: str) -> Seals:
    """The seals of things by their ids: the newest entry of these kinds tells of each."""
    return Seals(queries.marks_of(actor=request.actor, refs=refs, kinds=kinds), _opens(request))


def seal(request: ActingRequest, ref: UUID, *kinds: str) -> Seal | None:
    """The seal of the one thing that a page is about."""
    return seals(request, [ref], *kinds).of(ref)


def seals_of_bases(request: ActingRequest, bases: Collection[int]) -> Seals:
    """The seals of what rows rest on, by ``basis_id``."""
    return Seals(queries.marks_of_bases(actor=request.actor, bases=bases), _opens(request))


def seal_of(mark: Mark, *, opens: bool) -> Seal:
    """A seal in words."""
    if mark.number is None or mark.sealed_at is None:
        return Seal(_("Belum bersegel"))
    number = angka(mark.number)
    told = {"number": number, "at": waktu(mark.sealed_at), "seen": mark.seen_by, "all": mark.witnesses}
    sentence = (
        _("Bersegel nomor %(number)s, titik segel %(at)s, disaksikan %(seen)s dari %(all)s.")
        if mark.witnesses
        else _("Bersegel nomor %(number)s, titik segel %(at)s, belum ada saksi luar.")
    )
    href = reverse("ledger:entry", args=[mark.log, mark.number]) if opens else ""
    return Seal(_("Segel no. %(number)s") % {"number": number}, sentence % told, href)


def _opens(request: ActingRequest) -> bool:
    return bool(policies.may(request.actor, READ))

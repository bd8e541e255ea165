"""What a person's page shows around the domain's own answer: the head, who answers for him, how he stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from pamong.access import policies
from pamong.access import queries as access
from pamong.access.middleware import ActingRequest
from pamong.kernel.actor import Actor
from pamong.pay.policies import reads_all
from pamong.people import queries
from pamong.people.choices import AppointmentKind, EmploymentKind, EndReason
from pamong.people.queries import Fact, PersonFile, PersonRow, Superior
from pamong.web.jinja import url
from pamong.web.ledger.seals import NONE, Seals, seals_of_bases
from pamong.web.people import last, law, parts, words
from pamong.web.people.asof import AsOf, as_of
from pamong.web.people.parts import Group, Table
from pamong.web.people.timeline import Timeline, timeline
from pamong.web.shapes import Tab


@dataclass(frozen=True, slots=True)
class HeadFact:
    """One fact of the head; ``note`` stands below it, ``href`` leads to whom it names."""

    label: str
    text: str
    note: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One part of one person's file as of a date."""

    file: PersonFile
    as_of: AsOf
    here: str
    status: str
    tone: str
    condolence: bool
    head: tuple[HeadFact, ...]
    tabs: tuple[Tab, ...]
    part: str
    career: Timeline
    tables: tuple[Table, ...] = ()
    groups: tuple[Group, ...] = ()
    may_watch: bool = False
    may_days: bool = False
    may_month: bool = False
    left: str = ""
    seals: Seals = NONE


def person_page(request: ActingRequest, uid: UUID, part: str) -> PersonPage:
    """Read a file for one of its parts. ``PersonNotFound``, ``PartNotFound``."""
    shown, actor = as_of(request), request.actor
    file = queries.get_file(
        actor=actor,
        at=request.at,
        uid=uid,
        on=shown.on,
        known_at=shown.known_at,
        records=part == parts.RECORDS,
    )
    tabs = parts.tabs(file, part, shown)
    follow = access.scoped(actor, "people:read").whole
    status, tone = standing(file.row, file)
    return PersonPage(
        file=file,
        as_of=shown,
        here=parts.address(file, part, shown),
        status=status,
        tone=tone,
        condolence=died(file),
        head=tuple(_head(file, actor, follow)),
        tabs=tabs,
        part=part,
        career=timeline(file, shown.today),
        tables=parts.tables(file, part, shown.today, follow),
        left=gone.sentence if (gone := last.last_of(file)) else "",
        may_watch=bool(policies.may(actor, "access:read")),
        may_days=bool(policies.may(actor, "attendance:read")),
        may_month=reads_all(actor) or file.own,
        groups=parts.groups(file, file.may_unmask and not shown.moved) if part == parts.PRIVATE else (),
        seals=seals_of(request, file),
    )


def seals_of(request: ActingRequest, file: PersonFile) -> Seals:
    """The seals of all rows of a file, in one question."""
    return seals_of_bases(request, {fact.seal for fact in (*file.facts, *file.records)})


def standing(row: PersonRow, file: PersonFile) -> tuple[str, str]:
    """How somebody stands on the date of the file, in a word with its tone."""
    if not row.kind:
        return _("Belum tercatat bertugas"), "neutral"
    kind = EmploymentKind(row.kind).label
    if row.ends_on and row.ends_on <= file.on:
        return last.ended(row), "neutral"
    told = words.service(row.kind, row.standing)
    return (_("%(kind)s aktif") % {"kind": kind}, "good") if told == kind else (told, "info")


def died(file: PersonFile) -> bool:
    """Whether the service ended by death: then the page says so with respect."""
    row = file.row
    return row.end_reason == EndReason.DIED.value and bool(row.ends_on and row.ends_on <= file.on)


def acting(file: PersonFile) -> list[Fact]:
    """The seats that somebody stands in for on the date of the file."""
    return [fact for fact in file.now("appointment") if AppointmentKind(fact.kind).acting]


def _head(file: PersonFile, actor: Actor, follow: bool) -> Iterator[HeadFact]:
    row = file.row
    yield HeadFact("NIP", row.nip if file.own else words.masked_nip(row.nip))
    left = last.last_of(file)
    if left:
        yield HeadFact(_("Pangkat terakhir"), left.rank)
        yield HeadFact(_("Jabatan terakhir"), left.post)
        yield HeadFact(_("Unit kerja terakhir"), left.unit, left.opd)
        return
    yield HeadFact(_("Pangkat"), law.rank_name(row.golongan, file.on) if row.golongan else "")
    yield HeadFact(
        _("Jabatan"), row.post, _("kelas %(number)s") % {"number": row.job_class} if row.job_class else ""
    )
    yield HeadFact(_("Unit kerja"), row.unit, row.opd if row.opd != row.unit else "")
    if row.post:
        superior = queries.find_superior(actor=actor, on=file.on, person_id=file.person_id)
        yield _superior(superior, follow)
    for fact in acting(file):
        yield HeadFact(_("Merangkap"), words.title(fact), str(fact.period))


def _superior(found: Superior | None, follow: bool) -> HeadFact:
    if found is None:
        return HeadFact(_("Atasan langsung"), "", _("tidak ada jabatan di atasnya yang terisi"))
    post = words.PREFIXES.get(AppointmentKind(found.kind), "") + found.post
    skipped = _("karena kosong: %(posts)s") % {"posts": ", ".join(found.skipped)} if found.skipped else ""
    note = " · ".join(filter(None, (post, skipped)))
    return HeadFact(_("Atasan langsung"), found.name, note, url("people:person", found.uid) if follow else "")

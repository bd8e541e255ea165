"""The whole file of a person on paper: every part that its reader may read, with who printed it when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from pamong.access.middleware import ActingRequest
from pamong.people import queries
from pamong.people.errors import PersonNotFound
from pamong.people.queries import PersonFile
from pamong.web import render
from pamong.web.formats import saat
from pamong.web.missing import missing
from pamong.web.people import parts, reading, words
from pamong.web.people.parts import Group, Table
from pamong.web.people.reading import PersonPage

_TABLES = (parts.POSTS, parts.EDUCATION, parts.FAMILY)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the file under its title."""

    title: str
    tables: tuple[Table, ...] = ()
    groups: tuple[Group, ...] = ()
    records: bool = False


@require_safe
@login_required
@missing(PersonNotFound)
def whole(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show all parts of a file one below the other, numbers masked as on its page."""
    page = reading.person_page(request, uid, parts.SUMMARY)
    file = _with_records(request, page)
    page = replace(page, seals=reading.seals_of(request, file))
    context = {"page": page, "file": file, "sections": _sections(page), "words": words, "whole": True}
    context |= {"printed": saat(request.at), "by": request.actor.name}
    return render(request, "people/print.html", context)


def _with_records(request: ActingRequest, page: PersonPage) -> PersonFile:
    """Every row that was ever recorded is read only for those who may see it."""
    if not page.file.private:
        return page.file
    shown = page.as_of
    return queries.get_file(
        actor=request.actor,
        at=request.at,
        uid=page.file.uid,
        on=shown.on,
        known_at=shown.known_at,
        records=True,
    )


def _sections(page: PersonPage) -> list[Section]:
    shown = {tab.href for tab in page.tabs}
    readable = [part for part in parts.TITLES if parts.address(page.file, part, page.as_of) in shown]
    return [_section(page, part) for part in readable if part != parts.SUMMARY]


def _section(page: PersonPage, part: str) -> Section:
    title = str(parts.TITLES[part])
    if part in _TABLES:
        tables = parts.tables(page.file, part, page.as_of.today, follow=False)
        return Section(title, tables=tuple(replace(table, propose="") for table in tables))
    if part == parts.PRIVATE:
        return Section(title, groups=parts.groups(page.file, unmask=False))
    return Section(title, records=True)

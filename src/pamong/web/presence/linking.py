"""From an excused day to the document that excuses it, for who may read such documents."""

from __future__ import annotations

from datetime import date, timedelta

from pamong.access.middleware import ActingRequest
from pamong.attendance import policies, queries
from pamong.attendance.choices import ExcuseSource
from pamong.leave import policies as leave_policies
from pamong.people import queries as people
from pamong.web.jinja import url
from pamong.web.labels import label
from pamong.web.shapes import Link

_AREAS = {ExcuseSource.LEAVE: "cuti", ExcuseSource.DUTY: "surat-tugas", ExcuseSource.PERMIT: "izin"}


def linked(request: ActingRequest, person: int, first: date, end: date) -> dict[date, tuple[Link, ...]]:
    """The documents of each day of somebody, as links; the page has seen to the right over his days."""
    actor = request.actor
    found: dict[date, tuple[Link, ...]] = {}
    papers = queries.list_day_papers(actor=actor, person=person, first=first, end=end)
    reads = {
        permission: bool(papers) and people.within(actor, permission, person)
        for permission in (leave_policies.READ, policies.READ_DUTY)
    }
    for paper in papers:
        leave = paper.source is ExcuseSource.LEAVE
        if not reads[leave_policies.READ if leave else policies.READ_DUTY]:
            continue
        link = Link(label(paper.kind), url("papers:paper", _AREAS[paper.source], paper.uid))
        day = max(paper.days.start, first)
        while paper.days.contains(day) and day < end:
            found[day] = (*found.get(day, ()), link)
            day += timedelta(days=1)
    return found

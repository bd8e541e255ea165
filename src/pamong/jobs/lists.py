"""``python -m pamong.jobs.lists WHAT KIND USER AT ASKED``: a list of people as a file, to standard output.

A process of its own, as ``pamong.jobs.handout`` is: a workbook of a whole government never weighs on the web
process. ``ASKED`` is JSON. A refusal is one sentence on standard error and the exit code 3.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from pamong.jobs.program import actor_of, answer

Rows = list[dict[str, str]]
_SHEETS = {
    "vacancies": "Jabatan kosong", "quality": "Mutu data", "exceptions": "Pengecualian",
    "salary_changes": "Perubahan gaji",
}  # fmt: skip


def make(what: str, kind: str, user_id: str, at: str, asked: str) -> bytes:
    """A list as a file of a kind; ``asked`` is JSON."""
    from pamong.interop.exports.lists import list_csv, list_xlsx  # noqa: PLC0415 (models need Django set up)

    headings, rows = LISTS[what](actor_of(user_id), datetime.fromisoformat(at), json.loads(asked))
    sheet = _SHEETS.get(what, "Pegawai")
    return list_csv(headings, rows) if kind == "csv" else list_xlsx(headings, rows, sheet=sheet)


def _people(actor: Any, at: datetime, asked: Mapping[str, str]) -> tuple[list[str], Rows]:
    """The directory: everybody within the actor's reach who fits what is asked; NIP in full with a reason."""
    from pamong.people import queries  # noqa: PLC0415

    on = date.fromisoformat(asked["on"])
    fields = {name: value for name, value in asked.items() if name not in ("on", "reason")}
    found = queries.list_everybody(
        actor=actor, at=at, on=on, asked=queries.Asked(**fields), reason=asked.get("reason", "")
    )
    rows = [dict(_told(person)) for person in found]
    return [heading for heading, _text in _HEADINGS], rows


def _told(person: Any) -> Iterator[tuple[str, str]]:
    from pamong.people.choices import EmploymentKind  # noqa: PLC0415

    for heading, name in _HEADINGS:
        value = getattr(person, name)
        if name == "kind" and value:
            value = EmploymentKind(value).label
        yield heading, f"{value:%d-%m-%Y}" if isinstance(value, date) else str("" if value is None else value)


def _retiring(actor: Any, at: datetime, asked: Mapping[str, str]) -> tuple[list[str], Rows]:
    """Who retires before a date, as the law says, with the article; NIP in full with a reason."""
    from pamong.law.engine.loader import load_national, load_profile, profile_codes  # noqa: PLC0415
    from pamong.law.engine.plan import Law  # noqa: PLC0415
    from pamong.people import queries  # noqa: PLC0415

    plan = queries.plan_retirements(
        actor=actor,
        at=at,
        on=date.fromisoformat(asked["on"]),
        law=Law(load_national(), load_profile(profile_codes()[0])),
        until=date.fromisoformat(asked["until"]),
        unit=asked["unit"],
        permission="people:export",
        reason=asked.get("reason", ""),
    )
    rows = [
        dict(_told(replace(each.person, nip=_nip(each.person.nip, asked))))
        | {_LAST: each.last.name if each.last else ""}
        | _when(each.when)
        for each in (*plan.overdue, *plan.shown, *plan.unknown)
    ]
    return [*(heading for heading, _name in _HEADINGS), _LAST, *_WHEN], rows


def _nip(nip: str, asked: Mapping[str, str]) -> str:
    from pamong.people.subjects.masks import masked  # noqa: PLC0415

    return nip if asked.get("reason") else str(masked("nip", nip))


_LAST = "Jabatan terakhir"  # of who has none now


def _vacancies(actor: Any, at: datetime, asked: Mapping[str, Any]) -> tuple[list[str], Rows]:
    """Seats without a regular holder, or those that are frozen, with who stands in."""
    from pamong.people import queries  # noqa: PLC0415

    found = queries.list_vacancies(
        actor=actor,
        on=date.fromisoformat(asked["on"]),
        below=asked["unit"],
        kind=asked["kind"],
        frozen=asked["frozen"],
        size=_EVERY,
    )
    return _under(_SEAT_HEADINGS, map(_seat, found.rows))


_EVERY = 1_000_000
_SEAT_HEADINGS = (
    "Jabatan", "Jenis jabatan", "Jenjang", "Eselon", "Kelas jabatan", "Unit kerja", "Perangkat daerah",
    "Keadaan", "Kosong sejak", "Posisi dibuat", "Dijalankan oleh", "Sampai", "Catatan",
)  # fmt: skip


def _seat(row: Any) -> Iterator[str]:
    from pamong.organisation.choices import PostKind, SeatState  # noqa: PLC0415

    acting = [holder for holder in row.holders if holder.kind in ("plt", "plh")]
    yield from (row.post, PostKind(row.post_kind).label, row.jenjang, row.eselon)
    yield "" if row.job_class is None else str(row.job_class)
    yield from (row.unit, row.opd, SeatState(row.state).label)
    yield from (_day(row.vacant_since), _day(row.began))
    yield ", ".join(f"{holder.kind.capitalize()}. {holder.name}" for holder in acting)
    yield ", ".join(_day(holder.until - timedelta(days=1)) for holder in acting if holder.until)
    yield row.note


def _under(headings: Sequence[str], rows: Iterable[Iterable[str]]) -> tuple[list[str], Rows]:
    """Rows, each cell under its heading."""
    return list(headings), [dict(zip(headings, row, strict=True)) for row in rows]


def _day(on: date | None) -> str:
    return f"{on:%d-%m-%Y}" if on else ""


def _quality(actor: Any, at: datetime, asked: Mapping[str, str]) -> tuple[list[str], Rows]:
    """What the rules of data quality find, all of them or one, with what to do; NIP in full with a reason,
    for whoever may take the directory along."""
    from pamong.access import policies  # noqa: PLC0415
    from pamong.law.engine.loader import load_national, load_profile, profile_codes  # noqa: PLC0415
    from pamong.law.engine.plan import Law  # noqa: PLC0415
    from pamong.people import quality  # noqa: PLC0415

    if asked.get("reason"):
        policies.require(actor, "people:export")
    rules = [quality.rule_of(asked["rule"])] if asked["rule"] else quality.RULES
    law = Law(load_national(), load_profile(profile_codes()[0]))
    found = quality.list_findings(
        actor=actor, at=at, on=actor.on, law=law, rules=rules, unit=asked["unit"], size=_EVERY,
        reason=asked.get("reason", ""),
    )  # fmt: skip
    return _under(_FINDING, (_finding(each, asked) for each in found.rows))


_FINDING = (
    "Kelompok", "Aturan", "Kepentingan", "NIP", "Pegawai atau unit", "Unit kerja", "Perangkat daerah",
    "Yang perlu dibenahi", "Dibenahi oleh",
)  # fmt: skip


def _finding(found: Any, asked: Mapping[str, str]) -> Iterator[str]:
    rule = found.rule
    yield from (rule.group.label, rule.title, rule.severity.label)
    yield _nip(found.nip, asked)
    yield from (found.label, found.unit, found.opd, found.sentence, rule.owner.label)


def _aside(actor: Any, at: datetime, asked: Mapping[str, str]) -> tuple[list[str], Rows]:
    """What was set aside of all files of a machine, with its text and why."""
    from pamong.attendance import queries  # noqa: PLC0415

    found = queries.list_aside(actor=actor, device=UUID(asked["device"]), size=_EVERY)
    rows = ((each.file, str(each.line), each.fault.label, each.message, each.raw) for each in found.rows)
    return _under(_ASIDE, rows)


def _exceptions(actor: Any, at: datetime, asked: Mapping[str, str]) -> tuple[list[str], Rows]:
    """What was decided otherwise than on the plain path, since a day."""
    from pamong.access import clock  # noqa: PLC0415
    from pamong.decisions import queries  # noqa: PLC0415

    found = queries.list_exceptions(
        actor=actor, at=at, since=datetime.fromisoformat(asked["since"]), what=asked["what"]
    )
    rows = (
        (
            each.label, each.kind_title, each.title, each.person, each.text,
            f"{clock.local(each.at):%d-%m-%Y %H.%M}",
        )
        for each in found
    )  # fmt: skip
    return _under(_EXCEPTION, rows)


def _salary_changes(actor: Any, at: datetime, asked: Mapping[str, str]) -> tuple[list[str], Rows]:
    """The change list of a month for the treasury, with NIP in full: it pays by it."""
    from pamong.career import queries  # noqa: PLC0415
    from pamong.decisions.site import site_law  # noqa: PLC0415

    month = date.fromisoformat(asked["month"])
    found = queries.list_changes(actor=actor, at=at, month=month, law=site_law(), size=_EVERY)
    return _under(_CHANGE, (_change(row.person, row.given) for row in found.rows))


def _change(person: Any, given: Any) -> Iterator[str]:
    yield from (person.nip, person.full_name, person.unit, person.opd, given.golongan)
    for years, months in ((given.old_years, given.old_months), (given.new_years, given.new_months)):
        yield f"{years} tahun {months} bulan"
    yield from (str(given.base_before), str(given.base_after), str(given.more))
    yield from (_day(given.effective_on), given.order_no, _day(given.order_on))
    yield "ya" if given.effective_on < given.pay_month else ""


_CHANGE = (
    "NIP", "Nama", "Unit kerja", "Perangkat daerah", "Golongan", "Masa kerja lama", "Masa kerja baru",
    "Gaji pokok lama", "Gaji pokok baru", "Naik", "Terhitung mulai", "Nomor surat", "Tanggal surat",
    "Susulan",
)  # fmt: skip
_EXCEPTION = ("Yang terjadi", "Jenis keputusan", "Keputusan", "Tentang", "Keterangan", "Waktu")
_ASIDE = ("Berkas", "Baris", "Sebab", "Keterangan", "Isi baris")
_WHEN = ("Batas usia", "Pensiun mulai", "Dasar hukum")


def _when(found: Any) -> dict[str, str]:
    """Empty cells where the law lists no age limit for the post."""
    if found is None:
        return {}
    told = (str(found.age.value), f"{found.starts_on:%d-%m-%Y}", found.age.citation.text)
    return dict(zip(_WHEN, told, strict=True))


_HEADINGS = (
    ("NIP", "nip"),
    ("Nama", "full_name"),
    ("Jenis kelamin", "sex"),
    ("Tanggal lahir", "birth_date"),
    ("Jenis kepegawaian", "kind"),
    ("Kedudukan hukum", "standing"),
    ("Golongan", "golongan"),
    ("Jabatan", "post"),
    ("Kelas jabatan", "job_class"),
    ("Unit kerja", "unit"),
    ("Perangkat daerah", "opd"),
    ("Berakhir", "ends_on"),
)

LISTS: dict[str, Callable[[Any, datetime, Mapping[str, str]], tuple[list[str], Rows]]] = {
    "people": _people,
    "retiring": _retiring,
    "vacancies": _vacancies,
    "quality": _quality,
    "aside": _aside,
    "exceptions": _exceptions,
    "salary_changes": _salary_changes,
}

if __name__ == "__main__":
    answer(make)

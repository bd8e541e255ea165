"""From an act as it is asked for to the rows that cease and come, with everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from pamong.kernel import timeline
from pamong.kernel.clock import format_date
from pamong.kernel.errors import DomainError, InvalidValue
from pamong.kernel.ids import uuid7
from pamong.kernel.period import Period
from pamong.kernel.problem import Problem
from pamong.kernel.timeline import Plan, Row, Values
from pamong.ledger.choices import Act
from pamong.people import subjects
from pamong.people.checks import DOUBTS, find_problems
from pamong.people.choices import AppointmentKind
from pamong.people.selecting import selection_problems
from pamong.people.services import reading
from pamong.people.services.leaving import Change, for_good, leave_seats
from pamong.people.services.reading import Record, Strand
from pamong.people.situation import SeatFacts, Situation
from pamong.people.subjects import SUBJECTS, Input, Subject


class SubjectUnknown(DomainError):
    """No such kind of data."""

    def __init__(self, code: str) -> None:
        super().__init__(f"Jenis data '{code}' tidak dikenal. Pilih: {', '.join(SUBJECTS)}.")


@dataclass(frozen=True, slots=True)
class Asked:
    """An act as it is asked for. ``until`` is the first day on which it holds no more.

    A change with ``until`` and without ``on`` ends what holds the day before. ``target`` is the row that is
    corrected or rescinded, or whose thing (a diploma, an acting post) changes.
    """

    subject: str
    act: Act
    values: Mapping[str, Any] = field(default_factory=dict)
    target: UUID | None = None
    on: date | None = None
    until: date | None = None

    @property
    def ends(self) -> bool:
        """Whether it only ends something."""
        return self.act is Act.CHANGE and self.on is None and self.until is not None


@dataclass(frozen=True, slots=True)
class Prepared:
    """An act with its plans; the first is the one that was asked for, the others follow from it.

    ``before`` are the rows that stand in its timeline, ``row`` the id of the one that it names (0: none).
    """

    asked: Asked
    subject: Subject
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    seats: Mapping[int, SeatFacts] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    before: tuple[Row, ...] = ()
    row: int = 0

    @property
    def blocked(self) -> bool:
        """Whether anything keeps it out."""
        return any(problem.severity == "block" for problem in self.problems)


def subject_of(code: str) -> Subject:
    """The subject of this code. ``SubjectUnknown``."""
    if code not in SUBJECTS:
        raise SubjectUnknown(code)
    return SUBJECTS[code]


def unnamed(_person_id: int) -> str:
    """Nobody is named: for who may see nobody else."""
    return ""


def prepare(
    record: Record,
    asked: Asked,
    today: date,
    *,
    tolerant: bool = False,
    named: Callable[[int], str] = unnamed,
) -> Prepared:
    """Plan an act on a record and find all that is wrong with it. Nothing is stored.

    With ``tolerant`` a number that contradicts the record is a doubt, as a file may bring it. What was wrong
    before the act, and stays so, is a doubt as well. ``named`` gives the names of others, '' for those whom
    who asks may not see.
    """
    subject = subject_of(asked.subject)
    values, problems = subjects.read(subject, asked.values)
    problems += _misplaced(subject, asked, values)
    facts, unknown = _facts(subject, values)
    problems += unknown
    changes, wrong = _changes(record, subject, asked, facts)
    before, row = _named(record, asked, changes)
    problems += wrong
    seats: Mapping[int, SeatFacts] = {}
    if changes:
        seats = _seats_of(record, changes)
        problems += _judge(record, subject, changes, today, seats)
        problems += _taken(record, subject, facts, named)
        problems += [each for plan in for_good(changes) for each in selection_problems(plan, seats)]
    if tolerant:
        problems = [_doubt(each) if each.code in DOUBTS else each for each in problems]
    told = tuple(_without_echoes(problems))
    return Prepared(asked, subject, tuple(changes), told, seats, values, before, row)


def _named(record: Record, asked: Asked, changes: Sequence[Change]) -> tuple[tuple[Row, ...], int]:
    """The rows of the timeline that is acted upon, and the id of the one that is named."""
    strands = record.strands[asked.subject]
    rows = [row for each in strands if changes and each.key == changes[0].key for row in each.rows]
    place = record.places.get(asked.target) if asked.target else None
    return tuple(rows), place[1] if place else 0


def _misplaced(subject: Subject, asked: Asked, values: Mapping[str, Any]) -> list[Problem]:
    """What a form asks for in another place: a change of what is lifelong, no date, no row."""
    found = []
    if asked.act is Act.CHANGE and asked.on is None and asked.until is None:
        found.append(Problem("on_missing", "belum diisi", "block", column="Berlaku mulai"))
    if asked.act is not Act.CHANGE and asked.target is None:
        found.append(Problem("target_missing", "Pilih baris yang dibetulkan atau dibatalkan.", "block"))
    if asked.ends and subject.code == "employment" and not values.get("end_reason"):
        found.append(Problem("end_reason_missing", "belum diisi", "block", column="Alasan berhenti"))
    if asked.act is not Act.CORRECT and "reopen" in values:
        found.append(Problem("unknown_field", "isian 'reopen' hanya untuk pembetulan", "block"))
    return found


def _facts(subject: Subject, values: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """Values by column: persons and seats by their ids."""
    found: dict[str, Any] = {}
    problems = []
    look = {Input.SEAT: reading.seat_ids, Input.PERSON: reading.person_ids}
    for name, value in values.items():
        asked = subject.field(name)
        if asked is None:
            continue  # reopen
        if asked.input not in look or value is None:
            found[asked.fact] = value
        elif number := look[asked.input]([value]).get(value):
            found[asked.fact] = number
        else:
            text = "tidak ditemukan, pilih lagi dari daftar"
            problems.append(Problem("not_found", text, "block", column=asked.label))
    return found, problems


def _changes(
    record: Record, subject: Subject, asked: Asked, facts: dict[str, Any]
) -> tuple[list[Change], list[Problem]]:
    try:
        strand, row_id = _strand(record, subject, asked, facts)
        if strand is None:
            return [], []
        facts = {name: value for name, value in facts.items() if name not in strand.key}
        plan, problems = _plan(subject, asked, facts, strand, row_id)
        changes = [Change(subject.code, strand.key, plan)]
        if subject.code == "employment":
            changes += leave_seats(record, timeline.outcome(strand.rows, plan))
    except InvalidValue as error:
        return [], [Problem("act", str(error), "block")]
    return changes, problems


def _strand(
    record: Record, subject: Subject, asked: Asked, facts: Mapping[str, Any]
) -> tuple[Strand | None, int]:
    """The timeline that is acted upon, and the id of the row that was named (0 if none was)."""
    strands = record.strands[subject.code]
    kind = facts.get("kind") if subject.code == "appointment" else None
    if asked.target is not None:
        place = record.places.get(asked.target)
        if place is None or place[0] != subject.code:
            raise InvalidValue("Baris ini sudah diganti atau tidak ada. Muat ulang halamannya.")
        strand = next(each for each in strands if any(row.id == place[1] for row in each.rows))
        if kind is not None and strand.key["kind"] != kind:
            raise InvalidValue(
                "Jenis pengangkatan tidak dapat diganti. Batalkan baris ini, lalu masukkan yang benar."
            )
        return strand, place[1]
    if asked.act is not Act.CHANGE:
        return None, 0
    key = _new_key(record, subject, kind)
    return next((each for each in strands if each.key == key), Strand(key)), 0


def _new_key(record: Record, subject: Subject, kind: str | None) -> dict[str, Any]:
    key: dict[str, Any] = {"person_id": record.person_id}
    if subject.several:
        return key | {"item": uuid7()}
    if subject.code != "appointment":
        return key
    if kind is None:
        raise InvalidValue("Jenis pengangkatan belum diisi.")
    stints = [each.key["stint"] for each in record.strands["appointment"] if each.key["kind"] == kind]
    regular = kind == AppointmentKind.REGULAR.value
    return key | {"kind": kind, "stint": 0 if regular else max(stints, default=0) + 1}


def _plan(
    subject: Subject, asked: Asked, facts: dict[str, Any], strand: Strand, row_id: int
) -> tuple[Plan, list[Problem]]:
    if asked.act is Act.RESCIND:
        return timeline.rescind(strand.rows, row_id, fresh=subject.fresh()), []
    if asked.act is Act.CORRECT:
        return _corrected(subject, asked, facts, strand, row_id)
    if asked.ends:
        _after_its_start(asked, strand, row_id)
        return timeline.end(strand.rows, asked.until or date.max, facts), _missing(subject, facts)
    return _changed(subject, asked, facts, strand)


def _after_its_start(asked: Asked, strand: Strand, row_id: int) -> None:
    """``InvalidValue`` where the row that was named would end before it begins."""
    named = next((row for row in strand.rows if row.id == row_id), None)
    if named is not None and asked.until is not None and asked.until <= named.period.start:
        start = format_date(named.period.start)
        raise InvalidValue(
            f"Hari terakhir tidak boleh sebelum {start}, hari mulainya. Bila baris ini keliru, batalkan."
        )


def _changed(
    subject: Subject, asked: Asked, facts: dict[str, Any], strand: Strand
) -> tuple[Plan, list[Problem]]:
    on = asked.on
    if on is None:
        return Plan(), []
    base = next((row for row in strand.rows if row.period.contains(on)), None)
    if base is None:
        whole = {name: blank for name, blank in subject.blanks().items() if name not in strand.key} | facts
        problems = _missing(subject, whole)
    else:
        problems = _missing(subject, _said(subject, facts)) + _lifelong(subject, facts, base)
        whole = facts
    resumes = subject.resumes and base is not None
    fresh = subject.fresh()
    plan = timeline.change(strand.rows, on, whole, asked.until, resume=resumes, fresh=fresh)
    if not any(problem.code == "missing" for problem in problems) and _idle(
        subject, facts, strand.rows, plan
    ):
        problems.append(Problem("no_change", "Tidak ada yang berubah. Isi yang baru.", "block"))
    return plan, problems


def _said(subject: Subject, facts: Mapping[str, Any]) -> dict[str, Any]:
    """What a change says, and nothing for what it must say anew and does not."""
    return {field.fact: field.blank for field in subject.fields if field.anew} | dict(facts)


def _idle(subject: Subject, facts: Mapping[str, Any], rows: Sequence[Row], plan: Plan) -> bool:
    """Whether every day says the same after an act as before. The number of an order counts where the act
    brings one; that it brings none is no news."""
    fresh = subject.fresh()
    silent = {name for name, blank in fresh.items() if facts.get(name, blank) == blank}
    return _stretches(rows, silent) == _stretches(timeline.outcome(rows, plan), silent)


def _stretches(rows: Sequence[Row], silent: Collection[str]) -> list[tuple[Period, Values]]:
    """Rows without some of their values; neighbours that say the same are one."""
    found: list[tuple[Period, Values]] = []
    for row in sorted(rows, key=lambda row: row.period.start):
        values = {name: value for name, value in row.values.items() if name not in silent}
        if found and found[-1][0].end == row.period.start and found[-1][1] == values:
            found[-1] = (Period(found[-1][0].start, row.period.end), values)
        else:
            found.append((row.period, values))
    return found


def _corrected(
    subject: Subject, asked: Asked, facts: dict[str, Any], strand: Strand, row_id: int
) -> tuple[Plan, list[Problem]]:
    place, old = next((place, row) for place, row in enumerate(strand.rows) if row.id == row_id)
    problems = _missing(subject, facts)
    start = asked.on
    if (
        subject.code == "identity"
        and facts.get("birth_date", old.values["birth_date"]) != old.values["birth_date"]
    ):
        if place:
            text = "berlaku sejak awal. Betulkan pada baris identitas yang pertama."
            problems.append(Problem("lifelong", text, "block", column="Tanggal lahir"))
        else:
            start = facts["birth_date"]  # the first row begins at birth
    reopen = bool(subjects.read(subject, asked.values)[0].get("reopen"))
    if reopen and "end_reason" in old.values:
        facts = facts | {"end_reason": ""}
    plan = timeline.correct(
        strand.rows, row_id, facts, start, asked.until, reopen=reopen, fresh=subject.fresh()
    )
    if plan.empty:
        problems.append(Problem("no_change", "Tidak ada yang berubah. Isi yang benar.", "block"))
    return plan, problems


def _missing(subject: Subject, facts: Mapping[str, Any]) -> list[Problem]:
    """Required fields that are there, and empty."""
    return [
        Problem("missing", "belum diisi", "block", column=each.label)
        for each in subject.fields
        if each.required and each.fact in facts and facts[each.fact] in (None, "")
    ]


def _lifelong(subject: Subject, facts: Mapping[str, Any], base: Row) -> list[Problem]:
    text = "tidak berubah dalam hidup seseorang. Kalau salah tulis, pilih Betulkan."
    return [
        Problem("lifelong", text, "block", column=each.label)
        for each in subject.fields
        if each.lifelong and each.fact in facts and facts[each.fact] != base.values[each.fact]
    ]


def _seats_of(record: Record, changes: Sequence[Change]) -> dict[int, SeatFacts]:
    """The seats that come and go, and his own ones, by which it is judged where he may act."""
    plans = [change.plan for change in changes if change.subject == "appointment"]
    if not plans:
        return {}
    ids = {piece.values["seat_id"] for plan in plans for piece in plan.added}
    ids |= {row.values["seat_id"] for row in record.rows("appointment")}
    ids |= {row.values["seat_id"] for plan in plans for row in plan.removed}
    return reading.read_seats(sorted(each for each in ids if each))


def _judge(
    record: Record, subject: Subject, changes: Sequence[Change], today: date, seats: Mapping[int, SeatFacts]
) -> list[Problem]:
    before = record.all_rows()
    after = {name: list(rows) for name, rows in before.items()}
    for change in changes:
        gone = {row.id for row in change.plan.removed}
        kept = [row for row in after[change.subject] if row.id not in gone]
        after[change.subject] = sorted([*kept, *_added(change)], key=lambda row: row.period.start)
    now = Situation(record.person_id, today, after, _added(changes[0]), seats, reading.offer_seats)
    found = find_problems(subject.code, now)
    if not any(problem.severity == "block" for problem in found):
        return found
    old = find_problems(subject.code, replace(now, after=before, added=before[subject.code]))
    known = {(problem.code, problem.message) for problem in old}
    return [_doubt(each) if (each.code, each.message) in known else each for each in found]


def _added(change: Change) -> list[Row]:
    return [Row(piece.period, {**piece.values, **change.key}) for piece in change.plan.added]


def _taken(
    record: Record, subject: Subject, facts: Mapping[str, Any], named: Callable[[int], str]
) -> list[Problem]:
    """A number that somebody else has: whoever may not see him learns that much and no more."""
    name = {"identity": "nik", "employment": "nip"}.get(subject.code, "")
    value = facts.get(name)
    other = reading.other_with(subject.code, name, value, record.person_id) if value else None
    if other is None:
        return []
    who = named(other)
    text = f"sudah dipakai {who}: periksa nomornya, atau apakah keduanya orang yang sama."
    if not who:
        text = "sudah tercatat untuk pegawai lain. Periksa nomornya; bila benar, hubungi petugas kepegawaian."
    return [Problem("taken", text, "block", column=name.upper())]


def _without_echoes(problems: Sequence[Problem]) -> list[Problem]:
    """What could not be read is not missing as well, nor is it no change."""
    unread = {
        problem.column for problem in problems if problem.code in ("value", "unknown_field", "not_found")
    }
    return [
        problem
        for problem in problems
        if not (problem.code in ("missing", "nip_missing") and problem.column in unread)
        and not (problem.code == "no_change" and unread)
    ]


def _doubt(problem: Problem) -> Problem:
    return replace(problem, severity="warn") if problem.severity == "block" else problem

"""The running month of one person: his facts from the register as of today, his days, and what they give."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from pamong.access import queries as access
from pamong.access import services as access_services
from pamong.attendance import queries as attendance
from pamong.attendance.calendars import WorkDay as CalendarDay
from pamong.attendance.calendars import month_calendar
from pamong.attendance.choices import ExcuseKind
from pamong.attendance.columns import MISSED
from pamong.attendance.queries import DayView, PersonDays
from pamong.attendance.resolving import DayResult, ReasonCode, State
from pamong.kernel.actor import Actor
from pamong.law.engine.loader import PayGroup
from pamong.leave.columns import UNPAID
from pamong.pay import policies
from pamong.pay.calculation import MonthLaw
from pamong.pay.choices import Lack, SlipState
from pamong.pay.forecasting import Known, MonthSoFar, WorkDay
from pamong.pay.queries.parts_of_one import acting_of, segments_of
from pamong.people.columns import register_sql
from pamong.people.errors import PersonNotFound
from pamong.people.queries.scope import condition
from pamong.performance.choices import VALUES
from pamong.performance.columns import MONTHS

# His row of the register; how he is paid, and what is verified of his month; and his newest slip, which tells
# how he was paid as long as nobody has said it here.
_FACTS = """
SELECT p.id, p.uid, to_jsonb(r), to_jsonb(s), to_jsonb(f), to_jsonb(w), a.musters FROM people_person p
LEFT JOIN ({register}) r ON r.person_uid = p.uid
LEFT JOIN LATERAL (
  SELECT t.uid, t.state, t.pay_group, t.net, run.month, i.facts FROM pay_slip t
  JOIN pay_run run ON run.id = t.run_id JOIN pay_slipinput i ON i.slip_id = t.id
  WHERE t.person_id = p.id AND run.state = 'published' AND run.mode <> 'shadow'
  ORDER BY run.month DESC, run.published_at DESC LIMIT 1
) s ON TRUE
LEFT JOIN LATERAL (
  SELECT pay_group, fixed_income, tax_status FROM pay_payfact
  WHERE person_id = p.id AND superseded_at IS NULL AND period @> %(end)s::date - 1
) f ON TRUE
LEFT JOIN LATERAL ({months}) w ON TRUE
LEFT JOIN ({missed}) a ON a.person_id = p.id
WHERE {who} AND {within}
"""
_PAID = ("pay_group", "fixed_income", "tax_status")
_SATURDAY = 6


@dataclass(frozen=True, slots=True)
class NewestSlip:
    """The newest slip of somebody: its month, and the amount where there is one."""

    uid: UUID
    month: date
    state: SlipState
    net: int | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """A running month. ``group``: what he receives, and from whom; None where nobody has said.

    ``so_far`` is None where no amount can be told: he is paid in another way, or ``lack`` says what is
    missing, and ``missing`` which facts. ``days`` are there in any case.
    """

    uid: UUID
    name: str
    month: date
    group: PayGroup | None
    lack: Lack | None
    missing: tuple[str, ...]
    so_far: MonthSoFar | None
    days: PersonDays
    newest: NewestSlip | None


def forecast(*, actor: Actor, at: datetime, law: MonthLaw, zone: str, person: UUID | None = None) -> Forecast:
    """The month of ``law`` for somebody within the actor's scope, by default himself; the look is logged.

    ``zone`` holds where his unit names no site. ``PersonNotFound``, ``NotAllowed``; ``LawError`` where the
    holidays of that year are not decreed yet.
    """
    id_, uid, row, slip, facts, work, musters = _facts(actor, law, person)
    end = law.month.end or law.month.start + timedelta(days=31)
    days = attendance.days_of(id_, at=at, first=law.month.start, end=end, law=law.law, zone=zone)
    subjects = [] if actor.person_id == id_ else [uid]
    access_services.log_read(actor=actor, at=at, path=policies.READ, subjects=subjects)
    known = _known(slip, facts, work, musters, law.month.start)
    group = law.law.profile.pay_groups.get(known.pay_group or "")
    name, newest = str(row["name"]) if row else "", _newest(slip)
    lack = _lack(row, group, days)
    so_far: MonthSoFar | None = None
    missing: tuple[str, ...] = ()
    if lack is None and group is not None and group.entitled and row is not None:
        so_far = _so_far(law, known, row, days)
        lack, missing = _untold(so_far)
    told = None if lack else so_far
    return Forecast(uid, name, law.month.start, group, lack, missing, told, days, newest)


def _so_far(law: MonthLaw, known: Known, row: Mapping[str, Any], days: PersonDays) -> MonthSoFar:
    saturdays = any(day.result and day.on.isoweekday() == _SATURDAY for day in days.days)
    calendar = month_calendar(law.law, law.month, "6" if saturdays else "5")
    first = law.month.start
    return MonthSoFar(
        law, known, _person(law, row, calendar), segments_of(row, first), acting_of(row, first, calendar),
        _work_days(row, days),
    )  # fmt: skip


def _facts(
    actor: Actor, law: MonthLaw, person: UUID | None
) -> tuple[int, UUID, Any, Any, Any, Any, int | None]:
    within, params = condition(actor, access.scoped(actor, policies.READ))
    who = "p.id = %(own)s" if person is None else "p.uid = %(uid)s"
    only = f"e.person_id IN (SELECT p.id FROM people_person p WHERE {who})"  # noqa: S608 - our own statement
    register, more = register_sql(law.month, only, UNPAID)
    asked = {**params, **more, "own": actor.person_id, "uid": person}
    with connection.cursor() as cursor:
        sql = _FACTS.format(register=register, months=MONTHS, missed=MISSED, who=who, within=within)
        cursor.execute(sql, asked)
        found = cursor.fetchone()
    if found is None:
        raise PersonNotFound
    id_, uid, *told, musters = found
    row, slip, facts, work = (text and json.loads(text) for text in told)
    return int(id_), UUID(str(uid)), row, slip, facts, work, musters


def _newest(slip: Mapping[str, Any] | None) -> NewestSlip | None:
    if slip is None:
        return None
    return NewestSlip(
        UUID(slip["uid"]), date.fromisoformat(slip["month"]), SlipState(slip["state"]), slip["net"]
    )


def _known(
    slip: Mapping[str, Any] | None,
    paid: Mapping[str, Any] | None,
    work: Mapping[str, Any] | None,
    musters: int | None,
    month: date,
) -> Known:
    """How he is paid, what is verified of his month, and the musters that he missed as far as agreed; of what
    nobody has said here, what his newest slip says: how he is paid, and what he did only where that slip is
    of this very month."""
    told: dict[str, Any] = {}
    if slip is not None:
        facts = json.loads(slip["facts"])["person"]
        names = VALUES if date.fromisoformat(slip["month"]) == month else ()
        told = {name: facts[name] for name in ("fixed_income", "tax_status", *names)}
        told["pay_group"] = slip["pay_group"] or None
    if musters is not None:
        told["musters_missed"] = musters
    told |= {name: paid[name] for name in _PAID if paid and paid[name] is not None}
    told |= {name: work[name] for name in VALUES if work and work[name] is not None}
    return Known(**told)


def _lack(row: Mapping[str, Any] | None, group: PayGroup | None, days: PersonDays) -> Lack | None:
    """What keeps the month from being told; None also for who is paid in another way."""
    if row is None:
        return Lack.SERVICE
    if row["kind"] == "PPPK_PW":
        return Lack.PART_TIME
    if group is None:
        return Lack.GROUP
    if not group.entitled:
        return None
    if not days.posted:
        return Lack.POST
    if any(day.unplanned for day in days.days):
        return Lack.WEEK
    return _unheard(days)


def _unheard(days: PersonDays) -> Lack | None:
    """Missing is not zero: whom no machine knows, or of whom none has told, is not therefore away."""
    expected = [day for day in days.days if day.result is not None]
    excused = [day for day in expected if day.result and day.result.state is State.EXCUSED]
    if len(excused) == len(expected):
        return None
    if not any(day.numbered for day in expected):
        return Lack.NUMBER
    if days.watermark is None:
        return Lack.DATA
    away = any(day.result and day.result.state is State.ABSENT for day in expected)
    seen = any(day.result and day.result.fates for day in expected)
    return Lack.NO_PUNCH if away and not seen else None


def _untold(so_far: MonthSoFar) -> tuple[Lack | None, tuple[str, ...]]:
    """What the law says against an amount before tax and contributions, and which facts it misses."""
    if so_far.end.value("is_entitled").num is False:
        return Lack.STANDING, tuple(dict.fromkeys(str(part["segment_standing"]) for part in so_far.segments))
    names = ("is_entitled", "tpp_ceiling", "tpp_gross")
    missing = tuple(dict.fromkeys(text for name in names for text in so_far.missing(name)))
    if missing:
        return Lack.FACTS, missing
    return (None if so_far.amount("tpp_ceiling") else Lack.NOTHING), ()


def _person(law: MonthLaw, row: Mapping[str, Any], calendar: Sequence[CalendarDay]) -> dict[str, Any]:
    return {
        "is_cpns": row["kind"] == "CPNS",
        "golongan": row["golongan"],
        "mkg": row["mkg_years"],
        "week": calendar[0].week if calendar else "5",
        "is_dead": bool(row["died"]),
        "last_day": row["to_day"],
        "days_in_month": (law.month.last_day or law.month.start).day,
        "first_work_day": calendar[0].on.day if calendar else 1,
    }


def _work_days(row: Mapping[str, Any], days: PersonDays) -> tuple[WorkDay, ...]:
    return tuple(
        work_day(day, day.result)
        for day in days.days
        if day.result is not None and row["from_day"] <= day.on.day <= row["to_day"]
    )


def work_day(day: DayView, result: DayResult) -> WorkDay:
    """A day of presence as pay counts it."""
    clock = ZoneInfo(result.instance.zone)
    midnight = datetime.combine(day.on, time())

    def second(at: datetime) -> int:
        return int((at.astimezone(clock).replace(tzinfo=None) - midnight).total_seconds())

    # Of a present day only an outage keeps an end from being recorded: it counts as on time.
    dark = result.state is State.PRESENT
    came = result.first_in or (result.instance.starts if dark else None)
    left = result.last_out or (result.instance.ends if dark else None)
    return WorkDay(
        on=day.on,
        shift_start=second(result.instance.starts),
        shift_end=second(result.instance.ends),
        first_in=None if came is None else second(came),
        last_out=None if left is None else second(left),
        excuse=next(_excuses(result), None),
        over=result.state not in (State.PLANNED, State.OPEN),
    )


def _excuses(result: DayResult) -> Iterator[str]:
    """Why nobody expects him on the whole day, the first of its kinds in their order."""
    told = {reason.value for reason in result.reasons if reason.code is ReasonCode.EXCUSED}
    yield from (kind.value for kind in ExcuseKind if kind.value in told)

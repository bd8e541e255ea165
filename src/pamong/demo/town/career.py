"""When somebody was born, began and rose; made for the seat that he has, or left, from draws of his own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from pamong.demo.people import PERSONAS
from pamong.demo.town.draws import Draws
from pamong.demo.town.plan import SeatPlan
from pamong.demo.town.rules import (
    NOW,
    TODAY,
    YEAR,
    Study,
    first_of,
    law,
    month_of,
    pick,
    place,
    promotion_month,
    read,
    studies,
)

_MOST_YEARS = 36
_STAYS = 12 * YEAR  # that many stay at the end of what their post allows
_CLOSED_YEARS = ((2015, 2018), (2020, 2020))  # few were taken on
_OLD_BEFORE = 1972


@dataclass(frozen=True, slots=True, eq=False)
class Career:
    """One career. Months are numbers, see ``rules``; ``ranks`` are (since, place on the ladder) of a PNS.

    ``golongan`` is that of a PPPK. ``confirmed`` is when a CPNS became PNS; ``end`` the first day after
    service, with its ``reason``. ``studied`` are programmes with the year of the diploma, in their order.
    """

    kind: str
    sex: str
    born: date
    start: date
    end: date | None
    reason: str
    confirmed: int | None
    ranks: tuple[tuple[int, int], ...]
    golongan: str
    studied: tuple[tuple[Study, int], ...]

    @property
    def horizon(self) -> date:
        """Today, or the end of the service."""
        return self.end or TODAY

    def rank_on(self, month: int) -> int:
        """The place on the ladder in a month; the first one before that."""
        found = self.ranks[0][1]
        for since, step in self.ranks:
            if since > month:
                break
            found = step
        return found

    def reached(self, step: int) -> int | None:
        """The month in which a place on the ladder was reached, or passed."""
        return next((since for since, place in self.ranks if place >= step), None)


def make_career(seed: str, seat: SeatPlan) -> Career:
    """The career of the person who has the seat, or had it last."""
    if seat.person is None:
        raise ValueError(f"nobody was ever planned for seat {seat.key}")
    draws = Draws(seed, "career", seat.person)
    rolls = draws.rolls(16)  # as many, whatever the branch
    persona = PERSONAS.get(seat.who)
    sex = persona.sex if persona else "P" if rolls[0] * 100 < seat.women else "L"
    study: Study = seat.study or pick(seat.rule.studies, rolls[1])
    if seat.kind in ("PPPK", "PPPK_PW"):
        return _contract(seat, sex, study, rolls)
    return _permanent(seat, sex, study, rolls, draws)


def _contract(seat: SeatPlan, sex: str, study: Study, rolls: list[float]) -> Career:
    rules, persona = read("rules"), PERSONAS.get(seat.who)
    starts = rules["pw_starts" if seat.kind == "PPPK_PW" else "pppk_starts"]
    start = persona.started if persona else pick([day for day in starts if day >= seat.opens], rolls[2])
    age = study.age + int(rolls[3] ** 1.4 * (seat.rule.age - study.age - 7))
    born = persona.born if persona else _born(start, age, rolls[4])
    studied = _schooling(study, born, month_of(start), rolls, whole=True)
    return Career(seat.kind, sex, born, start, None, "", None, (), study.pppk, studied)


def _permanent(seat: SeatPlan, sex: str, study: Study, rolls: list[float], draws: Draws) -> Career:
    """A PNS or CPNS, or somebody who left."""
    end, reason = _ending(rolls) if seat.kind == "gone" else (NOW, "")
    entry = _entry(seat, study, rolls[5])
    fixed = PERSONAS.get(seat.who)
    if fixed:
        start, born = fixed.started, fixed.born
    elif seat.kind == "CPNS":
        start = pick(read("rules")["cpns_starts"], rolls[2])
        born = _born(start, study.age + int(rolls[3] * 7), rolls[4])
    else:
        start, born = _span(seat, entry, end, reason, rolls)
    begun = month_of(start)
    ranks = _ranks(seat, entry, begun, end, draws)
    confirmed = begun + pick(read("rules")["probation_months"], rolls[6])
    return Career(
        kind="CPNS" if seat.kind == "CPNS" else "PNS",
        sex=sex,
        born=born,
        start=start,
        end=_end_day(end, reason, rolls[7]),
        reason=reason,
        confirmed=None if seat.kind == "CPNS" else confirmed,
        ranks=ranks,
        golongan="",
        studied=_schooling(study, born, begun, rolls, whole=entry is study),
    )


def _entry(seat: SeatPlan, study: Study, draw: float) -> Study:
    """What somebody started with: the base of a second degree; some had no degree yet."""
    found = study
    while found.base and not found.alone:
        found = found.base
    low = place(seat.grade or seat.rule.grades[0])
    if seat.kind == "CPNS" or seat.who:
        return found
    from_school = found.level_id in ("40", "30") and not seat.rule.track and low <= place("III/c")
    return studies()["sma"] if from_school and draw < 0.2 else found


def _ending(rolls: list[float]) -> tuple[int, str]:
    """Month and reason of the end of a service, within the last two years."""
    endings: dict[str, int] = read("rules")["endings"]
    reasons = [reason for reason, percent in endings.items() for _ in range(percent)]
    return NOW - int(rolls[9] * 2 * YEAR), str(pick(reasons, rolls[8]))


def _end_day(end: int, reason: str, draw: float) -> date | None:
    """Pensions begin on the first of a month; other services end on any day."""
    if not reason:
        return None
    day = first_of(end)
    if reason in ("died", "dismissed"):
        day += timedelta(days=int(draw * 27))
    return min(day, TODAY)


def _span(seat: SeatPlan, entry: Study, end: int, reason: str, rolls: list[float]) -> tuple[date, date]:
    """Start and birth, so that the ranks of the post are within reach and nobody is too old."""
    rule = seat.rule
    first, low, high = place(entry.pns), place(rule.grades[0]), place(rule.grades[1])
    most = min((rule.age - entry.age) * YEAR - 8, _MOST_YEARS * YEAR)
    least = min(max(low - first, 0) * 56 + (30 if low > first else 14), most - 6)
    longest = max(least + 6, min(most, max(high - first + 1, 1) * 51 + _STAYS))
    if reason == "retired":
        served = most - int(rolls[3] * min(most - least, 10 * YEAR))
        start = _hiring(end - served, end - most, rolls)
        return start, _birth_month(end - rule.age * YEAR - law("career/pension_start_months"), rolls[4])
    served = least + int(rolls[3] ** 0.9 * (longest - least))
    start = _hiring(min(end - served, NOW - 20), end - most, rolls)
    oldest = min(law("career/cpns_age_highest"), rule.age - (end - month_of(start)) // YEAR - 2)
    age = entry.age + int(rolls[10] ** 1.5 * max(1, oldest - entry.age + 1))
    born = _born(start, min(age, max(oldest, entry.age)), rolls[4])
    return start, max(born, _birth_month(end - rule.age * YEAR + 2, rolls[4]))


def _hiring(month: int, earliest: int, rolls: list[float]) -> date:
    """A month in which people are taken on, near the given one and in or after the year of the earliest."""
    year = month // YEAR
    for first, last in _CLOSED_YEARS:
        if first <= year <= last:
            year = first - 1 if first - 1 >= earliest // YEAR else last + 1
    return date(year, pick(read("rules")["hiring_months"], rolls[11]), 1)


def _birth_month(month: int, draw: float) -> date:
    day = first_of(month)
    return day.replace(day=1 + int(draw * 28))


def _born(start: date, age: int, draw: float) -> date:
    """Somebody who is of an age in whole years at his start."""
    return start.replace(year=start.year - age) - timedelta(days=1 + int(draw * 363))


def _ranks(seat: SeatPlan, entry: Study, begun: int, end: int, draws: Draws) -> tuple[tuple[int, int], ...]:
    """Promotions from the first golongan until what the post allows; in time for a grade that is told."""
    first = place(entry.pns)
    if seat.kind == "CPNS":
        return ((begun, first),)
    top = place(seat.grade or seat.rule.grades[1])
    low = place(seat.grade or seat.rule.grades[0])
    found = [(begun, first)]
    paces = read("rules")["rank_months"]
    hurry = max(0, low - first)
    for step in range(first + 1, top + 1):
        last = found[-1][0]
        wait = pick(paces, draws.random())
        if step <= low:  # the post asks for it
            wait = min(wait, max(18, (end - 8 - last) // hurry))
            hurry -= 1
        month = promotion_month(last + wait)
        if month > end - 1:
            break
        found.append((month, step))
    return tuple(found)


def _schooling(
    study: Study, born: date, begun: int, rolls: list[float], *, whole: bool
) -> tuple[tuple[Study, int], ...]:
    """Programmes with the year of each diploma: the first before the start, the others in service."""
    chain = [study]
    while chain[0].base:
        chain.insert(0, chain[0].base)
    start_year = begun // YEAR
    school = studies()["sma"]
    if chain[0].level_id > school.level_id:
        chain.insert(0, school)
    found: list[tuple[Study, int]] = []
    for part in chain:
        year = born.year + part.age + (0 if part is school else int(rolls[12] * 2))
        if found:
            year = max(year, found[-1][1] + 1)
        in_service = part is not chain[0] and not part.alone and not whole and part is study
        if in_service:
            year = max(year, start_year + 4 + int(rolls[13] * 8))
        found.append((part, min(year, TODAY.year - 1 if in_service else start_year)))
    return tuple(found)


def title_of(study: Study, career: Career) -> tuple[str, str]:
    """Front and back title of one diploma; in older days some gave Drs. or Dra. instead."""
    if study.old and career.born.year < _OLD_BEFORE:
        return "Drs." if career.sex == "L" else "Dra.", ""
    return study.front, study.back


def titles_of(career: Career, diplomas: int, *, pilgrim: bool) -> tuple[str, str]:
    """Front and back titles after so many diplomas; who was on the pilgrimage has H. or Hj."""
    fronts: list[str] = []
    backs: list[str] = []
    for study, _ in career.studied[:diplomas]:
        front, back = title_of(study, career)
        if front:
            fronts.insert(0, front)
        if back:
            backs.append(back)
    if pilgrim:
        fronts.append("H." if career.sex == "L" else "Hj.")
    return " ".join(fronts), ", ".join(backs)

"""Which posts somebody had, one after the other: what his career asks for, before seats are looked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from pamong.demo.town.career import Career
from pamong.demo.town.draws import Draws
from pamong.demo.town.plan import SeatPlan
from pamong.demo.town.rules import (
    LADDER,
    LEVELS,
    REFORM,
    YEAR,
    PostRule,
    first_of,
    level_places,
    month_of,
    place,
    rotation_after,
)

_STAFF = {"I": "juru", "II": "pengadministrasi", "III": "penelaah", "IV": "penelaah"}
_BACHELOR = place("III/a")
_LADDER_RANKS = (place("III/b"), place("III/d"), place("IV/a"))
_LADDER_WAIT = (9 * YEAR, 5 * YEAR, 4 * YEAR)  # months in service, then on the rung before
_LAST_MONTHS = 3  # a rung is reached at least so long before the horizon
_REFORM_PERCENT = 40  # of those in posts that took sections over had led one


class Stint(NamedTuple):
    """A post from a day on. ``pool`` is '' for the own seat, else the kind of seat to look for."""

    start: date
    pool: str
    post: str


def make_stints(seed: str, seat: SeatPlan, career: Career) -> list[Stint]:
    """The posts in order; the last ones are on the own seat. Each start is later than the one before."""
    draws = Draws(seed, "posts", seat.person or 0)
    rolls = draws.rolls(16)
    rule = seat.rule
    if career.ranks and career.kind == "PNS":
        makers = {"jf": _functional, "pelaksana": _staff}
        found = list(makers.get(rule.kind, _managerial)(seat, career, rolls))
    else:
        found = [Stint(career.start, "", rule.key)]
    return _tidy(found, seat, career)


def own_since(stints: list[Stint]) -> date:
    """Since when the own seat is held without a break."""
    found = stints[-1].start
    for stint in reversed(stints):
        if stint.pool:
            break
        found = stint.start
    return found


def pool_of(rule: PostRule) -> str:
    """Among which seats somebody in such a post moves: a functional post, a rung, or a post of staff."""
    if rule.kind in LADDER:
        return rule.kind
    return rule.key.partition(".")[0]


def _tidy(found: list[Stint], seat: SeatPlan, career: Career) -> list[Stint]:
    """In order of time, from the start on, the own seat not before it was made."""
    kept: list[Stint] = []
    for stint in sorted(found, key=lambda stint: stint.start):
        if stint.start >= career.horizon:
            continue
        if kept and kept[-1].start == stint.start:
            kept.pop()
        kept.append(stint)
    while len(kept) > 1 and not kept[-1].pool and kept[-1].start < seat.opens:
        kept.pop()
    own = [stint for stint in kept if not stint.pool and stint.start < seat.opens]
    if own:
        kept = [s._replace(pool=pool_of(seat.rule)) if s in own else s for s in kept]
        kept.append(Stint(seat.opens, "", seat.rule.key))
        kept = sorted((s for s in kept if s.pool or s.start >= seat.opens), key=lambda s: s.start)
    return [kept[0]._replace(start=career.start), *kept[1:]]


def _staff(seat: SeatPlan, career: Career, rolls: list[float]) -> Iterator[Stint]:
    """The same post all along, in one to three offices."""
    starts = [career.start, *_moves(career.start, career.horizon, rolls)]
    for number, start in enumerate(starts):
        last = number == len(starts) - 1
        yield Stint(start, "" if last else pool_of(seat.rule), seat.rule.key)


def _functional(seat: SeatPlan, career: Career, rolls: list[float]) -> Iterator[Stint]:
    """Up the levels as the golongan allows, in one to three offices; before that staff, or another post."""
    levels = _level_starts(seat.rule, career)
    own, pool = seat.rule.key.partition(".")[0], seat.rule.former or pool_of(seat.rule)
    moved = _moves(career.start, career.horizon, rolls)
    since = moved[-1] if moved else career.start
    if seat.rule.former:  # leading a school comes late
        since = max(since, first_of(levels[-1][0]), first_of(month_of(career.start) + 5 * YEAR))
        since = min(since, first_of(month_of(career.horizon) - 2))
    if _led_a_section(seat, career, rolls[8]):
        yield from _section(career, rolls)
        yield Stint(REFORM, "", seat.rule.key)
        return
    for start in {first_of(month) for month, _ in levels} | {career.start, since, *moved}:
        key = next((k for month, k in reversed(levels) if first_of(month) <= start), "")
        if not key:
            key = _staff_post(career, start)
            yield Stint(start, key, key)
        elif start >= since:
            yield Stint(start, "", f"{own}.{key.partition('.')[2]}")
        else:
            yield Stint(start, pool, f"{pool}.{key.partition('.')[2]}")


def _level_starts(rule: PostRule, career: Career) -> list[tuple[int, str]]:
    """(month, post key) of each level reached up to that of the seat."""
    name = rule.key.partition(".")[0]
    names = LEVELS[rule.track][: LEVELS[rule.track].index(rule.jenjang) + 1]
    found: list[tuple[int, str]] = []
    for level in names:
        low, high = level_places(level)
        month = career.reached(low)
        key = f"{name}.{level.rpartition(' ')[2].lower()}"
        if month is None or (level != rule.jenjang and career.ranks[0][1] > high):
            continue
        if found and found[-1][0] == month:
            found.pop()
        found.append((month, key))
    return found or [(month_of(career.start), rule.key)]


def _led_a_section(seat: SeatPlan, career: Career, draw: float) -> bool:
    """Whether he led a section that the reform turned into a functional post."""
    if not seat.rule.office or seat.rule.jenjang != "Ahli Muda" or seat.who:
        return False
    begun = career.reached(_LADDER_RANKS[0])
    early = begun is not None and first_of(begun + 18) < REFORM and seat.opens < REFORM
    return early and draw * 100 < _REFORM_PERCENT and career.horizon > REFORM


def _section(career: Career, rolls: list[float]) -> Iterator[Stint]:
    begun = career.reached(_LADDER_RANKS[0]) or 0
    key = _staff_post(career, career.start)
    yield Stint(career.start, key, key)
    led = rotation_after(first_of(begun + 6 + int(rolls[9] * 12)))
    yield Stint(min(led, first_of(month_of(REFORM) - 6)), "pengawas", "kasi_lama")


def _managerial(seat: SeatPlan, career: Career, rolls: list[float]) -> Iterator[Stint]:
    """From staff up the rungs, two to five years a seat."""
    rung = LADDER.index(seat.rule.kind)
    horizon = month_of(career.horizon)
    key = _staff_post(career, career.start)
    yield Stint(career.start, key, key)
    month = month_of(career.start)
    for number in range(rung + 1):
        reached = career.reached(_LADDER_RANKS[number]) or month
        month = max(month + _LADDER_WAIT[number], reached + int(rolls[number] * 2 * YEAR))
        latest = horizon - _LAST_MONTHS - (rung - number) * 14
        month = max(min(month, latest), month_of(career.start) + 1 + number)
        until = horizon
        if number < rung:
            until = max(month + 2 * YEAR, (career.reached(_LADDER_RANKS[number + 1]) or horizon) + 6)
            until = min(until, horizon - _LAST_MONTHS - (rung - number - 1) * 14)
        yield from _rung(number, rung, month, until, seat, rolls)


def _rung(
    number: int, rung: int, month: int, until: int, seat: SeatPlan, rolls: list[float]
) -> Iterator[Stint]:
    """The seats on one rung; on the last one the own seat comes last."""
    posts = ("kasi_lama", "kabid_lama", "staf_ahli")
    starts = [month]
    while until - starts[-1] > 5 * YEAR and len(starts) < 4:
        starts.append(starts[-1] + (2 + int(rolls[4 + len(starts)] * 3)) * YEAR + int(rolls[3] * 11))
    for count, start in enumerate(starts):
        own = number == rung and count == len(starts) - 1
        day = rotation_after(first_of(start))
        yield Stint(day, "" if own else LADDER[number], seat.rule.key if own else posts[number])


def _staff_post(career: Career, day: date) -> str:
    step = career.rank_on(month_of(day))
    if step >= _BACHELOR:
        return "penelaah"
    return "pengolah" if step >= place("II/c") else _STAFF["II" if step >= place("II/a") else "I"]


def _moves(start: date, until: date, rolls: list[float]) -> list[date]:
    """None to two days on which somebody went to another office."""
    first, last = month_of(start) + 2 * YEAR, month_of(until) - 4
    if last <= first:
        return []
    count = int(rolls[0] * min(3.0, 0.6 + (last - first) / (8 * YEAR)))
    found: list[int] = []
    for month in sorted(first + int(roll * (last - first)) for roll in rolls[1 : 1 + count]):
        if not found or month - found[-1] > YEAR:
            found.append(month)
    return [first_of(month) for month in found]

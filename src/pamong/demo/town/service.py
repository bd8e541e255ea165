"""Rows of a service: employment with its numbers, ranks, salary steps."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from pamong.demo.town.career import Career
from pamong.demo.town.rules import NOW, TODAY, YEAR, first_of, ladder, law, month_of, read, salary_years
from pamong.demo.town.shapes import Employment, Rank, SalaryStep
from pamong.kernel.nik import WOMEN_DAY_SHIFT

_FIRST_TKPK = 2004
_LEFT_SERIAL = 500  # numbers of those who left count from here, whatever the size of the town
_FORMER_CONTRACT = date(2021, 3, 1)
_NEW_CIVIL_SERVANTS = date(2024, 1, 1)
_STEPS_BACK = {"CPNS": "Pengangkatan CPNS", "KP": "Kenaikan pangkat", "KGB": "Kenaikan gaji berkala"}


class Numbers:
    """Hands out NIP and NIK; those who left have serials of their own."""

    def __init__(self) -> None:
        self._taken: Counter[str] = Counter()

    def nip(self, kind: str, born: date, start: date, sex: str, *, left: bool) -> str:
        """A NIP of birth, start, sex and serial; contracts have a code in place of the month."""
        code = read("rules")["number_codes"].get(kind) or f"{start:%m}"
        return self._next(f"{born:%Y%m%d}{start:%Y}{code}{1 if sex == 'L' else 2}", 3, _LEFT_SERIAL * left)

    def nik(self, born: date, sex: str, district: int, *, left: bool) -> str:
        """A citizen number of region 99, which no region has."""
        day = born.day + (WOMEN_DAY_SHIFT if sex == "P" else 0)
        return self._next(f"9901{district:02d}{day:02d}{born:%m%y}", 4, _LEFT_SERIAL * left)

    def _next(self, head: str, width: int, base: int) -> str:
        key = f"{head}/{base}"
        self._taken[key] += 1
        return f"{head}{base + self._taken[key]:0{width}d}"


def order_no(subject: str, key: int, step: int, year: int) -> str:
    """The number of an order: subject, number in the register, year."""
    return f"{subject}/{(key * 31 + step * 7) % 997 + 1}/{year}"


@cache
def order_day(start: date) -> date:
    """Orders are signed some days before they take effect, on a weekday."""
    day = start - timedelta(days=9)
    return day - timedelta(days=max(0, day.weekday() - 4))


def standing_of(career: Career, key: int, age: int, draw: float) -> tuple[str, date | None]:
    """A standing other than the usual one, and since when; ('', None) for nearly everybody."""
    if career.kind != "PNS" or career.end or key < 17:
        return "", None
    if key % 211 == 100:
        return "CLTN", first_of(NOW - 3 - key % 9)
    if key % 401 == 150:
        return "Pemberhentian Sementara", first_of(NOW - 2 - key % 5)
    if key % 401 == 250:
        return "Pemberhentian Sementara", first_of(NOW - 1).replace(day=12)
    born = month_of(career.born)
    months_left = born + age * YEAR + law("career/pension_start_months") - NOW
    if months_left < 8 and draw < 0.3:
        return "Masa Persiapan Pensiun", first_of(born + age * YEAR + 1 - YEAR)
    return "", None


def employments(
    key: int, career: Career, numbers: Numbers, special: tuple[str, date | None], draw: float
) -> Iterator[Employment]:
    """The stretches of service, oldest first."""
    left, born, sex = key < 0, career.born, career.sex
    start, contract = career.start, career.kind.startswith("PPPK")
    stretches = list(_before(career, draw))
    if contract:
        stretches.append((career.kind, "PPPK Aktif", start))
    else:
        stretches.append(("CPNS", "Aktif", start))
        if career.confirmed is not None:
            stretches.append(("PNS", "Aktif", first_of(career.confirmed)))
    if special[1] is not None:
        stretches.append(("PNS", special[0], special[1]))
    nip = numbers.nip(career.kind if contract else "PNS", born, start, sex, left=left)
    stretches = _lasting(stretches, career.end or date.max)
    for number, (kind, standing, since) in enumerate(stretches):
        until = stretches[number + 1][2] if number + 1 < len(stretches) else career.end
        own = nip if since >= start else None
        if kind == "PPPK" and own is None:
            own = numbers.nip("PPPK", born, since, sex, left=left)
        reason = career.reason if until and until == career.end else ""
        no = order_no("813", key, number, since.year)
        yield Employment(key, kind, own, standing, reason, no, order_day(since), since, until)


def _lasting(stretches: list[tuple[str, str, date]], end: date) -> list[tuple[str, str, date]]:
    """Without those that were over before they began: who left, or went on leave, before he was confirmed."""
    ends = [*(since for _, _, since in stretches[1:]), end]
    return [each for each, until in zip(stretches, ends, strict=True) if each[2] < until]


def _before(career: Career, draw: float) -> Iterator[tuple[str, str, date]]:
    """TKPK before part time; a contract before the post of a civil servant."""
    if career.kind == "PPPK_PW":
        earliest, latest = max(career.born.year + 19, _FIRST_TKPK), career.start.year - 1
        if draw * 100 < read("rules")["tkpk_percent"] and earliest <= latest:
            yield "TKPK", "TKPK", date(earliest + int(draw * (latest - earliest)), 1, 2)
        return
    of_age = career.born.year <= _FORMER_CONTRACT.year - 22
    new = not career.kind.startswith("PPPK") and career.start >= _NEW_CIVIL_SERVANTS
    if new and of_age and draw < 0.15:
        yield "PPPK", "PPPK Aktif", _FORMER_CONTRACT


def ranks(key: int, career: Career) -> Iterator[Rank]:
    """Golongan, oldest first; those in part time have none."""
    if career.kind == "PPPK_PW":
        return
    if career.kind == "PPPK":
        no = order_no("813", key, 0, career.start.year)
        yield Rank(
            key, career.golongan, "Pengangkatan PPPK", no, order_day(career.start), career.start, career.end
        )
        return
    for number, (month, step) in enumerate(career.ranks):
        last = number + 1 == len(career.ranks)
        start = first_of(month)
        end = career.end if last else first_of(career.ranks[number + 1][0])
        ground = "Kenaikan pangkat" if number else "Pengangkatan CPNS"
        no = order_no("823", key, number, start.year)
        yield Rank(key, ladder()[step], ground, no, order_day(start), start, end)


def salary_steps(key: int, career: Career) -> Iterator[SalaryStep]:
    """Years of service in the golongan wherever they raise the base salary; none in part time."""
    if career.kind == "PPPK_PW":
        return
    events = list(_contract_steps(career) if career.golongan else _steps(career))
    for number, (month, served, ground) in enumerate(events):
        last = number + 1 == len(events)
        start = first_of(month)
        end = career.end if last else first_of(events[number + 1][0])
        no = order_no("822", key, number, start.year)
        years, months = divmod(served, YEAR)
        yield SalaryStep(key, years, months, ground, no, order_day(start), start, end)


def _contract_steps(career: Career) -> Iterator[tuple[int, int, str]]:
    month = month_of(career.start)
    first, *later = salary_years("pppk")[career.golongan]
    yield month, first * YEAR, "Pengangkatan PPPK"
    for years in later:
        due = month + (years - first) * YEAR
        if first_of(due) > TODAY:
            return
        yield due, years * YEAR, "Kenaikan gaji berkala"


def _steps(career: Career) -> Iterator[tuple[int, int, str]]:
    """(month, months of service in the golongan, ground). Another part of the golongan takes years off."""
    table, less = salary_years("pns"), read("rules")["mkg_less"]
    until = month_of(career.horizon) - (0 if career.end is None else 1)
    since, place = career.ranks[0]
    golongan, served = ladder()[place], table[ladder()[place]][0] * YEAR
    yield since, served, _STEPS_BACK["CPNS"]
    for number in range(len(career.ranks)):
        later = career.ranks[number + 1] if number + 1 < len(career.ranks) else None
        stop = later[0] if later else until + 1
        rows = table[golongan]
        for years in rows[bisect_right(rows, served // YEAR) :]:
            due = since + years * YEAR - served
            if due >= stop:
                break
            since, served = due, years * YEAR
            yield since, served, _STEPS_BACK["KGB"]
        if later is None:
            return
        served += later[0] - since
        since, before, golongan = later[0], golongan, ladder()[later[1]]
        if before.partition("/")[0] != (part := golongan.partition("/")[0]):
            served = max(0, served - less[part] * YEAR)
        yield since, served, _STEPS_BACK["KP"]

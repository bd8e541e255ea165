"""Rows of a person's file: identity, contact, bank account, diplomas, relatives."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from pamong.demo.people import FIRST_PIN
from pamong.demo.town.career import Career, title_of, titles_of
from pamong.demo.town.draws import Draws
from pamong.demo.town.family import Home
from pamong.demo.town.rules import TODAY, pick, read
from pamong.demo.town.service import Numbers
from pamong.demo.town.shapes import BankAccount, Contact, Education, Identity, Relative

_MOVED_PERCENT = 12
_PILGRIM_PERCENT, _PILGRIM_BEFORE, _PILGRIM_AGE = 10, 1977, 44
_BETWEEN = timedelta(days=170)  # at least, from one diploma to the next
MAIL_DOMAIN = "kotacontoh.example"


class FileMaker:
    """Makes the files of people, with draws of their own each; NIK are handed out in order."""

    def __init__(self, seed: str, numbers: Numbers) -> None:
        self.seed, self.numbers = seed, numbers

    def identities(self, key: int, career: Career, home: Home, *, named: bool) -> Iterator[Identity]:
        """From birth on: a row for each change of titles or of marriage."""
        draws = Draws(self.seed, "identity", key)
        rolls = draws.rolls(3)
        nik = self.numbers.nik(career.born, career.sex, 1 + int(rolls[0] * 5), left=key < 0)
        pilgrim = self._pilgrimage(career, home, rolls[1] if not named else 1.0)
        done = graduations(career)
        days = {career.born, *done}
        days |= {day for day in (home.married, home.parted, pilgrim) if day}
        found: list[Identity] = []
        for day in sorted(days):
            diplomas = sum(graduated <= day for graduated in done)
            front, back = titles_of(career, diplomas, pilgrim=pilgrim is not None and day >= pilgrim)
            row = Identity(
                key, home.name, front, back, home.birth_place, career.born, career.sex, home.religion,
                _marital(home, day), nik, day, None,
            )  # fmt: skip
            if found and found[-1][:10] == row[:10]:
                continue
            if found:
                found[-1] = found[-1]._replace(end=day)
            found.append(row)
        yield from found

    @staticmethod
    def _pilgrimage(career: Career, home: Home, draw: float) -> date | None:
        goes = home.religion == "Islam" and career.born.year < _PILGRIM_BEFORE
        if not goes or draw * 100 >= _PILGRIM_PERCENT:
            return None
        return min(date(career.born.year + _PILGRIM_AGE, 9, 1), TODAY - timedelta(days=60))

    def contacts(self, key: int, career: Career, home: Home) -> Iterator[Contact]:
        """Address, telephone and mail; some moved house in service."""
        draws = Draws(self.seed, "contact", key)
        rolls = draws.rolls(8)
        pin = FIRST_PIN + key if key >= 0 else -key
        user = f"{home.name.split()[0].lower()}.{pin}" + ("" if key >= 0 else "p")
        phone = f"08{10 if key >= 0 else 19}00{pin:06d}"
        house = [f"{_street(rolls[n])} No. {1 + int(rolls[n + 1] * 120)}, Kota Contoh" for n in (0, 2)]
        tail = (phone, f"{user}@surat.example", f"{user}@{MAIL_DOMAIN}")
        moved = career.start + (career.horizon - career.start) * rolls[4]
        if rolls[5] * 100 >= _MOVED_PERCENT or moved <= career.start:
            yield Contact(key, house[0], *tail, career.start, None)
            return
        yield Contact(key, house[1], *tail, career.start, moved)
        yield Contact(key, house[0], *tail, moved, None)

    def bank_account(self, key: int, career: Career, home: Home) -> BankAccount:
        """An account at an invented bank, in the holder's name without titles."""
        number = f"{'3' if key >= 0 else '8'}{abs(key):09d}"
        return BankAccount(key, read("words")["bank"], number, home.name.upper(), career.start, None)

    def educations(self, key: int, career: Career) -> Iterator[Education]:
        """The diplomas, the first one first."""
        draws = Draws(self.seed, "education", key)
        schools = read("studies")["schools"]
        for number, ((study, _), day) in enumerate(zip(career.studied, graduations(career), strict=True)):
            school = pick(schools.get(study.level_id, schools["high"]), draws.random())
            no = f"{study.level_id}-{day.year}-{int(draws.random() * 10**6):06d}"
            front, back = title_of(study, career)
            yield Education(
                key, number, study.level, study.name, school, day, day.year, no, front, back, day, None
            )


def relatives(key: int, home: Home, town: Collection[int]) -> Iterator[Relative]:
    """Relatives; linked where the other is in the town too."""
    for number, kin in enumerate(home.kin):
        linked = kin.key if kin.key in town else None
        yield Relative(
            key, number, kin.relation, kin.name, kin.sex, kin.born, kin.occupation, linked, kin.entitled,
            kin.married, kin.since, kin.until,
        )  # fmt: skip


def graduations(career: Career) -> list[date]:
    """The days of the diplomas: in August, or earlier where the service began in that year."""
    found: list[date] = []
    for _, year in career.studied:
        day = date(year, 8, 20)
        if year == career.start.year and day >= career.start:
            day = date(year - 1, 8, 27) if career.start.month < 4 else date(year, 2, 20)
        found.append(max(day, found[-1] + _BETWEEN) if found else day)
    return found


def _marital(home: Home, day: date) -> str:
    if home.parted and day >= home.parted:
        return "Janda/Duda" if home.widowed else "Cerai"
    return "Menikah" if home.married and day >= home.married else "Belum Kawin"


def _street(draw: float) -> str:
    return str(pick(read("words")["streets"], draw))

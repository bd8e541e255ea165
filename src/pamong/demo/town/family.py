"""Homes: marriages, children, and who of those in service is whose kin.

People are matched within blocks of forty that stand next to each other in the town's order, so that a larger
town changes no match. Who is matched knows the other's name and birth in a smaller town as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from pamong.demo.people import PERSONAS
from pamong.demo.town.career import Career
from pamong.demo.town.draws import Draws
from pamong.demo.town.places import Places
from pamong.demo.town.plan import SeatPlan
from pamong.demo.town.rules import TODAY, law, pick, read
from pamong.demo.town.words import make_name

_BLOCK = 40
_YEAR = timedelta(days=365)
_SINGLE_PERCENT, _PARTED_PERCENT = 8, 3
# In a hundred blocks: so many have a couple, two siblings, a parent with a child.
_COUPLES, _SIBLINGS, _PARENTS = 60, 35, 25


class Kin(NamedTuple):
    """A relative; ``key`` where he is or was in service. ``until`` is when a marriage ended."""

    relation: str
    name: str
    sex: str
    born: date
    occupation: str
    key: int | None
    entitled: bool
    married: date | None
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Home:
    """What is known of somebody's home. ``parted`` is when a marriage ended, by death if ``widowed``."""

    name: str
    religion: str
    birth_place: str
    married: date | None
    parted: date | None
    widowed: bool
    kin: list[Kin] = field(default_factory=list)


class Homes:
    """The homes of one copy of the city."""

    def __init__(self, seed: str, places: Places) -> None:
        self.seed, self.places = seed, places
        self._first = min((key for key in places.by_person if key >= 0), default=0)
        self._matches: dict[int, dict[int, list[tuple[str, int]]]] = {}
        self._names: dict[int, str] = {}

    def name_of(self, seat: SeatPlan) -> str:
        """The name of who has the seat, or had it."""
        key = seat.person or 0
        if key not in self._names:
            persona, career = PERSONAS.get(seat.who), self.places.life(seat).career
            draws = Draws(self.seed, "name", key)
            self._names[key] = persona.name if persona else make_name(draws, career.sex, career.born.year)
        return self._names[key]

    def home_of(self, seat: SeatPlan) -> Home:
        """Marriage, children and kin of who has the seat."""
        key, career = seat.person or 0, self.places.life(seat).career
        matches = self._matches_of(key)
        spouse = next((other for relation, other in matches if relation == "spouse"), None)
        # A couple has one home: that of the first of the two in the town's order.
        lead = min(key, spouse) if spouse is not None else key
        draws = Draws(self.seed, "family", lead)
        home = self._begin(seat, career, draws, lead, spouse)
        if home.married:
            self._add_spouse(home, career, draws, spouse)
            self._add_children(home, career, draws)
        for relation, other in matches:
            if relation != "spouse":
                home.kin.append(self._relative(relation, other, career.start))
        return home

    def _begin(self, seat: SeatPlan, career: Career, draws: Draws, lead: int, spouse: int | None) -> Home:
        rolls = draws.rolls(8)
        born = career.born
        if spouse is not None:
            born = max(born, self._career(spouse).born)
        age = (22 if career.sex == "P" and spouse is None else 24) + int(rolls[0] * 9)
        wedding = date(born.year + age, 1 + int(rolls[1] * 12), 1 + int(rolls[2] * 28))
        single = rolls[3] * 100 < _SINGLE_PERCENT and spouse is None
        married = None if single or wedding >= TODAY - _YEAR / 4 else wedding
        if spouse is not None and married is None:
            married = TODAY - _YEAR / 2
        parted, widowed = None, rolls[5] < 0.5
        if married and spouse is None and rolls[4] * 100 < _PARTED_PERCENT:
            parted = married + (TODAY - married) * (0.5 + rolls[6] / 2)
        words = read("words")
        own = Draws(self.seed, "person", seat.person or 0)
        place = pick(words["places"], own.random())
        return Home(self.name_of(seat), pick(words["religions"], rolls[7]), place, married, parted, widowed)

    def _add_spouse(self, home: Home, career: Career, draws: Draws, spouse: int | None) -> None:
        married = home.married or TODAY
        rolls = draws.rolls(3)
        sex = "L" if career.sex == "P" else "P"
        years = int(rolls[0] * 7) - (1 if sex == "P" else 5)
        born = career.born + _YEAR * years + timedelta(days=int(rolls[1] * 300))
        born = min(born, date(married.year - 19, 12, 28))
        name = make_name(draws, sex, born.year)
        work = pick(read("words")["occupations"], rolls[2])
        work = "Karyawan swasta" if sex == "L" and work.startswith("Ibu") else work
        if spouse is not None:
            other = self.places.by_person[spouse]
            name, born, work = self.name_of(other), self._career(spouse).born, "ASN Kota Contoh"
        entitled = career.sex == "L" and spouse is None and not work.startswith("PNS")
        row = Kin("spouse", name, sex, born, work, spouse, entitled, married, married, home.parted)
        home.kin.append(row)

    def _add_children(self, home: Home, career: Career, draws: Draws) -> None:
        """None to three; the law pays for so many of them, under an age, with the husband's salary."""
        married, count = home.married or TODAY, int(draws.random() ** 0.7 * 3.4)
        born, last = married, min(TODAY, home.parted or TODAY)
        paid, limit = 0, law("pay/child_count_limit")
        for _ in range(3):
            rolls = draws.rolls(3)
            born += timedelta(days=300 + int(rolls[0] * 1500))
            sex = "L" if rolls[1] < 0.51 else "P"
            name = make_name(draws, sex, born.year)
            if count <= 0 or born >= last or born.year - married.year > 18:
                break
            count -= 1
            age = (TODAY - born) / _YEAR
            entitled = career.sex == "L" and age < law("pay/child_age_limit") and paid < limit
            paid += entitled
            work = "" if age < 7 else "Pelajar/Mahasiswa" if age < 23 else "Karyawan swasta"
            home.kin.append(Kin("child", name, sex, born, work, None, entitled, None, born, None))

    def _relative(self, relation: str, other: int, since: date) -> Kin:
        seat = self.places.by_person[other]
        career = self._career(other)
        later = max(since, career.start)
        name = self.name_of(seat)
        return Kin(
            relation, name, career.sex, career.born, "ASN Kota Contoh", other, False, None, later, None
        )

    def _career(self, key: int) -> Career:
        return self.places.life(self.places.by_person[key]).career

    def _matches_of(self, key: int) -> list[tuple[str, int]]:
        if key < 0:
            return []
        block = (key - self._first) // _BLOCK
        if block not in self._matches:
            self._matches[block] = self._match(block)
        return self._matches[block].get(key, [])

    def _match(self, block: int) -> dict[int, list[tuple[str, int]]]:
        """Matches within one block: at most one couple, one pair of siblings, one parent with a child."""
        first = self._first + block * _BLOCK
        keys = [key for key in range(first, first + _BLOCK) if key in self.places.by_person]
        free = [key for key in keys if not self.places.by_person[key].who]
        draws = Draws(self.seed, "kin", first)
        rolls = [draws.random() * 100 for _ in range(3)]
        found: dict[int, list[tuple[str, int]]] = {}
        # (chance, may the sexes be any, age of the first above the second in years, words for both)
        wanted = (
            (_COUPLES, False, (-2, 7), ("spouse", "spouse")),
            (_SIBLINGS, True, (2, 10), ("sibling", "sibling")),
            (_PARENTS, True, (23, 36), ("child", "parent")),
        )
        for roll, (chance, any_sex, ages, words) in zip(rolls, wanted, strict=True):
            if roll < chance:
                self._pair(free, found, any_sex, ages, words)
        return found

    def _pair(
        self,
        free: Sequence[int],
        found: dict[int, list[tuple[str, int]]],
        any_sex: bool,
        ages: tuple[int, int],
        words: tuple[str, str],
    ) -> None:
        """Match the first two that fit and have no match yet."""
        open_keys = [key for key in free if key not in found]
        for one in open_keys:
            a = self._career(one)
            for two in open_keys:
                b = self._career(two)
                years = (b.born - a.born) / _YEAR
                fits = one != two and ages[0] <= years <= ages[1]
                if fits and (any_sex or (a.sex, b.sex) == ("L", "P")) and b.born.year <= TODAY.year - 24:
                    found[one], found[two] = [(words[0], two)], [(words[1], one)]
                    return

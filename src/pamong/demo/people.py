"""The people of Kota Contoh: named ones that documents and scenes use, generated ones, and who signs in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from pamong.demo.career import Career, make_career
from pamong.demo.city import Seat, seats, stream
from pamong.demo.names import Sex, make_name, titled
from pamong.kernel.nik import WOMEN_DAY_SHIFT

SEED = "contoh"
FIRST_PIN = 1001
DEMO_PASSWORD = "Peragaan-Kota-Contoh"  # noqa: S105 - shown on the sign-in page of the demo, opens nothing else
DRS_BEFORE = 1972  # born before: Drs. or Dra. in front of the name
_HAJI_BEFORE, _HAJI_PERCENT = 1977, 10
_TOWNS = ("Kota Contoh", "Kab. Contoh Utara", "Kab. Contoh Selatan", "Kab. Contoh Timur")


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody with a fixed name, birth and start; the number at the machine is
    ``FIRST_PIN`` plus the place here.

    ``days`` are the days of the example month on which his punches are told: (in, out) as HH:MM:SS, ''
    where one is missing, both '' for a day without any. All his other days are ordinary. ``sheet`` are
    cells of the month's sheet.
    """

    key: str
    name: str
    sex: Sex
    born: date
    started: date
    what_for: str
    days: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    sheet: Mapping[str, object] = field(default_factory=dict)


_PERSONAS = (
    Persona(
        "clerk",
        "Ratna Widyastuti",
        "P",
        date(1991, 8, 14),
        date(2020, 12, 1),
        "Kelurahan clerk: 34 minutes late on Tuesday 13 October, and nothing else",
        days={13: ("08:04:27", "16:06:41")},
        sheet={"MENIT KERJA": 6240, "NILAI PERILAKU": 94, "KETERANGAN HARI": "20=DL", "STATUS PTKP": "TK/0"},
    ),
    Persona(
        "lurah",
        "Suryo Widagdo",
        "L",
        date(1979, 2, 23),
        date(2006, 1, 1),
        "Lurah, superior of the clerk: a whole month without a point off",
        sheet={"MENIT KERJA": 6610, "NILAI PERILAKU": 97, "KETERANGAN HARI": ""},
    ),
    Persona(
        "nurse",
        "Yuliana Kristanti",
        "P",
        date(1988, 7, 9),
        date(2015, 3, 1),
        "Nurse of the hospital: paid by BLUD, not by TPP",
    ),
    Persona(
        "teacher",
        "Dwi Prasetyaningrum",
        "P",
        date(1983, 11, 30),
        date(2009, 4, 1),
        "Primary school teacher: paid the teachers' allowance (TPG)",
    ),
    Persona(
        "head",
        "Harsono Tri Wibawa",
        "L",
        date(1970, 3, 17),
        date(1996, 3, 1),
        "Head of an OPD: class 14, IV/b, final tax of 15 %",
        sheet={"MENIT KERJA": 7020, "NILAI PERILAKU": 96, "KETERANGAN HARI": "06=DL,07=DL"},
    ),
    Persona(
        "cpns",
        "Rizky Aditya Nugraha",
        "L",
        date(2001, 5, 19),
        date(2026, 3, 1),
        "CPNS: 80 % of the class amount",
        sheet={"MENIT KERJA": 6000, "NILAI PERILAKU": 90, "KETERANGAN HARI": "", "STATUS PTKP": "TK/0"},
    ),
    Persona(
        "pppk",
        "Anisa Rahmawati",
        "P",
        date(1994, 12, 2),
        date(2023, 7, 1),
        "PPPK of golongan IX at the puskesmas (GLG machine): leaves 20 minutes early once",
        days={22: ("07:19:05", "15:39:30")},
        sheet={"MENIT KERJA": 5730, "NILAI PERILAKU": 92, "KETERANGAN HARI": ""},
    ),
    Persona(
        "income_missing",
        "Sutrisno",
        "L",
        date(1980, 6, 6),
        date(2013, 1, 1),
        "A name of one word; his fixed income is not known, so BPJS can't be computed and the slip is held",
        sheet={"MENIT KERJA": 6300, "NILAI PERILAKU": 91, "KETERANGAN HARI": "", "PENGHASILAN TETAP": None},
    ),
    Persona(
        "lhkpn_late",
        "Endang Purwaningsih",
        "P",
        date(1974, 9, 28),
        date(1999, 3, 1),
        "Head of a division: LHKPN is late, 3 % off",
        sheet={
            "MENIT KERJA": 6480,
            "NILAI PERILAKU": 93,
            "KETERANGAN HARI": "28=CT,29=CT",
            "LHKPN TERLAMBAT": True,
        },
    ),
    Persona(
        "incentive",
        "Heri Cahyono",
        "L",
        date(1989, 1, 11),
        date(2018, 3, 1),
        "Revenue agency: paid the collection incentive",
    ),
    Persona(
        "sweeper",
        "Ngatini",
        "P",
        date(1976, 4, 21),
        date(2012, 1, 1),
        "A name of one word, class 1, golongan I/d: no tax",
        days={8: ("07:41:10", "16:04:55")},
        sheet={"MENIT KERJA": 6150, "NILAI PERILAKU": 95, "KETERANGAN HARI": "14=S"},
    ),
    Persona(
        "physician",
        "Maria Kusumawardhani",
        "P",
        date(1986, 10, 3),
        date(2015, 2, 1),
        "Physician: dr. is not Dr.; one punch out is missing",
        days={16: ("07:21:48", "")},
        sheet={"MENIT KERJA": 6390, "NILAI PERILAKU": 95, "KETERANGAN HARI": ""},
    ),
    Persona(
        "absent",
        "Tegar Bagaskara",
        "L",
        date(1993, 4, 4),
        date(2016, 3, 1),
        "Four days without any punch and without a reason, an hour late on another",
        days={7: ("", ""), 8: ("", ""), 15: ("", ""), 26: ("", ""), 27: ("08:36:12", "16:02:20")},
        sheet={"MENIT KERJA": 4380, "NILAI PERILAKU": 74, "KETERANGAN HARI": "", "AKTIVITAS NEGATIF": True},
    ),
    Persona(
        "personnel_officer",
        "Nurul Hidayati",
        "P",
        date(1985, 2, 16),
        date(2014, 1, 1),
        "Personnel officer of BKPSDM",
        sheet={"MENIT KERJA": 6720, "NILAI PERILAKU": 98, "KETERANGAN HARI": ""},
    ),
    Persona(
        "pay_auditor",
        "Arif Budi Santosa",
        "L",
        date(1982, 9, 1),
        date(2011, 1, 1),
        "Auditor of the inspectorate who checks pay",
    ),
    Persona("inspector", "Retno Palupi", "P", date(1973, 7, 25), date(1998, 3, 1), "Assistant inspector"),
    Persona(
        "system_operator",
        "Galih Pamungkas",
        "L",
        date(1987, 5, 8),
        date(2014, 3, 1),
        "Keeps the system running, sees no personnel data",
    ),
)
PERSONAS: Mapping[str, Persona] = MappingProxyType({persona.key: persona for persona in _PERSONAS})


@dataclass(frozen=True, slots=True)
class Person:
    """One invented civil servant as of October 2026."""

    index: int
    seat: Seat
    career: Career
    name: str
    front: str
    back: str
    sex: Sex
    nip: str
    nik: str
    birth_place: str
    married: bool
    children: int
    who: str = ""

    @property
    def pin(self) -> str:
        """His number at the fingerprint machines."""
        return str(FIRST_PIN + self.index)

    @property
    def full_name(self) -> str:
        """The name with its titles."""
        return titled(self.front, self.name, self.back)


def make_people(people: int, seed: str = SEED) -> list[Person]:
    """The first so many people, in the order of their PINs. A longer list begins with the shorter one."""
    nips: Counter[str] = Counter()
    niks: Counter[str] = Counter()
    return [_person(seed, index, seat, nips, niks) for index, seat in enumerate(seats(people))]


def get_persona(key: str) -> Person:
    """One of ``PERSONAS`` as a person; ValueError for an unknown key."""
    return make_people(len(PERSONAS))[list(PERSONAS).index(key)]


def _person(seed: str, index: int, seat: Seat, nips: Counter[str], niks: Counter[str]) -> Person:
    persona = PERSONAS.get(seat.who)
    draws = stream(seed, "person", index)
    sex: Sex = "P" if draws.random() * 100 < seat.women else "L"
    sex = persona.sex if persona else sex
    fixed = (persona.born, persona.started) if persona else None
    career = make_career(stream(seed, "career", index), seat, fixed)
    own = persona.name if persona else make_name(stream(seed, "name", index), sex, career.born.year)
    front, back = _titles(seat, sex, career.born.year, 100 if persona else draws.random() * 100)
    family = stream(seed, "family", index)
    married = family.random() < _married_share(career.born)
    return Person(
        index=index,
        seat=seat,
        career=career,
        name=own,
        front=front,
        back=back,
        sex=sex,
        nip=_nip(career, seat.kind, sex, nips),
        nik=_nik(career.born, sex, 1 + int(family.random() * 5), niks),
        birth_place=_TOWNS[int(family.random() ** 2 * len(_TOWNS))],
        married=married,
        children=int(family.random() * 3) if married else 0,
        who=seat.who,
    )


def _titles(seat: Seat, sex: Sex, birth_year: int, draw: float) -> tuple[str, str]:
    front, back = seat.study.front, seat.study.back
    if seat.study.old and birth_year < DRS_BEFORE:
        front, back = "Drs." if sex == "L" else "Dra.", back.partition(", ")[2]
    if birth_year < _HAJI_BEFORE and draw < _HAJI_PERCENT:
        front = f"{front} {'H.' if sex == 'L' else 'Hj.'}".strip()
    return front, back


def _married_share(born: date) -> float:
    return 0.25 if born > date(1998, 1, 1) else 0.88


def _nip(career: Career, kind: str, sex: Sex, taken: Counter[str]) -> str:
    """Birth, start, sex, and a serial that counts those with the same beginning."""
    start = f"{career.started:%Y}21" if kind == "PPPK" else f"{career.started:%Y%m}"
    head = f"{career.born:%Y%m%d}{start}{1 if sex == 'L' else 2}"
    taken[head] += 1
    return f"{head}{taken[head]:03d}"


def _nik(born: date, sex: Sex, district: int, taken: Counter[str]) -> str:
    """Region 99, which no region of Indonesia has."""
    day = born.day + (WOMEN_DAY_SHIFT if sex == "P" else 0)
    head = f"9901{district:02d}{day:02d}{born:%m%y}"
    taken[head] += 1
    return f"{head}{taken[head]:04d}"

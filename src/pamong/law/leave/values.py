"""What the rules of leave are asked about, and how they answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from pamong.law.career import Cited

ANNUAL, LONG, SICK, MATERNITY, IMPORTANT, UNPAID = "CT", "CB", "S", "CM", "CAP", "CLTN"
NAMES = {
    ANNUAL: "cuti tahunan",
    LONG: "cuti besar",
    SICK: "cuti sakit",
    MATERNITY: "cuti melahirkan",
    IMPORTANT: "cuti karena alasan penting",
    UNPAID: "cuti di luar tanggungan negara",
}
STATUSES = {"pns": "PNS", "cpns": "Calon PNS", "pppk": "PPPK"}
# Reasons of a request that a rule asks for; others stand in the parameters' own lists.
MISCARRIAGE, ACCIDENT, BIRTH = "gugur_kandungan", "kecelakaan_kerja", "kelahiran"
# Reasons whose leave is a right of its own beside the others of its kind, with a length of its own.
OWN_LENGTHS = frozenset({MISCARRIAGE, ACCIDENT, BIRTH})


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who asks. None is not known, never no.

    `service_from`: the first day of unbroken service. `contract_ends`: the first day after a PPPK's contract.
    `teaches_with_holidays`: a teacher or lecturer of a school that has holidays. `long_leave_ended`: the last
    day of the latest long leave, `never_long_leave` where it is known that there was none.
    `sick_days_in_contract_year`: working days of sick leave since the contract's anniversary (PPPK).
    """

    status: str
    service_from: date | None = None
    contract_ends: date | None = None
    teaches_with_holidays: bool | None = None
    long_leave_ended: date | None = None
    never_long_leave: bool = False
    sick_days_in_contract_year: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: a kind of leave from its first to its last day.

    `work_days` are those of the person's own calendar. `free_days` is what is left of annual leave, None
    where it is not known. `has_document`: whether the document that the rule asks for is attached. `child`:
    the child's number since entering service. `began` and `until` are the first and the last day of all leave
    that is counted together with it, because it adjoins; None for no other. `extends`: it goes on after one
    of the same kind that was granted.
    """

    kind: str
    first: date
    last: date
    work_days: Fraction
    reason: str = ""
    has_document: bool | None = None
    child: int | None = None
    remote: bool = False
    free_days: Fraction | None = None
    began: date | None = None
    until: date | None = None
    extends: bool = False

    @property
    def from_day(self) -> date:
        """The first day from which the length is measured."""
        return self.began or self.first

    @property
    def to_day(self) -> date:
        """The last day to which the length is measured."""
        return max(self.until or self.last, self.last)

    @property
    def together(self) -> bool:
        """Whether it is counted together with other leave."""
        return (self.from_day, self.to_day) != (self.first, self.last)

    @property
    def calendar_days(self) -> int:
        """All days that are counted together, from the first to the last."""
        return (self.to_day - self.from_day).days + 1


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a request: met, not met, or unknown (None), by which rule, in one sentence.

    `name` is a fixed word for machines; `value` and `threshold` are what was compared, as people read them.
    """

    name: str
    met: bool | None
    value: str
    threshold: str
    sentence: str
    cited: Cited[Any] | None = None

    @property
    def article(self) -> str:
        """Where it stands, as *PP 11/2017, Pasal 311 ayat (1)*; '' where no rule was read."""
        return self.cited.citation.text if self.cited else ""


@dataclass(frozen=True, slots=True)
class Named:
    """An office that decides, by which rule; `delegable` False where the law keeps it with the PPK."""

    office: str
    cited: Cited[Any]
    delegable: bool

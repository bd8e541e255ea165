"""Routes of the table of rights: who is let in by which method, and where their arguments come from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from pamong.access.roles import HELD
from pamong.ledger.receipts import Promise, Recorded
from pamong.web.ledger.promising import token_of
from tests.support.month import LATE, TODAY
from tests.support.paid import Paid

STRANGER = ""
ROLES = (STRANGER, *HELD)
ALL = frozenset(ROLES)
SIGNED_IN = frozenset(HELD)
READERS = frozenset({"personnel_officer", "appointing_official", "inspector", "pay_auditor"})
WHOSE = READERS | {"employee"}  # the slip of the tables is the employee's own
OFFICER = frozenset({"personnel_officer"})
# Lists of payment: the heads and clerks of their office among others, but nobody sees his own office alone.
TREASURY = frozenset({"treasury"})
LISTERS = READERS | TREASURY | {"superior", "unit_clerk"}
PREPARERS = OFFICER | {"unit_clerk"}
SUBMITTERS = TREASURY | {"unit_clerk"}
BUDGETERS = OFFICER | TREASURY
ERASERS = OFFICER | {"appointing_official"}  # one proposes, the other decides
EXPORTERS = frozenset({"personnel_officer", "pay_auditor"})
ASKERS = frozenset({"employee", "superior", "unit_clerk"})  # who has days of his own here
REPORTERS = OFFICER | {"superior", "unit_clerk"}
ANSWERERS = OFFICER | {"superior"}
OPERATOR = frozenset({"system_operator"})
WATCHERS = frozenset({"inspector", "system_operator"})
# Who sees people's data: everybody of the health office but the operator, who sees nobody's.
KNOW_OWN = SIGNED_IN - OPERATOR - TREASURY  # the treasury of the tables is nobody here
UNMASKERS = frozenset({"personnel_officer", "inspector"})
LIST_FAULTS = frozenset({"unit_clerk", "personnel_officer", "inspector"})
COUNT_FAULTS = LIST_FAULTS | {"appointing_official"}  # numbers, and nobody's name
# Who has a month of his own; who brings those of others.
LEDGER = frozenset({"inspector", "pay_auditor", "system_operator"})
KNOW_PRIVATE = frozenset({"employee", "superior", "unit_clerk", "personnel_officer", "inspector"})
# Nothing was recorded: what an address carries is signed, and holds no secret.
PROMISED = token_of(
    Promise(datetime(2026, 11, 10, tzinfo=UTC), (Recorded(1, "decisions", "a.b", bytes(32)),))
)
IN_SERVICE = frozenset({"employee", "superior", "unit_clerk"})
BRINGERS = frozenset({"unit_clerk", "personnel_officer"})
# The registers that excuse: leave is entered for a unit, letters also by who leads.
READ_PAPERS = frozenset({"employee", "superior", "unit_clerk", "personnel_officer", "inspector"})
ENTER_LEAVE = frozenset({"unit_clerk", "personnel_officer"})
# Raises: of whom one leads or looks after, and one's own; their change list is the treasury's.
RAISES = READ_PAPERS | {"appointing_official"}
CHANGES = frozenset({"treasury", "personnel_officer", "inspector", "pay_auditor"})
LOOKERS = ANSWERERS | {"unit_clerk"}  # at punches on days of leave: who leads, and who keeps leave
DECIDE_DUTY = frozenset({"superior", "personnel_officer"})
NOBODY: frozenset[str] = frozenset()
OWN_PAY = frozenset({"employee", "superior", "unit_clerk"})
NOTHING = "01900000-0000-7000-8000-000000000000"
PROPOSAL = {
    "subject": "contact",
    "values": {"address": "Jl. Kenanga No. 3, Kota Uji", "phone": "0812 3456 7899"},
    "reason": "Pindah rumah",
    "on": TODAY.isoformat(),
}
Arguments = Callable[[Paid], tuple[object, ...]]


@dataclass(frozen=True)
class Route:
    """One route: by method, who is let in. ``args`` fills its path; ``query`` follows; ``body`` is JSON."""

    may: Mapping[str, frozenset[str]]
    args: Arguments = lambda paid: ()
    query: str = ""
    body: str = ""


def reads(roles: frozenset[str], args: Arguments = lambda paid: (), query: str = "") -> Route:
    """A route that only shows."""
    return Route({"GET": roles}, args, query)


def acts(roles: frozenset[str], args: Arguments = lambda paid: ()) -> Route:
    """A route with a form: who sees it may send it."""
    return Route({"GET": roles, "POST": roles}, args)


def anyhow(roles: frozenset[str]) -> Route:
    """A route that answers every method in the same way."""
    return Route(dict.fromkeys(("GET", "POST", "PUT", "PATCH", "DELETE"), roles))


def run(paid: Paid) -> tuple[object, ...]:
    """The run."""
    return (paid.month.run,)


def comparison(paid: Paid) -> tuple[object, ...]:
    """A comparison with a paid list."""
    return (paid.month.comparison,)


def slip(paid: Paid) -> tuple[object, ...]:
    """Somebody's slip."""
    return (paid.month.slips[LATE],)


def file(paid: Paid) -> tuple[object, ...]:
    """A file of the run."""
    return (paid.month.run, "totals")


def reason(paid: Paid) -> tuple[object, ...]:
    """A line of somebody's slip."""
    return (paid.month.slips[LATE], "tpp_net")


def person(key: str, *more: object) -> Arguments:
    """Somebody of the city, with what else the path needs."""
    return lambda paid: (paid.city.persons[key], *more)


def fault(key: str, rule: str) -> Arguments:
    """What a rule of data quality finds about somebody of the city."""
    return lambda paid: (rule, paid.city.persons[key])


def desk(key: str, *more: object) -> Arguments:
    """Something that lies on an officer's desk, with what else the path needs."""
    return lambda paid: (paid.city.desk[key], *more)


def leave(key: str) -> Arguments:
    """A leave that lies on an officer's desk."""
    return lambda paid: ("cuti", paid.city.desk[key])


def unit(key: str) -> Arguments:
    """A unit of the city."""
    return lambda paid: (paid.city.units[key],)


def seat(key: str) -> Arguments:
    """A seat of the city."""
    return lambda paid: (paid.city.seats[key],)


def tile(paid: Paid) -> tuple[object, ...]:
    """The newest tile of hashes of a log; entries are the matter of tests/web/ledger."""
    folder = paid.ledger / "decisions" / "tile"
    return "decisions", str(max(folder.glob("0/*/*"), key=lambda path: int(path.name)).relative_to(folder))


def of(*args: object) -> Arguments:
    """Arguments that are always the same."""
    return lambda paid: args

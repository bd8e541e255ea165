"""Reads of people: each takes the actor first and stays within his scope."""

from pamong.people.queries.directory import (
    Asked,
    PeoplePage,
    find_people,
    get_row,
    list_everybody,
    list_offices,
    list_people,
)
from pamong.people.queries.file import (
    REVEALED,
    Fact,
    PersonFile,
    get_file,
    reveal,
    reveal_needs_reason,
)
from pamong.people.queries.reads import list_own_reads, list_reads, own_uid
from pamong.people.queries.rows import PersonRow, full_name
from pamong.people.queries.scope import require_person, within
from pamong.people.queries.seats import (
    Holder,
    Retirement,
    SeatRow,
    Superior,
    UnitCount,
    count_seats,
    find_superior,
    list_seated,
    list_seats,
)
from pamong.people.queries.standing import standing_of
from pamong.people.queries.waiting import OwnEntry, list_own_entries

__all__ = [
    "REVEALED",
    "Asked",
    "Fact",
    "Holder",
    "OwnEntry",
    "PeoplePage",
    "PersonFile",
    "PersonRow",
    "Retirement",
    "SeatRow",
    "Superior",
    "UnitCount",
    "count_seats",
    "find_people",
    "find_superior",
    "full_name",
    "get_file",
    "get_row",
    "list_everybody",
    "list_offices",
    "list_own_entries",
    "list_own_reads",
    "list_people",
    "list_reads",
    "list_seated",
    "list_seats",
    "own_uid",
    "require_person",
    "reveal",
    "reveal_needs_reason",
    "standing_of",
    "within",
]

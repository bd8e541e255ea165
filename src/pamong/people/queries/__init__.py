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
from pamong.people.queries.earlier import list_earlier_holders
from pamong.people.queries.entries import (
    EntryPage,
    EntryRow,
    EvidenceRow,
    get_entry,
    list_entries,
    list_evidence,
    read_evidence,
)
from pamong.people.queries.erasures import ErasureRow, count_erasures_to_decide, list_erasures
from pamong.people.queries.file import (
    REVEALED,
    Fact,
    PersonFile,
    get_file,
    is_private,
    reveal,
    reveal_needs_reason,
)
from pamong.people.queries.last_post import LastPost
from pamong.people.queries.linking import (
    AccountRequest,
    AccountRequests,
    Candidates,
    Owner,
    find_unlinked,
    list_account_requests,
    list_waiting_of,
    owner_of,
)
from pamong.people.queries.morning import Desk, Member, Team, get_desk, get_team
from pamong.people.queries.payees import PayAccount, list_dead, list_payees
from pamong.people.queries.picking import SeatChoice, find_by_nip, find_seats, list_recorded
from pamong.people.queries.reads import ReadPage, list_own_reads, list_reads, own_uid, uids_behind
from pamong.people.queries.retiring import Part, RetirementPlan, Retiring, plan_retirements
from pamong.people.queries.rows import PersonRow, full_name
from pamong.people.queries.scope import (
    Whereabouts,
    outside_scope,
    require_person,
    seats_outside,
    whereabouts_of,
    within,
)
from pamong.people.queries.seats import (
    Holder,
    SeatRow,
    UnitCount,
    VacancyPage,
    count_seats,
    list_seats,
    list_vacancies,
)
from pamong.people.queries.standing import standings_of
from pamong.people.queries.superiors import SeatAbove, Superior, find_superior, list_superiors
from pamong.people.queries.waiting import OwnEntry, list_own_entries
from pamong.people.selecting import selected_since

__all__ = [
    "REVEALED",
    "AccountRequest",
    "AccountRequests",
    "Asked",
    "Candidates",
    "Desk",
    "EntryPage",
    "EntryRow",
    "ErasureRow",
    "EvidenceRow",
    "Fact",
    "Holder",
    "LastPost",
    "Member",
    "OwnEntry",
    "Owner",
    "Part",
    "PayAccount",
    "PeoplePage",
    "PersonFile",
    "PersonRow",
    "ReadPage",
    "RetirementPlan",
    "Retiring",
    "SeatAbove",
    "SeatChoice",
    "SeatRow",
    "Superior",
    "Team",
    "UnitCount",
    "VacancyPage",
    "Whereabouts",
    "count_erasures_to_decide",
    "count_seats",
    "find_by_nip",
    "find_people",
    "find_seats",
    "find_superior",
    "find_unlinked",
    "full_name",
    "get_desk",
    "get_entry",
    "get_file",
    "get_row",
    "get_team",
    "is_private",
    "list_account_requests",
    "list_dead",
    "list_earlier_holders",
    "list_entries",
    "list_erasures",
    "list_everybody",
    "list_evidence",
    "list_offices",
    "list_own_entries",
    "list_own_reads",
    "list_payees",
    "list_people",
    "list_reads",
    "list_recorded",
    "list_seats",
    "list_superiors",
    "list_vacancies",
    "list_waiting_of",
    "outside_scope",
    "own_uid",
    "owner_of",
    "plan_retirements",
    "read_evidence",
    "require_person",
    "reveal",
    "reveal_needs_reason",
    "seats_outside",
    "selected_since",
    "standings_of",
    "uids_behind",
    "whereabouts_of",
    "within",
]

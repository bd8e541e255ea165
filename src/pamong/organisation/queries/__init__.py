"""Reads of the organisation: open to everyone in service, as of any date, as known at any instant."""

from pamong.organisation.places import PlaceDifference
from pamong.organisation.queries.branches import (
    Origin,
    Place,
    list_codes,
    list_marks,
    list_origins,
    list_places,
)
from pamong.organisation.queries.checking import check_places
from pamong.organisation.queries.reorganisations import (
    ReorganisationView,
    get_reorganisation,
    list_reorganisations,
)
from pamong.organisation.queries.seats import (
    PostCount,
    PostView,
    SeatView,
    count_posts,
    get_seat,
    list_posts,
    list_seats,
    reporting_problems,
    superior_seats,
)
from pamong.organisation.queries.units import (
    LineageRow,
    UnitHistoryRow,
    UnitNode,
    UnitView,
    find_units,
    get_unit,
    lineage,
    list_unit_history,
    list_units,
    unit_tree,
)

__all__ = [
    "LineageRow",
    "Origin",
    "Place",
    "PlaceDifference",
    "PostCount",
    "PostView",
    "ReorganisationView",
    "SeatView",
    "UnitHistoryRow",
    "UnitNode",
    "UnitView",
    "check_places",
    "count_posts",
    "find_units",
    "get_reorganisation",
    "get_seat",
    "get_unit",
    "lineage",
    "list_codes",
    "list_marks",
    "list_origins",
    "list_places",
    "list_posts",
    "list_reorganisations",
    "list_seats",
    "list_unit_history",
    "list_units",
    "reporting_problems",
    "superior_seats",
    "unit_tree",
]

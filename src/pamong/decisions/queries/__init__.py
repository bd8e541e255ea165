"""Reads of decisions: the inbox, one as a story, lists of them, orders, and what departs from the rule."""

from pamong.decisions.departures import departure_labels
from pamong.decisions.queries.annulments import AnnulmentView, get_annulment
from pamong.decisions.queries.delegations import DelegationRow, list_delegations
from pamong.decisions.queries.exceptions import MOST as EXCEPTIONS_MOST
from pamong.decisions.queries.exceptions import ExceptionRow, list_exceptions
from pamong.decisions.queries.inbox import ITEMS_A_PAGE, Inbox, Item, count_inbox, get_inbox
from pamong.decisions.queries.lists import Listed, list_of_person, list_own
from pamong.decisions.queries.memos import MemoRow, list_memos
from pamong.decisions.queries.orders import (
    OrderRef,
    OrderView,
    PublicOrder,
    find_file,
    find_order_by_leaf,
    find_public_order,
    get_order,
    orders_of,
    prove_order,
)
from pamong.decisions.queries.reminding import Turns, count_by_reader
from pamong.decisions.queries.story import (
    GateView,
    StepView,
    Story,
    Turn,
    get_proposed_story,
    get_story,
    get_story_of_objection,
    read_attachment,
    require_visible,
)
from pamong.decisions.services.papers import rank_words
from pamong.decisions.sql import government_on, own_seat, seat_above, seat_label_of

__all__ = [
    "EXCEPTIONS_MOST",
    "ITEMS_A_PAGE",
    "AnnulmentView",
    "DelegationRow",
    "ExceptionRow",
    "GateView",
    "Inbox",
    "Item",
    "Listed",
    "MemoRow",
    "OrderRef",
    "OrderView",
    "PublicOrder",
    "StepView",
    "Story",
    "Turn",
    "Turns",
    "count_by_reader",
    "count_inbox",
    "departure_labels",
    "find_file",
    "find_order_by_leaf",
    "find_public_order",
    "get_annulment",
    "get_inbox",
    "get_order",
    "get_proposed_story",
    "get_story",
    "get_story_of_objection",
    "government_on",
    "list_delegations",
    "list_exceptions",
    "list_memos",
    "list_of_person",
    "list_own",
    "orders_of",
    "own_seat",
    "prove_order",
    "rank_words",
    "read_attachment",
    "require_visible",
    "seat_above",
    "seat_label_of",
]

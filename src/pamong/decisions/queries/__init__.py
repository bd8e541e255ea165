"""Reads of decisions: the inbox, one as a story, lists of them, orders, and what departs from the rule."""

from pamong.decisions.queries.annulments import AnnulmentView, get_annulment
from pamong.decisions.queries.exceptions import EXCEPTION_KINDS, ExceptionRow, list_exceptions
from pamong.decisions.queries.inbox import Inbox, Item, count_inbox, get_inbox
from pamong.decisions.queries.lists import Listed, list_of_person, list_own
from pamong.decisions.queries.memos import MemoRow, list_memos
from pamong.decisions.queries.orders import (
    OrderView,
    PublicOrder,
    find_file,
    find_order_by_leaf,
    find_public_order,
    get_order,
    prove_order,
)
from pamong.decisions.queries.story import Story, get_story

__all__ = [
    "EXCEPTION_KINDS",
    "AnnulmentView",
    "ExceptionRow",
    "Inbox",
    "Item",
    "Listed",
    "MemoRow",
    "OrderView",
    "PublicOrder",
    "Story",
    "count_inbox",
    "find_file",
    "find_order_by_leaf",
    "find_public_order",
    "get_annulment",
    "get_inbox",
    "get_order",
    "get_story",
    "list_exceptions",
    "list_memos",
    "list_of_person",
    "list_own",
    "prove_order",
]

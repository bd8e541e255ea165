"""Acts on decisions: propose, answer, sign many, withdraw, object, delegate, end an order, file a memo."""

from pamong.decisions.departures import register_departures
from pamong.decisions.services.annulling import propose_annulment
from pamong.decisions.services.answering import answer, sign_many
from pamong.decisions.services.delegating import propose_delegation
from pamong.decisions.services.memos import file_memo
from pamong.decisions.services.objecting import lift_objection, object_to
from pamong.decisions.services.ordering import end_order, keep_file
from pamong.decisions.services.proposing import (
    Entered,
    is_machine,
    lapse,
    preview,
    propose,
    retract,
    withdraw,
)
from pamong.decisions.types import register

__all__ = [
    "Entered",
    "answer",
    "end_order",
    "file_memo",
    "is_machine",
    "keep_file",
    "lapse",
    "lift_objection",
    "object_to",
    "preview",
    "propose",
    "propose_annulment",
    "propose_delegation",
    "register",
    "register_departures",
    "retract",
    "sign_many",
    "withdraw",
]

"""Acts on raises: work out who is due, propose what falls due, write down delays."""

from pamong.career.services.delays import record_delay
from pamong.career.services.dues import Prepared, prepare_due
from pamong.career.services.proposing import Proposed, Stuck, prepare_delay, prepare_raise, propose_due

__all__ = [
    "Prepared",
    "Proposed",
    "Stuck",
    "prepare_delay",
    "prepare_due",
    "prepare_raise",
    "propose_due",
    "record_delay",
]

"""Is it running, which version, and how long is the log."""

from __future__ import annotations

from ninja import Router, Schema

from pamong import __version__
from pamong.access.middleware import ActingRequest
from pamong.ledger import queries as ledger

router = Router()


class Status(Schema):
    """The state of this installation."""

    version: str
    log_size: int


@router.get("", response=Status, summary="Keadaan sistem", operation_id="get_status")
def get_status(request: ActingRequest) -> Status:
    """The version and the number of entries in the log."""
    return Status(version=__version__, log_size=ledger.count_entries(actor=request.actor))

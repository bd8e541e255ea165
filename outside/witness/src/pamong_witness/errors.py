"""The two ways in which a witness refuses: its operator's mistake, and a request that it must not sign."""

from __future__ import annotations


class Misconfigured(Exception):
    """A sentence for the operator: what, where, what to do."""


class Rejected(Exception):
    """A request that is refused: HTTP status, body and, for 409, its content type."""

    def __init__(self, status: int, body: str, content_type: str = "text/plain; charset=utf-8") -> None:
        self.status = status
        self.body = body
        self.content_type = content_type
        super().__init__(body)

"""What an act was refused for, kept to be told on the page that asked for it."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from pamong.kernel.errors import DomainError


class Refusal:
    """Keeps the sentence of a refusal raised within a ``with``; ``told`` is '' when there was none.

    ``passing``: the refusals that are not for the page, as what is not there (404) or not allowed (403).
    """

    def __init__(self, *passing: type[DomainError]) -> None:
        self.passing = passing
        self.told = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if not isinstance(error, DomainError) or isinstance(error, self.passing):
            return False
        self.told = str(error)
        return True

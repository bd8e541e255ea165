"""What an act was refused for, kept to be told on the page that asked for it."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from django import forms

from pamong.kernel.errors import DomainError, InvalidValue


class Refusal:
    """Keeps the sentence of a refusal raised within a ``with``; ``told`` is '' when there was none.

    ``passing``: the refusals that are not for the page, as what is not there (404) or not allowed (403).
    ``form``: where the sentence stands at once, as a fault of the whole form.
    """

    def __init__(self, *passing: type[DomainError], form: forms.Form | None = None) -> None:
        self.passing = passing
        self.form = form
        self.told = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if not isinstance(error, (DomainError, InvalidValue)) or isinstance(error, self.passing):
            return False
        self.told = str(error)
        if self.form is not None:
            self.form.add_error(None, self.told)
        return True

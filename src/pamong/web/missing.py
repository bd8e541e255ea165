"""What is not there, or not for this actor: a 404 with the sentence that says what to do."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse

from pamong.access.middleware import ActingRequest
from pamong.kernel.errors import DomainError, InvalidValue
from pamong.web.rendering import render

P = ParamSpec("P")
View = Callable[Concatenate[ActingRequest, P], HttpResponse]


def missing(*errors: type[DomainError] | type[InvalidValue]) -> Callable[[View[P]], View[P]]:
    """Answer 404 with its sentence where the view raises one of these errors."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def wrapped(request: ActingRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except errors as error:
                return render(request, "404.html", {"reason": str(error)}, status=404)

        return wrapped

    return decorate

"""Pages and their fragments from one template: htmx gets one block of what a page load gets whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.template.backends.utils import csrf_input_lazy, csrf_token_lazy
from django.utils.cache import patch_vary_headers
from jinja2_fragments import render_block


def render(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    block: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render a page, or only ``block`` of it where htmx asks for a part.

    A block sees the context and the globals, not what its template sets outside of it.
    """
    backend = _backend()
    if block is not None and _wants_part(request):
        text = render_block(backend.env, template, block, **_full_context(backend, request, context))
    else:
        text = backend.get_template(template).render(dict(context or {}), request)
    response = HttpResponse(text, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _wants_part(request: HttpRequest) -> bool:
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def _backend() -> Jinja2:
    return next(engine for engine in engines.all() if isinstance(engine, Jinja2))


def _full_context(backend: Jinja2, request: HttpRequest, context: Mapping[str, Any] | None) -> dict[str, Any]:
    """The same context that the backend gives to a whole page."""
    full: dict[str, Any] = {
        "request": request,
        "csrf_input": csrf_input_lazy(request),
        "csrf_token": csrf_token_lazy(request),
    }
    for processor in backend.template_context_processors:
        full.update(processor(request))
    full.update(context or {})
    return full

"""The template environment: strict, escaping, with our filters, components and translations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from jinja2 import Environment, StrictUndefined

from pamong.web.auth.examples import example_password, examples
from pamong.web.components import Components
from pamong.web.formats import FILTERS
from pamong.web.frame import frame_of
from pamong.web.labels import label
from pamong.web.ledger.promising import receipt_href
from pamong.web.shapes import Link

_ANY = UUID(int=0)


def environment(**options: Any) -> Environment:
    """Build the environment for Django's Jinja2 backend; ``options`` are what the backend passes."""
    options["undefined"] = StrictUndefined
    options.setdefault("trim_blocks", True)
    options.setdefault("lstrip_blocks", True)
    env = Environment(**options)  # noqa: S701 - the backend passes autoescape=True, and a test renders with it
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.filters.update(FILTERS, label=label)
    env.globals.update(
        static=staticfiles_storage.url, url=url, addresses=addresses, nonce=nonce, frame_of=frame_of,
        receipt_href=receipt_href, ui=Components(env), Link=Link,
        examples=examples, example_password=example_password,
    )  # fmt: skip
    return env


def url(name: str, *args: object, **query: object) -> str:
    """The address of a named page. Positional values fill the path, named ones become the query."""
    filled = {key: value for key, value in query.items() if value not in (None, "")}
    return reverse(name, args=args, query=filled)


def addresses(name: str, *before_it: object) -> Callable[[UUID], str]:
    """The address of a named page by its last id, for long lists: it is put together once."""
    before, _, after = reverse(name, args=[*before_it, _ANY]).partition(str(_ANY))
    return lambda uid: f"{before}{uid}{after}"


def nonce(request: HttpRequest) -> str:
    """The answer's CSP nonce, for the rare element that needs one."""
    return str(request.csp_nonce)  # type: ignore[attr-defined]

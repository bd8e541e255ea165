"""Case S-06: each route with an object × each role × whose the object is, as the table of objects says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.support.rights import ENDED_ROLES, STRANGER, SUBJECTS, Rights, keys_of
from tests.web.matrix.bodies import KINDS, PLAIN
from tests.web.matrix.objects import KNOWN, OBJECTS, WHOLE, as_json, expected
from tests.web.matrix.trying import Try

READS = "access_read_log"
NONE = UUID("01900000-0000-7000-8000-000000000000")
ASKERS = (STRANGER, *SUBJECTS, *ENDED_ROLES)
# The owner of a one-time link is not signed in: whoever asks is told that the link holds no more.
UNSIGNED = {"new_password", "merit:public_result"}
_WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM|COPY)\s+"?(\w+)', re.I)


@dataclass(frozen=True)
class Got:
    """What came back, and the tables that were written meanwhile; all of it is taken back."""

    answer: HttpResponse
    touched: frozenset[str]

    @property
    def text(self) -> str:
        return "" if self.answer.streaming else self.answer.content.decode(errors="replace")

    @property
    def told(self) -> str:
        head = re.search(r"<h1[^>]*>(.*?)</h1>", self.text, re.S)
        return f"{self.answer.status_code} {head[1].strip() if head else self.text[:200]}"


def routes(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, set[str]]]:
    """Each route with what its path asks for."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield space + (entry.name or str(entry.pattern)), set(entry.pattern.converters)
        else:
            yield from routes(entry, f"{space}{entry.namespace}:" if entry.namespace else space)


def test_case_S_06_every_route_with_an_object_has_an_entry() -> None:
    """An argument that is not known to be plain is an object: a new one fails until somebody decides."""
    taking = {name for name, asked in routes(get_resolver("pamong.config.urls")) if asked - PLAIN}
    assert taking - set(OBJECTS) == set(), "a route without an entry: add it to tests/web/matrix/objects.py"
    assert set(OBJECTS) - taking == set(), "the table names a route that is gone"


def test_case_S_06_each_role_and_each_kind_of_object_is_refused_somewhere() -> None:
    cells = [
        (subject, kind, expected(each, subject, kind))
        for tries in OBJECTS.values()
        for each in tries
        for subject in ASKERS
        for kind in ("W" if each.of in WHOLE else KINDS)
    ]
    for subject in ASKERS:
        assert sum(not let_in for who, _, let_in in cells if who == subject) > 0, subject
    for kind in KINDS:
        refused = {who for who, what, let_in in cells if what == kind and not let_in}
        assert refused >= {"employee", "superior"}, kind
        assert any(let_in for _, what, let_in in cells if what == kind), kind


@pytest.mark.parametrize("name", OBJECTS)
def test_case_S_06_who_may_do_what_to_whom(name: str, rights: Rights) -> None:
    """As the table says; a refusal stores nothing, tells of nobody, and is that of what is not there."""
    wrong = [fault for each in OBJECTS[name] for fault in _faults(name, each, rights)]
    assert wrong == [], "\n".join(wrong)


def _faults(name: str, each: Try, rights: Rights) -> Iterator[str]:
    """Where the answers differ from the table, and refusals that say or do too much."""
    for subject in ASKERS:
        tried = False
        unknown: list[tuple[int, str]] = []
        for kind, key in _asked(each, subject):
            let_in = expected(each, subject, kind)
            # The form has let him in to each kind by the same law: the act itself goes once for each role.
            if let_in and (each.slow or (tried and (each.costly or each.method == "POST"))):
                continue
            tried = tried or let_in
            got = _ask(name, each, subject, key, rights)
            if let_in:
                found = _kept_out(name, each, subject, got)
            else:
                found = [*_leaks(name, subject, kind, key, got, rights)]
                if not _knows(each, subject, kind):
                    unknown = unknown or [_plain(_ask(name, each, subject, "", rights))]
                    found += _told_apart(got, unknown[0])
            case = f"{each.method} {name} {each.more} as {subject or 'a stranger'} of {kind} ({key})"
            yield from (f"{case}: {fault}: {got.told}" for fault in found)


def _kept_out(name: str, each: Try, subject: str, got: Got) -> list[str]:
    """What is wrong with an answer to somebody who is let in."""
    if _refused(name, subject, got.answer) or got.answer.status_code >= 500:
        return ["refused"]
    stores = each.body is not None and each.changes
    return ["let in, and nothing is stored"] if stores and not got.touched - {READS} else []


def _told_apart(got: Got, unknown: tuple[int, str]) -> list[str]:
    """A refusal that is not that of what is not there, with the first lines that differ."""
    status, text = _plain(got)
    if (status, text) == unknown:
        return []
    lines = zip(text.splitlines(), unknown[1].splitlines(), strict=False)
    return [f"not as if it were not there: {next((two for two in lines if two[0] != two[1]), unknown[0])}"]


def _knows(each: Try, subject: str, kind: str) -> bool:
    """Whether the subject may know anyway that such an object is there."""
    known = KNOWN.get(each.of, each.law)
    return bool(subject) and kind in known["employee" if subject in ENDED_ROLES else subject]


def _leaks(name: str, subject: str, kind: str, key: str, got: Got, rights: Rights) -> Iterator[str]:
    """A refusal that stores something, or that tells whom it is about."""
    if not _refused(name, subject, got.answer):
        yield "let in"
    seen = any(expected(other, subject, kind) for other in OBJECTS[name])
    stored = got.touched - ({READS} if seen else set())  # he looked, though he may not act
    if stored:
        yield f"refused, and yet wrote {sorted(stored)}"
    secrets = [] if kind == "O" else [rights.names.get(key, ""), rights.nips.get(key, "")]
    told = [secret for secret in secrets if secret and secret in got.text]
    if told or re.search(r"Rp\s*\d", got.text):
        yield f"refused, and yet told {told or 'an amount'}"


def _asked(each: Try, subject: str) -> Iterator[tuple[str, str]]:
    """The kinds of objects with their keys, as this subject stands to them.

    A stranger is sent to sign in before anybody looks at the object: one is enough. Whose role ended asks for
    what the role would give him; for the rest he is an employee, who is asked about by himself.
    """
    kinds = "W" if each.of in WHOLE else "F" if subject == STRANGER else KINDS
    if subject in ENDED_ROLES:
        role = subject.removeprefix("was_")
        kinds = "".join(kind for kind in kinds if expected(each, role, kind) != expected(each, subject, kind))
    for kind in kinds:
        keys = (each.of,) if kind == "W" else keys_of(subject, kind, each.of)
        for key in keys if each.method == "GET" else keys[:1]:
            yield kind, key


def _ask(name: str, each: Try, subject: str, key: str, rights: Rights) -> Got:
    """One request about an object, or ('' as key) about one that is not there. Nothing of it stays."""
    path = reverse(name, args=(*each.before, *_arguments(each, key, rights), *each.more))
    sort = "unit" if each.of == "unit" else ""
    body: Any = dict(each.body(rights, key or ("dinkes" if sort else ""))) if each.body else {}
    client = rights.clients[subject]
    touched: set[str] = set()

    def watch(execute: Any, sql: str, *rest: Any) -> Any:
        if (found := _WRITE.match(sql)) and found[1] != "django_session":
            touched.add(found[1])
        return execute(sql, *rest)

    with transaction.atomic(), connection.execute_wrapper(watch):
        if each.method == "GET":
            answer = client.get(path, headers={"HX-Request": "true"} if each.part else {})
        elif each.json:
            answer = client.post(path, as_json(body), "application/json")
        else:
            answer = client.post(path, body)
        transaction.set_rollback(True)
    client.cookies.pop("messages", None)  # what the next page would tell of this one
    return Got(answer, frozenset(touched))


def _arguments(each: Try, key: str, rights: Rights) -> tuple[object, ...]:
    if not key:
        return {"account": ("tidak-ada",), "grant": ("tidak-ada", NONE)}.get(each.of, (NONE,))
    found = rights.objects["whole" if each.of in WHOLE else each.of][key]
    return found if isinstance(found, tuple) else (found,)


def _refused(name: str, subject: str, answer: HttpResponse) -> bool:
    """Strangers are sent to sign in, or told so by the interface; others get an answer that says no."""
    if subject == STRANGER and name not in UNSIGNED and not name.startswith("api-v1:"):
        return answer.status_code == 302 and answer.headers["Location"].startswith("/masuk/")
    return answer.status_code in (401, 403, 404)


def _plain(got: Got) -> tuple[int, str]:
    """Status and text without what is new in each answer: ids of addresses, marks against forgery."""
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "…", got.text)
    text = re.sub(r'(nonce|csrfmiddlewaretoken" value|X-CSRFToken)(="|"\s*:\s*")[^"]*"', "", text)
    return got.answer.status_code, text

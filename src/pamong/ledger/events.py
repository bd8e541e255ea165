"""The base of every event, and the bytes of its entry. Golden files fix these bytes for good."""

from __future__ import annotations

import hashlib
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from pamong.kernel.actor import Actor
from pamong.kernel.canonical import canonical_json, sha256_hex

FORMAT = 1
SALT_BYTES = 32
LONG_BYTES = 1024
MOST_BYTES = 0xFFFF  # what a bundle of entries can tell of one (C2SP tlog-tiles)
_NAMELESS = re.compile(r"[a-z]+(:\S+)?")


class Event(ABC):
    """Something that happened: a frozen dataclass with ``kind`` in the past tense, as ``leave.approved``.

    Values are what ``canonical_json`` takes; floats are refused.
    """

    kind: ClassVar[str]
    log: ClassVar[str] = "decisions"

    @abstractmethod
    def public(self) -> Mapping[str, Any]:
        """Fields that stand in the entry as they are, for anyone to read, for good."""

    def personal(self) -> Mapping[str, Any]:
        """Fields of which the entry holds only a salted commitment, so that they can be erased."""
        return {}

    def data_subject(self) -> UUID | None:
        """Whose data the personal part is: a person, or the account of one. With the key of that person goes
        what opens it. None where it is about several, or none: then the entry has a key of its own."""
        return None

    @abstractmethod
    def sentence(self) -> str:
        """What happened, as an Indonesian sentence."""

    def link(self) -> str:
        """The address of a page that shows it; empty if there is none."""
        return ""


@dataclass(frozen=True, slots=True)
class Opening:
    """One personal field with the salt that opens its commitment. Kept beside the log, erasable."""

    field: str
    salt: bytes
    value: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as it is stored: the bytes of the future leaf, and what opens its commitments."""

    log: str
    kind: str
    body: bytes
    openings: tuple[Opening, ...]


def only(people: Iterable[UUID]) -> UUID | None:
    """The one person that is meant, if it is just one: for ``Event.data_subject``."""
    found = set(people)
    return found.pop() if len(found) == 1 else None


def commitment(salt: bytes, value: bytes) -> str:
    """SHA-256 over 32 bytes of salt and a canonical field, in hexadecimal."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, got {len(salt)}")
    return hashlib.sha256(salt + value).hexdigest()


def field_bytes(field: str, value: object) -> bytes:
    """The canonical form of one personal field; it names the field, so that two can't be exchanged."""
    return canonical_json({"field": field, "value": value})


def actor_ref(actor: Actor) -> str:
    """Who acted, without a name: ``user:7``, ``person:7`` of one without an account, ``operator:<OS user>``.

    ValueError for anybody else: entries are read by everybody, and for ever.
    """
    if actor.user_id is not None:
        return f"user:{actor.user_id}"
    if actor.person_id is not None:
        return f"person:{actor.person_id}"
    if not _NAMELESS.fullmatch(actor.name):
        raise ValueError("an actor without an account is told by what he is, not by a name")
    return actor.name


def entry_of(event: Event, actor: Actor, new_salt: Callable[[], bytes]) -> Entry:
    """Turn an event into the bytes of its entry. ``new_salt`` gives 32 random bytes for each field.

    ValueError for one of more than 65,535 bytes.
    """
    openings = tuple(
        Opening(field, new_salt(), field_bytes(field, value))
        for field, value in sorted(event.personal().items())
    )
    personal = {opening.field: commitment(opening.salt, opening.value) for opening in openings}
    public = event.public()
    body = _body(event, actor, public, personal)
    if len(body) > MOST_BYTES:
        body = _body(event, actor, {name: _told(value) for name, value in public.items()}, personal)
    if len(body) > MOST_BYTES:
        raise ValueError(f"an entry has at most {MOST_BYTES} bytes, {event.kind} has {len(body)}")
    return Entry(event.log, event.kind, body, openings)


def _body(event: Event, actor: Actor, public: Mapping[str, Any], personal: Mapping[str, str]) -> bytes:
    return canonical_json(
        {
            "format": FORMAT,
            "kind": event.kind,
            "actor": actor_ref(actor),
            "public": public,
            "personal": personal,
        }
    )


def _told(value: object) -> object:
    """A long list or table of an entry that would have no room: how many, and the hash of its canonical form.

    An act on ten thousand seats is told so; the rows themselves are bound to the log one by one.
    """
    if not isinstance(value, list | tuple | Mapping):
        return value
    data = canonical_json(value)
    return value if len(data) <= LONG_BYTES else {"count": len(value), "sha256": sha256_hex(data)}

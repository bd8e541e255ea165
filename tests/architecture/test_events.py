"""Every event that says something of a person names whose data it is, or says that there is no one person."""

from __future__ import annotations

from collections.abc import Iterator

from pamong.ledger.events import Event


def every(kind: type[Event] = Event) -> Iterator[type[Event]]:
    for each in kind.__subclasses__():
        yield each
        yield from every(each)


def defines(kind: type[Event], name: str) -> bool:
    return any(name in vars(each) for each in kind.__mro__ if each is not Event)


def test_who_has_a_personal_part_says_whose_it_is() -> None:
    kinds = [kind for kind in every() if kind.__module__.startswith("pamong.")]
    assert len(kinds) > 60
    silent = [kind.kind for kind in kinds if defines(kind, "personal") and not defines(kind, "data_subject")]
    assert silent == []

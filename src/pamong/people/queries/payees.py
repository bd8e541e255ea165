"""Where pay goes: accounts of persons whom a domain above has seen to, and who of them has died."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pamong.kernel.actor import Actor
from pamong.people.queries.rows import fetch


@dataclass(frozen=True, slots=True)
class PayAccount:
    """A bank account as it stands on a day."""

    bank: str
    number: str
    holder: str


def list_payees(*, actor: Actor, on: date, person_ids: Sequence[int]) -> Mapping[int, PayAccount]:
    """The accounts of these persons on a day; who has none is left out. Whoever asks has seen to the right
    and logs the look."""
    rows = fetch(
        "SELECT person_id, bank, number, holder FROM people_bankaccount WHERE superseded_at IS NULL "
        "AND person_id = ANY(%(ids)s) AND period @> %(on)s::date",
        {"ids": list(person_ids), "on": on},
    )
    return {person: PayAccount(*account) for person, *account in rows}


def list_dead(*, actor: Actor, person_ids: Sequence[int]) -> frozenset[int]:
    """Who of these persons has died: what is paid now goes to the heirs. As for accounts."""
    rows = fetch(
        "SELECT person_id FROM people_employment WHERE superseded_at IS NULL AND end_reason = 'died' "
        "AND person_id = ANY(%(ids)s)",
        {"ids": list(person_ids)},
    )
    return frozenset(person for (person,) in rows)

"""Recorded connections between who decides and who applies, from the register: relatives, and one address.

Declared kinship keeps a member off; one address alone is shown, because people share one who are no kin.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any

from pamong.decisions.site import site_law
from pamong.law import merit as law
from pamong.ledger.sql import fetch
from pamong.merit.kinship import Conflict, Connections, Declared, Known, conflicts
from pamong.people.choices import Relation
from pamong.people.services import reading

_ROUNDS_MOST = 3
_DECLARED = """
SELECT r.person_id, r.relation, r.name, r.relative_id, COALESCE(r.nik, '') FROM people_relative r
WHERE r.superseded_at IS NULL AND (r.person_id = ANY(%(ids)s) OR r.relative_id = ANY(%(ids)s)
  OR r.nik IN (SELECT i.nik FROM people_identity i WHERE i.person_id = ANY(%(ids)s)
    AND i.superseded_at IS NULL AND i.nik IS NOT NULL)
  OR r.nik IN (SELECT o.nik FROM people_relative o WHERE o.person_id = ANY(%(ids)s)
    AND o.superseded_at IS NULL AND o.nik IS NOT NULL))
"""
_OF_NIK = """
SELECT DISTINCT person_id FROM people_identity WHERE superseded_at IS NULL AND nik = ANY(%(niks)s)
"""
_KNOWN = """
SELECT p.id, COALESCE((SELECT i.nik FROM people_identity i WHERE i.person_id = p.id
    AND i.superseded_at IS NULL ORDER BY i.period DESC LIMIT 1), ''),
  COALESCE((SELECT c.address FROM people_contact c WHERE c.person_id = p.id AND c.superseded_at IS NULL
    AND c.period @> %(on)s::date LIMIT 1), '')
FROM people_person p WHERE p.id = ANY(%(ids)s) ORDER BY p.id
"""
_TELLING = 8  # letters and digits that an address has at least: "-" or "idem" is none


def steps_most(on: date) -> int:
    """How many steps of a path make a conflict of interest here; 0 where nothing says so."""
    found = law.find(site_law(), "kinship_steps", on)
    return int(found.value) if found else 0


def kin_conflicts(
    members: Collection[int], persons: Collection[int], on: date
) -> tuple[tuple[Conflict, ...], tuple[Conflict, ...]]:
    """Conflicts by declared kinship, and those beside them that only an address tells. Keys are ids of
    persons as texts."""
    most = steps_most(on)
    people, declared = _around({*members, *persons}, on, most)
    who, whom = [str(each) for each in members], [str(each) for each in persons]
    blood = conflicts(Connections([replace(each, address="") for each in people], declared), who, whom, most)
    known = {(each.member, each.candidate) for each in blood}
    every = conflicts(Connections(people, declared), who, whom, most)
    return blood, tuple(each for each in every if (each.member, each.candidate) not in known)


def _around(seeds: set[int], on: date, most: int) -> tuple[list[Known], list[Declared]]:
    """The seeds with everybody who can stand on a path between two of them."""
    ids = set(seeds)
    told: dict[Any, None] = {}
    for _ in range(min(max(most - 1, 1), _ROUNDS_MOST)):
        rows = fetch(_DECLARED, {"ids": sorted(ids)})
        told |= dict.fromkeys(rows)
        niks = [row[4] for row in rows if row[4]]
        found = {row[0] for row in rows} | {row[3] for row in rows if row[3]}
        found |= {person for (person,) in fetch(_OF_NIK, {"niks": niks})}
        if found <= ids:
            break
        ids |= found
    names = reading.names_of(ids)
    known = [
        Known(str(person), names.get(person, ""), nik, "", address if _tells(address) else "")
        for person, nik, address in fetch(_KNOWN, {"ids": sorted(ids), "on": on})
    ]
    return known, [_declared(row) for row in told]


def _declared(row: tuple[int, str, str, int | None, str]) -> Declared:
    person, relation, name, relative, nik = row
    return Declared(str(person), Relation(relation).label, name, str(relative) if relative else "", nik)


def _tells(address: str) -> bool:
    return len(re.sub(r"\W", "", address)) >= _TELLING

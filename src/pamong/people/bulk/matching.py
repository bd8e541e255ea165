"""Who the rows of a file are about: by NIP, by NIK, by name and birth date."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from pamong.people.queries.rows import fetch


@dataclass(frozen=True, slots=True)
class Match:
    """Ids of persons by what identifies them; a name with a birth date may be several people's."""

    by_nip: Mapping[str, int]
    by_nik: Mapping[str, int]
    by_birth: Mapping[tuple[str, date], tuple[int, ...]]


def find_matches(
    nips: Collection[str], niks: Collection[str] = (), births: Collection[tuple[str, date]] = ()
) -> Match:
    """The persons behind these numbers, past ones too, and behind these (folded name, birth date)."""
    by_nip = fetch(
        "SELECT DISTINCT nip, person_id FROM people_employment "
        "WHERE superseded_at IS NULL AND nip = ANY(%(nips)s)",
        {"nips": list(nips)},
    )
    by_nik = fetch(
        "SELECT DISTINCT nik, person_id FROM people_identity "
        "WHERE superseded_at IS NULL AND nik = ANY(%(niks)s)",
        {"niks": list(niks)},
    )
    by_birth = fetch(
        "SELECT DISTINCT name, birth_date, person_id FROM people_identity "
        "WHERE superseded_at IS NULL AND birth_date = ANY(%(days)s)",
        {"days": list({born for _, born in births})},
    )
    found: dict[tuple[str, date], tuple[int, ...]] = {}
    wanted = set(births)
    for name, born, person in by_birth:
        key = (folded(name), born)
        if key in wanted and person not in found.get(key, ()):
            found[key] = (*found.get(key, ()), person)
    return Match(dict(by_nip), dict(by_nik), found)


def folded(text: str) -> str:
    """A name as it is compared: without case and double spaces."""
    return " ".join(text.split()).casefold()

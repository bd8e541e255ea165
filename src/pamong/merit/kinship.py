"""How two people are connected by what is recorded: declared relatives, one family card, one address. Pure.

No path means that none is recorded, not that there is no kinship. A path is a reason to stand aside and to
ask, never a proof: people share an address who are no kin.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody in service: key, name, and where recorded the NIK, family card and address."""

    key: str
    name: str
    nik: str = ""
    family_card: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Declared:
    """``person`` named somebody as a relative: one in service (``relative``), or an outsider by NIK.

    ``relation`` is the word that users read, as *Saudara kandung*.
    """

    person: str
    relation: str
    name: str
    relative: str = ""
    nik: str = ""


@dataclass(frozen=True, slots=True)
class Path:
    """The connection of two people, one sentence a step."""

    sentences: tuple[str, ...]

    @property
    def steps(self) -> int:
        """How many steps lie between both."""
        return len(self.sentences)


@dataclass(frozen=True, slots=True)
class _Edge:
    to: str
    sentence: str


@dataclass(frozen=True, slots=True)
class _Shared:
    words: str
    label: str
    members: tuple[str, ...]


class Connections:
    """Who is directly connected with whom, made once for many questions."""

    def __init__(self, people: Iterable[Known], declared: Iterable[Declared]) -> None:
        self._edges: dict[str, list[_Edge]] = defaultdict(list)
        known = sorted(people, key=lambda each: each.key)
        self._names = {each.key: each.name for each in known}
        own = {each.nik: each.key for each in known if each.nik}
        for each in sorted(declared, key=lambda each: (each.person, each.relation, each.relative, each.nik)):
            self._declare(each, own)
        for edges in self._edges.values():
            edges.sort(key=lambda edge: (edge.to, edge.sentence))
        self._shared: dict[str, list[_Shared]] = defaultdict(list)
        self._share("satu kartu keluarga", known, _card)
        self._share("satu alamat", known, _home)

    def _declare(self, each: Declared, own: Mapping[str, str]) -> None:
        # A relative who is in service himself is that person, also where only the NIK was given.
        other = each.relative or own.get(each.nik) or (f"nik:{each.nik}" if each.nik else "")
        if not other or other == each.person:
            return
        named = self._names.get(other, each.name)
        who = self._names.get(each.person, each.person)
        sentence = f"{who} mencatat {named} sebagai {each.relation.lower()}."
        self._edges[each.person].append(_Edge(other, sentence))
        self._edges[other].append(_Edge(each.person, sentence))

    def _share(self, words: str, people: Sequence[Known], label: Callable[[Known], str]) -> None:
        """A card or an address is kept once, not once a pair: half a town may live in one dormitory."""
        groups: dict[str, list[str]] = defaultdict(list)
        for person in people:
            if label(person):
                groups[label(person)].append(person.key)
        for name, members in groups.items():
            shared = _Shared(words, name, tuple(members))
            for member in members:
                self._shared[member].append(shared)

    def _next(self, at: str, done: set[_Shared]) -> Iterator[_Edge]:
        """Who is one step away; what was declared goes first, then family cards, then addresses."""
        yield from self._edges.get(at, ())
        for shared in self._shared.get(at, ()):
            if shared in done:
                continue
            done.add(shared)
            for other in shared.members:
                if other != at:
                    first, second = sorted((at, other))
                    names = f"{self._names[first]} dan {self._names[second]}"
                    yield _Edge(other, f"{names} tercatat {shared.words}.")

    def path(self, one: str, other: str, most: int) -> Path | None:
        """The shortest path of at most so many steps, or None; the same either way round."""
        if one == other or most < 1:
            return None
        first, second = sorted((one, other))
        found = self._search(first, second, most)
        if found is None:
            return None
        return Path(found if one == first else tuple(reversed(found)))

    def _search(self, start: str, goal: str, most: int) -> tuple[str, ...] | None:
        waiting: deque[tuple[str, tuple[str, ...]]] = deque([(start, ())])
        seen, done = {start}, set[_Shared]()
        while waiting:
            at, path = waiting.popleft()
            for edge in self._next(at, done):
                if edge.to == goal:
                    return (*path, edge.sentence)
                if edge.to not in seen and len(path) + 1 < most:
                    seen.add(edge.to)
                    waiting.append((edge.to, (*path, edge.sentence)))
        return None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A member of a panel (or who appoints) and a candidate with what connects them."""

    member: str
    candidate: str
    path: Path


def conflicts(
    connections: Connections, members: Iterable[str], candidates: Iterable[str], most: int
) -> tuple[Conflict, ...]:
    """Every recorded connection between who decides and who applies; oneself is a matter of other rules."""
    return tuple(_conflicts(connections, sorted(set(members)), sorted(set(candidates)), most))


def _conflicts(
    connections: Connections, members: Sequence[str], candidates: Sequence[str], most: int
) -> Iterator[Conflict]:
    for member in members:
        for candidate in candidates:
            found = connections.path(member, candidate, most)
            if found is not None:
                yield Conflict(member, candidate, found)


def _card(person: Known) -> str:
    return "".join(person.family_card.split())


def _home(person: Known) -> str:
    """An address without differences of spaces, points and capitals."""
    return " ".join(person.address.lower().replace(".", " ").replace(",", " ").split())

"""The policy file (C2SP tlog-policy): which logs and witnesses count, and how many of them are enough.

Names are opaque bytes, kept as text with ``surrogateescape``. A group named ``luar`` lists the witnesses that
do not stand under the same head of government.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from pamong.ledger.tree.errors import KeyFault, PolicyError
from pamong.ledger.tree.keys import COSIGNATURE, VerifierKey
from pamong.ledger.tree.notes import Verified

OUTSIDERS = "luar"
NOBODY = "none"
MOST_BYTES = 1_000_000
_BLANKS = re.compile(r"[ \t]+")
_THRESHOLD = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Log:
    """A log that is accepted. ``url``: where it publishes; may be empty."""

    key: VerifierKey
    url: str = ""

    @property
    def origin(self) -> str:
        """The first line of its checkpoints."""
        return self.key.name


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness by the name it has in this file. ``url``: where checkpoints are sent; may be empty."""

    name: str
    key: VerifierKey
    url: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Members (witnesses, groups), of which ``needed`` are enough."""

    name: str
    needed: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy. ``groups`` stand in the order of the file, so that each comes behind its members."""

    logs: tuple[Log, ...]
    witnesses: Mapping[str, Witness]
    groups: Mapping[str, Group]
    quorum: str

    @classmethod
    def parse(cls, text: str | bytes) -> Policy:
        """Read a policy file. PolicyError, with its line, for the first fault."""
        reading = _Reading()
        for number, line in enumerate(_lines(text), 1):
            words = [word for word in _BLANKS.split(line) if word]
            if words and not words[0].startswith("#"):
                reading.take(words, number)
        if reading.quorum is None:
            raise PolicyError(
                "no_quorum", "Berkas kebijakan saksi tidak memuat baris quorum. Tambahkan satu."
            )
        return cls(tuple(reading.logs), reading.witnesses, reading.groups, reading.quorum)

    def satisfied(self, by: Collection[str]) -> bool:
        """Whether the cosignatures of these witnesses (names of this file) are enough."""
        if self.quorum == NOBODY:
            return True
        counted = {name: name in by for name in self.witnesses}
        for group in self.groups.values():
            counted[group.name] = sum(counted[member] for member in group.members) >= group.needed
        return counted[self.quorum]

    def outsiders(self) -> frozenset[str]:
        """The witnesses in the group ``luar`` or in a group of it; none where the file has no such group."""
        found: set[str] = set()
        todo = [OUTSIDERS] if OUTSIDERS in self.groups or OUTSIDERS in self.witnesses else []
        while todo:
            name = todo.pop()
            if name in self.witnesses:
                found.add(name)
            else:
                todo += self.groups[name].members
        return frozenset(found)

    def needs_outsider(self) -> bool:
        """Whether no quorum comes about without a witness of ``luar``; else the policy itself is at fault."""
        return not self.satisfied(self.witnesses.keys() - self.outsiders())

    def names_of(self, verified: Iterable[Verified]) -> frozenset[str]:
        """The witnesses of this file among verified signatures."""
        by_key = {witness.key: name for name, witness in self.witnesses.items()}
        return frozenset(by_key[each.key] for each in verified if each.key in by_key)

    def log_keys(self, origin: str) -> tuple[VerifierKey, ...]:
        """The keys with which this log may sign; more than one while a key is replaced."""
        return tuple(log.key for log in self.logs if log.origin == origin)

    def witness_keys(self) -> tuple[VerifierKey, ...]:
        """The keys of all witnesses."""
        return tuple(witness.key for witness in self.witnesses.values())


@dataclass
class _Reading:
    logs: list[Log] = field(default_factory=list)
    witnesses: dict[str, Witness] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    quorum: str | None = None
    used: set[str] = field(default_factory=set)

    def take(self, words: list[str], line: int) -> None:
        readers: dict[str, Callable[[list[str], int], None]] = {
            "log": self._log, "witness": self._witness, "group": self._group, "quorum": self._quorum,
        }  # fmt: skip
        if words[0] not in readers:
            raise PolicyError("word", f"'{_shown(words[0])}' bukan log, witness, group, atau quorum.", line)
        readers[words[0]](words[1:], line)

    def _log(self, words: list[str], line: int) -> None:
        _require(1 <= len(words) <= 2, "log <kunci> [<alamat>]", line)
        key = _key(words[0], line)
        if key.public in {log.key.public for log in self.logs}:
            raise PolicyError("twice", f"kunci buku '{key.name}' sudah tercantum di atas.", line)
        self.logs.append(Log(key, *words[1:]))

    def _witness(self, words: list[str], line: int) -> None:
        _require(2 <= len(words) <= 3, "witness <nama> <kunci> [<alamat>]", line)
        self._require_new(words[0], line)
        key = _key(words[1], line)
        if key.kind != COSIGNATURE:
            raise PolicyError("key", f"kunci saksi '{_shown(words[0])}' bukan kunci saksi (jenis 4).", line)
        if key.public in {witness.key.public for witness in self.witnesses.values()}:
            raise PolicyError("twice", f"kunci saksi '{_shown(words[0])}' sudah tercantum di atas.", line)
        self.witnesses[words[0]] = Witness(words[0], key, *words[2:])

    def _group(self, words: list[str], line: int) -> None:
        _require(len(words) >= 3, "group <nama> all|any|<jumlah> <anggota>...", line)
        name, rule, *members = words
        self._require_new(name, line)
        for member in members:
            self._require_known(member, line)
            if member in self.used:
                raise PolicyError("used", f"'{_shown(member)}' sudah menjadi anggota kelompok lain.", line)
            self.used.add(member)
        self.groups[name] = Group(name, _needed(rule, len(members), line), tuple(members))

    def _quorum(self, words: list[str], line: int) -> None:
        _require(len(words) == 1, "quorum <nama>", line)
        if self.quorum is not None:
            raise PolicyError("twice", "quorum sudah ditentukan di atas.", line)
        if words[0] != NOBODY:
            self._require_known(words[0], line)
        self.quorum = words[0]

    def _require_new(self, name: str, line: int) -> None:
        if name == NOBODY or name in self.witnesses or name in self.groups:
            raise PolicyError("name", f"nama '{_shown(name)}' sudah dipakai. Pilih nama lain.", line)

    def _require_known(self, name: str, line: int) -> None:
        if name not in self.witnesses and name not in self.groups:
            raise PolicyError(
                "unknown", f"'{_shown(name)}' belum ditentukan sebagai saksi atau kelompok di atasnya.", line
            )


def _lines(text: str | bytes) -> list[str]:
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")
    if len(data) > MOST_BYTES:
        raise PolicyError("too_long", f"Berkas kebijakan saksi lebih panjang daripada {MOST_BYTES} bita.")
    lines = data.decode("utf-8", "surrogateescape").split("\n")
    for number, line in enumerate(lines, 1):
        if any((sign < " " and sign != "\t") or sign == "\x7f" for sign in line):
            raise PolicyError(
                "control", "ada tanda kendali yang tidak diizinkan. Simpan sebagai teks biasa.", number
            )
    if lines[-1]:
        raise PolicyError("cut", "baris terakhir tidak diakhiri baris baru. Mungkin terpotong.", len(lines))
    return lines


def _key(text: str, line: int) -> VerifierKey:
    try:
        return VerifierKey.parse(text)
    except KeyFault as error:
        raise PolicyError("key", str(error), line) from error


def _needed(rule: str, members: int, line: int) -> int:
    if rule in ("any", "all"):
        return 1 if rule == "any" else members
    if not _THRESHOLD.fullmatch(rule) or int(rule) > members:
        raise PolicyError("threshold", f"jumlah '{_shown(rule)}' harus dari 1 sampai {members}.", line)
    return int(rule)


def _require(right: bool, form: str, line: int) -> None:
    if not right:
        raise PolicyError("form", f"bentuknya harus: {form}.", line)


def _shown(word: str) -> str:
    return word.encode("utf-8", "surrogateescape").decode("utf-8", "replace")

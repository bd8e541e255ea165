"""C2SP tlog-policy: whom to believe, and how many of them. The group ``luar`` names the independent ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from pamong_verify.checkpoints import Checkpoint
from pamong_verify.faults import Fault, Refused
from pamong_verify.notes import COSIGNATURE, NOTE, Key, check, parse_vkey

OUTSIDE = "luar"
_FORBIDDEN = re.compile(rb"[^\t\n\x20-\x7e\x80-\xff]")


@dataclass
class Policy:
    """Logs, witnesses, groups ``(threshold, members)`` in the order of the file, and the quorum's name."""

    logs: list[Key] = field(default_factory=list)
    witnesses: dict[str, Key] = field(default_factory=dict)
    groups: dict[str, tuple[int, list[str]]] = field(default_factory=dict)
    quorum: str = ""

    def is_met(self, names: Iterable[str]) -> bool:
        """Whether these witnesses are a quorum."""
        met = {"none", *names}
        for name, (threshold, members) in self.groups.items():
            if sum(member in met for member in members) >= threshold:
                met.add(name)
        return self.quorum in met

    def outside(self) -> set[str]:
        """The witnesses of the group ``luar``, also those of groups within it."""
        wanted = {OUTSIDE}
        for name, (_, members) in reversed(self.groups.items()):
            if name in wanted:
                wanted.update(members)
        return wanted & set(self.witnesses)

    def is_independent(self) -> bool:
        """Whether no quorum is possible without a witness of ``luar``."""
        return not self.is_met(set(self.witnesses) - self.outside())


@dataclass(frozen=True)
class Cosigner:
    """A witness of the policy that cosigned at a time (POSIX seconds)."""

    name: str
    key_name: str
    time: int


@dataclass(frozen=True)
class Judged:
    """A checkpoint whose signatures hold, and how strongly."""

    checkpoint: Checkpoint
    cosigners: tuple[Cosigner, ...]
    quorum_met: bool
    independent: bool
    quorum_time: int | None = None  # since then enough witnesses have said that there is nothing more

    @property
    def latest_time(self) -> int | None:
        """What the checkpoint covers is not younger than this: the earliest cosignature."""
        return min((each.time for each in self.cosigners), default=None)


def judge(checkpoint: Checkpoint, policy: Policy, what: str) -> Judged:
    """Check the signatures of log and witnesses."""
    logs = [key for key in policy.logs if key.name == checkpoint.origin]
    signed = check(checkpoint.note, [*logs, *policy.witnesses.values()], what)
    if not any(each.key in logs for each in signed):
        raise Refused(Fault.UNKNOWN_LOG, f"{what}, log {checkpoint.origin}")
    names = {key: name for name, key in policy.witnesses.items()}
    cosigners = [
        Cosigner(names[each.key], each.key.name, each.time)
        for each in signed
        if each.time is not None and each.key in names
    ]
    met = policy.is_met(each.name for each in cosigners)
    in_order = tuple(sorted(cosigners, key=lambda one: one.time))
    return Judged(checkpoint, in_order, met, policy.is_independent(), _quorum_time(policy, in_order))


def _quorum_time(policy: Policy, cosigners: Sequence[Cosigner]) -> int | None:
    """The latest time from which on enough witnesses signed: one that fell silent holds nothing up. None
    where they are not enough, or nobody is asked for."""
    names: list[str] = []
    for each in reversed(cosigners):
        if policy.is_met(names):
            break
        names.append(each.name)
        if policy.is_met(names):
            return each.time
    return None


def parse_policy(data: bytes) -> Policy:
    """Read a policy file. Names are opaque octets, kept by surrogateescape."""
    policy = Policy()
    if _FORBIDDEN.search(data):
        raise Refused(Fault.POLICY_BROKEN, "ada tanda yang tidak boleh di dalamnya")
    listed: set[str] = set()
    for row, line in enumerate(data.split(b"\n"), 1):
        words = line.decode(errors="surrogateescape").replace("\t", " ").split(" ")
        words = [word for word in words if word]
        if not words or words[0].startswith("#"):
            continue
        try:
            _LINES[words[0]](policy, words[1:], listed)
        except (ValueError, KeyError, UnicodeError) as error:
            raise Refused(Fault.POLICY_BROKEN, f"baris {row}") from error
    if not policy.quorum:
        raise Refused(Fault.POLICY_BROKEN, "baris quorum tidak ada")
    return policy


def _require(condition: bool) -> None:
    if not condition:
        raise ValueError("policy")


def _log(policy: Policy, words: list[str], listed: set[str]) -> None:
    _require(len(words) in (1, 2))
    key = parse_vkey(words[0])
    _require(key.kind != COSIGNATURE and key.public not in [each.public for each in policy.logs])
    policy.logs.append(key)


def _witness(policy: Policy, words: list[str], listed: set[str]) -> None:
    _require(len(words) in (2, 3))
    key = parse_vkey(words[1])
    _require(key.kind != NOTE and key.public not in [each.public for each in policy.witnesses.values()])
    _new(policy, words[0])
    policy.witnesses[words[0]] = key


def _group(policy: Policy, words: list[str], listed: set[str]) -> None:
    name, threshold, *members = words
    _new(policy, name)
    _require(bool(members) and len(set(members)) == len(members) and not listed & set(members))
    _require(all(_is_defined(policy, member) for member in members))
    least = {"any": "1", "all": str(len(members))}.get(threshold, threshold)
    _require(re.fullmatch("[1-9][0-9]{0,5}", least) is not None and int(least) <= len(members))
    policy.groups[name] = (int(least), members)
    listed.update(members)


def _quorum(policy: Policy, words: list[str], listed: set[str]) -> None:
    (name,) = words
    _require(not policy.quorum and (name == "none" or _is_defined(policy, name)))
    policy.quorum = name


def _is_defined(policy: Policy, name: str) -> bool:
    return name in policy.witnesses or name in policy.groups


def _new(policy: Policy, name: str) -> None:
    _require(name != "none" and not _is_defined(policy, name))


_LINES: dict[str, Callable[[Policy, list[str], set[str]], None]] = {
    "log": _log,
    "witness": _witness,
    "group": _group,
    "quorum": _quorum,
}

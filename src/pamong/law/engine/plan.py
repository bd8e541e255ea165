"""From names to a plan: which formulas and parameters are reached, in which order; its fingerprint."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pamong.law.engine.errors import LawError, NotInForce
from pamong.law.engine.evidence import Evidence
from pamong.law.engine.formulas import FACTS, FORMULAS, Fact, Formula
from pamong.law.engine.loader import Adoption, Profile
from pamong.law.engine.parameters import Bracket, Dated, Parameter
from pamong.law.engine.trace import ParameterValue

if TYPE_CHECKING:
    import polars as pl

    from pamong.law.engine.tracing import Trace

ENGINE_VERSION = "1"
Node = Fact | Formula | Parameter


@dataclass(frozen=True)
class Law:
    """All parameters and formulas of a region: national, then its profile, then the site's overlay."""

    parameters: Mapping[str, Parameter]
    profile: Profile
    adoptions: tuple[Adoption, ...] = ()

    @cached_property
    def by_name(self) -> Mapping[str, Parameter]:
        """Parameters by the name under which formulas ask for them."""
        return {parameter.name: parameter for parameter in self.parameters.values()}

    def node(self, name: str, on: date) -> Node:
        """What a name means on a day: a fact, a parameter, or the formula that the profile chooses."""
        if name in FACTS:
            return FACTS[name]
        if name in FORMULAS:
            return self.formula(name, on)
        if name in self.by_name:
            return self.by_name[name]
        raise LawError(f"'{name}' bukan fakta, rumus, atau parameter yang dikenal.")

    def formula(self, name: str, on: date) -> Formula:
        """The version of a formula in force on a day under the profile's method for its slot."""
        found = [version for version in FORMULAS[name] if self.chooses(version) and _holds(version, on)]
        if len(found) == 1:
            return found[0]
        if not found:
            raise NotInForce(
                f"Rumus '{name}' tidak punya versi untuk profil {self.profile.name} pada {on.isoformat()}."
            )
        raise LawError(f"Rumus '{name}' punya {len(found)} versi pada {on.isoformat()}; harus satu.")

    def is_adopted(self, key: str, dated: Dated) -> bool:
        """Whether the site adopted a value of uncertain evidence (who, when, by which document)."""
        return any(adoption.key == key and adoption.since == dated.since for adoption in self.adoptions)

    def chooses(self, version: Formula) -> bool:
        """Whether the profile's methods choose this version of a formula."""
        return (
            not version.method or self.profile.methods.get(version.slot) == version.method.partition(".")[2]
        )

    def plan(self, outputs: Sequence[str], on: date, until: date, given: Iterable[str] = ()) -> Plan:
        """A plan that works out `outputs` for the month `[on, until)`; `given` names come as facts."""
        return Plan(self, tuple(outputs), on, until, frozenset(given))


def _holds(version: Formula, on: date) -> bool:
    return version.since <= on and (version.before is None or on < version.before)


@dataclass(frozen=True)
class Plan:
    """The part of the law that a set of outputs needs."""

    law: Law
    outputs: tuple[str, ...]
    on: date
    until: date
    given: frozenset[str] = frozenset()

    def node(self, name: str, on: date | None = None) -> Node:
        """What a name means in this plan on a day (by default the month's first)."""
        key = (name, on or self.on)
        if key not in self._nodes:
            found = self.law.node(*key)
            self._nodes[key] = _as_fact(found) if name in self.given else found
        return self._nodes[key]

    @cached_property
    def _nodes(self) -> dict[tuple[str, date], Node]:
        return {}

    def parameter_value(self, name: str, on: date) -> Any:
        """A parameter in force on a day, as a value for traces; the same for every person."""
        if (name, on) not in self._parameter_values:
            node = self.node(name, on)
            if not isinstance(node, Parameter):
                raise LawError(f"'{name}' bukan parameter.")
            self._parameter_values[name, on] = ParameterValue(node, node.on(on))
        return self._parameter_values[name, on]

    @cached_property
    def _parameter_values(self) -> dict[tuple[str, date], Any]:
        return {}

    @cached_property
    def recipes(self) -> dict[tuple[str, date], Any]:
        """What traces found out about the names of rows; the same for every person."""
        return {}

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Every name that the outputs reach, inputs before what uses them."""
        return self.order_on(self.on, self.outputs)

    def order_on(self, on: date, names: Iterable[str]) -> tuple[str, ...]:
        """Every name that `names` reach under the law of a day, inputs first; refuses circles."""
        done: dict[str, None] = {}
        for name in names:
            self._visit(name, on, done, ())
        return tuple(done)

    def _visit(self, name: str, on: date, done: dict[str, None], path: tuple[str, ...]) -> None:
        if name in done:
            return
        if name in path:
            raise LawError(f"Rumus berputar: {' -> '.join((*path, name))}.")
        node = self.node(name, on)
        if isinstance(node, Formula):
            for argument in node.inputs:
                self._visit(argument, on, done, (*path, name))
        done[name] = None

    def below(self, on: date) -> Mapping[str, frozenset[str]]:
        """By level (day, event, segment): the formulas and parameters with which its rows are worked out."""
        found: dict[str, set[str]] = {}
        for name in self.order_on(on, self.outputs):
            node = self.node(name, on)
            if isinstance(node, Formula) and node.level != "person_month":
                found.setdefault(node.level, set()).update((name, *node.inputs))
        return {level: frozenset(names) for level, names in found.items()}

    @cached_property
    def changes(self) -> Mapping[str, frozenset[date]]:
        """By level: the days within the month on which a rule for its rows begins or ends."""
        found = {level: self._changes_of(names) for level, names in self.below(self.on).items()}
        return {level: days for level, days in found.items() if days}

    def _changes_of(self, names: Iterable[str]) -> frozenset[date]:
        days: set[date | None] = set()
        for name in names:
            node = self.node(name)
            if isinstance(node, Formula):
                for version in FORMULAS[name]:
                    days |= {version.since, version.before} if self.law.chooses(version) else set()
            elif isinstance(node, Parameter):
                for dated in node.history:
                    days |= {dated.since, dated.before}
        return frozenset(day for day in days if day and self.on < day < self.until)

    @cached_property
    def epochs(self) -> tuple[date, ...]:
        """The days of the month on which a rule for days, events or segments changes, and the first."""
        return tuple(sorted({self.on}.union(*self.changes.values())))

    def require_date(self, level: str, dated: bool) -> None:
        """Refuse rows without a date where the rule for them changes within the month."""
        if level in self.changes and not dated:
            raise LawError(
                f"Baris tingkat {level} tidak bertanggal, padahal aturannya berubah di tengah bulan."
            )

    def epoch_of(self, day: date) -> date:
        """The epoch in whose law a day of the month stands."""
        return max(epoch for epoch in self.epochs if epoch <= day) if day >= self.on else self.on

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The inputs that must come from outside."""
        found: dict[str, Fact] = {}
        for epoch in self.epochs:
            for name in self.order_on(epoch, self.outputs):
                node = self.node(name, epoch)
                if isinstance(node, Fact):
                    found[name] = node
        return tuple(found.values())

    def _used(self) -> Iterator[tuple[date, Node]]:
        """Every node with the day whose law it stands under: the month's first, or an epoch for the rows."""
        for epoch in self.epochs:
            rows = frozenset().union(*self.below(epoch).values())
            for name in self.order_on(epoch, self.outputs):
                if epoch == self.on or name in rows:
                    yield epoch, self.node(name, epoch)

    @cached_property
    def values(self) -> tuple[tuple[Parameter, Dated], ...]:
        """Every parameter value used, by key and date."""
        used: dict[tuple[str, date], tuple[Parameter, Dated]] = {}
        for epoch, node in self._used():
            if isinstance(node, Parameter):
                dated = node.on(epoch)
                used[(node.key, dated.since)] = (node, dated)
        return tuple(used[key] for key in sorted(used))

    @cached_property
    def formulas(self) -> tuple[Formula, ...]:
        """Every formula reached, by name and date."""
        used = {(node.name, node.since): node for _, node in self._used() if isinstance(node, Formula)}
        return tuple(used[key] for key in sorted(used))

    @property
    def evidence(self) -> Evidence:
        """The worst evidence among the values used."""
        return max((dated.evidence for _, dated in self.values), key=lambda e: e.rank, default=Evidence.TEXT)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over the parameters used, the source of every formula reached, and the engine's version."""
        content = {
            "engine": ENGINE_VERSION,
            "outputs": list(self.outputs),
            "given": sorted(self.given),
            "parameters": [canonical(parameter, dated) for parameter, dated in self.values],
            "formulas": [[f.name, f.method, f.since.isoformat(), f.source] for f in self.formulas],
        }
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def columns(self, people: pl.DataFrame, **children: pl.DataFrame) -> pl.DataFrame:
        """The outputs for every row of `people`; see `pamong.law.engine.run.run`."""
        from pamong.law.engine.run import run  # noqa: PLC0415 (Polars is loaded only for columns)

        return run(self, people, children)

    def trace(self, person: Mapping[str, Any], **children: Sequence[Mapping[str, Any]]) -> Trace:
        """One person's figures with their reasons; see `pamong.law.engine.tracing.Trace`."""
        from pamong.law.engine.tracing import Trace  # noqa: PLC0415 (that module needs this one)

        return Trace(self, person, children)


def _as_fact(node: Node) -> Fact:
    if isinstance(node, Fact):
        return node
    if isinstance(node, Parameter):
        raise LawError(f"parameter {node.key} tidak bisa diberikan sebagai fakta.")
    return Fact(node.name, node.level, node.unit, node.title, nullable=True)


def canonical(parameter: Parameter, dated: Dated) -> list[Any]:
    """A parameter's value as plain lists, texts and integers, for fingerprints."""
    value: Any = dated.value
    if isinstance(value, Bracket):
        value = [list(value.bounds), list(value.results), value.inclusive]
    elif isinstance(value, dict):
        value = sorted([[list(map(str, key)), item] for key, item in value.items()])
    elif isinstance(value, tuple):
        value = list(value)
    before = dated.before.isoformat() if dated.before else None
    return [parameter.key, parameter.unit, parameter.step, dated.since.isoformat(), before, value]

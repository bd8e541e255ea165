"""Page-shaped reads of the law. Pure: no request, no database; the clock comes from outside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from pamong.kernel.errors import DomainError
from pamong.law.engine.errors import NotInForce
from pamong.law.engine.evidence import Evidence, Regulation
from pamong.law.engine.formulas import FORMULAS
from pamong.law.engine.law import load_formulas, load_law
from pamong.law.engine.loader import (
    NATIONAL,
    Profile,
    load_national,
    load_profile,
    load_registry,
    profile_codes,
    registry_with,
)
from pamong.law.engine.parameters import Dated, Parameter
from pamong.law.engine.show import days_together, rows_of, show_parameter
from pamong.web.law import words

FEW_ROWS = 20  # a longer table is folded


class LawNotFound(DomainError):
    """There is no such parameter, regulation or profile."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} tidak ada di aturan yang dimuat. Pilih yang lain di daftar aturan.")


@dataclass(frozen=True, slots=True)
class Choice:
    """A region that can be chosen; `code` '' is the national law alone."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """A parameter in a list, with its value on the day; `dated` is None where no rule holds then."""

    parameter: Parameter
    dated: Dated | None
    text: str
    origin: str

    @property
    def key(self) -> str:
        """Area and name, as in its address."""
        return self.parameter.key

    @property
    def place(self) -> tuple[str, str]:
        """Area and name apart."""
        area, _, name = self.parameter.key.partition("/")
        return area, name


@dataclass(frozen=True, slots=True)
class Area:
    """The parameters of one area."""

    code: str
    title: str
    rows: tuple[ParameterRow, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """All parameters of a region on a day, and how well they are known."""

    choice: Choice
    choices: tuple[Choice, ...]
    areas: tuple[Area, ...]
    evidence: Mapping[Evidence, int]

    @property
    def total(self) -> int:
        """How many parameters there are."""
        return sum(len(area.rows) for area in self.areas)


@dataclass(frozen=True, slots=True)
class ValueView:
    """One value through time, with every row of its table."""

    dated: Dated
    text: str
    rows: tuple[tuple[str, str], ...]
    holds: bool

    @property
    def last_on(self) -> date | None:
        """The last day on which it holds, None where no end is known."""
        return self.dated.before - timedelta(days=1) if self.dated.before else None

    @property
    def folded(self) -> bool:
        """Whether its table is too long to stand open."""
        return len(self.rows) > FEW_ROWS


@dataclass(frozen=True, slots=True)
class Asking:
    """A formula that asks for a parameter."""

    title: str
    method: str


@dataclass(frozen=True, slots=True)
class Other:
    """The same parameter in another layer: national law or a region's."""

    choice: Choice
    text: str
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class ParameterView:
    """One parameter through time, newest value first."""

    parameter: Parameter
    area: str
    choice: Choice
    origin: str
    values: tuple[ValueView, ...]
    others: tuple[Other, ...]
    asking: tuple[Asking, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """What is taken from a regulation: a parameter's values, or a region's pay group."""

    title: str
    place: tuple[str, str] | None
    choice: Choice
    articles: tuple[str, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class RegulationRow:
    """A regulation in a list, with how many values rest on it."""

    regulation: Regulation
    used: int


@dataclass(frozen=True, slots=True)
class RegulationView:
    """One regulation, what replaced it, and what is taken from it."""

    regulation: Regulation
    replaced_by: Regulation | None
    taken: tuple[Taken, ...]


@cache
def profile_of(code: str) -> Profile:
    """A shipped region. LawNotFound for an unknown one."""
    if code not in profile_codes():
        raise LawNotFound("Daerah ini")
    return load_profile(code)


@cache
def choices() -> tuple[Choice, ...]:
    """The national law, then the shipped regions by name."""
    regions = (Choice(code, profile_of(code).name) for code in profile_codes())
    return (Choice("", "Nasional"), *sorted(regions, key=lambda choice: choice.name))


def overview(on: date, profile: str = "", overlay: str = "") -> Overview:
    """Every parameter of a region on a day, by area. LawNotFound for an unknown region."""
    found = parameters_of(profile, overlay).values()
    # What the region decides by itself comes first.
    rows = [_row(p, on) for p in sorted(found, key=lambda p: (p.origin == NATIONAL, p.title))]
    codes = [*words.AREAS, *sorted({row.place[0] for row in rows} - set(words.AREAS))]
    areas = (
        Area(code, words.area(code), tuple(row for row in rows if row.place[0] == code)) for code in codes
    )
    counts = Counter(row.dated.evidence for row in rows if row.dated)
    return Overview(
        _choice(profile),
        choices(),
        tuple(area for area in areas if area.rows),
        {grade: counts[grade] for grade in Evidence if counts[grade]},
    )


def shipped(code: str) -> str:
    """The code of a region that has pages here; '' for a site's own folder."""
    return code if code in profile_codes() else ""


def parameter_view(key: str, on: date, profile: str = "", overlay: str = "") -> ParameterView:
    """One parameter through time. LawNotFound for an unknown key or region.

    Without a region, a parameter that only regions have is shown as the first of them has it.
    """
    found = parameters_of(profile, overlay).get(key)
    choice = _choice(profile)
    if found is None and not profile:
        choice, found = next(
            ((c, p) for c in choices()[1:] if (p := profile_of(c.code).parameters.get(key))), (choice, None)
        )
    if found is None:
        raise LawNotFound(f"Parameter {key}")
    return ParameterView(
        parameter=found,
        area=words.area(key.partition("/")[0]),
        choice=choice,
        origin=_origin(found),
        values=tuple(_value(found, dated, on) for dated in reversed(found.history)),
        others=tuple(_others(key, on, found.origin)),
        asking=tuple(_asking(found.name)),
    )


def regulations(overlay: str = "") -> tuple[RegulationRow, ...]:
    """Every regulation, newest first, with the number of parameters that rest on it.

    `overlay` is the site's folder, which may bring regulations of its own.
    """
    counts = Counter(regulation for _, parameter in _all_parameters() for regulation in _cited(parameter))
    rows = (RegulationRow(regulation, counts[code]) for code, regulation in _registry(overlay).items())
    return tuple(sorted(rows, key=lambda row: (-row.regulation.year, row.regulation.short)))


def regulation_view(code: str, overlay: str = "") -> RegulationView:
    """One regulation and what is taken from it. LawNotFound for an unknown one."""
    registry = _registry(overlay)
    if code not in registry:
        raise LawNotFound("Peraturan ini")
    regulation = registry[code]
    replacement = registry.get(regulation.replaced_by or "")
    return RegulationView(regulation, replacement, tuple(_taken(code)))


def _registry(overlay: str) -> Mapping[str, Regulation]:
    return registry_with(Path(overlay)) if overlay else load_registry()


def regulation_of(text: str) -> Regulation | None:
    """The regulation that a citation in words begins with: `PP 12/2019 Pasal 58`."""
    fitting = [r for r in load_registry().values() if text.startswith(r.short)]
    return max(fitting, key=lambda r: len(r.short), default=None)


def parameters_of(profile: str, overlay: str = "") -> Mapping[str, Parameter]:
    """All parameters of a region, or the national ones alone."""
    if not profile:
        return load_national()
    profile_of(profile)
    return load_law(profile, overlay or None).parameters


def _choice(code: str) -> Choice:
    return next(choice for choice in choices() if choice.code == code)


def _row(parameter: Parameter, on: date) -> ParameterRow:
    dated = value_on(parameter, on)
    text = show_parameter(parameter, dated) if dated else ""
    return ParameterRow(parameter, dated, text, _origin(parameter))


def value_on(parameter: Parameter, day: date) -> Dated | None:
    """The value in force on a day, or None where no rule holds."""
    try:
        return parameter.on(day)
    except NotInForce:
        return None


def _origin(parameter: Parameter) -> str:
    """Whose value it is; a printed table of a region that has no profile here is that region's."""
    if parameter.origin == NATIONAL:
        return parameter.region or "Nasional"
    return profile_of(parameter.origin).name if parameter.origin in profile_codes() else "Situs ini"


def _value(parameter: Parameter, dated: Dated, on: date) -> ValueView:
    holds = dated.since <= on and (dated.before is None or on < dated.before)
    rows = () if parameter.kind in ("scalar", "list") else tuple(days_together(rows_of(parameter, dated)))
    return ValueView(dated, show_parameter(parameter, dated), rows, holds)


def _others(key: str, on: date, own: str) -> Iterator[Other]:
    """The other layers that give this parameter a value."""
    layers: list[tuple[Choice, Parameter | None]] = [(choices()[0], load_national().get(key))]
    layers += [(choice, profile_of(choice.code).parameters.get(key)) for choice in choices()[1:]]
    for choice, parameter in layers:
        if parameter is not None and parameter.origin != own:
            row = _row(parameter, on)
            yield Other(choice, row.text, row.dated.evidence if row.dated else None)


def _asking(name: str) -> Iterator[Asking]:
    load_formulas()
    for versions in FORMULAS.values():
        for version in versions:
            if name in version.inputs:
                slot, _, shape = version.method.partition(".")
                yield Asking(version.title, words.shape(slot, shape) if slot else "")


def _all_parameters() -> Iterator[tuple[Choice, Parameter]]:
    """Each parameter of each layer once."""
    national, *regions = choices()
    yield from ((national, parameter) for parameter in load_national().values())
    for region in regions:
        yield from ((region, parameter) for parameter in profile_of(region.code).parameters.values())


def _cited(parameter: Parameter) -> set[str]:
    return {dated.citation.regulation.id for dated in parameter.history}


def _taken(code: str) -> Iterator[Taken]:
    for choice, parameter in _all_parameters():
        cited = [dated for dated in parameter.history if dated.citation.regulation.id == code]
        if cited:
            articles = tuple(dict.fromkeys(d.citation.article for d in cited if d.citation.article))
            worst = max((d.evidence for d in cited), key=lambda grade: grade.rank)
            area, _, name = parameter.key.partition("/")
            yield Taken(parameter.title, (area, name), choice, articles, worst)
    for choice in choices()[1:]:
        for group in profile_of(choice.code).pay_groups.values():
            if group.citation.regulation.id == code:
                yield Taken(group.text, None, choice, (group.citation.article,), group.evidence)

"""What the pages of the data-quality list show: asked for by address, read by one call, put into shapes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pamong.access import policies
from pamong.access.middleware import ActingRequest
from pamong.kernel.actor import Actor
from pamong.people import quality, queries
from pamong.people.quality import RULES, Board, Finding, FindingPage, Group, Mend, Rule
from pamong.web.formats import angka
from pamong.web.handing import CSV, XLSX
from pamong.web.jinja import url
from pamong.web.people import law
from pamong.web.quality import words
from pamong.web.shapes import Column, Link, Node, Pages, Tab, page_number

KINDS = {"csv": CSV, "xlsx": XLSX}
ACCEPTED = "memang-begitu"
PROPOSE = "people:propose"


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The board with its sentence; ``unit`` is what it is narrowed to, ``parts`` are rules that found
    something, by group, ``clean`` those that found nothing.

    ``heads`` are the columns of groups in the table of offices; ``offices`` are there for who sees all.
    """

    board: Board
    sentence: str
    unit: str
    parts: tuple[tuple[Group, tuple[Rule, ...]], ...]
    clean: tuple[Rule, ...]
    heads: list[Column]
    offices: Sequence[tuple[str, str]]
    downloads: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class RulePage:
    """The findings of a rule, or, for whoever may not see the people, its numbers by office."""

    rule: Rule
    unit: str
    sources: tuple[Node, ...]
    found: FindingPage | None
    board: Board | None
    accepted: bool
    tabs: tuple[Tab, ...]
    pages: Pages | None
    downloads: tuple[Link, ...]


def board_page(request: ActingRequest) -> BoardPage:
    """Count everything that the actor may know of."""
    unit = unit_of(request)
    board = quality.count_findings(actor=request.actor, on=request.actor.on, law=law.national(), unit=unit)
    return BoardPage(
        board,
        sentence(board),
        unit,
        tuple((group, found) for group in Group if (found := tuple(_dirty(board, group)))),
        tuple(rule for rule in RULES if words.clean(board.rules[rule.code])),
        [Column(words.word(group), num=True) for group in Group],
        queries.list_offices(actor=request.actor, on=request.actor.on) if board.by_office or unit else [],
        downloads(unit=unit) if board.opens and board.total.value else (),
    )


def rule_page(request: ActingRequest, rule: Rule) -> RulePage:
    """Read the findings of one rule, or count them."""
    actor, unit = request.actor, unit_of(request)
    sources = tuple(_source(each) for each in quality.sources(rule, law.national(), actor.on))
    if not (quality.opens(actor) or rule.of_units):
        board = quality.count_findings(actor=actor, on=actor.on, law=law.national(), unit=unit, rules=[rule])
        return RulePage(rule, unit, sources, None, board, False, (), None, ())
    accepted = request.GET.get("bagian") == ACCEPTED
    found = quality.list_findings(
        actor=actor, at=request.at, on=actor.on, law=law.national(), rules=[rule], unit=unit,
        accepted=accepted, page=page_number(request.GET),
    )  # fmt: skip
    part = ACCEPTED if accepted else ""
    return RulePage(
        rule,
        unit,
        sources,
        found,
        None,
        accepted,
        _tabs(rule, unit, found, accepted),
        Pages(
            found.page,
            found.last,
            lambda page: url("quality:rule", rule.slug, unit=unit, bagian=part, hal=page),
        ),
        downloads(unit=unit, aturan=rule.slug) if found.open and quality.opens(actor) else (),
    )


def sentence(board: Board) -> str:
    """What the board says in one sentence."""
    if words.clean(board.total):
        told = _("Tidak ada temuan pada %(looked)s pegawai yang diperiksa.")
        return told % {"looked": angka(board.looked)}
    told = ngettext(
        "%(count)s temuan dari %(looked)s pegawai yang diperiksa.",
        "%(count)s temuan dari %(looked)s pegawai yang diperiksa.",
        board.total.value,
    )
    return told % {"count": words.plain(board.total), "looked": angka(board.looked)}


def mending(actor: Actor, finding: Finding) -> Link:
    """Where this actor mends it, or looks at it where he can't mend."""
    place = finding.rule.mend
    if place is Mend.UNIT and finding.unit_uid is not None:
        return Link(_("Buka unitnya"), url("organisation:unit", finding.unit_uid))
    if place is Mend.SEARCH:
        return Link(_("Cari yang bernama sama"), url("search", q=finding.name))
    own = finding.person_id == actor.person_id
    if policies.may_over_others(actor, PROPOSE) and not own:
        return Link(_("Usulkan perbaikan"), url("entries:propose", finding.subject, place.value))
    return Link(_("Buka berkasnya"), url("people:person", finding.subject))


def works_on_it(actor: Actor) -> bool:
    """Whether findings are this actor's daily work: then the home page tells how many there are."""
    may_list = bool(policies.may(actor, quality.LIST))
    return may_list and policies.may_over_others(actor, PROPOSE)


def downloads(**query: str) -> tuple[Link, ...]:
    """The files to take along."""
    return tuple(Link(kind.upper(), url("quality:export", kind, **query)) for kind in KINDS)


def _dirty(board: Board, group: Group) -> Iterator[Rule]:
    """The rules of a group that found something."""
    for rule in RULES:
        if rule.group is group and not words.clean(board.rules[rule.code]):
            yield rule


def unit_of(request: ActingRequest) -> str:
    """The unit that the address narrows to."""
    return request.GET.get("unit", "")[:100]


def _tabs(rule: Rule, unit: str, found: FindingPage, accepted: bool) -> tuple[Tab, ...]:
    address = url("quality:rule", rule.slug, unit=unit)
    done = url("quality:rule", rule.slug, unit=unit, bagian=ACCEPTED)
    return (
        Tab(_("Perlu dibenahi"), address, not accepted, found.open),
        Tab(_("Memang begitu"), done, accepted, found.accepted),
    )


def _source(found: Any) -> Node:
    """A value in months, or a table of the law, with its article."""
    told = "" if found.parameter.by else _("%(count)s bulan") % {"count": found.value}
    return law.cited(found.parameter.title, told, found)

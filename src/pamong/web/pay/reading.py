"""What the run pages show beside the domain's own answers: tabs, sentences, links, masked numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pamong.access.middleware import ActingRequest
from pamong.kernel.actor import Actor
from pamong.kernel.errors import InvalidValue
from pamong.kernel.nip import Nip
from pamong.law.engine.evidence import Evidence
from pamong.pay import policies, queries
from pamong.pay.choices import Mode, RunState, SlipState
from pamong.pay.queries import Page, ProblemRow, RunRow, RunView, SlipRow
from pamong.web.formats import angka, bulan, waktu
from pamong.web.jinja import url
from pamong.web.law.reading import shipped
from pamong.web.pay import words
from pamong.web.pay.forms import StartForm
from pamong.web.shapes import Link, Notice, Pages, Tab, page_number

OPEN = (RunState.WAITING, RunState.STAGING)
WEAK = (Evidence.SECONDARY, Evidence.EXAMPLE)


@dataclass(frozen=True, slots=True)
class RunPage:
    """What surrounds a run: its sentence, its parts, its kinds of problems, its files to take along."""

    sentence: str
    tone: str
    tabs: tuple[Tab, ...]
    notices: tuple[Notice, ...]
    downloads: tuple[Link, ...]
    weak: int
    law: str
    may_run: bool
    started_by: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """What surrounds a list of a run: its parts, its pages, its files to take along."""

    tabs: tuple[Tab, ...]
    pages: Pages
    downloads: tuple[Link, ...]
    sentence: str


def start_form(request: ActingRequest) -> StartForm:
    """The form of a new run, filled or fresh; it begins with the region of the newest run.

    What it is for may stand in the address (``guna``). Nobody shows the demo on a real site, and nobody pays
    by a first month: there it is to be compared.
    """
    runs = queries.list_runs(actor=request.actor)
    initial: dict[str, Any] = {"profile": runs[0].profile} if runs else {}
    usual = Mode.DEMO if settings.PAMONG_DEMO else Mode.SHADOW
    wish = request.GET.get("guna", "")
    initial["mode"] = wish if wish in list(Mode) else usual.value
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    return StartForm(*data, on=request.actor.on, initial=initial)


def run_page(view: RunView, actor: Actor) -> RunPage:
    """What surrounds one run."""
    run = view.run
    published = run.state is RunState.PUBLISHED
    return RunPage(
        sentence=sentence(run),
        tone=words.RUN_TONES[run.state],
        tabs=tabs(run, "run") if published else (),
        notices=tuple(_notices(view)),
        downloads=downloads(run, actor, "xlsx", "csv", "parquet", "totals") if published else (),
        weak=sum(count for grade, count in view.evidence.items() if grade in WEAK),
        law=url("law:index", profil=shipped(run.profile)),
        may_run=bool(policies.may_run(actor)),
        started_by=words.starter(run.started_by),
    )


def people_page(run: RunRow, found: Page[SlipRow], asked: Mapping[str, Any], actor: Actor) -> ListPage:
    """What surrounds the list of people."""
    return ListPage(
        tabs(run, "people"),
        _pages(
            "pay:people",
            run.uid,
            found,
            q=asked["search"],
            keadaan=asked["state"],
            opd=asked["opd"],
            sebab=asked["reason"],
        ),
        tuple(
            Link(_("%(kind)s, semua orang") % {"kind": file.label}, file.href)
            for file in downloads(run, actor, "xlsx", "csv")  # whatever the list is filtered by
        ),
        ngettext("%(count)s orang cocok.", "%(count)s orang cocok.", found.total)
        % {"count": angka(found.total)},
    )


def problems_page(run: RunRow, found: Page[ProblemRow], asked: Mapping[str, Any], actor: Actor) -> ListPage:
    """What surrounds the list of problems."""
    return ListPage(
        tabs(run, "problems"),
        _pages("pay:problems", run.uid, found, tingkat=asked["severity"]),
        downloads(run, actor, "problems"),
        "",
    )


def asked_people(query: Mapping[str, str]) -> dict[str, Any]:
    """What the address asks of the list of people; what is not known is left out."""
    state = query.get("keadaan", "")
    return {
        "page": page_number(query),
        "search": query.get("q", "").strip()[:100],
        "state": state if state in list(SlipState) else "",
        "opd": query.get("opd", "")[:200],
        "reason": query.get("sebab", "")[:300],
    }


def asked_problems(query: Mapping[str, str]) -> dict[str, Any]:
    """What the address asks of the list of problems."""
    severity = query.get("tingkat", "")
    return {"page": page_number(query), "severity": severity if severity in words.SEVERITIES else ""}


def sentence(run: RunRow) -> str:
    """How a run stands, in one sentence."""
    told = {
        RunState.WAITING: _("Hitungan ini menunggu giliran. Anda boleh meninggalkan halaman ini."),
        RunState.STAGING: _("Hitungan ini sedang dikerjakan. Anda boleh meninggalkan halaman ini."),
        RunState.FAILED: _("Hitungan ini tidak selesai, dan tidak ada rincian yang terbit."),
        RunState.CANCELLED: _("Hitungan ini dibatalkan, dan tidak ada rincian yang terbit."),
    }
    return told.get(run.state) or _("Dari %(people)s orang, %(computed)s dihitung.") % {
        "people": angka(run.people),
        "computed": angka(run.computed),
    }


def tabs(run: RunRow, current: str) -> tuple[Tab, ...]:
    """The parts of a published run."""
    return (
        Tab(_("Ringkasan"), url("pay:run", run.uid), current == "run"),
        Tab(_("Pegawai"), url("pay:people", run.uid), current == "people", run.people),
        Tab(_("Masalah di berkas"), url("pay:problems", run.uid), current == "problems", run.problems),
        Tab(_("Dicocokkan"), url("pay:shadow", run.uid), current == "shadow"),
    )


def downloads(run: RunRow, actor: Actor, *kinds: str) -> tuple[Link, ...]:
    """Files to take along, for those who may."""
    labels = {"xlsx": "XLSX", "csv": "CSV", "parquet": "Parquet", "problems": "CSV"}
    if not policies.may_export(actor):
        return ()
    return tuple(
        Link(labels.get(kind) or _("Jumlah kontrol"), url("pay:download", run.uid, kind)) for kind in kinds
    )


def masked(nip: str) -> str:
    """A NIP as lists show it; what is no NIP is hidden."""
    try:
        return Nip.parse(nip).masked
    except InvalidValue:
        return "••••"


def started(run: RunRow) -> str:
    """When a run was asked for, on the government's clock: `10 November 2026, 07.30`."""
    return waktu(run.started_at, run.zone)


def month_of(run: RunRow) -> str:
    """`Oktober 2026`."""
    return bulan(run.month)


def _notices(view: RunView) -> list[Notice]:
    return [
        Notice(
            f"{words.problem_title(kind.code)}: {angka(kind.count)}",
            url("pay:problems", view.run.uid, tingkat=kind.severity),
        )
        for kind in view.problems
        if kind.severity != "info"
    ]


def _pages(name: str, uid: UUID, found: Page[Any], **query: str) -> Pages:
    return Pages(found.number, found.pages, lambda number: url(name, uid, hal=number, **query))

"""``pamong explain``: *Dari mana angka ini?* on the command line, down to the punch and the article."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING
from uuid import UUID

import click

from pamong.cli.caller import Caller
from pamong.cli.progress import say
from pamong.cli.session import Session, session
from pamong.kernel.clock import format_month
from pamong.kernel.errors import InvalidValue

if TYPE_CHECKING:
    from pamong.law.engine.explain import Reason
    from pamong.pay.queries import SlipView

_BY_NIP = re.compile(r"(\d{4}-\d{2})/(\d{18})")
_NET = "tpp_net"
_WIDTH = 110


@click.command()
@click.argument("slip", metavar="RINCIAN")
@click.option("--line", "code", default="", metavar="KODE", help="Satu baris saja, misalnya tpp_tax.")
@click.pass_obj
def explain(caller: Caller, slip: str, code: str) -> None:
    """Menjelaskan dari mana angka pada sebuah rincian berasal.

    RINCIAN adalah nomor rincian (tercetak di bawahnya), atau 2026-10/NIP untuk hitungan terbaru bulan itu.
    """
    wanted = _wanted(slip)
    with session(caller) as now:
        from pamong.law.engine.show import UNKNOWN
        from pamong.pay import queries

        uid = wanted if isinstance(wanted, UUID) else _newest(now, *wanted)
        view = queries.get_slip(actor=now.actor, at=now.at, uid=uid)
        for line in _head(view):
            say(line)
        if view.slip.reason:
            say(f"{view.slip.state.label}: {view.slip.reason}")
        # Where another office pays, nothing was worked out that could be explained.
        if view.slip.net is not None or view.pay_group == "tpp":
            code = _known(view, code)
            reason = queries.explain_slip(actor=now.actor, at=now.at, uid=uid, code=code)
            # Who waits although nothing is missing (no punch at all) must not read an amount that he may get.
            if view.slip.net is not None or reason.value == UNKNOWN:
                say("")
                for line in tree(reason):
                    say(line)


def _wanted(text: str) -> UUID | tuple[str, str]:
    """A slip's number, or a month and a NIP; InvalidValue for anything else."""
    found = _BY_NIP.fullmatch(text)
    if found:
        return found[1], found[2]
    try:
        return UUID(text)
    except ValueError:
        raise InvalidValue(
            f"'{text}' bukan nomor rincian dan bukan bulan/NIP seperti 2026-10/198504171999031001."
        ) from None


def _newest(now: Session, month: str, nip: str) -> UUID:
    """The slip of a NIP in the newest published run of a month that has one."""
    from pamong.pay import queries
    from pamong.pay.choices import RunState

    runs = queries.list_runs(actor=now.actor)
    published = [run for run in runs if f"{run.month:%Y-%m}" == month and run.state is RunState.PUBLISHED]
    for run in published:
        found = queries.list_slips(actor=now.actor, at=now.at, uid=run.uid, search=nip).rows
        if found:
            return found[0].uid
    year, number = map(int, month.split("-"))
    when = format_month(year, number)
    raise InvalidValue(
        f"NIP ini tidak ada di hitungan {when}." if published else f"Belum ada hitungan {when} yang terbit."
    )


def _known(view: SlipView, code: str) -> str:
    """The code of a line of this slip; InvalidValue with the nearest ones."""
    codes = [_NET, "tpp_gross", "tpp_ceiling", "earned_total", *(line.code for line in view.lines)]
    if not code:
        return _NET
    if code in codes:
        return code
    near = get_close_matches(code, codes, n=3, cutoff=0.4) or codes
    raise InvalidValue(
        f"Rincian ini tidak punya baris '{code}'. Yang mirip: {', '.join(dict.fromkeys(near))}."
    )


def _head(view: SlipView) -> Iterator[str]:
    month = format_month(view.run.month.year, view.run.month.month)
    yield f"{view.slip.name}, {view.slip.nip}"
    yield f"TPP {month}, {view.run.profile_name} ({view.run.mode.label})"
    for line in view.lines:
        yield f"  {line.title}: {line.amount:,} ({line.code})".replace(",", ".")


def tree(reason: Reason) -> Iterator[str]:
    """The reasons as indented lines: title and value, how, and the article with its evidence."""
    from pamong.law.engine.explain import flatten

    for depth, part in flatten(reason):
        indent = "  " * depth
        yield f"{indent}{part.title} = {part.value}"
        if part.sentence:
            yield from _wrapped(part.sentence, f"{indent}    ")
        if part.law:
            evidence = f" ({part.evidence.label})" if part.evidence else ""
            yield from _wrapped(f"{part.law}{evidence}", f"{indent}    § ")
        if part.link:
            yield f"{indent}    {part.link}"


def _wrapped(text: str, indent: str) -> Iterator[str]:
    yield from textwrap.wrap(
        text, max(_WIDTH, len(indent) + 40), initial_indent=indent, subsequent_indent=" " * len(indent)
    )

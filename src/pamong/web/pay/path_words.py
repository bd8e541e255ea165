"""What the pages of the path show beside the domain's answers: stages, tabs, sentences, what to press."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pamong.access.policies import may
from pamong.kernel.actor import Actor
from pamong.pay import path
from pamong.pay.choices import PathState, StepKind
from pamong.pay.path import ListRow, ListView, MonthView, Standing, StepRow
from pamong.web.formats import angka, bulan, rupiah, tanggal
from pamong.web.jinja import url
from pamong.web.labels import label
from pamong.web.shapes import Column, Notice, Stage, Tab

TONES = {
    PathState.COMPUTED: "neutral",
    PathState.VERIFIED: "info",
    PathState.CHECKED: "info",
    PathState.SUBMITTED: "attention",
    PathState.PAID: "good",
}
# What pressing the button of the next step says and does.
VERBS: Mapping[StepKind, tuple[Any, Any]] = {
    StepKind.ENTERED: (
        gettext_lazy("Nyatakan lengkap"),
        gettext_lazy("Anda menyatakan nama dan jumlahnya sudah diperiksa. Kepala OPD lalu menandatangani."),
    ),
    StepKind.SIGNED: (
        gettext_lazy("Tanda tangani rekapitulasi dan SPTJM"),
        gettext_lazy("Anda bertanggung jawab mutlak atas daftar ini. Sesudah itu isinya tidak berubah lagi."),
    ),
    StepKind.CHECKED: (
        gettext_lazy("Sudah diperiksa"),
        gettext_lazy("Anda orang ketiga. Sesudah ini SPM dapat diajukan."),
    ),
    StepKind.SUBMITTED: (
        gettext_lazy("Ajukan SPM"),
        gettext_lazy("Nilai SPM harus sama dengan jumlah daftar, sampai rupiahnya."),
    ),
    StepKind.PAID: (
        gettext_lazy("Catat SP2D"),
        gettext_lazy("Mulai saat ini daftar cair, dan setiap pegawai melihatnya pada rinciannya."),
    ),
}
# Whose turn the next step is, where it is not the reader's.
_TURNS: Mapping[StepKind, Any] = {
    StepKind.ENTERED: gettext_lazy("Menunggu petugas unit menyatakan daftarnya lengkap."),
    StepKind.SIGNED: gettext_lazy("Menunggu tanda tangan kepala %(office)s."),
    StepKind.CHECKED: gettext_lazy("Menunggu pemeriksaan petugas BKPSDM."),
    StepKind.SUBMITTED: gettext_lazy("Menunggu petugas unit atau perbendaharaan mengajukan SPM."),
    StepKind.PAID: gettext_lazy("Menunggu perbendaharaan mencatat SP2D."),
}
SORTS = {"opd": "opd_name", "orang": "people", "jumlah": "gross", "selisih": "change"}
_BIGGEST = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """How the table of a month is asked for: in which order, and which stage alone."""

    sort: str
    down: bool
    state: str


def asked(query: Mapping[str, str]) -> Asked:
    """What the address asks for; what it can't mean is left out."""
    wish = query.get("urut", "")
    sort = wish.removeprefix("-")
    state = query.get("tahap", "")
    return Asked(
        sort if sort in SORTS else "opd", wish.startswith("-"), state if state in list(PathState) else ""
    )


def rows_of(view: MonthView, how: Asked) -> list[ListRow]:
    """The rows of the table in their order."""
    rows = [row for row in view.lists if not how.state or row.state.value == how.state]
    name = SORTS[how.sort]
    return sorted(rows, key=lambda row: _key(getattr(row, name)), reverse=how.down)


def _key(value: Any) -> tuple[bool, Any]:
    """What is missing comes last on the way up."""
    return (value is None, "" if value is None else value)


def columns(view: MonthView, how: Asked) -> list[Column]:
    """The heads of the table, most of which sort it."""
    heads = (
        ("opd", _("Daftar"), False), ("", _("Tahap"), False), ("orang", _("Orang"), True),
        ("jumlah", _("Sebelum potongan"), True), ("selisih", _("Dari bulan lalu"), True),
    )  # fmt: skip
    return [_column(view.month, how, *head) for head in heads]


def _column(month: date, how: Asked, code: str, title: str, num: bool) -> Column:
    if not code:
        return Column(title)
    here = code == how.sort
    wish = f"-{code}" if here and not how.down else code
    href = url("pay:month", month.year, f"{month:%m}", urut=wish, tahap=how.state)
    return Column(title, num, href, ("desc" if how.down else "asc") if here else "")


def month_tabs(view: MonthView) -> tuple[Tab, ...]:
    """The newest months, to go from one to another."""
    months = sorted({*view.months[:6], view.month}, reverse=True)
    return tuple(
        Tab(bulan(month), url("pay:month", month.year, f"{month:%m}"), current=month == view.month)
        for month in months
    )


def month_stages(view: MonthView) -> Iterator[Stage]:
    """The path: a stage is done once every list has come so far; the first that is not is the one now."""
    states, total, now = list(PathState), len(view.lists), False
    for place, stage in enumerate(view.stages):
        reached = sum(each.lists for each in view.stages[place:])
        done = total > 0 and reached == total and (place + 1 < len(states) or stage.lists == total)
        # Some lists may be further than others: where one stands, something has begun.
        later = "some" if stage.lists else "next"
        standing = "done" if done else later if now else "now"
        now = now or not done
        note = _stage_note(stage) if stage.lists else ""
        href = url("pay:month", view.month.year, f"{view.month:%m}", tahap=stage.state.value) + "#lists"
        yield Stage(label(stage.state), standing, note, href if stage.lists else "")


def _stage_note(stage: path.Stage) -> str:
    counts = {name: angka(getattr(stage, name)) for name in ("lists", "people", "held")}
    if stage.held:
        return _("%(lists)s daftar, %(people)s orang, %(held)s ditangguhkan") % counts
    return _("%(lists)s daftar, %(people)s orang") % counts


def list_stages(row: ListRow) -> Iterator[Stage]:
    """The path of one list."""
    states = list(PathState)
    here = states.index(row.state)
    for place, state in enumerate(states):
        done = place <= here
        yield Stage(label(state), "done" if done else "now" if place == here + 1 else "next")


def turn(view: ListView) -> str:
    """Whose turn a list is; '' where nothing is left to do."""
    if view.next is None:
        return ""
    return str(_TURNS[view.next.step]) % {"office": view.row.opd_name or _("perangkat daerah")}


def why_not(actor: Actor, view: ListView) -> str:
    """Why who has the right to the next step may not take it on this list; '' where it is another's part."""
    if view.next is None or not may(actor, view.next.permission):
        return ""
    return view.next.may.reason


def is_odd(view: ListView) -> bool:
    """Whether the signature wants a written reason, which the page of its decision asks for."""
    step = view.next.step if view.next else None
    return step is StepKind.SIGNED and view.closing is not None and view.row.over_budget > 0


def complete(view: ListView) -> StepRow | None:
    """Who said that a list is complete, while nobody has signed it."""
    if not view.row.entered or view.row.state is not PathState.COMPUTED:
        return None
    said = [step for step in view.steps if step.kind is StepKind.ENTERED]
    return max(said, key=lambda step: step.at, default=None)


def sentence(view: MonthView) -> str:
    """Where the month stands, in one sentence."""
    total, paid = len(view.lists), view.stages[-1].lists
    if not total:
        return _("Belum ada daftar pembayaran untuk bulan ini.")
    if paid == total:
        return _("Semua %(total)s daftar sudah cair.") % {"total": angka(total)}
    told = _("%(paid)s dari %(total)s daftar sudah cair; yang lain tidak menunggu yang terlambat.")
    return told % {"paid": angka(paid), "total": angka(total)}


def biggest(rows: Sequence[ListRow]) -> list[ListRow]:
    """The lists that differ most from the month before."""
    moved = [row for row in rows if row.change]
    return sorted(moved, key=lambda row: -abs(row.change or 0))[:_BIGGEST]


def signed(amount: int) -> str:
    """An amount with its sign: a difference."""
    return f"+{rupiah(amount)}" if amount > 0 else rupiah(amount)


def notices(view: ListView) -> list[Notice]:
    """What to look at before the list goes on."""
    told = []
    if view.row.over_budget:
        over = rupiah(view.row.over_budget)
        told.append(Notice(_("Daftar ini melampaui pagu sebesar %(over)s.") % {"over": over}, "#budget"))
    missing = len(view.without_account)
    if missing and view.row.state is not PathState.PAID:
        names = ", ".join(item.name for item in view.without_account[:_BIGGEST])
        text = ngettext(
            "%(count)s orang belum punya rekening: %(names)s.",
            "%(count)s orang belum punya rekening, di antaranya %(names)s.",
            missing,
        )
        told.append(Notice(text % {"count": angka(missing), "names": names}, "#people"))
    if view.stale:
        text = ngettext(
            "Hitungan terbaru berbeda untuk %(count)s orang. Daftar ini tetap; selisihnya dibayar kemudian.",
            "Hitungan terbaru berbeda untuk %(count)s orang. Daftar ini tetap; selisihnya dibayar kemudian.",
            view.stale,
        )
        fresh = _("Ada hitungan lebih baru untuk %(count)s orang. Susun lagi daftarnya dari halaman bulan.")
        wanted = fresh if view.row.state is PathState.COMPUTED else text
        told.append(Notice(wanted % {"count": angka(view.stale)}, "#people"))
    return told


def is_paid(standing: Standing | None) -> bool:
    """Whether the money of a slip has been paid out: only with its SP2D."""
    return standing is not None and standing.state is PathState.PAID and not standing.held


def net_words(standing: Standing | None) -> str:
    """What the net amount of a slip is called: received only once it is paid."""
    return _("Diterima") if is_paid(standing) else _("Akan diterima")


def paid_words(standing: Standing | None) -> str:
    """Where the payment of a slip stands, as its owner reads it; '' where it stands on no list."""
    if standing is None:
        return ""
    if standing.held:
        return _("Pembayarannya ditangguhkan: %(why)s") % {"why": standing.reason}
    if standing.state is PathState.PAID and standing.sp2d_on:
        return _("Cair %(day)s, SP2D nomor %(number)s.") % {
            "day": tanggal(standing.sp2d_on), "number": standing.sp2d_number,
        }  # fmt: skip
    return str(_STAGE_WORDS[standing.state])


_STAGE_WORDS: Mapping[PathState, Any] = {
    PathState.COMPUTED: gettext_lazy("Belum cair: daftarnya menunggu diverifikasi perangkat daerah Anda."),
    PathState.VERIFIED: gettext_lazy("Belum cair: daftarnya sedang diperiksa BKPSDM."),
    PathState.CHECKED: gettext_lazy("Belum cair: daftarnya menunggu SPM."),
    PathState.SUBMITTED: gettext_lazy("Belum cair: SPM sudah diajukan, menunggu SP2D dari kas daerah."),
    PathState.PAID: gettext_lazy("Cair."),
}

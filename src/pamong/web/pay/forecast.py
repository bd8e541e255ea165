"""The running month as pages tell it: what is gathered, what may still add to it, and each day's part."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pamong.access.middleware import ActingRequest
from pamong.access.policies import listed
from pamong.attendance.resolving import State
from pamong.kernel.clock import WEEKDAYS
from pamong.kernel.period import month_period
from pamong.law.engine.errors import LawError
from pamong.law.engine.explain import Reason
from pamong.pay import policies, queries
from pamong.pay.choices import Lack
from pamong.pay.queries import Forecast, MonthLaw, MonthSoFar, NewestSlip, month_law
from pamong.people import queries as people
from pamong.web.formats import angka, bulan, rupiah, tanggal
from pamong.web.jinja import url
from pamong.web.law.reading import shipped
from pamong.web.pay.tree import node_of
from pamong.web.presence.reading import DayLine, day_line, legend
from pamong.web.shapes import Node

_THOUSAND = 1_000
_MENDABLE = (State.ABSENT, State.MISSING_IN, State.MISSING_OUT)
_LACKS = {
    Lack.SERVICE: gettext_lazy("Tidak ada masa kerja yang tercatat pada bulan ini."),
    Lack.PART_TIME: gettext_lazy("PPPK paruh waktu tidak menerima Tambahan Penghasilan Pegawai."),
    Lack.GROUP: gettext_lazy(
        "Belum tercatat dari mana tunjangannya: TPP, remunerasi BLUD, atau tunjangan profesi. "
        "Petugas kepegawaian yang mencatatnya."
    ),
    Lack.STANDING: gettext_lazy("Kedudukan hukum %(what)s tidak menerima TPP bulan ini."),
    Lack.NOTHING: gettext_lazy(
        "Mulai bertugas sesudah hari yang menentukan, jadi TPP dihitung mulai bulan berikutnya."
    ),
    Lack.POST: gettext_lazy(
        "Belum ada jabatan yang tercatat pada bulan ini. Petugas kepegawaian yang mencatatnya."
    ),
    Lack.WEEK: gettext_lazy("Pola hari kerja unit ini belum dicatat. Petugas kepegawaian yang mencatatnya."),
    Lack.NUMBER: gettext_lazy(
        "PIN di mesin presensi belum dicatat, jadi bulan ini belum dapat diperkirakan. "
        "Petugas kepegawaian yang mencatatnya."
    ),
    Lack.DATA: gettext_lazy(
        "Belum ada data dari mesin presensi, jadi bulan ini belum dapat diperkirakan. "
        "Petugas presensi di unit kerja yang memasukkannya."
    ),
    Lack.NO_PUNCH: gettext_lazy(
        "Belum ada satu pun presensi atas nama ini, padahal ada hari kerja yang sudah lewat. Jumlahnya tidak "
        "ditampilkan sebelum petugas kepegawaian memeriksa PIN-nya."
    ),
    Lack.FACTS: gettext_lazy(
        "Bulan ini belum dapat diperkirakan: %(what)s. Petugas kepegawaian yang melengkapinya."
    ),
}
_WORK = {
    "minutes": gettext_lazy("menit kerja"),
    "behaviour": gettext_lazy("nilai perilaku"),
    "productivity_score": gettext_lazy("nilai produktivitas"),
}


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure; ``explain`` makes where it comes from, asked for where a page shows it."""

    text: str
    explain: Callable[[], tuple[Node, ...]]

    @property
    def tree(self) -> tuple[Node, ...]:
        """Where it comes from."""
        return self.explain()


@dataclass(frozen=True, slots=True)
class Taken:
    """Something that is off by now: a day or the month's work, with its words and its reason."""

    title: str
    word: str
    notes: tuple[str, ...]
    amount: Amount
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Adding:
    """Something that may still add to the month. ``gain`` '' where nobody can say how much."""

    text: str
    gain: str = ""
    href: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the strip: its words, and what it brought, ``short`` in thousands; '' where nobody knows."""

    line: DayLine
    amount: str
    short: str


@dataclass(frozen=True, slots=True)
class Figures:
    """A month that can be told, all before tax and contributions but ``net``."""

    gathered: Amount
    ceiling: Amount
    end: Amount
    done: int
    total: int
    net: Amount | None
    without_net: str
    delayed: bool
    taken: tuple[Taken, ...]
    adding: tuple[Adding, ...]
    assumed: str


@dataclass(frozen=True, slots=True)
class MonthCard:
    """A running month. ``receives``: what somebody is paid beside his salary and by whom, as the region says;
    ``lack`` says why there are no ``figures``."""

    month: str
    own: bool
    name: str
    receives: str
    lack: str
    figures: Figures | None
    today: DayLine | None
    cells: tuple[Cell, ...]
    blanks: int  # places of the strip before the first day, as its week begins on Monday
    newest: NewestSlip | None
    days_href: str
    weekdays: tuple[str, ...] = WEEKDAYS

    @property
    def legend(self) -> tuple[tuple[str, str], ...]:
        """What the signs of its days mean."""
        return legend([cell.line for cell in self.cells])


def month_card(request: ActingRequest, person: UUID | None = None) -> MonthCard | None:
    """The running month of somebody, by default of the one who asks; None for an account without a person.

    ``PersonNotFound``, ``NotAllowed``.
    """
    own, month = person is None, request.actor.on.replace(day=1)
    if own and request.actor.person_id is None:
        return None
    if not settings.PAMONG_PROFILE:
        problem = _(
            "Profil daerah belum dipilih, jadi bulan ini belum dapat diperkirakan. Sampaikan kepada operator."
        )
        return _without(request, person, problem)
    try:
        law = _law(month, settings.PAMONG_PROFILE, settings.PAMONG_LAW_OVERLAY)
        found = queries.forecast(
            actor=request.actor, at=request.at, law=law, zone=settings.PAMONG_ZONE, person=person
        )
    except LawError:
        told = _(
            "Aturan atau hari libur %(month)s belum lengkap di data hukum, jadi belum dapat diperkirakan."
        )
        return _without(request, person, told % {"month": bulan(month)})
    return _card(found, request.actor.on, own)


def _without(request: ActingRequest, person: UUID | None, problem: str) -> MonthCard:
    """A month of which nothing can be read; who may not see somebody does not learn that either."""
    if person is not None:
        people.require_person(request.actor, policies.READ, person)
    month = bulan(request.actor.on)
    return MonthCard(month, person is None, "", "", problem, None, None, (), 0, None, "")


@lru_cache(maxsize=2)
def _law(month: date, profile: str, overlay: str) -> MonthLaw:
    """The law of the site for a month; its folders are read anew at the next start, as elsewhere."""
    return month_law(profile, overlay, month_period(month.year, month.month))


def _card(found: Forecast, today: date, own: bool) -> MonthCard:
    so_far = found.so_far
    lines = [day_line(day, today) for day in found.days.days]
    lack = str(_LACKS[found.lack]) % {"what": "; ".join(found.missing)} if found.lack else ""
    return MonthCard(
        month=bulan(found.month),
        own=own,
        name=found.name,
        receives=found.group.text if found.group else "",
        lack=lack,
        figures=None if so_far is None else _figures(found, so_far, lines, today),
        today=next((line for line in lines if line.on == today), None),
        cells=tuple(_cell(line, so_far) for line in lines),
        blanks=found.month.weekday(),
        newest=found.newest,
        days_href=_days_href(found, own),
    )


def _days_href(found: Forecast, own: bool) -> str:
    month = f"{found.month:%Y-%m}"
    return url("presence:mine", bulan=month) if own else url("presence:person", found.uid, bulan=month)


def _figures(found: Forecast, so_far: MonthSoFar, lines: list[DayLine], today: date) -> Figures:
    missing = so_far.missing("tpp_net")
    delays = so_far.law.delays and bool(so_far.end.value("is_delayed").num)
    without = _("Jumlah sesudah pajak dan iuran belum dapat diperkirakan: %(what)s.")
    return Figures(
        gathered=Amount(rupiah(so_far.gathered), lambda: (_gathered(so_far),)),
        ceiling=_amount(so_far, "tpp_ceiling"),
        end=_amount(so_far, "tpp_gross"),
        done=so_far.gathered,
        total=so_far.amount("tpp_ceiling"),
        net=None if missing else _amount(so_far, "tpp_net"),
        without_net=without % {"what": "; ".join(missing)} if missing else "",
        delayed=delays,
        taken=tuple(_taken(so_far, lines)),
        adding=tuple(_adding(found, so_far, lines, today)),
        assumed=_assumed(so_far),
    )


def _amount(so_far: MonthSoFar, code: str) -> Amount:
    return Amount(rupiah(so_far.amount(code)), partial(_of_figure, so_far, code))


def _of_figure(so_far: MonthSoFar, code: str) -> tuple[Node, ...]:
    return (_node(so_far, so_far.reason(code)),)


def _of_day(so_far: MonthSoFar, on: date) -> tuple[Node, ...]:
    """One step further open than elsewhere: there stands the article."""
    return tuple(_node(so_far, reason, -1) for reason in so_far.reasons_of(on))


def _node(so_far: MonthSoFar, reason: Reason, depth: int = 0) -> Node:
    return node_of(reason, shipped(so_far.law.law.profile.code), depth)


def _gathered(so_far: MonthSoFar) -> Node:
    """How *sudah terkumpul* comes about; no regulation defines it, so it says what it does."""
    share = _("TPP maksimal × %(over)s : %(all)s hari kerja") % {
        "over": so_far.over, "all": len(so_far.days),
    }  # fmt: skip
    less = (
        (_("Berkurang menurut hari"), so_far.taken_by_days),
        (_("Berkurang menurut isian kinerja"), so_far.taken_by_work),
    )
    children = (
        _node(so_far, so_far.reason("tpp_ceiling")),
        Node(_("Bagian hari yang sudah selesai"), rupiah(so_far.share_until(so_far.over)), note=share),
        *(Node(title, rupiah(-amount)) for title, amount in less if amount),
    )
    note = _("Bagian hari kerja yang sudah selesai dari TPP maksimal, dikurangi yang sudah berkurang.")
    return Node(_("Sudah terkumpul"), rupiah(so_far.gathered), note=note, children=children)


def _taken(so_far: MonthSoFar, lines: list[DayLine]) -> Iterator[Taken]:
    """What is off, day by day, then for the month's work."""
    for line in lines:
        amount = so_far.taken.get(line.on, 0)
        if amount:
            title = f"{line.weekday}, {tanggal(line.on)}"
            told = Amount(rupiah(-amount), partial(_of_day, so_far, line.on))
            yield Taken(title, line.word, line.notes, told, f"hari-{line.on.day}")
    if so_far.taken_by_work:
        off = Amount(rupiah(-so_far.taken_by_work), partial(_of_figure, so_far, "tpp_gross"))
        note = _("Menit kerja, nilai, apel, dan laporan yang tercatat sampai hari ini.")
        yield Taken(_("Isian kinerja"), "", (note,), off)


def _adding(found: Forecast, so_far: MonthSoFar, lines: list[DayLine], today: date) -> Iterator[Adding]:
    """What may still add to the month, in words: days to come, what waits, days that may be mended."""
    coming = sum(not day.over and day.on >= today for day in so_far.days)
    waiting = sum(not day.over and day.on < today for day in so_far.days)
    left = so_far.amount("tpp_gross") - so_far.gathered
    if coming:
        text = ngettext("%(count)s hari kerja lagi", "%(count)s hari kerja lagi", coming)
        yield Adding(text % {"count": coming}, rupiah(left) if left else "")
    if waiting:
        text = ngettext(
            "%(count)s hari menunggu data mesin; dihitung hadir tepat waktu dahulu",
            "%(count)s hari menunggu data mesin; dihitung hadir tepat waktu dahulu",
            waiting,
        )
        yield Adding(text % {"count": waiting})
    short = _short_minutes(so_far)
    if short:
        text = _("%(count)s menit kerja yang belum tercatat dari sasaran sebulan")
        yield Adding(text % {"count": angka(short)})
    yield from _mendable(found, so_far, {line.on: line for line in lines})


def _short_minutes(so_far: MonthSoFar) -> int:
    told = so_far.known.minutes
    return 0 if told is None else max(0, (so_far.full("minutes") or 0) - told)


def _mendable(found: Forecast, so_far: MonthSoFar, lines: dict[date, DayLine]) -> Iterator[Adding]:
    """Days without a mark: a letter or a correction may still explain them."""
    for day in found.days.days:
        amount = so_far.taken.get(day.on, 0)
        if amount and day.result is not None and day.result.state in _MENDABLE:
            text = _("%(day)s: %(what)s. Bila ada surat tugas, cuti, atau presensi yang tidak terekam, "
                     "sampaikan kepada atasan atau petugas presensi.")  # fmt: skip
            told = {"day": tanggal(day.on), "what": lines[day.on].word.lower()}
            yield Adding(text % told, rupiah(amount), f"#hari-{day.on.day}", _("Lihat harinya"))


def _assumed(so_far: MonthSoFar) -> str:
    """What counts as reached because nobody has told it yet."""
    if not so_far.assumed:
        return ""
    names = listed([str(_WORK[name]) for name in so_far.assumed], _("dan"))
    told = _("Bulan ini belum ada %(what)s yang masuk; sementara dihitung penuh.")
    return told % {"what": names}


def _cell(line: DayLine, so_far: MonthSoFar | None) -> Cell:
    brought = None if so_far is None else so_far.brought.get(line.on)
    if brought is None:
        return Cell(line, "", "")
    return Cell(line, rupiah(brought), angka((brought + _THOUSAND // 2) // _THOUSAND))

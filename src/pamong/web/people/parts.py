"""The parts of a person's file: which an actor sees, and the tables that each shows as of the file's date."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pamong.kernel.clock import format_date
from pamong.kernel.errors import DomainError
from pamong.people.queries import Fact, PersonFile
from pamong.people.subjects import SUBJECTS
from pamong.web.jinja import url
from pamong.web.people import words
from pamong.web.people.asof import AsOf
from pamong.web.shapes import Tab

SUMMARY, POSTS, EDUCATION, FAMILY, PRIVATE, RECORDS = (
    "", "jabatan", "pendidikan", "keluarga", "data-pribadi", "riwayat",
)  # fmt: skip
TITLES: dict[str, Any] = {
    SUMMARY: gettext_lazy("Ringkasan"),
    POSTS: gettext_lazy("Jabatan & golongan"),
    EDUCATION: gettext_lazy("Pendidikan"),
    FAMILY: gettext_lazy("Keluarga"),
    PRIVATE: gettext_lazy("Data pribadi"),
    RECORDS: gettext_lazy("Riwayat pencatatan"),
}
_PRIVATE_PARTS = frozenset({FAMILY, PRIVATE, RECORDS})


class PartNotFound(DomainError):
    """A file has no such part, or not for this actor: the answer is the same."""

    def __init__(self) -> None:
        super().__init__("Bagian ini tidak ada, atau tidak untuk peran Anda. Buka ringkasan pegawainya.")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: what it says, what is said below it, and its further cells with their heads.

    ``when`` is 'now', 'past', 'future', or '' for what has no beginning or end; ``href`` leads further.
    """

    title: str
    sub: str
    cells: tuple[tuple[str, str], ...]
    when: str
    fact: Fact
    href: str = ""
    checked: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Lines of one kind, newest first; ``none`` is the sentence where there are none.

    ``propose`` names the table for a proposal; '' where the actor may propose nothing here.
    """

    title: str
    head: str
    lines: tuple[Line, ...]
    none: str
    propose: str = ""

    @property
    def heads(self) -> tuple[str, ...]:
        """The heads of the further cells."""
        return tuple(label for label, _text in self.lines[0].cells) if self.lines else ()


@dataclass(frozen=True, slots=True)
class Masked:
    """A number that the page masks, and where it is shown in full; '' where the actor may not see it."""

    label: str
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Group:
    """Facts of one kind under a heading: plain pairs, then masked numbers; ``subject`` names the table."""

    title: str
    subject: str
    pairs: tuple[tuple[str, str], ...]
    masked: tuple[Masked, ...] = ()

    @property
    def known(self) -> bool:
        """Whether anything is recorded."""
        return any(text for _label, text in self.pairs) or any(each.text for each in self.masked)


def tabs(file: PersonFile, current: str, as_of: AsOf) -> tuple[Tab, ...]:
    """The parts that this actor sees; the date goes along. ``PartNotFound`` for another one."""
    shown = [part for part in TITLES if file.private or part not in _PRIVATE_PARTS]
    if current not in shown:
        raise PartNotFound
    return tuple(Tab(str(TITLES[part]), address(file, part, as_of), part == current) for part in shown)


def address(file: PersonFile, part: str, as_of: AsOf) -> str:
    """Where a part of a file stands, as of the same date."""
    if part == SUMMARY:
        return url("people:person", file.uid, **as_of.query)
    return url("people:part", file.uid, part, **as_of.query)


def tables(file: PersonFile, part: str, today: date, follow: bool) -> tuple[Table, ...]:
    """The tables of a part. ``follow`` links to the files of relatives who are in service."""
    makers: dict[str, Callable[[], tuple[Table, ...]]] = {
        POSTS: lambda: _career(file, today),
        EDUCATION: lambda: (_education(file),),
        FAMILY: lambda: (_family(file, today, follow),),
    }
    return makers[part]() if part in makers else ()


def _career(file: PersonFile, today: date) -> tuple[Table, ...]:
    return (
        _table(file, today, "appointment", _("Jabatan"), _where, _("Belum ada jabatan yang tercatat.")),
        _table(file, today, "rank", _("Golongan"), _ground, _("Belum ada golongan yang tercatat.")),
        _table(
            file, today, "salarystep", _("Gaji berkala"), _ground, _("Belum ada gaji berkala yang tercatat.")
        ),
        _table(
            file, today, "employment", _("Kepegawaian"), _number, _("Belum ada masa kerja yang tercatat.")
        ),
    )


def _table(
    file: PersonFile, today: date, subject: str, head: str, sub: Callable[[Fact], str], none: str
) -> Table:
    lines = [
        Line(
            words.title(fact),
            sub(fact),
            ((_("Masa"), str(fact.period)), (_("SK"), words.order(fact.facts).removeprefix("SK "))),
            when(file, fact),
            fact,
        )
        for fact in reversed(shown(file, subject, today))
    ]
    return Table(head, head, tuple(lines), none, may_propose(file, subject))


def shown(file: PersonFile, subject: str, today: date) -> list[Fact]:
    """The rows of a table that a file shows: from a day in the past, not what came after it."""
    return [fact for fact in file.of(subject) if fact.period.start <= file.on or file.on >= today]


def when(file: PersonFile, fact: Fact) -> str:
    """How a row stands on the date of the file."""
    if fact.period.start > file.on:
        return "future"
    return "now" if fact.holds(file.on) else "past"


def _where(fact: Fact) -> str:
    place = fact.place
    parts = dict.fromkeys(filter(None, (place.get("unit"), place.get("opd"))))
    kelas = _("kelas %(number)s") % {"number": place["class"]} if place.get("class") else ""
    return " · ".join(filter(None, (", ".join(parts), kelas, fact.facts.get("note"))))


def _ground(fact: Fact) -> str:
    return str(fact.facts.get("ground") or "")


def _number(fact: Fact) -> str:
    nip = words.masked_nip(fact.facts.get("nip"))
    ended = words.spelled("employment", "end_reason", fact.facts.get("end_reason"))
    return " · ".join(filter(None, (f"NIP {nip}" if nip else "", ended)))


def _education(file: PersonFile) -> Table:
    lines = []
    for fact in sorted(file.of("education"), key=_graduation, reverse=True):
        facts = fact.facts
        titles = " ".join(filter(None, (facts.get("front_title"), facts.get("back_title"))))
        cells = (
            (_("Lulus"), words.graduated(facts)),
            (_("Gelar"), titles),
            (_("Nomor ijazah"), str(facts.get("diploma_no") or "")),
        )
        lines.append(Line(words.title(fact), str(facts.get("school") or ""), cells, "", fact, checked=True))
    return Table(
        _("Pendidikan"),
        _("Jenjang dan sekolah"),
        tuple(lines),
        _("Belum ada ijazah yang tercatat."),
        may_propose(file, "education"),
    )


def _graduation(fact: Fact) -> str:
    given = fact.facts.get("graduated_on")
    return given.isoformat() if given else str(fact.facts.get("graduated_year") or "")


def _family(file: PersonFile, today: date, follow: bool) -> Table:
    lines = []
    for fact in shown(file, "relative", today):
        facts = fact.facts
        cells = (
            (_("Hubungan"), words.spelled("relative", "relation", facts.get("relation"))),
            (_("Lahir"), format_date(facts["birth_date"]) if facts.get("birth_date") else ""),
            (_("Pekerjaan"), str(facts.get("occupation") or "")),
            (_("Daftar gaji"), _("masuk") if facts.get("entitled") else _("tidak")),
        )
        own = fact.place.get("uid")
        href = url("people:person", own) if own and follow else ""
        nik = words.masked_nik(facts.get("nik"))
        sub = " · ".join(filter(None, (f"NIK {nik}" if nik else "", _("pegawai di sini") if own else "")))
        ended = "past" if when(file, fact) == "past" else ""
        lines.append(Line(str(facts["name"]), sub, cells, ended, fact, href, checked=True))
    none = _("Belum ada keluarga yang tercatat.")
    return Table(_("Keluarga"), _("Nama"), tuple(lines), none, may_propose(file, "relative"))


def may_propose(file: PersonFile, subject: str) -> str:
    """The table's name where the actor may propose something in it, of himself only what is his to say."""
    return subject if file.may_propose and (not file.own or SUBJECTS[subject].own_fields) else ""


def groups(file: PersonFile, unmask: bool) -> tuple[Group, ...]:
    """What is private, as of the date of the file. ``unmask`` offers to show numbers in full."""
    return tuple(_groups(file, unmask))


def _groups(file: PersonFile, unmask: bool) -> Iterator[Group]:
    identity, service = file.one("identity"), file.one("employment")
    named = ("front_title", "name", "back_title", "birth_place", "birth_date", "sex", "religion", "marital")
    nik = _masked(file, identity, "nik", "nik", unmask)
    yield Group(
        str(words.SUBJECTS["identity"]),
        "identity",
        _pairs(identity, *named),
        # His own NIP stands in the head already.
        (nik,) if file.own else (nik, _masked(file, service, "nip", "nip", unmask)),
    )
    contact = _pairs(file.one("contact"), "address", "phone", "email", "work_email")
    yield Group(str(words.SUBJECTS["contact"]), "contact", contact)
    account = file.one("bankaccount")
    yield Group(
        str(words.SUBJECTS["bankaccount"]),
        "bankaccount",
        _pairs(account, "bank", "holder"),
        (_masked(file, account, "number", "bankaccount", unmask),),
    )


def _pairs(fact: Fact | None, *names: str) -> tuple[tuple[str, str], ...]:
    return tuple((label, text) for label, text, _name in words.pairs(fact, *names))


def _masked(file: PersonFile, fact: Fact | None, name: str, what: str, unmask: bool) -> Masked:
    text = words.MASKS[name](fact.facts.get(name)) if fact else ""
    href = url("people:reveal", file.uid, what) if unmask and text else ""
    return Masked(str(words.FACTS[name]), text, href)

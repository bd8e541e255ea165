"""What reminders by e-mail say: what waits for each account, how much of it and until when.

Numbers, days and links, and nobody's name: a mail lies on servers that nobody here looks after. Who opens a
link signs in first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse

from pamong.access import mailing
from pamong.attendance.queries import LETTERS, MUSTERS, NEWS, PERMITS, Waits, list_waits, papers
from pamong.career.queries import count_news
from pamong.decisions import queries as decisions
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date, format_weekday, local_date
from pamong.leave.queries import LEAVES, LISTS
from pamong.performance.queries import PREDICATES

_TEXT = """\
Selamat pagi.

Ini yang menunggu Anda di Pamong pada {day}:

{items}

Semuanya ada di beranda: {home}

Surel ini dikirim paling banyak sekali sehari, pada hari kerja, hanya bila ada yang menunggu. Untuk \
menghentikannya, buka profil Anda dan hapus centang "Kirim surel pengingat": {stop}
Bila Anda tidak mengenal Pamong, alamat Anda salah ditulis orang lain. Abaikan surel ini.
"""


@dataclass(frozen=True, slots=True)
class Item:
    """One kind of thing that waits: how many, in a sentence, and the page where it is worked on."""

    count: int
    text: str
    page: str


@dataclass(frozen=True, slots=True)
class Letter:
    """The reminder of one account."""

    recipient: mailing.Recipient
    items: Sequence[Item]

    @property
    def user(self) -> int:
        """The account's id."""
        return self.recipient.actor.user_id or 0

    @property
    def count(self) -> int:
        """How much waits in all."""
        return sum(item.count for item in self.items)

    @property
    def subject(self) -> str:
        """What the list of mails shows."""
        return f"Pamong: {self.count} hal menunggu Anda"

    def text(self, on: date, site: str) -> str:
        """The whole mail; ``site`` is the address before each link."""
        items = "\n\n".join(f"* {item.text}\n  {site}{reverse(item.page)}" for item in self.items)
        return _TEXT.format(
            day=format_weekday(on), items=items, home=site + reverse("home"),
            stop=f"{site}{reverse('profile')}#surel",
        )  # fmt: skip


def list_letters(*, actor: Actor, at: datetime, stamped: datetime) -> Sequence[Letter]:
    """The reminders of the actor's day, of those for whom something waits: in as many questions however many
    they are. ``stamped``: the present instant of the database's clock. ``NotAllowed`` but for the machine and
    who operates it."""
    recipients = mailing.list_recipients(actor=actor)
    readers = [each.actor for each in recipients]
    waits = list_waits(actor=actor, readers=readers, known_since=stamped - NEWS)
    decided = decisions.count_by_reader(actor=actor, at=at, readers=readers)
    registers = [LEAVES, LISTS, LETTERS, PERMITS, MUSTERS, PREDICATES]
    documents = papers.count_by_reader(registers, actor=actor, readers=readers)
    raises = count_news(actor=actor, readers=readers, since=stamped - NEWS)
    return list(_letters(recipients, waits, documents, raises, decided))


def _letters(
    recipients: Sequence[mailing.Recipient],
    waits: Mapping[int, Waits],
    documents: Mapping[int, int],
    raises: Mapping[int, int],
    decided: Mapping[int, decisions.Turns],
) -> Iterator[Letter]:
    for each in recipients:
        user = each.actor.user_id or 0
        told = (
            _decisions(decided.get(user, decisions.Turns())), *_items(waits[user], documents.get(user, 0)),
            _raised(raises.get(user, 0)),
        )  # fmt: skip
        items = [item for item in told if item.count]
        if items:
            yield Letter(each, items)


def _items(waits: Waits, documents: int) -> Iterator[Item]:
    yield Item(
        waits.outages, f"{waits.outages} gangguan presensi menunggu pengesahan Anda.", "presence:outages"
    )
    yield Item(
        documents,
        f"{documents} dokumen (cuti, tugas, izin, apel, predikat) menunggu keputusan Anda.",
        "papers:desk",
    )
    yield _missing(waits.missing)


def _raised(count: int) -> Item:
    """News that nobody asked for: the one thing here that does not wait for an answer."""
    return Item(count, "Kenaikan gaji berkala Anda sudah ditetapkan. Suratnya dapat Anda buka.", "career:own")


def _decisions(turns: decisions.Turns) -> Item:
    told = f"{turns.count} keputusan menunggu jawaban Anda."
    if turns.late:
        told += f" {turns.late} di antaranya sudah lewat batas waktunya."
    elif turns.due_at is not None:
        last = format_date(local_date(turns.due_at, settings.PAMONG_ZONE))
        told += f" Yang pertama dijawab paling lambat {last}."
    return Item(turns.count, told, "decisions:inbox")


def _missing(days: Sequence[date]) -> Item:
    last = f", yang terakhir {format_date(days[-1])}" if days else ""
    told = (
        f"{len(days)} hari kerja Anda belum lengkap presensinya{last}. Bila ada yang keliru, buka harinya "
        "dan ajukan koreksi. Sebaiknya sekarang: sesudah bulannya dibayar, hasilnya menjadi selisih."
    )
    return Item(len(days), told, "presence:mine")

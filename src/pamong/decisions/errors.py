"""What can keep a decision from going on; each message says what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date
from pamong.kernel.errors import DomainError


class DecisionNotFound(DomainError):
    """There is none, or the actor may not see it."""

    def __init__(self) -> None:
        super().__init__("Keputusan ini tidak ada atau tidak terbuka untuk Anda. Periksa tautannya.")


class DecisionClosed(DomainError):
    """It waits no more."""

    def __init__(self, state: str) -> None:
        super().__init__(f"Keputusan ini sudah {state.lower()}. Muat ulang halamannya untuk melihat isinya.")


class DecisionBusy(DomainError):
    """Somebody answers in it at this moment."""

    def __init__(self) -> None:
        super().__init__("Keputusan ini sedang dijawab seseorang. Tunggu sebentar, lalu coba lagi.")


class NotYours(DomainError):
    """The step is another's. ``str()`` says why."""


class GatesBlock(DomainError):
    """A gate is not met, or it is not known whether it is."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__("Belum dapat diteruskan: " + " ".join(sentences))


class ReasonsMissing(DomainError):
    """Something needs a written reason and has none. ``fields`` are the codes of gates, or ``reason``."""

    def __init__(self, fields: Sequence[str], titles: Sequence[str]) -> None:
        self.fields = tuple(fields)
        what = ", ".join(titles)
        super().__init__(f"Isi alasan untuk: {what}. Paling sedikit satu kata dan sepuluh huruf.")


class GatesChanged(DomainError):
    """The gates are not what the signer saw."""

    def __init__(self) -> None:
        super().__init__(
            "Syarat berubah sejak halaman ini dibuka. Baca lagi syarat yang ditandai, lalu putuskan."
        )


class Objected(DomainError):
    """An objection holds it up."""

    def __init__(self, by: str) -> None:
        super().__init__(
            f"{by} mengajukan keberatan, jadi keputusan ini ditahan. Ia dapat diputuskan sesudah keberatan "
            "dijawab dan dicabut."
        )


class DatedBefore(DomainError):
    """It would be signed, and its order dated, before the day on which it was proposed."""

    def __init__(self, entered_on: date) -> None:
        super().__init__(
            f"Usulan ini diajukan {format_date(entered_on)}. Keputusan tidak ditanggali sebelum usulannya; "
            "periksa jam server, lalu tanda tangani lagi."
        )


class KeyReused(DomainError):
    """The same form key came with other content."""

    def __init__(self) -> None:
        super().__init__(
            "Formulir ini sudah dikirim dengan isi lain. Buka formulir baru, lalu isi dan kirim sekali lagi."
        )


class NobodyDecides(DomainError):
    """No office is found that decides."""

    def __init__(self, step: str) -> None:
        super().__init__(
            f"Belum ada pejabat untuk langkah {step}. Hubungi petugas kepegawaian: jabatan atau garis "
            "atasannya perlu dilengkapi."
        )


class ContentUnfit(DomainError):
    """What is proposed can't be. ``field`` names the field of its form."""

    def __init__(self, sentence: str, field: str = "") -> None:
        self.field = field
        super().__init__(sentence)


class AttemptRefused(ContentUnfit):
    """What nobody may even try: refused, and that it was tried is kept by ``keep``, all else undone."""

    def __init__(self, sentence: str, field: str, keep: Callable[[Actor, datetime], None]) -> None:
        self.keep = keep
        super().__init__(sentence, field)


class OrderNotFound(DomainError):
    """No such order."""

    def __init__(self) -> None:
        super().__init__("Surat keputusan ini tidak ditemukan. Periksa nomornya.")


class PaperIncomplete(DomainError):
    """The template of an order needs what its content does not have. ``fields`` are the paths."""

    def __init__(self, template: str, fields: Sequence[tuple[str, str]]) -> None:
        self.fields = tuple(path for path, _ in fields)
        what = ", ".join(title for _, title in fields)
        super().__init__(
            f"Naskah '{template}' belum dapat dicetak, jadi keputusan ini belum ditandatangani. "
            f"Lengkapi: {what}."
        )


class AlreadyEnded(DomainError):
    """An order ends once."""

    def __init__(self, how: str) -> None:
        super().__init__(f"Surat keputusan ini sudah {how.lower()}. Tidak ada yang perlu dilakukan lagi.")


class ObjectionNotFound(DomainError):
    """No such objection is open."""

    def __init__(self) -> None:
        super().__init__("Keberatan ini tidak ada atau sudah dicabut. Muat ulang halamannya.")


class DelegationUnfit(DomainError):
    """A delegation that can't be."""

"""How decisions stand, what officials answer, and what gates say."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """How a decision stands. ``SEALED`` is the only one with effects; what was dropped stays visible."""

    WAITING = "waiting"
    SEALED = "sealed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The state as users read it."""
        return _STATES[self]


_STATES = {
    State.WAITING: "Menunggu",
    State.SEALED: "Ditetapkan",
    State.REFUSED: "Tidak disetujui",
    State.WITHDRAWN: "Ditarik",
}


class Part(StrEnum):
    """The parts of a decision; nobody plays two of them."""

    VERIFY = "verify"
    OPINE = "opine"
    SIGN = "sign"

    @property
    def label(self) -> str:
        """The part as users read it."""
        return {Part.VERIFY: "Pemeriksaan", Part.OPINE: "Pertimbangan", Part.SIGN: "Keputusan"}[self]


class Answer(StrEnum):
    """What an official answers: the four of the leave form (PerBKN 24/2017, Anak Lampiran 1.b)."""

    AGREE = "agree"
    CHANGE = "change"
    DEFER = "defer"
    REFUSE = "refuse"

    @property
    def label(self) -> str:
        """The answer as the form has it."""
        return _ANSWERS[self]

    @property
    def verb(self) -> str:
        """The answer on a button."""
        return _VERBS[self]

    @property
    def ends(self) -> bool:
        """Whether a decision ends by it where it is given with the signature."""
        return self in (Answer.DEFER, Answer.REFUSE)


_ANSWERS = {
    Answer.AGREE: "Disetujui",
    Answer.CHANGE: "Perubahan",
    Answer.DEFER: "Ditangguhkan",
    Answer.REFUSE: "Tidak disetujui",
}
_VERBS = {
    Answer.AGREE: "Setujui",
    Answer.CHANGE: "Setujui dengan perubahan",
    Answer.DEFER: "Tangguhkan",
    Answer.REFUSE: "Tidak setujui",
}
PLAIN = (Answer.AGREE, Answer.REFUSE)
FOUR = tuple(Answer)


class Verdict(StrEnum):
    """What a gate says. ``UNKNOWN`` is never yes: it may be proposed, to be looked up, and can't be signed,
    unless the gate itself says that a written reason is enough, and then it is a ``WARN`` that tells what is
    not known."""

    ALLOW = "allow"
    WARN = "warn"
    BLOCK = "block"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The verdict as users read it."""
        return _VERDICTS[self]

    @property
    def stops(self) -> bool:
        """Whether nothing may be signed past it."""
        return self in (Verdict.BLOCK, Verdict.UNKNOWN)


_VERDICTS = {
    Verdict.ALLOW: "Terpenuhi",
    Verdict.WARN: "Perlu alasan",
    Verdict.BLOCK: "Tidak terpenuhi",
    Verdict.UNKNOWN: "Belum diketahui",
}


class Stage(StrEnum):
    """When the gates were looked at."""

    PROPOSED = "proposed"
    SIGNED = "signed"

    @property
    def label(self) -> str:
        """The stage as users read it."""
        return {Stage.PROPOSED: "Saat diajukan", Stage.SIGNED: "Saat diputuskan"}[self]


class Reach(StrEnum):
    """Why somebody may answer in a step."""

    SEAT = "seat"
    DELEGATED = "delegated"
    ABOVE = "above"
    ESCALATED = "escalated"
    ROLE = "role"

    @property
    def label(self) -> str:
        """As a story tells it after the name and the post; empty for one's own seat."""
        return _REACHES[self]


_REACHES = {
    Reach.SEAT: "",
    Reach.DELEGATED: "dengan pendelegasian",
    Reach.ABOVE: "karena jabatan di bawahnya kosong atau berhalangan",
    Reach.ESCALATED: "karena lewat batas waktu",
    Reach.ROLE: "",
}


ANNULMENT_CODE = "decisions.annulment"


class OrderEndKind(StrEnum):
    """How an order ends before its own time."""

    ANNULLED = "annulled"
    REPLACED = "replaced"

    @property
    def label(self) -> str:
        """As the public page says it."""
        return {OrderEndKind.ANNULLED: "Dicabut", OrderEndKind.REPLACED: "Diganti"}[self]

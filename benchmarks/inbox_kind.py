"""The kind of decision of measurements: about anybody, weighed by nobody, with one gate."""

from __future__ import annotations

from pamong.decisions.choices import Part, Verdict
from pamong.decisions.types import Address, Case, Gate, Kind, Line, Step, Told, register
from pamong.kernel.actor import Actor

STEP = Step("sign", Part.SIGN, "Keputusan", Address(permission="decisions:appoint"), days=5)


def _require(_actor: Actor, _case: Case) -> None:
    """Nobody proposes one here: they are put in as rows."""


def known() -> None:
    """Let the kind be known to this process."""
    register(
        Kind(
            code="bench.matter",
            title="Perkara ukur",
            steps=lambda _case: (STEP,),
            gates=lambda _case: (Gate("one", "Satu", Verdict.ALLOW, "Terpenuhi."),),
            tell=lambda case: Told("Perkara ukur", (Line("Nomor", str(case.content["n"])),)),
            reads="people:read",
            require=_require,
            asks=frozenset({"decisions:appoint"}),
            batch=True,
            two="one step is what is measured",
        )
    )

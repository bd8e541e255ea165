"""Who may do what with decisions about whom; a part of the table of objects."""

from __future__ import annotations

from pamong.decisions.services.common import seen_mark
from tests.web.matrix.laws import APPOINT, FILE, INSPECT, NOBODY
from tests.web.matrix.trying import Try, acts, reads, sends, writes

_WHY = "Mencocokkan dengan SK"
DECIDED: dict[str, tuple[Try, ...]] = {
    "decisions:decision": (
        reads(FILE, "decision"),
        writes(APPOINT, "decision", sends(jawaban="agree", dilihat=seen_mark(()))),
    ),
    "decisions:withdraw": acts(NOBODY, "decision", sends(reason=_WHY)),  # by who proposed it alone
    "decisions:object": acts(INSPECT, "decision", sends(by="Inspektorat", text=_WHY)),
    "decisions:lift": acts(INSPECT, "objection", sends(reason=_WHY)),
}

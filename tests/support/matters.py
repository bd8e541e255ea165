"""A kind of decision for tests of rights: about anybody, signed by the appointing official."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid4

from pamong.access import queries as access
from pamong.decisions import services
from pamong.decisions.choices import Part
from pamong.decisions.types import Address, Attached, Case, Kind, Step, Told
from pamong.documents import store
from pamong.kernel.actor import Actor
from tests.support.month import MORNING, TODAY

_STEP = Step("sign", Part.SIGN, "Keputusan", Address(permission="decisions:appoint"))


def _require(_actor: Actor, _case: Case) -> None:
    """Anybody may ask."""


MATTER = Kind(
    code="tests.matter",
    title="Perkara uji",
    steps=lambda _case: (_STEP,),
    gates=lambda _case: (),
    tell=lambda _case: Told("Perkara uji"),
    reads="people:read",
    require=_require,
    asks=frozenset({"decisions:appoint"}),
    attached=lambda case: Attached("surat.pdf", case.content["file"]),
    two="one step is enough for the pages that show whose turn it is",
)


def matters(ids: Mapping[str, int], proposes: str, objects: str) -> dict[str, dict[str, UUID]]:
    """Two about each, proposed by one account: a ``decision``, and one to which another has an
    ``objection``."""
    services.register(MATTER)
    actor = access.named_actor(objects, TODAY)
    objections = {
        key: services.object_to(
            actor=actor, at=MORNING, decision=uid, by="Inspektorat", text="Belum ada dasarnya"
        )
        for key, uid in _propose(ids, proposes).items()
    }
    return {"decision": _propose(ids, proposes), "objection": objections}


def _propose(ids: Mapping[str, int], username: str) -> dict[str, UUID]:
    actor = access.named_actor(username, TODAY)
    content = {"file": store.keep(b"%PDF-1.4\n%uji\n").sha256}
    return {
        key: services.propose(
            actor=actor, at=MORNING, kind=MATTER.code, key=uuid4(), content=content, person=person
        ).uid
        for key, person in ids.items()
    }

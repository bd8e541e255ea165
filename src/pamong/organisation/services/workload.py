"""What a unit needs by workload analysis (ABK): how many of each post."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from pamong.kernel import timeline
from pamong.kernel.actor import Actor
from pamong.kernel.timeline import Plan
from pamong.ledger import dated
from pamong.organisation import events, models
from pamong.organisation.acts import acting, cut, find_post, lock_unit, path_of, planned
from pamong.organisation.errors import problem, refuse


def set_workload(
    *, actor: Actor, at: datetime, unit: UUID, post: UUID, needed: int | None, on: date,
    basis: int | None = None,
) -> None:  # fmt: skip
    """State how many of a post a unit needs from a day on; None: no longer stated. ``NotAllowed``,
    ``UnitNotFound``, ``PostNotFound``, ``Refused``."""
    set_workloads(actor=actor, at=at, unit=unit, needs={post: needed}, on=on, basis=basis)


def set_workloads(
    *, actor: Actor, at: datetime, unit: UUID, needs: Mapping[UUID, int | None], on: date,
    basis: int | None = None,
) -> None:  # fmt: skip
    """The same for several posts at once, by their ids: all of them or none. ``NotAllowed``,
    ``UnitNotFound``, ``PostNotFound``, ``Refused``."""
    with acting(actor=actor, at=at, path=path_of(unit, on), basis=basis) as work:
        if any(needed is not None and needed < 0 for needed in needs.values()):
            refuse([problem("need_negative", "Kebutuhan pegawai tidak boleh kurang dari nol.")])
        here = lock_unit(unit).pk
        for post, needed in needs.items():
            key = {"unit_id": here, "post_id": find_post(post).pk}
            if work.write(models.Workload, [(key, _plan(key, needed, on))]):
                work.record(events.WorkloadSet(unit, post, needed, on))


def _plan(key: Mapping[str, int], needed: int | None, on: date) -> Plan:
    rows = dated.timeline(models.Workload, **key)
    if needed is None:
        return cut(rows, on)
    return planned(lambda: timeline.change(rows, on, {"needed": needed}))

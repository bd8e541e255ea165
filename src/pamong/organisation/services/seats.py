"""Posts and seats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pamong.kernel import timeline
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date
from pamong.kernel.period import Period
from pamong.kernel.problem import Problem
from pamong.kernel.timeline import Added, Plan
from pamong.ledger import dated
from pamong.ledger.choices import Act
from pamong.organisation import events, lines, models, policies, reach, resting
from pamong.organisation.acts import (
    Work,
    acting,
    cut,
    holding,
    lock_seat,
    path_of,
    planned,
)
from pamong.organisation.choices import CLASSES
from pamong.organisation.errors import PostNotFound, UnitNotFound, problem, refuse
from pamong.organisation.holders import held_problems
from pamong.organisation.values import post_problems


@dataclass(frozen=True, slots=True)
class SeatSpec:
    """``count`` seats of one post in one unit, both by their ids; ``superior`` a seat, else the default."""

    unit: UUID
    post: UUID
    count: int = 1
    job_class: int | None = None
    is_head: bool = False
    frozen: bool = False
    note: str = ""
    superior: UUID | None = None


def create_post(
    *, actor: Actor, at: datetime, name: str, kind: str, jenjang: str = "", eselon: str = "",
    family: str = "", external_code: str = "",
) -> UUID:  # fmt: skip
    """Enter a kind of job; returns its id. ``NotAllowed``, ``Refused`` (also where it exists)."""
    with acting(actor=actor, at=at) as work:
        refuse(post_problems(name.strip(), kind))
        post = models.Post.objects.create(
            name=name.strip(), kind=kind, jenjang=jenjang.strip(), eselon=eselon.strip(), family=family,
            external_code=external_code,
        )  # fmt: skip
        work.record(events.PostCreated(post.uid, post.name, kind, post.jenjang, post.eselon))
        return post.uid


def create_seats(
    *, actor: Actor, at: datetime, on: date, unit: UUID, post: UUID, count: int = 1,
    job_class: int | None = None, is_head: bool = False, frozen: bool = False, note: str = "",
    superior: UUID | None = None, until: date | None = None, basis: int | None = None,
) -> list[UUID]:  # fmt: skip
    """Add seats of one post to a unit from a day on; returns their ids. Each reports to ``superior``, else to
    the head of the unit, a head to the next head above. ``NotAllowed``, ``Refused``."""
    spec = SeatSpec(unit, post, count, job_class, is_head, frozen, note, superior)
    return add_seats(actor=actor, at=at, on=on, specs=[spec], until=until, basis=basis)


def add_seats(
    *,
    actor: Actor,
    at: datetime,
    on: date,
    specs: Sequence[SeatSpec],
    until: date | None = None,
    basis: int | None = None,
) -> list[UUID]:
    """Add many seats at once; returns their ids in the order of ``specs``. ``Refused`` with all problems."""
    units = {spec.unit for spec in specs}
    path = path_of(next(iter(units)), on) if len(units) == 1 else ""
    with acting(actor=actor, at=at, path=path, basis=basis) as work:
        refuse([wrong for spec in specs for wrong in _wrong(spec)])
        made, wanted = _store(work, specs, Period(on, until))
        reach.require_superiors(actor, lines.plans(on, wanted))
        wanted |= {seat: above for seat, above in lines.defaults(on, made).items() if seat not in wanted}
        work.write(models.Line, lines.plans(on, wanted))
        uids = tuple(made.values())
        work.record(events.SeatsCreated(on, uids, tuple(_told(spec) for spec in specs)))
        return list(uids)


def change_seat(
    *,
    actor: Actor,
    at: datetime,
    seat: UUID,
    on: date,
    values: Mapping[str, Any],
    until: date | None = None,
    basis: int | None = None,
) -> None:
    """Give a seat other values from a day on: ``unit`` and ``post`` by their ids, ``job_class``, ``is_head``,
    ``frozen``, ``note``. With another unit, or as a head, it reports to whom it does there by default.

    Whoever holds the seat moves along with it. ``NotAllowed`` unless it lies within the actor's scope, in the
    old unit and the new, as long as anything changes; ``SeatNotFound``, ``Refused``.
    """
    with acting(actor=actor, at=at, path=_path(seat, on), basis=basis) as work:
        thing = lock_seat(seat)
        policies.require_others(actor, thing.pk)
        rows = dated.timeline(models.SeatRow, seat_id=thing.pk)
        found = _seat_facts(values)
        if (base := holding(rows, on)) is None:
            refuse([problem("seat_closed", f"Posisi ini tidak ada pada {format_date(on)}.")])
            return
        plan = planned(lambda: timeline.change(rows, on, found, until, resume=True))
        changed = work.write(models.SeatRow, [({"seat_id": thing.pk}, plan)])
        if any(found.get(name, base.values[name]) != base.values[name] for name in ("unit_id", "is_head")):
            work.write(models.Line, lines.plans(on, lines.defaults(on, [thing.pk])))
        if changed:
            work.record(events.SeatChanged(thing.uid, on, dict(values)))


def freeze_seat(*, actor: Actor, at: datetime, seat: UUID, on: date, until: date | None = None) -> None:
    """Keep a seat from being filled. ``NotAllowed``, ``SeatNotFound``, ``Refused``."""
    change_seat(actor=actor, at=at, seat=seat, on=on, values={"frozen": True}, until=until)


def unfreeze_seat(*, actor: Actor, at: datetime, seat: UUID, on: date) -> None:
    """Let a frozen seat be filled again. ``NotAllowed``, ``SeatNotFound``, ``Refused``."""
    change_seat(actor=actor, at=at, seat=seat, on=on, values={"frozen": False})


def close_seat(*, actor: Actor, at: datetime, seat: UUID, on: date, basis: int | None = None) -> None:
    """End a seat: from ``on`` it stands no more, and reports to nobody.

    ``NotAllowed``, ``SeatNotFound``; ``Refused`` while somebody holds it then or others report to it.
    """
    with acting(actor=actor, at=at, path=_path(seat, on), basis=basis) as work:
        thing = lock_seat(seat)
        policies.require_others(actor, thing.pk)
        rows = dated.timeline(models.SeatRow, seat_id=thing.pk)
        refuse(resting.young("seat_young", "Posisi ini baru dibuat", rows, on))
        work.problems += held_problems([thing.pk], on)
        plan = planned(lambda: timeline.end(rows, on))
        work.write(models.SeatRow, [({"seat_id": thing.pk}, plan)])
        above = dated.timeline(models.Line, seat_id=thing.pk)
        work.write(models.Line, [({"seat_id": thing.pk}, cut(above, on))])
        work.record(events.SeatClosed(thing.uid, on))


def rescind_seat(*, actor: Actor, at: datetime, seat: UUID, basis: int | None = None) -> None:
    """Take back that a seat was made, with the line from it: it stands on no day.

    ``NotAllowed``, ``SeatNotFound``; ``Refused`` where somebody ever held it, or a seat reports to it.
    """
    rows = dated.timeline(models.SeatRow, seat__uid=seat)
    path = _path(seat, rows[0].period.start) if rows else ""
    with acting(actor=actor, at=at, path=path, basis=basis) as work:
        thing = lock_seat(seat)
        policies.require_others(actor, thing.pk)
        rows = dated.timeline(models.SeatRow, seat_id=thing.pk)
        refuse(resting.on_seat(thing, rows))
        key, above = {"seat_id": thing.pk}, dated.timeline(models.Line, seat_id=thing.pk)
        work.write(models.Line, [(key, Plan(removed=tuple(above)))], Act.RESCIND)
        if work.write(models.SeatRow, [(key, Plan(removed=tuple(rows)))], Act.RESCIND):
            work.record(events.SeatRescinded(thing.uid, rows[0].period.start))


def _seat_facts(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values of a seat as facts of a row. ``Refused`` with all problems."""
    found = {name: values[name] for name in ("job_class", "is_head", "frozen", "note") if name in values}
    problems = [
        problem("field_unknown", f"Posisi tidak memiliki isian '{name}'.")
        for name in values
        if name not in (*found, "unit", "post")
    ]
    problems += _class_problems(found.get("job_class"))
    if "unit" in values:
        unit = models.Unit.objects.filter(uid=values["unit"]).first()
        found["unit_id"] = unit.pk if unit else None
        problems += [] if unit else [problem("unit_unknown", str(UnitNotFound(values["unit"])))]
    if "post" in values:
        post = models.Post.objects.filter(uid=values["post"]).first()
        found["post_id"] = post.pk if post else None
        problems += [] if post else [problem("post_unknown", str(PostNotFound()))]
    refuse(problems)
    return found


def _path(seat: UUID, on: date) -> str:
    row = models.SeatRow.objects.as_of(on).filter(seat__uid=seat).select_related("unit").first()
    return path_of(row.unit.uid, on) if row else ""


def _wrong(spec: SeatSpec) -> list[Problem]:
    problems = _class_problems(spec.job_class)
    if spec.count < 1:
        problems.append(problem("count", "Jumlah posisi harus paling sedikit satu."))
    if spec.is_head and spec.count != 1:
        problems.append(problem("two_heads", "Pemimpin unit hanya satu posisi. Isi jumlahnya dengan 1."))
    return problems


def _class_problems(job_class: int | None) -> list[Problem]:
    if job_class is None or job_class in CLASSES:
        return []
    return [problem("seat_class", f"Kelas jabatan {job_class} tidak ada, harus antara 1 dan 17.")]


def _store(
    work: Work, specs: Sequence[SeatSpec], period: Period
) -> tuple[dict[int, UUID], dict[int, int | None]]:
    """The seats made by their database ids, and to whom those report that say so."""
    units = dict(models.Unit.objects.values_list("uid", "id"))
    posts = dict(models.Post.objects.values_list("uid", "id"))
    named = [spec.superior for spec in specs if spec.superior]
    above = dict(models.Seat.objects.filter(uid__in=named).values_list("uid", "id"))
    refuse(
        [problem("unit_unknown", str(UnitNotFound(spec.unit))) for spec in specs if spec.unit not in units]
        + [problem("post_unknown", str(PostNotFound())) for spec in specs if spec.post not in posts]
        + [problem("seat_unknown", "Posisi atasan tidak ada. Pilih dari daftar.")]
        * sum(uid not in above for uid in named)
    )
    each = [spec for spec in specs for _ in range(spec.count)]
    seats = models.Seat.objects.bulk_create(models.Seat() for _ in each)
    changes = []
    for seat, spec in zip(seats, each, strict=True):
        values = {
            "unit_id": units[spec.unit], "post_id": posts[spec.post], "job_class": spec.job_class,
            "is_head": spec.is_head, "frozen": spec.frozen, "note": spec.note,
        }  # fmt: skip
        changes.append(({"seat_id": seat.pk}, Plan(added=(Added(period, values),))))
    work.write(models.SeatRow, changes)
    explicit = {
        seat.pk: above[spec.superior] for seat, spec in zip(seats, each, strict=True) if spec.superior
    }
    return {seat.pk: seat.uid for seat in seats}, dict(explicit)


def _told(spec: SeatSpec) -> dict[str, Any]:
    return {
        "unit": spec.unit, "post": spec.post, "count": spec.count, "job_class": spec.job_class,
        "is_head": spec.is_head, "frozen": spec.frozen, "note": spec.note,
    }  # fmt: skip

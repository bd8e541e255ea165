"""Reporting lines: to which seat a seat reports."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date
from pamong.organisation import events, lines, models, policies, reach
from pamong.organisation.acts import Work, acting, lock_seat, path_of
from pamong.organisation.errors import problem, refuse


def set_line(
    *, actor: Actor, at: datetime, seat: UUID, superior: UUID | None, on: date, basis: int | None = None
) -> None:
    """Let a seat report to another from a day on, as long as both stand; None: to nobody.

    ``NotAllowed`` for one's own seat, and unless both seats, and the one to which it reported, lie within
    the actor's scope; ``SeatNotFound``; ``Refused`` for itself, a circle, and where one of both is gone.
    """
    row = models.SeatRow.objects.as_of(on).filter(seat__uid=seat).select_related("unit").first()
    path = path_of(row.unit.uid, on) if row else ""
    with acting(actor=actor, at=at, path=path, basis=basis) as work:
        thing = lock_seat(seat)
        policies.require_others(actor, thing.pk)
        above = lock_seat(superior) if superior else None
        if above == thing:
            refuse([problem("line_self", "Posisi tidak dapat menjadi atasannya sendiri. Pilih posisi lain.")])
        both = {thing.pk} | ({above.pk} if above else set())
        if both - set(lines.standing_ends(on, both)):
            refuse([
                problem(
                    "line_missing_seat",
                    f"Posisi atau atasannya tidak ada pada {format_date(on)}. "
                    "Pilih tanggal atau posisi lain.",
                )
            ])  # fmt: skip
        plans = lines.plans(on, {thing.pk: above.pk if above else None})
        reach.require_superiors(actor, plans)
        if work.write(models.Line, plans):
            work.record(events.LinesSet(on, ((thing.uid, above.uid if above else None),)))


def set_default_lines(
    *,
    actor: Actor,
    at: datetime,
    on: date,
    unit: UUID | None = None,
    replace: bool = False,
    basis: int | None = None,
) -> int:
    """Let seats report by default: to the head of their unit, heads to the next head above.

    For the seats of one unit, or of all; only for those without a line, or with ``replace`` for all. Returns
    how many lines were set. ``NotAllowed``, ``Refused``.
    """
    with acting(actor=actor, at=at, path=path_of(unit, on) if unit else "", basis=basis) as work:
        rows = models.SeatRow.objects.as_of(on)
        if unit is not None:
            rows = rows.filter(unit__uid=unit)
        wanted = lines.defaults(on, list(rows.values_list("seat_id", flat=True)))
        if not replace:
            having = lines.current(on, wanted)
            wanted = {seat: above for seat, above in wanted.items() if seat not in having}
        return _set(work, on, wanted)


def _set(work: Work, on: date, wanted: dict[int, int | None]) -> int:
    plans = lines.plans(on, wanted)
    if not plans:
        return 0
    work.write(models.Line, plans)
    touched = {key["seat_id"] for key, _ in plans}
    ids = touched | {above for seat in touched if (above := wanted[seat]) is not None}
    uids = dict(models.Seat.objects.filter(pk__in=ids).values_list("id", "uid"))
    pairs = tuple(
        (uids[seat], uids[above] if (above := wanted[seat]) is not None else None) for seat in sorted(touched)
    )
    work.record(events.LinesSet(on, pairs))
    return len(plans)

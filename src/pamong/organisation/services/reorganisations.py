"""A reorganisation: drafted, previewed, adopted by a second person, withdrawn before its day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date
from pamong.kernel.ids import uuid7
from pamong.kernel.problem import Problem
from pamong.ledger import services as ledger
from pamong.ledger import undoing
from pamong.ledger.events import actor_ref
from pamong.ledger.undoing import Left
from pamong.organisation import events, models, policies
from pamong.organisation.acts import Work, acting, lock, new_seal
from pamong.organisation.choices import ReorganisationState
from pamong.organisation.errors import (
    AlreadyInForce,
    NeedsPerson,
    PreviewMoved,
    ReorganisationNotFound,
    SamePerson,
    WrongState,
    problem,
    refuse,
)
from pamong.organisation.holders import held
from pamong.organisation.reorganising.carry import Carried, Carrier
from pamong.organisation.reorganising.plan import ReadPlan, read
from pamong.organisation.reorganising.preview import (
    Preview,
    State,
    line_fates,
    need_fates,
    seat_fates,
    unit_fates,
)

_STATES = ReorganisationState


@transaction.atomic
def draft_reorganisation(
    *,
    actor: Actor,
    at: datetime,
    title: str,
    on: date,
    plan: Mapping[str, Any],
    order_no: str = "",
    order_on: date | None = None,
    key: UUID | None = None,
) -> UUID:
    """Keep a plan (see ``reorganising.plan``) for a day to come; returns its id. One that can't work may be
    kept: the preview tells what is wrong. ``key`` becomes its id: with one that is there already nothing is
    stored. ``NotAllowed``; ``Refused`` without a title."""
    policies.require_change(actor)
    refuse([] if title.strip() else [_untitled()])
    uid = key or uuid7(at)
    facts = {"title": title.strip(), "on": on, "plan": dict(plan), "order_no": order_no, "order_on": order_on}
    made, fresh = models.Reorganisation.objects.get_or_create(
        uid=uid, defaults=facts | {"drafted_by": actor_ref(actor)}
    )
    if not fresh:
        return uid
    event = events.ReorganisationDrafted(made.uid, made.title, on, dict(plan))
    ledger.record(actor=actor, event=event)
    return uid


@transaction.atomic
def change_draft(
    *,
    actor: Actor,
    at: datetime,
    reorganisation: UUID,
    title: str,
    on: date,
    plan: Mapping[str, Any],
    order_no: str | None = None,
    order_on: date | None = None,
) -> None:
    """Rework a draft; whoever does is its drafter from then on. ``order_no`` None leaves number and date of
    the order as they are. ``NotAllowed``, ``WrongState``, ``Refused``."""
    policies.require_change(actor)
    found = _locked(reorganisation)
    _expect(found, _STATES.DRAFT, "diubah")
    refuse([] if title.strip() else [_untitled()])
    found.title, found.on, found.plan, found.drafted_by = title.strip(), on, dict(plan), actor_ref(actor)
    if order_no is not None:
        found.order_no, found.order_on = order_no, order_on
    found.save(update_fields=["title", "on", "plan", "drafted_by", "order_no", "order_on"])
    event = events.ReorganisationDrafted(found.uid, found.title, on, dict(plan))
    ledger.record(actor=actor, event=event)


def preview_reorganisation(*, actor: Actor, at: datetime, reorganisation: UUID) -> Preview:
    """What the plan would do to every unit, seat and line, and all that stands in its way.

    It is carried out and rolled back, so that it shows what will happen. ``NotAllowed``.
    """
    policies.require_change(actor)
    found = models.Reorganisation.objects.filter(uid=reorganisation).first()
    if found is None:
        raise ReorganisationNotFound
    with transaction.atomic():
        lock()
        before = State.load(found.on)
        work = Work(actor, at)
        plan = _read(found)
        done = Carrier(work, plan, found.on).run()
        problems = tuple(dict.fromkeys([*_when(actor, found.on), *work.look()]))
        after = State.load(found.on)
        transaction.set_rollback(True)
    return _preview(found.on, before, after, plan, done, problems)


def withdraw_draft(*, actor: Actor, at: datetime, reorganisation: UUID) -> None:
    """Give a draft up; what two adopted two withdraw. ``NotAllowed``, ``ReorganisationNotFound``,
    ``WrongState``."""
    with transaction.atomic():
        _expect(_locked(reorganisation), _STATES.DRAFT, "dibatalkan seorang diri")
        withdraw_reorganisation(actor=actor, at=at, reorganisation=reorganisation)


def adopt_reorganisation(
    *, actor: Actor, at: datetime, reorganisation: UUID, seen: str | None = None
) -> None:
    """Put a draft into force from its day, in one transaction on one basis. Not by the drafter. ``seen`` is
    the mark of the preview that the actor looked at, None for a machine that looks at none.

    ``NotAllowed``, ``NeedsPerson``, ``SamePerson``, ``WrongState``, ``PreviewMoved``; ``Refused`` with all
    problems.
    """
    policies.require_change(actor)
    if actor.user_id is None:
        raise NeedsPerson
    with transaction.atomic():
        lock()
        found = _locked(reorganisation)
        _expect(found, _STATES.DRAFT, "ditetapkan")
        if found.drafted_by == actor_ref(actor):
            raise SamePerson
        if seen is not None:
            preview = preview_reorganisation(actor=actor, at=at, reorganisation=reorganisation)
            if not preview.blocked and preview.mark != seen:
                raise PreviewMoved
        basis = new_seal(actor, at, found.uid)
        with acting(actor=actor, at=at, basis=basis) as work:
            plan = _read(found)
            Carrier(work, plan, found.on).run()
            _keep_lineage(found, plan)
            work.record(events.ReorganisationAdopted(found.uid, found.title, found.on, found.plan))
        found.state, found.adopted_by, found.basis_id = _STATES.SCHEDULED.value, actor_ref(actor), basis
        found.adopted_at = Now()
        found.save(update_fields=["state", "adopted_by", "adopted_at", "basis_id"])


def withdraw_reorganisation(
    *, actor: Actor, at: datetime, reorganisation: UUID, basis: int | None = None
) -> None:
    """Take a reorganisation back before its day: everything is as it was before. Drafts at any time.

    ``NotAllowed``, ``WrongState``, ``AlreadyInForce`` from its day on; ``BuiltUpon`` where later acts rest on
    it, ``Refused`` where something else would not fit any more.
    """
    policies.require_change(actor)
    with transaction.atomic():
        lock()
        found = _locked(reorganisation)
        if found.state == _STATES.WITHDRAWN.value:
            raise WrongState(_STATES(found.state).label.lower(), "dibatalkan lagi")
        if found.state == _STATES.SCHEDULED.value:
            if actor.on >= found.on:
                raise AlreadyInForce(found.on)
            with acting(actor=actor, at=at, basis=basis) as work:
                _take_back(work, found)
        found.state, found.withdrawn_by = _STATES.WITHDRAWN.value, actor_ref(actor)
        found.withdrawn_at = Now()
        found.save(update_fields=["state", "withdrawn_by", "withdrawn_at"])
        ledger.record(actor=actor, event=events.ReorganisationWithdrawn(found.uid, found.title, found.on))


def _take_back(work: Work, found: models.Reorganisation) -> None:
    for model in models.DATED:
        rows = model.objects.filter(basis_id=found.basis_id)
        work.touch(model, list(rows.values(*model.key)))
    left = undoing.left_by(models.DATED, basis=int(found.basis_id or 0))
    work.problems += _held_new(_vanishing(left), found.on)
    undoing.take_back(left, by=work.basis)


def _vanishing(left: Sequence[Left]) -> list[int]:
    """Seats of which nothing stands any more."""
    (seats,) = (each for each in left if each.model is models.SeatRow)
    gone = models.SeatRow.objects.filter(pk__in=seats.ours).values_list("seat_id", flat=True)
    before = [row.pk for row in seats.before]
    kept = models.SeatRow.objects.filter(pk__in=before).values_list("seat_id", flat=True)
    return sorted(set(gone) - set(kept))


def _held_new(seats: list[int], on: date) -> list[Problem]:
    """Somebody may have been appointed already to a seat that would vanish."""
    count = sum(held(seats, on).values())
    if not count:
        return []
    sentence = (
        f"{count} orang sudah diangkat ke posisi baru dalam penataan ini. Batalkan pengangkatannya dulu."
    )
    return [problem("seat_held", sentence)]


def _keep_lineage(found: models.Reorganisation, plan: ReadPlan) -> None:
    ids = dict(models.Unit.objects.filter(code__in=plan.units.codes).values_list("code", "id"))
    models.Lineage.objects.bulk_create(
        models.Lineage(
            reorganisation=found,
            old_id=ids.get(old or ""),
            new_id=ids.get(new or ""),
            step=step.value,
            on=found.on,
        )
        for old, new, step in dict.fromkeys(plan.units.lineage)
    )


def _read(found: models.Reorganisation) -> ReadPlan:
    standing = models.UnitRow.objects.as_of(found.on).values_list("unit__code", "unit_id")
    return read(found.plan, dict(standing))


def _preview(
    on: date, before: State, after: State, plan: ReadPlan, done: Carried, problems: tuple[Problem, ...]
) -> Preview:
    uids = {values[0]: seat for seat, values in before.seats.items()}
    into = {uids[move.seat]: move.into for move in plan.seats if move.seat in uids and move.into}
    moved, ended = tuple(sorted(done.moved)), tuple(sorted(done.gone))
    return Preview(
        on,
        unit_fates(before, after, plan.units.lineage),
        seat_fates(before, after, into),
        line_fates(before, after),
        moved,
        ended,
        sum(held([*moved, *ended], on).values()),
        problems,
        need_fates(before, after),
    )


def _when(actor: Actor, on: date) -> list[Problem]:
    """A late entry is possible; whoever adopts it should know."""
    if on > actor.on:
        return []
    sentence = f"Dicatat terlambat: berlaku sejak {format_date(on)}, dan tidak dapat dibatalkan lagi."
    return [Problem("late", sentence, "warn")]


def _untitled() -> Problem:
    return problem("title_empty", "Judul penataan masih kosong. Isi dulu.")


def _locked(uid: UUID) -> models.Reorganisation:
    found = models.Reorganisation.objects.select_for_update().filter(uid=uid).first()
    if found is None:
        raise ReorganisationNotFound
    return found


def _expect(found: models.Reorganisation, state: ReorganisationState, act: str) -> None:
    if found.state != state.value:
        raise WrongState(ReorganisationState(found.state).label.lower(), act)

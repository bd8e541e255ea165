"""Outages: those within the actor's reach, one of them with whom it excuses, days of which none is final."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pamong.access import policies as access_policies
from pamong.access.errors import NotAllowed
from pamong.access.mailing import OPERATE
from pamong.attendance import policies
from pamong.attendance.choices import OutageOrigin, OutageState, OutageStepKind
from pamong.attendance.errors import AttachmentNotFound, OutageNotFound
from pamong.attendance.models import Outage, OutageStep
from pamong.attendance.queries.corrections import Shown
from pamong.attendance.sql import fetch
from pamong.documents import store
from pamong.kernel.actor import Actor

_MOST = 200
# The site of each unit by its path, as the nearest unit above it says; of each site its units.
_SITES = """
WITH placed AS (
  SELECT t.site_id, array_agg(DISTINCT p.path::text) AS paths FROM organisation_unitplace p JOIN LATERAL (
    SELECT r.site_id FROM organisation_unitplace up JOIN organisation_unitrow r ON r.unit_id = up.unit_id
      AND r.superseded_at IS NULL AND r.period @> %(on)s::date AND r.site_id IS NOT NULL
    WHERE up.path @> p.path AND up.period @> %(on)s::date ORDER BY up.depth DESC LIMIT 1
  ) t ON TRUE WHERE p.period @> %(on)s::date GROUP BY 1
)
SELECT s.id, s.uid, z.name, z.zone, COALESCE(u.paths, '{}') FROM organisation_site s
LEFT JOIN organisation_siterow z ON z.site_id = s.id AND z.superseded_at IS NULL
  AND z.period @> %(on)s::date
LEFT JOIN placed u ON u.site_id = s.id ORDER BY z.name, s.id
"""
# Of whom it excuses: how many, and how many of these are on leave or on duty on all of their days anyway.
_EXCUSED = """
SELECT count(*), count(*) FILTER (WHERE EXISTS (
  SELECT 1 FROM attendance_dayexcuse o WHERE o.person_id = e.person_id AND o.superseded_at IS NULL
    AND o.source <> 'outage' AND o.part = 'whole' AND o.period @> e.period))
FROM attendance_dayexcuse e WHERE e.source = 'outage' AND e.source_uid = %(outage)s
  AND e.superseded_at IS NULL
"""
_MACHINES = """
SELECT v.uid, v.serial, COALESCE(r.name, '') FROM attendance_device v
JOIN attendance_devicerow r ON r.device_id = v.id AND r.superseded_at IS NULL AND r.period @> %(on)s::date
JOIN organisation_siterow z ON z.site_id = r.site_id AND z.superseded_at IS NULL
  AND z.period @> %(on)s::date
JOIN organisation_site s ON s.id = r.site_id
WHERE s.uid = ANY(%(sites)s) ORDER BY v.serial
"""


@dataclass(frozen=True, slots=True)
class _Site:
    """A site as it is today, with all units there by their paths; without a name it is not there any more."""

    uid: UUID
    name: str | None
    zone: str | None
    paths: Sequence[str]


@dataclass(frozen=True, slots=True)
class SiteChoice:
    """A site over whose units the actor may report."""

    uid: UUID
    name: str
    zone: str


@dataclass(frozen=True, slots=True)
class OutageStepView:
    """A step of an outage; ``by`` '' is the system."""

    step: OutageStepKind
    by: str
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OutageView:
    """An outage. ``refusal``: why the actor does not confirm it, '' where he may; ``excused`` people, of whom
    ``away`` are on leave or elsewhere on all of their days: theirs stays what it was."""

    uid: UUID
    site: str
    device: str
    zone: str
    starts: datetime
    ends: datetime | None
    origin: OutageOrigin
    reason: str
    state: OutageState
    attachment: Shown | None
    refusal: str
    may_confirm: bool
    reports: bool
    mine: bool
    steps: Sequence[OutageStepView] = ()
    excused: int = 0
    away: int = 0

    @property
    def confirms(self) -> bool:
        """Whether the actor may confirm or refuse it now."""
        return self.state is OutageState.PROPOSED and not self.refusal

    @property
    def withdraws(self) -> bool:
        """Whether the actor may take it back."""
        if self.state is OutageState.PROPOSED:
            return self.mine
        return self.state is OutageState.CONFIRMED and self.may_confirm

    @property
    def goes_on(self) -> bool:
        """Whether its end is not told yet."""
        standing = self.state in (OutageState.PROPOSED, OutageState.CONFIRMED)
        return standing and self.ends is None


def list_sites(*, actor: Actor) -> Sequence[SiteChoice]:
    """Sites at which the actor may report an outage, by name. ``NotAllowed``."""
    access_policies.require(actor, policies.REPORT)
    reach = _reach(actor, policies.REPORT)
    return [
        SiteChoice(site.uid, site.name, site.zone)
        for site in reach.values()
        if site.name is not None and site.zone is not None
    ]


def list_machines_at(*, actor: Actor, sites: Collection[UUID]) -> Sequence[tuple[UUID, str, str]]:
    """The machines at these sites today: id, serial number, name. ``NotAllowed``."""
    access_policies.require(actor, policies.REPORT)
    asked = {"sites": list(sites), "on": actor.on}
    return [(uid, serial, name) for uid, serial, name in fetch(_MACHINES, asked)]


def list_outages(*, actor: Actor) -> Sequence[OutageView]:
    """Outages of sites within the actor's reach: those that wait first, then the newest. ``NotAllowed``."""
    access_policies.require(actor, policies.REPORT)
    reach = _reach(actor, policies.REPORT)
    rows = Outage.objects.filter(site_id__in=reach).select_related("attachment", "device")
    found = list(rows.order_by("-starts")[:_MOST])
    views = [_view(actor, row, reach[row.site_id]) for row in found]
    return sorted(views, key=lambda view: view.state is not OutageState.PROPOSED)


def count_outages_to_confirm(*, actor: Actor) -> int:
    """How many wait for the actor to confirm them."""
    if not access_policies.may(actor, policies.CONFIRM):
        return 0
    rows = list(Outage.objects.filter(state=OutageState.PROPOSED.value))
    if not rows:
        return 0
    reach = _reach(actor, policies.CONFIRM)
    return sum(not _refusal(actor, row, reach[row.site_id].paths) for row in rows if row.site_id in reach)


def count_outages_by_reader(*, actor: Actor, readers: Collection[Actor]) -> Mapping[int, int]:
    """The same for many accounts at once, in two questions: by account, those with nothing left out.
    ``NotAllowed`` but for the machine and who operates it."""
    access_policies.require_whole(actor, OPERATE)
    rows = list(Outage.objects.filter(state=OutageState.PROPOSED.value))
    sites = {id_: _Site(*told) for id_, *told in fetch(_SITES, {"on": actor.on})} if rows else {}
    may = [each for each in readers if rows and access_policies.may(each, policies.CONFIRM)]
    counts = {
        reader.user_id: sum(
            row.site_id in sites and not _refusal(reader, row, sites[row.site_id].paths) for row in rows
        )
        for reader in may
        if reader.user_id is not None
    }
    return {user: count for user, count in counts.items() if count}


def get_outage(*, actor: Actor, uid: UUID) -> OutageView:
    """One outage with all that happened to it. ``OutageNotFound``, ``NotAllowed``."""
    access_policies.require(actor, policies.REPORT)
    row, site = _found(actor, uid=uid)
    ((excused, away),) = fetch(_EXCUSED, {"outage": row.uid})
    steps = [
        OutageStepView(OutageStepKind(step.step), step.by_name, step.note, step.at)
        for step in OutageStep.objects.filter(outage=row).order_by("id")
    ]
    return _view(actor, row, site, steps=steps, excused=excused, away=away)


def read_outage_file(*, actor: Actor, uid: UUID) -> tuple[Shown, bytes]:
    """A file that an outage shows. ``AttachmentNotFound``, ``NotAllowed``, ``FileLost``."""
    access_policies.require(actor, policies.REPORT)
    try:
        row, _site = _found(actor, attachment__uid=uid)
    except OutageNotFound as error:
        raise AttachmentNotFound from error
    return Shown.of(row.attachment), store.read(row.attachment.sha256)


def _found(actor: Actor, **asked: Any) -> tuple[Any, _Site]:
    """An outage within the actor's reach, and its site."""
    row = Outage.objects.filter(**asked).select_related("attachment", "device").first()
    site = None if row is None else _reach(actor, policies.REPORT).get(row.site_id)
    if site is None:
        raise OutageNotFound
    return row, site


def _reach(actor: Actor, permission: str) -> dict[int, _Site]:
    """The sites with a unit over which the actor has a permission, by name; all that are there for who has it
    everywhere."""
    sites = {id_: _Site(*told) for id_, *told in fetch(_SITES, {"on": actor.on})}
    if access_policies.may_over(actor, permission, ""):
        return {id_: site for id_, site in sites.items() if site.name is not None}
    return {
        id_: site
        for id_, site in sites.items()
        if any(access_policies.may_over(actor, permission, path) for path in site.paths)
    }


def _refusal(actor: Actor, row: Any, paths: Collection[str]) -> str:
    """Why the actor does not confirm or refuse; '' where he may."""
    try:
        policies.require_all(actor, policies.CONFIRM, paths)
    except NotAllowed as error:
        return str(error)
    return policies.own_word(actor.user_id, asked_by=row.asked_by_id, ended_by=row.ended_by_id)


def _may_confirm(actor: Actor, paths: Collection[str]) -> bool:
    return all(access_policies.may_over(actor, policies.CONFIRM, path) for path in paths or [""])


def _view(actor: Actor, row: Any, site: _Site, **more: Any) -> OutageView:
    file, paths = row.attachment, site.paths
    return OutageView(
        row.uid, site.name or "", row.device.serial if row.device else "", row.zone, row.starts, row.ends,
        OutageOrigin(row.origin), row.reason, OutageState(row.state),
        Shown.of(file) if file else None,
        _refusal(actor, row, paths), _may_confirm(actor, paths),
        any(access_policies.may_over(actor, policies.REPORT, path) for path in paths or [""]),
        row.asked_by_id == actor.user_id, **more,
    )  # fmt: skip

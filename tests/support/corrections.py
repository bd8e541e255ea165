"""Requests to correct a day, for anybody, outages of units' sites, lists of officers, each with a photo."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from uuid import UUID, uuid4

from pamong.access.models import User
from pamong.attendance import services
from pamong.attendance.models import Attachment, Outage, OutageStep, Sheet, SheetRow
from pamong.attendance.values import Claim
from pamong.documents import store
from pamong.kernel.actor import Actor, Grant
from pamong.organisation import models as organisation
from tests.support.city import since
from tests.support.people import AT, TODAY, opening_basis

PHOTO = b"\xff\xd8\xff uji"
DAY = date(2026, 11, 2)


def open_correction(person_id: int, username: str, on: date = DAY) -> tuple[UUID, UUID]:
    """A request that waits until Friday, asked on Tuesday the 10th; its id and its photo's. Of who has no
    account it is as if this one had sent it."""
    user = User.objects.get(username=username)
    photo = _photo(user)
    asker = Actor(user.pk, person_id, user.display_name, (Grant("employee"),), TODAY)
    uid = services.ask_correction(
        actor=asker, at=AT, key=uuid4(), on=on, claim=Claim(came=time(7, 25)), attachment=photo.uid,
        reason="Mesin tidak membaca sidik jari saya", zone="Asia/Jakarta",
    )  # fmt: skip
    return uid, photo.uid


def open_outage(unit: str, username: str) -> tuple[UUID, UUID]:
    """An outage that waits at a site of its own, to which a unit is given; its id and its photo's."""
    user = User.objects.get(username=username)
    basis = opening_basis()
    site = organisation.Site.objects.create(code=f"lokasi_{unit}")
    organisation.SiteRow.objects.create(
        site=site, name=f"Kantor {unit}", zone="Asia/Jakarta", period=since(date(2017, 1, 1)), basis_id=basis
    )
    row = organisation.UnitRow.objects.known().filter(unit__code=unit).latest("period")
    values = {name: getattr(row, name) for name in row.facts} | {"site_id": site.pk}
    organisation.UnitRow.objects.filter(pk=row.pk).update(superseded_at=AT, superseded_basis_id=basis)
    organisation.UnitRow.objects.create(
        unit=row.unit, period=row.period, basis_id=basis, supersedes=row, **values
    )
    photo = _photo(user)
    made = Outage.objects.create(
        site=site, zone="Asia/Jakarta", starts=datetime(2026, 11, 1, 23, 30, tzinfo=UTC), origin="declared",
        ends=datetime(2026, 11, 2, 1, 10, tzinfo=UTC), reason="Listrik padam satu kelurahan", asked_by=user,
        attachment=photo,
    )  # fmt: skip
    OutageStep.objects.create(outage=made, step="declared", by=user, by_name=user.display_name)
    return made.uid, photo.uid


def open_sheet(person_id: int, username: str) -> tuple[UUID, UUID]:
    """A list on which somebody stands, that waits for a second person; its id and its photo's."""
    user = User.objects.get(username=username)
    photo = _photo(user)
    made = Sheet.objects.create(
        on=DAY, zone="Asia/Jakarta", reason="Mesin mati sejak pagi", content=f"{person_id:064}",
        attachment=photo, entered_by=user, entered_name=user.display_name,
    )  # fmt: skip
    SheetRow.objects.create(sheet=made, person_id=person_id, came=time(7, 25))
    return made.uid, photo.uid


def _photo(user: User) -> Attachment:
    kept = store.keep(PHOTO)
    return Attachment.objects.create(
        name="mesin.jpg", sha256=kept.sha256, size=kept.size, media_type="image/jpeg", by=user,
        by_name=user.display_name,
    )  # fmt: skip

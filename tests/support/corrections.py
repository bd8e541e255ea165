"""Requests to correct a day, for anybody, with a photo."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID

from pamong.access.models import User
from pamong.attendance.models import Attachment, Correction, CorrectionStep
from pamong.documents import store

PHOTO = b"\xff\xd8\xff uji"
DAY, DUE_ON = date(2026, 11, 2), date(2026, 11, 13)


def open_correction(person_id: int, username: str, on: date = DAY) -> tuple[UUID, UUID]:
    """A request that waits until Friday, asked on Tuesday the 10th; its id and its photo's."""
    user = User.objects.get(username=username)
    kept = store.keep(PHOTO)
    photo = Attachment.objects.create(
        name="mesin.jpg", sha256=kept.sha256, size=kept.size, media_type="image/jpeg", by=user,
        by_name=user.display_name,
    )  # fmt: skip
    made = Correction.objects.create(
        person_id=person_id, on=on, zone="Asia/Jakarta", came=time(7, 25), asked_by=user,
        reason="Mesin tidak membaca sidik jari saya", attachment=photo,
    )  # fmt: skip
    CorrectionStep.objects.create(
        correction=made, number=1, step="asked", person_id=person_id, by=user, by_name=user.display_name,
        due_on=DUE_ON,
    )  # fmt: skip
    return made.uid, photo.uid

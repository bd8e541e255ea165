"""What changes nothing leaves no seal and no event; what was made by mistake can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from pamong.kernel.actor import Actor
from pamong.ledger.models import Intake, Seal
from pamong.organisation import models, services
from pamong.organisation.errors import Refused
from tests.support.organisation import SmallCity

ON = date(2026, 12, 1)

IDLE: dict[str, Callable[[SmallCity], tuple[Any, dict[str, Any]]]] = {
    "line": lambda city: (
        services.set_line,
        {"seat": city.seats["kel_satu.data"], "superior": city.seats["kel_satu.head"]},
    ),
    "class": lambda city: (
        services.change_seat,
        {"seat": city.seats["kel_satu.data"], "values": {"job_class": 6, "note": ""}},
    ),
    "unit": lambda city: (
        services.change_unit,
        {"unit": city.units["kel_satu"], "values": {"name": "Kelurahan Satu"}},
    ),
    "need": lambda city: (
        services.set_workload,
        {"unit": city.units["kel_satu"], "post": city.posts["Pengelola Data"], "needed": None},
    ),
}


@pytest.mark.parametrize("what", IDLE)
def test_an_act_that_changes_nothing_is_not_told(
    what: str, city: SmallCity, actor: Actor, at: datetime
) -> None:
    service, asked = IDLE[what](city)
    before = Seal.objects.count(), Intake.objects.count(), models.SeatRow.objects.count()
    service(actor=actor, at=at, on=ON, **asked)
    assert (Seal.objects.count(), Intake.objects.count(), models.SeatRow.objects.count()) == before


def unit(actor: Actor, at: datetime) -> Any:
    values = {"name": "Kelurahan Tiga", "kind": "ward", "parent": "kec_utara"}
    return services.create_unit(actor=actor, at=at, code="kel_tiga", on=ON, values=values)


def test_a_unit_made_today_is_taken_back_today(city: SmallCity, actor: Actor, at: datetime) -> None:
    uid = unit(actor, at)
    post = city.posts["Pengelola Data"]
    services.set_workload(actor=actor, at=at, unit=uid, post=post, needed=2, on=ON)
    with pytest.raises(Refused, match=r"Unit ini baru berdiri 1 Desember 2026\. Pilih tanggal sesudahnya\."):
        services.close_unit(actor=actor, at=at, unit=uid, on=ON)
    services.rescind_unit(actor=actor, at=at, unit=uid)
    assert not models.UnitRow.objects.known().filter(unit__uid=uid).exists()
    assert not models.Workload.objects.known().filter(unit__uid=uid).exists()
    assert not models.UnitPlace.objects.filter(unit__uid=uid).exists()
    assert Intake.objects.filter(kind="organisation.unit_making_rescinded").exists()


def test_a_unit_on_which_something_rests_stays(city: SmallCity, actor: Actor, at: datetime) -> None:
    uid = unit(actor, at)
    (seat,) = services.create_seats(
        actor=actor, at=at, on=ON, unit=uid, post=city.posts["Pengelola Data"], job_class=6
    )
    with pytest.raises(Refused, match="Posisi tercatat di unit ini"):
        services.rescind_unit(actor=actor, at=at, unit=uid)
    with pytest.raises(Refused, match="Unit lain tercatat di bawah unit ini"):
        services.rescind_unit(actor=actor, at=at, unit=city.units["kec_utara"])
    with pytest.raises(Refused, match=r"Posisi ini baru dibuat 1 Desember 2026\. Pilih tanggal sesudahnya\."):
        services.close_seat(actor=actor, at=at, seat=seat, on=ON)
    services.rescind_seat(actor=actor, at=at, seat=seat)
    assert not models.SeatRow.objects.known().filter(seat__uid=seat).exists()
    assert not models.Line.objects.known().filter(seat__uid=seat).exists()
    services.rescind_unit(actor=actor, at=at, unit=uid)


def test_a_seat_to_which_others_report_stays(city: SmallCity, actor: Actor, at: datetime) -> None:
    with pytest.raises(Refused, match="Posisi lain tercatat melapor"):
        services.rescind_seat(actor=actor, at=at, seat=city.seats["kel_satu.head"])

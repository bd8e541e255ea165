"""A small city made through the services: units, posts, seats and lines, for tests of what stands above them.

Kota Contoh Kecil has a secretary, a health office with two puskesmas, a personnel agency, and one kecamatan
with two kelurahan. Every unit but the city has a head and two more seats; everybody reports by default.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pamong.kernel.actor import Actor, Grant
from pamong.organisation import models, services
from pamong.organisation.services import NewUnit, SeatSpec

FROM = date(2017, 1, 1)
# code: name, kind, parent, OPD, post of the head, its kind, class
UNITS = {
    "kota": ("Kota Contoh Kecil", "government", "", False, "", "", 0),
    "setda": ("Sekretariat Daerah", "opd", "kota", True, "Sekretaris Daerah", "jpt_pratama", 15),
    "bkpsdm": ("BKPSDM", "opd", "setda", True, "Kepala BKPSDM", "jpt_pratama", 14),
    "dinkes": ("Dinas Kesehatan", "opd", "setda", True, "Kepala Dinas Kesehatan", "jpt_pratama", 14),
    "pkm_melati": ("Puskesmas Melati", "clinic", "dinkes", False, "Kepala Puskesmas Melati", "pengawas", 9),
    "pkm_mawar": ("Puskesmas Mawar", "clinic", "dinkes", False, "Kepala Puskesmas Mawar", "pengawas", 9),
    "kec_utara": ("Kecamatan Utara", "district", "setda", True, "Camat Utara", "administrator", 12),
    "kel_satu": ("Kelurahan Satu", "ward", "kec_utara", False, "Lurah Satu", "pengawas", 9),
    "kel_dua": ("Kelurahan Dua", "ward", "kec_utara", False, "Lurah Dua", "pengawas", 9),
}
STAFF = (("Pengadministrasi Umum", "pelaksana", 5), ("Pengelola Data", "pelaksana", 6))


@dataclass(frozen=True)
class SmallCity:
    """Ids by keys: seats by ``<unit>.head``, ``<unit>.staff`` and ``<unit>.data``."""

    units: dict[str, UUID]
    posts: dict[str, UUID]
    seats: dict[str, UUID]
    seat_ids: dict[str, int]
    unit_ids: dict[str, int]


def officer(on: date, user_id: int = 1, unit_path: str = "") -> Actor:
    """A personnel officer over the whole government, or over a unit."""
    return Actor(user_id, None, f"Petugas {user_id}", (Grant("personnel_officer", unit_path),), on)


def small_city(actor: Actor, at: datetime, on: date = FROM) -> SmallCity:
    """Make it, from a day on."""
    new = [
        NewUnit(code, {"name": name, "kind": kind, "parent": parent, "is_opd": is_opd})
        for code, (name, kind, parent, is_opd, *_) in UNITS.items()
    ]
    made = services.create_units(actor=actor, at=at, on=on, units=new)
    units = dict(zip(UNITS, made, strict=True))
    posts = _posts(actor, at)
    specs = {}
    for code, (*_, head, _kind, job_class) in UNITS.items():
        if head:
            specs[f"{code}.head"] = SeatSpec(units[code], posts[head], 1, job_class, is_head=True)
            for key, (name, _, staff_class) in zip(("staff", "data"), STAFF, strict=True):
                specs[f"{code}.{key}"] = SeatSpec(units[code], posts[name], 1, staff_class)
    uids = services.add_seats(actor=actor, at=at, on=on, specs=list(specs.values()))
    seats = dict(zip(specs, uids, strict=True))
    seat_ids = dict(models.Seat.objects.values_list("uid", "id"))
    unit_ids = dict(models.Unit.objects.values_list("code", "id"))
    return SmallCity(units, posts, seats, {key: seat_ids[uid] for key, uid in seats.items()}, unit_ids)


def _posts(actor: Actor, at: datetime) -> dict[str, UUID]:
    wanted = [(head, kind) for *_, head, kind, _ in UNITS.values() if head]
    wanted += [(name, kind) for name, kind, _ in STAFF]
    return {name: services.create_post(actor=actor, at=at, name=name, kind=kind) for name, kind in wanted}

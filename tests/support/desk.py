"""What lies on an officer's desk: an entry with evidence, an import that was tried, a reset, a draft, another
officer's proposal about a seat."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from pamong.access import queries as access
from pamong.access import requests
from pamong.access.choices import RequestKind
from pamong.access.services import create_user, grant_role
from pamong.attendance import services as attendance
from pamong.decisions import services as decisions
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.kernel.problem import Problem
from pamong.ledger.choices import Act, ErasureGround
from pamong.organisation import services as organisation
from pamong.organisation.choices import ActKind
from pamong.people import services
from pamong.people.choices import BatchKind, Outcome
from pamong.people.queries.batches import BatchOptions
from pamong.people.services import batches
from pamong.performance import services as performance
from tests.support.city import PERSONS, City, nip_of
from tests.support.corrections import open_correction, open_outage, open_sheet
from tests.support.due import due_about
from tests.support.filed import papers_on_desk
from tests.support.month import MONTH, MORNING, TODAY
from tests.support.presence import LATE

PDF = b"%PDF-1.4\n%uji\n"


def build_desk(city: City) -> dict[str, UUID]:
    """Ids by name: ``entry``, ``evidence``, ``batch``, ``reset``, ``grant``, a ``draft``, a ``sheet``."""
    operator = Actor.operator("uji", TODAY)
    employee = access.named_actor("employee", TODAY)
    person = city.persons["own"]
    evidence = services.add_evidence(
        actor=employee, at=MORNING, person=person, title="Kartu keluarga", name="kartu-keluarga.pdf", data=PDF
    )
    entered = services.enter(
        actor=employee, at=MORNING, person=person, subject="contact", act=Act.CHANGE, on=TODAY,
        values={"address": "Jl. Melati No. 12, Kota Uji", "phone": "0812 3456 7890"},
        reason="Pindah rumah", evidence=[evidence],
    )  # fmt: skip
    correction, photo = open_correction(city.ids["own"], "employee", LATE[0])
    batch, reset = _batch(operator, city), _reset(operator)
    grant = access.list_grants(actor=operator, username="unit_clerk")[0].uid
    made = {"evidence": evidence, "entry": entered.uid, "batch": batch, "reset": reset}
    made |= {"draft": _draft(city), "grant": grant, "proposal": _proposal(operator, city)}
    made |= {"correction": correction, "photo": photo}
    made |= _device(operator) | {"month_sheet": _sheet(), "shift": shift_of(operator, "dinkes")}
    made |= dict(zip(("sheet", "sheet_photo"), open_sheet(city.ids["mate"], "officer2"), strict=True))
    made |= papers_on_desk(city, "officer2", "personnel_officer")
    made["decision"] = _delegation(city)
    made["kgb_due"] = due_about(city.ids["own"])
    made["erasure"] = propose_erasure(nip_of(*PERSONS["own"][1:4]), "officer2")
    return made | dict(zip(("outage", "outage_photo"), open_outage("dinkes", "officer2"), strict=True))


def propose_erasure(nip: str, username: str) -> UUID:
    """An officer proposes that what opens somebody's data in the log is destroyed."""
    return services.propose_erasure(
        actor=access.named_actor(username, TODAY), at=MORNING, nip=nip, ground=ErasureGround.UNLAWFUL,
        reference="LHP 700/12/2026", reason="Diambil tanpa dasar hukum",
    )  # fmt: skip


def _delegation(city: City) -> UUID:
    """Another officer proposes that the clerk answers for the chief for some days; the chief signs it."""
    return decisions.propose_delegation(
        actor=access.named_actor("officer2", TODAY), at=MORNING, key=uuid7(MORNING),
        seat=city.seats["chief"], to_seat=city.seats["clerk"], what=["decisions.delegation"], first=TODAY,
        last=TODAY + timedelta(days=3),
    ).uid  # fmt: skip


def _device(operator: Actor) -> dict[str, UUID]:
    """A machine that has told nothing yet, and the group whose numbers it knows."""
    who: dict[str, Any] = {"actor": operator, "at": MORNING}
    since = date(2026, 1, 1)
    site = organisation.create_site(**who, code="gudang", name="Gudang", zone="Asia/Jakarta", on=since)
    group = attendance.register_group(**who, name="Gudang")
    device = attendance.register_device(**who, serial="GUDANG-1", group=group, site=site, on=since)
    return {"device": device, "machine_group": group}


def shift_of(operator: Actor, unit: str) -> UUID:
    """What a letter means on the rosters of a unit."""
    times = attendance.ShiftTimes("Pagi", time(7), time(14), 60, 120)
    return attendance.define_shift(
        actor=operator, at=MORNING, unit=unit, code="P", on=date(2024, 1, 1), times=times
    )


def _sheet() -> UUID:
    """A month's sheet that an officer has tried."""
    return performance.keep_trial(
        actor=access.named_actor("personnel_officer", TODAY), at=MORNING, month=MONTH, name="isian.csv",
        sha256="0" * 64, size=1, altering=False, problems=[],
        counts=dict.fromkeys(
            ("new", "changed", "confirmed", "same", "refused", "facts_new", "facts_changed", "altering",
             "problems"),
            0,
        ) | {"new": 40, "same": 3},
    )  # fmt: skip


def _draft(city: City) -> UUID:
    """An office goes into the secretariat; a puskesmas is called otherwise."""
    plan = {
        "steps": [
            {"step": "close", "old": ["disdik"], "into": "setda"},
            {"step": "rename", "old": ["pkm_melati"], "unit": {"name": "Puskesmas Melati Indah"}},
        ],
        "seats": [{"seat": str(city.seats["foreign"]), "unit": "setda"}],
    }
    officer = access.named_actor("personnel_officer", TODAY)
    return organisation.draft_reorganisation(
        actor=officer, at=MORNING, title="Penyederhanaan 2027", on=date(2027, 1, 4), plan=plan,
        order_no="Perwali 12/2026", order_on=date(2026, 11, 2),
    )  # fmt: skip


def _proposal(operator: Actor, city: City) -> UUID:
    """Another officer proposes another class of the free seat."""
    common: dict[str, Any] = {"actor": operator, "at": MORNING, "username": "officer2"}
    create_user(**common, display_name="Fitri Handayani", password=None)
    grant_role(**common, role="personnel_officer", start_on=date(2026, 1, 1))
    asked = organisation.Asked(
        ActKind.SEAT_CLASS, city.seats["free"], date(2027, 1, 4), {"job_class": 7, "note": ""}
    )
    wish: dict[str, Any] = {"actor": access.named_actor("officer2", TODAY), "at": MORNING, "asked": asked}
    summary = "Kelas jabatan Pengelola Data: 6 menjadi 7 mulai 4 Januari 2027."
    told = organisation.Told("Hasil evaluasi jabatan", "Kepwal 800/12/2026", date(2026, 11, 2), summary)
    key, seen = uuid7(MORNING), organisation.preview_act(**wish).mark
    organisation.propose_act(**wish, told=told, seen=seen, key=key)
    return key


def _batch(operator: Actor, city: City) -> UUID:
    uid = batches.open_batch(
        actor=operator, at=MORNING, kind=BatchKind.REGISTER, name="data-asn.csv", data=b"NIP BARU;NAMA\n",
        options=BatchOptions(date(2026, 11, 1)),
    )  # fmt: skip
    said = {"nip": "198502022026012001", "name": "SUPARMAN", "birth_date": "1985-02-02"}
    said["nik"] = "9901010202850001"
    rows = (
        batches.FoundRow(2, Outcome.NEW, "Lestari Ayu", "Dinas Kesehatan"),
        batches.FoundRow(3, Outcome.SAME, "Ketut Sariasih", "Puskesmas Melati", city.ids["mate"]),
        batches.FoundRow(
            4, Outcome.TWIN, "SUPARMAN", "Dinas Kesehatan", values={"row": said, "why": "nik"},
            twins=(city.ids["own"],),
        ),
        batches.FoundRow(5, Outcome.REFUSED, "Tanpa Tanggal", "Dinas Pendidikan"),
    )  # fmt: skip
    wrong = "31/02/1990"
    problem = Problem("birth", f"{wrong} bukan tanggal", "block", "", 5, "TANGGAL LAHIR", wrong)
    found = batches.Found(rows, (problem,), {5: "Dinas Pendidikan"}, {"identity": 1})
    batches.keep_check(actor=operator, at=MORNING, uid=uid, found=found)
    return uid


def _reset(operator: Actor) -> UUID:
    create_user(actor=operator, at=MORNING, username="operator2", display_name="Agnes Bulan", password=None)
    grant_role(
        actor=operator, at=MORNING, username="operator2", role="system_operator", start_on=date(2026, 1, 1)
    )
    asking = access.named_actor("operator2", TODAY)
    return requests.ask_reset(
        actor=asking, at=MORNING, username="unit_clerk", kind=RequestKind.PASSWORD, reason="Lupa kata sandi"
    )

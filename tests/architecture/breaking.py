"""For each table a row that may stand, made anew each time; for each CHECK what breaks it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from pamong.access import models as access
from pamong.attendance import models as attendance
from pamong.kernel.actor import Actor
from pamong.leave import models as leave
from pamong.ledger import models as ledger_models
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.organisation import models as org
from pamong.people import models as people
from tests.support.city import since

FROM = since(date(2020, 1, 1))
Values = dict[str, Any]
_NUMBERS = count(1)


def _basis() -> int:
    with transaction.atomic():
        return ledger.seal(
            actor=Actor.operator("uji", date(2026, 11, 10)), kind=SealKind.OPENING, ref=uuid4()
        )


def _user() -> access.User:
    return access.User.objects.create(username=f"karangan{next(_NUMBERS)}", display_name="Pegawai Karangan")


def _unit() -> org.Unit:
    return org.Unit.objects.create(code=f"karangan_{next(_NUMBERS)}")


def _seat() -> org.Seat:
    return org.Seat.objects.create()


def _post() -> org.Post:
    return org.Post.objects.create(name=f"Jabatan Karangan {next(_NUMBERS)}", kind="pelaksana")


def _person() -> people.Person:
    return people.Person.objects.create()


def _group() -> attendance.DeviceGroup:
    return attendance.DeviceGroup.objects.create(name=f"Kelompok {next(_NUMBERS)}")


def _device() -> attendance.Device:
    return attendance.Device.objects.create(serial=f"SERI-{next(_NUMBERS)}", group=_group())


def _file() -> attendance.PunchFile:
    return attendance.PunchFile.objects.create(
        device=_device(), name="attlog.dat", sha256="0" * 64, size=1, format="attlog", stored=0, known=0,
        quarantined=1, by_name="Pegawai Karangan",
    )  # fmt: skip


def _dated(**values: Any) -> Values:
    return {"period": FROM, "basis_id": _basis()} | values


def _of_person(**values: Any) -> Values:
    return _dated(person=_person(), **values)


def _entry() -> Values:
    return {
        "person": _person(), "subject": "contact", "act": "change", "reason": "Karangan",
        "entered_by": _user(), "entered_name": "Pegawai Karangan",
    }  # fmt: skip


def _batch() -> Values:
    return {"kind": "register", "name": "karangan.csv", "sha256": "0" * 64, "size": 1, "checked_by": "uji"}


def _paper(**values: Any) -> Values:
    return {"document": uuid4(), "entered_by": _user(), "entered_name": "Pegawai Karangan"} | values


def _letter(**values: Any) -> Values:
    return _paper(
        unit=_unit(), kind="DL", number="094/1", dated_on=date(2026, 11, 2), purpose="Rapat",
        period=since(date(2026, 11, 2), date(2026, 11, 4)), **values,
    )  # fmt: skip


def _muster(**values: Any) -> Values:
    return _paper(unit=_unit(), on=date(2026, 11, 2), name="Apel Senin", **values)


def _permit(**values: Any) -> Values:
    return _paper(
        person=_person(), kind="out", on=date(2026, 11, 2), starts="2026-11-02T01:00:00Z",
        ends="2026-11-02T02:00:00Z", zone="Asia/Makassar", **values,
    )  # fmt: skip


def _leave(**values: Any) -> Values:
    return _paper(
        person=_person(), kind="CT", part="whole", number="800/1", dated_on=date(2026, 11, 2),
        period=since(date(2026, 11, 2), date(2026, 11, 4)), **values,
    )  # fmt: skip


GOOD: dict[type, Callable[[], Values]] = {
    access.User: lambda: {"username": f"karangan{next(_NUMBERS)}", "display_name": "Pegawai Karangan"},
    access.Grant: lambda: _dated(user=_user(), role="inspector"),
    access.Request: lambda: {"user": _user(), "asked_by": _user(), "kind": "password", "reason": "Karangan"},
    ledger_models.Seal: lambda: {"kind": "opening", "ref": uuid4()},
    ledger_models.Intake: lambda: {"log": "uji", "kind": "uji.baris", "body": "{}"},
    org.Unit: lambda: {"code": f"karangan_{next(_NUMBERS)}"},
    org.SiteRow: lambda: _dated(site=org.Site.objects.create(code=f"l{next(_NUMBERS)}"), name="X", zone="Z"),
    org.UnitRow: lambda: _dated(unit=_unit(), name="Seksi Karangan", kind="section"),
    org.Lineage: lambda: {
        "reorganisation": org.Reorganisation.objects.create(**GOOD[org.Reorganisation]()), "step": "merge",
        "on": date(2026, 1, 1),
    },
    org.Reorganisation: lambda: {
        "title": "Penataan", "on": date(2027, 1, 1), "plan": {}, "drafted_by": "a"
    },
    org.Proposal: lambda: {
        "kind": "unit_close", "unit": _unit(), "on": date(2027, 1, 1), "reason": "Karangan",
        "proposed_by": _user(), "proposed_name": "Pegawai Karangan",
    },
    org.Post: lambda: {"name": f"Jabatan Karangan {next(_NUMBERS)}", "kind": "pelaksana"},
    org.SeatRow: lambda: _dated(seat=_seat(), unit=_unit(), post=_post(), job_class=5),
    org.Line: lambda: _dated(seat=_seat(), superior=_seat()),
    org.Workload: lambda: _dated(unit=_unit(), post=_post(), needed=2),
    people.Identity: lambda: _of_person(name="Karangan", sex="P", birth_date=date(1995, 2, 14)),
    people.Contact: lambda: _of_person(phone="1"),
    people.BankAccount: lambda: _of_person(bank="Bank Uji", number="12345", holder="Karangan"),
    people.Employment: lambda: _of_person(kind="TKPK", standing="Aktif"),
    people.Rank: lambda: _of_person(golongan="III/a"),
    people.SalaryStep: lambda: _of_person(mkg_years=3),
    people.Appointment: lambda: _served(kind="regular", seat=_seat()),
    people.Education: lambda: _of_person(level="S-1", item=uuid4()),
    people.Relative: lambda: _of_person(relation="child", name="Anak Karangan", item=uuid4()),
    people.Entry: _entry,
    people.Batch: _batch,
    people.BatchRow: lambda: {
        "batch": people.Batch.objects.create(**_batch()), "line": 2, "outcome": "new",
    },
    people.Check: lambda: {
        "person": _person(), "subject": uuid4(), "outcome": "verified", "how": "Asli dilihat", "by": _user(),
        "by_name": "Pegawai Karangan",
    },
    attendance.DeviceGroup: lambda: {"name": f"Kelompok {next(_NUMBERS)}"},
    attendance.Device: lambda: {"serial": f"SERI-{next(_NUMBERS)}", "group": _group()},
    attendance.DeviceRow: lambda: _dated(
        device=_device(), site=org.Site.objects.create(code=f"l{next(_NUMBERS)}")
    ),
    attendance.Pin: lambda: _dated(group=_group(), pin="1001", person=_person()),
    attendance.Watermark: lambda: {
        "device": _device(), "since": "2026-11-02T00:00:00Z", "at": "2026-11-03T00:00:00Z",
    },
    attendance.UnitWeek: lambda: _dated(unit=_unit(), week="5"),
    attendance.DayExcuse: lambda: _of_person(source="leave", source_uid=uuid4(), kind="CT"),
    attendance.Quarantined: lambda: {
        "file": _file(), "line": 2, "fault": "future", "raw": "x", "message": "jam mesin mendahului",
    },
    attendance.DutyLetter: _letter,
    attendance.DutyMember: lambda: {
        "letter": attendance.DutyLetter.objects.create(**_letter()), "person": _person(),
    },
    attendance.Permit: _permit,
    attendance.Muster: _muster,
    attendance.MusterMissing: lambda: {
        "muster": attendance.Muster.objects.create(**_muster()), "person": _person(),
    },
    leave.LeaveEntry: _leave,
    leave.LeaveList: _paper,
    people.QualityAccept: lambda: {
        "rule": "nip", "subject": uuid4(), "mark": "0", "accepted": True, "reason": "Benar demikian",
        "by": _user(), "by_name": "Pegawai Karangan",
    },
}  # fmt: skip


def _served(**values: Any) -> Values:
    """Of somebody who is in service since before."""
    row = _of_person(**values)
    people.Employment.objects.create(
        person=row["person"], period=since(date(2010, 1, 1)), basis_id=row["basis_id"], kind="TKPK",
        standing="Aktif",
    )  # fmt: skip
    return row


def _twice(name: str) -> Callable[[Values], Values]:
    """The same thing in two fields that must differ."""
    return lambda row: {name: next(row[key] for key in ("user", "unit", "seat", "person") if key in row)}


# What breaks a CHECK: other values, or what makes them of the row that may stand.
CHECKS: dict[str, Values | Callable[[Values], Values]] = {
    "user_username_lower": {"username": "Karangan"},
    "user_username_signs": {"username": "a/b"},
    "grant_role": {"role": "raja"},
    "grant_unit_path": {"unit_path": "Dinas Kesehatan!"},
    "request_kind": {"kind": "role", "role": "raja"},
    "request_state": lambda row: {"state": "melayang", "decided_by": _user()},
    "request_unit_path": {"kind": "role", "role": "inspector", "unit_path": "Dinas Kesehatan!"},
    "request_two_people": lambda row: {"state": "done", "decided_by": row["asked_by"]},
    "request_not_oneself": _twice("asked_by"),
    "seal_kind": {"kind": "hadiah"},
    "intake_kind_form": {"kind": "Bukan Nama"},
    "unit_code": {"code": "Dinas Kesehatan"},
    "unit_kind": {"kind": "kerajaan"},
    "unit_not_own_parent": _twice("parent"),
    "lineage_step": {"step": "sulap"},
    "reorganisation_state": {"state": "melayang"},
    "reorganisation_two_people": lambda row: {
        "state": "scheduled", "basis_id": _basis(), "adopted_by": row["drafted_by"]
    },
    "proposal_kind": {"kind": "sulap"},
    "proposal_state": {"state": "melayang"},
    "proposal_reason": {"reason": ""},
    "proposal_two_people": lambda row: {
        "state": "applied", "basis_id": _basis(), "decided_by": row["proposed_by"]
    },
    "proposal_applied": lambda row: {"state": "applied", "decided_by": _user()},
    "post_kind": {"kind": "titipan"},
    "seat_class": {"job_class": 18},
    "line_not_oneself": _twice("superior"),
    "identity_sex": {"sex": "X"},
    "identity_nik": {"nik": "1"},
    "identity_name": {"name": ""},
    "bankaccount_number": {"number": "1-2"},
    "employment_kind": {"kind": "titipan"},
    "employment_end_reason": {"period": since(date(2020, 1, 1), date(2021, 1, 1)), "end_reason": "bosan"},
    "employment_nip": {"kind": "PNS", "nip": "123"},
    "employment_ended": {"end_reason": "retired"},
    "rank_golongan": {"golongan": "V/a"},
    "salarystep_mkg": {"mkg_months": 12},
    "appointment_kind": {"kind": "titipan", "stint": 1},
    "appointment_acting_ends": {"kind": "plt", "stint": 1},
    "appointment_regular_stint": {"stint": 1},
    "relative_relation": {"relation": "teman"},
    "relative_not_oneself": _twice("relative"),
    "entry_state": {"state": "melayang"},
    "entry_act": {"act": "sulap"},
    "entry_two_people": lambda row: {
        "state": "applied", "basis_id": _basis(), "decided_by": row["entered_by"]
    },
    "entry_applied": lambda row: {"state": "applied", "decided_by": _user()},
    "batch_kind": {"kind": "gambar"},
    "batch_state": {"state": "melayang"},
    "batchrow_outcome": {"outcome": "sulap"},
    "batchrow_decision": {"decision": "sulap"},
    "check_outcome": {"outcome": "mungkin"},
    "qualityaccept_reason": {"reason": ""},
    "devicegroup_named": {"name": ""},
    "device_serial": {"serial": ""},
    "pin_form": {"pin": "12 34"},
    "quarantine_fault": {"fault": "sulap"},
    "unitweek_week": {"week": "7"},
    "dayexcuse_kind": {"kind": "LAIN"},
    "dayexcuse_source": {"source": "whim"},
    "dayexcuse_part": {"part": "span", "starts": "2026-11-02T00:00:00Z"},
    "dutyletter_kind": {"kind": "CT"},
    "dutyletter_days": {"period": since(date(2026, 11, 2))},
    "dutyletter_hours": {"starts": "2026-11-02T01:00:00Z"},
    "dutyletter_told": {"number": ""},
    "permit_kind": {"kind": "lain"},
    "permit_hours": {"ends": "2026-11-02T01:00:00Z"},
    "muster_named": {"name": ""},
    "leaveentry_kind": {"kind": "DL"},
    "leaveentry_part": {"part": "span"},
    "leaveentry_days": {"period": since(date(2026, 11, 2))},
    "leaveentry_numbered": {"number": ""},
    "watermark_order": {"since": "2026-11-04T00:00:00Z"},
}  # fmt: skip
# The same in every dated table, by what its name ends with.
EVERYWHERE: dict[str, Values | Callable[[Values], Values]] = {
    "_period": {"period": DateRange(empty=True)},
    "_act": {"act": "sulap"},
    "_superseded": lambda row: {"superseded_basis_id": row["basis_id"]},
    "_state": {"state": "melayang"},
    "_two_people": lambda row: {"state": "verified", "basis_id": _basis(), "decided_by": row["entered_by"]},
    "_rests": lambda row: {"state": "verified", "decided_by": _user()},
    "_reason": {"act": "change"},
}
_PAPERS = {
    "dutyletter": _letter, "permit": _permit, "muster": _muster, "leaveentry": _leave, "leavelist": _paper,
}  # fmt: skip


def _of_one_document(row: Values) -> tuple[Values, Values]:
    """Another act on the same document, about the same."""
    return {}, row | {"entered_by": _user()}


def _both_hold(row: Values) -> tuple[Values, Values]:
    return {"state": "verified", "decided_by": _user(), "basis_id": _basis()}, row | {"entered_by": _user()}


# Where two rows of the same values break nothing: what the second one has to share with the first.
SHARED: dict[str, Callable[[Values], tuple[Values, Values]]] = {
    "identity_nik_once": lambda row: ({"nik": "9901015402950001"}, GOOD[people.Identity]()),
    "employment_nip_once": lambda row: (
        {"kind": "PNS", "nip": "199502142020012001"}, GOOD[people.Employment]()
    ),
    "appointment_one_holder": lambda row: ({"seat": row["seat"]}, GOOD[people.Appointment]()),
    "appointment_one_acting": lambda row: (
        {"seat": row["seat"], "kind": "plt", "stint": 1, "period": since(date(2026, 1, 1), date(2026, 3, 1))},
        GOOD[people.Appointment](),
    ),
    "appointment_one_seat": lambda row: ({"person": row["person"]}, row | {"seat": _seat()}),
    "seat_one_head": lambda row: ({"unit": row["unit"], "is_head": True}, GOOD[org.SeatRow]()),
    "request_person_once": lambda row: (
        {"kind": "link", "person": _person().uid}, GOOD[access.Request]()
    ),
    "dutyletter_number_once": lambda row: ({"unit": row["unit"]}, _letter()),
    "permit_no_overlap": lambda row: ({"person": row["person"]}, _permit()),
    "muster_once": lambda row: ({"unit": row["unit"]}, _muster()),
    "leaveentry_no_overlap": lambda row: ({"person": row["person"]}, _leave()),
    **{f"{name}_one_waits": _of_one_document for name in _PAPERS},
    **{f"{name}_one_holds": _both_hold for name in _PAPERS},
    "user_email_once": lambda row: ({"email": "Sama@surat.example"}, GOOD[access.User]()),
}  # fmt: skip

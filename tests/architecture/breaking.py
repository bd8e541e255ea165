"""For each table a row that may stand, made anew each time; for each CHECK what breaks it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from itertools import count
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Model

from pamong.access import models as access
from pamong.attendance import models as attendance
from pamong.kernel.actor import Actor
from pamong.leave import models as leave
from pamong.ledger import models as ledger_models
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.organisation import models as org
from pamong.pay import models as pay
from pamong.people import models as people
from pamong.performance import models as performance
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


def _shift() -> attendance.ShiftKind:
    return attendance.ShiftKind.objects.create(unit=_unit(), code="P")


def _sheet() -> Values:
    return {
        "unit": _unit(), "month": date(2026, 11, 1), "name": "jadwal.xlsx", "sha256": "0" * 64, "size": 1,
        "days": 1, "by_name": "Pegawai Karangan",
    }  # fmt: skip


def _swap() -> Values:
    return {
        "asker": _person(), "asker_on": date(2026, 11, 2), "other": _person(),
        "other_on": date(2026, 11, 3), "reason": "mengantar anak", "by_name": "Pegawai Karangan",
    }  # fmt: skip


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


def _correction() -> Values:
    return {
        "person": _person(), "on": date(2026, 11, 2), "zone": "Asia/Jakarta", "came": "07:20",
        "reason": "Mesin tidak membaca sidik jari", "asked_by": _user(),
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
    attendance.ShiftKind: lambda: {"unit": _unit(), "code": "P"},
    attendance.ShiftKindRow: lambda: _dated(
        kind=_shift(), name="Pagi", starts=time(7), ends=time(14), opens_before=60, closes_after=120
    ),
    attendance.RosterSheet: _sheet,
    attendance.Swap: _swap,
    attendance.SwapStep: lambda: {
        "swap": attendance.Swap.objects.create(**_swap()), "step": "agreed", "person": _person(),
        "by_name": "Pegawai Karangan",
    },
    attendance.RosterDay: lambda: _dated(
        person=_person(), unit=_unit(), first=_shift(), late=False,
        sheet=attendance.RosterSheet.objects.create(**_sheet()),
    ),
    attendance.DayExcuse: lambda: _of_person(source="leave", source_uid=uuid4(), kind="CT"),
    attendance.Quarantined: lambda: {
        "file": _file(), "line": 2, "fault": "future", "raw": "x", "message": "jam mesin mendahului",
    },
    performance.PerformanceMonth: lambda: {
        "person": _person(), "month": date(2026, 10, 1), "source": "import", "state": "verified",
        "entered_name": "Pegawai Karangan", "basis_id": _basis(),
    },
    performance.MonthFile: lambda: {
        "month": date(2026, 10, 1), "name": "isian.csv", "sha256": "0" * 64, "size": 1, "state": "checked",
        "brought_by": _user(), "brought_name": "Pegawai Karangan",
    },
    pay.PayList: lambda: _list(),  # noqa: PLW0108 - it stands below
    pay.PayItem: lambda: _item(),  # noqa: PLW0108
    pay.ListStep: lambda: {
        "list": pay.PayList.objects.create(**_list()), "kind": "opened", "by_name": "uji",
        "basis_id": _basis(),
    },
    pay.PayFile: lambda: {
        "list": pay.PayList.objects.create(**_list()), "kind": "bank", "template": "bank", "name": "bank.csv",
        "sha256": "0" * 64, "size": 1, "people": 1, "total": 1, "made_by": "uji",
    },
    pay.Budget: lambda: {
        "opd": _unit(), "year": 2026, "amount": 1, "document": "DPA", "proposed_by": _user(),
        "proposed_name": "uji",
    },
    pay.Difference: lambda: _difference(),  # noqa: PLW0108
    pay.DifferenceLine: lambda: {
        "difference": _posted(), "number": 2, "cause": "post", "gross": 0, "tax": 0, "health": 0, "net": 0,
    },
    pay.DifferencePart: lambda: _part(),  # noqa: PLW0108
    pay.Overpayment: lambda: _overpayment(),  # noqa: PLW0108
    pay.InstalmentPlan: lambda: _plan(),  # noqa: PLW0108
    pay.Instalment: lambda: {
        "plan": pay.InstalmentPlan(**_plan()), "number": 1, "due_on": date(2026, 12, 1), "amount": 5,
    },
    pay.PlanDecision: lambda: {
        "plan": store(pay.InstalmentPlan, _plan()), "agreed": True, "decided_by": _user(),
        "decided_name": "uji", "basis_id": _basis(),
    },
    pay.Deposit: lambda: {
        "overpayment": pay.Overpayment.objects.create(**_overpayment()),
        "sts_number": f"STS/{next(_NUMBERS)}", "paid_on": date(2026, 11, 10), "amount": 1,
        "recorded_by": _user(), "recorded_name": "uji", "basis_id": _basis(),
    },
    attendance.Attachment: lambda: {
        "name": "foto.jpg", "sha256": "0" * 64, "size": 1, "media_type": "image/jpeg", "by": _user(),
        "by_name": "Pegawai Karangan",
    },
    attendance.Correction: _correction,
    attendance.CorrectionStep: lambda: {
        "correction": attendance.Correction.objects.create(**_correction()), "number": 1, "step": "asked",
        "by": _user(), "due_on": date(2026, 11, 13),
    },
    attendance.Outage: lambda: {
        "site": org.Site.objects.create(code=f"l{next(_NUMBERS)}"), "zone": "Asia/Jakarta",
        "starts": "2026-11-02T00:00:00Z", "origin": "declared", "reason": "Listrik padam",
        "asked_by": _user(),
    },
    attendance.OutageStep: lambda: {
        "outage": attendance.Outage.objects.create(**GOOD[attendance.Outage]()), "step": "declared",
    },
    attendance.Sheet: lambda: {
        "on": date(2026, 11, 2), "zone": "Asia/Jakarta", "reason": "Mesin rusak", "entered_by": _user(),
        "entered_name": "Pegawai Karangan", "content": f"{next(_NUMBERS):064}",
        "attachment": attendance.Attachment.objects.create(**GOOD[attendance.Attachment]()),
    },
    attendance.SheetRow: lambda: {
        "sheet": attendance.Sheet.objects.create(**GOOD[attendance.Sheet]()), "person": _person(),
        "came": "07:20",
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


def _list(**values: Any) -> Values:
    """Arrears, which rest on no run; nobody has signed them."""
    number = next(_NUMBERS)
    return {
        "reference": f"TPP-{number}", "month": date(2026, 10, 1), "opd": _unit(),
        "opd_name": f"Dinas {number}", "kind": "arrears", "number": 1, "basis_id": _basis(),
    } | values  # fmt: skip


def _item(**values: Any) -> Values:
    return {
        "list": pay.PayList.objects.create(**_list()), "person": _person(), "nip": "1", "name": "Karangan",
        "service_month": date(2026, 9, 1), "slip": _slip(), "gross": 5, "tax": 0, "health": 0, "net": 5,
    } | values  # fmt: skip


def _slip() -> pay.Slip:
    """Of a person who has no amount yet."""
    return pay.Slip.objects.create(
        uid=uuid4(), run=_run("staging"), number=1, nip="1", name="Karangan", kind="PNS", golongan="III/a",
        post_name="Analis", unit_name="Bidang", opd_name="Dinas", pay_group="TPP", state="held",
        reason="Kelas jabatan belum diisi.",
    )  # fmt: skip


def _difference(**values: Any) -> Values:
    """Of a base payment, with everything but its lines, which come along."""
    base = pay.PayItem.objects.create(**_item())
    return {
        "base": base, "person": base.person, "service_month": base.service_month, "sequence": 1, "gross": -5,
        "tax": 0, "health": 0, "net": -5, "fingerprint": "0", "facts": "{}", "posted_by": "uji",
        "basis_id": _basis(),
    } | values  # fmt: skip


def _posted(**values: Any) -> pay.Difference:
    return store(pay.Difference, _difference(**values))


def _part() -> Values:
    """A difference set against the next one of the same month, which says the opposite."""
    first = _posted()
    both = {"base": first.base, "person": first.person, "sequence": 2, "gross": 5, "net": 5}
    second = _posted(**both)
    return {"difference": first, "against": second, "gross": -5, "tax": 0, "health": 0, "net": -5}


def _overpayment() -> Values:
    return {
        "difference": _posted(), "amount": 5, "reason": "left", "opened_by": "uji", "basis_id": _basis(),
    }  # fmt: skip


def _plan() -> Values:
    return {
        "overpayment": pay.Overpayment.objects.create(**_overpayment()), "amount": 5, "document": "SPTJM/1",
        "proposed_by": _user(), "proposed_name": "uji",
    }  # fmt: skip


def _line_of(row: pay.Difference) -> None:
    amounts = {name: getattr(row, name) for name in ("gross", "tax", "health", "net")}
    pay.DifferenceLine.objects.create(difference=row, number=1, cause="law", **amounts)


def _instalment_of(row: pay.InstalmentPlan) -> None:
    pay.Instalment.objects.create(plan=row, number=1, due_on=date(2026, 12, 1), amount=row.amount)


# What a row may not stand without: written in the same transaction.
ALONG: dict[type[Any], Callable[[Any], None]] = {
    pay.Difference: _line_of, pay.InstalmentPlan: _instalment_of,
}  # fmt: skip


@transaction.atomic
def store(model: Any, values: Values) -> Any:
    """Store a row: first what it refers to that is not stored yet, then what it may not stand without."""
    for value in values.values():
        if isinstance(value, Model) and value._state.adding:
            value.save(force_insert=True)
    row = model.objects.create(**values)
    ALONG.get(model, lambda _: None)(row)
    return row


def _run(state: str = "waiting") -> pay.Run:
    """One of a month."""
    return pay.Run.objects.create(
        uid=uuid4(), month=date(2026, 10, 1), profile="contoh", mode="demo", fingerprint="0", state=state,
        started_by="uji", inputs_hash=uuid4().hex, basis_id=_basis(),
    )  # fmt: skip


def _on_its_way(state: str, **values: Any) -> Values:
    """A list that is as far as ``state``, with all that belongs to it."""
    entered, signed, checked = _user(), _user(), _user()
    spm = {"spp_number": "SPP", "spm_number": f"SPM {next(_NUMBERS)}", "spm_on": FROM.lower, "spm_amount": 0}
    sp2d = {"sp2d_number": f"SP2D {next(_NUMBERS)}", "sp2d_on": FROM.lower, "sp2d_amount": 0}
    parts = [("checked", {"checked_by": checked}), ("submitted", spm), ("paid", sp2d)]
    made: Values = {"state": state, "items_hash": "0", "entered_by": entered, "signed_by": signed}
    order = ["verified", "checked", "submitted", "paid"]
    for name, part in parts:
        if order.index(name) <= order.index(state):
            made |= part
    return made | values


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
    "pay_list_kind": {"kind": "hadiah", "number": 1},
    "pay_list_state": {"state": "melayang"},
    "pay_list_month_is_first_day": {"month": date(2026, 10, 2)},
    "pay_list_number_from_one": {"number": 0},
    "pay_list_run": {"kind": "main"},
    "pay_list_totals_add_up": {"net": 1},
    "pay_list_signed_is_frozen": {"items_hash": "0"},
    "pay_list_two_people": lambda row: _on_its_way("verified", signed_by=None),
    "pay_list_three_people": lambda row: _on_its_way("checked", checked_by=None),
    "pay_list_submitted_to_the_rupiah": lambda row: _on_its_way("submitted", spm_amount=1),
    "pay_list_paid_to_the_rupiah": lambda row: _on_its_way("paid", sp2d_amount=1),
    "pay_item_component": {"component": "gaji"},
    "pay_item_state": {"state": "melayang"},
    "pay_item_payee": {"payee": "tetangga"},
    "pay_item_month_is_first_day": {"service_month": date(2026, 9, 2)},
    "pay_item_adds_up": {"net": 6},
    "pay_item_base_has_slip": {"slip": None},
    "pay_item_held_has_reason": {"state": "held"},
    "list_step_kind": {"kind": "sulap"},
    "list_step_reason": {"kind": "reopened"},
    "pay_file_kind": {"kind": "teman"},
    "budget_state": lambda row: {"state": "melayang", "decided_by": _user()},
    "budget_amount": {"amount": -1},
    "budget_document": {"document": ""},
    "budget_two_people": lambda row: {
        "state": "agreed", "basis_id": _basis(), "decided_by": row["proposed_by"]
    },
    "budget_agreed_has_basis": lambda row: {"state": "agreed", "decided_by": _user()},
    "difference_component": {"component": "gaji"},
    "difference_month_is_first_day": {"service_month": date(2026, 9, 2)},
    "difference_follows_the_base": {"sequence": 0},
    "difference_is_not_nothing": {"gross": 0, "net": 0},
    "difference_adds_up": {"net": -6},
    "difference_line_cause": {"cause": "gosip"},
    "difference_line_adds_up": {"net": 1},
    "difference_part_has_one_place": {"against": None},
    "difference_part_adds_up": {"tax": 1},
    "overpayment_reason": {"reason": "bosan"},
    "instalment_plan_amount": {"amount": 0},
    "instalment_plan_document": {"document": ""},
    "instalment_amount": {"amount": 0},
    "plan_refused_with_reason": {"agreed": False},
    "deposit_has_sts": {"sts_number": ""},
    "deposit_reversal_has_reason": {"amount": 0},
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
    "performancemonth_first_day": {"month": date(2026, 10, 2)},
    "performancemonth_numbered": {"version": 0},
    "performancemonth_minutes": {"minutes": 44_641},
    "performancemonth_behaviour": {"behaviour": 101},
    "performancemonth_score": {"productivity_score": -1},
    "performancemonth_musters": {"musters_missed": 1000},
    "performancemonth_hours": {"hours_left": -1},
    "performancemonth_state": {"state": "melayang"},
    "performancemonth_source": {"source": "employee"},
    "monthfile_first_day": {"month": date(2026, 10, 2)},
    "monthfile_state": {"state": "melayang"},
    "monthfile_stored": {"state": "stored"},
    "monthfile_two_people": lambda row: {
        "state": "stored", "altering": True, "basis_id": _basis(), "decided_by": row["brought_by"]
    },
    "shiftkind_code": {"code": "L"},
    "shiftkind_named": {"name": ""},
    "shiftkind_window": {"opens_before": 241},
    "shiftkind_pause": {"pause_start": time(10)},
    "shiftkind_pairing": {"pairing": "sulap"},
    "rostersheet_month": {"month": date(2026, 11, 2)},
    "swap_two": lambda row: {"other": row["asker"]},
    "swap_reason": {"reason": ""},
    "swapstep_step": {"step": "sulap"},
    "rosterday_shifts": lambda row: {"second": row["first"]},
    "rosterday_source": {"sheet": None},
    "attachment_size": {"size": 0},
    "correction_state": {"state": "melayang"},
    "correction_reason": {"reason": ""},
    "correction_claim": {"kind": "CT", "part": "whole", "came": None},
    "correction_left_next": {"left_next": True},
    "correction_two_people": lambda row: {"state": "refused", "decided_by": row["asked_by"]},
    "correction_agreed": lambda row: {"state": "agreed", "decided_by": _user()},
    "correctionstep_step": lambda row: {"step": "sulap", "due_on": None},
    "correctionstep_by": {"by": None},
    "correctionstep_due": {"due_on": None},
    "correctionstep_why": {"step": "refused", "due_on": None},
    "outage_state": {"state": "melayang"},
    "outage_origin": {"origin": "noticed"},
    "outage_reason": {"reason": ""},
    "outage_order": {"ends": "2026-11-01T00:00:00Z"},
    "outage_two_people": lambda row: {"state": "refused", "decided_by": row["asked_by"]},
    "outage_confirmed": lambda row: {"state": "confirmed", "decided_by": _user()},
    "outagestep_step": {"step": "sulap"},
    "sheet_state": {"state": "melayang"},
    "sheet_reason": {"reason": ""},
    "sheet_two_people": lambda row: {"state": "refused", "decided_by": row["entered_by"]},
    "sheet_stored": lambda row: {"state": "stored", "decided_by": _user()},
    "sheetrow_times": {"came": None},
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
    "pay_list_number": lambda row: ({"opd_name": row["opd_name"]}, _list()),
    "pay_list_one_main": lambda row: (
        {"opd": row["opd"], "kind": "main", "run": _run()}, _list()
    ),
    "budget_one_agreed": lambda row: (
        {"state": "agreed", "basis_id": _basis(), "decided_by": _user()}, row
    ),
    "pay_item_never_twice": lambda row: ({"person": row["person"]}, _item()),
    "difference_line_once_a_cause": lambda row: ({}, row | {"number": 3}),
    "instalment_one_a_day": lambda row: ({}, row | {"number": 2}),
    "swapstep_once": lambda row: ({"step": "consented"}, row),
    "swapstep_end": lambda row: ({}, row | {"step": "refused"}),
    "request_person_once": lambda row: (
        {"kind": "link", "person": _person().uid}, GOOD[access.Request]()
    ),
    "performancemonth_one_standing": lambda row: (
        {"person": row["person"], "month": row["month"]},
        GOOD[performance.PerformanceMonth]() | {"version": 2},
    ),
    "correctionstep_one_appeal": lambda row: (
        {"step": "appealed"}, row | {"number": 2}
    ),
    "dutyletter_number_once": lambda row: ({"unit": row["unit"]}, _letter()),
    "permit_no_overlap": lambda row: ({"person": row["person"]}, _permit()),
    "muster_once": lambda row: ({"unit": row["unit"]}, _muster()),
    "leaveentry_no_overlap": lambda row: ({"person": row["person"]}, _leave()),
    **{f"{name}_one_waits": _of_one_document for name in _PAPERS},
    **{f"{name}_one_holds": _both_hold for name in _PAPERS},
    "user_email_once": lambda row: ({"email": "Sama@surat.example"}, GOOD[access.User]()),
}  # fmt: skip

"""For each table a row that may stand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from uuid import uuid4

from pamong.access import models as access
from pamong.attendance import models as attendance
from pamong.career import models as career
from pamong.leave import models as leave
from pamong.ledger import models as ledger_models
from pamong.organisation import models as org
from pamong.pay import models as pay
from pamong.people import models as people
from pamong.performance import models as performance
from tests.architecture.breaking.decided import DECIDED
from tests.architecture.breaking.making import (
    NUMBERS,
    Values,
    new_basis,
    new_batch,
    new_dated,
    new_device,
    new_difference,
    new_entry,
    new_file,
    new_group,
    new_item,
    new_leave,
    new_letter,
    new_list,
    new_log,
    new_muster,
    new_of_person,
    new_overpayment,
    new_paper,
    new_part,
    new_permit,
    new_person,
    new_plan,
    new_post,
    new_posted,
    new_predicate,
    new_seat,
    new_served,
    new_sheet,
    new_shift,
    new_swap,
    new_unit,
    new_user,
    store,
)
from tests.architecture.breaking.raised import RAISED
from tests.architecture.breaking.selection import SELECTION
from tests.support.city import since

GOOD: dict[type, Callable[[], Values]] = {
    access.User: lambda: {"username": f"karangan{next(NUMBERS)}", "display_name": "Pegawai Karangan"},
    access.Grant: lambda: new_dated(user=new_user(), role="inspector"),
    access.Request: lambda: {
        "user": new_user(),
        "asked_by": new_user(),
        "kind": "password",
        "reason": "Karangan",
    },
    access.Mail: lambda: {"user": new_user(), "on": date(2026, 11, 10)},
    ledger_models.Seal: lambda: {"kind": "opening", "ref": uuid4()},
    # Far off, so that opening rows may still stand beside it.
    ledger_models.FirstDay: lambda: {"on": date(2400, 1, 1), "told_by": "uji"},
    ledger_models.Intake: lambda: {"log": "uji", "kind": "uji.baris", "body": "{}"},
    ledger_models.Row: lambda: {
        "relation": "uji",
        "row_id": "1",
        "act": "insert",
        "shape": 1,
        "content": "(1)",
    },
    ledger_models.Shape: lambda: {
        "relation": f"uji_{next(NUMBERS)}",
        "shape": 1,
        "columns": [["id", "bigint"]],
        "key": ["id"],
        "intake": ledger_models.Intake.objects.create(**GOOD[ledger_models.Intake]()),
    },
    ledger_models.PersonKey: lambda: {"subject": uuid4(), "wrapped": b"kunci"},
    ledger_models.Erasure: lambda: {
        "key_id": next(NUMBERS),
        "subject": uuid4(),
        "ground": "retention",
        "reference": "JRA 800",
        "intake": ledger_models.Intake.objects.create(**GOOD[ledger_models.Intake]()),
    },
    ledger_models.Checkpoint: lambda: {"log": new_log(), "size": 1, "note": "uji"},
    ledger_models.Cosignature: lambda: {
        "checkpoint": ledger_models.Checkpoint.objects.create(**GOOD[ledger_models.Checkpoint]()),
        "witness": "saksi.uji",
        "line": "uji",
        "signed_at": datetime(2026, 11, 10, tzinfo=UTC),
    },
    org.Unit: lambda: {"code": f"karangan_{next(NUMBERS)}"},
    org.SiteRow: lambda: new_dated(
        site=org.Site.objects.create(code=f"l{next(NUMBERS)}"), name="X", zone="Z"
    ),
    org.UnitRow: lambda: new_dated(unit=new_unit(), name="Seksi Karangan", kind="section"),
    org.Lineage: lambda: {
        "reorganisation": org.Reorganisation.objects.create(**GOOD[org.Reorganisation]()),
        "step": "merge",
        "on": date(2026, 1, 1),
    },
    org.Reorganisation: lambda: {"title": "Penataan", "on": date(2027, 1, 1), "plan": {}, "drafted_by": "a"},
    org.Proposal: lambda: {
        "kind": "unit_close",
        "unit": new_unit(),
        "on": date(2027, 1, 1),
        "reason": "Karangan",
        "proposed_by": new_user(),
        "proposed_name": "Pegawai Karangan",
    },
    org.Post: lambda: {"name": f"Jabatan Karangan {next(NUMBERS)}", "kind": "pelaksana"},
    org.SeatRow: lambda: new_dated(seat=new_seat(), unit=new_unit(), post=new_post(), job_class=5),
    org.Line: lambda: new_dated(seat=new_seat(), superior=new_seat()),
    org.Workload: lambda: new_dated(unit=new_unit(), post=new_post(), needed=2),
    people.Identity: lambda: new_of_person(name="Karangan", sex="P", birth_date=date(1995, 2, 14)),
    people.Contact: lambda: new_of_person(phone="1"),
    people.BankAccount: lambda: new_of_person(bank="Bank Uji", number="12345", holder="Karangan"),
    people.Employment: lambda: new_of_person(kind="TKPK", standing="Aktif"),
    people.Rank: lambda: new_of_person(golongan="III/a"),
    people.SalaryStep: lambda: new_of_person(mkg_years=3),
    people.Appointment: lambda: new_served(kind="regular", seat=new_seat()),
    people.Education: lambda: new_of_person(level="S-1", item=uuid4()),
    people.Relative: lambda: new_of_person(relation="child", name="Anak Karangan", item=uuid4()),
    people.Entry: new_entry,
    people.Batch: new_batch,
    people.BatchRow: lambda: {
        "batch": people.Batch.objects.create(**new_batch()),
        "line": 2,
        "outcome": "new",
    },
    people.Erasure: lambda: {
        "person": new_person(),
        "ground": "retention",
        "reference": "JRA 800",
        "reason": "Masa retensi habis",
        "proposed_by": new_user(),
        "proposed_name": "Petugas Karangan",
    },
    people.Check: lambda: {
        "person": new_person(),
        "subject": uuid4(),
        "outcome": "verified",
        "how": "Asli dilihat",
        "by": new_user(),
        "by_name": "Pegawai Karangan",
    },
    attendance.DeviceGroup: lambda: {"name": f"Kelompok {next(NUMBERS)}"},
    attendance.Device: lambda: {"serial": f"SERI-{next(NUMBERS)}", "group": new_group()},
    attendance.DeviceRow: lambda: new_dated(
        device=new_device(), site=org.Site.objects.create(code=f"l{next(NUMBERS)}")
    ),
    attendance.Pin: lambda: new_dated(group=new_group(), pin="1001", person=new_person()),
    attendance.Watermark: lambda: {
        "device": new_device(),
        "since": "2026-11-02T00:00:00Z",
        "at": "2026-11-03T00:00:00Z",
    },
    attendance.UnitWeek: lambda: new_dated(unit=new_unit(), week="5"),
    attendance.ShiftKind: lambda: {"unit": new_unit(), "code": "P"},
    attendance.ShiftKindRow: lambda: new_dated(
        kind=new_shift(), name="Pagi", starts=time(7), ends=time(14), opens_before=60, closes_after=120
    ),
    attendance.RosterSheet: new_sheet,
    attendance.Swap: new_swap,
    attendance.SwapStep: lambda: {
        "swap": attendance.Swap.objects.create(**new_swap()),
        "step": "agreed",
        "person": new_person(),
        "by_name": "Pegawai Karangan",
    },
    attendance.RosterDay: lambda: new_dated(
        person=new_person(),
        unit=new_unit(),
        first=new_shift(),
        late=False,
        sheet=attendance.RosterSheet.objects.create(**new_sheet()),
    ),
    attendance.DayExcuse: lambda: new_of_person(source="leave", source_uid=uuid4(), kind="CT"),
    attendance.Quarantined: lambda: {
        "file": new_file(),
        "line": 2,
        "fault": "future",
        "raw": "x",
        "message": "jam mesin mendahului",
    },
    performance.PerformanceMonth: lambda: {
        "person": new_person(),
        "month": date(2026, 10, 1),
        "source": "import",
        "state": "verified",
        "entered_name": "Pegawai Karangan",
        "basis_id": new_basis(),
    },
    performance.MonthFile: lambda: {
        "month": date(2026, 10, 1),
        "name": "isian.csv",
        "sha256": "0" * 64,
        "size": 1,
        "state": "checked",
        "brought_by": new_user(),
        "brought_name": "Pegawai Karangan",
    },
    pay.PayList: lambda: new_list(),  # noqa: PLW0108 - it stands below
    pay.PayItem: lambda: new_item(),  # noqa: PLW0108
    pay.ListStep: lambda: {
        "list": pay.PayList.objects.create(**new_list()),
        "kind": "opened",
        "by_name": "uji",
        "basis_id": new_basis(),
    },
    pay.PayFile: lambda: {
        "list": pay.PayList.objects.create(**new_list()),
        "kind": "bank",
        "template": "bank",
        "name": "bank.csv",
        "sha256": "0" * 64,
        "size": 1,
        "people": 1,
        "total": 1,
        "made_by": "uji",
    },
    pay.Budget: lambda: {
        "opd": new_unit(),
        "year": 2026,
        "amount": 1,
        "document": "DPA",
        "proposed_by": new_user(),
        "proposed_name": "uji",
    },
    pay.Difference: lambda: new_difference(),  # noqa: PLW0108
    pay.DifferenceLine: lambda: {
        "difference": new_posted(),
        "number": 2,
        "cause": "post",
        "gross": 0,
        "tax": 0,
        "health": 0,
        "net": 0,
    },
    pay.DifferencePart: lambda: new_part(),  # noqa: PLW0108
    pay.Overpayment: lambda: new_overpayment(),  # noqa: PLW0108
    pay.InstalmentPlan: lambda: new_plan(),  # noqa: PLW0108
    pay.Instalment: lambda: {
        "plan": pay.InstalmentPlan(**new_plan()),
        "number": 1,
        "due_on": date(2026, 12, 1),
        "amount": 5,
    },
    pay.PlanDecision: lambda: {
        "plan": store(pay.InstalmentPlan, new_plan()),
        "agreed": True,
        "decided_by": new_user(),
        "decided_name": "uji",
        "basis_id": new_basis(),
    },
    pay.Deposit: lambda: {
        "overpayment": pay.Overpayment.objects.create(**new_overpayment()),
        "sts_number": f"STS/{next(NUMBERS)}",
        "paid_on": date(2026, 11, 10),
        "amount": 1,
        "recorded_by": new_user(),
        "recorded_name": "uji",
        "basis_id": new_basis(),
    },
    attendance.Attachment: lambda: {
        "name": "foto.jpg",
        "sha256": "0" * 64,
        "size": 1,
        "media_type": "image/jpeg",
        "by": new_user(),
        "by_name": "Pegawai Karangan",
    },
    attendance.Correction: lambda: {"person": new_person(), "on": date(2026, 11, 2)},
    attendance.Outage: lambda: {
        "site": org.Site.objects.create(code=f"l{next(NUMBERS)}"),
        "zone": "Asia/Jakarta",
        "starts": "2026-11-02T00:00:00Z",
        "origin": "declared",
        "reason": "Listrik padam",
        "asked_by": new_user(),
    },
    attendance.OutageStep: lambda: {
        "outage": attendance.Outage.objects.create(**GOOD[attendance.Outage]()),
        "step": "declared",
    },
    attendance.Sheet: lambda: {
        "on": date(2026, 11, 2),
        "zone": "Asia/Jakarta",
        "reason": "Mesin rusak",
        "entered_by": new_user(),
        "entered_name": "Pegawai Karangan",
        "content": f"{next(NUMBERS):064}",
        "attachment": attendance.Attachment.objects.create(**GOOD[attendance.Attachment]()),
    },
    attendance.SheetRow: lambda: {
        "sheet": attendance.Sheet.objects.create(**GOOD[attendance.Sheet]()),
        "person": new_person(),
        "came": "07:20",
    },
    attendance.DutyLetter: new_letter,
    attendance.DutyMember: lambda: {
        "letter": attendance.DutyLetter.objects.create(**new_letter()),
        "person": new_person(),
    },
    attendance.Permit: new_permit,
    attendance.Muster: new_muster,
    attendance.MusterMissing: lambda: {
        "muster": attendance.Muster.objects.create(**new_muster()),
        "person": new_person(),
    },
    leave.LeaveEntry: new_leave,
    leave.LeaveList: new_paper,
    **SELECTION,
    **DECIDED,
    **RAISED,
    leave.LeaveOpening: lambda: new_of_person(left="12", period=since(date(2025, 1, 1), date(2026, 1, 1))),
    leave.LeaveKept: lambda: {
        "person": new_person(),
        "on": date(2026, 11, 16),
        "punches": 2,
        "reason": "Mengambil berkas yang tertinggal",
        "kept_by": new_user(),
        "kept_name": "Petugas Cuti",
    },
    leave.LeaveDeferral: lambda: {
        "person": new_person(),
        "on": date(2026, 11, 16),
        "days": "3",
        "decision": uuid4(),
        "basis_id": new_basis(),
    },
    performance.Predicate: new_predicate,
    career.KgbDelay: lambda: new_of_person(
        period=since(date(2026, 3, 1), date(2027, 3, 1)),
        ground="performance",
        due_on=date(2026, 3, 1),
        order_no="822/1",
        order_on=date(2026, 1, 5),
        reason="Predikat kinerja kurang",
    ),
    career.KgbDue: lambda: {
        "person": new_person(),
        "due_on": date(2027, 1, 1),
        "effective_on": date(2027, 1, 1),
        "kind": "PNS",
        "golongan": "III/a",
        "mkg_years": 4,
        "mkg_months": 0,
        "since": date(2025, 1, 1),
        "row": 6,
        "effect": "allow",
        "conditions": [],
        "inputs_hash": "0" * 64,
    },
    people.QualityAccept: lambda: {
        "rule": "nip",
        "subject": uuid4(),
        "mark": "0",
        "accepted": True,
        "reason": "Benar demikian",
        "by": new_user(),
        "by_name": "Pegawai Karangan",
    },
}

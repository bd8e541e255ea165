"""Who may do what to whom: every route that takes an object × each role × five kinds of objects.

The kinds, seen from who asks: O is himself (his own), B somebody below him, A his superior, F somebody of
another office, E somebody who is gone: retired, died, or (of units and seats) closed. W stands in place of
all five where an object is about the whole government. What a line does not name is refused.

The columns are the roles of access, then ``office``: a personnel officer of one office alone, and ``gone``:
a personnel officer who left service yesterday and whose role nobody ended. All sit in the same office.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pamong.decisions.services.common import seen_mark
from tests.web.matrix.bodies import (
    CONTACT,
    END,
    LATER,
    LEAVE,
    RANK,
    SAID_AGREE,
    SAID_ENTRY,
    SENT,
    TIMES,
    WHY,
    line_of,
    link_of,
    moved_by,
    needs_of,
    owner_of,
    paid_list,
    paper_try,
    proposes,
    seats_of,
    unit_below,
    unit_form,
)
from tests.web.matrix.laws import (
    ACCEPT,
    ACCOUNT,
    AGREE,
    ANSWER,
    APPOINT,
    BUDGET,
    CHANGE,
    CONFIRM,
    CORRECTION,
    DECIDE,
    DEPOSIT,
    DUTY,
    DUTY_FILE,
    END_ROLE,
    ENTER_DUTY,
    ENTRY,
    ERASURE,
    EXPORT_RUN,
    FILE,
    FILL,
    FINDING,
    INSPECT,
    LIST,
    LISTED,
    LISTS,
    MUSTER,
    MUSTERED,
    NOBODY,
    NOTE,
    OFFICER,
    OPERATE,
    OUTAGE,
    OWED,
    OWED_PLAN,
    OWED_WORD,
    PAPER,
    POOL,
    PREPARE,
    PRIVATE,
    PROPOSE,
    PROPOSE_SK,
    PROPOSED,
    RAISE,
    RAISE_ACT,
    READ_RUN,
    RECALL,
    REVERSE,
    ROSTERED,
    ROSTERS,
    SEAT,
    SEAT_ACT,
    SHEET,
    SLIP,
    SUBMIT,
    UNIT,
    VACANCY,
    WATCH,
    WITHDRAW,
    Law,
)
from tests.web.matrix.trying import Try, acts, reads, sends, writes

OBJECTS: dict[str, tuple[Try, ...]] = {
    "presence:person": (reads(FILE, "person"),),
    "orders:print": (reads(FILE, "order"),),
    "orders:annul": acts(DECIDE, "order", sends(alasan="Ditetapkan atas data yang keliru")),
    # An outage belongs to a site and tells of nobody: who may report there sees it, another confirms it.
    "presence:outage": (
        reads(OUTAGE, "outage"),
        writes(CONFIRM, "outage", sends(langkah="tolak", alasan=WHY)),
    ),
    "presence:sheet": (reads(SHEET, "sheet"), writes(AGREE, "sheet", sends(langkah="setuju"))),
    "presence:sheet_file": (reads(SHEET, "sheet_file"),),
    "presence:roster_person": acts(ROSTERED, "person", sends(h28="L", w28="")),
    "presence:shift": acts(ROSTERS, "shift", sends(**TIMES, langkah="simpan")),
    "presence:shift_end": acts(ROSTERS, "shift", sends(on="2027-01-04", langkah="simpan")),
    "presence:device": (reads(OFFICER, "device"),),
    # Nothing is chosen: told so. What a file brings is the matter of tests/web/presence/test_machines.py.
    "presence:device_file": acts(OFFICER, "device", sends(), changes=False),
    "presence:device_aside": (reads(OFFICER, "device"),),
    "presence:device_aside_file": (reads(OFFICER, "device", slow=True),),
    "presence:device_move": acts(OFFICER, "device", moved_by),
    "presence:device_end": acts(OFFICER, "device", sends(on="01-11-2026")),
    "presence:group": (reads(OFFICER, "machine_group"),),
    "presence:pin_owner": acts(OFFICER, "machine_group", owner_of),
    "presence:pin_end": acts(OFFICER, "machine_group", sends(on="01-11-2026"), "7", changes=False),
    "presence:numbers": acts(OFFICER, "machine_group", sends(), changes=False),  # no file is chosen
    "presence:outage_file": (reads(OUTAGE, "outage_file"),),
    "presence:correction": (reads(CORRECTION, "correction"),),
    "presence:correction_file": (reads(CORRECTION, "correction_file"),),
    "presence:correction_withdraw": (writes(WITHDRAW, "correction", sends()),),
    # Nobody has refused them: told so, and nothing is stored.
    "presence:correction_appeal": (writes(WITHDRAW, "correction", sends(alasan=WHY), changes=False),),
    "papers:paper": (
        paper_try(PAPER, "leave", "cuti"),
        paper_try(DECIDE, "leave", "cuti", "POST", **SAID_AGREE),
        paper_try(PAPER, "letter", "surat-tugas"),
        paper_try(DUTY, "letter", "surat-tugas", "POST", **SAID_AGREE),
        paper_try(PAPER, "permit", "izin"),
        paper_try(DUTY, "permit", "izin", "POST", **SAID_AGREE),
        paper_try(MUSTER, "muster", "apel"),
        paper_try(MUSTERED, "muster", "apel", "POST", **SAID_AGREE),
    ),
    "papers:change": (
        paper_try(PROPOSE_SK, "leave_held", "cuti"),
        paper_try(PROPOSE_SK, "leave_held", "cuti", "POST", **LEAVE),
    ),
    "papers:cancel": (
        paper_try(PROPOSE_SK, "leave_held", "cuti"),
        paper_try(PROPOSE_SK, "leave_held", "cuti", "POST", **END),
        paper_try(ENTER_DUTY, "letter_held", "surat-tugas", "POST", **END),
    ),
    "papers:withdraw": (paper_try(NOBODY, "leave", "cuti", "POST"),),  # by who entered it alone
    "papers:file": (paper_try(ENTRY, "leave", "cuti"), paper_try(DUTY_FILE, "letter", "surat-tugas")),
    "papers:list": (reads(LISTS, "list"), writes(LISTED, "list", sends(**SAID_AGREE))),
    "papers:list_withdraw": (writes(NOBODY, "list", sends()),),  # by who brought it alone
    # What an office entered is not one's own to end.
    # No region names who decides: told so, and nothing is stored.
    "leave:recall": acts(RECALL, "leave_held", sends(last="", why=WHY), changes=False),
    "leave:end": acts(NOBODY, "leave_held", sends(last="", why=WHY)),
    "career:due": (reads(RAISE, "kgb_due"),),
    # One's own is another's to prepare, and no region names who signs: told so, and nothing is stored.
    "career:prepare": (writes(RAISE_ACT, "kgb_due", sends(), changes=False),),
    "career:delay": acts(
        RAISE_ACT, "kgb_due", sends(until="01-07-2027", reason="Predikat kinerja kurang"), changes=False
    ),
    "decisions:decision": (
        reads(FILE, "decision"),
        writes(APPOINT, "decision", sends(jawaban="agree", dilihat=seen_mark(()))),
        reads(CORRECTION, "correction"),
        writes(ANSWER, "correction", sends(jawaban="refuse", alasan=WHY)),
    ),
    "decisions:file": (reads(NOTE, "decision"),),
    "decisions:withdraw": acts(NOBODY, "decision", sends(reason=WHY)),  # by who proposed it alone
    "decisions:object": acts(INSPECT, "decision", sends(by="Inspektorat", text=WHY)),
    "decisions:lift": acts(INSPECT, "objection", sends(reason=WHY)),
    "merit:public_result": (reads(NOBODY, "vacancy"),),  # nothing of it is published yet
    "merit:vacancy": (reads(VACANCY, "vacancy"),),
    "merit:act": (writes(OFFICER, "vacancy", sends(langkah="umumkan"), changes=False),),  # it is announced
    "merit:panel": acts(OFFICER, "vacancy", sends(), changes=False),  # names nobody
    "merit:apply": acts(VACANCY, "vacancy", sends()),
    "merit:receipt": (reads(NOBODY, "vacancy"),),  # no rank is locked yet
    "merit:sheet": acts(NOBODY, "vacancy", sends()),
    "merit:correct": (writes(NOBODY, "vacancy", sends()),),
    "merit:result": (reads(VACANCY, "vacancy"),),
    "merit:pool": (reads(POOL, "vacancy"),),
    "merit:talents": (reads(POOL, "vacancy"),),
    "people:erasure": (writes(ERASURE, "erasure", sends(putusan="tolak")),),
    "people:person": (reads(FILE, "person"),),
    "people:part": (reads(FILE, "person", "jabatan"), reads(PRIVATE, "person", "data-pribadi")),
    "people:print": (reads(FILE, "person"),),
    "people:reads": (reads(WATCH, "person"),),
    "people:reveal": acts(PRIVATE, "person", sends(alasan="Mencocokkan KTP"), "nik", changes=False),
    "quality:finding": (
        reads(FINDING, "person", before=("kontak-kurang",)),
        writes(ACCEPT, "person", sends(reason="Tidak punya surel"), before=("kontak-kurang",)),
    ),
    "entries:entry": (reads(ENTRY, "entry"), writes(DECIDE, "entry", sends(putusan="setuju"))),
    "entries:withdraw": (writes(WITHDRAW, "entry", sends()),),
    "entries:evidence": (reads(PRIVATE, "evidence"),),
    "entries:propose": (
        *acts(PROPOSE, "person", sends(**CONTACT, **SENT), "contact"),
        # Who is gone gets no rank any more: the form says so, and nothing is stored.
        *acts(PROPOSE_SK, "person", sends(**RANK, **SENT), "rank", changes=False),
    ),
    "accounts:account": (
        reads(ACCOUNT, "account"),
        writes(OPERATE, "account", sends(langkah="peran", role="unit_clerk", unit="disdik", reason=WHY)),
        writes(OPERATE, "account", sends(langkah="atur-ulang", kind="password", why=WHY)),
        writes(OPERATE, "account", sends(langkah="lepas", unlink_reason=WHY)),
        # Each of them is somebody's already: told so, and nothing is stored.
        writes(OPERATE, "account", link_of, changes=False),
    ),
    "accounts:end": acts(END_ROLE, "grant", sends(alasan="Pindah tugas")),
    # Whoever has no link of his own gets no password by anybody's id.
    "new_password": acts(
        NOBODY,
        "link",
        sends(password1="burung-enggang-9", password2="burung-enggang-9"),
        "cabcde-0123456789abcdef",
    ),
    "imports:batch": (reads(OFFICER, "batch"),),
    "imports:progress": (reads(OFFICER, "batch"),),
    "imports:rows": (reads(OFFICER, "batch"),),
    "imports:problems": (reads(OFFICER, "batch"),),
    "imports:twins": acts(OFFICER, "batch", sends(baris="4", pilihan="different")),
    "imports:again": (writes(OFFICER, "batch", sends(on="2026-11-01")),),
    "imports:apply": (writes(OFFICER, "batch", sends()),),
    "imports:refuse": (
        writes(OFFICER, "batch", sends(alasan="Berkas keliru"), changes=False),
    ),  # waits for nobody
    "imports:discard": (writes(OFFICER, "batch", sends()),),
    "imports:undo": (
        writes(OFFICER, "batch", sends(alasan="Berkas keliru"), changes=False),
    ),  # not stored yet
    "imports:confirm_undo": (writes(OFFICER, "batch", sends(), changes=False),),  # nobody asked for it
    "imports:drop_undo": (
        writes(OFFICER, "batch", sends(alasan="Sudah diperiksa"), changes=False),
    ),  # nobody asked for it
    "organisation:branch": (reads(UNIT, "unit", part=True),),
    "organisation:unit": (reads(UNIT, "unit"),),
    "organisation:chart": (reads(UNIT, "unit"),),
    "organisation:chart_file": (reads(UNIT, "unit"),),
    "organisation:unit_change": proposes(CHANGE, "unit_change", "unit", unit_form),
    "organisation:unit_new": proposes(CHANGE, "unit_new", "unit", unit_below),
    "organisation:unit_close": acts(CHANGE, "unit", sends(**LATER), changes=False),  # they hold seats
    "organisation:unit_rescind": acts(CHANGE, "unit", sends(**LATER), changes=False),  # they hold seats
    "organisation:seats_new": proposes(CHANGE, "seats_new", "unit", seats_of),
    "organisation:unit_needs": proposes(CHANGE, "unit_needs", "unit", needs_of),
    "organisation:seat": (reads(SEAT, "seat"),),
    "organisation:seat_fill": (reads(FILL, "seat"),),
    # To whom it reports may lie outside of the own office: an office draws no line there.
    "organisation:seat_line": proposes(SEAT_ACT, "seat_line", "seat", line_of),
    "organisation:seat_class": proposes(SEAT_ACT, "seat_class", "seat", sends(**LATER, job_class="12")),
    "organisation:seat_freeze": proposes(SEAT_ACT, "seat_freeze", "seat", sends(**LATER)),
    "organisation:seat_unfreeze": acts(SEAT_ACT, "seat", sends(**LATER), changes=False),  # none is frozen
    "organisation:seat_close": acts(SEAT_ACT, "seat", sends(**LATER), changes=False),  # somebody has them
    "organisation:seat_rescind": acts(SEAT_ACT, "seat", sends(**LATER), changes=False),  # so are these
    "organisation:proposal": acts(PROPOSED, "proposal", sends(putusan="tolak", jawaban="Belum ada SK")),
    "organisation:proposal_withdraw": (writes(NOBODY, "proposal", sends()),),  # by its proposer alone
    "organisation:reorganisation": (reads(OFFICER, "draft"),),
    "organisation:reorganisation_head": acts(OFFICER, "draft", sends(title="Lain", on="2027-02-01")),
    "organisation:reorganisation_step": acts(
        OFFICER, "draft", sends(old="pkm_melati", name="Puskesmas Mawar"), "rename"
    ),
    "organisation:reorganisation_seats": acts(OFFICER, "draft", sends(), "disdik"),
    "organisation:reorganisation_remove": (writes(OFFICER, "draft", sends(), "steps", 0),),
    "organisation:reorganisation_preview": (reads(OFFICER, "draft"),),
    # Its drafter is told that another puts it into force.
    "organisation:reorganisation_adopt": (writes(OFFICER, "draft", sends(), changes=False),),
    "organisation:reorganisation_withdraw": acts(OFFICER, "draft", sends()),
    "performance:sheet": (
        reads(OFFICER, "month_sheet"),
        writes(OFFICER, "month_sheet", sends(langkah="buang")),
    ),
    "pay:run": (reads(READ_RUN, "run"),),
    "pay:progress": (reads(READ_RUN, "run"),),
    "pay:cancel": acts(OFFICER, "run", sends(), changes=False),  # published: told so
    "pay:people": (reads(READ_RUN, "run"),),
    "pay:problems": (reads(READ_RUN, "run"),),
    "pay:download": (reads(EXPORT_RUN, "run", "totals", slow=True),),
    "pay:shadow": (reads(READ_RUN, "run"), writes(OFFICER, "run", paid_list)),
    "pay:comparison": (reads(READ_RUN, "comparison"),),
    "pay:list": (reads(LIST, "pay_list"),),
    "pay:list_step": (writes(PREPARE, "pay_list", sends(langkah="lengkap")),),
    "pay:list_hold": (
        # Nobody on it has this id: told so.
        writes(PREPARE, "pay_list", sends(putusan="tangguhkan", alasan=WHY), UUID(int=1), changes=False),
    ),
    "pay:supplementary": acts(PREPARE, "pay_list", sends(), changes=False),  # chooses nobody
    "pay:arrears": acts(PREPARE, "pay_list", sends(), changes=False),  # chooses nobody
    "pay:list_file": (writes(SUBMIT, "pay_list", sends(untuk="bank"), changes=False),),  # not checked yet
    "pay:list_document": (reads(LIST, "pay_list", "recap", slow=True),),
    "pay:pay_file": (reads(SUBMIT, "pay_file"),),
    "pay:budget": (writes(BUDGET, "budget", sends(putusan="tolak")),),
    "pay:difference": (reads(SLIP, "difference"),),
    "pay:difference_reason": (reads(SLIP, "difference", costly=True),),
    "pay:make_owed": (writes(OWED_PLAN, "difference", sends(), changes=False),),  # they are already
    "pay:owed": (reads(OWED, "overpayment"),),
    "pay:owed_plan": (
        writes(OWED_PLAN, "overpayment", sends(document="SPTJM/1", instalments="1-12-2026: 800.000")),
    ),
    # There is no such plan or deposit: told to whose part it would be.
    "pay:owed_decide": (
        writes(OWED_WORD, "overpayment", sends(putusan="setuju"), UUID(int=1), changes=False),
    ),
    "pay:owed_deposit": (
        writes(DEPOSIT, "overpayment", sends(sts_number="STS/X", paid_on="9-11-2026", amount="1.000")),
    ),
    "pay:owed_reverse": (writes(REVERSE, "overpayment", sends(reason=WHY), UUID(int=1), changes=False),),
    "pay:slip": (reads(SLIP, "slip"),),
    "pay:person": (reads(SLIP, "person"),),
    "pay:reason": (reads(SLIP, "slip", "tpp_net", costly=True),),
    "pay:print": (reads(SLIP, "slip", slow=True),),
    "api-v1:get_run": (reads(READ_RUN, "run"),),
    "api-v1:list_slips": (reads(READ_RUN, "run"),),
    "api-v1:get_slip": (reads(SLIP, "slip"),),
    "api-v1:get_reason": (reads(SLIP, "slip", "tpp_net", costly=True),),
    "api-v1:get_person": (reads(FILE, "person"),),
    "api-v1:propose": (writes(PROPOSE, "person", sends(**SAID_ENTRY), json=True),),
}
WHOLE = frozenset(
    {
        "run", "comparison", "batch", "draft", "month_sheet", "device", "machine_group", "list", "vacancy",
    }
)  # fmt: skip
# Who may know that an object is there: from him alone a refusal need not hide it.
# Of units and seats that stand no more everybody in service sees the days on which they stood.
_STOOD = {subject: kinds.replace("F", "FE") for subject, kinds in UNIT.items()}
KNOWN: Mapping[str, Law] = {
    "decision": FILE, "person": FILE, "entry": ENTRY, "correction": CORRECTION, "correction_file": CORRECTION,
    "outage": OUTAGE, "outage_file": OUTAGE, "sheet": SHEET, "sheet_file": SHEET,
    "account": ACCOUNT, "run": READ_RUN, "unit": _STOOD, "seat": _STOOD,
    "proposal": PROPOSED, "pay_list": LIST, "difference": SLIP, "overpayment": OWED,
    "leave": PAPER, "leave_held": PAPER, "letter": PAPER, "letter_held": PAPER,
    "order": FILE, "permit": PAPER, "muster": MUSTER, "list": LISTS, "vacancy": VACANCY,
}  # fmt: skip


def expected(each: Try, subject: str, kind: str) -> bool:
    """Whether the law of the table lets the subject in. Who lost a role is what the rest of him is."""
    if not subject:
        return False
    said = each.law["employee" if subject.startswith("was_") else subject]
    return kind in said


def as_json(body: Mapping[str, Any]) -> str:
    """A body for the interface."""
    return json.dumps(body)

"""Who may ask what: every route, every method that it takes, and the roles that are let in."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from pamong.access.roles import HELD
from pamong.ledger.receipts import Promise, Recorded
from pamong.web.ledger.promising import token_of
from tests.support.month import TODAY
from tests.web.matrix.routes import (
    Route,
    acts,
    anyhow,
    comparison,
    desk,
    fault,
    file,
    leave,
    of,
    person,
    reads,
    reason,
    run,
    seat,
    slip,
    tile,
    unit,
)  # fmt: skip

STRANGER = ""
ROLES = (STRANGER, *HELD)
ALL = frozenset(ROLES)
SIGNED_IN = frozenset(HELD)
READERS = frozenset({"personnel_officer", "appointing_official", "inspector", "pay_auditor"})
WHOSE = READERS | {"employee"}  # the slip of the tables is the employee's own
OFFICER = frozenset({"personnel_officer"})
# Lists of payment: the heads and clerks of their office among others, but nobody sees his own office alone.
TREASURY = frozenset({"treasury"})
LISTERS = READERS | TREASURY | {"superior", "unit_clerk"}
PREPARERS = OFFICER | {"unit_clerk"}
SUBMITTERS = TREASURY | {"unit_clerk"}
BUDGETERS = OFFICER | TREASURY
ERASERS = OFFICER | {"appointing_official"}  # one proposes, the other decides
EXPORTERS = frozenset({"personnel_officer", "pay_auditor"})
ASKERS = frozenset({"employee", "superior", "unit_clerk"})  # who has days of his own here
REPORTERS = OFFICER | {"superior", "unit_clerk"}
ANSWERERS = OFFICER | {"superior"}
OPERATOR = frozenset({"system_operator"})
WATCHERS = frozenset({"inspector", "system_operator"})
# Who sees people's data: everybody of the health office but the operator, who sees nobody's.
KNOW_OWN = SIGNED_IN - OPERATOR - TREASURY  # the treasury of the tables is nobody here
UNMASKERS = frozenset({"personnel_officer", "inspector"})
LIST_FAULTS = frozenset({"unit_clerk", "personnel_officer", "inspector"})
COUNT_FAULTS = LIST_FAULTS | {"appointing_official"}  # numbers, and nobody's name
# Who has a month of his own; who brings those of others.
LEDGER = frozenset({"inspector", "pay_auditor", "system_operator"})
KNOW_PRIVATE = frozenset({"employee", "superior", "unit_clerk", "personnel_officer", "inspector"})
# Nothing was recorded: what an address carries is signed, and holds no secret.
PROMISED = token_of(
    Promise(datetime(2026, 11, 10, tzinfo=UTC), (Recorded(1, "decisions", "a.b", bytes(32)),))
)
IN_SERVICE = frozenset({"employee", "superior", "unit_clerk"})
BRINGERS = frozenset({"unit_clerk", "personnel_officer"})
# The registers that excuse: leave is entered for a unit, letters also by who leads.
READ_PAPERS = frozenset({"employee", "superior", "unit_clerk", "personnel_officer", "inspector"})
# Raises: of whom one leads or looks after, and one's own; their change list is the treasury's.
RAISES = READ_PAPERS | {"appointing_official"}
CHANGES = frozenset({"treasury", "personnel_officer", "inspector", "pay_auditor"})
ENTER_LEAVE = frozenset({"unit_clerk", "personnel_officer"})
DECIDE_DUTY = frozenset({"superior", "personnel_officer"})
NOBODY: frozenset[str] = frozenset()
OWN_PAY = frozenset({"employee", "superior", "unit_clerk"})
NOTHING = "01900000-0000-7000-8000-000000000000"
PROPOSAL = {
    "subject": "contact",
    "values": {"address": "Jl. Kenanga No. 3, Kota Uji", "phone": "0812 3456 7899"},
    "reason": "Pindah rumah",
    "on": TODAY.isoformat(),
}
PAGES: dict[str, Route] = {
    "home": reads(SIGNED_IN),
    "count": reads(SIGNED_IN),
    "profile": reads(SIGNED_IN),
    "mail": Route({"POST": SIGNED_IN}),
    "theme": Route({"POST": ALL}),
    "set_language": anyhow(ALL),
    "gallery": reads(NOBODY),  # exists on a demo only
    "gallery_explanation": reads(NOBODY),
    "pay:own": reads(READERS | {"employee", "superior", "unit_clerk"}),
    "search": reads(KNOW_OWN, query="?q=uji"),
    "mine": reads(SIGNED_IN),
    "own_reads": reads(SIGNED_IN),
    "quality:index": reads(COUNT_FAULTS),
    "quality:count": reads(LIST_FAULTS),
    "quality:export": Route({"GET": LIST_FAULTS, "POST": OFFICER}, of("csv")),
    "quality:rule": reads(COUNT_FAULTS, of("kontak-kurang")),
    "quality:finding": Route({"GET": LIST_FAULTS, "POST": OFFICER}, fault("own", "kontak-kurang")),
    "orders:print": reads(KNOW_OWN, desk("order")),
    "orders:annul": acts(OFFICER, desk("order")),
    "presence:mine": reads(KNOW_OWN),
    "presence:person": reads(KNOW_OWN, person("own")),
    "presence:roster": acts(frozenset({"unit_clerk", "personnel_officer"})),
    "presence:roster_sheet": reads(PREPARERS, query="?unit=dinkes&bulan=2026-11"),
    "presence:roster_person": acts(PREPARERS, person("own")),
    "presence:shifts": reads(PREPARERS, query="?unit=dinkes"),
    "presence:shift_new": Route({"GET": PREPARERS, "POST": PREPARERS}, query="?unit=dinkes"),
    "presence:shift": acts(PREPARERS, desk("shift")),
    "presence:shift_end": acts(PREPARERS, desk("shift")),
    "presence:week": Route({"GET": OFFICER, "POST": OFFICER}, query="?unit=dinkes"),
    "presence:swaps": acts(frozenset({"employee", "superior", "unit_clerk"})),
    "presence:outages": reads(REPORTERS),
    "presence:outage_new": acts(REPORTERS),
    "presence:outage": Route({"GET": REPORTERS, "POST": ANSWERERS}, desk("outage")),
    "presence:outage_file": reads(REPORTERS, desk("outage_photo")),
    "presence:sheets": reads(REPORTERS),
    "presence:sheet_new": acts(REPORTERS),
    "presence:sheet": Route({"GET": REPORTERS, "POST": ANSWERERS}, desk("sheet")),
    "presence:sheet_file": reads(REPORTERS, desk("sheet_photo")),
    "presence:today": reads(frozenset({"superior"})),
    "presence:desk": reads(ANSWERERS),
    "presence:devices": reads(OFFICER),
    "presence:device": reads(OFFICER, desk("device")),
    "presence:device_files": acts(OFFICER),
    "presence:device_file": acts(OFFICER, desk("device")),
    "presence:device_aside": reads(OFFICER, desk("device")),
    "presence:device_aside_file": reads(OFFICER, desk("device")),
    "presence:device_new": acts(OFFICER),
    "presence:site_new": acts(OFFICER),
    "presence:device_move": acts(OFFICER, desk("device")),
    "presence:device_end": acts(OFFICER, desk("device")),
    "presence:group": reads(OFFICER, desk("machine_group")),
    "presence:pin_owner": acts(OFFICER, desk("machine_group")),
    "presence:pin_end": acts(OFFICER, desk("machine_group", "1")),
    "presence:numbers": acts(OFFICER, desk("machine_group")),
    "presence:corrections": reads(ASKERS),
    "presence:corrections_waiting": reads(ANSWERERS),
    "presence:corrections_late": reads(OFFICER),
    "presence:correct": acts(ASKERS, of("2026-11-02")),
    "presence:correction": Route(
        {"GET": OFFICER | {"employee", "superior"}, "POST": frozenset({"superior"})}, desk("correction")
    ),
    "presence:correction_file": reads(OFFICER | {"employee", "superior"}, desk("photo")),
    "presence:correction_appeal": Route({"POST": frozenset({"employee"})}, desk("correction")),
    "presence:correction_withdraw": Route({"POST": frozenset({"employee"})}, desk("correction")),
    "career:dues": reads(RAISES),
    "career:own": reads(RAISES),
    "career:changes": reads(CHANGES),
    "career:changes_export": reads(CHANGES, of("csv"), "?bulan=2027-01"),
    "career:due": reads(RAISES, desk("kgb_due")),
    "career:prepare": Route({"POST": OFFICER}, desk("kgb_due")),
    "career:delay": acts(OFFICER, desk("kgb_due")),
    "papers:desk": reads(READ_PAPERS),
    "papers:index": reads(READ_PAPERS, of("cuti")),
    "papers:team": reads(DECIDE_DUTY),
    "papers:members": reads(ENTER_LEAVE | {"superior"}, query="?cari_persons=sari"),
    "papers:new": acts(ENTER_LEAVE, of("cuti")),
    "papers:paper": Route({"GET": READ_PAPERS, "POST": OFFICER}, leave("leave")),
    "papers:change": acts(ENTER_LEAVE, leave("leave_held")),
    "papers:cancel": acts(ENTER_LEAVE, leave("leave_held")),
    "papers:withdraw": Route({"POST": NOBODY}, leave("leave")),  # by who entered it alone
    "papers:file": reads(OFFICER | {"employee"}, leave("leave")),
    "papers:lists": acts(ENTER_LEAVE),
    "papers:list": Route({"GET": ENTER_LEAVE, "POST": OFFICER}, desk("leave_list")),
    "papers:list_withdraw": Route({"POST": NOBODY}, desk("leave_list")),  # by who brought it alone
    "people:index": reads(KNOW_OWN),
    "people:export": acts(OFFICER, of("csv")),
    "people:retirements": reads(KNOW_OWN, query="?tahun=5"),
    "people:export_retirements": acts(OFFICER, of("csv")),
    "people:erasures": Route({"GET": ERASERS, "POST": OFFICER}),
    "people:erasure": Route({"POST": frozenset({"appointing_official"})}, desk("erasure")),
    "people:person": reads(KNOW_OWN, person("own")),
    "people:part": reads(KNOW_OWN, person("own", "jabatan")),
    "people:print": reads(KNOW_OWN, person("own")),
    "people:reads": reads(WATCHERS, person("own")),
    "people:reveal": acts(UNMASKERS | {"employee"}, person("own", "nik")),
    "entries:index": reads(SIGNED_IN),
    "entries:entry": Route({"GET": OFFICER | {"employee"}, "POST": OFFICER}, desk("entry")),
    "entries:withdraw": Route({"POST": frozenset({"employee"})}, desk("entry")),
    "entries:evidence": reads(OFFICER | {"employee", "inspector"}, desk("evidence")),
    "entries:propose": acts(OFFICER | {"employee", "unit_clerk"}, person("own", "contact")),
    "accounts:index": Route({"GET": WATCHERS, "POST": OPERATOR}),
    "accounts:account": acts(WATCHERS, of("unit_clerk")),
    "accounts:end": acts(OPERATOR, lambda paid: ("unit_clerk", paid.city.desk["grant"])),
    "accounts:requests": Route({"GET": WATCHERS, "POST": OPERATOR}),
    "new_password": acts(NOBODY, lambda paid: (paid.city.desk["reset"], "habis")),
    "imports:index": acts(OFFICER),
    "imports:template": reads(OFFICER, of("peta")),
    "imports:batch": reads(OFFICER, desk("batch")),
    "imports:progress": reads(OFFICER, desk("batch")),
    "imports:rows": reads(OFFICER, desk("batch")),
    "imports:problems": reads(OFFICER, desk("batch")),
    "imports:twins": acts(OFFICER, desk("batch")),
    "imports:again": Route({"POST": OFFICER}, desk("batch")),
    "imports:apply": Route({"POST": OFFICER}, desk("batch")),
    "imports:refuse": Route({"POST": OFFICER}, desk("batch")),
    "imports:discard": Route({"POST": OFFICER}, desk("batch")),
    "imports:undo": Route({"POST": OFFICER}, desk("batch")),
    "imports:confirm_undo": Route({"POST": OFFICER}, desk("batch")),
    "imports:drop_undo": Route({"POST": OFFICER}, desk("batch")),
    "organisation:tree": reads(SIGNED_IN, query="?q=dinas"),
    "organisation:branch": reads(SIGNED_IN, unit("dinkes")),
    "organisation:unit": reads(SIGNED_IN, unit("dinkes")),
    "organisation:chart": reads(SIGNED_IN, unit("dinkes")),
    "organisation:chart_file": reads(SIGNED_IN, unit("dinkes")),
    "organisation:vacancies": reads(SIGNED_IN),
    "organisation:vacancies_export": reads(SIGNED_IN, of("csv")),
    "organisation:pick": reads(SIGNED_IN, of("unit"), "?isian=parent&cari_parent=dinas"),
    "organisation:unit_change": acts(OFFICER, unit("dinkes")),
    "organisation:unit_new": acts(OFFICER, unit("dinkes")),
    "organisation:unit_close": acts(OFFICER, unit("dinkes")),
    "organisation:seats_new": acts(OFFICER, unit("dinkes")),
    "organisation:unit_needs": acts(OFFICER, unit("dinkes")),
    "organisation:unit_rescind": acts(OFFICER, unit("dinkes")),
    "organisation:seat": reads(OFFICER, seat("free")),
    "organisation:seat_fill": reads(OFFICER | {"unit_clerk"}, seat("free"), "?q=su"),
    "organisation:seat_class": acts(OFFICER, seat("free")),
    "organisation:seat_line": acts(OFFICER, seat("free")),
    "organisation:seat_freeze": acts(OFFICER, seat("free")),
    "organisation:seat_unfreeze": acts(OFFICER, seat("free")),
    "organisation:seat_close": acts(OFFICER, seat("free")),
    "organisation:seat_rescind": acts(OFFICER, seat("free")),
    "organisation:proposals": reads(OFFICER),
    "organisation:proposal": acts(OFFICER, desk("proposal")),
    "organisation:proposal_withdraw": Route({"POST": NOBODY}, desk("proposal")),  # by its proposer alone
    "organisation:reorganisations": reads(OFFICER),
    "organisation:reorganisation_new": acts(OFFICER),
    "organisation:reorganisation": reads(OFFICER, desk("draft")),
    "organisation:reorganisation_head": acts(OFFICER, desk("draft")),
    "organisation:reorganisation_step": acts(OFFICER, desk("draft", "merge")),
    "organisation:reorganisation_seats": acts(OFFICER, desk("draft", "disdik")),
    "organisation:reorganisation_remove": Route({"POST": OFFICER}, desk("draft", "steps", 7)),
    "organisation:reorganisation_preview": reads(OFFICER, desk("draft")),
    "organisation:reorganisation_adopt": Route({"POST": OFFICER}, desk("draft")),  # its drafter: told no
    "organisation:reorganisation_withdraw": acts(OFFICER, desk("draft")),
    "performance:mine": acts(IN_SERVICE),
    "performance:team": acts(frozenset({"superior"})),
    "performance:office": reads(BRINGERS),
    "performance:sheets": acts(BRINGERS),
    "performance:sheet": acts(OFFICER, desk("month_sheet")),
    "pay:index": reads(SIGNED_IN),
    "pay:runs": reads(READERS),
    "pay:start": acts(OFFICER),
    "pay:run": reads(READERS, run),
    "pay:progress": reads(READERS, run),
    "pay:cancel": acts(OFFICER, run),
    "pay:people": reads(READERS, run),
    "pay:problems": reads(READERS, run),
    "pay:download": reads(EXPORTERS, file),
    "pay:shadow": Route({"GET": READERS, "POST": OFFICER}, run),
    "pay:comparison": reads(READERS, comparison),
    "pay:months": reads(LISTERS),
    "pay:month": reads(LISTERS, of(2026, "10")),
    "pay:open_lists": Route({"POST": OFFICER}, of(2026, "10")),
    "pay:list": reads(LISTERS, desk("pay_list")),
    "pay:list_step": Route({"POST": LISTERS}, desk("pay_list")),  # names no step: told so
    "pay:list_hold": Route({"POST": PREPARERS}, desk("pay_list", "01900000-0000-7000-8000-000000000000")),
    "pay:supplementary": acts(PREPARERS, desk("pay_list")),
    "pay:arrears": acts(PREPARERS, desk("pay_list")),
    "pay:list_file": Route({"POST": SUBMITTERS}, desk("pay_list")),
    "pay:list_document": reads(LISTERS, desk("pay_list", "recap")),
    "pay:pay_file": reads(SUBMITTERS, desk("pay_file")),
    "pay:treasury": acts(TREASURY),
    "pay:budgets": acts(BUDGETERS),
    "pay:budget": Route({"POST": BUDGETERS}, desk("budget")),
    "pay:differences_progress": reads(READERS, query="?bulan=2026-10"),
    "pay:differences": Route({"GET": READERS, "POST": OFFICER}),
    "pay:difference": reads(WHOSE, desk("difference")),
    "pay:difference_reason": reads(WHOSE, desk("difference")),
    "pay:make_owed": Route({"POST": OFFICER}, desk("difference")),
    "pay:owing": reads(OWN_PAY | READERS | {"treasury"}),
    "pay:owed": reads(WHOSE | {"treasury"}, desk("overpayment")),
    "pay:owed_plan": Route({"POST": OFFICER}, desk("overpayment")),
    "pay:owed_decide": Route({"POST": OFFICER}, desk("overpayment", NOTHING)),
    "pay:owed_deposit": Route({"POST": frozenset({"treasury"})}, desk("overpayment")),
    "pay:owed_reverse": Route({"POST": frozenset({"treasury"})}, desk("overpayment", NOTHING)),
    "pay:slip": reads(WHOSE, slip),
    "pay:person": reads(WHOSE, person("own")),
    "pay:reason": reads(WHOSE, reason),
    "pay:print": reads(WHOSE, slip),
    "check:index": reads(ALL),
    "check:status": reads(ALL, of("0" * 64)),
    "ledger:status": reads(ALL),
    "ledger:entries": reads(LEDGER, query="?jenis=pay.run_published"),
    "ledger:mine": reads(KNOW_PRIVATE),
    "ledger:entry": reads(LEDGER, of("decisions", 0)),
    "ledger:proof": reads(LEDGER, of("decisions", 0)),
    "ledger:audit": reads(frozenset({"inspector"})),
    "ledger:audit_file": reads(frozenset({"inspector"})),
    "ledger:receipt": acts(ALL),
    "ledger:receipt_file": reads(ALL, query=f"?isi={PROMISED}"),
    "ledger:receipt_key": reads(ALL),
    "ledger:policy": reads(ALL),
    "ledger:checkpoint": reads(ALL, of("decisions")),
    "ledger:tile": reads(ALL, tile),
    "law:index": reads(ALL),
    "law:parameter": reads(ALL, of("pay", "spouse_allowance_rate")),
    "law:regulations": reads(ALL),
    "law:regulation": reads(ALL, of("pp-12-2019")),
    "law:profile": reads(ALL, of("contoh"), "?dengan=manado"),
    "account_login": acts(ALL),
    "account_logout": acts(ALL),
    "account_inactive": reads(ALL),
    "account_change_password": acts(SIGNED_IN),
    "account_reauthenticate": acts(SIGNED_IN),
    "mfa_authenticate": acts(SIGNED_IN),
    "mfa_reauthenticate": acts(SIGNED_IN),
    "mfa_index": anyhow(ALL),
    "mfa_activate_totp": acts(SIGNED_IN),
    "mfa_deactivate_totp": acts(NOBODY),  # nobody here has a second factor; a journey has
    "mfa_view_recovery_codes": reads(NOBODY),
    "mfa_generate_recovery_codes": acts(SIGNED_IN),
}
API: dict[str, Route] = {
    "api-v1:openapi-json": anyhow(ALL),
    "api-v1:api-root": anyhow(NOBODY),
    "api-v1:get_status": reads(SIGNED_IN),
    "api-v1:list_runs": reads(READERS),
    "api-v1:get_run": reads(READERS, run),
    "api-v1:list_slips": reads(READERS, run),
    "api-v1:get_slip": reads(WHOSE, slip),
    "api-v1:get_reason": reads(WHOSE, reason),
    "api-v1:list_people": reads(KNOW_OWN),
    "api-v1:get_person": reads(KNOW_OWN, person("own")),
    "api-v1:propose": Route(
        {"POST": OFFICER | {"employee", "unit_clerk"}}, person("own"), body=json.dumps(PROPOSAL)
    ),
    "api-v1:list_parameters": reads(ALL),
    "api-v1:get_parameter": reads(ALL, of("pay/spouse_allowance_rate")),
}
ROUTES = PAGES | API

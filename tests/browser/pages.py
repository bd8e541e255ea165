"""Every page: who sees it, and how its arguments are found. A page without an entry fails a test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.browser.roles import (
    ALL,
    ANSWERERS,
    ASKERS,
    CHANGES,
    COUNT_FAULTS,
    DECIDE_DUTY,
    EVERYONE,
    KNOW_OWN,
    KNOW_PRIVATE,
    LATE_READERS,
    LEDGER,
    LIST_FAULTS,
    LISTERS,
    OFFICER,
    OPERATOR,
    PREPARERS,
    RAISES,
    READ_PAPERS,
    READERS,
    REPORTERS,
    STRANGER,
    TREASURY,
    UNMASKERS,
)  # fmt: skip
from tests.browser.world import World
from tests.support.month import AT_HOSPITAL, LATE, NO_INCOME


@dataclass(frozen=True)
class Page:
    """A page of one URL name. ``roles`` see it, all others are refused; ``visit_as`` are those of them whose
    view is photographed, '' for all. ``args`` fills the path from what the test site holds."""

    name: str
    roles: frozenset[str] = EVERYONE
    visit_as: tuple[str, ...] = ()
    args: Callable[[World], tuple[object, ...]] = lambda world: ()
    query: str = ""
    shot: str = ""  # what its pictures are called, where one name has several pages

    @property
    def label(self) -> str:
        """The name of its pictures."""
        return self.shot or self.name.replace(":", "-")

    def visitors(self) -> frozenset[str]:
        """The roles whose view is photographed."""
        return frozenset(self.visit_as) if self.visit_as else self.roles


def run(world: World) -> tuple[object, ...]:
    """The computed run."""
    return (world.month.run,)


def desk(key: str, *more: object) -> Callable[[World], tuple[object, ...]]:
    """Something that lies on an officer's desk, with what else the path needs."""
    return lambda world: (world.city.desk[key], *more)


def unit(key: str) -> Callable[[World], tuple[object, ...]]:
    """A unit of the city."""
    return lambda world: (world.city.units[key],)


def seat(key: str) -> Callable[[World], tuple[object, ...]]:
    """A seat of the city."""
    return lambda world: (world.city.seats[key],)


def proposal(world: World) -> tuple[object, ...]:
    """A change of the employee's contact."""
    return (world.city.persons["own"], "contact")


def comparison(world: World) -> tuple[object, ...]:
    """The run beside a list that was paid."""
    return (world.month.comparison,)


def slip(name: str) -> Callable[[World], tuple[object, ...]]:
    """The slip of a named person."""
    return lambda world: (world.month.slips[name],)


def person(key: str, *more: object) -> Callable[[World], tuple[object, ...]]:
    """Somebody of the city, with what else the path needs."""
    return lambda world: (world.city.persons[key], *more)


def of(*args: object) -> Callable[[World], tuple[object, ...]]:
    """Arguments that are always the same."""
    return lambda world: args


UNIT_FORMS = ("unit_change", "unit_new", "unit_close", "unit_rescind", "seats_new", "unit_needs")
SEAT_FORMS = ("seat", "seat_line", "seat_class", "seat_freeze", "seat_unfreeze", "seat_close", "seat_rescind")


def leave(key: str) -> Callable[[World], tuple[object, ...]]:
    """A leave that lies on an officer's desk."""
    return lambda world: ("cuti", world.city.desk[key])


PAGES = (
    Page("account_login", roles=frozenset({STRANGER})),
    Page("account_inactive", roles=frozenset({STRANGER})),
    Page("home"),
    Page("profile", visit_as=("employee", "system_operator")),
    Page("account_change_password", visit_as=("employee",)),
    Page("account_reauthenticate", visit_as=("employee",)),
    Page("account_logout", visit_as=("employee",)),
    Page("entries:index", visit_as=("personnel_officer", "employee")),
    Page(
        "entries:entry",
        roles=OFFICER | {"employee"},
        visit_as=("personnel_officer", "employee"),
        args=desk("entry"),
    ),
    Page(
        "entries:propose",
        roles=OFFICER | {"employee", "unit_clerk"},
        visit_as=("employee", "personnel_officer"),
        args=proposal,
    ),
    Page("accounts:index", roles=OPERATOR | {"inspector"}, visit_as=("system_operator",)),
    Page(
        "accounts:account",
        roles=OPERATOR | {"inspector"},
        visit_as=("system_operator",),
        args=of("unit_clerk"),
    ),
    Page("accounts:requests", roles=OPERATOR | {"inspector"}),
    Page("accounts:end", roles=OPERATOR, args=lambda world: ("unit_clerk", world.city.desk["grant"])),
    Page("imports:index", roles=OFFICER),
    Page("imports:batch", roles=OFFICER, args=desk("batch")),
    Page("imports:rows", roles=OFFICER, args=desk("batch")),
    Page("imports:problems", roles=OFFICER, args=desk("batch")),
    Page("imports:twins", roles=OFFICER, args=desk("batch")),
    Page(
        "pay:own", roles=READERS | {"employee", "superior", "unit_clerk"}, visit_as=("employee", "superior")
    ),
    Page("pay:person", roles=LATE_READERS, visit_as=("pay_auditor",), args=person("own")),
    Page("search", roles=KNOW_OWN, visit_as=("personnel_officer", "employee"), query="?q=ma"),
    Page("mine", visit_as=("employee", "system_operator")),
    Page("own_reads", visit_as=("employee",)),
    Page("quality:index", roles=COUNT_FAULTS),
    Page(
        "quality:index",
        roles=COUNT_FAULTS,
        visit_as=("unit_clerk",),
        query="?unit=disdik",
        shot="quality-none",
    ),
    *(
        Page("quality:rule", roles=COUNT_FAULTS, visit_as=roles, args=of(rule), shot=f"quality-{rule}")
        for rule, roles in {
            "kontak-kurang": ("unit_clerk", "personnel_officer", "appointing_official"),
            "unit-tanpa-pemimpin": ("appointing_official",),
            "melewati-batas-usia": ("inspector",),
        }.items()
    ),
    Page(
        "quality:finding",
        roles=LIST_FAULTS,
        visit_as=("personnel_officer", "unit_clerk"),
        args=lambda world: ("kontak-kurang", world.city.persons["own"]),
    ),
    Page(
        "presence:roster",
        roles=frozenset({"unit_clerk", "personnel_officer"}),
        query="?unit=dinkes&bulan=2026-11",
    ),
    Page("presence:roster_person", roles=PREPARERS, visit_as=("unit_clerk",), args=person("own")),
    Page("presence:shifts", roles=PREPARERS, query="?unit=dinkes"),
    Page("presence:shift_new", roles=PREPARERS, visit_as=("unit_clerk",), query="?unit=dinkes"),
    Page("presence:shift", roles=PREPARERS, visit_as=("unit_clerk",), args=desk("shift")),
    Page("presence:shift_end", roles=PREPARERS, visit_as=("unit_clerk",), args=desk("shift")),
    Page("presence:week", roles=OFFICER, query="?unit=dinkes"),
    Page(
        "presence:swaps",
        roles=frozenset({"employee", "superior", "unit_clerk"}),
        visit_as=("employee",),
    ),
    Page("career:dues", roles=RAISES, visit_as=("personnel_officer", "superior"), query="?bulan=2027-01"),
    Page("career:due", roles=RAISES, visit_as=("personnel_officer",), args=desk("kgb_due")),
    Page("career:delay", roles=OFFICER, args=desk("kgb_due")),
    Page("career:own", roles=RAISES, visit_as=("employee",)),
    Page("career:changes", roles=CHANGES, visit_as=("treasury",)),
    Page("papers:desk", roles=READ_PAPERS, visit_as=("superior", "personnel_officer")),
    Page(
        "papers:index", roles=READ_PAPERS, visit_as=("employee", "unit_clerk"), args=lambda world: ("cuti",)
    ),
    Page("papers:team", roles=DECIDE_DUTY, visit_as=("superior",), query="?bulan=2026-02"),
    Page("papers:new", roles=PREPARERS, visit_as=("unit_clerk",), args=lambda world: ("cuti",)),
    Page("papers:paper", roles=READ_PAPERS, visit_as=("personnel_officer", "employee"), args=leave("leave")),
    Page("papers:change", roles=PREPARERS, visit_as=("unit_clerk",), args=leave("leave_held")),
    Page("papers:cancel", roles=PREPARERS, visit_as=("unit_clerk",), args=leave("leave_held")),
    Page("papers:lists", roles=PREPARERS, visit_as=("unit_clerk",)),
    Page(
        "papers:list",
        roles=PREPARERS,
        visit_as=("personnel_officer",),
        args=lambda world: (world.city.desk["leave_list"],),
    ),
    Page("presence:mine", roles=KNOW_OWN, visit_as=("employee", "inspector"), query="?bulan=2026-10"),
    Page(
        "presence:person", roles=KNOW_OWN, visit_as=("superior",), args=person("own"), query="?bulan=2026-10"
    ),
    Page("performance:mine", roles=frozenset({"employee", "superior", "unit_clerk"}), visit_as=("employee",)),
    Page("performance:team", roles=frozenset({"superior"})),
    Page(
        "performance:office", roles=frozenset({"unit_clerk", "personnel_officer"}), visit_as=("unit_clerk",)
    ),
    Page(
        "performance:sheets", roles=frozenset({"unit_clerk", "personnel_officer"}), visit_as=("unit_clerk",)
    ),
    Page("performance:sheet", roles=OFFICER, args=desk("month_sheet")),
    Page("presence:outages", roles=REPORTERS, visit_as=("superior", "unit_clerk")),
    Page("presence:outage_new", roles=REPORTERS, visit_as=("unit_clerk",)),
    Page("presence:outage", roles=REPORTERS, visit_as=("superior",), args=desk("outage")),
    Page("presence:sheets", roles=REPORTERS, visit_as=("personnel_officer",)),
    Page("presence:sheet_new", roles=REPORTERS, visit_as=("unit_clerk",)),
    Page("presence:sheet", roles=REPORTERS, visit_as=("superior",), args=desk("sheet")),
    Page("presence:today", roles=frozenset({"superior"})),
    Page("presence:devices", roles=OFFICER),
    Page("presence:device", roles=OFFICER, args=desk("device")),
    *(
        Page(f"presence:{name}", roles=OFFICER, args=desk("device"))
        for name in ("device_file", "device_aside", "device_move", "device_end")
    ),
    *(
        Page(f"presence:{name}", roles=OFFICER, args=desk("machine_group"))
        for name in ("group", "pin_owner", "numbers")
    ),
    Page("presence:pin_end", roles=OFFICER, args=desk("machine_group", "1")),
    Page("presence:device_files", roles=OFFICER),
    Page("presence:device_new", roles=OFFICER),
    Page("presence:site_new", roles=OFFICER),
    Page("presence:corrections", roles=ASKERS, visit_as=("employee", "superior")),
    Page("presence:corrections_waiting", roles=ANSWERERS, visit_as=("superior", "personnel_officer")),
    Page("presence:corrections_late", roles=OFFICER, visit_as=("personnel_officer",)),
    Page("presence:correct", roles=ASKERS, visit_as=("employee",), args=lambda world: ("2026-10-13",)),
    Page(
        "presence:correction",
        roles=OFFICER | {"employee", "superior"},
        visit_as=("employee", "superior"),
        args=desk("correction"),
    ),
    Page("people:index", roles=KNOW_OWN, visit_as=("personnel_officer", "superior")),
    Page("people:index", roles=KNOW_OWN, visit_as=("inspector",), query="?q=tidak+ada", shot="people-nobody"),
    Page("people:person", roles=KNOW_OWN, visit_as=("personnel_officer", "employee"), args=person("own")),
    Page(
        "people:person",
        roles=KNOW_OWN - {"employee"},
        visit_as=("inspector", "unit_clerk"),
        args=person("chief"),
        query="?per=2023-08-17",
        shot="people-person-then",
    ),
    *(
        Page(
            "people:part",
            roles=roles,
            visit_as=("personnel_officer",),
            args=person("own", part),
            shot=f"people-{part}",
        )
        for part, roles in {
            "jabatan": KNOW_OWN,
            "pendidikan": KNOW_OWN,
            "keluarga": UNMASKERS | {"employee"},
            "data-pribadi": UNMASKERS | {"employee"},
            "riwayat": UNMASKERS | {"employee"},
        }.items()
    ),
    Page(
        "people:retirements",
        roles=KNOW_OWN,
        visit_as=("personnel_officer", "appointing_official"),
        query="?tahun=5",
    ),
    Page("people:retirements", roles=KNOW_OWN, visit_as=("superior",), shot="people-retirements-none"),
    Page("people:erasures", roles=OFFICER | {"appointing_official"}),
    Page("people:print", roles=KNOW_OWN, visit_as=("personnel_officer", "superior"), args=person("own")),
    Page("people:reads", roles=OPERATOR | {"inspector"}, args=person("own")),
    Page(
        "people:reveal",
        roles=UNMASKERS | {"employee"},
        visit_as=("personnel_officer", "employee"),
        args=person("own", "nik"),
    ),
    Page("organisation:tree", visit_as=("personnel_officer", "employee")),
    Page("organisation:tree", visit_as=("inspector",), query="?q=melati", shot="organisation-found"),
    Page("organisation:tree", visit_as=("inspector",), query="?per=2016-01-01", shot="organisation-before"),
    Page("organisation:unit", visit_as=("personnel_officer", "employee"), args=unit("dinkes")),
    Page("organisation:chart", visit_as=("inspector",), args=unit("kota")),
    Page(
        "organisation:chart",
        visit_as=("inspector",),
        args=unit("pkm_melati"),
        shot="organisation-chart-posts",
    ),
    Page("organisation:vacancies", visit_as=("appointing_official",)),
    Page(
        "organisation:vacancies",
        visit_as=("appointing_official",),
        query="?keadaan=beku",
        shot="organisation-frozen",
    ),
    *(Page(f"organisation:{name}", roles=OFFICER, args=unit("dinkes")) for name in UNIT_FORMS),
    *(Page(f"organisation:{name}", roles=OFFICER, args=seat("free")) for name in SEAT_FORMS),
    Page(
        "organisation:seat_fill",
        roles=OFFICER | {"unit_clerk"},
        visit_as=("personnel_officer",),
        args=seat("free"),
        query="?q=su",
    ),
    Page("organisation:proposals", roles=OFFICER),
    Page("organisation:proposal", roles=OFFICER, args=desk("proposal")),
    Page("organisation:reorganisations", roles=OFFICER),
    Page("organisation:reorganisation_new", roles=OFFICER),
    Page("organisation:reorganisation", roles=OFFICER, args=desk("draft")),
    Page("organisation:reorganisation_head", roles=OFFICER, args=desk("draft")),
    *(
        Page(
            "organisation:reorganisation_step",
            roles=OFFICER,
            args=desk("draft", step),
            shot=f"organisation-step-{step}",
        )
        for step in ("create", "rename", "move", "merge", "split", "close", "posisi")
    ),
    Page("organisation:reorganisation_seats", roles=OFFICER, args=desk("draft", "disdik")),
    Page("organisation:reorganisation_preview", roles=OFFICER, args=desk("draft")),
    Page("organisation:reorganisation_withdraw", roles=OFFICER, args=desk("draft")),
    Page("pay:runs", roles=READERS, visit_as=("personnel_officer", "inspector")),
    Page("pay:start", roles=OFFICER),
    Page("pay:run", roles=READERS, visit_as=("personnel_officer", "pay_auditor"), args=run),
    Page("pay:people", roles=READERS, visit_as=("pay_auditor",), args=run),
    Page("pay:problems", roles=READERS, visit_as=("personnel_officer",), args=run),
    Page("pay:shadow", roles=READERS, visit_as=("personnel_officer", "inspector"), args=run),
    Page("pay:comparison", roles=READERS, visit_as=("personnel_officer",), args=comparison),
    Page("pay:cancel", roles=OFFICER, args=run),
    Page(
        "pay:month",
        roles=LISTERS,
        visit_as=("personnel_officer", "unit_clerk"),
        args=lambda world: (2026, "10"),
    ),
    Page("pay:treasury", roles=TREASURY),
    Page("pay:list", roles=LISTERS, visit_as=("personnel_officer", "unit_clerk"), args=desk("pay_list")),
    Page("pay:differences", roles=READERS, visit_as=("personnel_officer",)),
    Page("pay:difference", roles=LATE_READERS, visit_as=("employee",), args=desk("difference")),
    Page("pay:difference_reason", roles=LATE_READERS, visit_as=("inspector",), args=desk("difference")),
    Page("pay:owing", roles=KNOW_OWN | TREASURY, visit_as=("treasury",)),
    Page(
        "pay:owed", roles=LATE_READERS | TREASURY, visit_as=("treasury", "employee"), args=desk("overpayment")
    ),
    Page("pay:budgets", roles=TREASURY | OFFICER),
    Page("pay:slip", roles=LATE_READERS, visit_as=("inspector", "employee"), args=slip(LATE)),
    Page(
        "pay:slip",
        roles=READERS,
        visit_as=("personnel_officer",),
        args=slip(NO_INCOME),
        shot="pay-slip-held",
    ),
    Page(
        "pay:slip",
        roles=READERS,
        visit_as=("appointing_official",),
        args=slip(AT_HOSPITAL),
        shot="pay-slip-elsewhere",
    ),
    Page(
        "pay:reason",
        roles=LATE_READERS,
        visit_as=("inspector",),
        args=lambda world: (world.month.slips[LATE], "tpp_net"),
    ),
    Page("check:index", roles=ALL, visit_as=(STRANGER, "employee")),
    Page("check:status", roles=ALL, visit_as=(STRANGER,), args=of("0" * 64)),
    Page("ledger:status", roles=ALL, visit_as=(STRANGER, "inspector")),
    Page("ledger:receipt", roles=ALL, visit_as=("employee",)),
    Page("ledger:mine", roles=KNOW_PRIVATE, visit_as=("employee",)),
    Page("ledger:entries", roles=LEDGER, visit_as=("inspector",), query="?jenis=pay.run_published"),
    Page("ledger:entry", roles=LEDGER, visit_as=("inspector",), args=of("decisions", 0)),
    Page("ledger:audit", roles=frozenset({"inspector"})),
    Page("law:index", roles=ALL, visit_as=(STRANGER, "inspector"), query="?profil=contoh"),
    Page("law:parameter", roles=ALL, visit_as=("inspector",), args=of("pay", "spouse_allowance_rate")),
    Page("law:parameter", roles=ALL, visit_as=("employee",), args=of("tax", "ter_a"), shot="law-long"),
    Page("law:regulations", roles=ALL, visit_as=("inspector",)),
    Page("law:regulation", roles=ALL, visit_as=("inspector",), args=of("perwali-samarinda-31-2022")),
    Page("law:profile", roles=ALL, visit_as=("inspector",), args=of("contoh"), query="?dengan=manado"),
    Page("gallery", roles=OPERATOR),
    Page("gallery_explanation", roles=OPERATOR),
)

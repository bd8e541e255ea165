"""The roles, as described classes: what each may do. What none of them lists, nobody may do."""

from __future__ import annotations

from dataclasses import dataclass

from pamong.kernel.actor import OPERATOR


@dataclass(frozen=True, slots=True)
class Role:
    """A role. ``may`` holds permissions over the grant's unit subtree, ``may_own`` over oneself alone.

    ``whole``: what it may do knows no unit (an account belongs to none), so it holds over the whole
    government or not at all.
    """

    code: str
    title: str
    what_for: str
    may: frozenset[str] = frozenset()
    may_own: frozenset[str] = frozenset()
    second_factor: bool = False  # signers, officers and auditors show a second factor before anything else
    whole: bool = False


# The registers that excuse: leave by whom the office names, letters and musters also by who leads.
_READ_PAPERS = frozenset({"leave:read", "duty:read"})
_ENTER_PAPERS = frozenset({"leave:enter", "duty:enter"})

# What everybody in service may see: who sits where is no secret within a government.
_COMMON = frozenset({"organisation:read"})

EMPLOYEE = Role(
    "employee",
    "Pegawai",
    "Melihat data dan tunjangan sendiri, mengusulkan perubahan data sendiri.",
    may=_COMMON,
    may_own=frozenset(
        {
            "people:read",
            "people:read_private",
            "people:propose",
            "attendance:read",
            "attendance:swap",
            "attendance:ask",
            "performance:read",
            "performance:enter",
            "career:read",
            "pay:read",
            "duty:ask",
            "decisions:memo",
            "merit:apply",
            *_READ_PAPERS,
        }
    ),
)
SUPERIOR = Role(
    "superior",
    "Atasan langsung",
    "Melihat data kepegawaian, kehadiran, dan kinerja pegawai yang dipimpinnya; mengikuti jabatan.",
    may=_COMMON
    | _READ_PAPERS
    | {
        "people:read",
        "attendance:read",
        "attendance:swap",
        "performance:read",
        "performance:verify",
        "career:read",
        # Of whole offices: who leads less than an OPD sees and signs no list.
        "pay:lists",
        "pay:sign",
        "attendance:answer",
        "attendance:report",
        "attendance:confirm",
        "duty:enter",
        "duty:verify",
    },
)
# His own data stay his, also after service; who sits where is no longer his matter.
FORMER = Role("former", "Mantan pegawai", EMPLOYEE.what_for, may_own=EMPLOYEE.may_own - {"merit:apply"})
UNIT_CLERK = Role(
    "unit_clerk",
    "Petugas unit",
    "Mengisi data pegawai, kehadiran, dan kinerja unitnya.",
    may=_COMMON
    | _READ_PAPERS
    | _ENTER_PAPERS
    | {
        "people:read",
        "people:propose",
        "quality:read",
        "quality:list",
        "attendance:read",
        "attendance:import",
        "attendance:roster",
        "attendance:report",
        "performance:read",
        "performance:import",
        "performance:rate",
        "career:read",
        "pay:lists",
        "pay:prepare",
        "pay:submit",
    },
)
PERSONNEL_OFFICER = Role(
    "personnel_officer",
    "Petugas kepegawaian",
    "Mengelola data pegawai dan menghitung tunjangan.",
    may=frozenset(
        {
            "organisation:read",
            "organisation:change",
            "people:read",
            "people:read_private",
            "people:unmask",
            "people:propose",
            "people:verify",
            "people:import",
            "people:export",
            "people:erase",
            "quality:read",
            "quality:list",
            "attendance:read",
            "attendance:import",
            "attendance:roster",
            "attendance:settle",
            "attendance:report",
            "attendance:confirm",
            "performance:read",
            "performance:import",
            "performance:rate",
            "performance:agree",
            "career:read",
            "career:prepare",
            "career:changes",
            "pay:read",
            "pay:run",
            "pay:export",
            "pay:lists",
            "pay:prepare",
            "pay:check",
            "pay:reopen",
            "pay:budget",
            "law:adopt",
            "decisions:delegate",
            "decisions:annul",
            "decisions:memo",
            "merit:read",
            "merit:open",
            "merit:panel",
            *_READ_PAPERS,
            *_ENTER_PAPERS,
            "leave:verify",
            "duty:verify",
        }
    ),
    second_factor=True,
)
TREASURY = Role(
    "treasury",
    "Perbendaharaan",
    "Mengajukan SPM, mencatat SP2D dari kas daerah, dan menjaga pagu.",
    may=_COMMON | {"pay:lists", "pay:submit", "pay:treasury", "pay:budget", "career:changes"},
    second_factor=True,
)
APPOINTING_OFFICIAL = Role(
    "appointing_official",
    "Pejabat Pembina Kepegawaian",
    "Melihat seluruh pemerintah daerah dan menandatangani keputusan.",
    may=_COMMON
    | {
        "people:read",
        "people:agree_erasure",
        "decisions:appoint",
        "merit:read",
        "quality:read",
        "attendance:read",
        "performance:read",
        "career:read",
        "pay:read",
        "pay:lists",
    },
    second_factor=True,
)
INSPECTOR = Role(
    "inspector",
    "Inspektorat",
    "Memeriksa data, perhitungan, dan buku segel.",
    may=_COMMON
    | _READ_PAPERS
    | {
        "people:read",
        "people:read_private",
        "people:unmask",
        "quality:read",
        "quality:list",
        "attendance:read",
        "performance:read",
        "career:read",
        "career:changes",
        "pay:read",
        "pay:lists",
        "ledger:read",
        "ledger:attend",
        "ledger:open",
        "access:read",
        "decisions:read",
        "decisions:object",
        "decisions:exceptions",
        "merit:read",
    },
    second_factor=True,
)
PAY_AUDITOR = Role(
    "pay_auditor",
    "Pemeriksa pembayaran",
    "Memeriksa perhitungan tunjangan.",
    may=_COMMON
    | {
        "people:read",
        "attendance:read",
        "performance:read",
        "pay:read",
        "pay:lists",
        "pay:export",
        "career:changes",
        "ledger:read",
    },
    second_factor=True,
)
SYSTEM_OPERATOR = Role(
    "system_operator",
    "Operator sistem",
    "Merawat sistem dan memberi peran, tanpa melihat data pegawai.",
    may=_COMMON
    | {"system:operate", "access:grant", "access:read", "access:reset", "ledger:keys", "ledger:read"},
    second_factor=True,
    whole=True,
)
PUBLIC = Role(
    "public",
    "Masyarakat",
    "Membaca peraturan dan angka yang terbuka, memeriksa keaslian dokumen.",
    may=frozenset({"law:read", "ledger:check"}),
)

COMMAND_LINE = Role(
    OPERATOR,
    "Operator baris perintah",
    "Menjalankan, mengimpor, dan menjelaskan; tidak menyetujui atau menandatangani.",
    may=frozenset(
        {
            *PERSONNEL_OFFICER.may,
            "ledger:read",
            "access:read",
            "access:grant",
            "system:operate",
        }
    ),
)

# These follow from who somebody is and where he sits; nobody gives them.
DERIVED = {role.code: role for role in (EMPLOYEE, SUPERIOR, FORMER)}
GRANTABLE = {
    role.code: role
    for role in (
        UNIT_CLERK,
        PERSONNEL_OFFICER,
        TREASURY,
        APPOINTING_OFFICIAL,
        INSPECTOR,
        PAY_AUDITOR,
        SYSTEM_OPERATOR,
    )
}
HELD = {EMPLOYEE.code: EMPLOYEE, SUPERIOR.code: SUPERIOR, **GRANTABLE}  # by somebody in service
ROLES = {**HELD, FORMER.code: FORMER, PUBLIC.code: PUBLIC, COMMAND_LINE.code: COMMAND_LINE}
PERMISSIONS = frozenset().union(*(role.may | role.may_own for role in ROLES.values()))

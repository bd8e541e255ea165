"""What a rule of the data-quality list is: its group, its weight, who mends what it finds, and its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


def marked(text: str) -> str:
    """The text as it is. Under the name ``_`` it tells the collector of sentences that pages translate it."""
    return text


_ = marked


class Group(StrEnum):
    """What kind of fault a rule looks for."""

    COMPLETENESS = "completeness"
    ACCURACY = "accuracy"
    CONSISTENCY = "consistency"
    TIMELINESS = "timeliness"

    @property
    def label(self) -> str:
        """The word as users read it."""
        return _GROUPS[self]


_GROUPS = {
    Group.COMPLETENESS: _("Kelengkapan"),
    Group.ACCURACY: _("Ketepatan"),
    Group.CONSISTENCY: _("Kesesuaian"),
    Group.TIMELINESS: _("Ketepatan waktu"),
}


class Owner(StrEnum):
    """Who can mend a finding."""

    SELF = "self"
    CLERK = "clerk"
    OFFICER = "officer"

    @property
    def label(self) -> str:
        """The word as users read it."""
        return _OWNERS[self]


_OWNERS = {
    Owner.SELF: _("Pegawai sendiri"),
    Owner.CLERK: _("Petugas unit"),
    Owner.OFFICER: _("Petugas kepegawaian"),
}


class Severity(StrEnum):
    """``URGENT``: pay, a right or a duty depends on it. ``USUAL``: to be put right at the next occasion."""

    URGENT = "urgent"
    USUAL = "usual"

    @property
    def label(self) -> str:
        """The word as users read it."""
        return _SEVERITIES[self]


_SEVERITIES = {Severity.URGENT: _("Segera"), Severity.USUAL: _("Biasa")}


class Mend(StrEnum):
    """Where a finding is mended: a part of the person's file by its subject, a search by name, or a unit."""

    IDENTITY = "identity"
    CONTACT = "contact"
    BANKACCOUNT = "bankaccount"
    EMPLOYMENT = "employment"
    RANK = "rank"
    APPOINTMENT = "appointment"
    EDUCATION = "education"
    SEARCH = "search"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``sql`` follows ``FROM`` of its findings (see ``sql``), ``variant`` and ``told`` are SQL too.

    ``sentences`` by variant say what is wrong and what to do, with ``%(name)s`` for what was found. ``slug``
    names it in addresses. ``law`` are the parameters whose values it takes, ``of_units`` where the finding is
    about a unit and not about a person.
    """

    code: str
    slug: str
    group: Group
    severity: Severity
    owner: Owner
    mend: Mend
    title: str
    about: str
    sentences: Mapping[str, str]
    sql: str
    variant: str = "''"
    told: Mapping[str, str] | None = None
    law: tuple[str, ...] = ()
    of_units: bool = False

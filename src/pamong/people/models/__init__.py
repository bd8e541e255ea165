"""Persons and everything dated about them; entries that wait for a second person; batches of imports."""

from __future__ import annotations

from typing import Any

from pamong.ledger.dated import DatedRow
from pamong.people.models.careers import Appointment, Employment, Rank, SalaryStep
from pamong.people.models.entries import Batch, BatchProblem, BatchRow, Entry
from pamong.people.models.erasures import Erasure
from pamong.people.models.items import Check, Education, Evidence, Relative
from pamong.people.models.persons import BankAccount, Contact, Identity, Person
from pamong.people.models.quality import QualityAccept

DATED: tuple[type[DatedRow], ...] = (
    Identity,
    Contact,
    BankAccount,
    Employment,
    Rank,
    SalaryStep,
    Appointment,
    Education,
    Relative,
)
VALUES_OF: dict[str, Any] = {model.__name__.lower(): model for model in DATED}

__all__ = [
    "DATED",
    "VALUES_OF",
    "Appointment",
    "BankAccount",
    "Batch",
    "BatchProblem",
    "BatchRow",
    "Check",
    "Contact",
    "Education",
    "Employment",
    "Entry",
    "Erasure",
    "Evidence",
    "Identity",
    "Person",
    "QualityAccept",
    "Rank",
    "Relative",
    "SalaryStep",
]

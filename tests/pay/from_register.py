"""Months of the small city, computed from the register of people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pamong.interop.month import keep_register
from pamong.pay.choices import FileKind
from pamong.pay.services import File
from tests.pay.support import OCTOBER, Done, Office, Someone, files_of
from tests.support.city import PERSONS


def nip(key: str) -> str:
    _, sex, born, started, _, _ = PERSONS[key]
    return f"{born:%Y%m%d}{started:%Y%m}{1 if sex == 'L' else 2}001"


@dataclass(frozen=True)
class KeptFiles:
    """Files that stand in the store already."""

    files: tuple[File, ...]

    def keep(self) -> list[File]:
        return list(self.files)


class Sheet(Someone):
    """Somebody of the city in the month's sheet and at the machine."""

    @property
    def nip(self) -> str:
        return nip(self.name)


def run_from_register(office: Office, keys: list[str], profile: str = "contoh", **traits: Any) -> Done:
    """Compute October from the register and a sheet about these people."""
    sheet = files_of([Sheet(number=n, name=key, **traits) for n, key in enumerate(keys, 1)])
    register = keep_register(actor=office.actor, at=office.at, month=OCTOBER)
    return office.run(
        KeptFiles((register, *(f for f in sheet.keep() if f.kind is not FileKind.PEOPLE))), profile=profile
    )

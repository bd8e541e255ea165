"""Files of a run. They are made in a process of its own: pages never load the libraries of columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pamong.kernel.actor import Actor
from pamong.kernel.errors import DomainError


class UnknownFile(DomainError):
    """There is no such kind of file."""

    def __init__(self) -> None:
        super().__init__("Berkas ini tidak ada. Pilih salah satu berkas di halaman hitungan.")


@dataclass(frozen=True, slots=True)
class Download:
    """A file as it is handed out."""

    name: str
    content_type: str
    data: bytes


def make(*, actor: Actor, uid: UUID, kind: str) -> Download:
    """placeholder until exports are there"""
    raise UnknownFile


def make_slip(*, actor: Actor, at: datetime, uid: UUID) -> Download:
    """placeholder"""
    raise UnknownFile

"""A month from its files: read them, hand them to pay. Used by the command line, the worker and the demo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from uuid import UUID

import polars as pl

from pamong.attendance.columns import is_presence, read_presence
from pamong.documents import store
from pamong.interop.month_register import keep_inputs as keep_inputs  # noqa: PLC0414 - part of the face
from pamong.interop.month_register import keep_presence as keep_presence  # noqa: PLC0414 - part of the face
from pamong.interop.month_register import keep_register as keep_register  # noqa: PLC0414 - part of the face
from pamong.interop.month_register import keep_registers as keep_registers  # noqa: PLC0414 - part of the face
from pamong.interop.monthly import read_monthly
from pamong.interop.people import read_people
from pamong.interop.punches import merge_punches, read_punches
from pamong.kernel.actor import Actor
from pamong.kernel.problem import Problem
from pamong.pay import inputs, queries, services
from pamong.pay.choices import FileKind
from pamong.pay.errors import InputsRefused
from pamong.pay.month import MonthFiles
from pamong.pay.progress import Progress, quiet
from pamong.pay.services import File
from pamong.people import columns


def keep_file(kind: FileKind, name: str, data: bytes) -> File:
    """Keep a file in the store, as a run refers to it.

    InputsRefused for what poses as a register kept here: its values would be taken without a check.
    """
    if kind is FileKind.MONTHLY and inputs.is_inputs(data):
        raise InputsRefused(
            [f"{name} berbentuk isian bulanan Pamong. Tanpa berkas isian bulanan, isian di sini dipakai."]
        )
    if kind is FileKind.PEOPLE and columns.is_register(data):
        raise InputsRefused(
            [f"{name} berbentuk data kepegawaian Pamong. Tanpa berkas pegawai, data itu dipakai."]
        )
    if kind is FileKind.PUNCHES and is_presence(data):
        raise InputsRefused([f"{name} berbentuk data presensi Pamong. Tanpa berkas mesin, data itu dipakai."])
    kept = store.keep(data)
    return File(kind, name, kept.sha256, kept.size)


def run_month(*, actor: Actor, at: datetime, uid: UUID, progress: Progress = quiet) -> None:
    """Read a run's files from the store and compute it; see `pay.services.compute_run`."""
    run = queries.get_run(actor=actor, uid=uid)
    files = [
        File(FileKind(f.kind), f.name, f.sha256, f.size) for f in queries.list_files(actor=actor, uid=uid)
    ]
    services.compute_run(
        actor=actor,
        at=at,
        uid=uid,
        files=read_files(files, run.month, store.read, progress),
        progress=progress,
    )


def read_files(
    files: Sequence[File], month: date, read: Callable[[str], bytes], progress: Progress = quiet
) -> MonthFiles:
    """Read all files of a month; unreadable lines become problems. `read` gives the bytes under a hash."""
    problems: list[Problem] = []
    frames: dict[FileKind, list[pl.DataFrame]] = {kind: [] for kind in FileKind}
    names: list[str] = []
    presence: pl.DataFrame | None = None
    for number, file in enumerate(files, start=1):
        progress(f"Membaca {file.name}", number - 1, len(files))
        data = read(file.sha256)
        if file.kind is FileKind.PUNCHES and is_presence(data):
            presence = read_presence(data)
            continue
        frame, found = _read(file, data)
        problems += found
        if file.kind is FileKind.PUNCHES:
            frame = frame.with_columns(file=pl.lit(len(names), pl.Int32))
            names.append(file.name)
        frames[file.kind].append(frame)
    return MonthFiles(
        people=pl.concat(frames[FileKind.PEOPLE], how="diagonal"),
        monthly=pl.concat(frames[FileKind.MONTHLY], how="diagonal"),
        punches=merge_punches(frames[FileKind.PUNCHES]),
        names=tuple(names),
        problems=tuple(problems),
        presence=presence,
    )


def _read(file: File, data: bytes) -> tuple[pl.DataFrame, list[Problem]]:
    if file.kind is FileKind.PEOPLE and columns.is_register(data):
        return columns.read_register(data, file.name), []
    if file.kind is FileKind.PEOPLE:
        return read_people(data, file.name)
    if file.kind is FileKind.MONTHLY and inputs.is_inputs(data):
        return inputs.read_inputs(data, file.name), []
    if file.kind is FileKind.MONTHLY:
        return read_monthly(data, file.name)
    return read_punches(data, file.name)

"""A database and an empty folder in which a document's commands run."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

from tests.support.databases import Cluster

TOP = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Room:
    """An empty folder, and the environment of a reader who works in it."""

    folder: Path
    environ: dict[str, str]


@pytest.fixture
def room(postgres: Cluster, tmp_path: Path) -> Iterator[Room]:
    """A reader's folder with a migrated database of its own behind it."""
    name = f"pamong_{uuid4().hex[:12]}"
    postgres.clone(name)
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PAMONG_", "DJANGO_"))}
    programs = Path(sys.executable).parent
    environ = kept | {
        "PATH": f"{programs}{os.pathsep}{kept['PATH']}",
        "PAMONG": str(TOP),
        "PAMONG_SECRET_KEY": "hanya-untuk-uji",
        "PAMONG_FILES": str(tmp_path / "berkas"),
        "DATABASE_URL": postgres.server.url("app", name),
    }
    folder = tmp_path / "latihan"
    folder.mkdir()
    yield Room(folder, environ)
    postgres.drop(name)

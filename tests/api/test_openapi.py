"""The interface's document is a promise to others: a change of it shows as a difference of a file."""

from __future__ import annotations

import json
import os
from pathlib import Path

from pamong.api.routes import api

SNAPSHOT = Path(__file__).parent / "openapi.json"


def test_the_document_is_the_one_that_was_promised() -> None:
    now = (
        json.dumps(api.get_openapi_schema(), indent=2, ensure_ascii=False, sort_keys=True, default=str) + "\n"
    )
    if os.environ.get("PAMONG_WRITE_SNAPSHOTS"):
        SNAPSHOT.write_text(now)
    assert now == SNAPSHOT.read_text(), "the interface changed; if that is meant: make snapshots"


def test_every_operation_is_described_in_words() -> None:
    for path, operations in api.get_openapi_schema()["paths"].items():
        for verb, operation in operations.items():
            assert operation.get("summary"), f"{verb} {path}"

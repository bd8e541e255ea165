"""Every sentence has its English, and the compiled catalogue is the one of the text."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

TOOL = Path(__file__).parents[2] / "tools" / "messages.py"


@pytest.fixture(scope="module")
def messages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", TOOL)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_sentence_has_its_english(messages: ModuleType) -> None:
    catalog = messages.updated()
    assert len(catalog) > 100
    assert [message.id for message in catalog if message.id and not message.string] == []


def test_files_are_what_the_tool_writes(messages: ModuleType) -> None:
    catalog = messages.updated()
    assert messages.PO.read_bytes() == messages.as_po(catalog), "run: python tools/messages.py"
    assert messages.MO.read_bytes() == messages.as_mo(catalog), "run: python tools/messages.py"

"""Whatever the bytes: a verdict, never a traceback; and what is called genuine says what was said."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pypdf
import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from pamong_verify.faults import Fault
from tests.outside.calling import call, verdict
from tests.outside.issuing import PLACE, START, digits, example_log

STATUSES = {0, *(fault.status for fault in Fault)}
COMMANDS = {
    "proof": ["proof", "proof"],
    "pdf": ["pdf", "pdf"],
    "picture": ["qr", "--image", "picture"],
    "log": ["log", "log", "--old", "old"],
    "checkpoints": ["checkpoints", "old", "new", "--log", "log"],
    "receipt": ["receipt", "receipt", "--log", "log"],
}
# What a genuine verdict must go on saying.
SAID = ("kind", "entry_kind", "public", "opened", "document", "index", "origin")


@dataclass(frozen=True)
class Files:
    """Genuine files by name, the words of a QR, and the receipt key."""

    data: dict[str, bytes]
    words: str
    key: str


@cache
def genuine() -> Files:
    log, month = example_log(300)
    data = {
        "policy": log.policy(),
        "proof": log.proof(PLACE, month.extra),
        "old": log.checkpoint(100),
        "new": log.checkpoint(),
        "receipt": log.receipt(month.entry.encode()),
    }
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.add_attachment("isi.json", month.document)
    writer.add_attachment("bukti.tlog-proof", data["proof"])
    writer.write(out)
    words = digits(log.qr_payload(PLACE, month.extra))
    picture = io.BytesIO()
    segno.make_qr(["https://a/#", words], error="m").save(picture, kind="png", scale=2, border=4)
    with TemporaryDirectory() as folder:
        log.write(Path(folder), time=START)
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file():
                data[f"log/{path.relative_to(folder)}"] = path.read_bytes()
    return Files({**data, "pdf": out.getvalue(), "picture": picture.getvalue()}, words, log.receipts.vkey)


def run(command: str, changed: dict[str, bytes]) -> dict[str, Any]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        for place, data in {**genuine().data, **changed}.items():
            (folder / place).parent.mkdir(parents=True, exist_ok=True)
            (folder / place).write_bytes(data)
        known = {*genuine().data, "log"}
        words = [
            folder / word if number and word in known else word
            for number, word in enumerate(COMMANDS[command])
        ]
        key = ["--key", genuine().key] if command == "receipt" else []
        words += [*key, "--policy", folder / "policy"]
        assert call(*words)[0] in STATUSES
        return verdict(*words)


@cache
def unchanged(command: str) -> dict[str, Any]:
    return run(command, {})


def same_or_refused(command: str, changed: dict[str, bytes]) -> None:
    said, first = run(command, changed), unchanged(command)
    assert first["genuine"] is True
    if said["genuine"]:
        assert {key: said.get(key) for key in SAID} == {key: first.get(key) for key in SAID}


@st.composite
def mutations(draw: st.DrawFn, data: bytes) -> bytes:
    """Some places changed, removed, doubled or filled with anything."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 80)))
        middle = draw(
            st.one_of(
                st.binary(max_size=40),
                st.just(data[start:end] * 2),
                st.sampled_from(
                    [b"", b"\n", b"\n\n", b"\x00", b"0", b"-1", b"9" * 5000, b"[" * 4000, b'"\\ud800"']
                ),
            )
        )
        data = data[:start] + middle + data[end:]
    return data


@pytest.mark.parametrize("command", COMMANDS)
@given(st.data())
def test_mutated_files(command: str, data: st.DataObject) -> None:
    named = [word for word in COMMANDS[command][1:] if word in genuine().data]
    if "log" in COMMANDS[command][1:]:
        named += [name for name in genuine().data if name.startswith("log/")]
    place = data.draw(st.sampled_from([*named, "policy"]))
    same_or_refused(command, {place: data.draw(mutations(genuine().data[place]))})


@pytest.mark.parametrize("command", COMMANDS)
@given(st.data())
def test_any_bytes(command: str, data: st.DataObject) -> None:
    place = data.draw(
        st.sampled_from([word for word in COMMANDS[command][1:] if word in genuine().data] + ["policy"])
    )
    run(command, {place: data.draw(st.binary(max_size=300))})


@given(st.data())
def test_any_words_of_a_qr(data: st.DataObject) -> None:
    """Mutated payloads, mutated digits, anything."""
    words = genuine().words
    payload = b"".join(
        int(words[at : at + 17]).to_bytes(
            {3: 1, 5: 2, 8: 3, 10: 4, 13: 5, 15: 6, 17: 7}[len(words[at : at + 17])], "big"
        )
        for at in range(0, len(words), 17)
    )
    text = data.draw(
        st.one_of(
            mutations(payload).filter(bool).map(digits),
            mutations(words.encode()).map(lambda each: each.decode("latin-1")),
            st.text(),
            st.text("0123456789"),
        ).filter(lambda each: not each.startswith("-"))
    )
    with TemporaryDirectory() as name:
        policy = Path(name) / "policy"
        policy.write_bytes(genuine().data["policy"])
        said = verdict("qr", text, "--policy", policy)
    if said["genuine"]:
        assert (said["index"], said["opened"]["slip"]["net"]) == (PLACE, 4250002)

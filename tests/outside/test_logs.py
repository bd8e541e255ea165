"""Log folders, checkpoints and receipts: whole, damaged, shrunk, forked, unfulfilled."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from pamong_verify.faults import Fault
from pamong_verify.logdir import tile_name
from tests.outside.calling import call, fault, verdict, written
from tests.outside.issuing import START, Log, Pair

SIZES = (0, 1, 255, 256, 257, 600, 66_000)


def entries(count: int) -> list[bytes]:
    return [b"catatan %d" % number for number in range(count)]


@pytest.fixture(scope="module")
def log() -> Log:
    return Log(entries(600))


@pytest.fixture
def policy(log: Log, tmp_path: Path) -> Path:
    return written(tmp_path, "policy", log.policy())


def test_names_of_tiles() -> None:
    names = {0: "000", 999: "999", 1000: "x001/000", 70_000: "x070/000", 1_234_067: "x001/x234/067"}
    assert {index: tile_name(index) for index in names} == names


@pytest.mark.parametrize("size", SIZES)
def test_a_whole_log(size: int, tmp_path: Path) -> None:
    log = Log(entries(size))
    policy = written(tmp_path, "policy", log.policy())
    said = verdict("log", log.write(tmp_path / "log"), "--policy", policy)
    assert (said["genuine"], said["size"]) == (True, size)


def test_a_log_with_its_past(log: Log, policy: Path, tmp_path: Path) -> None:
    """Partial tiles of earlier sizes stand beside the later ones."""
    for size in (3, 40, 300, 520, 600):
        folder = log.write(tmp_path / "log", size)
    old = written(tmp_path, "old", log.checkpoint(300))
    assert verdict("log", folder, "--old", old, "--policy", policy)["continues"] == 300
    assert (folder / "tile/entries/001.p/44").is_file()


def test_full_tiles_stand_in_for_partial_ones(log: Log, policy: Path, tmp_path: Path) -> None:
    """A log may delete partial tiles once the full one is there, even before its next checkpoint."""
    folder = log.write(tmp_path / "log")
    (folder / "checkpoint").write_bytes(log.checkpoint(500))
    for place in ("0", "entries"):
        shutil.rmtree(folder / "tile" / place / "001.p", ignore_errors=True)
    written(folder / "tile/1", "000.p", b"") if not (folder / "tile/1/000.p").exists() else None
    (folder / "tile/1/000.p/1").write_bytes((folder / "tile/1/000.p/2").read_bytes()[:32])
    assert verdict("log", folder, "--policy", policy)["size"] == 500


def every_tile(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "tile").rglob("*") if path.is_file())


def test_each_damaged_tile_shows(log: Log, policy: Path, tmp_path: Path) -> None:
    for size in (300, 600):
        folder = log.write(tmp_path / "log", size)
    assert len(every_tile(folder)) == 10
    for path in every_tile(folder):
        data = path.read_bytes()
        path.write_bytes(data[:-1])
        assert fault("log", folder, "--policy", policy) is Fault.TRUNCATED_TILE, path
        path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        assert fault("log", folder, "--policy", policy) is Fault.TILE_MISMATCH, path
        path.write_bytes(data + data[:32])
        assert fault("log", folder, "--policy", policy) in (Fault.TRUNCATED_TILE, Fault.TILE_MISMATCH), path
        path.write_bytes(data)
    assert verdict("log", folder, "--policy", policy)["genuine"]


def test_each_needed_tile_is_needed(log: Log, policy: Path, tmp_path: Path) -> None:
    folder = log.write(tmp_path / "log")
    for path in every_tile(folder):
        data = path.read_bytes()
        path.unlink()
        assert fault("log", folder, "--policy", policy) is Fault.MISSING_TILE, path
        path.write_bytes(data)
    assert fault("log", tmp_path / "none", "--policy", policy) is Fault.UNREADABLE


def test_a_log_rewritten_but_not_signed(log: Log, policy: Path, tmp_path: Path) -> None:
    other = Log([*entries(599), b"lain"])
    folder = other.write(tmp_path / "log")
    (folder / "checkpoint").write_bytes(log.checkpoint())
    assert fault("log", folder, "--policy", policy) is Fault.ROOT_MISMATCH
    (folder / "checkpoint").write_bytes(other.checkpoint())
    assert fault("log", folder, "--policy", policy) is Fault.UNKNOWN_LOG
    (folder / "checkpoint").write_bytes(log.checkpoint().replace(b"\n600\n", b"\n599\n"))
    assert fault("log", folder, "--policy", policy) is Fault.FORGED


def forked(log: Log) -> Log:
    """The same log, its key and its witnesses with it, with another past."""
    other = Log([b"lain", *log.entries[1:]])
    other.key, other.witnesses = log.key, log.witnesses
    return other


def test_a_log_against_an_older_checkpoint(log: Log, policy: Path, tmp_path: Path) -> None:
    folder = log.write(tmp_path / "log", 500)
    cases = {
        "same": (log.checkpoint(500), None),
        "empty": (log.checkpoint(0), None),
        "larger": (log.checkpoint(501), Fault.SMALLER_TREE),
        "forked": (forked(log).checkpoint(400), Fault.FORKED),
        "forked same size": (forked(log).checkpoint(500), Fault.FORKED),
        "unknown": (Log(entries(400)).checkpoint(), Fault.UNKNOWN_LOG),
        "broken": (b"x", Fault.UNREADABLE),
    }
    for name, (data, expected) in cases.items():
        old = written(tmp_path, "old", data)
        words = ("log", folder, "--old", old, "--policy", policy)
        assert (fault(*words) if expected else call(*words)[0]) == (expected or 0), name


def test_two_checkpoints(log: Log, policy: Path, tmp_path: Path) -> None:
    folder = log.write(tmp_path / "log", 550)

    def compare(old: bytes, new: bytes, *more: object) -> list[object]:
        files = [written(tmp_path, "old", old), written(tmp_path, "new", new)]
        return ["checkpoints", *files, "--policy", policy, *more]

    here = ("--log", folder)
    assert verdict(*compare(log.checkpoint(9), log.checkpoint(9)))["relation"] == "equal"
    assert verdict(*compare(log.checkpoint(9), log.checkpoint(500), *here))["relation"] == "grown"
    assert verdict(*compare(log.checkpoint(0), log.checkpoint(550), *here))["relation"] == "grown"
    assert fault(*compare(log.checkpoint(9), log.checkpoint(8))) is Fault.SMALLER_TREE
    assert fault(*compare(log.checkpoint(9), forked(log).checkpoint(9))) is Fault.FORKED
    assert fault(*compare(forked(log).checkpoint(9), log.checkpoint(500), *here)) is Fault.FORKED
    assert fault(*compare(log.checkpoint(9), forked(log).checkpoint(500), *here)) is Fault.FORKED
    assert fault(*compare(log.checkpoint(9), log.checkpoint(10))) is Fault.TOO_EARLY
    assert fault(*compare(log.checkpoint(9), log.checkpoint(600), *here)) is Fault.TOO_EARLY
    assert fault(*compare(Log(entries(9)).checkpoint(), log.checkpoint(10))) is Fault.UNKNOWN_LOG


def test_checkpoints_of_two_logs(tmp_path: Path) -> None:
    one, two = Log(entries(5), "a.example/log/x"), Log(entries(5), "a.example/log/y")
    policy = written(tmp_path, "policy", one.policy() + f"log {two.key.vkey}\n".encode())
    files = written(tmp_path, "one", one.checkpoint()), written(tmp_path, "two", two.checkpoint())
    assert fault("checkpoints", *files, "--policy", policy) is Fault.OTHER_DOCUMENT


def test_receipts(log: Log, policy: Path, tmp_path: Path) -> None:
    folder = log.write(tmp_path / "log", 500, time=START + 61)
    tail = ("--log", folder, "--key", log.receipts.vkey, "--policy", policy)

    def given(data: bytes) -> tuple[object, ...]:
        return ("receipt", written(tmp_path, "receipt", data), *tail)

    assert verdict(*given(log.receipt(b"catatan 77")))["index"] == 77
    assert fault(*given(log.receipt(b"tak tercatat"))) is Fault.RECEIPT_UNFULFILLED
    assert fault(*given(log.receipt(b"tak tercatat", "2026-11-10T00:00:13Z"))) is Fault.TOO_EARLY
    assert fault(*given(log.receipt(b"x").replace(b"pay.", b"lay."))) is Fault.FORGED
    for broken in (
        b"",
        log.receipt(b"x", "2026-11-10 00:00:12"),
        log.receipt(b"x", "2026-13-10T00:00:12Z"),
        log.receipt(b"x", kind=""),
        log.checkpoint(),
    ):
        assert fault(*given(broken)) is Fault.UNREADABLE
    assert fault(*given(Log([], log.origin).receipt(b"x"))) is Fault.UNKNOWN_LOG


def test_a_receipt_of_another_log_or_key(log: Log, policy: Path, tmp_path: Path) -> None:
    folder = log.write(tmp_path / "log", 500)
    rules = Log([], log.origin.replace("decisions", "rules"))
    receipt = written(tmp_path, "receipt", rules.receipt(b"x"))
    tail = ("--log", folder, "--policy", policy)
    assert fault("receipt", receipt, "--key", rules.receipts.vkey, *tail) is Fault.OTHER_DOCUMENT
    foreign = Log([], log.origin)
    foreign.receipts = Pair("lain.contoh.go.id/receipt", 1)
    receipt = written(tmp_path, "receipt", foreign.receipt(b"x"))
    assert fault("receipt", receipt, "--key", foreign.receipts.vkey, *tail) is Fault.UNKNOWN_LOG
    assert fault("receipt", receipt, "--key", "kunci", *tail) is Fault.UNREADABLE


def test_a_receipt_where_no_witness_signed(log: Log, policy: Path, tmp_path: Path) -> None:
    """Then the copy's own date counts: when it was taken from the site."""
    folder = log.write(tmp_path / "log", 500, witnesses=0)
    receipt = written(tmp_path, "receipt", log.receipt(b"tak tercatat"))
    words = ("receipt", receipt, "--log", folder, "--key", log.receipts.vkey, "--policy", policy)
    for seconds, expected in ((60, Fault.TOO_EARLY), (61, Fault.RECEIPT_UNFULFILLED)):
        os.utime(folder / "checkpoint", (START + seconds, START + seconds))
        assert fault(*words) is expected


def test_a_receipt_where_one_witness_fell_silent(log: Log, policy: Path, tmp_path: Path) -> None:
    """Enough others signed the same checkpoint again; where they are not enough, the earliest time counts."""
    folder = log.write(tmp_path / "log", 500)
    receipt = written(tmp_path, "receipt", log.receipt(b"tak tercatat"))
    words = ("receipt", receipt, "--log", folder, "--key", log.receipts.vkey, "--policy", policy)
    hour = START + 3600
    for times, expected in (
        ((hour, hour, START), Fault.RECEIPT_UNFULFILLED),
        ((hour, START, hour), Fault.RECEIPT_UNFULFILLED),
        ((START, hour, hour), Fault.TOO_EARLY),
    ):
        text = log.body(500)
        lines = [pair.line(text, time) for pair, time in zip(log.witnesses, times, strict=True)]
        (folder / "checkpoint").write_text(f"{text}\n{log.key.line(text)}{''.join(lines)}")
        assert fault(*words) is expected

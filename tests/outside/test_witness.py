"""The witness after C2SP tlog-witness: each status, real processes, slow and garbage clients."""

from __future__ import annotations

import http.client
import random
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from pamong_verify.policy import parse_policy
from tests.outside.issuing import Log, Pair, sha
from tests.outside.witnessing import (
    Answer,
    Process,
    ask,
    command,
    fork_of,
    make,
    request,
    running,
    verified,
)

SIZE_TYPE = "text/x.tlog.size"


class Case:
    """A witness that runs, and the log that it knows."""

    def __init__(self, folder: Path, process: Process, log: Log, vkey: str) -> None:
        self.folder = folder
        self.process = process
        self.log = log
        self.vkey = vkey

    def add(self, old: int, size: int, log: Log | None = None) -> Answer:
        return self.process.post(request(log or self.log, old, size))

    def signed(self, old: int, size: int) -> int:
        answer = self.add(old, size)
        assert answer.status == 200, answer
        return verified(answer.body, self.vkey, self.log.body(size)).time


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    log = Log([b"catatan %d" % number for number in range(100)])
    vkey = make(tmp_path / "saksi", log)
    with running(tmp_path / "saksi") as process:
        yield Case(tmp_path / "saksi", process, log, vkey)


def test_growth_is_cosigned(case: Case) -> None:
    times = [
        case.signed(0, 3),
        case.signed(3, 3),
        case.signed(3, 64),
        case.signed(64, 65),
        case.signed(65, 100),
    ]
    assert times == sorted(times)
    assert "100 catatan" in command("status", "--config", case.folder / "witness.toml").stdout


def test_an_empty_tree(case: Case) -> None:
    case.signed(0, 0)
    case.signed(0, 1)
    assert case.add(0, 0).status == 409


def test_an_old_size_that_is_not_the_last(case: Case) -> None:
    case.signed(0, 10)
    for old, size in ((0, 20), (9, 20), (11, 20), (0, 10), (5, 9)):
        assert case.add(old, size) == Answer(409, SIZE_TYPE, "10\n")
    case.signed(10, 20)


def test_a_fork_is_refused_and_kept(case: Case) -> None:
    case.signed(0, 10)
    other = fork_of(case.log, 4)
    assert case.add(10, 10, other) == Answer(409, SIZE_TYPE, "10\n")
    assert case.add(10, 20, other).status == 422
    for _ in range(2):
        assert case.add(10, 10, other).status == 409
    assert "1 CABANG" in command("status", "--config", case.folder / "witness.toml").stdout
    case.signed(10, 20)


def test_a_proof_that_does_not_verify(case: Case) -> None:
    post, log = case.process.post, case.log
    assert post(request(log, 0, 10, [sha(b"x")])).status == 422
    case.signed(0, 10)
    for proof in ([], [sha(b"x")] * 4, [sha(b"x")] * 63):
        assert post(request(log, 10, 20, proof)).status == 422
    assert post(request(log, 10, 10, [sha(b"x")])).status == 422
    case.signed(10, 20)


def test_who_is_not_known(case: Case) -> None:
    stranger = Log(case.log.entries, "lain.contoh.go.id/log/decisions")
    assert case.add(0, 5, stranger).status == 404
    forger = Log(case.log.entries)
    assert case.add(0, 5, forger).status == 403
    text = case.log.body(5)
    wrong = (text + "\n" + case.log.key.line(text + "x\n")).encode()
    assert case.process.post(request(case.log, 0, 5, note=wrong)).status == 403
    case.signed(0, 5)


def test_other_signatures_and_extensions(case: Case) -> None:
    text = case.log.body(5) + "tambahan\n"
    lines = [Pair("lain.example", 1).line(text), case.log.key.line(text), Pair("w.example", 4).line(text)]
    answer = case.process.post(request(case.log, 0, 5, note=(text + "\n" + "".join(lines)).encode()))
    assert answer.status == 200
    verified(answer.body, case.vkey, text)


def test_what_is_no_request(case: Case) -> None:
    good = request(case.log, 0, 5)
    bad = [
        b"",
        b"\n\n",
        good[:-1],
        good + b"x",
        good.replace(b"old 0", b"old 00"),
        good.replace(b"old 0", b"old -1"),
        good.replace(b"old 0", b"old"),
        good.replace(b"old 0", b"new 0"),
        good.replace(b"old 0\n", b"old 0\r\n"),
        good.replace(b"old 0\n", b"old 0\nAAAA\n"),
        good.replace(b"\n\n", b"\n", 1),
        request(case.log, 0, 5, [sha(b"x")] * 64),
        b"\xff" * 100,
        b"old " + b"9" * 5000 + good[5:],
    ]
    for body in bad:
        assert case.process.post(body).status == 400, body
    assert case.process.post(request(case.log, 9, 5, [])).status == 400
    case.signed(0, 5)


def test_limits_of_http(case: Case) -> None:
    assert case.process.post(b"x" * (300 << 10)).status == 413
    assert case.process.post(request(case.log, 0, 5), "/lain").status == 404
    connection = http.client.HTTPConnection("127.0.0.1", case.process.port, timeout=60)
    connection.request("GET", "/add-checkpoint")
    response = connection.getresponse()
    assert (response.status, bool(response.read())) == (405, True)
    connection.putrequest("POST", "/add-checkpoint")
    connection.endheaders()
    assert connection.getresponse().status == 411
    connection.close()


def test_one_connection_for_many_requests(case: Case) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", case.process.port, timeout=60)
    connection.connect()
    first = connection.sock
    for old, size in ((0, 5), (5, 9), (5, 9), (9, 12)):
        assert ask(connection, request(case.log, old, size)).status in (200, 409)
    assert connection.sock is first
    connection.close()


def slow_client(port: int) -> socket.socket:
    """A client that begins a request and then says nothing more."""
    client = socket.create_connection(("127.0.0.1", port), timeout=60)
    client.sendall(b"POST /add-checkpoint HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nold")
    return client


def test_slow_clients_block_nobody(case: Case) -> None:
    """More of them than the witness keeps connections: the oldest are hung up."""
    clients = [slow_client(case.process.port) for _ in range(200)]
    case.signed(0, 5)
    case.signed(5, 6)
    assert clients[0].recv(1) == b""
    for client in clients:
        client.close()


def test_a_slow_client_is_hung_up(case: Case) -> None:
    """Without any other client: its time is over."""
    client = slow_client(case.process.port)
    while client.recv(4096):
        pass
    client.close()
    case.signed(0, 5)


def test_garbage_clients_end_nothing(case: Case) -> None:
    chance = random.Random(7)  # noqa: S311  repeatable garbage
    good = request(case.log, 0, 5)
    for _ in range(60):
        body = bytearray(good)
        for _ in range(chance.randrange(1, 6)):
            body[chance.randrange(len(body))] = chance.randrange(256)
        head = b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % len(body)
        raw = chance.choice(
            [bytes(body), head + bytes(body), chance.randbytes(500), head[:-2], head + b"old 0"]
        )
        with socket.create_connection(("127.0.0.1", case.process.port), timeout=60) as client:
            client.sendall(raw)
    assert case.process.process.poll() is None
    assert case.signed(0, 5)


def test_init_never_overwrites(tmp_path: Path) -> None:
    log = Log([b"a"])
    make(tmp_path / "saksi", log)
    key = (tmp_path / "saksi" / "witness.key").read_bytes()
    again = command("init", "--name", "a", "--folder", tmp_path / "saksi")
    assert (again.returncode, "sudah ada saksi" in again.stderr) == (1, True)
    assert (tmp_path / "saksi" / "witness.key").read_bytes() == key
    assert (tmp_path / "saksi" / "witness.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("witness.sqlite", None, "ingatan"),
        ("witness.sqlite", b"", "ingatan"),
        ("witness.sqlite", b"x" * 5000, "ingatan"),
        ("witness.key", None, "Kunci"),
        ("witness.key", b"PRIVATE+KEY+a+00000000+AAAA\n", "Kunci"),
        ("witness.toml", None, "setelan"),
        ("witness.toml", b"name = ", "setelan"),
        ("witness.toml", b"name = 'a b'", "name"),
        ("witness.toml", b"name = 'a.example'", "milik saksi"),
        ("witness.toml", b"name = 'a'\n[[log]]\nvkey = 'x'", "vkey"),
        ("witness.toml", b"name = 'a'\nlog = 3", "vkey"),
    ],
)
def test_no_witness_without_its_files(tmp_path: Path, file: str, content: bytes | None, said: str) -> None:
    """Above all never with an empty memory."""
    make(tmp_path / "saksi", Log([b"a"]))
    path = tmp_path / "saksi" / file
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    done = command("serve", "--port", "0", "--config", tmp_path / "saksi" / "witness.toml")
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_wrong_words_for_init(tmp_path: Path) -> None:
    for words in (
        ["--name", "a b"],
        ["--name", "a", "--log", "x"],
        ["--name", "a", "--log", Pair("a", 4).vkey],
    ):
        done = command("init", "--folder", tmp_path / "saksi", *words)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert not (tmp_path / "saksi").exists()


def test_the_printed_policy_lines_are_a_policy(tmp_path: Path) -> None:
    done = command("init", "--name", "saksi.contoh.go.id", "--folder", tmp_path / "saksi")
    policy = parse_policy(done.stdout.partition("kebijakan:\n")[2].encode())
    assert policy.is_independent()
    assert policy.is_met(["contoh"])

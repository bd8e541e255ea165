"""Asking witnesses to countersign (C2SP tlog-witness). One that is slow, silent or wrong stops nobody."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from pamong.ledger.tree.errors import TreeError
from pamong.ledger.tree.fields import to_base64
from pamong.ledger.tree.notes import Verified, VerifierKey, open_note, read_signatures, renew_signatures

SECONDS = 5  # for one witness, from the connection to the last byte
MOST_BYTES = 64 * 1024
PATIENCE = 3  # questions about one checkpoint: a witness tells its size, and may have moved on meanwhile


@dataclass(frozen=True, slots=True)
class Witness:
    """Who is asked: the name in the policy, the key, and the submission prefix."""

    name: str
    key: VerifierKey
    url: str


@dataclass(frozen=True, slots=True)
class Answer:
    """How it ended. ``line`` and ``signed_at`` (POSIX seconds) of a countersignature, else a sentence.

    ``alarm``: the witness has seen another history of this log, or more of it.
    """

    witness: str
    size: int
    said: str
    line: str = ""
    signed_at: int = 0
    alarm: bool = False


class _Refused(Exception):
    """The witness gave no countersignature; the sentence says why."""

    def __init__(self, sentence: str, alarm: bool = False) -> None:
        super().__init__(sentence)
        self.alarm = alarm


def ask(witness: Witness, note: str, size: int, old: int, prove: Callable[[int], list[bytes]]) -> Answer:
    """Ask one witness to countersign a checkpoint of this size.

    ``old``: what it countersigned last, as far as known. ``prove`` gives the consistency proof from a size.
    Never raises for what a witness or the network does.
    """
    deadline = time.monotonic() + SECONDS
    try:
        for _ in range(PATIENCE):
            status, body = _post(witness.url, _request(note, old, prove), deadline)
            if status == 200:
                return _countersigned(witness, note, size, body)
            old = _other_size(status, body, old, size)
    except _Refused as refused:
        return Answer(witness.name, size, str(refused), alarm=refused.alarm)
    except (OSError, http.client.HTTPException, ValueError) as error:
        ended = TimeoutError() if time.monotonic() >= deadline else error
        return Answer(witness.name, size, _unreachable(ended))
    return Answer(witness.name, size, "Saksi terus menyebut ukuran lain untuk titik segel yang sama.")


def _request(note: str, old: int, prove: Callable[[int], list[bytes]]) -> bytes:
    proof = prove(old) if old else []
    lines = [f"old {old}", *(to_base64(hashed) for hashed in proof), "", note]
    return "\n".join(lines).encode()


def _countersigned(witness: Witness, note: str, size: int, body: bytes) -> Answer:
    try:
        lines = read_signatures(body.decode("utf-8"))
        opened = open_note(renew_signatures(note, lines), [witness.key])
    except (TreeError, UnicodeDecodeError) as error:
        raise _Refused("Jawaban saksi bukan tanda tangan yang sah dari kuncinya.") from error
    found: Verified = opened.verified[0]
    return Answer(witness.name, size, "", found.signature.line, found.time or 0)


def _other_size(status: int, body: bytes, old: int, size: int) -> int:
    """The size that the witness remembers; _Refused for every other refusal."""
    if status == 409:
        remembered = body.strip()
        if not remembered.isdigit() or len(remembered) > 20:
            raise _Refused("Saksi menolak karena ukurannya lain, tetapi ukurannya tidak dapat dibaca.")
        if int(remembered) > size:
            raise _Refused(
                f"Saksi sudah melihat titik segel yang lebih besar ({int(remembered)}) daripada milik kita "
                f"({size}). Mungkin cadangan lama dipulihkan. Jalankan 'pamong audit'.",
                alarm=True,
            )
        if int(remembered) == old == size:
            raise _Refused(
                f"Saksi sudah menyaksikan isi lain pada ukuran {size}. Jalankan 'pamong audit' dan beri tahu "
                "inspektorat.",
                alarm=True,
            )
        return int(remembered)
    told = {
        403: "Saksi tidak mengenal kunci buku segel ini. Kirimkan kunci yang baru kepadanya.",
        404: "Saksi tidak mengenal buku segel ini. Minta ia mendaftarkannya.",
        422: "Saksi menolak: isinya tidak menyambung yang pernah disaksikannya. Jalankan 'pamong audit'.",
    }
    raise _Refused(told.get(status, f"Saksi menjawab dengan kode {status}."), alarm=status == 422)


def _post(url: str, data: bytes, deadline: float) -> tuple[int, bytes]:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _Refused(f"Alamat saksi '{url}' tidak dapat dipakai.")
    with _connected(parts.hostname, parts.port, deadline, secure=parts.scheme == "https") as connection:
        headers = {"Content-Type": "text/plain; charset=utf-8", "Connection": "close"}
        connection.request("POST", f"{parts.path.rstrip('/')}/add-checkpoint", data, headers)
        response = connection.getresponse()
        body = response.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise _Refused("Jawaban saksi terlalu panjang.")
    return response.status, body


@contextmanager
def _connected(
    host: str, port: int | None, deadline: float, *, secure: bool
) -> Iterator[http.client.HTTPConnection]:
    """A connection that ends at the deadline, whatever the other side does: a drop every few seconds, of a
    handshake, a header or a body, must not hold a thread, nor the next checkpoint."""
    port = port or (http.client.HTTPS_PORT if secure else http.client.HTTP_PORT)
    connection = http.client.HTTPConnection(host, port)
    plain = socket.create_connection((host, port), _left(deadline))
    same = plain.dup()  # to hang up by, also when another object has taken the first one over
    watch = threading.Timer(_left(deadline), _hang_up, [same])
    watch.daemon = True
    watch.start()
    try:
        context = ssl.create_default_context() if secure else None
        connection.sock = context.wrap_socket(plain, server_hostname=host) if context else plain
        yield connection
    finally:
        watch.cancel()
        for each in (connection, plain, same):
            each.close()


def _hang_up(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _unreachable(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return f"Saksi tidak menjawab dalam {SECONDS} detik."
    if isinstance(error, OSError):
        return "Saksi tidak dapat dihubungi."
    return "Jawaban saksi tidak dapat dibaca."

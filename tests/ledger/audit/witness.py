"""A witness (C2SP tlog-witness) over HTTP in this process, with a memory."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from pamong.ledger.tree.checkpoints import Checkpoint
from pamong.ledger.tree.fields import from_base64
from pamong.ledger.tree.merkle import EMPTY_ROOT, verify_consistency
from pamong.ledger.tree.notes import COSIGNATURE, SigningKey, read_note

NAME = "saksi.contoh.go.id"


class Memory:
    """What a witness saw last, and its key."""

    def __init__(self) -> None:
        self.key = SigningKey.generate(NAME, COSIGNATURE)
        self.seen: dict[str, tuple[int, bytes]] = {}

    def answer(self, request: bytes) -> tuple[int, str]:
        """Status and body for ``add-checkpoint``."""
        head, _, note = request.decode().partition("\n\n")
        first, *proof = head.split("\n")
        text = read_note(note).text
        point = Checkpoint.parse(text)
        size, root = self.seen.get(point.origin, (0, EMPTY_ROOT))
        if int(first.removeprefix("old ")) != size or point.size < size:
            return 409, f"{size}\n"
        hashes = [from_base64(line) or b"" for line in proof]
        if not verify_consistency(size, root, point.size, point.root, hashes):
            return 422, "tidak menyambung\n"
        self.seen[point.origin] = (point.size, point.root)
        return 200, self.key.cosign(text, int(time.time()))


@contextmanager
def witness() -> Iterator[tuple[Memory, str]]:
    """A running witness: its memory, and its address."""
    memory = Memory()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status, body = memory.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield memory, f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

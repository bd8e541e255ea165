"""The HTTP server: many connections at once, each with a limit of size and time."""

from __future__ import annotations

import socket
import sqlite3
import sys
import threading
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from pamong_witness.errors import Rejected
from pamong_witness.witness import Witness

LARGEST_BODY = 256 << 10
MOST_SECONDS = 10.0
MOST_CONNECTIONS = 128
PATH = "/add-checkpoint"


class Server(ThreadingHTTPServer):
    """Closes a connection that takes longer than its time, and the oldest one when there are too many."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], witness: Witness, seconds: float = MOST_SECONDS) -> None:
        self.witness = witness
        self.seconds = seconds
        self._deadlines: dict[socket.socket, float] = {}
        self._guard = threading.Lock()
        super().__init__(address, Handler)

    def renew(self, connection: socket.socket) -> None:
        """Give a connection its time, counted from now."""
        with self._guard:
            if connection not in self._deadlines and len(self._deadlines) >= MOST_CONNECTIONS:
                _hang_up(self._deadlines, min(self._deadlines, key=lambda one: self._deadlines[one]))
            self._deadlines[connection] = time.monotonic() + self.seconds

    def service_actions(self) -> None:
        """Called about twice a second: hang up where the time is over."""
        now = time.monotonic()
        with self._guard:
            for connection in [one for one, end in self._deadlines.items() if end < now]:
                _hang_up(self._deadlines, connection)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Count the connection from its first moment."""
        self.renew(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget the connection."""
        with self._guard:
            self._deadlines.pop(request, None)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """One line in place of a traceback where a connection broke: that is daily bread."""
        if isinstance(sys.exception(), OSError):
            sys.stderr.write(f"{client_address[0]} sambungan terputus\n")
        else:
            super().handle_error(request, client_address)


def _hang_up(deadlines: dict[socket.socket, float], connection: socket.socket) -> None:
    del deadlines[connection]
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it went by itself


class Handler(BaseHTTPRequestHandler):
    """``POST /add-checkpoint``; everything else is not found."""

    protocol_version = "HTTP/1.1"
    server_version = "pamong-witness"
    sys_version = ""
    disable_nagle_algorithm = True
    server: Server

    def do_POST(self) -> None:
        """Answer one request."""
        try:
            body = self._body()
            self._answer(200, self.server.witness.add_checkpoint(body), "text/plain; charset=utf-8")
        except Rejected as refused:
            self._answer(refused.status, refused.body, refused.content_type)
        except sqlite3.Error as error:
            self.log_error("%s", f"berkas ingatan: {error}")
            self._answer(500, "Ingatan saksi sedang tidak dapat ditulis.\n", "text/plain; charset=utf-8")
        self.server.renew(self.connection)

    def do_GET(self) -> None:
        """There is nothing to read."""
        known = self.path.endswith(PATH)
        self._answer(405 if known else 404, "Hanya POST /add-checkpoint.\n", "text/plain; charset=utf-8")

    def _body(self) -> bytes:
        """The whole body; what is refused unread ends the connection."""
        self.close_connection, keep = True, self.close_connection
        length = self.headers.get("Content-Length", "")
        if self.headers.get("Transfer-Encoding") or not (length.isascii() and length.isdigit()):
            raise Rejected(411, "Panjang isi (Content-Length) harus disebut.\n")
        if len(length) > 9 or int(length) > LARGEST_BODY:
            raise Rejected(413, "Permintaan terlalu besar.\n")
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            raise Rejected(400, "Permintaan terpotong.\n")
        self.close_connection = keep
        if not self.path.endswith(PATH):
            raise Rejected(404, "Hanya POST /add-checkpoint.\n")
        return body

    def _answer(self, status: int, text: str, content_type: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Only what was refused: what was signed stands in the state, and comes every few seconds."""
        if code != HTTPStatus.OK:
            super().log_request(code, size)

    def log_message(self, format: str, *args: Any) -> None:
        """One line a request, without signs that could forge another line."""
        line = "".join(sign if sign.isprintable() else "?" for sign in format % args)
        sys.stderr.write(f"{self.log_date_time_string()} {self.address_string()} {line}\n")

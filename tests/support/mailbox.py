"""A mail server on loopback for tests: takes what it is told to take, and keeps it."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any


@dataclass
class Mailbox:
    """What came in, in order. ``answer`` gives the server's word on a recipient; ``taken`` is called once a
    mail is here, before the sender hears of it."""

    url: str = ""
    mails: list[EmailMessage] = field(default_factory=list)
    answer: Callable[[str], str] = lambda address: "250 OK"
    taken: Callable[[], None] = lambda: None

    @property
    def addresses(self) -> list[str]:
        """To whom they went."""
        return [str(mail["To"]) for mail in self.mails]

    def text(self, address: str) -> str:
        """The words of the only mail to somebody."""
        (found,) = [mail for mail in self.mails if mail["To"] == address]
        return str(found.get_content())


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    box: Mailbox


class _Talk(socketserver.StreamRequestHandler):
    """One connection, as far as ``smtplib`` speaks."""

    server: Any

    def handle(self) -> None:
        self.say("220 uji")
        for line in self.rfile:
            word, _, rest = line.decode().strip().partition(" ")
            if word.upper() == "QUIT":
                self.say("221 sampai jumpa")
                return
            if word.upper() == "DATA":
                self.take()
            elif word.upper() == "RCPT":
                self.say(self.server.box.answer(rest.partition(":")[2].strip("<> ")))
            else:
                self.say("250 OK")

    def take(self) -> None:
        """The mail itself, up to the point that stands alone."""
        self.say("354 silakan")
        lines = list(iter(self.rfile.readline, b".\r\n"))
        box: Mailbox = self.server.box
        box.mails.append(message_from_bytes(b"".join(lines), policy=policy.default))  # type: ignore[arg-type]
        box.taken()
        self.say("250 diterima")

    def say(self, text: str) -> None:
        """One answer."""
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """A server until the block ends."""
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.box = Mailbox(f"smtp://127.0.0.1:{server.server_address[1]}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.box
        server.shutdown()

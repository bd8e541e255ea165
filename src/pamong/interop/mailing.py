"""Reminders handed to the mail server, one by one: each is noted before it is tried, and once it is taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from pamong.access import mailing
from pamong.interop.reminders import Letter
from pamong.kernel.actor import Actor

VAIN = 3  # failures in a row after which the rest waits for the next run: it is not the recipients' fault


@dataclass(frozen=True, slots=True)
class Post:
    """Where mails are handed in (what ``get_connection`` takes), by whom, and the address of this site."""

    target: Mapping[str, Any]
    sender: str
    site: str


def find_post() -> Post | None:
    """The mail server that this site was told; None where it was told none."""
    if not settings.PAMONG_MAIL:
        return None
    return Post(settings.PAMONG_MAIL, settings.PAMONG_MAIL_FROM, settings.PAMONG_SITE_URL)


@dataclass(frozen=True, slots=True)
class Sent:
    """How many went out, how many the mail server did not take, and why the last of them."""

    sent: int = 0
    failed: int = 0
    fault: str = ""


def send(*, actor: Actor, letters: Sequence[Letter], post: Post) -> Sent:
    """Send the reminders of the actor's day that are not sent yet; each account gets at most one a day.

    A crash while one of them is handed over may send that one again, later, with the same Message-ID.
    ``NotAllowed`` but for the machine and who operates it.
    """
    mailing.begin(actor=actor, users=[letter.user for letter in letters])
    waiting = mailing.list_open(actor=actor)
    tried: list[str] = []
    with _door(post) as door:
        for letter in letters:
            if letter.user in waiting and mailing.claim(actor=actor, user=letter.user):
                tried.append(_send(actor, door, letter, post))
            if len(tried) >= VAIN and all(tried[-VAIN:]):
                break
    faults = [fault for fault in tried if fault]
    return Sent(len(tried) - len(faults), len(faults), faults[-1] if faults else "")


@contextmanager
def _door(post: Post) -> Iterator[BaseEmailBackend]:
    """Where mails are handed in, left at the end."""
    door: BaseEmailBackend = get_connection(**post.target)
    try:
        yield door
    finally:
        _leave(door)


def _send(actor: Actor, door: BaseEmailBackend, letter: Letter, post: Post) -> str:
    """Send one and note it; why it was not taken, '' where it was."""
    try:
        message = _message(letter, actor.on, post)
        door.open()  # where it is not open already
        door.send_messages([message])
    except (SMTPException, OSError, ValueError) as error:
        _leave(door)  # what is left of the connection is of no use to the next one
        mailing.note_failed(actor=actor, user=letter.user, fault=_fault(error))
        return _fault(error)
    mailing.note_sent(actor=actor, user=letter.user)
    return ""


def _leave(door: BaseEmailBackend) -> None:
    with suppress(SMTPException, OSError):
        door.close()


def _message(letter: Letter, on: date, post: Post) -> EmailMessage:
    domain = post.sender.rpartition("@")[2].strip("> ")
    text = letter.text(on, post.site)
    message = EmailMessage(letter.subject, text, post.sender, [letter.recipient.address])
    message.extra_headers = {
        "Message-ID": f"<{on:%Y%m%d}.{letter.user}.pengingat@{domain}>",
        "Auto-Submitted": "auto-generated",  # so that no absence note answers it
    }
    return message


def _fault(error: Exception) -> str:
    """Why, by the code of the mail server; its words may name the recipient."""
    if isinstance(error, SMTPRecipientsRefused):
        code = next((code for code, _words in error.recipients.values()), 0)
        return f"alamat ditolak ({code})"
    if isinstance(error, SMTPResponseException):
        return f"ditolak peladen surel ({error.smtp_code})"
    if isinstance(error, ValueError):
        return "alamat tidak dapat dipakai"
    return "peladen surel tidak terjangkau"

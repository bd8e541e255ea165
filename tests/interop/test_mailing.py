"""Reminders over a real mail server: each once a day, tried at most three times, and a crash doubles one."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from pamong.access import mailing
from pamong.access.models import Mail, User
from pamong.config.mail import mail_target
from pamong.interop.mailing import Post, Sent, send
from pamong.interop.reminders import list_letters
from pamong.kernel.actor import Actor
from tests.attendance.test_my_days import Office, make_office
from tests.support.corrections import open_correction
from tests.support.databases import Cluster
from tests.support.mailbox import Mailbox, mailbox
from tests.support.papers import enter_letter
from tests.support.people import AT, TODAY, small_people
from tests.support.worlds import stage

stage_office = stage(make_office)
TOP = Path(__file__).resolve().parents[2]
SITE = "https://pamong.uji.example"
SENDER = "Pamong <pamong@uji.example>"
DECIDERS = {f"{name}@uji.example" for name in ("superior", "nurul", "wahyu", "ratih")}


def give_addresses() -> None:
    for user in User.objects.all():
        User.objects.filter(pk=user.pk).update(email=f"{user.username}@uji.example")


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mailbox() as made:
        yield made


@pytest.fixture
def waiting(stage_office: Office, db: None, tmp_path: Path, settings: Any) -> Office:
    """A letter waits for the superior and three officers, of whom one has a request to answer beside it."""
    settings.PAMONG_FILES_ROOT = tmp_path / "berkas"
    enter_letter(stage_office.machines.people, "own")
    give_addresses()
    return stage_office


def run(box: Mailbox, on: date = TODAY) -> Sent:
    """One run, as the worker's or the command's."""
    operator = Actor.operator("uji", on)
    letters = list_letters(actor=operator, at=AT, stamped=datetime.now(UTC))
    return send(actor=operator, letters=letters, post=Post(mail_target(box.url, SENDER, SITE), SENDER, SITE))


def test_each_gets_one_mail_however_often_it_runs(waiting: Office, box: Mailbox) -> None:
    assert run(box) == Sent(4)
    assert run(box) == Sent(0)
    assert sorted(box.addresses) == sorted(DECIDERS)
    mail = box.mails[0]
    assert mail["From"] == SENDER and mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"].startswith("<20261110.") and mail["Subject"] == "Pamong: 1 hal menunggu Anda"
    assert "Selasa, 10 November 2026" in box.text("superior@uji.example")
    assert run(box, TODAY + timedelta(days=1)) == Sent(4), "the next day is another one"


def test_a_server_that_refuses_is_asked_three_times_a_day(waiting: Office, box: Mailbox) -> None:
    box.answer = lambda address: "451 nanti saja" if address.startswith("superior") else "250 OK"
    assert run(box) == Sent(3, 1, "alamat ditolak (451)")
    assert [run(box).failed for _ in range(3)] == [1, 1, 0]
    row = Mail.objects.get(user__username="superior")
    assert (row.tries, row.sent_at, row.fault) == (3, None, "alamat ditolak (451)")
    operator = Actor.operator("uji", TODAY)
    assert mailing.count_unsent(actor=operator, since=TODAY) == mailing.Unsent(1, "alamat ditolak (451)")
    assert len(box.mails) == 3


def test_what_was_refused_goes_out_with_the_next_run(waiting: Office, box: Mailbox) -> None:
    box.answer = lambda address: "451 nanti saja"
    assert run(box).sent == 0
    box.answer = lambda address: "250 OK"
    run(box)
    assert set(box.addresses) == DECIDERS and len(box.mails) == 4
    assert not mailing.count_unsent(actor=Actor.operator("uji", TODAY), since=TODAY).count


def test_where_nobody_answers_the_rest_is_left_for_the_next_run(waiting: Office) -> None:
    gone = Mailbox("smtp://127.0.0.1:1")
    assert run(gone) == Sent(0, 3, "peladen surel tidak terjangkau")
    assert sorted(Mail.objects.values_list("tries", flat=True)) == [0, 1, 1, 1]


def test_an_address_that_is_none_stops_nobody_else(waiting: Office, box: Mailbox) -> None:
    User.objects.filter(username="nurul").update(email="nurul\nBcc: semua@uji.example")
    assert run(box) == Sent(3, 1, "alamat tidak dapat dipakai")
    assert "nurul" not in "".join(box.addresses)


def test_who_has_decided_before_the_second_run_is_left_alone(waiting: Office, box: Mailbox) -> None:
    box.answer = lambda address: "451 nanti saja"
    run(box)
    box.answer = lambda address: "250 OK"
    User.objects.filter(username="superior").update(wants_mail=False)
    run(box)
    assert "superior@uji.example" not in box.addresses


def test_while_one_is_at_it_another_is_not(waiting: Office, box: Mailbox) -> None:
    operator, user = Actor.operator("uji", TODAY), User.objects.get(username="superior").pk
    mailing.begin(actor=operator, users=[user])
    assert mailing.claim(actor=operator, user=user) and not mailing.claim(actor=operator, user=user)
    assert run(box) == Sent(3)
    long_ago = datetime.now(UTC) - mailing.STALE - timedelta(minutes=1)
    Mail.objects.filter(user=user).update(tried_at=long_ago)
    assert run(box) == Sent(1), "whoever tried so long ago is gone"


def test_mails_can_be_written_to_files(waiting: Office, tmp_path: Path) -> None:
    folder = tmp_path / "surel"
    assert run(Mailbox(f"file://{folder}")) == Sent(4)
    assert sum(path.read_text().count("Subject: Pamong") for path in folder.iterdir()) == 4


def test_what_was_sent_long_ago_is_forgotten(waiting: Office, box: Mailbox) -> None:
    run(box)
    assert mailing.forget_old(actor=Actor.operator("uji", TODAY + mailing.KEEP)) == 0
    assert mailing.forget_old(actor=Actor.operator("uji", TODAY + mailing.KEEP + timedelta(days=1))) == 4


def test_the_database_keeps_one_a_day_and_no_mail_that_nobody_tried(waiting: Office) -> None:
    operator, user = Actor.operator("uji", TODAY), User.objects.get(username="superior").pk
    for _ in range(2):
        mailing.begin(actor=operator, users=[user])
    assert Mail.objects.filter(user=user).count() == 1
    with connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
        cursor.execute('INSERT INTO access_mail (user_id, "on") VALUES (%s, %s)', [user, TODAY])
    for bad in ({"sent_at": datetime.now(UTC)}, {"tries": 4}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Mail.objects.update(**bad)


# --- A crash between handing over and noting ---


def test_a_kill_between_sending_and_noting_repeats_at_most_that_one(
    committed_db: str, postgres: Cluster, box: Mailbox, tmp_path: Path, settings: Any
) -> None:
    settings.PAMONG_FILES_ROOT = tmp_path
    people = small_people()
    enter_letter(people, "own")
    open_correction(people.city.ids["own"], "employee")
    give_addresses()
    url = postgres.server.url("app", committed_db)
    processes: list[subprocess.Popen[str]] = []

    def kill_at_the_second() -> None:
        if len(box.mails) == 2:
            processes[0].send_signal(signal.SIGKILL)

    box.taken = kill_at_the_second
    processes.append(start(url, box))
    processes[0].communicate(timeout=60)
    assert processes[0].returncode == -signal.SIGKILL
    assert len(box.mails) == 2
    assert finish(url, box) == "2 0", "whose attempt has no end is left for a while"
    Mail.objects.filter(sent_at=None).update(tried_at=datetime.now(UTC) - timedelta(hours=1))
    assert finish(url, box) == "1 0"
    assert finish(url, box) == "0 0"
    assert set(box.addresses) == DECIDERS and len(box.mails) == len(DECIDERS) + 1
    twice = [mail for mail in box.mails if box.addresses.count(str(mail["To"])) == 2]
    assert len({mail["Message-ID"] for mail in twice}) == 1, "the second is known as the first"


def start(url: str, box: Mailbox) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.interop.reminding", url, box.url]
    return subprocess.Popen(command, cwd=TOP, stdout=subprocess.PIPE, text=True)


def finish(url: str, box: Mailbox) -> str:
    process = start(url, box)
    told, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return told.strip()

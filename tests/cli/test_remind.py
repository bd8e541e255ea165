"""``pamong remind`` and what ``pamong doctor`` says of mails."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import override_settings

from pamong.access import mailing
from pamong.access.models import User
from pamong.attendance.models import Muster
from pamong.cli import doctor
from pamong.config.mail import mail_target
from pamong.kernel.actor import Actor
from pamong.organisation import services as organisation
from pamong.organisation.models import Unit
from tests.cli.conftest import Desk, _pointed_to
from tests.support.mailbox import Mailbox, mailbox

SENDER, SITE = "pamong@uji.example", "https://pamong.uji.example"
MUSTER = UUID("0192f0c1-3333-7000-8000-000000000001")


@pytest.fixture
def waits(desk: Desk) -> None:
    """A muster that galih entered waits for nurul, who has an address."""
    operator, at = Actor.operator("uji", date(2026, 11, 10)), datetime(2026, 11, 10, tzinfo=UTC)
    with _pointed_to(desk.environ["DATABASE_URL"], desk.blocker):
        User.objects.filter(username="nurul").update(email="nurul@uji.example")
        if not Unit.objects.exists():
            organisation.create_unit(
                actor=operator, at=at, code="kota", on=date(2020, 1, 1),
                values={"name": "Kota Uji", "kind": "government", "parent": None, "is_opd": False},
            )  # fmt: skip
            galih = User.objects.get(username="galih")
            Muster.objects.create(
                uid=MUSTER, document=MUSTER, entered_by=galih, entered_name="Galih", unit=Unit.objects.get(),
                on=date(2026, 11, 9), name="Apel Senin",
            )  # fmt: skip


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mailbox() as made, _mailing(made.url):
        yield made


def _mailing(url: str) -> Any:
    target = mail_target(url, SENDER, SITE)
    return override_settings(PAMONG_MAIL=target, PAMONG_MAIL_FROM=SENDER, PAMONG_SITE_URL=SITE)


def test_a_dry_run_says_who_would_get_how_many(desk: Desk, waits: None, box: Mailbox) -> None:
    done = desk.run_here("remind", "--dry-run")
    assert done.returncode == 0, done.stderr
    assert "nurul                1 hal" in done.stdout and "1 orang" in done.stdout
    assert box.mails == []


def test_it_sends_once_also_as_a_system_operator(desk: Desk, waits: None, box: Mailbox) -> None:
    assert "1 surel terkirim." in desk.run_here("--as", "galih", "remind").stdout
    assert "0 surel terkirim." in desk.run_here("remind").stdout
    assert box.addresses == ["nurul@uji.example"]


def test_an_officer_does_not_send_for_everybody(desk: Desk, waits: None, box: Mailbox) -> None:
    done = desk.run_here("--as", "nurul", "remind")
    assert done.returncode == 1 and "hanya untuk" in done.stderr and box.mails == []


def test_without_a_mail_server_it_says_what_is_missing(desk: Desk, waits: None) -> None:
    done = desk.run_here("remind")
    assert done.returncode == 1 and "PAMONG_MAIL_URL belum diisi" in done.stderr


def test_doctor_tells_whether_mails_go_out(desk: Desk, waits: None, tmp_path: Path) -> None:
    operator = Actor.operator("uji", date(2026, 11, 10))
    with _pointed_to(desk.environ["DATABASE_URL"], desk.blocker):
        silent = doctor.check_mail(operator)
        assert silent.in_order and silent.found == "tidak dikirim, karena PAMONG_MAIL_URL belum diisi"
        with _mailing(f"file://{tmp_path}"):
            assert doctor.check_mail(operator).found == "jalan"
            user = User.objects.get(username="nurul").pk
            mailing.begin(actor=operator, users=[user])
            mailing.claim(actor=operator, user=user)
            mailing.note_failed(actor=operator, user=user, fault="alamat ditolak (550)")
            check = doctor.check_mail(operator)
    assert not check.in_order and "PAMONG_MAIL_URL" in check.remedy
    assert check.found == "1 tidak terkirim dalam tiga hari terakhir: alamat ditolak (550)"

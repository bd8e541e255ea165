"""The worker reminds in the early morning of working days, by the government's clock."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pamong.access import clock
from pamong.config.mail import mail_target
from pamong.jobs import reminders
from tests.attendance.test_my_days import Office, make_office
from tests.interop.test_mailing import DECIDERS, SENDER, SITE, box, waiting
from tests.support.mailbox import Mailbox
from tests.support.worlds import stage

__all__ = ["box", "waiting"]
stage_office = stage(make_office)


@pytest.fixture
def remind(waiting: Office, box: Mailbox, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let the worker come by at a wall time in Makassar; how many mails there are then."""
    settings.PAMONG_MAIL = mail_target(box.url, SENDER, SITE)
    settings.PAMONG_MAIL_FROM, settings.PAMONG_SITE_URL = SENDER, SITE
    settings.PAMONG_PROFILE, settings.PAMONG_ZONE = "contoh", "Asia/Makassar"

    def come(wall: str) -> int:
        at = datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo("Asia/Makassar"))
        monkeypatch.setattr(clock, "now", lambda: at)
        reminders.remind()
        return len(box.mails)

    return come


def test_mails_go_out_between_six_and_nine(remind: Any, box: Mailbox) -> None:
    assert remind("2026-11-10 05:10") == 0
    assert remind("2026-11-10 06:10") == len(DECIDERS)
    assert remind("2026-11-10 07:10") == len(DECIDERS)
    assert set(box.addresses) == DECIDERS


@pytest.mark.parametrize(
    "wall", ["2026-11-10 09:10", "2026-11-14 06:10", "2026-11-15 06:10", "2026-12-25 06:10"]
)
def test_not_later_nor_at_weekends_nor_on_holidays(wall: str, remind: Any) -> None:
    assert remind(wall) == 0


def test_what_was_refused_is_tried_again_within_the_hours(remind: Any, box: Mailbox) -> None:
    box.answer = lambda address: "451 nanti saja" if address.startswith("wahyu") else "250 OK"
    assert remind("2026-11-10 06:10") == len(DECIDERS) - 1
    box.answer = lambda address: "250 OK"
    assert remind("2026-11-10 07:10") == len(DECIDERS)


def test_without_a_mail_server_nothing_is_worked_out(
    remind: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PAMONG_MAIL = {}
    monkeypatch.setattr(reminders, "list_letters", None)
    assert remind("2026-11-10 06:10") == 0

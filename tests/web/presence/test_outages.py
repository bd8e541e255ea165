"""Pages of outages: reported by one, confirmed by another on a phone, and a day that says it is not final."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from pamong.access import clock
from pamong.attendance.models import Outage
from pamong.organisation import models as organisation
from pamong.web.presence.outage_forms import OutageForm
from tests.attendance.test_facts import Machines
from tests.support.people import AT, TODAY
from tests.web.presence.test_corrections import send
from tests.web.presence.test_days import machines, page, tap

__all__ = ["machines"]


@pytest.fixture(autouse=True)
def morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day on which these tests report."""
    monkeypatch.setattr(clock, "now", lambda: AT)


def said(**more: Any) -> dict[str, Any]:
    site = str(organisation.Site.objects.get(code="balai").uid)
    return {"site": site, "on": "02-11-2026", "starts": "06.30", "reason": "Listrik padam"} | more


def test_scene_3_a_clerk_reports_and_the_head_confirms(machines: Machines) -> None:
    tap(machines, (2, 8, 4), (2, 16, 35))
    assert "Balai" in page("unit_clerk", "outage_new")
    status, text = send("unit_clerk", "presence:outage_new", **said(ends="8.10x"))
    assert status == 422 and "tulis jamnya seperti 07.25" in text and 'value="8.10x"' in text
    assert send("unit_clerk", "presence:outage_new", **said(ends="08.10"))[0] == 302
    uid = Outage.objects.get().uid
    assert "belum final" in page("employee") and "Belum diputuskan" in page("employee")
    own = page("unit_clerk", "outage", uid)
    assert "Sahkan" not in own and "2 November 2026, 06.30 sampai 2 November 2026, 08.10" in own
    assert "menunggu pengesahan" in page("superior", "outages").lower()
    assert send("superior", "presence:outage", uid, langkah="sahkan")[0] == 302
    story = page("superior", "outage", uid)
    assert "Disahkan" in story and "Tarik gangguan ini" in story
    day = page("employee")
    assert "34 menit" not in day and "Sebagian hari dikecualikan: gangguan presensi." in day


def test_one_that_goes_on_is_ended_and_one_refused_says_why(machines: Machines) -> None:
    assert send("unit_clerk", "presence:outage_new", **said())[0] == 302
    uid = Outage.objects.get().uid
    assert "masih berlangsung" in page("superior", "outages")
    status, text = send(
        "unit_clerk", "presence:outage", uid, langkah="selesai", on="02-11-2026", ends="06.00"
    )
    assert status == 422 and "Periksa jamnya" in text
    assert (
        send("unit_clerk", "presence:outage", uid, langkah="selesai", on="02-11-2026", ends="07.00")[0] == 302
    )
    status, text = send("superior", "presence:outage", uid, langkah="tolak", alasan="")
    assert status == 422 and "Tulis alasannya" in text
    why = "Genset menyala sejak pukul enam"
    assert send("superior", "presence:outage", uid, langkah="tolak", alasan=why)[0] == 302
    assert why in page("unit_clerk", "outage", uid)


def test_a_report_without_its_last_hour_is_told_in_english_too(machines: Machines) -> None:
    with translation.override("en"):
        form = OutageForm(said(until="03-11-2026"), sites=[], machines=[], today=TODAY)
        assert [name for _, name in form.fields["device"].choices] == ["The whole site"]
        assert form.errors["ends"] == ["Until: fill in the time, or leave the last day empty."]

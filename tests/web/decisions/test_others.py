"""Delegations, oral instructions, and the inspector's register of exceptions."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from pamong.decisions import models, queries, services
from pamong.decisions.choices import State
from pamong.web import handing
from pamong.web.ledger import kinds
from tests.support.deciding import TASK, WHY, Desk
from tests.support.people import AT, TODAY
from tests.web.decisions.conftest import Browser, hidden, plain

DELEGATIONS = "decisions:delegations"


def asked(desk: Desk, **more: Any) -> dict[str, Any]:
    """What the secretary fills in."""
    seats = desk.people.city.seats
    return {
        "seat": str(seats["above"]), "to_seat": str(seats["foreign"]), "kinds": [TASK.code],
        "first": "10-11-2026", "last": "12-11-2026", **more,
    }  # fmt: skip


def test_a_delegation_is_proposed_signed_and_listed(desk: Desk, client_of: Browser) -> None:
    client, path = client_of("above"), reverse(DELEGATIONS)
    sent = asked(desk) | {"kunci": hidden(client.get(path))["kunci"]}
    first = client.post(path, sent)
    assert first.status_code == 302
    assert client.post(path, sent).headers["Location"] == first.headers["Location"], "sent twice, stored once"
    uid = models.Decision.objects.get().uid
    desk.answer("mayor", uid)
    for who in ("above", "foreign"):
        text = plain(client_of(who).get(path))
        assert "Berlaku" in text and "12 November 2026" in text and "Tugas uji" in text
    assert "posisi Anda" in plain(client_of("above").get(path))
    assert "12 November 2026" not in plain(client_of("mate").get(path))
    (row,) = queries.list_delegations(actor=desk.actor("nurul"))
    assert (row.now, row.past, row.given) == (True, False, False)


def test_a_seat_is_found_by_its_words_and_stays_chosen(desk: Desk, client_of: Browser) -> None:
    sent = asked(desk) | {"to_seat": "", "cari_to_seat": "pengelola data", "cari": "to_seat"}
    text = plain(client_of("above").post(reverse(DELEGATIONS), sent))
    assert f'value="{desk.people.city.seats["foreign"]}"' in text
    assert "Ada yang perlu dibetulkan" not in text and models.Decision.objects.count() == 0


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"last": "09-11-2026"}, "Hari terakhir tidak boleh sebelum hari pertama."),
        ({"first": "01-11-2026"}, "Pendelegasian mulai hari ini atau sesudahnya."),
        ({"to_seat": "bukan-posisi"}, "Pilih posisinya dari daftar."),
        ({"kinds": []}, "Jenis keputusan belum diisi."),
    ],
)
def test_what_can_not_be_delegated_is_told_at_its_field(
    more: dict[str, Any], told: str, desk: Desk, client_of: Browser
) -> None:
    back = client_of("above").post(reverse(DELEGATIONS), asked(desk, **more))
    assert back.status_code == 422 and told in plain(back)
    assert models.Decision.objects.count() == 0


def test_nobody_delegates_a_seat_of_another(desk: Desk, client_of: Browser) -> None:
    back = client_of("mate").post(reverse(DELEGATIONS), asked(desk))
    assert back.status_code == 422, "it is not among his seats"
    assert client_of("nurul").post(reverse(DELEGATIONS), asked(desk)).status_code == 302
    assert client_of("mayor").get(reverse(DELEGATIONS)).status_code == 403, "he holds no seat"


def memo(**more: str) -> dict[str, str]:
    """An instruction of last night."""
    return {"source": "Ajudan", "day": "09-11-2026", "clock": "22.10", "text": WHY, **more}


def test_scene_7_an_oral_instruction_is_filed_and_read_by_two_alone(
    desk: Desk, client_of: Browser, read: Any
) -> None:
    uid = desk.propose()
    text = read("own", "memos", query=f"?keputusan={uid}")
    assert f'value="{uid}" selected' in text
    assert "tidak dapat diubah atau dihapus" in text and "hanya Anda dan Inspektorat" in text
    back = client_of("own").post(reverse("decisions:memos"), memo(keputusan=str(uid)))
    assert back.status_code == 302
    kept = models.Memo.objects.get()
    assert (kept.decision.uid, kept.said_at.hour) == (uid, 15), "22.10 in the west of Indonesia"
    for who in ("own", "retno"):
        assert WHY in read(who, "memos")
    assert WHY not in read("chief", "memos")
    assert "Simpan catatan" in read("chief", "memos")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"text": "x"}, "id_text"), ({"day": "12-11-2026"}, "id_clock"), ({"source": ""}, "id_source"),
        ({"clock": "25.00"}, "id_clock"),
    ],
)  # fmt: skip
def test_an_instruction_that_can_not_be_is_told_at_its_field(
    more: dict[str, str], field: str, desk: Desk, client_of: Browser
) -> None:
    back = client_of("own").post(reverse("decisions:memos"), memo(**more))
    assert back.status_code == 422 and f'href="#{field}"' in plain(back)
    assert models.Memo.objects.count() == 0


def test_who_has_the_turn_may_note_what_he_was_told_about_it(desk: Desk, client_of: Browser) -> None:
    uid = desk.propose()
    desk.answer("chief", uid)
    back = client_of("above").post(f"{reverse('decisions:memos')}?keputusan={uid}", memo(keputusan=str(uid)))
    assert back.status_code == 302


def test_an_instruction_about_what_one_may_not_see_is_not_filed(desk: Desk, client_of: Browser) -> None:
    uid = desk.propose()
    path = reverse("decisions:memos")
    assert client_of("foreign").get(f"{path}?keputusan={uid}").status_code == 404
    assert client_of("foreign").post(path, memo(keputusan=str(uid))).status_code in (302, 422)
    assert not models.Memo.objects.filter(decision__isnull=False).exists()


def test_exceptions_are_listed_narrowed_and_taken_along(
    desk: Desk, read: Any, client_of: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    uid = desk.propose(content={"gates": {"age": "warn"}})
    desk.answer("above", uid, at=AT + timedelta(days=4))
    desk.answer("mayor", uid, reasons={"age": WHY}, at=AT + timedelta(days=4))
    services.withdraw(actor=desk.actor("own"), at=AT, decision=desk.propose())
    query = "?sejak=01-01-2020"
    text = read("retno", "exceptions", query=query)
    for told in ("Ditandatangani dengan catatan", WHY, "Lewat batas waktu", "Usulan ditarik", "Suparman"):
        assert told in text, told
    narrowed = read("retno", "exceptions", query=f"{query}&apa=withdrawn")
    assert narrowed.count('<th scope="row">') == 1
    for who in ("own", "chief", "mayor", "nurul"):
        assert read(who, "exceptions", status=403)

    def made(program: str, *arguments: str) -> bytes:
        from pamong.jobs.lists import make  # noqa: PLC0415

        assert program == "pamong.jobs.lists"
        return make(*arguments)

    monkeypatch.setattr(handing, "run", made)
    path = reverse("decisions:exceptions_export", args=["csv"]) + f"{query}&apa=withdrawn"
    file = client_of("retno").get(path)
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=";"))
    assert [(row["Yang terjadi"], row["Tentang"]) for row in rows] == [("Usulan ditarik", "Suparman")]
    assert client_of("own").get(path).status_code == 403


def test_entries_of_decisions_lead_to_their_pages(desk: Desk) -> None:
    uid = desk.sealed()
    assert models.Decision.objects.get(uid=uid).state == State.SEALED.value
    for kind in ("decisions.proposed", "decisions.ordered", "decisions.closed"):
        assert kinds.href_of(kind, {"decision": str(uid)}) == reverse("decisions:decision", args=[uid])
    assert kinds.href_of("decisions.memo_filed", {"memo": str(uuid4())}) == reverse("decisions:memos")
    assert TODAY

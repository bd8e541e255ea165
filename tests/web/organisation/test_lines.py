"""To whom a seat reports: the page that sets it, shown before it is done."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from pamong.access import services as access
from pamong.kernel.actor import Actor
from pamong.ledger.models import Intake
from pamong.organisation.models import Line
from tests.support.people import AT, TODAY, People
from tests.web.organisation.conftest import Browser, Read, Send, plain, words_of

JANUARY = "2027-01-04"


def superiors(people: People, seat: str) -> list[Any]:
    keys = {uid: key for key, uid in people.city.seats.items()}
    rows = Line.objects.known().filter(seat__uid=people.city.seats[seat]).order_by("period")
    return [keys[row.superior.uid] for row in rows.select_related("superior")]


def test_the_form_begins_with_the_present_superior(people: People, read: Read) -> None:
    text = read("nurul", "seat_line", people.city.seats["own"])
    assert f'value="{people.city.seats["chief"]}" checked' in text
    assert "Kepala Dinas" in text and "Dinas Kesehatan" in text and "Bernadeta Mariana Hurek" in text


def test_a_line_is_shown_then_set_from_a_day_on(people: People, send: Send, do: Send) -> None:
    uid, clerk = people.city.seats["own"], str(people.city.seats["clerk"])
    told = words_of(plain(send("nurul", "seat_line", uid, on=JANUARY, superior=clerk)))
    assert "Belum ada yang disimpan." in told
    assert (
        "Pengadministrasi Umum melapor kepada Pengelola Kepegawaian, Dinas Kesehatan mulai 4 Januari 2027."
        in told
    )
    assert "Sebelumnya kepada Kepala Dinas." in told
    assert "Permintaan Suparman" in told
    assert superiors(people, "own") == ["chief"]
    do("nurul", "seat_line", uid, on=JANUARY, superior=clerk)
    assert superiors(people, "own") == ["chief", "clerk"]
    assert Line.objects.as_of(date(2027, 1, 3)).get(seat__uid=uid).superior.uid == people.city.seats["chief"]
    assert Intake.objects.filter(kind="organisation.lines_set").exists()


def test_a_seat_can_report_to_nobody(people: People, send: Send, do: Send, read: Read) -> None:
    uid, chief = people.city.seats["own"], str(people.city.seats["chief"])
    values = {"on": TODAY.isoformat(), "superior": chief, "nobody": "on"}
    told = words_of(plain(send("nurul", "seat_line", uid, **values)))
    assert "Pengadministrasi Umum tidak melapor kepada siapa pun mulai 10 November 2026." in told
    do("nurul", "seat_line", uid, **values)
    assert not Line.objects.as_of(TODAY).filter(seat__uid=uid).exists()
    unit = read("nurul", "unit", people.city.units["dinkes"])
    assert reverse("organisation:seat_line", args=[uid]) in unit and "Atur atasan" in unit


def test_all_that_is_wrong_comes_at_once(people: People, send: Send) -> None:
    uid = people.city.seats["own"]
    text = plain(send("nurul", "seat_line", uid, on="31-31-2027"))
    assert (
        "Berlaku mulai: tulis tanggalnya seperti 10-11-2026" in text
        and "Pilih atasannya, atau centang" in text
    )
    for wrong in ("zzz", "00000000-0000-0000-0000-000000000000"):
        answer = send("nurul", "seat_line", uid, on=JANUARY, superior=wrong)
        assert answer.status_code == 422 and "Posisi ini tidak ada" in plain(answer)


def test_itself_and_a_circle_are_refused(people: People, send: Send) -> None:
    own, chief = people.city.seats["own"], people.city.seats["chief"]
    itself = send("nurul", "seat_line", own, on=JANUARY, superior=str(own))
    assert itself.status_code == 422 and "menjadi atasannya sendiri" in plain(itself)
    circle = send("nurul", "seat_line", chief, on=JANUARY, superior=str(own), yakin="1")
    assert circle.status_code == 422 and 'name="yakin"' not in plain(circle)
    assert superiors(people, "chief") == ["above"]


def test_a_picker_of_seats_names_who_sits_there(people: People, read: Read, send: Send) -> None:
    query = "?isian=superior&cari_superior=kepala+dinas"
    text = read("nurul", "pick", "posisi", query=query, hx_request="true")
    assert f'value="{people.city.seats["chief"]}"' in text and "Bernadeta Mariana Hurek" in text
    values = {"on": JANUARY, "cari": "superior", "cari_superior": "sekretaris"}
    text = plain(send("nurul", "seat_line", people.city.seats["own"], **values))
    assert f'value="{people.city.seats["above"]}"' in text and "Wibisono Cakrawala" in text


def test_an_officer_of_one_office_draws_no_line_out_of_it(people: People, send: Send) -> None:
    access.grant_role(
        actor=Actor.operator("uji", TODAY), at=AT, username="unit_clerk", role="personnel_officer",
        unit_path="kota.dinkes", start_on=date(2020, 1, 1), reason="uji",
    )  # fmt: skip
    mate, above = people.city.seats["mate"], str(people.city.seats["above"])
    answer = send("unit_clerk", "seat_line", mate, on=JANUARY, superior=above, yakin="1")
    assert answer.status_code == 422 and superiors(people, "mate") == ["chief"]
    within = str(people.city.seats["clerk"])
    assert send("unit_clerk", "seat_line", mate, on=JANUARY, superior=within).status_code == 200


def test_nobody_chooses_his_own_superior(people: People, browser: Browser) -> None:
    for username in ("employee", "superior", "unit_clerk", "arif"):
        answer = browser(username).get(reverse("organisation:seat_line", args=[people.city.seats["own"]]))
        assert answer.status_code == 403, username


def test_the_page_of_a_seat_leads_there(people: People, read: Read) -> None:
    uid = people.city.seats["own"]
    assert reverse("organisation:seat_line", args=[uid]) in read("nurul", "seat", uid)


def test_a_line_is_told_as_of_its_day_and_with_what_comes_after(
    people: People, send: Send, do: Send, read: Read
) -> None:
    uid, clerk, chief = people.city.seats["own"], *(str(people.city.seats[key]) for key in ("clerk", "chief"))
    do("nurul", "seat_line", uid, on=JANUARY, superior=clerk)
    late = words_of(plain(send("nurul", "seat_line", uid, on="2027-02-01", superior=chief)))
    assert "Sebelumnya kepada Pengelola Kepegawaian." in late
    other = str(people.city.seats["free"])
    soon = words_of(plain(send("nurul", "seat_line", uid, on="2026-12-01", superior=other)))
    later = "Melapor kepada Pengelola Kepegawaian, Dinas Kesehatan mulai 4 Januari 2027."
    assert "Sebelumnya kepada Kepala Dinas." in soon and later in soon
    assert f"Yang akan berlaku {later}" in words_of(read("nurul", "seat", uid))

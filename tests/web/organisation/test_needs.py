"""How many of each post a unit needs by workload analysis: all of a unit on one form, shown before stored."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from pamong.organisation import services
from pamong.organisation.models import Post, SeatRow, Workload
from tests.support.people import AT, TODAY, People
from tests.web.organisation.conftest import Browser, Read, Send, plain, words_of

JANUARY = "2027-01-04"


def post(name: str, **more: Any) -> UUID:
    return UUID(str(Post.objects.get(name=name, **more).uid))


def needs(people: People, unit: str = "dinkes") -> list[tuple[str, int]]:
    rows = Workload.objects.known().filter(unit__uid=people.city.units[unit]).order_by("post__name", "period")
    return [(row.post.name, row.needed) for row in rows.select_related("post")]


def field(name: str) -> str:
    return f"need_{post(name).hex}"


def test_a_unit_without_a_need_asks_for_it(people: People, read: Read) -> None:
    link = reverse("organisation:unit_needs", args=[people.city.units["dinkes"]])
    mine, others = (read(who, "unit", people.city.units["dinkes"]) for who in ("nurul", "employee"))
    assert link in mine and "Belum ada kebutuhan" in mine
    assert link not in others and "Belum ada kebutuhan" not in others


def test_every_post_of_the_unit_is_on_the_form(people: People, read: Read) -> None:
    text = words_of(read("nurul", "unit_needs", people.city.units["dinkes"]))
    for told in ("Kepala Dinas", "Pengelola Kepegawaian", "Pengelola Data"):
        assert told in text
    assert "1 posisi, 0 terisi" in text and "1 posisi, 1 terisi" in text
    assert "Perawat" not in text, "those of the puskesmas are on its own form"


def test_needs_are_shown_then_stored_together(people: People, send: Send, do: Send, read: Read) -> None:
    uid = people.city.units["dinkes"]
    values = {
        "on": JANUARY, field("Pengelola Data"): "3", field("Pengelola Kepegawaian"): "1",
        "post": str(post("Perawat Ahli Pertama")), "needed": "2",
    }  # fmt: skip
    told = words_of(plain(send("nurul", "unit_needs", uid, **values)))
    assert "Pengelola Data: belum ada menjadi 3 mulai 4 Januari 2027. Terisi 0, kurang 3." in told
    assert "Pengelola Kepegawaian: belum ada menjadi 1 mulai 4 Januari 2027. Terisi 1, sesuai." in told
    assert "Perawat Ahli Pertama: belum ada menjadi 2" in told
    assert needs(people) == []
    do("nurul", "unit_needs", uid, **values)
    assert needs(people) == [
        ("Pengelola Data", 3), ("Pengelola Kepegawaian", 1), ("Perawat Ahli Pertama", 2)
    ]  # fmt: skip
    text = words_of(read("nurul", "unit", uid, query=f"?per={JANUARY}"))
    assert "Pengelola Data 3 1 0 kurang 3" in text
    assert "Perawat Ahli Pertama 2 0 0 kurang 2" in text


def test_a_need_changes_from_a_day_on_and_can_be_withdrawn(people: People, send: Send, do: Send) -> None:
    uid, data = people.city.units["dinkes"], post("Pengelola Data")
    nurul = people.actor("nurul")
    services.set_workload(actor=nurul, at=AT, unit=uid, post=data, needed=2, on=TODAY)
    do("nurul", "unit_needs", uid, on=JANUARY, **{field("Pengelola Data"): "5"})
    assert needs(people) == [("Pengelola Data", 2), ("Pengelola Data", 5)]
    told = words_of(plain(send("nurul", "unit_needs", uid, on="2026-12-01")))
    assert "Pengelola Data: kebutuhannya tidak lagi dinyatakan mulai 1 Desember 2026." in told
    do("nurul", "unit_needs", uid, on="2026-12-01")
    assert needs(people) == [("Pengelola Data", 2)]
    assert [row.period.upper.isoformat() for row in Workload.objects.known()] == ["2026-12-01"]


def test_all_that_is_wrong_comes_at_once(people: People, send: Send) -> None:
    uid = people.city.units["dinkes"]
    values = {"on": "31-31-2027", field("Pengelola Data"): "-1", "needed": "2"}
    answer = send("nurul", "unit_needs", uid, **values)
    text = plain(answer)
    assert answer.status_code == 422 and "tulis tanggalnya seperti 10-11-2026" in text
    assert "Pilih jabatannya" in text and "Pengelola Data: angka 0 sampai 10.000." in text
    assert text.count('class="error"') == 3
    unchanged = send("nurul", "unit_needs", uid, on=JANUARY)
    assert unchanged.status_code == 422 and "Tidak ada yang berubah" in plain(unchanged)
    twice = {"on": JANUARY, "post": str(post("Pengelola Data")), "needed": "2"}
    assert "sudah ada di atas" in plain(send("nurul", "unit_needs", uid, **twice))
    half = {"on": JANUARY, "post": str(post("Perawat Ahli Pertama"))}
    assert "Isi jumlah untuk" in plain(send("nurul", "unit_needs", uid, **half))


@pytest.mark.parametrize("wrong", ["zzz", "00000000-0000-0000-0000-000000000000"])
def test_a_post_that_is_not_there_is_told(people: People, send: Send, wrong: str) -> None:
    answer = send("nurul", "unit_needs", people.city.units["dinkes"], on=JANUARY, post=wrong, needed="1")
    assert answer.status_code == 422 and "Jabatan ini tidak ada" in plain(answer)


def test_posts_of_one_name_are_told_apart(people: People, read: Read) -> None:
    """Two levels of one functional post: each has its own seats and its own holders."""
    nurul, uid = people.actor("nurul"), people.city.units["pkm_melati"]
    for jenjang in ("Ahli Muda", "Ahli Madya"):
        made = services.create_post(actor=nurul, at=AT, name="Dokter", kind="jf", jenjang=jenjang)
        services.create_seats(actor=nurul, at=AT, on=TODAY, unit=uid, post=made, job_class=9)
        services.set_workload(actor=nurul, at=AT, unit=uid, post=made, needed=1, on=TODAY)
    first = SeatRow.objects.known().get(post__jenjang="Ahli Muda", unit__uid=uid).seat.uid
    people.change("own", "appointment", values={"kind": "regular", "seat": first}, on=TODAY)
    text = words_of(read("nurul", "unit", uid))
    assert "Dokter Ahli Muda 1 1 1 sesuai" in text and "Dokter Ahli Madya 1 1 0 kurang 1" in text


def test_those_who_may_not_change_are_refused(people: People, browser: Browser) -> None:
    for username in ("employee", "superior", "unit_clerk", "arif"):
        answer = browser(username).get(reverse("organisation:unit_needs", args=[people.city.units["dinkes"]]))
        assert answer.status_code == 403, username

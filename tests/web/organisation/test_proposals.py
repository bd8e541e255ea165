"""What one officer proposes another decides, in the browser: once, on what he has seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.urls import reverse

from pamong.access import services as access
from pamong.kernel.actor import Actor
from pamong.ledger.models import Intake, Seal
from pamong.organisation import services
from pamong.organisation.models import Proposal, SeatRow, Unit, UnitRow
from pamong.people.models import Relative
from tests.support.city import since
from tests.support.people import AT, TODAY, People, opening_basis
from tests.web.organisation.conftest import Browser, Read, Send, hidden, plain, words_of
from tests.web.organisation.test_needs import field

JANUARY = "2027-01-04"
Approve = Callable[[str, str], HttpResponse]
MAWAR = {"on": JANUARY, "name": "Puskesmas Mawar", "kind": "clinic", "parent": "dinkes"}


def class_of(people: People, seat: str) -> list[int]:
    rows = SeatRow.objects.known().filter(seat__uid=people.city.seats[seat]).order_by("period")
    return list(rows.values_list("job_class", flat=True))


def test_a_class_waits_for_a_second_officer_with_reason_and_order(
    people: People, browser: Browser, propose: Send, approve: Approve, read: Read
) -> None:
    uid = people.city.seats["chief"]
    order = {"order_no": "Kepwal 800/12/2026", "order_on": "02-11-2026"}
    sent = propose("nurul", "seat_class", uid, on=JANUARY, job_class="15", reason="Evaluasi jabatan", **order)
    assert class_of(people, "chief") == [14], "one officer alone changes nothing"
    text = words_of(plain(browser("wahyu").get(sent["Location"])))
    for told in (
        "Kelas jabatan Kepala Dinas: 14 menjadi 15 mulai 4 Januari 2027.", "Evaluasi jabatan",
        "Kepwal 800/12/2026, 2 November 2026", "Nurul", "Setujui", "Kelas jabatan: 14 menjadi 15",
    ):  # fmt: skip
        assert told in text, told
    own = words_of(plain(browser("nurul").get(sent["Location"])))
    assert "Petugas lain yang memutuskannya" in own and "Setujui" not in own and "Tarik usulan" in own
    assert approve("nurul", sent["Location"]).status_code == 403
    assert class_of(people, "chief") == [14]
    assert approve("wahyu", sent["Location"]).status_code == 302
    assert class_of(people, "chief") == [14, 15]
    done = words_of(plain(browser("nurul").get(sent["Location"])))
    assert "Disetujui" in done and "14 menjadi 15" in done and "Wahyu" in done


def test_nobody_decides_on_the_seat_of_a_relative(
    people: People, browser: Browser, propose: Send, approve: Approve
) -> None:
    access.grant_role(
        actor=Actor.operator("uji", TODAY), at=AT, username="unit_clerk", role="personnel_officer",
        start_on=date(2020, 1, 1), reason="uji",
    )  # fmt: skip
    address = propose("nurul", "seat_class", people.city.seats["own"], on=JANUARY, job_class="7")["Location"]
    assert "Setujui" in plain(browser("unit_clerk").get(address))
    Relative.objects.create(
        person_id=people.city.ids["own"], relative_id=people.city.ids["clerk"], relation="spouse",
        name="Yohana Tandi Arung", item=uuid4(), period=since(date(2015, 1, 1)), basis_id=opening_basis(),
    )  # fmt: skip
    text = words_of(plain(browser("unit_clerk").get(address)))
    assert "Posisi ini dipangku keluarga Anda." in text and "Setujui" not in text and "Tolak" not in text
    assert approve("unit_clerk", address).status_code == 403 and class_of(people, "own") == [5]
    assert "Usulan organisasi" not in plain(browser("unit_clerk").get(reverse("home")))
    assert approve("wahyu", address).status_code == 302 and class_of(people, "own") == [5, 7]


def test_a_reason_is_asked_for_by_name(people: People, send: Send) -> None:
    uid = people.city.seats["free"]
    answer = send("nurul", "seat_class", uid, on=JANUARY, job_class="7", reason="")
    assert answer.status_code == 422 and "Alasan belum diisi." in plain(answer)
    half = send("nurul", "seat_class", uid, on=JANUARY, job_class="7", order_no="800/1")
    assert half.status_code == 422 and "Isi tanggalnya, atau kosongkan nomornya." in plain(half)


def test_what_waits_is_listed_and_told_where_officers_work(
    people: People, propose: Send, read: Read, browser: Browser
) -> None:
    uid, unit = people.city.seats["free"], people.city.units["dinkes"]
    propose("nurul", "seat_class", uid, on=JANUARY, job_class="7")
    assert "Pengelola Data: 6 menjadi 7" in words_of(read("wahyu", "proposals"))
    for page, where in (("unit", unit), ("seat", uid), ("seat_class", uid)):
        assert "Usulan yang menunggu petugas kedua" in read("wahyu", page, where), page
    assert "Usulan yang menunggu" not in read("employee", "unit", unit)
    home = plain(browser("wahyu").get(reverse("home")))
    assert "Usulan organisasi" in home and reverse("organisation:proposals") in home
    assert "Usulan organisasi" not in plain(browser("nurul").get(reverse("home")))
    entries, own = (plain(browser(who).get(reverse("entries:index"))) for who in ("wahyu", "employee"))
    assert f'href="{reverse("organisation:proposals")}"' in entries
    assert reverse("organisation:proposals") not in own
    assert f'href="{reverse("entries:index")}"' in read("wahyu", "proposals")


def test_a_refusal_needs_words_and_a_proposer_can_take_it_back(
    people: People, propose: Send, browser: Browser, read: Read
) -> None:
    uid = people.city.seats["free"]
    address = propose("nurul", "seat_class", uid, on=JANUARY, job_class="7")["Location"]
    silent = browser("wahyu").post(address, {"putusan": "tolak", "jawaban": ""})
    assert silent.status_code == 422 and "Tulis jawaban untuk pengusul" in plain(silent)
    browser("wahyu").post(address, {"putusan": "tolak", "jawaban": "Belum ada SK."})
    assert "Belum ada SK." in plain(browser("nurul").get(address))
    other = propose("nurul", "seat_class", uid, on=JANUARY, job_class="8")["Location"]
    assert browser("wahyu").post(f"{other}tarik/").status_code == 404
    browser("nurul").post(f"{other}tarik/")
    late = browser("wahyu").post(other, {"putusan": "setuju", "dilihat": ""}, follow=True)
    assert "sudah berstatus ditarik" in plain(late)
    assert list(Proposal.objects.order_by("id").values_list("state", flat=True)) == ["refused", "withdrawn"]
    assert "Belum ada SK." not in read("wahyu", "proposals")
    assert "Kelas jabatan" in read("wahyu", "proposals", query="?keadaan=refused")


def test_sent_twice_it_is_stored_once(people: People, send: Send, browser: Browser, approve: Approve) -> None:
    uid = people.city.units["dinkes"]
    shown = send("nurul", "unit_new", uid, **MAWAR)
    sent: dict[str, Any] = {**MAWAR, **hidden(shown), "yakin": "1"}
    first = send("nurul", "unit_new", uid, **sent)
    why = {"reason": "Sesuai usulan unit"}
    again = browser("nurul").post(reverse("organisation:unit_new", args=[uid]), {**sent, **why}, follow=True)
    assert again.redirect_chain == [(first["Location"], 302)] and Proposal.objects.count() == 1
    assert "Usulan ini sudah terkirim tadi." in plain(again)
    approve("wahyu", first["Location"])
    third = send("nurul", "unit_new", uid, **sent)  # Back, then the button again
    assert third["Location"] == first["Location"]
    assert Unit.objects.filter(code__startswith="puskesmas_mawar").count() == 1


def test_a_form_keeps_its_key_on_the_way(people: People, send: Send, read: Read) -> None:
    uid = people.city.units["dinkes"]
    key = hidden(send("nurul", "unit_new", uid, **MAWAR, kunci="01900000-0000-7000-8000-000000000001"))
    assert key["kunci"] == "01900000-0000-7000-8000-000000000001"
    back = hidden(send("nurul", "unit_new", uid, **MAWAR, **key, ubah="1"))
    assert back["kunci"] == key["kunci"]


def test_a_stale_preview_is_shown_anew(people: People, send: Send, do: Send) -> None:
    """Two tabs on one unit: what the first one stored, the second one has not seen."""
    uid = people.city.units["dinkes"]
    later = {"on": JANUARY, field("Pengelola Data"): "3"}
    seen = hidden(send("nurul", "unit_needs", uid, **later))
    do("nurul", "unit_needs", uid, on=JANUARY, **{field("Pengelola Data"): "2"})
    before = Proposal.objects.count()
    answer = send("nurul", "unit_needs", uid, **later, **seen, yakin="1")
    text = words_of(plain(answer))
    assert answer.status_code == 422 and "Keadaannya berubah sejak Anda melihatnya." in text
    assert "Pengelola Data, Dinas Kesehatan 2 3" in text and 'name="yakin"' in plain(answer)
    assert Proposal.objects.count() == before
    again = send("nurul", "unit_needs", uid, **later, **hidden(answer), yakin="1")
    assert again.status_code == 302


def test_the_second_officer_sees_the_preview_of_now(
    people: People, propose: Send, approve: Approve, browser: Browser
) -> None:
    uid = people.city.seats["free"]
    address = propose("nurul", "seat_class", uid, on=JANUARY, job_class="9")["Location"]
    seen = hidden(browser("wahyu").get(address))
    approve("ratih", propose("nurul", "seat_class", uid, on=JANUARY, job_class="7")["Location"])
    stale = browser("wahyu").post(address, {"putusan": "setuju", **seen})
    text = words_of(plain(stale))
    assert stale.status_code == 422 and "Keadaannya berubah sejak Anda melihatnya." in text
    assert "Kelas jabatan: 7 menjadi 9" in text and class_of(people, "free") == [6, 7]
    assert approve("wahyu", address).status_code == 302 and class_of(people, "free") == [6, 9]


def test_what_changes_nothing_has_no_button(people: People, send: Send) -> None:
    own, chief = people.city.seats["own"], str(people.city.seats["chief"])
    before = Seal.objects.count(), Intake.objects.count()
    for page, uid, values in (
        ("seat_class", own, {"job_class": "5"}),
        ("seat_line", own, {"superior": chief}),
        (
            "unit_change",
            people.city.units["dinkes"],
            {"name": "Dinas Kesehatan", "kind": "opd", "is_opd": "on", "parent": "kota"},
        ),
    ):
        shown = send("nurul", page, uid, on=JANUARY, **values)
        assert "Tidak ada yang berubah" in plain(shown) and 'name="yakin"' not in plain(shown), page
        forced = send("nurul", page, uid, on=JANUARY, **values, **hidden(shown), yakin="1")
        assert forced.status_code == 422 and not Proposal.objects.exists(), page
    assert (Seal.objects.count(), Intake.objects.count()) == before


def test_a_unit_made_by_mistake_today_is_taken_back_today(
    people: People, send: Send, do: Send, read: Read
) -> None:
    today = "2026-11-10"
    do("nurul", "unit_new", people.city.units["dinkes"], **MAWAR | {"on": today})
    uid = Unit.objects.get(code="puskesmas_mawar").uid
    text = plain(send("nurul", "unit_close", uid, on=today))
    assert "Unit ini baru berdiri 10 November 2026. Pilih tanggal sesudahnya." in text
    rescind = reverse("organisation:unit_rescind", args=[uid])
    assert f'href="{rescind}"' in text and f'href="{rescind}"' in read("nurul", "unit", uid)
    told = words_of(plain(send("nurul", "unit_rescind", uid)))
    assert "Puskesmas Mawar, yang berdiri mulai 10 November 2026, dianggap tidak pernah dibentuk." in told
    do("nurul", "unit_rescind", uid)
    assert not UnitRow.objects.known().filter(unit__uid=uid).exists()


def test_a_unit_with_seats_is_not_taken_back(people: People, send: Send, do: Send, read: Read) -> None:
    do("nurul", "unit_new", people.city.units["dinkes"], **MAWAR)
    uid = Unit.objects.get(code="puskesmas_mawar").uid
    post = SeatRow.objects.filter(post__name="Pengelola Data").first().post.uid
    do("nurul", "seats_new", uid, on=JANUARY, post=str(post), count="1", job_class="6")
    text = plain(send("nurul", "unit_close", uid, on=JANUARY))
    assert "Unit ini baru berdiri 4 Januari 2027." in text
    assert reverse("organisation:unit_rescind", args=[uid]) not in text
    assert "Batalkan pembentukan" not in read("nurul", "unit", uid, query=f"?per={JANUARY}")
    seat = SeatRow.objects.get(unit__uid=uid).seat.uid
    assert reverse("organisation:seat_rescind", args=[seat]) in read("nurul", "seat", seat)
    do("nurul", "seat_rescind", seat)
    do("nurul", "unit_rescind", uid)
    assert not UnitRow.objects.known().filter(unit__uid=uid).exists()


def test_what_is_still_to_come_is_changed_before_its_day(people: People, do: Send, read: Read) -> None:
    do("nurul", "unit_new", people.city.units["dinkes"], **MAWAR)
    uid = Unit.objects.get(code="puskesmas_mawar").uid
    assert "Ganti nama, jenis, atau induk" in read("nurul", "unit", uid, query=f"?per={JANUARY}")
    do("nurul", "unit_change", uid, **MAWAR | {"name": "Puskesmas Mawar Indah"})
    rows = UnitRow.objects.known().filter(unit__uid=uid)
    assert list(rows.values_list("name", flat=True)) == ["Puskesmas Mawar Indah"]


def test_the_key_of_somebody_else_is_no_obstacle(
    people: People, propose: Send, send: Send, browser: Browser
) -> None:
    uid = people.city.seats["free"]
    taken = propose("nurul", "seat_class", uid, on=JANUARY, job_class="7")["Location"]
    key = str(Proposal.objects.get().uid)
    values = {"on": JANUARY, "job_class": "8"}
    seen = hidden(send("wahyu", "seat_class", uid, **values)) | {"kunci": key}
    sent = send("wahyu", "seat_class", uid, **values, **seen, yakin="1")
    assert sent.status_code == 302 and sent["Location"] != taken and Proposal.objects.count() == 2
    assert "6 menjadi 8" in words_of(plain(browser("wahyu").get(sent["Location"])))


def test_two_tabs_send_one_proposal(people: People, propose: Send, browser: Browser) -> None:
    uid = people.city.seats["free"]
    one, two = (propose("nurul", "seat_class", uid, on=JANUARY, job_class="7") for _ in range(2))
    assert one["Location"] == two["Location"] and Proposal.objects.count() == 1


def test_what_a_colleague_decides_in_between_is_shown_as_decided(
    people: People, propose: Send, approve: Approve, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = propose("nurul", "seat_class", people.city.seats["free"], on=JANUARY, job_class="7")["Location"]
    preview, first = services.preview_proposal, [True]

    def late(**asked: Any) -> Any:
        if first and first.pop():
            uid = Proposal.objects.get().uid
            services.refuse_proposal(actor=people.actor("ratih"), at=AT, proposal=uid, answer="Belum.")
        return preview(**asked)

    monkeypatch.setattr(services, "preview_proposal", late)
    answer = browser("wahyu").get(address)
    text = words_of(plain(answer))
    assert answer.status_code == 200 and "Ditolak" in text and "Belum." in text and "Setujui" not in text


def test_a_unit_that_was_taken_back_has_no_link(people: People, do: Send, browser: Browser) -> None:
    do("nurul", "unit_new", people.city.units["dinkes"], **MAWAR | {"on": "2026-11-10"})
    uid = Unit.objects.get(code="puskesmas_mawar").uid
    do("nurul", "unit_rescind", uid)
    done, made = Proposal.objects.order_by("-id")
    text = plain(browser("wahyu").get(reverse("organisation:proposal", args=[done.uid])))
    assert "Puskesmas Mawar" in text and reverse("organisation:unit", args=[uid]) not in text
    above = plain(browser("wahyu").get(reverse("organisation:proposal", args=[made.uid])))
    assert reverse("organisation:unit", args=[people.city.units["dinkes"]]) in above


def test_what_is_ones_own_is_told_as_that(
    people: People, propose: Send, approve: Approve, browser: Browser, read: Read
) -> None:
    title = "Urusan Anda sendiri ditangani petugas lain"
    address = propose("nurul", "seat_class", people.city.seats["free"], on=JANUARY, job_class="7")["Location"]
    own = approve("nurul", address)
    assert own.status_code == 403 and title in plain(own) and "bukan untuk peran" not in plain(own)
    access.grant_role(
        actor=Actor.operator("uji", TODAY), at=AT, username="unit_clerk", role="personnel_officer",
        start_on=date(2020, 1, 1), reason="uji",
    )  # fmt: skip
    seat = people.city.seats["clerk"]
    refused = browser("unit_clerk").get(reverse("organisation:seat_class", args=[seat]))
    assert refused.status_code == 403 and title in plain(refused)
    assert "Posisi ini Anda pangku sendiri." in plain(refused)
    page, other = read("unit_clerk", "seat", seat), read("nurul", "seat", seat)
    assert "Posisi ini Anda pangku sendiri." in page and "Posisi ini Anda" not in other
    for name in ("seat_line", "seat_class", "seat_freeze", "seat_close"):
        link = reverse(f"organisation:{name}", args=[seat])
        assert link not in page and link in other, name

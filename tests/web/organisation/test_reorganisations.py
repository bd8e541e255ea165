"""A reorganisation on its pages: drafted step by step, shown, adopted by a second person, withdrawn."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from pamong.organisation.choices import Step, code_of
from pamong.organisation.models import Reorganisation, SeatRow, UnitRow
from pamong.web.organisation import plans
from tests.support.people import People
from tests.web.organisation.conftest import Read, Send, plain, words_of

HEAD = {
    "title": "Penyederhanaan 2027",
    "on": "2027-01-04",
    "order_no": "Perwali 12",
    "order_on": "2026-11-02",
}


@pytest.fixture
def draft(people: People, send: Send) -> UUID:
    answer = send("nurul", "reorganisation_new", **HEAD)
    assert answer.status_code == 302
    return Reorganisation.objects.get().uid


def step(send: Send, draft: UUID, kind: str, /, **values: Any) -> None:
    answer = send("nurul", "reorganisation_step", draft, kind, **values)
    assert answer.status_code == 302, plain(answer)


def plan() -> dict[str, Any]:
    return dict(Reorganisation.objects.get().plan)


def test_a_draft_needs_a_title_and_a_day(people: People, send: Send) -> None:
    answer = send("nurul", "reorganisation_new", title="", on="besok")
    assert answer.status_code == 422 and "tulis tanggalnya seperti 10-11-2026" in plain(answer)
    assert not Reorganisation.objects.exists()


def test_a_draft_stands_in_the_list(draft: UUID, read: Read) -> None:
    told = words_of(read("wahyu", "reorganisations"))
    assert "Penyederhanaan 2027 Perwali 12, 2 November 2026 4 Januari 2027 Rancangan" in told
    page = words_of(read("wahyu", "reorganisation", draft))
    assert "Belum ada langkah." in page and "Disusun Nurul," in page


def test_title_and_day_can_be_changed(draft: UUID, send: Send) -> None:
    send("nurul", "reorganisation_head", draft, title="Penataan lain", on="2027-02-01", order_no="")
    row = Reorganisation.objects.get()
    assert (row.title, row.on, row.order_no, row.order_on) == ("Penataan lain", date(2027, 2, 1), "", None)


def test_each_step_is_told_in_words(draft: UUID, send: Send, read: Read) -> None:
    step(send, draft, "create", name="Seksi Data", kind="section", parent="setda")
    step(send, draft, "rename", old="pkm_melati", name="Puskesmas Melati Indah")
    step(send, draft, "move", old="pkm_melati", parent="setda")
    step(send, draft, "merge", old=["dinkes", "disdik"], name="Dinas Gabungan")
    step(send, draft, "split", old="setda", names="Sekretariat Satu\n\nSekretariat Dua\nSekretariat Dua")
    step(send, draft, "close", old=["disdik"], into="dinkes")
    post = SeatRow.objects.filter(post__name="Pengelola Data").first().post.uid
    step(send, draft, "posisi", unit="seksi_data", post=str(post), count="2", job_class="6")
    told = words_of(read("nurul", "reorganisation", draft))
    for sentence in (
        "Bentuk Seksi Data di bawah Sekretariat Daerah",
        "Ganti nama Puskesmas Melati menjadi Puskesmas Melati Indah",
        "Pindahkan Puskesmas Melati ke bawah Sekretariat Daerah",
        "Gabungkan Dinas Kesehatan dan Dinas Pendidikan menjadi Dinas Gabungan",
        "Pecah Sekretariat Daerah menjadi Sekretariat Satu dan Sekretariat Dua",
        "Tutup Dinas Pendidikan, posisinya diteruskan ke Dinas Kesehatan",
        "2 posisi Pengelola Data di Seksi Data",
    ):
        assert sentence in told
    assert [entry["step"] for entry in plan()["steps"]] == list(map(str, plans._MAKERS))
    send("nurul", "reorganisation_remove", draft, "steps", 0)
    assert len(plan()["steps"]) == 5


def test_steps_say_what_is_missing(draft: UUID, send: Send) -> None:
    for kind, values, told in (
        ("merge", {"old": ["dinkes"], "name": "x"}, "Pilih dua unit atau lebih."),
        ("merge", {"old": ["dinkes", "disdik"], "name": "x", "into": "dinkes"}, "Pilih satu saja."),
        ("split", {"old": "dinkes", "names": "satu"}, "Tulis dua nama atau lebih"),
        ("move", {"old": "dinkes"}, "Ada yang perlu dibetulkan"),
    ):
        answer = send("nurul", "reorganisation_step", draft, kind, **values)
        assert answer.status_code == 422 and told in plain(answer), kind
    assert send("nurul", "reorganisation_step", draft, "hapus_semua").status_code == 404
    assert plan() == {}


def test_units_of_the_draft_can_be_picked(draft: UUID, send: Send, read: Read) -> None:
    step(send, draft, "create", name="Seksi Data", kind="section", parent="setda")
    form = read("nurul", "reorganisation_step", draft, "move")
    assert "Seksi Data" in form and "unit baru dalam rancangan ini" in form
    query = f"?isian=parent&cari_parent=dinas&penataan={draft}"
    assert "Seksi Data" in read("nurul", "pick", "unit", query=query)
    assert "Seksi Data" not in read("employee", "pick", "unit", query=query)
    looked = send("nurul", "reorganisation_step", draft, "move", cari="old", cari_old="melati")
    assert looked.status_code == 200 and "Puskesmas Melati" in plain(looked)


def test_seats_of_a_split_unit_are_placed_one_by_one(
    people: People, draft: UUID, send: Send, read: Read
) -> None:
    step(send, draft, "split", old="disdik", names="Dinas Pendidikan Dasar\nDinas Pendidikan Menengah")
    blocked = read("nurul", "reorganisation_preview", draft)
    assert "belum ditentukan tujuannya" in blocked and "Masih ada yang menghalangi." in blocked
    page = read("nurul", "reorganisation_seats", draft, "disdik")
    assert "Tigor Marpaung" in page and "Dinas Pendidikan Menengah" in page
    seat = people.city.seats["foreign"]
    send("nurul", "reorganisation_seats", draft, "disdik", **{f"seat-{seat}": "dinas_pendidikan_dasar"})
    told = words_of(read("nurul", "reorganisation_preview", draft))
    assert "Pengelola Data Dinas Pendidikan Dinas Pendidikan Dasar" in told
    assert "1 orang ikut pindah bersama posisinya, tanpa SK baru" in told and "Tigor Marpaung" in told
    assert "1 posisi ke Dinas Pendidikan Dasar" in words_of(read("nurul", "reorganisation", draft))
    assert not UnitRow.objects.filter(name="Dinas Pendidikan Dasar").exists()


def test_two_heads_of_merged_units_are_settled(people: People, draft: UUID, send: Send, read: Read) -> None:
    step(send, draft, "merge", old=["setda", "dinkes"], name="Sekretariat Gabungan", parent="kota")
    assert "dua pemimpin" in read("nurul", "reorganisation_preview", draft)
    send("nurul", "reorganisation_seats", draft, "dinkes")
    assert {"seat": str(people.city.seats["chief"]), "is_head": False} in plan()["seats"]
    assert "dua pemimpin" not in read("nurul", "reorganisation_preview", draft)
    assert "1 posisi tidak memimpin lagi" in read("nurul", "reorganisation", draft)
    send("nurul", "reorganisation_seats", draft, "dinkes", **{f"leads-{people.city.seats['chief']}": "1"})
    assert plan()["seats"] == []


def adopted(send: Send, read: Read, draft: UUID) -> str:
    step(send, draft, "close", old=["disdik"], into="setda")
    own = send("nurul", "reorganisation_adopt", draft)
    assert own.headers["Location"] == f"/organisasi/penataan/{draft}/pratinjau/"
    assert Reorganisation.objects.get().state == "draft"
    send("wahyu", "reorganisation_adopt", draft, **seen(read, draft))
    return Reorganisation.objects.get().state


def seen(read: Read, draft: UUID) -> dict[str, str]:
    return dict(
        re.findall(r'name="(dilihat)" value="([^"]*)"', read("wahyu", "reorganisation_preview", draft))
    )


def test_a_preview_that_has_moved_is_shown_anew(draft: UUID, send: Send, read: Read) -> None:
    step(send, draft, "close", old=["disdik"], into="setda")
    before = seen(read, draft)
    step(send, draft, "rename", old="dinkes", name="Dinas Sehat")
    told = send("wahyu", "reorganisation_adopt", draft, **before)
    assert told.headers["Location"] == f"/organisasi/penataan/{draft}/pratinjau/"
    assert Reorganisation.objects.get().state == "draft"
    send("wahyu", "reorganisation_adopt", draft, **seen(read, draft))
    assert Reorganisation.objects.get().state == "scheduled"


def test_a_draft_that_is_sent_twice_is_one(people: People, send: Send) -> None:
    key = {"kunci": "01900000-0000-7000-8000-000000000001"}
    for _ in range(2):
        send("nurul", "reorganisation_new", **HEAD, **key)
    assert Reorganisation.objects.count() == 1


def test_the_drafter_does_not_adopt_another_does(draft: UUID, send: Send, read: Read) -> None:
    step(send, draft, "close", old=["disdik"], into="setda")
    assert "Anda penyusunnya. Orang lain yang menetapkan." in read("nurul", "reorganisation_preview", draft)
    assert "Anda penyusunnya" not in read("wahyu", "reorganisation_preview", draft)
    send("wahyu", "reorganisation_adopt", draft, **seen(read, draft))
    assert Reorganisation.objects.get().adopted_by.startswith("user:")


def test_until_its_day_two_can_withdraw_it(draft: UUID, send: Send, do: Send, read: Read) -> None:
    assert adopted(send, read, draft) == "scheduled"
    page = words_of(read("nurul", "reorganisation", draft))
    assert "Sampai sehari sebelum 4 Januari 2027 penataan ini dapat dibatalkan." in page
    assert "Tutup Dinas Pendidikan, posisinya diteruskan ke Sekretariat Daerah" in page
    assert "Ditetapkan Wahyu," in page
    assert "dibatalkan dua orang" in read("nurul", "reorganisation_withdraw", draft)
    assert "3 Januari" not in read("nurul", "tree") and "4 Januari 2027" in read("nurul", "tree")
    told = words_of(plain(send("nurul", "reorganisation_withdraw", draft)))
    assert "yang berlaku mulai 4 Januari 2027, dibatalkan." in told and "Dinas Pendidikan, di bawah" in told
    assert Reorganisation.objects.get().state == "scheduled", "what two adopted one alone withdraws not"
    do("nurul", "reorganisation_withdraw", draft)
    assert Reorganisation.objects.get().state == "withdrawn"
    assert UnitRow.objects.as_of(date(2027, 1, 4)).filter(unit__code="disdik").exists()
    again = send("nurul", "reorganisation_withdraw", draft)
    assert again.status_code == 302 and "sudah dibatalkan" in read("nurul", "reorganisation_withdraw", draft)


def test_from_its_day_on_it_cannot(draft: UUID, send: Send, read: Read) -> None:
    send("nurul", "reorganisation_head", draft, **{**HEAD, "on": "2026-11-10"})
    assert adopted(send, read, draft) == "scheduled"
    page = read("nurul", "reorganisation", draft)
    assert "jadi tidak dapat dibatalkan lagi" in page and "Batalkan penataan" not in page
    confirm = read("nurul", "reorganisation_withdraw", draft)
    assert "sudah berlaku sejak 10 November 2026" in confirm and "Biarkan" not in confirm
    send("nurul", "reorganisation_withdraw", draft)
    assert Reorganisation.objects.get().state == "scheduled"


def test_what_is_adopted_is_not_changed(draft: UUID, send: Send, read: Read) -> None:
    adopted(send, read, draft)
    before = plan()
    assert send("nurul", "reorganisation_step", draft, "move", old="dinkes", parent="kota").status_code == 302
    send("nurul", "reorganisation_remove", draft, "steps", 0)
    send("nurul", "reorganisation_seats", draft, "disdik")
    assert plan() == before


def test_codes_are_made_from_names_and_kept_apart() -> None:
    assert code_of("Seksi Pelayanan & Umum", ()) == "seksi_pelayanan_umum"
    assert code_of("Seksi Pelayanan", {"seksi_pelayanan", "seksi_pelayanan_2"}) == "seksi_pelayanan_3"
    assert code_of("—", ()) == "unit"


def test_a_split_into_its_own_name_goes_on() -> None:
    asked = {"old": "a", "names": ["Dinas A", "Dinas B"]}
    made = plans.step_from(Step.SPLIT, asked, {"a", "dinas_b"}, {"a": "dinas a"})
    assert made["new"] == [{"code": "a", "unit": {}}, {"code": "dinas_b_2", "unit": {"name": "Dinas B"}}]


def test_with_a_step_goes_what_was_said_of_its_seats(
    people: People, draft: UUID, send: Send, read: Read
) -> None:
    step(send, draft, "merge", old=["setda", "dinkes"], name="Sekretariat Gabungan", parent="kota")
    chief, foreign = people.city.seats["chief"], people.city.seats["foreign"]
    send("nurul", "reorganisation_seats", draft, "dinkes", **{f"seat-{chief}": "tutup"})
    assert "1 posisi ditutup" in read("nurul", "reorganisation", draft)
    step(send, draft, "split", old="disdik", names="Dinas Pendidikan Dasar\nDinas Pendidikan Menengah")
    send("nurul", "reorganisation_seats", draft, "disdik", **{f"seat-{foreign}": "dinas_pendidikan_dasar"})
    send("nurul", "reorganisation_remove", draft, "steps", 0)
    assert plan()["seats"] == [{"seat": str(foreign), "unit": "dinas_pendidikan_dasar"}]
    page = read("nurul", "reorganisation", draft)
    assert "ditutup" not in page and "1 posisi ke Dinas Pendidikan Dasar" in page
    send("nurul", "reorganisation_remove", draft, "steps", 0)
    assert plan()["seats"] == []


def test_a_seat_that_goes_to_a_unit_of_a_removed_step_stays_unsettled(
    people: People, draft: UUID, send: Send
) -> None:
    step(send, draft, "close", old=["disdik"])
    step(send, draft, "create", name="Dinas Baru", kind="opd", parent="kota")
    foreign = people.city.seats["foreign"]
    send("nurul", "reorganisation_seats", draft, "disdik", **{f"seat-{foreign}": "dinas_baru"})
    assert plan()["seats"] == [{"seat": str(foreign), "unit": "dinas_baru"}]
    send("nurul", "reorganisation_remove", draft, "steps", 1)
    assert plan()["seats"] == []


def test_what_was_said_of_seats_can_be_taken_out_of_the_draft(
    people: People, draft: UUID, send: Send, read: Read
) -> None:
    """Drafts of before may hold it without its step."""
    chief, foreign = (str(people.city.seats[name]) for name in ("chief", "foreign"))
    left = [{"seat": chief, "close": True}, {"seat": foreign, "is_head": False}]
    Reorganisation.objects.update(plan={"seats": left})
    page = read("nurul", "reorganisation", draft)
    assert f"/organisasi/penataan/{draft}/hapus/seats/0/" in page
    send("nurul", "reorganisation_remove", draft, "seats", 0)
    assert plan()["seats"] == left[1:]


def test_a_held_seat_is_named_with_its_unit(people: People, draft: UUID, send: Send, read: Read) -> None:
    step(send, draft, "merge", old=["setda", "dinkes"], name="Sekretariat Gabungan", parent="kota")
    send("nurul", "reorganisation_seats", draft, "dinkes", **{f"seat-{people.city.seats['chief']}": "tutup"})
    told = read("nurul", "reorganisation_preview", draft)
    assert re.search(r"Posisi [^.]* di Dinas Kesehatan masih dipegang 1 orang", told)


def test_who_withdrew_is_told(draft: UUID, send: Send, read: Read) -> None:
    send("wahyu", "reorganisation_withdraw", draft)
    told = words_of(read("nurul", "reorganisation", draft))
    assert re.search(r"Disusun Nurul, .* Dibatalkan Wahyu, \d", told)


def test_two_heads_lead_to_where_they_are_settled(
    people: People, draft: UUID, send: Send, read: Read
) -> None:
    step(send, draft, "merge", old=["setda", "dinkes"], name="Sekretariat Gabungan", parent="kota")
    preview = read("nurul", "reorganisation_preview", draft)
    where = f"/organisasi/penataan/{draft}/posisi/setda/"
    assert re.search(rf'<a href="{where}">[^<]*dua pemimpin', preview)
    page = read("nurul", "reorganisation_seats", draft, "setda")
    assert f"/organisasi/penataan/{draft}/posisi/dinkes/" in page, "the other one is a step away"
    assert "ikut ke Sekretariat Gabungan" in page and "belum ditentukan" not in page


def test_only_a_free_seat_is_offered_to_be_deleted(
    people: People, draft: UUID, send: Send, read: Read
) -> None:
    step(send, draft, "merge", old=["setda", "dinkes"], name="Sekretariat Gabungan", parent="kota")
    page = read("nurul", "reorganisation_seats", draft, "dinkes")
    chief = people.city.seats["chief"]
    own = page[page.index(f'name="seat-{chief}"') :].partition("</select>")[0]
    assert 'value="tutup"' not in own and "dihapus: masih dipangku" in own
    assert f"/pegawai/{people.city.persons['chief']}/jabatan/" in page and "Akhiri pengangkatan" in page


def test_a_held_seat_that_is_to_be_deleted_leads_back_to_it(
    people: People, draft: UUID, send: Send, read: Read
) -> None:
    step(send, draft, "merge", old=["setda", "dinkes"], name="Sekretariat Gabungan", parent="kota")
    send("nurul", "reorganisation_seats", draft, "dinkes", **{f"seat-{people.city.seats['chief']}": "tutup"})
    preview = read("nurul", "reorganisation_preview", draft)
    assert re.search(rf'<a href="/organisasi/penataan/{draft}/posisi/dinkes/">[^<]*masih dipegang', preview)


def test_a_split_still_asks_for_each_seat(draft: UUID, send: Send, read: Read) -> None:
    step(send, draft, "split", old="disdik", names="Dinas Pendidikan Dasar\nDinas Pendidikan Menengah")
    assert "belum ditentukan" in read("nurul", "reorganisation_seats", draft, "disdik")
    blocked = read("nurul", "reorganisation_preview", draft)
    assert re.search(r"posisi/disdik/\">\d+ posisi di Dinas Pendidikan belum ditentukan", blocked)


def test_lines_name_the_units(people: People, draft: UUID, send: Send, read: Read) -> None:
    step(send, draft, "merge", old=["setda", "dinkes"], name="Sekretariat Gabungan", parent="kota")
    send("nurul", "reorganisation_seats", draft, "dinkes")
    told = words_of(read("nurul", "reorganisation_preview", draft)).partition("Garis atasan")[2]
    assert re.search(r"\w, Sekretariat Gabungan .*\w, Dinas Kesehatan .*\w, Sekretariat Gabungan", told), told

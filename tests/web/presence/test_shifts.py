"""What letters mean in a unit, and the week that it works: seen with its source, told before a change."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any

import pytest
from django.urls import reverse

from pamong.attendance import services
from pamong.attendance.models import RosterDay, ShiftKind, ShiftKindRow, UnitWeek
from pamong.attendance.services import ShiftTimes
from tests.attendance.test_facts import OPERATOR
from tests.attendance.world import SHIFTS, Ward, on
from tests.support.people import AT
from tests.web.presence.test_rosters import client, text, ward

__all__ = ["ward"]

TIMES = {
    "code": "D", "name": "Dini", "starts": "04.00", "ends": "11.00", "pause_starts": "", "pause_ends": "",
    "before": "60", "after": "120", "on": "1 Desember 2026",
}  # fmt: skip


def page(username: str = "unit_clerk", unit: str = "dinkes") -> Any:
    return client(username).get(reverse("presence:shifts") + f"?unit={unit}")


def new(step: str = "simpan", **said: str) -> Any:
    address = reverse("presence:shift_new") + "?unit=dinkes"
    return client("unit_clerk").post(address, TIMES | said | {"langkah": step}, follow=True)


def change(code: str, step: str = "simpan", route: str = "shift", **said: str) -> Any:
    kind = ShiftKind.objects.get(code=code, unit__code="dinkes")
    asked = {key: value for key, value in TIMES.items() if key != "code"} | said | {"langkah": step}
    return client("unit_clerk").post(reverse(f"presence:{route}", args=[kind.uid]), asked, follow=True)


def test_a_page_says_what_letters_mean_and_which_rule_gives_the_hours(
    ward: Ward, django_assert_max_num_queries: Any
) -> None:
    ward.define("J", SHIFTS["S"], unit="kota")
    services.set_week(actor=OPERATOR, at=AT, unit="kota", week="5", on=on(1))
    clerk = client("unit_clerk")
    clerk.get(reverse("presence:shifts"))
    with django_assert_max_num_queries(10):
        answer = clerk.get(reverse("presence:shifts") + "?unit=dinkes")
    told = text(answer)
    assert "07.00–14.00" in told and "21.00–07.00" in told and "sampai keesokan harinya" in told
    assert "60 menit sebelum, 120 menit sesudah" in told
    assert "Kota Uji" in told, "J comes from the unit above"
    assert "5 hari seminggu" in told and "07.30–16.00" in told and "Ramadan, " in told
    assert "Jam masuk kerja: " in told and "Pasal 4" in told
    assert "Petugas kepegawaian yang mengubahnya." in told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"code": "P"}, "Kode P sudah dipakai unit ini untuk dinas Pagi sejak 1 Januari 2026."),
        ({"code": "L"}, "tidak dapat menjadi kode dinas. Pakai 1 sampai 3 huruf"),
        ({"code": "P-"}, "tidak dapat menjadi kode dinas."),
        ({"code": ""}, "Kode: isi hurufnya, misalnya P."),
        ({"on": "30 Februari 2027"}, "Berlaku mulai"),
        ({"on": "1 Januari 1990"}, "Unit ini tidak ada pada 1 Januari 1990. Pilih tanggal lain."),
        ({"ends": "04.00"}, "Jam masuk dan jam pulang dinas tidak boleh sama."),
        ({"starts": "25.00"}, "Jam masuk: tulis jamnya seperti 07.25."),
        ({"pause_starts": "06.00"}, "Istirahat: isi jam mulai dan jam selesainya."),
        ({"pause_starts": "12.00", "pause_ends": "13.00"}, "Istirahat harus di dalam jam dinas"),
        ({"before": "600"}, "Menit: paling banyak 240."),
    ],
)
def test_what_is_wrong_with_a_new_letter_is_one_sentence(ward: Ward, said: dict[str, str], told: str) -> None:
    before = ShiftKindRow.objects.count()
    answer = new(**said)
    assert answer.status_code == 422
    (problems,) = re.findall(r'class="ui-problems".*?</ul>', text(answer))
    assert problems.count("<li>") == 1 and told in problems
    assert ShiftKindRow.objects.count() == before


def test_a_new_letter_is_told_first_and_then_used(ward: Ward) -> None:
    looked = new("lihat")
    assert looked.status_code == 200 and "dapat dipakai di jadwal Dinas Kesehatan" in text(looked)
    assert not ShiftKind.objects.filter(code="D").exists()
    assert "Kode dinas disimpan." in text(new())
    assert "belum atau tidak lagi berlaku (1)" in text(page()), "it holds from December on"
    ward.define("D", SHIFTS["P"], on(1))
    assert ward.roster({12: "D"}).days == 1


def test_a_letter_of_a_unit_above_keeps_the_days_that_name_it(ward: Ward) -> None:
    ward.define("K", ShiftTimes("Kota", time(8), time(12), 30, 30), unit="kota")
    ward.roster({20: "K", 21: "K"})
    looked = text(new("lihat", code="K", on="15 November 2026"))
    assert "2 hari jadwal memakai kode ini dari unit di atasnya dan tetap memakai jam itu" in looked
    ward.define("K", SHIFTS["S"])
    services.end_shift(actor=OPERATOR, at=AT, unit="dinkes", code="K", on=on(15))
    ward.roster({22: "K"})
    anew = text(new("lihat", code="K", on="16 November 2026"))
    assert "3 hari jadwal memakai kode ini dari unit di atasnya" in anew, (
        "the unit had it before, and ended it"
    )


def test_new_times_are_told_in_days_and_old_days_keep_theirs(ward: Ward) -> None:
    ward.roster({2: "P", 3: "P", 20: "P", 21: "P"})
    ward.roster({20: "P"}, "mate")
    said = {"name": "Pagi", "starts": "07.30", "ends": "14.00", "on": "20 November 2026"}
    looked = text(change("P", "lihat", **said))
    assert "3 hari jadwal dari 2 pegawai sejak 20 November 2026 mengikuti jam baru." in looked
    assert ShiftKindRow.objects.known().filter(kind__code="P").count() == 1
    assert "Jam dinas disimpan. Hari sebelum 20 November 2026 tetap" in text(change("P", **said))
    rows = ShiftKindRow.objects.known().filter(kind__code="P").order_by("period")
    assert [(row.period.lower, row.starts) for row in rows] == [
        (date(2026, 1, 1), time(7)), (date(2026, 11, 20), time(7, 30)),
    ]  # fmt: skip
    assert "mulai 20 November 2026: 07.30–14.00" in text(page())
    assert "sudah seperti ini" in text(change("P", "lihat", **said))
    back = said | {"starts": "07.15", "on": "3 November 2026"}
    past = text(change("P", "lihat", **back))
    assert "1 hari di antaranya sudah lewat dan dihitung ulang." in past
    ward.roster({3: "P"}, "clerk")
    own = change("P", **back)
    assert own.status_code == 422 and "milik Anda sendiri atau keluarga Anda. Minta petugas lain" in text(own)
    done = text(change("P", **(back | {"on": "4 November 2026"})))
    assert "Hari sebelum 4 November 2026 tetap memakai jam yang lama. Hari jadwal yang sudah lewat" in done


def test_case_A_26_new_times_meet_the_rosters_that_stand(ward: Ward) -> None:
    ward.roster({20: "P+S", 24: "M", 25: "P"})
    long = change("P", **{"starts": "07.00", "ends": "14.30", "on": "15 November 2026"})
    assert long.status_code == 422
    assert "Dengan jam ini dinas P bertabrakan dengan dinas lain di jadwal 1 pegawai" in text(long)
    night = change("M", **{"starts": "21.00", "ends": "07.30", "on": "15 November 2026"})
    assert "mulai 25 November 2026" in text(night)
    later = change("P", **{"starts": "07.00", "ends": "14.30", "on": "26 November 2026"})
    assert later.status_code == 200 and "Jam dinas disimpan." in text(later)


def test_a_letter_ends_once_no_roster_names_it(ward: Ward) -> None:
    ward.roster({20: "S"})
    refused = change("S", route="shift_end", on="15 November 2026")
    assert refused.status_code == 422
    assert "Dinas S masih ada pada 1 hari jadwal mulai 20 November 2026." in text(refused)
    ward.roster({20: "L"})
    assert "Kode dinas diakhiri." in text(change("S", route="shift_end", on="15 November 2026"))
    assert "Dinas S sudah tidak berlaku" in text(change("S", route="shift_end", on="20 November 2026"))
    assert "dinas S berlaku sampai 14 November 2026" in str(ward_fault(ward))
    assert RosterDay.objects.known().count() == 1


def ward_fault(ward: Ward) -> Exception:
    with pytest.raises(Exception, match="Jadwal belum disimpan") as caught:
        ward.roster({16: "S", 17: "S"})
    assert "hari 16, 17" in str(caught.value)
    return caught.value


def test_a_week_is_changed_by_an_officer_of_all_and_its_people_are_told(ward: Ward) -> None:
    address = reverse("presence:week") + "?unit=dinkes"
    assert client("unit_clerk").get(address).status_code == 403
    officer = client("nurul")
    before = UnitWeek.objects.count()
    asked = {"week": "6", "on": "1 Desember 2026", "langkah": "lihat"}
    looked = text(officer.post(address, asked))
    assert "pegawai mengikuti hari kerja unit ini." in looked
    assert UnitWeek.objects.count() == before
    done = officer.post(address, asked | {"langkah": "simpan"}, follow=True)
    assert "Hari kerja unit disimpan." in text(done)
    assert "Dinas Kesehatan: 6 hari seminggu, sejak 1 Desember 2026" in text(page())
    assert "sudah seperti ini" in text(officer.post(address, asked))
    wrong = officer.post(address, {"on": "1 Desember 2026", "langkah": "lihat"})
    assert "Hari kerja seminggu: pilih 5 atau 6 hari." in text(wrong)


def test_another_office_and_an_employee_are_refused(ward: Ward) -> None:
    assert page(unit="disdik").status_code == 403
    assert page("employee").status_code == 403
    assert page(unit="tidak-ada").status_code == 404
    lost = client("unit_clerk").get(reverse("presence:shift", args=["01900000-0000-7000-8000-000000000000"]))
    assert lost.status_code == 404 and "Kode dinas ini tidak ada." in text(lost)

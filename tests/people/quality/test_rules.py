"""Each of the twenty-one rules finds the person who breaks it, in words, and not the one who does not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pamong.organisation import models as org
from pamong.people import quality
from pamong.people.models import Person
from pamong.people.quality import RULES, Group
from pamong.web.people.law import national
from tests.people.quality.conftest import STARTED, Register
from tests.support.city import since
from tests.support.people import TODAY

PPPK = {"kind": "PPPK", "nip": "199502142020212001"}
HEAD = {"name": "Kepala Bidang Uji", "kind": "administrator", "eselon": "III.a"}
CPNS = {"kind": "CPNS", "nip": "199502142025032001"}
PAST = {"birth_date": date(1968, 5, 2), "nik": "9901014205680001"}
LATER = since(date(2022, 3, 1))
ENDED = since(date(2020, 1, 1), date(2025, 6, 1))
SEATLESS = (
    "CLTN", "Cuti di Luar Tanggungan Negara", "Perpanjangan CLTN", "Tugas Belajar", "Pemberhentian Sementara",
    "Penerima Uang Tunggu", "Masa Persiapan Pensiun", " masa persiapan pensiun",
)  # fmt: skip
# Slug: what to break, and a part of the sentence about it.
BROKEN: list[tuple[str, dict[str, Any], str]] = [
    ("tanpa-jabatan", {"seat": None}, "Belum ada jabatan yang berlaku"),
    ("tanpa-jabatan", {"seat": {"exists": since(date(2017, 1, 1), date(2026, 1, 1))}}, "sudah ditutup"),
    ("tanpa-jabatan", {"seat": None, "employment": {"standing": "PNS kena hukuman disiplin"}},
     "Catat SK pengangkatannya, atau betulkan kedudukan hukumnya"),
    ("tanpa-pendidikan", {"education": None}, "Belum ada ijazah"),
    ("gelar-kosong", {"education": {"back_title": "S.Sos."}}, "memberi gelar S.Sos., tetapi"),
    ("kontak-kurang", {"contact": None}, "Nomor telepon dan surel kosong"),
    ("kontak-kurang", {"contact": {"phone": "12345"}}, "Nomor telepon kosong atau tidak lengkap"),
    ("kontak-kurang", {"contact": {"email": "dewi@contoh"}}, "Alamat surel kosong atau tidak lengkap"),
    ("tanpa-rekening", {"bankaccount": None}, "Belum ada rekening"),
    ("tanpa-kelas-jabatan", {"seat": {"job_class": None}}, "Posisi Penelaah Teknis Kebijakan di"),
    ("golongan-lain-jenis", {"rank": {"golongan": "IX"}}, "Golongan IX bukan golongan PNS"),
    ("golongan-lain-jenis", {"employment": PPPK}, "Golongan III/a bukan golongan PPPK"),
    ("golongan-di-bawah-eselon", {"seat": HEAD}, "III/a di bawah golongan terendah eselon III.a, yaitu IV/a"),
    ("nik-belum-cocok", {"identity": {"nik": None}}, "NIK belum tercatat"),
    ("nik-belum-cocok", {"identity": {"nik": "9901015502950001"}}, "Tanggal lahir di dalam NIK"),
    ("nik-belum-cocok", {"identity": {"nik": "9901011402950001"}}, "Jenis kelamin di dalam NIK"),
    ("pelaksana-bernama-fungsional", {"seat": {"name": "Arsiparis Ahli Pertama"}}, "Arsiparis Ahli Pertama"),
    ("pendidikan-di-bawah-golongan", {"education": {"level": "SLTA"}}, "III/a, sedangkan pendidikan"),
    ("pendidikan-di-bawah-golongan",
     {"education": {"level": "SLTP"}, "employment": {**PPPK, "period": LATER},
      "rank": {"golongan": "IX", "period": LATER}}, "yang tercatat SLTP"),
    ("mungkin-tercatat-dua-kali", {"identity": {"name": "Dewi Kembar"}}, "lahir pada 14 Februari 1995"),
    ("nip-tanggal-lahir", {"employment": {"nip": "199502152020012001"}}, "sedangkan NIP dimulai 19950215"),
    ("nip-jenis-kelamin", {"employment": {"nip": "199502142020011001"}}, "Digit 15 NIP adalah 1"),
    ("nip-bulan-cpns", {"employment": {"nip": "199502142020032001"}}, "CPNS 03-2020, sedangkan"),
    ("nip-bulan-cpns", {"employment": {"kind": "CPNS", "nip": "199502142019122001"}}, "mulai 1 Januari 2020"),
    ("nip-tahun-pppk", {"employment": {**PPPK, "nip": "199502142021212001"}}, "memuat tahun 2021"),
    ("melewati-batas-usia", {"identity": PAST, "seat": {"period": ENDED}}, "58 tahun, jadi pensiun mulai"),
    ("melewati-batas-usia", {"identity": PAST}, "58 tahun, jadi pensiun mulai 1 Juni 2026"),
    ("cpns-terlalu-lama", {"employment": {**CPNS, "period": since(date(2025, 3, 1))}},
     "CPNS sejak 1 Maret 2025, melewati masa percobaan 12 bulan"),
]  # fmt: skip
# What comes close to a fault and is none: slug, and the change.
SOUND: list[tuple[str, dict[str, Any]]] = [
    ("gelar-kosong", {"education": {"back_title": "S.Sos."}, "identity": {"back_title": "S.Sos."}}),
    ("kontak-kurang", {"contact": {"phone": "+62-812-3456-7890", "email": "", "work_email": "d@uji.id"}}),
    ("golongan-lain-jenis", {"employment": PPPK, "rank": {"golongan": "IX"}}),
    ("golongan-lain-jenis", {"rank": None}),
    ("golongan-di-bawah-eselon", {"seat": HEAD, "rank": {"golongan": "IV/a"}}),
    ("golongan-di-bawah-eselon", {"seat": {**HEAD, "eselon": "I.a"}}),  # a limit that the law does not list
    ("pelaksana-bernama-fungsional",
     {"seat": {"name": "Arsiparis", "kind": "jf", "jenjang": "Ahli Pertama"}}),
    ("pendidikan-di-bawah-golongan", {"education": {"level": "Sekolah Tinggi Lama"}}),  # nobody knows it
    ("pendidikan-di-bawah-golongan",
     {"education": {"level": "SLTA"}, "rank": {"period": since(date(2024, 4, 1))}}),  # not his first one
    ("nip-bulan-cpns", {"employment": {"nip": "199502142015032001"}}),  # came from another government
    ("nip-bulan-cpns", {"employment": PPPK}),
    ("nip-tahun-pppk", {"employment": {"nip": "199502142021012001"}}),
    ("melewati-batas-usia", {"identity": {**PAST, "birth_date": date(1968, 11, 2)}}),
    ("melewati-batas-usia", {"identity": PAST, "seat": {"name": "Guru", "kind": "jf", "family": "Guru"}}),
    ("cpns-terlalu-lama", {"employment": {**CPNS, "period": since(date(2025, 12, 1))}}),
]  # fmt: skip


@pytest.fixture(autouse=True)
def a_functional_post(register: Register) -> None:
    """So that there is a name of a functional post to be mistaken for."""
    org.Post.objects.create(name="Arsiparis", kind="jf", jenjang="Ahli Pertama")


@pytest.mark.parametrize(("slug", "changed", "told"), BROKEN, ids=lambda value: str(value)[:40])
def test_who_breaks_a_rule_is_found(
    register: Register, slug: str, changed: dict[str, Any], told: str
) -> None:
    who = register.person(**changed)
    if slug == "mungkin-tercatat-dua-kali":
        register.person(identity={"name": "dewi KEMBAR", "nik": None}, employment=_other())
    (sentence,) = register.about(slug, who)
    assert told in sentence
    assert "%(" not in sentence


@pytest.mark.parametrize("slug", sorted({rule.slug for rule in RULES if not rule.of_units}))
def test_who_breaks_none_is_not(register: Register, slug: str) -> None:
    assert register.about(slug, register.person()) == []


@pytest.mark.parametrize(("slug", "changed"), SOUND, ids=lambda value: str(value)[:40])
def test_what_comes_close_is_no_fault(register: Register, slug: str, changed: dict[str, Any]) -> None:
    assert register.about(slug, register.person(**changed)) == []


def test_a_right_to_return_is_a_seat(register: Register) -> None:
    away = register.person(seat={"held_as": "return_right"})
    assert register.about("tanpa-jabatan", away) == []


@pytest.mark.parametrize("standing", SEATLESS)
def test_who_rightly_has_no_post_is_no_fault(register: Register, standing: str) -> None:
    away = register.person(seat=None, employment={"standing": standing})
    assert register.about("tanpa-jabatan", away) == []
    left = register.person(
        identity={"name": "Ayu", "nik": None}, employment={**_other(), "standing": standing},
        seat={"period": ENDED},
    )  # fmt: skip
    assert register.about("tanpa-jabatan", left) == []


def test_cpns_after_pns(register: Register) -> None:
    who = register.person(employment={"period": since(STARTED, date(2024, 1, 1))})
    register.add("employment", who, kind="CPNS", nip="199502142020012001", standing="Aktif",
                 period=since(date(2024, 1, 1)))  # fmt: skip
    (sentence,) = register.about("cpns-sesudah-pns", who)
    assert "CPNS mulai 1 Januari 2024, sesudah PNS mulai 1 Januari 2020" in sentence
    usual = _confirmed(register)
    assert register.about("cpns-sesudah-pns", usual) == []
    assert register.about("cpns-terlalu-lama", usual) == [], "he is a PNS by now"


def test_acting_is_over_after_three_months_and_three_more(register: Register) -> None:
    """Two orders one after the other are one stretch; a break begins a new one."""
    seat = {"name": "Kepala Seksi Uji", "kind": "pengawas", "held_as": "plt"}
    first, second = since(date(2026, 3, 1), date(2026, 6, 1)), since(date(2026, 6, 1), date(2026, 12, 1))
    long = register.person()
    held = register.seat(long, **seat, period=first)
    register.add("appointment", long, kind="plt", stint=2, seat=held, period=second)
    (sentence,) = register.about("plt-terlalu-lama", long)
    assert sentence.startswith("Plt. Kepala Seksi Uji sejak 1 Maret 2026, melewati 6 bulan")
    paused = register.person(identity={"name": "Ayu", "nik": None}, employment=_other())
    held = register.seat(paused, **seat, period=since(date(2026, 3, 1), date(2026, 5, 1)))
    register.add("appointment", paused, kind="plt", stint=2, seat=held, period=second)
    assert register.about("plt-terlalu-lama", paused) == []


def test_a_unit_with_people_has_somebody_who_leads_it(register: Register) -> None:
    def units() -> set[str]:
        return {found.label for found in register.findings("unit-tanpa-pemimpin")}

    assert units() == {"Puskesmas Melati", "Dinas Pendidikan"}
    register.seat(register.person(), name="Kepala Puskesmas", kind="pengawas", unit="pkm_melati",
                  is_head=True, held_as="plt", period=since(date(2026, 11, 1), date(2027, 1, 1)))  # fmt: skip
    assert units() == {"Dinas Pendidikan"}


def test_who_left_is_not_looked_at(register: Register) -> None:
    who = register.person(
        employment={"period": since(STARTED, date(2026, 11, 1)), "end_reason": "retired"}, education=None,
    )  # fmt: skip
    assert register.about("tanpa-pendidikan", who) == []


def test_there_are_twenty_one_in_four_groups() -> None:
    assert len(RULES) == len({rule.code for rule in RULES}) == len({rule.slug for rule in RULES}) == 21
    assert [sum(rule.group is group for rule in RULES) for group in Group] == [7, 7, 4, 3]


def test_each_legal_value_has_its_article() -> None:
    for rule in RULES:
        found = quality.sources(rule, national(), TODAY) if rule.code != "past_retirement" else ()
        assert {one.parameter.name for one in found} == set(rule.law) - _ages(rule.code)
        assert all(one.citation.text for one in found)


@pytest.mark.django_db
def test_age_limits_name_the_article_of_each_kind_of_post(register: Register) -> None:
    rule = next(rule for rule in RULES if rule.code == "past_retirement")
    named = {one.citation.text for one in quality.sources(rule, national(), TODAY)}
    assert {"UU 20/2023, Pasal 55", "UU 11/1969, Pasal 13 ayat (1)"} <= named


def _ages(code: str) -> set[str]:
    return {"pension_start_months"} if code == "past_retirement" else set()


def _other() -> dict[str, Any]:
    return {"nip": "199502142020012002"}


def _confirmed(register: Register) -> Person:
    """CPNS for a year, then PNS."""
    who = register.person(
        identity={"name": "Sari", "nik": None},
        employment={**_other(), "kind": "CPNS", "period": since(STARTED, date(2021, 1, 1))},
    )
    register.add("employment", who, kind="PNS", standing="Aktif", period=since(date(2021, 1, 1)), **_other())
    return who

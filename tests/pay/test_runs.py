"""A run from asking to the end: the same files are the same run, a break costs nothing, reads are logged."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from pamong.access import queries as access
from pamong.access.errors import NotAllowed
from pamong.interop.write import write_attlog
from pamong.jobs import handout
from pamong.kernel.actor import Actor, Grant
from pamong.law.engine.errors import LawError
from pamong.pay import columns, queries, services, staging
from pamong.pay.choices import Mode, RunState
from pamong.pay.errors import (
    InputsRefused,
    RunCancelled,
    RunEnded,
    RunNotFound,
    RunNotPublished,
    SlipNotFound,
)
from tests.pay.support import PROFILES, Office, Someone, auditor, files_of

pytestmark = pytest.mark.django_db
PEOPLE = [Someone(number, job_class=1 + number % 15, minutes=5_000 + number) for number in range(40)]


class TestCaseI07:
    """Running again adds nothing."""

    def test_case_I_07_the_same_files_are_the_same_run(self, office: Office) -> None:
        files = files_of(PEOPLE)
        first = office.start(files)
        office.compute(first.uid)
        before = queries.get_run(actor=office.actor, uid=first.uid)
        again = office.start(files)
        assert (again.uid, again.existed, first.existed) == (first.uid, True, False)
        office.compute(again.uid)
        assert queries.get_run(actor=office.actor, uid=first.uid) == before
        assert before.people == 40
        assert len(queries.list_runs(actor=office.actor)) == 1

    def test_case_I_07_other_names_and_another_order_of_files_are_no_other_run(self, office: Office) -> None:
        files = files_of(PEOPLE[:2])
        (punches,) = files.punches
        more = ("2_attlog.dat", write_attlog(PEOPLE[0].punches([1])))
        first = office.start(replace(files, punches=(punches, more)))
        second = office.start(replace(files, punches=(("lain.dat", more[1]), punches)))
        assert second.uid == first.uid

    def test_case_I_07_another_profile_month_mode_or_byte_is_another_run(self, office: Office) -> None:
        files = files_of(PEOPLE[:1])
        sheet = (("isian.csv", files.monthly[0][1] + b"\r\n"),)
        uids = {
            office.start(files).uid,
            office.start(files, profile="manado").uid,
            office.start(files, month=date(2026, 9, 1)).uid,
            office.start(files, mode=Mode.SHADOW).uid,
            office.start(replace(files, monthly=sheet)).uid,
        }
        assert len(uids) == 5

    def test_case_I_07_interrupted_at_half_and_run_again(
        self, office: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(staging, "CHUNK", 8)
        started = office.start(files_of(PEOPLE))

        def stop(what: str, done: int, total: int) -> None:
            if what == "Menulis rincian" and done >= total // 2:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            office.compute(started.uid, stop)
        staged = services.count_staged(actor=office.actor, uid=started.uid)
        assert staged == 24
        assert queries.get_run(actor=office.actor, uid=started.uid).state is RunState.STAGING
        office.compute(started.uid)
        whole = office.run(files_of(PEOPLE), mode=Mode.SHADOW)
        run = queries.get_run(actor=office.actor, uid=started.uid)
        assert (run.people, run.net, run.slips_hash) == (40, whole.row.net, whole.row.slips_hash)
        assert queries.list_slips(actor=office.actor, at=office.at, uid=started.uid).total == 40


@pytest.mark.parametrize("profile", PROFILES)
def test_shuffled_rows_give_the_same_slips(office: Office, profile: str) -> None:
    order = random.Random(profile)  # noqa: S311 (no secret)
    times = [("07:20", "16:40"), ("08:15", None), None]
    people = [
        replace(one, days={day: order.choice(times) for day in (1, 2, 5, 6)}, opd=order.choice("AB"))
        for one in PEOPLE
    ]
    runs = [office.run(files_of(people, shuffle=seed), profile=profile) for seed in (None, 1, 2)]
    assert len({done.uid for done in runs}) == 3
    assert len({done.row.slips_hash for done in runs}) == 1
    assert len({done.row.fingerprint for done in runs}) == 1
    problems = [[(p["code"], p["value"]) for p in done.problems()] for done in runs]
    assert problems[0] == problems[1] == problems[2]


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"month": date(2020, 1, 1)}, "2020"),
        ({"month": date(2022, 7, 1), "profile": "samarinda"}, "2022-07"),
        ({"profile": "atlantis"}, "Profil 'atlantis' tidak ada; yang ada: contoh"),
        ({"overlay": "/tidak/ada"}, "Folder aturan situs /tidak/ada tidak ada."),
    ],
)
def test_a_month_without_law_is_refused_when_it_is_asked_for(
    office: Office, wish: dict[str, object], words: str
) -> None:
    with pytest.raises(LawError, match=words):
        office.start(files_of(PEOPLE[:1]), **wish)  # type: ignore[arg-type]
    assert queries.list_runs(actor=office.actor) == ()


def test_a_year_without_a_decree_on_holidays_is_told(office: Office) -> None:
    with pytest.raises(LawError, match="2028"):
        office.start(files_of(PEOPLE[:1]), month=date(2028, 1, 1))
    assert queries.list_runs(actor=office.actor) == ()


def test_without_all_three_kinds_of_files_nothing_starts(office: Office) -> None:
    files = replace(files_of(PEOPLE[:1]), punches=(), people=())
    with pytest.raises(InputsRefused, match="Berkas Data pegawai, Rekaman presensi belum diberikan"):
        office.start(files)


@pytest.mark.parametrize(
    "grants",
    [(), (Grant("public"),), (Grant("pay_auditor"),), (Grant("employee"),), (Grant("appointing_official"),)],
)
def test_who_may_not_compute_starts_nothing(office: Office, grants: tuple[Grant, ...]) -> None:
    someone = Actor(None, None, "Seseorang", grants, date(2026, 11, 10))
    uid = office.start(files_of(PEOPLE[:1])).uid
    for attempt in (
        lambda: Office(someone, office.at).start(files_of(PEOPLE[:2])),
        lambda: services.cancel_run(actor=someone, at=office.at, uid=uid),
        lambda: services.count_staged(actor=someone, uid=uid),
        lambda: services.fail_run(actor=someone, uid=uid, sentence="."),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    with pytest.raises((NotAllowed, RunNotFound)):
        Office(someone, office.at).compute(uid)
    assert queries.get_run(actor=office.actor, uid=uid).state is RunState.WAITING


class TestCancelling:
    """A run that is cancelled never shows a slip."""

    def test_before_it_is_computed(self, office: Office) -> None:
        files = files_of(PEOPLE[:2])
        uid = office.start(files).uid
        services.cancel_run(actor=office.actor, at=office.at, uid=uid)
        with pytest.raises(RunEnded, match="Dibatalkan"):
            office.compute(uid)
        with pytest.raises(RunEnded):
            services.cancel_run(actor=office.actor, at=office.at, uid=uid)
        assert not office.start(files).existed  # the same files may be asked for again

    def test_while_it_is_computed(self, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(staging, "CHUNK", 10)
        uid = office.start(files_of(PEOPLE)).uid

        def cancel(what: str, done: int, total: int) -> None:
            if (what, done) == ("Menulis rincian", 20):
                services.cancel_run(actor=office.actor, at=office.at, uid=uid)

        with pytest.raises(RunCancelled):
            office.compute(uid, cancel)
        assert services.count_staged(actor=office.actor, uid=uid) == 20
        assert queries.list_slips(actor=office.actor, at=office.at, uid=uid).total == 0
        with pytest.raises(RunNotPublished):
            columns.read_slips(None, uid, actor=office.actor, at=office.at)
        with pytest.raises(RunNotPublished):
            columns.read_lines(None, uid, actor=office.actor)
        with pytest.raises(RunNotFound):
            queries.get_run(actor=auditor(), uid=uid)

    @pytest.mark.parametrize("stage", ["Menyusun hari kerja dan presensi", "Menghitung"])
    def test_while_the_amounts_are_worked_out(self, office: Office, stage: str) -> None:
        uid = office.start(files_of(PEOPLE[:2])).uid

        def cancel(what: str, done: int, total: int) -> None:
            if what == stage:
                services.cancel_run(actor=office.actor, at=office.at, uid=uid)

        with pytest.raises(RunCancelled):
            office.compute(uid, cancel)
        assert queries.get_run(actor=office.actor, uid=uid).state is RunState.CANCELLED

    def test_between_the_look_and_the_chunk(self, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        uid = office.start(files_of(PEOPLE[:2])).uid
        stage = staging.stage

        def late(*chunk: Any) -> None:
            services.cancel_run(actor=office.actor, at=office.at, uid=uid)
            stage(*chunk)

        monkeypatch.setattr(staging, "stage", late)
        with pytest.raises(RunCancelled):
            office.compute(uid)

    def test_in_the_last_moment(self, office: Office) -> None:
        uid = office.start(files_of(PEOPLE[:2])).uid

        def cancel(what: str, done: int, total: int) -> None:
            if what == "Menulis rincian":
                services.cancel_run(actor=office.actor, at=office.at, uid=uid)

        with pytest.raises(RunCancelled):
            office.compute(uid, cancel)
        assert queries.get_run(actor=office.actor, uid=uid).state is RunState.CANCELLED

    def test_a_published_run_stays(self, office: Office) -> None:
        done = office.run(files_of(PEOPLE[:2]))
        with pytest.raises(RunEnded, match="Selesai"):
            services.cancel_run(actor=office.actor, at=office.at, uid=done.uid)

    def test_no_run(self, office: Office) -> None:
        with pytest.raises(RunNotFound):
            services.cancel_run(actor=office.actor, at=office.at, uid=uuid4())


class TestReadLog:
    """Who looked at whose pay is written down; who computes leaves a trace of everything he takes out."""

    def reads(self, office: Office, subject: UUID) -> list[tuple[str, str]]:
        return [(row.actor, row.path) for row in access.list_reads(actor=office.actor, subject=subject)]

    def test_lists_slips_and_explanations(self, office: Office) -> None:
        done = office.run(files_of(PEOPLE[:3]))
        assert self.reads(office, done.uid) == []
        page = queries.list_slips(actor=auditor(), at=office.at, uid=done.uid)
        first, second, _ = (row.uid for row in page.rows)
        queries.get_slip(actor=auditor(), at=office.at, uid=first)
        queries.explain_slip(actor=auditor(), at=office.at, uid=first)
        assert self.reads(office, first) == [("Pemeriksa", "pay:read")] * 3
        assert self.reads(office, second) == [("Pemeriksa", "pay:read")]

    def test_an_export_is_one_row_on_the_run(self, office: Office) -> None:
        done = office.run(files_of(PEOPLE[:3]))
        done.slips()
        assert self.reads(office, done.uid) == [("operator:uji", "pay:export")]

    def test_the_problems_alone_are_a_look_at_the_run(self, office: Office) -> None:
        done = office.run(files_of(PEOPLE[:2]))
        handout.MAKERS["problems"](office.actor, office.at, done.uid)
        assert self.reads(office, done.uid) == [("operator:uji", "pay:export")]

    def test_a_search_logs_whom_it_shows(self, office: Office) -> None:
        done = office.run(files_of(PEOPLE[:3]))
        page = queries.list_slips(actor=auditor(), at=office.at, uid=done.uid, search="ORANG 00001")
        assert [row.name for row in page.rows] == ["ORANG 00001"]
        everybody = queries.list_slips(actor=office.actor, at=office.at, uid=done.uid)
        logged = [
            row.name for row in everybody.rows if ("Pemeriksa", "pay:read") in self.reads(office, row.uid)
        ]
        assert logged == ["ORANG 00001"]

    def test_what_is_refused_is_not_shown(self, office: Office) -> None:
        done = office.run(files_of(PEOPLE[:1]))
        (slip,) = done.by_nip().values()
        employee = Actor(7, 7, "Pegawai", (Grant("employee"),), date(2026, 11, 10))
        for attempt in (
            lambda: queries.list_slips(actor=employee, at=office.at, uid=done.uid),
            lambda: queries.list_runs(actor=employee),
            lambda: columns.read_slips(None, done.uid, actor=employee, at=office.at),
            lambda: columns.read_lines(None, done.uid, actor=employee),
            lambda: columns.read_problems(None, done.uid, actor=employee),
        ):
            with pytest.raises(NotAllowed):
                attempt()
        for attempt in (
            lambda: queries.get_slip(actor=employee, at=office.at, uid=slip["uid"]),
            lambda: queries.explain_slip(actor=employee, at=office.at, uid=slip["uid"]),
        ):
            with pytest.raises(SlipNotFound):
                attempt()
        assert self.reads(office, UUID(slip["uid"])) == []


def test_slips_and_lines_that_do_not_exist(office: Office) -> None:
    done = office.run(files_of(PEOPLE[:1]))
    (slip,) = done.by_nip().values()
    for attempt in (
        lambda: queries.get_slip(actor=office.actor, at=office.at, uid=uuid4()),
        lambda: queries.explain_slip(actor=office.actor, at=office.at, uid=slip["uid"], code="segment_basic"),
        lambda: queries.explain_slip(actor=office.actor, at=office.at, uid=slip["uid"], code="bukan_ini"),
    ):
        with pytest.raises(SlipNotFound):
            attempt()

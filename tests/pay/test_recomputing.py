"""Paid + differences = recomputed, whatever changed: each rupiah stands under one cause, in every profile."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pamong.interop.month import read_files
from pamong.kernel.period import month_period
from pamong.pay.calculation import PERSON_FACTS, MonthLaw, month_law
from pamong.pay.choices import DifferenceCause, FileKind
from pamong.pay.frames import Worked, facts_json, work_out
from pamong.pay.month import MonthFacts, month_facts
from pamong.pay.recomputing.groups import facts_of
from pamong.pay.recomputing.recompute import Found, compare, explained
from pamong.pay.services import File
from tests.pay.support import OCTOBER, Someone, files_of

AMOUNTS = ("gross", "tax", "health")
LAWS = {code: month_law(code, "", month_period(2026, 10)) for code in ("contoh", "samarinda", "permentan")}


def known(law: MonthLaw, people: list[Someone], shuffle: int | None = None) -> tuple[MonthFacts, Worked]:
    """The month out of these people's files, without a database."""
    files = files_of(people, shuffle=shuffle)
    groups = zip(FileKind, (files.people, files.punches, files.monthly), strict=True)
    told = {name: (kind, data) for kind, group in groups for name, data in group}
    read = read_files(
        [File(kind, name, name, 0) for name, (kind, _) in told.items()], OCTOBER, lambda name: told[name][1]
    )
    facts = month_facts(law.law, law.month, read)
    return facts, work_out(law, facts)


def kept(facts: MonthFacts, worked: Worked) -> pl.DataFrame:
    """What is kept of who was paid: NIP, facts, amounts."""
    texts = facts_json(facts).select(pl.col("person").cast(pl.Int32) + 1, "facts")
    slips = worked.slips.join(texts, left_on="number", right_on="person").drop_nulls("net")
    return slips.select("nip", "facts", *AMOUNTS)


def after(before: pl.DataFrame, found: list[Found]) -> pl.DataFrame:
    """What was paid with the differences, and the facts that it rests on now."""
    rows = [
        (one.nip, one.facts, *(sum(getattr(line, name) for line in one.lines) for name in AMOUNTS))
        for one in found
    ]
    schema = dict.fromkeys(("nip", "facts_now"), pl.String) | {f"d_{n}": pl.Int64 for n in AMOUNTS}
    more = pl.DataFrame(rows, schema=schema, orient="row")
    return before.join(more, on="nip", how="left", maintain_order="left").select(
        "nip",
        pl.coalesce("facts_now", "facts").alias("facts"),
        *(pl.col(name) + pl.col(f"d_{name}").fill_null(0) for name in AMOUNTS),
    )


def differences(law: MonthLaw, paid: pl.DataFrame, facts: MonthFacts, worked: Worked) -> list[Found]:
    found = compare(worked, paid.drop("facts"), complete=False)
    assert not found.absent
    return explained(law, facts, paid.filter(pl.col("nip").is_in(found.present)), {})


TIMES = st.sampled_from(["07:20", "07:31", "08:00", "08:31", "09:10", None])
DAY = st.one_of(st.none(), st.tuples(TIMES, st.sampled_from(["15:10", "15:59", "16:40", None])))
TRAITS = st.fixed_dictionaries(
    {
        "golongan": st.sampled_from(["I/c", "II/d", "III/b", "IV/a"]),
        "status": st.sampled_from(["PNS", "PNS", "CPNS"]),
        "standing": st.sampled_from(["Aktif", "Aktif", "Aktif", "Pemberhentian sementara"]),
        "group": st.sampled_from(["TPP", "TPP", "TPP", "TPG"]),
        "job_class": st.integers(1, 15),
        "minutes": st.sampled_from([6_000, 5_999, 4_321, 0, 7_000]),
        "behaviour": st.integers(50, 100),
        "productivity": st.integers(50, 100),
        "fixed_income": st.sampled_from([2_100_333, 4_999_999, 11_999_950, None]),
        "ptkp": st.sampled_from(["TK/0", "K/1", "K/3"]),
        "lhkpn_late": st.booleans(),
        "negative": st.booleans(),
        "musters": st.integers(0, 3),
        "hours_left": st.integers(0, 2),
        "excused": st.sampled_from(["", "", "05=CT,06=DL"]),
        "days": st.dictionaries(st.integers(1, 31), DAY, max_size=3),
    }
)
START = st.sampled_from([date(2010, 1, 1), date(2010, 1, 1), date(2026, 10, 14)])


@st.composite
def months(draw: st.DrawFn) -> list[list[Someone]]:
    """Three times of knowing the same four people, of whom any trait may be told otherwise each time."""
    people = [Someone(number, start_on=draw(START)) for number in range(4)]
    return [[one.with_(**draw(TRAITS)) for one in people] for _ in range(3)]


@pytest.mark.parametrize("profile", LAWS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(told=months())
def test_case_P_25_paid_and_differences_are_what_comes_out_now(
    profile: str, told: list[list[Someone]]
) -> None:
    law = LAWS[profile]
    paid = kept(*known(law, told[0]))
    for number in (1, 2):
        facts, worked = known(law, told[number])
        found = differences(law, paid, facts, worked)
        shuffled = differences(law, paid.reverse(), *known(law, told[number], shuffle=7))
        assert [one.lines for one in found] == [one.lines for one in shuffled]
        paid = after(paid, found)
        now = paid.join(worked.slips, on="nip", suffix="_now").filter(pl.col("state") != "held")
        for name in AMOUNTS:
            assert now[name].to_list() == now[f"{name}_now"].fill_null(0).to_list()
        assert differences(law, paid, facts, worked) == []
        for one in found:
            assert all(line.changes for line in one.lines)
            assert DifferenceCause.LAW not in [line.cause for line in one.lines]


def test_case_P_25_each_cause_takes_what_it_changes() -> None:
    law = LAWS["contoh"]
    one = Someone(fixed_income=5_000_000)
    paid = kept(*known(law, [one.with_(days={7: ("08:04", "16:40")})]))
    now = one.with_(job_class=10, minutes=5_400, golongan="IV/a")
    (found,) = differences(law, paid, *known(law, [now]))
    assert [line.cause.value for line in found.lines] == ["post", "person", "work", "presence"]
    assert [str(change) for line in found.lines for change in line.changes] == [
        "Bagian bulan: kelas 9 (tanggal 1-31) → kelas 10 (tanggal 1-31)",
        "Golongan: III/a → IV/a",
        "Menit kerja terverifikasi: 6.000 menit → 5.400 menit",
        "7 Oktober 2026, presensi masuk: 08.04 → 07.20 (44 menit lebih awal)",
    ]
    post, person, work, presence = found.lines
    assert (post.gross > 0, person.gross, person.tax > 0, work.gross < 0) == (True, 0, True, True)
    assert presence.gross > 0


def test_who_was_not_in_service_gives_all_back_and_who_is_not_listed_nothing() -> None:
    law = LAWS["contoh"]
    both = [Someone(1), Someone(2)]
    paid = kept(*known(law, both))
    facts, worked = known(law, both[:1])
    listed = compare(worked, paid.drop("facts"), complete=False)
    assert (listed.present, listed.absent, list(listed.undecided)) == ([], [], [both[1].nip])
    register = compare(worked, paid.drop("facts"), complete=True)
    assert register.absent == [both[1].nip]
    (found,) = explained(law, facts, paid.filter(pl.col("nip") == both[1].nip), {})
    (line,) = found.lines
    row = paid.row(1, named=True)
    assert (line.cause, line.gross) == (DifferenceCause.PERSON, -row["gross"])
    assert [str(change) for change in line.changes] == ["Dihitung dalam TPP bulan ini: ya → tidak"]
    again = after(paid, [found])
    assert compare(worked, again.drop("facts"), complete=True).absent == []
    returned = explained(law, *known(law, both)[:1], again.tail(1), {})
    assert sum(line.net for line in returned[0].lines) == row["gross"] - row["tax"] - row["health"]


def test_every_fact_of_a_slip_stands_under_one_cause() -> None:
    names = [name for cause in DifferenceCause for name in facts_of(cause)]
    assert sorted(names) == sorted((*PERSON_FACTS, "counted"))
    assert replace(Someone(), number=2).nip != Someone().nip

"""Case P-24: before real money moves, a paid month is explained."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django.fixtures import Settings

from pamong.interop.shadow_month import ask_comparison, compare_list
from pamong.pay import services, shadow
from pamong.pay.choices import Cause, ListState, Mode
from pamong.pay.errors import EvidenceTooWeak, InputsRefused, TooMuchUnknown
from tests.pay.support import OCTOBER, Done, Office, files_of, mixed_people

pytestmark = pytest.mark.django_db
PEOPLE = mixed_people(24)


def paid(done: Done, **other: Any) -> bytes:
    """The run's own figures as a paid list; the first person's changed."""
    rows = [row for row in done.slips().sort("number").iter_rows(named=True) if row["net"] is not None]
    rows[0] = rows[0] | other
    names = ("nip", "name", "job_class", "ceiling", "gross", "tax", "health", "net")
    lines = ["NIP,NAMA,KELAS,TPP MAKSIMAL,BRUTO,PPH,BPJS,DITERIMA"]
    lines += [",".join(f"{row[name]}".replace(",", " ") for name in names) for row in rows]
    return "\n".join(lines).encode()


def compare(office: Office, done: Done, data: bytes) -> shadow.ListRow:
    uid = ask_comparison(actor=office.actor, at=office.at, run=done.uid, name="dibayar.csv", data=data)
    compare_list(actor=office.actor, at=office.at, uid=uid)
    return shadow.get_comparison(actor=office.actor, uid=uid)


def test_case_P_24_the_whole_month_is_explained(office: Office) -> None:
    done = office.run(files_of(PEOPLE), mode=Mode.SHADOW)
    row = compare(office, done, paid(done))
    assert (row.people, row.same, row.paid) == (row.people, row.people, row.computed)
    assert row.ready and row.unknown == 0
    other = compare(office, done, paid(done, tax=1_234_567, net=1))
    assert {cause.cause for cause in other.causes if cause.people} == {Cause.UNKNOWN}
    found = shadow.list_differences(actor=office.actor, at=office.at, uid=other.uid)
    assert sum(line.amount for line in found.rows) == other.paid - other.computed


def test_case_P_24_a_real_run_waits_until_what_is_not_known_is_within_the_limit(
    office: Office, settings: Settings
) -> None:
    done = office.run(files_of(PEOPLE), mode=Mode.SHADOW)
    real = {"month": OCTOBER, "profile": "contoh", "mode": Mode.REAL, "files": files_of(PEOPLE[:2]).keep()}
    row = compare(office, done, paid(done, tax=1_234_567, net=1))
    assert not row.ready
    with pytest.raises(TooMuchUnknown, match="Oktober 2026 menyisakan Rp"):
        services.start_run(actor=office.actor, at=office.at, **real)
    settings.PAMONG_UNKNOWN_PPM = 1_000_000
    with pytest.raises(EvidenceTooWeak):  # the next gate: the example's law is no law
        services.start_run(actor=office.actor, at=office.at, **real)


def test_a_comparison_is_worked_out_once(office: Office) -> None:
    done = office.run(files_of(PEOPLE), mode=Mode.SHADOW)
    first = compare(office, done, paid(done))
    again = compare(office, done, paid(done))
    assert (again.uid, again.state) == (first.uid, ListState.DONE)
    assert len(shadow.list_comparisons(actor=office.actor, run=done.uid)) == 1


def test_a_list_that_is_none_ends_with_its_sentence(office: Office) -> None:
    done = office.run(files_of(PEOPLE[:3]), mode=Mode.SHADOW)
    with pytest.raises(InputsRefused):
        compare(office, done, b"NAMA,JUMLAH\nA,1\n")
    (row,) = shadow.list_comparisons(actor=office.actor, run=done.uid)
    assert row.state is ListState.FAILED and "NIP" in row.failure


def test_a_comparison_that_failed_is_tried_again(office: Office) -> None:
    done = office.run(files_of(PEOPLE), mode=Mode.SHADOW)
    asked = {"actor": office.actor, "at": office.at, "run": done.uid, "name": "dibayar.csv"}
    uid = ask_comparison(**asked, data=paid(done))
    shadow.fail(actor=office.actor, uid=uid, sentence="Ada gangguan.")
    row = compare(office, done, paid(done))
    assert (row.uid, row.state, row.failure) == (uid, ListState.DONE, "")

"""The shadow month on its pages: a paid list goes in, every difference stands under its cause."""

from __future__ import annotations

import json
from collections.abc import Set
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from pamong.jobs import tasks
from pamong.kernel.actor import Actor
from pamong.pay import columns
from tests.support.month import LATE, MORNING, TODAY
from tests.support.paid import Paid, SignIn

NAMES = {
    "ceiling": "TPP MAKSIMAL",
    "gross": "TPP KOTOR",
    "tax": "PPH",
    "health": "BPJS",
    "net": "DITERIMA",
}
OPERATOR = Actor.operator("uji", TODAY)


def paid_list(paid: Paid, changes: dict[str, dict[str, int]], without: Set[str] = frozenset()) -> bytes:
    """What was paid: the run's own figures, changed for some people."""
    slips = columns.read_slips(None, paid.month.run, actor=OPERATOR, at=MORNING).drop_nulls("net")
    lines = ["NIP;NAMA;KELAS JABATAN;" + ";".join(NAMES.values())]
    for row in slips.iter_rows(named=True):
        if row["name"] not in without:
            told = row | changes.get(row["name"], {})
            amounts = ";".join(str(told[name]) for name in NAMES)
            lines.append(f"'{row['nip']};{row['name']};{row['job_class']};{amounts}")
    return "\n".join(lines).encode()


def hand_in(client: Client, run: UUID, data: bytes, name: str = "dibayar-oktober.csv") -> HttpResponse:
    upload = SimpleUploadedFile(name, data)
    answer: HttpResponse = client.post(reverse("pay:shadow", args=[run]), {"paid": upload})
    return answer


def work() -> None:
    """What the worker does with the jobs that wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, args FROM procrastinate_jobs WHERE task_name = 'pamong.compare_paid'")
        for _, args in cursor.fetchall():
            tasks.compare_paid(**(args if isinstance(args, dict) else json.loads(args)))


def test_case_P_24_each_difference_stands_under_its_cause(paid: Paid, sign_in: SignIn) -> None:
    officer = sign_in("personnel_officer")
    other = "Pegawai Karangan 07"
    slips = columns.read_slips(None, paid.month.run, actor=OPERATOR, at=MORNING)
    (theirs,) = slips.filter(slips["name"] == LATE).iter_rows(named=True)
    changes = {
        LATE: {"gross": theirs["ceiling"], "net": theirs["ceiling"] - theirs["tax"] - theirs["health"]}
    }
    answer = hand_in(officer, paid.month.run, paid_list(paid, changes, without={other}))
    assert answer.status_code == 302
    work()
    text = officer.get(answer.headers["Location"]).content.decode()
    assert "Kehadiran dan kinerja" in text and LATE in text
    assert "Hanya ada di satu daftar" in text and other in text
    only = officer.get(answer.headers["Location"], {"sebab": "attendance"}).content.decode()
    assert LATE in only and other not in only
    again = hand_in(officer, paid.month.run, paid_list(paid, changes, without={other}))
    assert again.headers["Location"] == answer.headers["Location"], "the same list is the same comparison"


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"\x00\x01\x02", "rusak.csv"), (b"NAMA;JUMLAH\nA;1\n", "NIP"), (b"", "kosong")],
)
def test_a_list_that_cannot_be_read_says_why(paid: Paid, sign_in: SignIn, data: bytes, words: str) -> None:
    officer = sign_in("personnel_officer")
    answer = hand_in(officer, paid.month.run, data, "rusak.csv")
    if answer.status_code == 302:
        work()
        answer = officer.get(answer.headers["Location"])  # type: ignore[assignment]
    assert words in answer.content.decode()


def test_who_reads_pay_reads_it_and_who_computes_hands_in(paid: Paid, sign_in: SignIn) -> None:
    assert (
        "paid" not in sign_in("inspector").get(reverse("pay:shadow", args=[paid.month.run])).content.decode()
    )
    assert hand_in(sign_in("inspector"), paid.month.run, b"NIP;NET\n").status_code == 403

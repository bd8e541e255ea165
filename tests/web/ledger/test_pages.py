"""Entries, the audit and seals as pages: who sees what, in words, and in few questions."""

from __future__ import annotations

import ast
import re
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.urls import reverse

import pamong
from pamong.access.models import ReadLog, User
from pamong.kernel.actor import Actor
from pamong.kernel.period import Period
from pamong.ledger import queries
from pamong.ledger.choices import SealKind
from pamong.ledger.events import Event
from pamong.ledger.openings import value_of
from pamong.ledger.queries import Mark, Wanted
from pamong.ledger.tree.proof_file import ProofFile
from pamong.pay.events import ListMoved, RunPublished
from pamong.people.models import Person
from pamong.people.queries import Fact
from pamong.web.ledger import kinds, words
from pamong.web.ledger.backdating import backdated
from pamong.web.ledger.fields import FIELDS
from pamong.web.ledger.seals import seal_of
from pamong.web.papers.telling import backdated_of
from pamong.web.people import words as people_words
from tests.support.ledger import FINDING, add_audit
from tests.support.paid import Paid, SignIn
from tests.web.ledger.conftest import Book

MOST_QUERIES = 10
SOURCE = Path(pamong.__file__).parent


def text_of(client: Any, name: str, *args: object, query: str = "", status: int = 200) -> str:
    answer = client.get(reverse(f"ledger:{name}", args=args) + query)
    assert answer.status_code == status, answer.content[:300]
    return " ".join(answer.content.decode().split())


def published(paid: Paid) -> queries.Placed:
    wanted = Wanted("decisions", kind=RunPublished.kind, ref=str(paid.month.run))
    return queries.list_placed(actor=Actor.operator("uji", date(2026, 11, 10)), wanted=wanted).rows[0]


def test_every_event_has_its_words() -> None:
    """Also of those that only the demo, migrations and the command line record."""
    for name in ("demo.town.load", "ledger.binding"):
        import_module(f"pamong.{name}")

    def below(kind: type[Event]) -> set[type[Event]]:
        return {kind}.union(*(below(each) for each in kind.__subclasses__()))

    # A base of several events, which is never recorded itself, has no subclass's kind.
    found = {
        each.kind for each in below(Event)
        if "kind" in vars(each) and each.__module__.startswith("pamong.") and each.__name__[0] != "_"
    }  # fmt: skip
    assert found - set(kinds.KINDS) == set(), "an event without a title: add it to web/ledger/kinds.py"
    assert set(kinds.KINDS) - found == {"ledger.rows"}, "a title of an event that is gone"
    assert {kind.partition(".")[0] for kind in kinds.KINDS} == set(kinds.DOMAINS)


def _fields_of(source: str) -> set[str]:
    """The names that the events of a module write: keys of what ``public`` and ``personal`` give back."""
    told = (
        function
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ClassDef)
        for function in node.body
        if isinstance(function, ast.FunctionDef) and function.name in ("public", "personal")
    )
    keys = (each.keys for function in told for each in ast.walk(function) if isinstance(each, ast.Dict))
    return {str(key.value) for row in keys for key in row if isinstance(key, ast.Constant)}


def test_every_field_of_an_event_has_its_name() -> None:
    found = set().union(*(_fields_of(path.read_text()) for path in SOURCE.rglob("*.py")))
    assert {"month", "attended_by", "shape"} <= found
    assert found - set(FIELDS) == set(), "a field without a name: add it to web/ledger/fields.py"


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("month", "2026-10-01", "Oktober 2026"),
        ("on", "2026-10-01", "1 Oktober 2026"),
        ("gross", 4_100_000, "Rp4.100.000"),
        ("people", 8_200, "8.200"),
        ("attended_by", "user:11", "Retno, akun nomor 11"),
        ("tried_by", "user:12", "Akun nomor 12"),
        ("proposed_by", "operator:galih", "Baris perintah, galih"),
        ("role", "personnel_officer", "Petugas kepegawaian"),
        ("seal_kind", "opening", "Data awal"),
        ("by", ["pamong_app", "postgres"], "pamong_app, postgres"),
        ("columns", [["id", "bigint"], ["at", "date"]], "id: bigint\nat: date"),
        ("rows", {"people": 3, "nama": None}, "Jumlah orang: 3\nnama: –"),
        ("specs", [[["a"]]], '[\n [\n  [\n   "a"\n  ]\n ]\n]'),
        ("is_late", False, "tidak"),
        ("through", "2026-11-09T17:00:41.195429Z", "10 November 2026, 00.00"),
    ],
)
def test_a_value_as_people_read_it(name: str, value: object, text: str) -> None:
    assert words.line_of(name, value, {11: "Retno"}).text == text


def test_who_acted_is_named_to_who_may_open_and_the_look_is_noted(paid: Paid, sign_in: SignIn) -> None:
    operator = Actor.operator("uji", date(2026, 11, 10))
    placed = next(
        each
        for each in queries.list_placed(actor=operator, wanted=Wanted("decisions")).rows
        if str(each.told["actor"]).startswith("user:")
    )
    address = reverse("ledger:entry", args=[placed.log, placed.number])
    number = placed.told["actor"].removeprefix("user:")
    name = User.objects.get(pk=number).display_name
    text = sign_in("inspector").get(address).content.decode()
    assert f"Akun nomor {number}" in text and name not in text and "buka=1" in text
    before = ReadLog.objects.filter(path="ledger.entry").count()
    text = sign_in("inspector").get(address, {"buka": "1"}).content.decode()
    assert f"{name}, akun nomor {number}" in text
    assert ReadLog.objects.filter(path="ledger.entry").count() == before + 1
    text = sign_in("pay_auditor").get(address, {"buka": "1"}).content.decode()
    assert name not in text


def test_the_list_is_searched_by_kind_number_date_and_document(paid: Paid, sign_in: SignIn) -> None:
    client = sign_in("inspector")
    run = published(paid)
    every = text_of(client, "entries")
    assert "Yang lebih lama" in every and every.count('<th scope="row"') == 50
    older = re.search(r'href="(\?[^"]*sebelum=\d+)"', every)
    assert older and '<th scope="row">' in text_of(client, "entries", query=older[1].replace("&amp;", "&"))
    one = text_of(client, "entries", query="?jenis=pay.run_published")
    assert f"/segel/catatan/decisions/{run.number}/" in one and "Hitungan TPP terbit" in one
    link = f"https://contoh.go.id/tpp/hitungan/{paid.month.run}/"
    assert f"/segel/catatan/decisions/{run.number}/" in text_of(client, "entries", query=f"?dokumen={link}")
    assert "Tidak ada catatan" in text_of(client, "entries", query=f"?dokumen={'f' * 64}")
    assert "Tidak ada catatan" in text_of(client, "entries", query="?sampai=01-01-2020")
    assert client.get("/segel/catatan/?nomor=3")["Location"] == "/segel/catatan/decisions/3/"
    wrong = text_of(client, "entries", query="?dokumen=surat", status=422)
    assert "Tempelkan alamat halaman dokumennya" in wrong
    assert "tulis tahunnya empat angka" in text_of(client, "entries", query="?dari=1-1-26", status=422)


def test_an_entry_tells_what_it_is_and_hands_out_its_proof(paid: Paid, sign_in: SignIn) -> None:
    client, run = sign_in("inspector"), published(paid)
    text = text_of(client, "entry", "decisions", run.number)
    assert "Hitungan TPP terbit" in text and reverse("pay:run", args=[paid.month.run]) in text
    assert run.hash.hex() in text and "Jumlah orang" in text
    proof = client.get(reverse("ledger:proof", args=["decisions", run.number]))
    assert f'filename="bukti-decisions-{run.number}.tlog-proof"' in proof["Content-Disposition"]
    file = ProofFile.parse(proof.content)
    content = file.content()
    content.check()
    assert file.includes(content.leaf_hash) and content.leaf_hash == run.hash and content.openings == ()
    assert client.get("/segel/catatan/decisions/99999999/").status_code == 404
    assert client.get("/segel/catatan/lain/0/").status_code == 404


def test_what_is_personal_stays_sealed_but_for_the_inspector_who_is_noted(
    paid: Paid, sign_in: SignIn, operator: Actor
) -> None:
    found = queries.list_placed(actor=operator, wanted=Wanted("decisions", kind="people.proposed")).rows[0]
    person = found.part("public")["person"]
    openings = queries.get_openings(actor=operator, entry_id=found.entry_id)
    opened = str(next(value_of(one) for one in openings if one.field == "reason"))
    for role in ("pay_auditor", "system_operator"):
        text = text_of(sign_in(role), "entry", "decisions", found.number, query="?buka=1")
        assert "tersegel" in text and opened not in text and "Buka isi pribadi" not in text
    client = sign_in("inspector")
    assert opened not in text_of(client, "entry", "decisions", found.number)
    before = ReadLog.objects.filter(path="ledger.entry").count()
    assert opened in text_of(client, "entry", "decisions", found.number, query="?buka=1")
    row = ReadLog.objects.filter(path="ledger.entry").latest("id")
    assert ReadLog.objects.filter(path="ledger.entry").count() == before + 1
    assert row.subject_ids == [UUID(person)]


def test_everybody_sees_the_entries_that_name_him(paid: Paid, sign_in: SignIn, operator: Actor) -> None:
    own = Person.objects.get(user__username="employee").uid
    client = sign_in("employee")
    text = text_of(client, "mine")
    numbers = {int(found) for found in re.findall(r"/segel/catatan/decisions/(\d+)/", text)}
    named = queries.list_placed(actor=operator, wanted=Wanted("decisions", ref=str(own))).rows
    assert numbers == {each.number for each in named} and numbers
    number = min(numbers)
    assert "Isi" in text_of(client, "entry", "decisions", number)
    assert client.get(reverse("ledger:proof", args=["decisions", number])).status_code == 200
    other = published(paid).number
    assert client.get(reverse("ledger:entry", args=["decisions", other])).status_code == 403
    assert client.get(reverse("ledger:entry", args=["decisions", 99_999_999])).status_code == 403
    assert client.get(reverse("ledger:entries")).status_code == 403


def test_rows_entries_tell_which_tables_and_how_many_rows() -> None:
    from pamong.web.ledger.words import tables_of  # noqa: PLC0415

    assert list(tables_of({"people_rank": 2, "tabel_lain": 1})) == [
        ("people_rank", "golongan", 2), ("tabel_lain", "", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("role", "name", "args"),
    [
        ("inspector", "status", ()),
        ("inspector", "entries", ()),
        ("inspector", "entry", ("decisions", 0)),
        ("inspector", "proof", ("decisions", 0)),
        ("inspector", "audit", ()),
        ("employee", "mine", ()),
        ("employee", "receipt", ()),
    ],
)
def test_no_page_asks_more_than_ten_questions(
    role: str, name: str, args: tuple[object, ...], paid: Paid, sign_in: SignIn,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    client = sign_in(role)
    with django_assert_max_num_queries(MOST_QUERIES, connection=connection):
        assert client.get(reverse(f"ledger:{name}", args=args)).status_code == 200


def test_the_seal_stands_on_what_is_locked(paid: Paid, sign_in: SignIn) -> None:
    run = published(paid)
    number = f"Segel no. {run.number:,}".replace(",", ".")
    told = re.compile(r"Bersegel nomor [\d.]+, titik segel \d+ \w+ \d{4}, \d\d\.\d\d, belum ada saksi luar")
    for role, opens in (("inspector", True), ("personnel_officer", False)):
        client = sign_in(role)
        for path in (
            reverse("pay:run", args=[paid.month.run]),
            reverse("pay:slip", args=[next(iter(paid.month.slips.values()))]),
        ):
            text = client.get(path).content.decode()
            assert number in text and told.search(text), path
            assert (f"/segel/catatan/decisions/{run.number}/" in text) is opens
    files = (
        sign_in("inspector")
        .get(reverse("people:person", args=[Person.objects.get(pk=paid.city.ids["own"]).uid]))
        .content.decode()
    )
    assert "Bersegel nomor" in files


def test_the_seal_stands_on_a_list_of_leave(paid: Paid, sign_in: SignIn) -> None:
    page = sign_in("personnel_officer").get(reverse("papers:list", args=[paid.city.desk["leave_list"]]))
    assert re.search("Belum bersegel|Bersegel nomor", page.content.decode())


def test_a_seal_in_words() -> None:
    at = datetime(2026, 11, 10, 0, 5, tzinfo=UTC)
    waiting = seal_of(Mark("decisions", None, None, 0, 3), opens=True)
    assert (waiting.word, waiting.sentence, waiting.href) == ("Belum bersegel", "", "")
    numbered = seal_of(Mark("decisions", 5, None, 0, 3), opens=True)
    assert numbered.word == "Belum bersegel"
    seal = seal_of(Mark("decisions", 1234, at, 2, 3), opens=False)
    assert seal.word == "Segel no. 1.234" and seal.href == ""
    assert seal.sentence.startswith("Bersegel nomor 1.234, titik segel 10 November 2026, 0")
    assert seal.sentence.endswith("disaksikan 2 dari 3.")


def test_entries_are_bounded_by_when_they_got_their_number(book: Book, operator: Actor) -> None:
    book.note(1)
    book.seal()
    book.note(*range(2, 9))
    book.seal()
    every = queries.list_placed(actor=operator, wanted=Wanted("decisions"), size=500).rows
    assert len(every) == book.base + 8
    for each in every:
        later = queries.list_placed(
            actor=operator, wanted=Wanted("decisions", since=each.placed_at), size=500
        ).rows
        assert later == [other for other in every if other.placed_at >= each.placed_at]
        earlier = Wanted("decisions", before=each.placed_at)
        found = queries.list_placed(actor=operator, wanted=earlier, size=500).rows
        assert found == [other for other in every if other.placed_at < each.placed_at]
    empty = Wanted("rules", since=every[0].placed_at)
    assert queries.list_placed(actor=operator, wanted=empty).rows == []


def test_marks_come_in_one_question_however_many_are_asked(
    book: Book, operator: Actor, django_assert_num_queries: Any
) -> None:
    from django.db import transaction  # noqa: PLC0415

    from pamong.ledger import services  # noqa: PLC0415

    things = [UUID(int=number) for number in range(1, 60)]
    with transaction.atomic():
        services.record_many(
            actor=operator,
            events=[RunPublished(thing, date(2026, 10, 1), 1, 2, 2, "00", "11") for thing in things],
        )
    kinds_of = (RunPublished.kind,)
    with django_assert_num_queries(1):
        marks = queries.marks_of(actor=operator, refs=things, kinds=kinds_of)
    assert set(marks) == set(things) and {mark.number for mark in marks.values()} == {None}
    book.seal()
    with django_assert_num_queries(1):
        marks = queries.marks_of(actor=operator, refs=things, kinds=kinds_of)
    assert sorted(mark.number - book.base for mark in marks.values() if mark.number) == list(range(59))
    assert {(mark.seen_by, mark.witnesses) for mark in marks.values()} == {(3, 3)}
    assert queries.marks_of(actor=operator, refs=things, kinds=(ListMoved.kind,)) == {}
    assert queries.marks_of(actor=operator, refs=[], kinds=kinds_of) == {}


def test_the_audit_shows_before_and_now_and_how_it_can_be_wrong(
    book: Book, postgres: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pamong.web.ledger.audit import counts, finding_view  # noqa: PLC0415

    operator = Actor.operator("uji", date(2026, 11, 10))
    assert queries.last_audit(actor=operator) is None
    add_audit(postgres, book.database)
    add_audit(postgres, book.database, FINDING, unseen=["Tanda aplikasi tidak dapat diperiksa."])
    last = queries.last_audit(actor=operator)
    assert last is not None and not last.ok and queries.last_clean_at(actor=operator) is not None
    view = finding_view(last.findings[0])
    assert view.differs == (("period", "[2026-10-01,)", "[2025-10-01,)"),)
    assert view.leaf == ("decisions", 0) and view.label == "Tanggal diubah"
    assert counts(last) == [("catatan keputusan", "1.234"), ("baris yang dilindungi", "98.765")]
    assert finding_view({}).differs == () and finding_view({"since": None}).leaf is None


def test_the_audits_page(paid: Paid, sign_in: SignIn, postgres: Any) -> None:
    client = sign_in("inspector")
    assert "Tidak ada temuan" in text_of(client, "audit")
    assert "tidak menemukan apa pun" in text_of(client, "status")
    assert "Audit terakhir" not in text_of(sign_in(""), "status")
    file = client.get(reverse("ledger:audit_file"))
    assert file.json()["ok"] is True and "attachment" in file["Content-Disposition"]
    add_audit(postgres, paid.database, FINDING, unseen=["Tanda aplikasi tidak dapat diperiksa."])
    text = text_of(client, "audit")
    for expected in (
        "1 hal berbeda dari yang disegel", FINDING["sentence"], "[2026-10-01,)", "[2025-10-01,)",
        "menurut catatan nomor 0", "Tanda aplikasi tidak dapat diperiksa.", "Bagaimana audit dapat keliru",
        "Terakhir tanpa temuan",
    ):  # fmt: skip
        assert expected in text, expected
    assert "menemukan 1 hal" in text_of(client, "status")
    add_audit(postgres, paid.database)


@pytest.mark.parametrize(
    ("start", "told"),
    [
        (date(2026, 11, 10), ""),
        (date(2026, 11, 9), ""),
        (date(2026, 12, 1), ""),
        (date(2026, 11, 8), "dicatat 10 November 2026, dasar SK 1"),
    ],
)
def test_what_begins_more_than_a_day_before_it_is_recorded_looks_back(start: date, told: str) -> None:
    recorded = datetime(2026, 11, 10, 3, 0, tzinfo=UTC)
    assert backdated(start, recorded, "SK 1") == told
    if told:
        assert backdated(start, recorded, "") == "dicatat 10 November 2026, tanpa nomor surat"
        assert backdated(start, recorded - timedelta(days=1), "SK 1") == ""


def fact_of(basis: SealKind, subject: str = "rank", **facts: Any) -> Fact:
    recorded = datetime(2026, 11, 10, 3, 0, tzinfo=UTC)
    return Fact(
        subject, UUID(int=1), None, Period(date(2026, 10, 1), None), facts, "", "change", basis.value,
        recorded, {}, "", "", "",
    )  # fmt: skip


def test_what_looks_back_in_a_career_is_marked_with_its_order() -> None:
    order = {"order_no": "823/1", "order_on": date(2026, 9, 30)}
    told = "dicatat 10 November 2026, dasar SK 823/1, 30 September 2026"
    assert people_words.backdated(fact_of(SealKind.OFFICE_ENTRY, **order)) == told
    assert people_words.backdated(fact_of(SealKind.OFFICE_ENTRY)).endswith("tanpa nomor surat")
    # What was before the system is told by opening data and files; all that was recorded shows files too.
    assert people_words.backdated(fact_of(SealKind.IMPORT, **order)) == ""
    assert people_words.backdated(fact_of(SealKind.IMPORT, **order), every=True) == told
    assert people_words.backdated(fact_of(SealKind.OPENING, **order), every=True) == ""
    assert people_words.backdated(fact_of(SealKind.OFFICE_ENTRY, "contact")) == ""


def test_a_document_that_was_entered_after_its_first_day_is_marked_with_its_number() -> None:
    view: Any = SimpleNamespace(
        days=Period(date(2026, 11, 2), date(2026, 11, 5)),
        values={"number": "800/17", "dated_on": date(2026, 11, 1)},
        entered_at=datetime(2026, 11, 10, 3, 0, tzinfo=UTC),
    )
    assert backdated_of(view) == "dicatat 10 November 2026, dasar 800/17, 1 November 2026"
    view.values = {}
    assert backdated_of(view) == "dicatat 10 November 2026, tanpa nomor surat"
    view.days = None
    assert backdated_of(view) == ""

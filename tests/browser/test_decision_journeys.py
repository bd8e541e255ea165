"""Decisions from proposal to order, as each of those who take part sees them, and the pages around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from pytest_django.plugin import DjangoDbBlocker

from pamong.access.models import User
from pamong.decisions import services
from pamong.decisions.choices import Answer
from tests.browser.journey import sign_in, sign_out
from tests.browser.look import Watcher, look
from tests.browser.world import PASSWORD
from tests.support.databases import Cluster, in_database
from tests.support.deciding import GATES, WHY, Desk, desk_of
from tests.support.people import AT, small_people
from tests.support.site import serve

pytestmark = pytest.mark.browser
ACCOUNTS = {"own": "employee", "chief": "superior", "clerk": "unit_clerk"}


@dataclass(frozen=True)
class Served:
    """A site on which decisions wait: its address, and the decisions by what they are for."""

    address: str
    found: dict[str, UUID]


@pytest.fixture(scope="module")
def served(
    postgres: Cluster,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
) -> Iterator[Served]:
    """Serve a clone with decisions in all states."""
    name = f"pamong_deciding_{worker_id}"
    postgres.clone(name)
    found = in_database(postgres.server.url("app", name), django_db_blocker, build)
    offset = round((AT - datetime.now(UTC)).total_seconds())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PAMONG_CLOCK_OFFSET", str(offset))
        log = tmp_path_factory.mktemp("site") / "site.log"
        with serve(postgres.server.url("app", name), log, "tests.deciding_settings") as address:
            yield Served(address, found)
    postgres.drop(name)


def build() -> dict[str, UUID]:
    """Decisions by what they are for; everybody has a password."""
    desk = desk_of(small_people(PASSWORD))
    for user in User.objects.all():
        user.set_password(PASSWORD)
        user.save()
    early = AT - timedelta(days=9)
    found = {
        "late": desk.propose(at=early, content={"task": "menjaga loket pengaduan"}),
        "sealed": _sealed(desk),
        "open": desk.propose(content={"task": "mendampingi survei akreditasi"}),
        "odd": _weighed(desk, "mengganti bendahara", gates={"age": "warn"}),
        "plain": _weighed(desk, "menyusun laporan bulanan"),
        "second": _weighed(desk, "mengarsipkan surat masuk"),
        "objected": _weighed(desk, "memindahkan gudang obat"),
        "withdrawn": desk.propose(content={"task": "lembur hari Minggu"}),
    }
    services.object_to(
        actor=desk.actor("retno"), at=AT, decision=found["objected"], by="Inspektorat Kota",
        text="Gudang tujuan belum diperiksa kelayakannya",
    )  # fmt: skip
    services.withdraw(actor=desk.actor("own"), at=AT, decision=found["withdrawn"])
    return found


def _weighed(desk: Desk, task: str, **more: object) -> UUID:
    uid = desk.propose(content={"task": task, **more})
    desk.answer("chief", uid, reason="Beban kerjanya memungkinkan")
    return uid


def _sealed(desk: Desk) -> UUID:
    uid = desk.propose(content={"task": "melayani imunisasi keliling"})
    desk.answer("chief", uid, Answer.CHANGE, reason="Cukup dua hari saja", change={"task": "imunisasi"})
    GATES["age"] = "warn"
    desk.answer("above", uid, reasons={"age": WHY})
    GATES.clear()
    return uid


def as_(tab: Tab, served: Served, who: str) -> None:
    """Sign in as somebody of the desk."""
    tab.context.clear_cookies()
    sign_in(tab, served.address, ACCOUNTS.get(who, who))


def test_the_head_signs_the_plain_ones_at_once(served: Served, tab: Tab) -> None:
    watcher = Watcher(tab)
    as_(tab, served, "above")
    tab.goto(f"{served.address}/keputusan/")
    table = tab.get_by_role("table", name="Keputusan yang menunggu Anda")
    expect(table.locator("tbody tr").first).to_contain_text("menjaga loket pengaduan")
    expect(table.locator("tbody tr").first).to_contain_text("Lewat batas waktu")
    expect(table.locator("tr", has_text="mengganti bendahara")).to_contain_text("Perlu dilihat")
    expect(table.locator("tr", has_text="memindahkan gudang")).to_contain_text("Ada keberatan")
    findings = look(tab, "decisions-inbox")
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.get_by_role("link", name="Pilih semua yang wajar").click()
    expect(tab.get_by_role("checkbox", checked=True)).to_have_count(2)
    tab.get_by_role("checkbox", checked=True).first.focus()
    tab.keyboard.press("Space")
    expect(tab.get_by_role("checkbox", checked=True)).to_have_count(1)
    tab.get_by_role("button", name="Tandatangani yang dipilih").click()
    expect(tab.locator("main")).to_contain_text("1 keputusan ditandatangani.")
    findings += look(tab, "decisions-signed")
    assert findings + watcher.findings == []


def test_what_is_odd_is_signed_with_its_reason(served: Served, tab: Tab) -> None:
    watcher = Watcher(tab)
    as_(tab, served, "above")
    address = f"{served.address}/keputusan/{served.found['odd']}/"
    tab.goto(address)
    findings = look(tab, "decisions-turn")
    tab.set_viewport_size({"width": 360, "height": 800})
    expect(tab.get_by_label("Tugas", exact=True)).to_be_hidden()
    tab.get_by_label("Setujui dengan perubahan").check()
    expect(tab.get_by_label("Tugas", exact=True)).to_be_visible()
    tab.get_by_label("Setujui", exact=True).check()
    watcher.expect(address)
    tab.get_by_role("button", name="Tandatangani jawaban").click()
    expect(tab.get_by_role("alert")).to_contain_text("Alasan untuk syarat Age belum cukup")
    findings += look(tab, "decisions-turn-failed")
    tab.get_by_role("alert").get_by_role("link").first.click()
    tab.keyboard.type("Bendahara lama pensiun bulan depan")
    tab.get_by_role("button", name="Tandatangani jawaban").click()
    expect(tab.locator("main")).to_contain_text("Keputusan ditetapkan.")
    expect(tab.locator("main")).to_contain_text("Bendahara lama pensiun bulan depan")
    sign_out(tab)
    as_(tab, served, "own")
    tab.goto(f"{served.address}/keputusan/{served.found['sealed']}/")
    tab.locator(".gate-list summary").first.click()
    findings += look(tab, "decisions-story")
    tab.goto(f"{served.address}/keputusan/saya/")
    findings += look(tab, "decisions-mine")
    assert findings + watcher.findings == []


def test_the_pages_around_decisions(served: Served, tab: Tab) -> None:
    watcher = Watcher(tab)
    findings = []
    as_(tab, served, "above")
    tab.goto(f"{served.address}/keputusan/{served.found['objected']}/")
    expect(tab.locator("main")).to_contain_text("Inspektorat Kota mengajukan keberatan")
    findings += look(tab, "decisions-objected")
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.goto(f"{served.address}/keputusan/pendelegasian/")
    tab.get_by_label("Cari Dijawab oleh pemangku posisi").fill("pengelola data")
    tab.get_by_label("Pengelola Data").first.check()
    tab.get_by_label("Tugas uji").check()
    tab.get_by_label("Hari pertama").fill("12-11-2026")
    tab.get_by_label("Hari terakhir").fill("14-11-2026")
    findings += look(tab, "decisions-delegations")
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.get_by_role("button", name="Ajukan pendelegasian").click()
    expect(tab.locator("main")).to_contain_text("Pendelegasian diajukan.")
    assert findings + watcher.findings == []


def test_an_oral_instruction_is_noted(served: Served, tab: Tab) -> None:
    watcher = Watcher(tab)
    findings = []
    as_(tab, served, "own")
    tab.goto(f"{served.address}/keputusan/arahan/?keputusan={served.found['open']}")
    tab.get_by_label("Siapa yang memberi arahan").fill("Ajudan, lewat telepon")
    tab.get_by_label("Pukul").fill("06.10")
    tab.get_by_label("Isi arahan").fill("Diminta menambah satu nama ke dalam daftar pendamping")
    tab.get_by_role("button", name="Simpan catatan").click()
    expect(tab.get_by_role("table", name="Arahan lisan")).to_contain_text("menambah satu nama")
    findings += look(tab, "decisions-memos")
    tab.goto(f"{served.address}/keputusan/{served.found['open']}/tarik/")
    findings += look(tab, "decisions-withdraw")
    assert findings + watcher.findings == []


def test_the_inspector_sees_exceptions_and_is_content_again(served: Served, tab: Tab) -> None:
    watcher = Watcher(tab)
    findings = []
    as_(tab, served, "retno")
    tab.goto(f"{served.address}/keputusan/pengecualian/?sejak=01-01-2020")
    expect(tab.get_by_role("table", name="Pengecualian")).to_contain_text("Usulan ditarik")
    findings += look(tab, "decisions-exceptions")
    tab.goto(f"{served.address}/keputusan/{served.found['open']}/keberatan/")
    findings += look(tab, "decisions-object")
    tab.goto(f"{served.address}/keputusan/{served.found['objected']}/")
    tab.get_by_role("link", name="Cabut keberatan").click()
    tab.get_by_label("Yang menjawab keberatan Anda").fill("Gudang tujuan sudah diperiksa dan layak")
    findings += look(tab, "decisions-lift")
    tab.get_by_role("button", name="Cabut keberatan").click()
    expect(tab.locator("main")).to_contain_text("Keberatan dicabut. Keputusan ini dapat diteruskan.")
    as_(tab, served, "foreign")
    tab.goto(f"{served.address}/keputusan/")
    findings += look(tab, "decisions-inbox-empty")
    as_(tab, served, "mayor")
    tab.goto(f"{served.address}/")
    findings += look(tab, "decisions-home-mayor")
    assert findings + watcher.findings == []

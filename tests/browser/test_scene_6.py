"""Scene 6: late news. October is paid; then a death of 17 October and an acting post from 12 September to
20 October are entered. October stays; what differs follows the region's rules with their articles; what is
paid of the dead names the heirs, and nothing is *tanpa keterangan* after the 17th."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import override_settings
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from pytest_django.plugin import DjangoDbBlocker

from pamong.attendance.columns import presence_of_month
from pamong.kernel.period import month_period
from pamong.pay.models import Difference, PayItem, Slip
from tests.browser.journey import sign_in, sign_out
from tests.browser.look import Watcher, look
from tests.browser.world import PASSWORD
from tests.support.city import nip_of
from tests.support.databases import Cluster, in_database
from tests.support.late_month import HEIR, LATER, NOVEMBER, OCTOBER, ZONE, LateMonth, build
from tests.support.site import serve

pytestmark = pytest.mark.browser
DEAD, ACTING = "Suparman", "Yohana Tandi Arung"
DEAD_NIP = nip_of("L", date(1985, 2, 2), date(2010, 1, 1))


@dataclass(frozen=True)
class LateSite:
    """A served site whose October is paid, and what stands in its database."""

    address: str
    url: str
    blocker: DjangoDbBlocker
    files: Path
    month: LateMonth

    def do(self, work: Callable[[], Any]) -> Any:
        """Do something in the site's database, with its file store."""
        with override_settings(PAMONG_FILES_ROOT=self.files):
            return in_database(self.url, self.blocker, work)


@pytest.fixture
def late(
    postgres: Cluster,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path: Path,
    worker_id: str,
) -> Iterator[LateSite]:
    """The small city on a morning in December."""
    name, files = f"pamong_late_{worker_id}", tmp_path / "store"
    postgres.clone(name)
    url = postgres.server.url("app", name)
    with override_settings(PAMONG_FILES_ROOT=files):
        month = in_database(url, django_db_blocker, lambda: build(tmp_path / "situs", PASSWORD))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PAMONG_DEMO", "1")
        patch.setenv("PAMONG_FILES", str(files))
        patch.setenv("PAMONG_CLOCK_OFFSET", str(round((LATER - datetime.now(UTC)).total_seconds())))
        with serve(url, tmp_path / "site.log") as address:
            yield LateSite(address, url, django_db_blocker, files, month)
    postgres.drop(name)


def test_scene_6_late_news(late: LateSite, tab: Tab) -> None:
    watcher = Watcher(tab)
    sign_in(tab, late.address, "nurul")
    expect(tab.locator("details[data-menu] > summary")).to_be_visible()
    paid = paid_october(late, tab)
    late.do(late.month.hear)
    late.do(late.month.derive)
    findings = differences_are_found(late, tab)
    findings += each_has_its_cause_and_article(late, tab)
    findings += too_much_becomes_an_overpayment(tab)
    findings += next_list_pays_what_was_acted(late, tab)
    heirs_are_named(late, tab)
    nothing_is_missing_after_the_17th(late, tab)
    assert paid_october(late, tab) == paid
    nobody_signs_in_as_the_dead(late, tab)
    assert findings + watcher.findings == []


def paid_october(late: LateSite, tab: Tab) -> dict[str, Any]:
    """October's slips and lists as they stand, and their PDF, to the byte."""

    def rows() -> tuple[list[Any], list[Any]]:
        slips = Slip.objects.filter(items__list__month=OCTOBER, items__sequence=0).order_by("id")
        items = PayItem.objects.filter(list__month=OCTOBER).order_by("id")
        return list(slips.values()), list(items.values())

    slips, items = late.do(rows)
    printed = {
        slip["name"]: tab.request.get(f"{late.address}/tpp/rincian/{slip['uid']}/cetak/").body()
        for slip in slips
        if slip["name"] in (DEAD, ACTING)
    }
    assert len(printed) == 2 and all(pdf.startswith(b"%PDF") for pdf in printed.values())
    return {"slips": slips, "items": items, "printed": printed}


def differences_are_found(late: LateSite, tab: Tab) -> list[str]:
    """Asked for on the page that the month leads to; two people, and the same again adds nothing."""
    tab.goto(f"{late.address}/tpp/bulan/2026-10/")
    tab.get_by_role("link", name="Selisih sesudah dibayar").click()
    tab.get_by_role("button", name="Cari selisih").click()
    expect(tab.locator("main")).to_contain_text("Selisih Oktober 2026 sedang dicari")
    posted = late.do(late.month.post)  # what the worker does with it
    assert (posted.more, posted.less, posted.undecided) == (1, 1, [])
    assert late.do(late.month.post).people == 0
    tab.reload()
    expect(tab.locator("#people tbody tr")).to_have_count(2)
    expect(tab.locator("#people")).to_contain_text(DEAD)
    expect(tab.locator("#people")).to_contain_text(ACTING)
    return look(tab, "scene-6-differences")


def each_has_its_cause_and_article(late: LateSite, tab: Tab) -> list[str]:
    """A Plt adds a share of the other post; a month ends with a death; the figures lead to their articles."""
    wide(tab)
    main = tab.locator("main")
    for name, told, net, article in (
        (ACTING, "kelas 6 (tanggal 1-20)", "+Rp608.133", "Pasal 12"),
        (DEAD, "kelas 5 (tanggal 1-17)", "−Rp1.206.128", "Pasal"),
    ):
        tab.goto(f"{late.address}/tpp/selisih/?bulan=2026-10")
        tab.get_by_role("link", name=name).click()
        expect(main).to_contain_text(told)
        expect(main).to_contain_text(net)
        story = tab.url
        tab.goto(f"{story}alasan/")
        assert article in (main.text_content() or "")
    tab.goto(story)
    return look(tab, "scene-6-difference")


def too_much_becomes_an_overpayment(tab: Tab) -> list[str]:
    """No allowance comes any more that could give it back."""
    wide(tab)
    tab.get_by_role("button", name="Catat sebagai kelebihan bayar").click()
    expect(tab.locator("main")).to_contain_text("Rp1.206.128")
    return look(tab, "scene-6-overpayment")


def next_list_pays_what_was_acted(late: LateSite, tab: Tab) -> list[str]:
    """November's list: a labelled plus; the dead is not on it, and nobody receives less than nothing."""
    uid: UUID = late.do(lambda: late.month.open(NOVEMBER))
    wide(tab)
    tab.goto(f"{late.address}/tpp/bulan/daftar/{uid}/")
    paid = tab.locator("#people")
    plus = paid.locator("tr", has_text="selisih Oktober 2026")
    expect(plus).to_have_count(1)
    expect(plus).to_contain_text(ACTING)
    expect(plus).to_contain_text("Rp608.133")
    expect(paid).not_to_contain_text(DEAD)
    assert late.do(lambda: PayItem.objects.filter(list__month=NOVEMBER, net__lt=0).exists()) is False
    assert late.do(lambda: late.month.post().people) == 0
    assert late.do(Difference.objects.count) == 2
    return look(tab, "scene-6-list")


def heirs_are_named(late: LateSite, tab: Tab) -> None:
    """October computed again is another slip, to the heirs; the paid one stands."""
    run = late.do(lambda: late.month.compute(OCTOBER))
    slip = late.do(lambda: Slip.objects.get(run__uid=run, name=DEAD).uid)
    wide(tab)
    tab.goto(f"{late.address}/tpp/rincian/{slip}/")
    expect(tab.locator("main")).to_contain_text(f"ahli waris, {HEIR}")


def nothing_is_missing_after_the_17th(late: LateSite, tab: Tab) -> None:
    """Not on his days, not in the register from which pay computes."""

    def register() -> list[str]:
        who: dict[str, Any] = {"actor": late.month.office.actor, "at": LATER, "zone": ZONE}
        data = presence_of_month(**who, month=month_period(2026, 10)).decode()
        return [line for line in data.splitlines() if DEAD_NIP in line]

    days = late.do(register)
    assert max(line.split(",")[2] for line in days) == "2026-10-16"  # a Friday
    tab.goto(f"{late.address}/presensi/pegawai/{late.month.people.city.persons['own']}/?bulan=2026-10")
    main = tab.locator("main")
    expect(main).to_contain_text("Oktober 2026")
    for day in range(18, 32):
        row = tab.locator(f"#hari-{day}")
        assert "keterangan" not in "".join(row.all_text_contents()).lower()


def nobody_signs_in_as_the_dead(late: LateSite, tab: Tab) -> None:
    sign_out(tab)
    sign_in(tab, late.address, "employee")
    expect(tab.locator("main")).to_contain_text("tidak cocok")


def wide(tab: Tab) -> None:
    """As before the pictures."""
    tab.set_viewport_size({"width": 1280, "height": 800})

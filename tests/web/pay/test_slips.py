"""A slip and its reasons: earned first, each figure explained down to the punch, no amount without words."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.db import connection
from django.urls import reverse

from pamong.kernel.actor import Actor
from pamong.law.engine.evidence import Evidence
from pamong.law.engine.explain import Reason
from pamong.pay import queries
from pamong.pay.choices import LineKind
from pamong.pay.queries import LineRow, SlipView
from pamong.web.pay.picture import bars, slip_page
from pamong.web.pay.tree import node_of
from tests.support.month import AT_HOSPITAL, LATE, MORNING, NO_INCOME, NOT_ENTITLED, TODAY
from tests.support.paid import Paid, SignIn


def page(paid: Paid, sign_in: SignIn, who: str, role: str = "inspector") -> str:
    answer = sign_in(role).get(reverse("pay:slip", args=[paid.month.slips[who]]))
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def test_earned_comes_first_then_what_was_taken_off(paid: Paid, sign_in: SignIn) -> None:
    text = page(paid, sign_in, LATE)
    parts = ["Yang dapat dicapai bulan ini", "Yang diperoleh", "Potongan", "Pajak", "Iuran"]
    places = [text.index(f'scope="colgroup">{part}<') for part in parts]
    assert places == sorted(places)
    assert "Bagian disiplin kerja" in text and "Tambahan Penghasilan Pegawai, Oktober 2026" in text
    assert "<svg" in text and text.count("data-lazy") > 6


def test_every_figure_of_the_table_explains_itself(paid: Paid, sign_in: SignIn) -> None:
    client = sign_in("inspector")
    addresses = set(re.findall(r'hx-get="([^"]+/alasan/[^"]+)"', page(paid, sign_in, LATE)))
    assert len(addresses) > 5
    for address in addresses:
        part = client.get(address, headers={"HX-Request": "true"})
        assert part.status_code == 200 and "Dari mana angka ini?" in part.content.decode()
        assert "<html" not in part.content.decode()


def test_the_reason_goes_down_to_the_punch_and_the_article(paid: Paid, sign_in: SignIn) -> None:
    address = reverse("pay:reason", args=[paid.month.slips[LATE], "tpp_net"])
    text = sign_in("pay_auditor").get(address).content.decode()
    assert re.search(r"1_attlog\.dat baris \d+", text)
    assert "08.05" in text and "5 Oktober 2026" in text
    assert "/aturan/parameter/" in text and 'class="ui-evidence example"' in text


def test_scene_4_the_owner_asks_to_correct_a_day_from_its_cut_and_nobody_else(
    paid: Paid, sign_in: SignIn
) -> None:
    address = reverse("pay:reason", args=[paid.month.slips[LATE], "tpp_net"])
    own = sign_in("employee").get(address).content.decode()
    assert "Minta koreksi hari ini" in own and "/presensi/koreksi/hari/2026-10-" in own
    assert "Minta koreksi hari ini" not in sign_in("inspector").get(address).content.decode()


def test_an_unknown_line_is_not_found_with_a_reason(paid: Paid, sign_in: SignIn) -> None:
    answer = sign_in("inspector").get(reverse("pay:reason", args=[paid.month.slips[LATE], "nol"]))
    assert answer.status_code == 404 and "Rincian ini tidak ada" in answer.content.decode()


def test_without_an_amount_the_page_says_why_and_never_nothing(paid: Paid, sign_in: SignIn) -> None:
    held = page(paid, sign_in, NO_INCOME)
    assert "Penghasilan tetap" in held and "hitung lagi bulan ini" in held
    elsewhere = page(paid, sign_in, AT_HOSPITAL)
    assert "dibayar oleh rumah sakit" in elsewhere
    for text in (held, elsewhere, page(paid, sign_in, NOT_ENTITLED)):
        assert "Rp0" not in text and "<figure" not in text


def test_a_look_at_a_slip_is_logged(paid: Paid, sign_in: SignIn) -> None:
    uid = paid.city.persons["own"]
    with connection.cursor() as cursor:
        count = "SELECT count(*) FROM access_read_log WHERE subject_ids @> ARRAY[%s]::uuid[]"
        cursor.execute(count, [uid])
        before = cursor.fetchone()[0]
        page(paid, sign_in, LATE)
        cursor.execute(count, [uid])
        assert cursor.fetchone()[0] == before + 1


def test_a_slip_is_printed_by_whoever_may_read_it(paid: Paid, sign_in: SignIn) -> None:
    answer = sign_in("inspector").get(reverse("pay:print", args=[paid.month.slips[LATE]]))
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"].startswith("inline")


def view_with(paid: Paid, earned: int, cut: int, net: int) -> SlipView:
    """A real slip with other amounts."""
    operator = Actor.operator("uji", TODAY)
    real = queries.get_slip(actor=operator, at=MORNING, uid=paid.month.slips[LATE])
    lines = (
        LineRow(LineKind.EARNED, "productivity_earned", "Bagian produktivitas", "", earned),
        LineRow(LineKind.CUT, "discipline_cut", "Potongan kehadiran", "", cut),
    )
    return replace(real, slip=replace(real.slip, net=net), earned=earned, lines=lines)


@pytest.mark.parametrize(("cut", "net"), [(0, 1000), (400, 600), (1000, 0), (1500, 0)])
def test_the_picture_ends_at_the_net_also_when_cuts_exceed_what_was_earned(
    cut: int, net: int, paid: Paid
) -> None:
    view = view_with(paid, 1000, cut, net)
    drawn = list(bars(view))
    assert (drawn[-1].kind, drawn[-1].amount) == ("net", net)
    assert "<svg" in slip_page(view).chart


def test_the_tree_keeps_words_law_and_evidence() -> None:
    child = Reason("parameter", "pay/cpns_share", "Bagian", "80 %", "", "PP 1", "https://a.id", Evidence.TEXT)
    root = Reason("formula", "x", "Jumlah", "Rp1", "80 % × Rp1", "PP 12/2019 Pasal 58", children=(child,))
    node = node_of(root, "contoh")
    assert (node.text, node.value, node.note, node.folded) == ("Jumlah", "Rp1", "80 % × Rp1", False)
    assert node.href == "/aturan/peraturan/pp-12-2019/"
    (below,) = node.children
    assert (below.evidence, below.href) == ("text", "https://a.id")
    assert (below.about, below.folded) == ("/aturan/parameter/pay/cpns_share/?profil=contoh", True)

"""Pages of a vacancy, as each who takes part sees and sends them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.urls import reverse

from pamong.decisions.models import Decision
from pamong.merit import models, services
from tests.support.deciding import WHY
from tests.support.filling import CLOSED, CLOSES, NEEDED, PANEL, Filling
from tests.web.merit.conftest import Page, Send, plain


def test_an_officer_opens_a_vacancy_and_the_mayor_signs_it(filling: Filling, send: Send, page: Page) -> None:
    form = {
        "seat": str(filling.seat), "closes_on": CLOSES.isoformat(), "needed_on": NEEDED.isoformat(),
        "names": "3", "w_paper": "20", "w_assessment": "25", "w_interview": "35", "w_track_record": "20",
    }  # fmt: skip
    answer = send("nurul", "merit:open", **form)
    assert answer.status_code == 302, plain(answer)
    decision = Decision.objects.get(kind="merit.open")
    filling.sign("above", decision.uid)
    assert "Jumlah bobot 100 %" in page("mayor", "decisions:decision", decision.uid)
    filling.sign("mayor", decision.uid)
    vacancy = models.Vacancy.objects.get()
    assert "Wawancara" in page("nurul", "merit:vacancy", vacancy.uid)
    page("c1", "merit:vacancy", vacancy.uid, status=404)  # nobody else knows before it is announced


def test_weights_that_do_not_sum_are_told_beside_the_form(filling: Filling, send: Send) -> None:
    form = {
        "seat": str(filling.seat), "closes_on": CLOSES.isoformat(), "needed_on": NEEDED.isoformat(),
        "names": "3", "w_paper": "20", "w_assessment": "", "w_interview": "35", "w_track_record": "20",
    }  # fmt: skip
    answer = send("nurul", "merit:open", **form)
    assert answer.status_code == 422
    assert "Jumlah bobot 75 %" in plain(answer)


def test_the_panel_is_named_by_names_to_sign_in(filling: Filling, send: Send) -> None:
    vacancy = filling.open()
    wrong = {"chair": "above", "own": "chief\nbukanakun", "no_party": "on"}
    answer = send("nurul", "merit:panel", vacancy.uid, **wrong)
    assert "bukanakun" in plain(answer)
    assert "tidak ada atau tidak aktif" in plain(answer)
    right = wrong | {"own": "superior\np1\np2", "expert": "p3"}
    assert send("nurul", "merit:panel", vacancy.uid, **right).status_code == 302
    decision = Decision.objects.get(kind="merit.panel")
    filling.sign("wahyu", decision.uid)
    filling.sign("mayor", decision.uid)
    members = {each.name: (each.source, each.is_chair) for each in vacancy.members.all()}
    assert members["Above"] == ("own", True)
    assert members["Yusril Tahir"] == ("expert", False)


def test_somebody_applies_on_a_phone_and_sees_why(filling: Filling, send: Send, page: Page) -> None:
    vacancy = filling.announced()
    before = page("c5", "merit:apply", vacancy.uid)
    assert "Pendidikan tertingginya SMA, di bawah yang disyaratkan" in before
    answer = send("c5", "merit:apply", vacancy.uid)
    assert answer.status_code == 302
    assert send("c5", "merit:apply", vacancy.uid).status_code == 302
    assert models.Application.objects.count() == 1
    after = page("c5", "merit:apply", vacancy.uid)
    assert "Tidak memenuhi syarat" in after
    assert "Kirim lamaran" not in after


def test_a_member_fills_in_his_sheet_and_sees_no_other(
    filling: Filling, send: Send, page: Page, on_day: Callable[[date], None]
) -> None:
    vacancy = filling.closed()
    filling.sit(vacancy)
    filling.score(vacancy, "p2")
    on_day(CLOSED)
    text = page("p1", "merit:sheet", vacancy.uid)
    assert "1 dari 5 anggota" in text
    assert 'data-label="Makalah">90' not in text
    assert 'data-label="Makalah">90' in page("p2", "merit:sheet", vacancy.uid)
    application = vacancy.applications.order_by("id")[0]
    cell = f"nilai-{application.uid.hex}-paper"
    assert send("p1", "merit:sheet", vacancy.uid, **{cell: "sembilan"}).status_code == 422
    assert send("p1", "merit:sheet", vacancy.uid, **{cell: "87,5"}).status_code == 302
    assert models.Score.objects.get(member__name="Damianus Lerebulan").value == 8750
    fixed = {"sel": f"{application.uid}.paper", "nilai": "78,5", "alasan": WHY}
    send("p1", "merit:correct", vacancy.uid, see="merit:sheet", **fixed)
    assert models.Score.objects.filter(member__name="Damianus Lerebulan").count() == 2
    for who in ("nurul", "retno", "mayor"):
        page(who, "merit:sheet", vacancy.uid, status=403)
        assert "87,5" not in page(who, "merit:vacancy", vacancy.uid)
        assert page(who, "merit:result", vacancy.uid, status=302) == ""


def test_scene_8_the_mayor_takes_the_second_with_a_reason(
    filling: Filling, send: Send, page: Page, on_day: Callable[[date], None]
) -> None:
    vacancy = filling.locked()
    decision = filling.put(vacancy)
    on_day(CLOSED)
    text = page("mayor", "decisions:decision", decision)
    assert "Angkat calon yang disebut" in text
    assert "2. Bonifasius Ledo" in text
    second = filling.application(vacancy.uid, "c2")
    bare = {"jawaban": "change", "ubah-application": str(second.uid)}
    answer = send("mayor", "decisions:decision", decision, **bare)
    assert answer.status_code == 422
    assert not models.Choice.objects.exists()
    answer = send("mayor", "decisions:decision", decision, **bare, alasan=WHY)
    assert answer.status_code == 302, plain(answer)
    for who in ("p1", "retno", "c1", "nurul"):
        shown = page(who, "merit:result", vacancy.uid)
        assert "Bonifasius Ledo" in shown
        assert WHY in shown
    assert "Anggreni" not in page("c4", "merit:result", vacancy.uid)
    assert "Buka SK Anda" in page("c2", "merit:result", vacancy.uid)
    assert "821.2/1/2026" in page("c2", "decisions:decision", decision)
    for who in ("c1", "c3", "c4"):
        assert "Buka SK Anda" not in page(who, "merit:result", vacancy.uid)
        page(who, "decisions:decision", decision, status=404)


def test_names_are_put_before_the_mayor_once(
    filling: Filling, send: Send, page: Page, on_day: Callable[[date], None]
) -> None:
    vacancy = filling.locked()
    filling.put(vacancy, weighed=False)
    on_day(CLOSED)
    text = page("nurul", "merit:vacancy", vacancy.uid)
    assert "Lihat usulan yang menunggu" in text
    assert "Ajukan nama untuk dipilih" not in text
    send("nurul", "merit:act", vacancy.uid, see="merit:vacancy", langkah="ajukan-pilihan")
    assert Decision.objects.filter(kind="merit.appoint").count() == 1


def test_a_receipt_is_of_ones_own_locked_rank_alone(
    filling: Filling, page: Page, on_day: Callable[[date], None]
) -> None:
    vacancy = filling.scored()
    on_day(CLOSED)
    assert "belum dikunci" in page("c4", "merit:receipt", vacancy.uid, status=404)
    filling.lock(vacancy)
    assert "sedang disegel" in page("c4", "merit:receipt", vacancy.uid, status=404)
    for who in ("c5", "nurul", "p1"):
        assert "tidak terbuka untuk Anda" in page(who, "merit:receipt", vacancy.uid, status=404)


def test_scene_7_a_fourth_name_is_no_choice_on_the_page_nor_behind_it(
    filling: Filling, send: Send, page: Page, on_day: Callable[[date], None]
) -> None:
    vacancy = filling.locked()
    decision = filling.put(vacancy)
    on_day(CLOSED)
    assert "Dominggus" not in page("mayor", "decisions:decision", decision)
    fourth = filling.application(vacancy.uid, "c4")
    forced = {"jawaban": "change", "ubah-application": str(fourth.uid), "alasan": WHY}
    answer = send("mayor", "decisions:decision", decision, **forced)
    assert answer.status_code == 422
    assert "tidak termasuk calon yang dikunci" in plain(answer)
    assert not models.Choice.objects.exists()
    tried = models.RefusedName.objects.get()
    assert (tried.by_name, tried.person_id, tried.vacancy) == ("Mayor", filling.person("c4"), vacancy)


def test_a_candidate_sees_her_own_scores_and_rank_once_they_are_locked(
    filling: Filling, page: Page, on_day: Callable[[date], None]
) -> None:
    vacancy = filling.scored()
    on_day(CLOSED)
    assert "Peringkat dan nilai Anda" not in page("c4", "merit:apply", vacancy.uid)
    filling.lock(vacancy)
    text = page("c4", "merit:apply", vacancy.uid)
    assert "Peringkat dan nilai Anda" in text
    assert "60,2" in text


def test_the_public_reads_open_posts_and_results_without_ranks_of_names(
    filling: Filling, page: Page, on_day: Callable[[date], None]
) -> None:
    vacancy = filling.announced()
    assert "Kepala Seksi Pelayanan" in page("", "merit:public")
    for who in ("c1", "c2", "c3", "c4"):
        filling.apply(vacancy, who)
    services.close_applications(**filling.who("nurul", CLOSED), vacancy=vacancy.uid)
    filling.sit(vacancy)
    filling.score(vacancy)
    services.open_scores(**filling.who("above", CLOSED), vacancy=vacancy.uid)
    page("", "merit:public_result", vacancy.uid, status=404)
    filling.lock(vacancy)
    on_day(CLOSED)
    text = page("", "merit:public_result", vacancy.uid)
    assert "Anggreni Saraswati" in text
    assert "Dominggus" not in text
    assert "60,20" in text


def test_the_pool_says_who_could_apply_and_why_not(filling: Filling, page: Page) -> None:
    vacancy = filling.announced()
    assert "Anggreni Saraswati" in page("nurul", "merit:pool", vacancy.uid)
    others = page("nurul", "merit:pool", vacancy.uid, query="?lihat=lain")
    assert "Endah Lestari" in others
    assert "di bawah yang disyaratkan" in others
    page("c1", "merit:pool", vacancy.uid, status=403)


def test_acts_are_buttons_for_whose_they_are(
    filling: Filling, send: Send, page: Page, on_day: Callable[[date], None]
) -> None:
    vacancy = filling.open()
    filling.panel(vacancy)
    assert send("c1", "merit:act", vacancy.uid, see="merit:vacancy", langkah="umumkan").status_code == 404
    send("nurul", "merit:act", vacancy.uid, see="merit:vacancy", langkah="umumkan")
    assert send("c1", "merit:act", vacancy.uid, see="merit:vacancy", langkah="tutup").status_code == 403
    for who in ("c1", "c2", "c3"):
        filling.apply(vacancy, who)
    on_day(CLOSED)
    send("nurul", "merit:act", vacancy.uid, see="merit:vacancy", langkah="tutup")
    for who in PANEL:
        send(who, "merit:act", vacancy.uid, see="merit:vacancy", langkah="hadir")
    filling.score(vacancy)
    send("above", "merit:act", vacancy.uid, see="merit:vacancy", langkah="buka-nilai")
    answer = send("nurul", "merit:act", vacancy.uid, see="merit:vacancy", langkah="ajukan-hasil")
    decision = Decision.objects.get(kind="merit.lock")
    assert answer.headers["Location"] == reverse("decisions:decision", args=[decision.uid])
    filling.sign("above", decision.uid, CLOSED)
    send("nurul", "merit:act", vacancy.uid, see="merit:vacancy", langkah="ajukan-pilihan")
    assert Decision.objects.filter(kind="merit.appoint").exists()
    assert "Diangkat" not in page("retno", "merit:result", vacancy.uid)

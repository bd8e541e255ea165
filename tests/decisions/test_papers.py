"""What an order says, and that nothing is signed which its template can't print."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings

from pamong.decisions import models, services
from pamong.decisions.choices import Answer, State
from pamong.decisions.errors import DatedBefore, PaperIncomplete
from pamong.documents.template_hash import TEMPLATES, fields_of, template_hash
from pamong.kernel.canonical import canonical_json, sha256_hex
from pamong.ledger.dated import supersede
from pamong.ledger.models import Intake
from pamong.organisation import models as org
from tests.support.deciding import APPLIED, BEHALF, TASK, WHY, Desk
from tests.support.people import AT, TODAY


def order_of(desk: Desk, **more: object) -> models.Order:
    """An order that went through all its steps."""
    return models.Order.objects.get(decision__uid=desk.sealed(**more))


def test_an_order_names_office_place_signer_and_the_articles_of_its_gates(desk: Desk) -> None:
    said = order_of(desk).content
    assert (said["region"], said["unit"], said["place"]) == (
        "Pemerintah Kota Uji",
        "Sekretariat Daerah",
        "Uji",
    )
    assert said["signer"] == {
        "lines": ["Sekretaris Daerah, Sekretariat Daerah"], "name": "Wibisono Cakrawala",
        "nip": "196805201994031001", "rank": "Pembina Utama Madya (IV/d)",
    }  # fmt: skip
    assert said["bases"] == ["Pasal 1"]  # the kind's own and those of the gates, each once
    assert (said["number"], said["dated_on"]) == ("800/1/UJI/2026", TODAY.isoformat())


def test_in_whose_name_it_is_signed_stands_above_the_office(desk: Desk) -> None:
    BEHALF[0] = "Wali Kota Uji"
    assert order_of(desk).content["signer"]["lines"] == [
        "a.n. Wali Kota Uji", "Sekretaris Daerah, Sekretariat Daerah"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("behalf", "lines"),
    [
        ("", ["a.n. Sekretaris Daerah, Sekretariat Daerah", "Pengelola Data, Dinas Pendidikan"]),
        (
            "Wali Kota Uji",
            [
                "a.n. Wali Kota Uji",
                "Sekretaris Daerah, Sekretariat Daerah",
                "u.b.",
                "Pengelola Data, Dinas Pendidikan",
            ],
        ),
    ],
)
def test_a_delegated_signature_says_for_whom(desk: Desk, behalf: str, lines: list[str]) -> None:
    BEHALF[0] = behalf
    seats = desk.people.city.seats
    done = services.propose_delegation(
        actor=desk.actor("nurul"), at=AT, key=seats["own"], seat=seats["above"], to_seat=seats["foreign"],
        what=[TASK.code], first=TODAY, last=TODAY,
    )  # fmt: skip
    desk.answer("above", done.uid)
    uid = desk.propose()
    desk.answer("chief", uid)
    desk.answer("foreign", uid)
    said = models.Order.objects.get(decision__uid=uid).content["signer"]
    assert (said["lines"], said["name"]) == (lines, "Tigor Marpaung")


def test_who_sits_in_no_seat_signs_with_his_role(desk: Desk) -> None:
    uid = desk.propose("chief", about="own")
    desk.answer("above", uid)
    desk.answer("mayor", uid)
    said = models.Order.objects.get(decision__uid=uid).content
    assert (said["unit"], said["signer"]["lines"]) == ("", ["Pejabat Pembina Kepegawaian"])


@pytest.mark.parametrize(
    ("lacks", "title"),
    [
        ({"about": ""}, "tentang"),
        ({"dictum": []}, "diktum (menetapkan)"),
        ({"considering": "bahwa satu kalimat bukan daftar"}, "pertimbangan (menimbang)"),
    ],
)
def test_what_the_template_can_not_print_is_not_signed(
    desk: Desk, lacks: dict[str, object], title: str
) -> None:
    uid = desk.propose(content={"paper": lacks})
    desk.answer("chief", uid)
    before = Intake.objects.count()
    with pytest.raises(PaperIncomplete) as refused, transaction.atomic():
        desk.answer("above", uid)
    assert (
        f"Naskah 'order' belum dapat dicetak, jadi keputusan ini belum ditandatangani. Lengkapi: {title}."
        == str(refused.value)
    )
    assert models.Decision.objects.get(uid=uid).state == State.WAITING.value
    assert APPLIED == [] and Intake.objects.count() == before
    assert not models.Register.objects.exists() and not models.Order.objects.exists()


def test_a_number_is_not_lost_by_what_could_not_be_printed(desk: Desk) -> None:
    order_of(desk)
    broken = desk.propose(content={"paper": {"dictum": []}})
    desk.answer("chief", broken)
    with pytest.raises(PaperIncomplete), transaction.atomic():
        desk.answer("above", broken)
    assert order_of(desk).place == 2
    desk.answer("above", broken, Answer.CHANGE, reason=WHY, change={"task": "sensus"})
    assert models.Order.objects.get(decision__uid=broken).place == 3


def test_a_place_that_nobody_knows_is_named_with_its_setting(desk: Desk) -> None:
    kabupaten(desk)
    uid = desk.propose()
    desk.answer("chief", uid)
    with pytest.raises(PaperIncomplete, match=r"tempat ditetapkan \(PAMONG_PLACE\)"), transaction.atomic():
        desk.answer("above", uid)
    with override_settings(PAMONG_PLACE="Melati Raya"):
        desk.answer("above", uid)
    said = models.Order.objects.get(decision__uid=uid).content
    assert (said["region"], said["place"]) == ("Pemerintah Kabupaten Uji", "Melati Raya")


def kabupaten(desk: Desk) -> None:
    """Let the city be a regency, whose name is no place."""
    row = org.UnitRow.objects.get(unit__code="kota")
    values = {name: getattr(row, name) for name in ("unit_id", *org.UnitRow.facts)} | {
        "name": "Kabupaten Uji"
    }
    supersede(org.UnitRow, [row.pk], row.basis_id)
    org.UnitRow.objects.create(**values, period=row.period, basis_id=row.basis_id, act="correct")


def test_the_log_holds_the_hash_of_what_it_says_and_opens_only_its_head(desk: Desk) -> None:
    order = order_of(desk)
    body = json.loads(Intake.objects.get(pk=order.intake_id).body)
    assert set(body["personal"]) == {"document", "head", "person"}
    assert "Suparman" not in json.dumps(body)
    assert body["public"]["number"] == order.number
    assert sha256_hex(canonical_json(order.content)) not in json.dumps(body)  # salted


def test_a_paper_knows_what_its_template_needs() -> None:
    assert TASK.paper is not None
    assert {"about", "dictum", "bases", "signer.name", "place"} <= {field.path for field in TASK.paper.needed}
    assert "copies" not in {field.path for field in TASK.paper.needed}


def test_a_regions_own_template_is_found_first_and_brings_its_own_fields(desk: Desk, tmp_path: Path) -> None:
    own = (TEMPLATES / "order.typ").read_text() + "\n// perlu seal teks: cap daerah\n"
    (tmp_path / "order.typ").write_text(own)
    shipped = template_hash("order")
    uid = desk.propose()
    desk.answer("chief", uid)
    with override_settings(PAMONG_TEMPLATES=str(tmp_path)):
        assert template_hash("order") != shipped
        assert fields_of("order")[-1].title == "cap daerah"
        with pytest.raises(PaperIncomplete, match="Lengkapi: cap daerah"), transaction.atomic():
            desk.answer("above", uid)
    services.register(replace(TASK, paper=replace(TASK.paper, template="tidak_ada")))  # type: ignore[type-var]
    with pytest.raises(ValueError, match="no template 'tidak_ada'"), transaction.atomic():
        desk.answer("above", uid)


def test_an_order_is_not_dated_before_its_proposal(desk: Desk) -> None:
    """A clock that is put back: one sentence, and nothing is numbered. The database says the same."""
    uid = desk.propose()
    desk.answer("chief", uid)
    yesterday = TODAY - timedelta(days=1)
    with (
        pytest.raises(DatedBefore, match=r"10 November 2026\..*periksa jam server"),
        transaction.atomic(),
    ):
        desk.answer("above", uid, on=yesterday)
    assert (APPLIED, models.Order.objects.count()) == ([], 0)
    desk.answer("above", uid)
    order = models.Order.objects.get()
    with (
        pytest.raises(IntegrityError, match="is dated before it was proposed") as refused,
        transaction.atomic(),
    ):
        models.Register.objects.update(last=2)
        order.pk, order.uid, order.place, order.number = None, uuid4(), 2, "800/2/UJI/2026"
        order.dated_on, order.decision = yesterday, models.Decision.objects.get(uid=desk.propose())
        order.save(force_insert=True)
    assert refused.value.__cause__.diag.constraint_name == "order_after_proposal"  # type: ignore[union-attr]

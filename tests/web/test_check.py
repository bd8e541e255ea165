"""The page that checks documents: open to everyone, with the site's keys; what it answers about a hash."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

from pamong.config.middleware import POLICY
from pamong.pay.choices import ListKind, SlipState, Validity
from pamong.pay.items import HEAD
from pamong.pay.queries import Paper
from pamong.web.check import words
from tests.support.sealed import key_of, policy_of
from tests.support.sealing import SITE

HASH = "0123456789abcdef" * 4


@pytest.fixture
def site(tmp_path: Path) -> Any:
    with override_settings(PAMONG_LEDGER=tmp_path, PAMONG_SITE=SITE):
        yield tmp_path


def test_the_page_comes_with_the_keys_and_may_use_the_camera(db: None, site: Path) -> None:
    policy = policy_of([key_of(f"{SITE}/log/decisions", 1).vkey])
    (site / "policy").write_text(policy)
    response = Client().get("/cek/")
    assert response.status_code == 200
    page = response.content.decode()
    assert page.count(policy.split("\n")[0]) == 2  # to be read, and for the scripts
    assert "camera=(self)" in response.headers["Permissions-Policy"]
    assert Client().get("/aturan/").headers["Permissions-Policy"] == POLICY
    assert "unsafe-inline" not in response.headers["Content-Security-Policy"]


def test_without_a_policy_the_page_says_so(db: None, site: Path) -> None:
    assert "belum mengumumkan kunci" in Client().get("/cek/").content.decode()


@pytest.mark.parametrize("sha256", [HASH, "x" * 64, "0", "é" * 64])
def test_an_unknown_hash_is_told(db: None, site: Path, sha256: str) -> None:
    for path in (f"/cek/status/{sha256}/", f"/cek/status/{sha256}/{HASH}/", f"/cek/status/{HASH}/{sha256}/"):
        response = Client().get(path)
        assert response.status_code == 200
        assert "tidak mengenal dokumen" in response.content.decode()
        assert response.headers["Cache-Control"] == "no-store"


def test_the_scripts_take_the_answer_alone(db: None, site: Path) -> None:
    response = Client().get(f"/cek/status/{HASH}/", headers={"HX-Request": "true"})
    assert response.content.decode().strip().startswith('<p class="m-0"><span class="ui-status neutral')
    assert "<html" not in response.content.decode()


def test_nothing_can_be_sent(db: None, site: Path) -> None:
    for path in ("/cek/", f"/cek/status/{HASH}/"):
        assert Client().post(path, {"a": "1"}).status_code == 405


def test_since_when_is_told(at: Any) -> None:
    told = words.of_standing(Paper(Validity.WITHDRAWN, at, "Dibuka kembali."))
    assert (told["tone"], told["said"]) == ("problem", "Dibuka kembali.")
    assert told["word"].startswith("Dicabut sejak ")
    assert words.of_standing(Paper(Validity.HOLDS))["word"] == "Berlaku"
    assert set(words.TONES) == set(Validity)


def test_every_field_that_a_slip_opens_has_a_name() -> None:
    assert set(HEAD) <= set(words.FIELDS)
    assert {state.value for state in (*SlipState, *ListKind)} <= set(words.VALUES)

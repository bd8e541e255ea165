"""The template environment: strict, escaping, whole pages and parts of them, no inline style or script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import engines, loader
from jinja2 import UndefinedError

import pamong.web
from pamong.web import render
from pamong.web.components import macro_files
from tests.web.conftest import MakeRequest

WEB = Path(pamong.web.__file__).parent
TEMPLATES = sorted((WEB / "jinja2").rglob("*.html"))


def show(source: str, **context: object) -> str:
    return engines["jinja2"].from_string(source).render(context)


def test_a_mistyped_name_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        show("{{ nama }}")
    with pytest.raises(UndefinedError):
        show("{{ ui.tombol('Simpan') }}")


def test_values_are_escaped_also_inside_macros() -> None:
    bad = "<script>"
    assert bad not in show(
        "{{ x }}{{ ui.button(x) }}{{ ui.status(x, 'good') }}{{ ui.origin(x, x, tree=[]) }}", x=bad
    )


def test_a_macro_name_stands_in_one_file_only(tmp_path: Path) -> None:
    assert len(macro_files()) >= 30
    for name in ("a", "b"):
        (tmp_path / f"{name}.html").write_text("{% macro sama() %}{% endmacro %}")
    with pytest.raises(ValueError, match=r"sama stands in a\.html and in b\.html"):
        macro_files(tmp_path)


def test_every_macro_is_shown_in_the_gallery_or_used_by_one_that_is() -> None:
    shown = (WEB / "jinja2/gallery/gallery.html").read_text() + (WEB / "jinja2/base.html").read_text()
    inside = "".join(path.read_text() for path in (WEB / "jinja2/ui").glob("*.html"))
    unseen = {name for name in macro_files() if f"ui.{name}(" not in shown + inside}
    assert unseen <= {"form_problems", "post_button"}  # seen on the pages with forms


def test_every_macro_has_its_comment() -> None:
    for path in (WEB / "jinja2/ui").glob("*.html"):
        text = path.read_text()
        for name in re.findall(r"\{% macro (\w+)\(", text):
            assert f"{{# {name}(" in text, f"{path.name}: {name}"


def test_htmx_gets_the_part_and_everyone_else_the_page(make_request: MakeRequest) -> None:
    context = {"tree": [pamong.web.shapes.Node("Potongan", "Rp104.760")]}
    page = render(make_request(), "gallery/explanation.html", context, block="part").content.decode()
    part = render(make_request(htmx=True), "gallery/explanation.html", context, block="part").content.decode()
    assert page.lstrip().startswith("<!doctype html>") and "Rp104.760" in page
    assert "<html" not in part and "Rp104.760" in part


def test_answers_differ_by_who_asks(make_request: MakeRequest) -> None:
    answer = render(make_request(), "gallery/explanation.html", {"tree": []}, block="part", status=422)
    assert "HX-Request" in answer.headers["Vary"]
    assert answer.status_code == 422


@pytest.mark.parametrize("name", ["400.html", "500.html", "403_csrf.html"])
def test_error_pages_stand_alone(name: str) -> None:
    assert 'href="/"' in loader.get_template(name).render()


def test_a_refusal_says_its_reason(make_request: MakeRequest) -> None:
    text = loader.get_template("403.html").render({"exception": "Hanya untuk Pegawai."}, make_request())
    assert "Hanya untuk Pegawai." in text and "/profil/" in text


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB / "jinja2")))
def test_no_inline_style_or_script(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"https?://(?!www\.w3\.org)", text) or "external=True" in text


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB / "jinja2")))
def test_words_that_hurt_do_not_occur(path: Path) -> None:
    assert not re.search(
        r"\b(malas|mangkir|alpa|bolos|oknum|honorer|non-ASN|absensi)\b", path.read_text(), re.I
    )

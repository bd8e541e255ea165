"""The published files: what anybody may copy, who may copy entries, and no way out of the folder."""

from __future__ import annotations

import pytest
from django.test import Client, override_settings

from pamong.ledger.tree.checkpoints import Checkpoint
from pamong.ledger.tree.notes import read_note
from pamong.ledger.tree.tiles import decode_bundle
from tests.support.paid import Paid, SignIn
from tests.web.ledger.conftest import Book


def test_checkpoint_and_tiles_are_served_as_the_specification_says(book: Book) -> None:
    book.note(*range(300 - book.base))
    book.seal()
    client = Client()
    found = client.get("/log/decisions/checkpoint")
    assert found["Content-Type"] == "text/plain; charset=utf-8" and found["Cache-Control"] == "no-cache"
    assert Checkpoint.parse(read_note(found.content).text).size == 300
    full, partial = client.get("/log/decisions/tile/0/000"), client.get("/log/decisions/tile/0/001.p/44")
    for tile, hashes in ((full, 256), (partial, 44)):
        assert (tile.status_code, len(tile.content)) == (200, 32 * hashes)
        assert tile["Content-Type"] == "application/octet-stream"
        assert "immutable" in tile["Cache-Control"] and "public" in tile["Cache-Control"]
    assert client.get("/log/decisions/tile/1/000.p/1").status_code == 200
    assert client.get("/log/policy").content == (book.ledger / "policy").read_bytes()


@pytest.mark.parametrize(
    "path",
    [
        "decisions/tile/0/002", "decisions/tile/0/000.p/256", "decisions/tile/0/000.p/0",
        "decisions/tile/64/000", "decisions/tile/00/000", "decisions/tile/0/0000", "decisions/tile/0/x000",
        "decisions/tile/0/000/", "decisions/tile/0/../../../keys/decisions-0001.key",
        "decisions/tile/..%2f..%2fcheckpoint", "decisions/tile/0/%2e%2e/%2e%2e/checkpoint",
        "..%2fkeys/checkpoint", "%2e%2e/checkpoint", "keys/checkpoint", "decisions/tile/0/٠٠٠",
        "Decisions/checkpoint", "lain/checkpoint",
    ],
)  # fmt: skip
def test_nothing_else_is_served(book: Book, path: str) -> None:
    book.note(1)
    book.seal()
    answer = Client().get(f"/log/{path}")
    assert answer.status_code == 404, answer.content[:200]


def test_entries_need_an_auditor_or_a_mirrors_token(paid: Paid, sign_in: SignIn) -> None:
    folder = paid.ledger / "decisions" / "tile"
    file = next(path for path in sorted(folder.glob("entries/**/*")) if path.is_file())
    path = f"/log/decisions/tile/{file.relative_to(folder)}"
    assert sign_in("").get(path)["Location"].startswith("/masuk/")
    assert sign_in("employee").get(path).status_code == 403
    for role in ("inspector", "pay_auditor", "system_operator"):
        got = sign_in(role).get(path)
        assert got.status_code == 200 and "private" in got["Cache-Control"]
    with override_settings(PAMONG_LEDGER_MIRRORS=["rahasia-cermin"]):
        wrong = Client().get(path, headers={"Authorization": "Bearer lain"})
        assert (wrong.status_code, wrong["WWW-Authenticate"]) == (401, "Bearer")
        right = Client().get(path, headers={"Authorization": "Bearer rahasia-cermin"})
        assert decode_bundle(
            right.content, 256 if file.suffix != ".p" and ".p" not in str(file) else int(file.name)
        )
    assert Client().get(path, headers={"Authorization": "Bearer "}).status_code == 401

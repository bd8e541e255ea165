"""Rows as PostgreSQL writes them, taken apart; roots at any size."""

from __future__ import annotations

import hashlib

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from pamong.ledger.audit.records import by_column, differences, moves_a_date, parse_record
from pamong.ledger.audit.trees import Peaks
from pamong.ledger.tree.merkle import root_of

TEXTS = st.lists(
    st.one_of(st.none(), st.text(st.characters(codec="utf-8", exclude_characters="\x00"))),
    min_size=2,
    max_size=6,
)


@pytest.mark.django_db
def test_what_postgresql_writes_is_read_again() -> None:
    @given(TEXTS)
    def each(values: list[str | None]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT ROW({', '.join(['%s::text'] * len(values))})::text", values)
            assert parse_record(cursor.fetchone()[0]) == values

    each()


@pytest.mark.parametrize("text", ["", "1,2", "(1", "1)"])
def test_what_is_no_record(text: str) -> None:
    with pytest.raises(ValueError, match="no record"):
        parse_record(text)


def test_columns_by_name_and_what_can_not_be_told_apart() -> None:
    columns = [("id", "bigint"), ("period", "daterange"), ("name", "text")]
    before = by_column(columns, '(1,"[2026-01-01,)",Balai)')
    assert before == {"id": "1", "period": "[2026-01-01,)", "name": "Balai"}
    assert by_column(columns, "(1)") == {"isi": "(1)"}
    assert by_column(columns, None) == {}
    old, new = differences(before, before | {"name": None})
    assert (old, new) == ({"name": "Balai"}, {"name": None})
    assert moves_a_date(columns, ["period"])
    assert not moves_a_date(columns, ["id", "name"])


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 255, 256, 257, 1000])
def test_the_root_of_a_growing_tree(size: int) -> None:
    hashes = [hashlib.sha256(bytes([n % 256, n // 256])).digest() for n in range(size)]
    tree = Peaks()
    for hashed in hashes:
        tree.push(hashed)
    assert (tree.size, tree.root) == (size, root_of(hashes))

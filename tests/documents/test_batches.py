"""Many documents in processes of their own: the same bytes, in the order asked for."""

from __future__ import annotations

import pytest

from pamong.documents import batches
from pamong.documents.batches import Job, render_many
from pamong.documents.rendering import render
from tests.documents.test_rendering import AT, data


def jobs(*sizes: int) -> list[Job]:
    """Documents of so many people."""
    return [Job(f"{place}.pdf", "slip", data(size), size) for place, size in enumerate(sizes)]


def test_order_and_bytes_are_those_of_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "PAGES", 3)
    asked = jobs(2, 1, 3, 1, 2, 2)
    expected = [(job.name, render("slip", job.data, at=AT, tagged=False)) for job in asked]
    assert list(render_many(asked, at=AT)) == expected


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [((), []), ((9,), [[9]]), ((1, 2, 1), [[1, 2], [1]]), ((3, 3), [[3], [3]]), ((4, 1), [[4], [1]])],
)
def test_batches_keep_to_their_size(
    monkeypatch: pytest.MonkeyPatch, sizes: tuple[int, ...], expected: list[list[int]]
) -> None:
    monkeypatch.setattr(batches, "PAGES", 3)
    found = [[job.pages for job in batch] for batch in batches._batches(jobs(*sizes))]
    assert found == expected


def test_what_goes_wrong_in_a_process_is_raised_here() -> None:
    with pytest.raises(ValueError, match="no template"):
        list(render_many([Job("a.pdf", "sk", {}, 1)], at=AT))

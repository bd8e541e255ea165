"""Writing plans and taking them back: undoing all that rests on a basis leaves every day as before."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from pamong.kernel import timeline
from pamong.kernel.actor import Actor
from pamong.kernel.period import Period
from pamong.kernel.timeline import Added, Plan
from pamong.ledger import dated, undoing
from pamong.ledger import services as ledger
from pamong.ledger.choices import Act, SealKind
from pamong.organisation.models import Site, SiteRow

START = date(2026, 1, 1)
DAYS = 20
ACTOR = Actor.operator("uji", START)
VALUES = {"name": "A", "zone": "Asia/Jakarta", "address": ""}

acts = st.lists(
    st.tuples(
        st.sampled_from(("change", "correct", "rescind")),
        st.integers(0, DAYS - 1),
        st.sampled_from(("name", "zone", "address")),
        st.sampled_from("XYZ"),
    ),
    min_size=1,
    max_size=4,
)


def day(number: int) -> date:
    return START + timedelta(days=number)


def new_basis() -> int:
    return ledger.seal(actor=ACTOR, kind=SealKind.OFFICE_ENTRY, ref=uuid4())


def new_site(basis: int, name: str = "A") -> Site:
    site = Site.objects.create(code=f"s{uuid4().hex}")
    added = Added(Period(START), VALUES | {"name": name})
    dated.write(SiteRow, {"site_id": site.pk}, Plan(added=(added,)), act=Act.CHANGE, basis=basis)
    return site


def act(site: Site, what: str, on: int, values: dict[str, str], basis: int) -> bool:
    """One act on the row that holds on a day; False where it is the only one and would be rescinded."""
    rows = dated.timeline(SiteRow, site_id=site.pk)
    place = next(row for row in rows if row.period.contains(day(on)))
    if what == "rescind" and place is rows[0]:
        return False
    plan = {
        "change": lambda: timeline.change(rows, day(on), values),
        "correct": lambda: timeline.correct(rows, place.id or 0, values),
        "rescind": lambda: timeline.rescind(rows, place.id or 0),
    }[what]()
    expected = [(row.period, dict(row.values)) for row in timeline.outcome(rows, plan)]
    dated.write(SiteRow, {"site_id": site.pk}, plan, act=Act(what), basis=basis)
    assert [(row.period, dict(row.values)) for row in dated.timeline(SiteRow, site_id=site.pk)] == expected
    return True


def seen(site: Site, known_at: Any = None) -> list[Any]:
    return [
        list(SiteRow.objects.as_of(day(n), known_at).filter(site=site).values_list("name", "zone", "address"))
        for n in range(-1, DAYS)
    ]


def now() -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


@pytest.mark.django_db
@settings(max_examples=30)
@given(acts, acts)
def test_what_rests_on_a_basis_is_taken_back_without_a_trace(
    first: list[tuple[str, int, str, str]], second: list[tuple[str, int, str, str]]
) -> None:
    with transaction.atomic():
        site = new_site(new_basis())
        for what, on, field, value in first:
            act(site, what, on, {field: value}, new_basis())
        before, at = seen(site), now()
        basis = new_basis()
        for what, on, field, value in second:  # several acts of one batch on one timeline
            act(site, what, on, {field: value}, basis)
        after, then = seen(site), now()
        undoing.undo([SiteRow], basis=basis, by=new_basis())
        assert seen(site) == before
        assert (seen(site, at), seen(site, then)) == (before, after)
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_what_others_have_built_upon_is_not_taken_back() -> None:
    site, basis = new_site(new_basis()), new_basis()
    act(site, "change", 5, {"name": "B"}, basis)
    act(site, "change", 9, {"name": "C"}, new_basis())
    before = seen(site)
    with pytest.raises(dated.BuiltUpon, match="1 baris lokasi sudah diubah lagi"):
        undoing.undo([SiteRow], basis=basis, by=new_basis())
    assert seen(site) == before


@pytest.mark.django_db
@settings(max_examples=30)
@given(acts, acts, acts)
def test_what_was_taken_back_itself_stands_in_nobodys_way(
    first: list[tuple[str, int, str, str]],
    second: list[tuple[str, int, str, str]],
    third: list[tuple[str, int, str, str]],
) -> None:
    """Newest first, each basis can be undone; every day is as before it, and what was known stays known."""
    with transaction.atomic():
        site = new_site(new_basis())
        stages: list[tuple[int, Any, Any]] = []
        for deeds in (first, second, third):
            basis = new_basis()
            stages.append((basis, seen(site), now()))
            for what, on, field, value in deeds:
                act(site, what, on, {field: value}, basis)
        last, told = seen(site), now()
        for basis, before, _ in reversed(stages):
            undoing.undo([SiteRow], basis=basis, by=new_basis())
            assert seen(site) == before
        assert seen(site, told) == last
        assert all(seen(site, at) == before for _, before, at in stages)
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_rows_that_stand_again_by_hand_are_taken_back_too() -> None:
    site, basis = new_site(new_basis()), new_basis()
    before = seen(site)
    act(site, "change", 5, {"name": "B"}, basis)
    act(site, "change", 9, {"address": "Jl. Lain"}, new_basis())
    with pytest.raises(dated.BuiltUpon), transaction.atomic():
        undoing.undo([SiteRow], basis=basis, by=new_basis())
    act(site, "rescind", 9, {}, new_basis())
    undoing.undo([SiteRow], basis=basis, by=new_basis())
    assert seen(site) == before


@pytest.mark.django_db
def test_what_was_taken_back_by_hand_already_is_left_alone() -> None:
    site, other, basis = new_site(new_basis()), new_site(new_basis()), new_basis()
    before = seen(site), seen(other)
    act(site, "change", 5, {"name": "B"}, basis)
    act(other, "change", 5, {"name": "B"}, basis)
    act(site, "rescind", 5, {}, new_basis())
    undoing.undo([SiteRow], basis=basis, by=new_basis())
    assert (seen(site), seen(other)) == before


@pytest.mark.django_db
def test_what_came_into_a_stretch_that_would_stand_again_keeps_it_from_being_undone() -> None:
    """The basis ended something; somebody began it anew since, without touching a row of the basis."""
    site, basis = new_site(new_basis()), new_basis()
    rows = dated.timeline(SiteRow, site_id=site.pk)
    key = {"site_id": site.pk}
    dated.write(SiteRow, key, timeline.end(rows, day(5)), act=Act.CHANGE, basis=basis)
    rows = dated.timeline(SiteRow, site_id=site.pk)
    plan = timeline.change(rows, day(9), VALUES | {"name": "C"})
    dated.write(SiteRow, key, plan, act=Act.CHANGE, basis=new_basis())
    before = seen(site)
    with pytest.raises(dated.BuiltUpon, match="1 baris lokasi"):
        undoing.undo([SiteRow], basis=basis, by=new_basis())
    assert seen(site) == before


@pytest.mark.django_db
def test_a_plan_made_from_an_old_view_is_refused() -> None:
    site = new_site(new_basis())
    rows = dated.timeline(SiteRow, site_id=site.pk)
    act(site, "change", 5, {"name": "B"}, new_basis())
    stale = timeline.change(rows, day(7), {"name": "C"})
    with pytest.raises(dated.MovedOn), transaction.atomic():
        dated.write(SiteRow, {"site_id": site.pk}, stale, act=Act.CHANGE, basis=new_basis())


@pytest.mark.django_db
def test_many_timelines_are_written_at_once() -> None:
    one, other = new_site(new_basis(), "A"), new_site(new_basis(), "B")
    changes = [
        (
            {"site_id": site.pk},
            timeline.change(dated.timeline(SiteRow, site_id=site.pk), day(3), {"name": name}),
        )
        for site, name in ((one, "B"), (other, "A"))
    ]
    rows = dated.write_many(SiteRow, changes, act=Act.CHANGE, basis=new_basis())
    assert len(rows) == 4
    assert [each[0][0] for each in (seen(one)[1:4:2] + seen(other)[1:4:2])] == ["A", "A", "B", "B"]
    assert (seen(one)[-1][0][0], seen(other)[-1][0][0]) == ("B", "A")

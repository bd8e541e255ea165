"""A town put in by COPY: every row of it, under every rule of the database, the same as by the services."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from pamong.demo.town.build import make, tables, town
from pamong.demo.town.load import Loaded, load, loaded_people
from pamong.demo.town.shapes import Town
from pamong.ledger.models import Seal
from pamong.organisation import models as org
from pamong.organisation import places
from pamong.organisation.models import Reorganisation
from pamong.people.models import DATED
from tests.demo.replay import ACTOR, ALIKE, AT, EACH, Replay, copied_names, replayed_names, standing
from tests.support.databases import Cluster, fresh_database

PEOPLE = 200


@pytest.fixture(scope="module")
def small() -> Town:
    return town(PEOPLE)


@pytest.fixture(scope="module")
def loaded(postgres: Cluster, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Loaded]:
    """The town in a database of its own, over the two connections that a large one takes."""
    with fresh_database(postgres), django_db_blocker.unblock():
        yield load(make(PEOPLE), actor=ACTOR, at=AT, progress=lambda line: None, apart=True)


def test_every_row_of_the_town_is_there_on_one_basis(loaded: Loaded, small: Town) -> None:
    counts = {name: len(rows) for name, rows in tables(small)}
    assert len(loaded.uids) == counts["persons"]
    assert loaded_people() == PEOPLE
    (basis,) = Seal.objects.filter(kind="opening").values_list("id", flat=True)
    by_model = {model: model.objects.filter(basis_id=basis).count() for model in (*org.DATED, *DATED)}
    told = {model: loaded.rows[str(model._meta.model_name)] for model in by_model}
    assert by_model == told
    assert sum(told.values()) == sum(
        count for name, count in counts.items()
        if name not in ("units", "posts", "persons", "reorganisations", "lineage")
    )  # fmt: skip
    assert Reorganisation.objects.count() == counts["reorganisations"]
    assert org.Lineage.objects.count() == counts["lineage"]
    assert org.Post.objects.count() == counts["posts"]


def test_places_are_those_of_the_rows(loaded: Loaded) -> None:
    assert places.differences() == []
    assert org.UnitPlace.objects.count() >= org.Unit.objects.count()


def test_nothing_breaks_a_rule_of_the_database(db: None) -> None:
    assert load(make(40), actor=ACTOR, at=AT, progress=lambda line: None, finish=_look).uids


def test_a_person_before_service_is_refused_here_too(db: None) -> None:
    making = make(40)
    pieces = list(making.records)
    spoilt = pieces[0].appointments[0]
    pieces[0].appointments[0] = spoilt._replace(start=spoilt.start.replace(year=1970))
    told: list[str] = []
    with pytest.raises(Exception, match="Jabatan dimulai di luar masa kerja"):
        load(replace(making, records=iter(pieces)), actor=ACTOR, at=AT, progress=told.append, finish=_look)
    assert told[-1] == "Memeriksa seluruh aturan data"


def _look(loaded: Loaded) -> None:
    """Rules that wait for the end of a transaction look now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_services_bring_in_the_same_rows(
    loaded: Loaded, small: Town, postgres: Cluster, django_db_blocker: DjangoDbBlocker
) -> None:
    copied = standing(*copied_names(small))
    with fresh_database(postgres):
        replayed = standing(*replayed_names(Replay(small).run()))
    assert all(replayed.values()), "each table has rows"
    for table, rows in replayed.items():
        there = copied[table]
        if table in ALIKE:
            there = [row for row in there if row[0] % EACH == 0]
        assert rows == there, table

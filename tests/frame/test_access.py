"""Users, roles over periods, scopes, and the log of who looked."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, ProgrammingError, connection, transaction

from pamong.access import models, policies, queries, services
from pamong.access.errors import (
    GrantNotFound,
    GrantOverlaps,
    NotAllowed,
    ReasonMissing,
    UserExists,
    UserNotFound,
)
from pamong.access.roles import GRANTABLE, PERMISSIONS, PUBLIC
from pamong.kernel.actor import Actor, Grant
from pamong.kernel.errors import InvalidValue
from pamong.ledger import queries as ledger
from pamong.ledger.choices import SealKind
from pamong.ledger.models import Intake
from pamong.organisation import services as organisation

TODAY = date(2026, 11, 10)


def acting_as(role: str, unit_path: str = "", *, person_id: int | None = None, user_id: int = 1) -> Actor:
    return Actor(user_id, person_id, "Uji", (Grant(role, unit_path),), TODAY)


@pytest.fixture
def sri(db: None, operator: Actor, at: datetime) -> models.User:
    services.create_user(
        actor=operator, at=at, username="Sri", display_name="Sri Wahyuni", password="rahasia-sekali"
    )
    return models.User.objects.get(username="sri")


# --- policies, without a database ---


def test_each_permission_is_denied_to_who_holds_no_role() -> None:
    nobody = Actor(1, None, "Uji", (), TODAY)
    for permission in PERMISSIONS - PUBLIC.may:
        answer = policies.may(nobody, permission)
        assert not answer
        assert answer.reason.endswith(".")


def test_a_mistyped_permission_is_a_bug_not_a_refusal() -> None:
    with pytest.raises(ValueError, match="pay:rea'"):
        policies.may(acting_as("inspector"), "pay:rea")


def test_the_operator_runs_and_imports_but_signs_nothing(operator: Actor) -> None:
    assert policies.may(operator, "pay:run")
    assert policies.may(operator, "people:import")
    signing = {permission for permission in PERMISSIONS if permission.split(":")[1] in ("approve", "sign")}
    assert not [permission for permission in signing if policies.may(operator, permission)]


def test_the_system_operator_sees_no_personal_data() -> None:
    actor = acting_as("system_operator")
    assert policies.may(actor, "system:operate")
    assert not policies.may(actor, "pay:read")
    assert not policies.may(actor, "people:read")


@pytest.mark.parametrize(
    ("unit_path", "allowed"), [("dinkes", True), ("dinkes.pkm_1", True), ("dinkes2", False), ("dinas", False)]
)
def test_a_role_reaches_its_own_subtree(unit_path: str, allowed: bool) -> None:
    assert bool(policies.may_over(acting_as("superior", "dinkes"), "people:read", unit_path)) is allowed


def test_rights_over_oneself_reach_no_unit() -> None:
    assert policies.may(acting_as("employee"), "pay:read")
    assert not policies.may_over(acting_as("employee"), "pay:read", "dinkes")


# --- scopes ---


def test_scope_of_the_whole_government() -> None:
    scope = queries.scoped(acting_as("personnel_officer"), "pay:read")
    assert (scope.whole, scope.covers(unit_path="mana_saja")) == (True, True)


def test_scope_of_units_and_of_oneself() -> None:
    actor = Actor(1, 9, "Uji", (Grant("superior", "dinkes"), Grant("employee")), TODAY)
    people = queries.scoped(actor, "people:read")
    assert people.covers(unit_path="dinkes.pkm_1", person_id=3)
    assert people.covers(unit_path="disdik", person_id=9)
    assert not people.covers(unit_path="disdik", person_id=3)
    pay = queries.scoped(actor, "pay:read")
    assert (pay.units, pay.own_person_id) == ((), 9)
    assert not pay.covers(unit_path="dinkes", person_id=3)


def test_no_scope_is_a_refusal_not_an_empty_list() -> None:
    with pytest.raises(NotAllowed):
        queries.scoped(acting_as("public"), "pay:read")
    with pytest.raises(NotAllowed, match="belum terhubung"):
        queries.scoped(acting_as("employee"), "pay:read")


# --- users and grants ---


def test_a_user_is_made_once_and_the_log_tells(sri: models.User, operator: Actor, at: datetime) -> None:
    assert sri.check_password("rahasia-sekali")
    before = ledger.count_entries(actor=operator)
    assert Intake.objects.filter(kind="access.user_created").count() == 1
    with pytest.raises(UserExists):
        services.create_user(actor=operator, at=at, username=" SRI ", display_name="Lain", password=None)
    assert ledger.count_entries(actor=operator) == before


def test_a_role_holds_from_its_first_day_to_the_day_before_its_end(
    sri: models.User, operator: Actor, at: datetime
) -> None:
    services.grant_role(
        actor=operator,
        at=at,
        username="sri",
        role="unit_clerk",
        unit_path="dinkes",
        start_on=date(2026, 11, 1),
        end_on=date(2026, 12, 1),
    )
    for on, held in [((10, 31), False), ((11, 1), True), ((11, 30), True), ((12, 1), False)]:
        assert (
            queries.actor_for(sri, date(2026, *on)).has_role_over("unit_clerk", "kota.dinkes.pkm_1") is held
        )


def test_an_anonymous_or_inactive_user_is_the_public(sri: models.User, operator: Actor, at: datetime) -> None:
    services.grant_role(actor=operator, at=at, username="sri", role="inspector", start_on=TODAY)
    assert queries.actor_for(sri, TODAY).has_role("inspector")
    sri.is_active = False
    for user in (sri, AnonymousUser()):
        actor = queries.actor_for(user, TODAY)
        assert (actor.user_id, actor.grants) == (None, (Grant("public"),))


def test_the_same_role_twice_is_told(sri: models.User, operator: Actor, at: datetime) -> None:
    services.grant_role(actor=operator, at=at, username="sri", role="inspector", start_on=TODAY)
    with pytest.raises(GrantOverlaps, match="Inspektorat"):
        services.grant_role(
            actor=operator, at=at, username="sri", role="inspector", start_on=date(2027, 1, 1)
        )


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"username": "tidak.ada"}, UserNotFound, "tidak.ada"),
        ({"role": "raja"}, NotAllowed, "'raja' tidak dikenal"),
        ({"role": "operator"}, NotAllowed, "'operator' tidak dikenal"),
        ({"unit_path": "dinas kesehatan"}, InvalidValue, "Jalur unit"),
        ({"end_on": TODAY}, InvalidValue, "sesudah tanggal mulainya"),
    ],
)
def test_a_grant_that_cannot_be_is_told_in_a_sentence(
    sri: models.User,
    operator: Actor,
    at: datetime,
    changes: dict[str, Any],
    error: type[Exception],
    words: str,
) -> None:
    wanted = {"username": "sri", "role": "unit_clerk", "start_on": TODAY, **changes}
    with pytest.raises(error, match=words):
        services.grant_role(actor=operator, at=at, **wanted)
    assert not models.Grant.objects.exists()


@pytest.mark.parametrize("role", ["employee", "superior"])
def test_what_follows_from_the_seat_is_not_given_by_hand(
    sri: models.User, operator: Actor, at: datetime, role: str
) -> None:
    with pytest.raises(NotAllowed, match="mengikuti data pegawai dan jabatan"):
        services.grant_role(actor=operator, at=at, username="sri", role=role, start_on=TODAY)


def test_a_grant_moves_along_with_its_unit() -> None:
    """It names the unit by its code: wherever the unit hangs in the tree, the grant covers it."""
    actor = acting_as("unit_clerk", "kota.dinkes.pkm_1")
    assert policies.may_over(actor, "people:read", "kota.disdik.pkm_1.ruang")
    assert not policies.may_over(actor, "people:read", "kota.dinkes")


def test_nobody_gives_a_role_to_himself(sri: models.User, at: datetime) -> None:
    actor = acting_as("system_operator", user_id=sri.pk)
    with pytest.raises(NotAllowed, match="diri sendiri"):
        services.grant_role(actor=actor, at=at, username="sri", role="inspector", start_on=TODAY)


@pytest.mark.parametrize("role", sorted(set(GRANTABLE) - {"system_operator"}))
def test_only_the_system_operator_gives_roles(sri: models.User, at: datetime, role: str) -> None:
    with pytest.raises(NotAllowed):
        services.grant_role(
            actor=acting_as(role, user_id=-1), at=at, username="sri", role="inspector", start_on=TODAY
        )


def test_an_operator_of_the_site_gives_no_role_alone(sri: models.User, at: datetime) -> None:
    actor = acting_as("system_operator", user_id=-1)
    with pytest.raises(NotAllowed, match="perlu dua operator"):
        services.grant_role(actor=actor, at=at, username="sri", role="inspector", start_on=TODAY)
    assert not models.Grant.objects.exists()


def test_the_seal_of_the_command_line_is_no_entry_of_two(
    sri: models.User, operator: Actor, at: datetime
) -> None:
    services.grant_role(actor=operator, at=at, username="sri", role="inspector", start_on=TODAY)
    assert models.Grant.objects.get().basis.kind == SealKind.OPENING


@pytest.mark.parametrize("reason", ["", "tes", "1234567890", "aaaaaaaaaaaa"])
def test_a_role_ends_for_a_reason_in_words(
    sri: models.User, operator: Actor, at: datetime, reason: str
) -> None:
    held = services.grant_role(
        actor=operator, at=at, username="sri", role="inspector", start_on=date(2026, 1, 1)
    )
    with pytest.raises(ReasonMissing, match="kata-kata"):
        services.end_grant(actor=operator, at=at, grant=held, end_on=TODAY, reason=reason)
    assert queries.actor_for(sri, TODAY).has_role("inspector")


def test_ending_a_role_keeps_the_old_row(sri: models.User, operator: Actor, at: datetime) -> None:
    old = services.grant_role(
        actor=operator, at=at, username="sri", role="inspector", start_on=date(2026, 1, 1)
    )
    services.end_grant(actor=operator, at=at, grant=old, end_on=TODAY, reason="Pindah tugas")
    assert not queries.actor_for(sri, TODAY).has_role("inspector")
    assert queries.actor_for(sri, date(2026, 11, 9)).has_role("inspector")
    rows = list(models.Grant.objects.order_by("id").values_list("supersedes_id", "superseded_at"))
    assert rows[0][1] is not None
    assert rows[1] == (models.Grant.objects.get(uid=old).pk, None)
    assert len(set(models.Grant.objects.values_list("basis_id", flat=True))) == 1, "on what gave it"
    (held,) = queries.list_grants(actor=operator, username="sri")
    assert (held.title, held.end_on) == ("Inspektorat", TODAY)
    with pytest.raises(GrantNotFound):
        services.end_grant(actor=operator, at=at, grant=old, end_on=TODAY, reason="Pindah lagi")


@pytest.mark.parametrize("start_on", [TODAY, date(2027, 1, 1)])
def test_a_role_given_by_mistake_is_taken_back_on_its_first_day_or_before(
    sri: models.User, operator: Actor, at: datetime, start_on: date
) -> None:
    old = services.grant_role(actor=operator, at=at, username="sri", role="inspector", start_on=start_on)
    assert services.end_grant(actor=operator, at=at, grant=old, end_on=TODAY, reason="Salah orang") is None
    for on in (TODAY, start_on, date(2028, 1, 1)):
        assert not queries.actor_for(sri, on).has_role("inspector")
    assert queries.list_grants(actor=operator, username="sri") == []
    (row,) = models.Grant.objects.all()
    assert row.superseded_at is not None, "what was given stays to be seen"
    told = Intake.objects.latest("id")
    assert told.kind == "access.role_rescinded"
    services.grant_role(actor=operator, at=at, username="sri", role="inspector", start_on=start_on)


def test_a_role_that_ends_by_itself_is_not_ended_later(
    sri: models.User, operator: Actor, at: datetime
) -> None:
    old = services.grant_role(
        actor=operator, at=at, username="sri", role="inspector", start_on=date(2026, 1, 1),
        end_on=date(2026, 12, 1),
    )  # fmt: skip
    for end_on in (date(2026, 12, 1), date(2027, 1, 1)):
        with pytest.raises(InvalidValue, match="berakhir sendiri pada 30 November 2026"):
            services.end_grant(actor=operator, at=at, grant=old, end_on=end_on, reason="Salah orang")
    services.end_grant(actor=operator, at=at, grant=old, end_on=TODAY, reason="Lebih awal")
    assert not queries.actor_for(sri, TODAY).has_role("inspector")


def test_two_who_end_the_same_role_at_once(committed_db: str, operator: Actor, at: datetime) -> None:
    services.create_user(actor=operator, at=at, username="sri", display_name="Sri", password=None)
    old = services.grant_role(
        actor=operator, at=at, username="sri", role="inspector", start_on=date(2026, 1, 1)
    )

    def end(_: int) -> str:
        try:
            services.end_grant(actor=operator, at=at, grant=old, end_on=TODAY, reason="Diakhiri bersamaan")
        except GrantNotFound:
            return "sudah"
        finally:
            connection.close()
        return "akhir"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(end, range(4))) == ["akhir", "sudah", "sudah", "sudah"]


def test_a_role_is_given_over_a_unit_that_stands(sri: models.User, operator: Actor, at: datetime) -> None:
    start = date(2027, 1, 1)
    organisation.create_unit(
        actor=Actor(2, None, "Uji", (Grant("personnel_officer"),), TODAY), at=at, code="dinkes", on=start,
        values={"name": "Dinas Kesehatan", "kind": "government"},
    )  # fmt: skip
    for unit, begins in (("dinkess", start), ("dinkes", TODAY)):
        with pytest.raises(InvalidValue, match=f"'{unit}' tidak ada"):
            services.grant_role(
                actor=operator, at=at, username="sri", role="unit_clerk", unit_path=unit, start_on=begins
            )
    services.grant_role(
        actor=operator, at=at, username="sri", role="unit_clerk", unit_path="kota.dinkes", start_on=start
    )


# --- the database has the last word ---


def test_a_grant_row_is_never_rewritten(
    committed_db: str, postgres: Any, operator: Actor, at: datetime
) -> None:
    services.create_user(actor=operator, at=at, username="sri", display_name="Sri", password=None)
    services.grant_role(actor=operator, at=at, username="sri", role="inspector", start_on=TODAY)
    for statement in (
        "UPDATE access_grant SET role = 'unit_clerk'",
        "UPDATE access_grant SET role = 'unit_clerk', superseded_at = now()",
        "DELETE FROM access_grant",
        "TRUNCATE access_grant CASCADE",
    ):
        with psycopg.connect(postgres.server.url("owner", committed_db)) as session:
            with pytest.raises(psycopg.errors.RestrictViolation):
                session.execute(statement)
            session.rollback()


@pytest.mark.django_db
def test_stamps_come_from_the_database_whatever_was_sent(
    sri: models.User, operator: Actor, at: datetime
) -> None:
    uid = services.grant_role(actor=operator, at=at, username="sri", role="inspector", start_on=TODAY)
    row = models.Grant.objects.get(uid=uid)
    long_ago = datetime.fromisoformat("2020-01-01T00:00:00+00:00")
    copy = models.Grant.objects.create(
        user=sri, role="unit_clerk", period=row.period, basis_id=row.basis_id, recorded_at=long_ago
    )
    copy.refresh_from_db()
    assert copy.recorded_at > long_ago
    models.Grant.objects.filter(pk=copy.pk).update(superseded_at=long_ago)
    copy.refresh_from_db()
    assert copy.superseded_at is not None
    assert copy.superseded_at >= copy.recorded_at


@pytest.mark.django_db
def test_overlapping_rows_are_refused_by_the_database(
    sri: models.User, operator: Actor, at: datetime
) -> None:
    uid = services.grant_role(actor=operator, at=at, username="sri", role="inspector", start_on=TODAY)
    row = models.Grant.objects.get(uid=uid)
    with pytest.raises(IntegrityError, match="grant_no_overlap"), transaction.atomic():
        models.Grant.objects.create(user=sri, role="inspector", period=row.period, basis_id=row.basis_id)


# --- who looked ---


@pytest.mark.django_db
def test_a_read_is_logged_with_everyone_shown(sri: models.User, operator: Actor, at: datetime) -> None:
    first, second = uuid4(), uuid4()
    services.log_read(actor=operator, at=at, path="pay.list_slips", subjects=[first, second, first])
    services.log_read(actor=operator, at=at, path="pay.list_slips", subjects=[])
    (row,) = models.ReadLog.objects.all()
    assert row.subject_ids == [first, second]
    (seen,) = queries.list_reads(actor=operator, subject=second)
    assert (seen.actor, seen.path, seen.at) == ("operator:uji", "pay.list_slips", row.recorded_at)
    with pytest.raises(NotAllowed):
        queries.list_reads(actor=acting_as("superior"), subject=second)


@pytest.mark.django_db
def test_the_read_log_cannot_be_changed(operator: Actor, at: datetime) -> None:
    services.log_read(actor=operator, at=at, path="x", subjects=[uuid4()])
    for statement in ("UPDATE access_read_log SET path = ''", "DELETE FROM access_read_log"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)

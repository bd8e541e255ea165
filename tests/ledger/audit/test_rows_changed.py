"""Protected rows that a superuser changed: each told with what it said before, by column."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from pamong.kernel.actor import Actor
from pamong.ledger import services
from pamong.ledger.audit.findings import FindingKind
from pamong.organisation.services import create_site
from tests.ledger.audit.conftest import Site, kinds, only

TABLE = "organisation_siterow"


def test_a_value_that_was_changed(site: Site) -> None:
    site.attack(f"UPDATE {TABLE} SET name = 'Istana, \"Baru\"' WHERE name = 'Balai Kota'")
    report = site.look()
    assert kinds(report) == {FindingKind.ROW_CHANGED}
    (found,) = report.findings
    assert (found.relation, found.before, found.now) == (
        TABLE, {"name": "Balai Kota"}, {"name": 'Istana, "Baru"'},
    )  # fmt: skip
    assert found.since is not None
    assert found.since.log == "decisions"
    assert site.one(f"SELECT i.kind FROM ledger_intake i JOIN ledger_leaf ON intake_id = i.id WHERE log_id = "
                    f"'decisions' AND seq = {found.since.seq}") == "ledger.rows"  # fmt: skip
    assert "dari 'Balai Kota' menjadi" in found.sentence


@pytest.mark.parametrize(
    "change",
    ["period = daterange('2020-01-01', upper(period))", "recorded_at = recorded_at - interval '1 year'"],
)
def test_a_date_that_was_moved(site: Site, change: str) -> None:
    site.attack(f"UPDATE {TABLE} SET {change} WHERE name = 'Balai Kota'")
    report = site.look()
    assert kinds(report) == {FindingKind.ROW_REDATED}
    (found,) = report.findings
    assert found.before.keys() == {change.split(maxsplit=1)[0]}
    assert found.before != found.now


def test_a_row_that_was_removed(site: Site) -> None:
    site.attack(f"DELETE FROM {TABLE} WHERE name = 'Balai Kota'")
    report = site.look()
    assert kinds(report) == {FindingKind.ROW_REMOVED}
    (found,) = report.findings
    assert found.before["name"] == "Balai Kota"
    assert not found.now


def test_a_row_that_was_slipped_in(site: Site) -> None:
    site.attack("INSERT INTO organisation_site (uid, code) VALUES (gen_random_uuid(), 'siluman')")
    report = site.look()
    assert kinds(report) == {FindingKind.ROW_ADDED}
    (found,) = report.findings
    assert (found.relation, found.now["code"], found.before) == ("organisation_site", "siluman", {})


def test_a_whole_table_that_was_emptied(site: Site) -> None:
    site.attack(f"TRUNCATE {TABLE}")
    assert len(only(site.look(), FindingKind.ROW_REMOVED)) == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE organisation_site SET code = 'lain' WHERE code = 'balai'",
        "DELETE FROM organisation_site WHERE code = 'baru'",
        "INSERT INTO organisation_site (uid, code) VALUES (gen_random_uuid(), 'siluman')",
    ],
)
@pytest.mark.parametrize("sealed", [True, False])
def test_what_was_written_beside_the_application_with_triggers_awake(
    site: Site, operator: Actor, at: datetime, statement: str, sealed: bool
) -> None:
    create_site(actor=operator, at=at, code="baru", name="Baru", zone="Asia/Jakarta", on=date(2026, 1, 1))
    site.attack("DELETE FROM organisation_siterow WHERE name = 'Baru'")  # or its key would hold the row
    site.seal()
    site.attack(statement, asleep=False)
    if sealed:
        site.seal()
    report = site.look()
    found = only(report, FindingKind.UNVOUCHED)
    assert [one.relation for one in found] == ["organisation_site"]
    assert kinds(report) <= {FindingKind.UNVOUCHED, FindingKind.ROLE, FindingKind.ROW_REMOVED}
    (role,) = only(report, FindingKind.ROLE)
    assert "'postgres'" in role.sentence
    if sealed and "code = 'lain'" in statement:
        assert (found[0].before["code"], found[0].now["code"]) == ("balai", "lain")


def test_the_applications_own_role_without_an_event_is_told_too(site: Site) -> None:
    with site.as_role("app") as session:
        session.execute("INSERT INTO organisation_site (uid, code) VALUES (gen_random_uuid(), 'siluman')")
    assert kinds(site.look()) == {FindingKind.UNVOUCHED}
    site.seal()
    report = site.look()
    assert kinds(report) == {FindingKind.UNVOUCHED}
    assert report.findings[0].now["code"] == "siluman"


def test_an_event_moved_to_another_transaction_vouches_for_nothing(site: Site) -> None:
    site.attack("UPDATE organisation_site SET code = 'lain' WHERE code = 'balai'", asleep=False)
    xid = site.one("SELECT max(xid) FROM ledger_row")
    site.attack(f"UPDATE ledger_intake SET xid = {xid} WHERE kind = 'example.noted'")
    site.seal()
    assert FindingKind.UNVOUCHED in kinds(site.look())


def test_what_the_application_supersedes_is_no_finding(site: Site, operator: Actor) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        basis = services.seal(actor=operator, kind=services.SealKind.OFFICE_ENTRY, ref=_uid())
        cursor.execute(
            f"UPDATE {TABLE} SET superseded_at = now(), superseded_basis_id = %s WHERE name = 'Balai Kota'",
            [basis],
        )
    assert site.look().findings == []
    site.seal()
    assert site.look().findings == []


def test_copies_of_rows_that_were_rewritten_removed_or_added(site: Site) -> None:
    change = "UPDATE ledger_row SET content = replace(content, 'Balai', 'Istana') WHERE relation = '{}'"
    site.attack(change.format(TABLE), f"UPDATE {TABLE} SET name = 'Istana Kota' WHERE name = 'Balai Kota'")
    assert kinds(site.look()) == {FindingKind.GROUP}
    site.attack(f"DELETE FROM ledger_row WHERE relation = '{TABLE}'")
    assert kinds(site.look()) == {FindingKind.GROUP, FindingKind.ROW_ADDED}


def test_a_copy_slipped_into_an_older_transaction(site: Site) -> None:
    site.attack(
        "INSERT INTO organisation_site (uid, code) VALUES (gen_random_uuid(), 'siluman')",
        "INSERT INTO ledger_row (relation, row_id, act, shape, content, by_role, xid) "
        "SELECT 'organisation_site', s.id::text, 'insert', 1, ROW(s.id, s.uid, s.code)::text, 'pamong_app', "
        "(SELECT min(xid) FROM ledger_rowgroup) FROM organisation_site s WHERE code = 'siluman'",
    )
    assert FindingKind.GROUP in kinds(site.look())


def _uid() -> UUID:
    return uuid4()

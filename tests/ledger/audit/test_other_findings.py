"""Marks, personal fields, locks, shapes, erasures, the law; and what could not be looked at."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.state import ProjectState

from pamong.config.binding import bound
from pamong.kernel.actor import Actor
from pamong.law.engine.files import law_files
from pamong.ledger import services
from pamong.ledger.audit import checks
from pamong.ledger.audit.findings import Finding, FindingKind
from pamong.ledger.audit.running import keep
from pamong.ledger.choices import ErasureGround
from pamong.ledger.events import Event
from tests.ledger.audit.conftest import Site, kinds
from tests.support.databases import django_at
from tests.support.sealing import Noted

SITE_ID = "SELECT id::text FROM organisation_site WHERE code = 'balai'"


@dataclass(frozen=True, slots=True)
class InForce(Event):
    """Which files are the law."""

    kind: ClassVar[str] = "law.in_force"
    log: ClassVar[str] = "rules"
    files: dict[str, str]

    def public(self) -> dict[str, Any]:
        return {"profile": "contoh", "fingerprint": "0", "files": self.files}

    def sentence(self) -> str:
        return "Aturan berlaku."


# --- Marks ---


def test_without_the_secret_the_audit_says_that_it_could_not_look(site: Site) -> None:
    report = site.look(secrets=())
    assert not report.findings
    assert not report.ok
    assert "PAMONG_LEDGER_SECRETS" in report.unseen[0]


def test_with_another_secret_nothing_is_the_applications(site: Site) -> None:
    assert kinds(site.look(secrets=("lain",))) >= {FindingKind.UNMARKED, FindingKind.UNVOUCHED}


def test_an_earlier_secret_still_counts(site: Site) -> None:
    assert site.look(secrets=("baru", *settings.PAMONG_LEDGER_SECRETS)).ok


def test_a_mark_of_another_entry(site: Site) -> None:
    first = "(SELECT min(id) FROM ledger_intake WHERE kind = 'example.noted')"
    site.attack(
        f"UPDATE ledger_intake SET mark = substring(mark FROM 1 FOR 16) || sha256(mark) WHERE id = {first}"
    )
    assert kinds(site.look()) == {FindingKind.UNMARKED}


# --- Personal fields ---


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_personal SET value = value || '\\x00'",
        "UPDATE ledger_personal SET salt = sha256(salt)",
        "DELETE FROM ledger_personal",
        "UPDATE ledger_personal SET field = 'lain'",
    ],
)
def test_what_opens_a_commitment(site: Site, statement: str) -> None:
    one = "intake_id = (SELECT min(intake_id) FROM ledger_personal)"
    site.attack(f"{statement} WHERE {one}")
    assert kinds(site.look()) == {FindingKind.PERSONAL}


@pytest.mark.parametrize("told", [True, False])
def test_keys_that_were_destroyed(site: Site, operator: Actor, told: bool) -> None:
    if told:
        ids = [site.one("SELECT min(intake_id) FROM ledger_personal")]
        ground = services.Ground(ErasureGround.RETENTION, "JRA 800.1")
        assert services.erase_entries(actor=operator, entry_ids=ids, ground=ground) == 1
        site.seal()
    else:
        site.attack("DELETE FROM ledger_personkey WHERE id = (SELECT min(id) FROM ledger_personkey)")
    assert kinds(site.look()) == (set() if told else {FindingKind.PERSONAL})


# --- Locks ---


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE organisation_siterow DISABLE TRIGGER organisation_siterow_dated",
        "ALTER TABLE organisation_site DISABLE TRIGGER ALL",
        "DROP TRIGGER organisation_site_bound_update ON organisation_site",
        "ALTER TABLE organisation_site ENABLE TRIGGER organisation_site_bound_update",
        "ALTER TABLE ledger_witnessanswer RENAME TO lain; CREATE VIEW ledger_witnessanswer AS "
        "SELECT * FROM lain; "
        "GRANT SELECT ON ledger_witnessanswer TO pamong_auditor",
        "CREATE OR REPLACE FUNCTION pamong_bind_organisation_site() RETURNS trigger LANGUAGE plpgsql AS "
        "'BEGIN RETURN NULL; END'",
    ],
)
def test_locks_that_were_opened(site: Site, statement: str) -> None:
    site.attack(statement, asleep=False)
    assert kinds(site.look()) == {FindingKind.GUARD}


def test_rows_hidden_from_the_auditor_are_not_overlooked(site: Site) -> None:
    site.attack(
        "ALTER TABLE organisation_site ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY sebagian ON organisation_site USING (code <> 'balai')",
        asleep=False,
    )
    guards = [one for one in site.look().findings if one.kind is FindingKind.GUARD]
    assert [(one.relation, one.row) for one in guards] == [("organisation_site", "organisation_site")]


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE organisation_site ADD COLUMN gift text",
        "ALTER TABLE organisation_site RENAME COLUMN code TO sandi",
        "ALTER TABLE organisation_site RENAME TO organisation_lain",
        "UPDATE ledger_shape SET columns = '[[\"id\", \"bigint\"]]' WHERE relation = 'organisation_site'",
        "DELETE FROM ledger_shape WHERE relation = 'organisation_site'",
    ],
)
def test_a_table_or_its_shape_that_was_changed(site: Site, statement: str) -> None:
    site.attack(statement, asleep=not statement.startswith("ALTER"))
    found = kinds(site.look())
    assert FindingKind.SHAPE in found
    assert found <= {FindingKind.SHAPE, FindingKind.GUARD}


# --- Migrations ---

NOTE_ADDED = (
    "ALTER TABLE organisation_site ADD COLUMN note text DEFAULT 'x'",
    "ALTER TABLE organisation_site ALTER note DROP DEFAULT",
)


def rebind(site: Site, *before: str) -> None:
    """A migration as the owner: statements, then the table bound anew."""
    with django_at(site.url("owner")), connection.schema_editor() as editor:
        for statement in before:
            editor.execute(statement)
        bound("organisation_site").database_forwards("organisation", editor, ProjectState(), ProjectState())


def test_a_migration_that_binds_anew_is_no_finding(site: Site) -> None:
    rebind(site, *NOTE_ADDED)
    assert site.look().findings == []
    site.seal()
    report = site.look()
    assert report.ok, report.findings
    assert report.counts["rows_by_migrations"] == 2


def test_a_change_before_a_migration_is_not_covered_by_it(site: Site) -> None:
    site.attack("UPDATE organisation_site SET code = 'lain' WHERE code = 'balai'")
    site.attack(
        "DELETE FROM organisation_siterow WHERE name = 'Dinas Kesehatan'",
        "DELETE FROM organisation_site WHERE code = 'dinkes'",
        "INSERT INTO organisation_site (uid, code) VALUES (gen_random_uuid(), 'siluman')",
    )
    rebind(site, *NOTE_ADDED)
    site.seal()
    found = {one.kind: one for one in site.look().findings if one.relation == "organisation_site"}
    assert found.keys() == {FindingKind.ROW_CHANGED, FindingKind.ROW_REMOVED, FindingKind.ROW_ADDED}
    assert found[FindingKind.ROW_CHANGED].before == {"code": "balai"}
    assert found[FindingKind.ROW_REMOVED].before["code"] == "dinkes"


def test_the_owner_beside_a_migration(site: Site) -> None:
    with site.as_role("owner") as session:
        session.execute("UPDATE organisation_site SET code = 'lain' WHERE code = 'balai'")
    site.seal()
    assert kinds(site.look()) == {FindingKind.ROLE, FindingKind.UNVOUCHED}


# --- Erasures ---


def test_what_was_erased_with_an_entry_is_no_finding(site: Site, operator: Actor) -> None:
    assert _erase(site, operator) == 1
    site.seal()
    report = site.look()
    assert report.ok, report.findings
    assert report.counts["rows_erased"] == 1


def test_what_was_erased_without_an_entry(site: Site) -> None:
    with site.as_role("superuser") as session:
        session.execute(f"SELECT pamong_erase_rows('organisation_site', ARRAY(({SITE_ID})))")
    assert kinds(site.look()) == {FindingKind.ERASED}


def test_more_erased_than_the_entry_says(site: Site, operator: Actor) -> None:
    _erase(site, operator)
    site.seal()
    xid = site.one("SELECT max(erased) FROM ledger_row")
    site.attack(
        "UPDATE ledger_row SET digest = pamong_row_digest(ledger_row), content = NULL, salt = NULL, "
        f"erased = {xid} WHERE relation = 'organisation_site' AND content LIKE '%dinkes%'"
    )
    assert kinds(site.look()) == {FindingKind.ERASED}


def _erase(site: Site, operator: Actor) -> int:
    return services.erase_rows(
        actor=operator, relation="organisation_site", row_ids=[site.one(SITE_ID)], ground="JRA 800.1"
    )


# --- The law ---


@pytest.fixture
def in_force(site: Site, operator: Actor, tmp_path: Path) -> str:
    """A law in force with a folder of the site's own."""
    overlay = tmp_path / "situs"
    overlay.mkdir()
    (overlay / "tambahan.yaml").write_text("lama: 1")
    for files in ({"tax.yaml": "old"}, law_files("contoh", str(overlay))):
        with transaction.atomic():
            services.record(actor=operator, event=InForce(dict(files)))
        site.seal()
    return str(overlay)


def test_the_law_in_force_as_it_was_is_no_finding(site: Site, in_force: str) -> None:
    report = site.look(overlay=in_force)
    assert report.ok, report.findings
    assert report.counts["law_files"] > 50


def test_files_of_the_law_that_were_changed_removed_or_added(site: Site, in_force: str) -> None:
    folder = Path(in_force)
    (folder / "tambahan.yaml").write_text("lama: 2")
    report = site.look(overlay=in_force)
    assert [(found.kind, found.row) for found in report.findings] == [
        (FindingKind.LAW, "situs/tambahan.yaml")
    ]
    assert report.findings[0].before != report.findings[0].now
    (folder / "tambahan.yaml").rename(folder / "baru.yaml")
    assert {found.row for found in site.look(overlay=in_force).findings} == {
        "situs/tambahan.yaml",
        "situs/baru.yaml",
    }


# --- Waiting, other checks, and what is kept ---


def test_what_waits_for_a_moment_is_counted_and_for_long_is_told(site: Site, operator: Actor) -> None:
    with transaction.atomic():
        services.record(actor=operator, event=Noted(60))
    report = site.look()
    assert report.ok
    assert report.counts["entries_waiting"] == 1
    site.attack("UPDATE ledger_intake SET at = at - interval '5 minutes' WHERE body LIKE '%\"number\":60%'")
    report = site.look()
    assert not report.findings
    assert "sequencer" in report.unseen[0]


@pytest.fixture
def other_check() -> Iterator[Finding]:
    found = Finding(FindingKind.SLIP, "pay_slip", "7", "Rincian 7 diubah.", {"net": "1"}, {"net": "2"})
    checks.register("uji", lambda session, means: [found])
    yield found
    del checks.CHECKS["uji"]


def test_a_check_of_another_package(site: Site, other_check: Finding) -> None:
    assert site.look().findings == [other_check]


def test_what_was_found_is_kept_for_pages(site: Site, other_check: Finding, at: Any) -> None:
    keep(site.url("auditor"), site.look(), at)
    with psycopg.connect(site.url("app")) as session:
        row = session.execute(
            "SELECT ok, counts, findings, ended_at > now() - interval '1 hour' FROM ledger_audit"
        ).fetchone()
    assert row is not None
    assert row[0] is False
    assert row[1]["findings"] == 1
    assert row[2] == json.loads(json.dumps([other_check.told()]))
    assert row[3]

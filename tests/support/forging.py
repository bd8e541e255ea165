"""What a database superuser who also holds the log's keys can do, as cleverly as can be.

He lacks the application's secret, the witnesses' keys, and what outsiders kept.
"""

# ruff: noqa: S608 - SQL of our own

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import Connection, sql

from pamong.ledger import binding
from pamong.ledger.binding import Shape
from pamong.ledger.tree.merkle import root_of
from tests.support.attacked import Site

STATES = {"A": "ENABLE ALWAYS", "O": "ENABLE", "R": "ENABLE REPLICA", "D": "DISABLE"}
LOG = (
    "ledger_intake", "ledger_leaf", "ledger_checkpoint", "ledger_cosignature", "ledger_row",
    "ledger_rowgroup",
)  # fmt: skip
# A rank by its id: two years earlier, and recorded two years earlier.
BACK = """
    UPDATE people_rank SET period = daterange(lower(period) - 730, upper(period)),
                           recorded_at = recorded_at - interval '2 years' WHERE id = %s"""

_TRIGGERS = """
    SELECT tgname, tgenabled::text FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal"""
_DIGEST = """
    SELECT encode(sha256(string_agg(sha256(r.salt || convert_to(concat_ws(E'\\n',
               r.relation, r.shape, r.act, r.row_id, r.content), 'UTF8')), ''::bytea ORDER BY r.id)), 'hex'),
           count(*)
    FROM ledger_row r WHERE r.xid = %s"""
_REGROUP = """
    UPDATE ledger_intake SET body = regexp_replace(regexp_replace(body, '"digest":"[0-9a-f]*"', %s),
                                                   '"rows":[0-9]+', %s)
    WHERE id = (SELECT intake_id FROM ledger_rowgroup WHERE xid = %s)"""
_GROUP = "SELECT l.seq FROM ledger_leaf l JOIN ledger_rowgroup g USING (intake_id) WHERE g.xid = %s"
_SHAPE = "SELECT shape, columns, key, which FROM ledger_shape WHERE relation = %s ORDER BY shape DESC LIMIT 1"
_HASHES = """
    UPDATE ledger_leaf l SET hash = sha256('\\x00' || convert_to(i.body, 'UTF8')) FROM ledger_intake i
    WHERE i.id = l.intake_id"""
_RENUMBER = """
    UPDATE ledger_leaf l SET seq = n.seq FROM (
        SELECT intake_id, row_number() OVER (PARTITION BY log_id ORDER BY seq) - 1 AS seq FROM ledger_leaf
    ) n WHERE n.intake_id = l.intake_id AND n.seq <> l.seq"""
_RANK = """
    SELECT max(r.id) FROM people_rank r JOIN people_person p ON p.id = r.person_id
    WHERE p.uid = '{}' AND r.superseded_at IS NULL"""


def rank_of(site: Site, key: str = "foreign") -> int:
    """The id of somebody's present rank."""
    return int(site.sql(_RANK.format(site.people.city.persons[key]))[0][0])


class Forger:
    """A session of the attacker: one transaction, with the triggers of some tables asleep."""

    def __init__(self, session: Connection[Any]) -> None:
        self.session = session

    def do(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Run a statement; its rows."""
        done = self.session.execute(statement, values or None)  # type: ignore[call-overload]
        return done.fetchall() if done.description else []

    def one(self, statement: str, *values: Any) -> Any:
        """The single value of a query."""
        ((value,),) = self.do(statement, *values)
        return value

    def xid(self) -> int:
        """The number of this transaction."""
        return int(self.one("SELECT pg_current_xact_id()::text::bigint"))

    def retell(self, relation: str, row: object, **stamps: object) -> int:
        """What was told of a row last says what it says now; the transaction that told it."""
        shape = self.shape(relation)
        for statement in binding.pin_sql():
            self.do(statement)
        told, xid = self.do(
            "SELECT id, xid FROM ledger_row WHERE relation = %s AND row_id = %s ORDER BY id DESC LIMIT 1",
            relation, str(row),
        )[0]  # fmt: skip
        content = self.one(
            f"SELECT {shape.content('r')} FROM {relation} r WHERE {shape.row_id('r')} = %s", str(row)
        )
        self.do("UPDATE ledger_row SET content = %s WHERE id = %s", content, told)
        return int(xid)

    def tell(self, relation: str, row: object, xid: int, act: str = "insert") -> None:
        """Tell a row as if it had been written in this transaction, by the application."""
        shape = self.shape(relation)
        for statement in binding.pin_sql():
            self.do(statement)
        self.do(
            "INSERT INTO ledger_row (relation, row_id, act, shape, content, by_role, xid) "
            f"SELECT %s, %s, %s, %s, {shape.content('r')}, 'pamong_app', %s FROM {relation} r "
            f"WHERE {shape.row_id('r')} = %s",
            relation, str(row), act, shape.number, xid, str(row),
        )  # fmt: skip

    def shape(self, relation: str) -> Shape:
        """How the rows of a table are told."""
        return binding.shape_of(relation, *self.do(_SHAPE, relation)[0])

    def regroup(self, xid: int) -> None:
        """The entry that vouches for a transaction's rows says what they say now."""
        digest, rows = self.do(_DIGEST, xid)[0]
        self.do(_REGROUP, f'"digest":"{digest}"', f'"rows":{rows}', xid)

    def group(self, xid: int) -> int:
        """The number of the entry that vouches for a transaction's rows."""
        return int(self.one(_GROUP, xid))

    def rehash(self) -> None:
        """Hashes and roots in the database are those of the entries as they stand now."""
        self.do(_HASHES)
        for name in ("decisions", "rules"):
            hashes = self.do("SELECT hash FROM ledger_leaf WHERE log_id = %s ORDER BY seq", name)
            root = root_of([bytes(hashed) for (hashed,) in hashes])
            self.do("UPDATE ledger_log SET size = %s, root = %s WHERE name = %s", len(hashes), root, name)

    def renumber(self) -> None:
        """Numbers have no gap."""
        self.do("ALTER TABLE ledger_leaf DROP CONSTRAINT ledger_leaf_pkey")
        self.do(_RENUMBER)
        self.do("ALTER TABLE ledger_leaf ADD PRIMARY KEY (log_id, seq)")


@contextmanager
def forging(site: Site, *tables: str) -> Iterator[Forger]:
    """Work unseen by the triggers of these tables, which stand afterwards as before."""
    with psycopg.connect(site.postgres.server.url("superuser", site.database)) as session:
        before = {table: session.execute(_TRIGGERS, [table]).fetchall() for table in tables}
        for table in tables:
            session.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER ALL").format(sql.Identifier(table)))
        yield Forger(session)
        session.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table, triggers in before.items():
            named = sql.Identifier(table)
            session.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER ALL").format(named))
            for name, state in triggers:
                how = sql.SQL(STATES[state])  # type: ignore[arg-type]
                session.execute(
                    sql.SQL("ALTER TABLE {} {} TRIGGER {}").format(named, how, sql.Identifier(name))
                )


def sign_anew(site: Site, logs: Sequence[str] = ("decisions", "rules")) -> None:
    """Forget what was published and signed, and sign the log as the database has it now."""
    with forging(site, *LOG) as forger:
        forger.do("DELETE FROM ledger_cosignature")
        forger.do("DELETE FROM ledger_checkpoint")
        forger.do("DELETE FROM ledger_witnessanswer")
        forger.rehash()
    for log in logs:
        site.places.memory(log).unlink(missing_ok=True)
        shutil.rmtree(site.places.folder(log))
    site.seal()

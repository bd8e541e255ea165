"""The roles, the database and the extensions, as a superuser makes them once. Migrations never do."""

from __future__ import annotations

from collections.abc import Mapping

import psycopg
from psycopg import sql

SUPERUSER = "postgres"
ROLES = ("owner", "app", "sequencer", "auditor")
LOGINS = {role: f"pamong_{role}" for role in ROLES} | {"superuser": SUPERUSER}
EXTENSIONS = ("btree_gist", "citext", "ltree", "pg_trgm", "unaccent")


def make(template_url: str, database_url: str, passwords: Mapping[str, str]) -> None:
    """Make or complete all of it; a second call changes nothing but the passwords.

    Extensions go into ``template1`` too, so that every database made later has them.
    """
    database = psycopg.conninfo.conninfo_to_dict(database_url)["dbname"]
    with psycopg.connect(template_url, autocommit=True) as connection:
        for role in ROLES:
            _make_role(connection, LOGINS[role], passwords[role])
        _make_extensions(connection)
    maintenance_url = psycopg.conninfo.make_conninfo(template_url, dbname="postgres")
    with psycopg.connect(maintenance_url, autocommit=True) as connection:
        _make_database(connection, str(database))
    with psycopg.connect(database_url, autocommit=True) as connection:
        _make_extensions(connection)


def script(database: str = "pamong") -> str:
    """The same as SQL for a DBA to run by psql on a PostgreSQL that is not ours; passwords are left open."""
    roles = [f"CREATE ROLE {LOGINS[role]} LOGIN PASSWORD '<isi>';" for role in ROLES]
    extensions = [f"CREATE EXTENSION IF NOT EXISTS {name};" for name in EXTENSIONS]
    owner, others = LOGINS["owner"], ", ".join(LOGINS[role] for role in ROLES[1:])
    rights = [f"REVOKE ALL ON DATABASE {database} FROM PUBLIC;"]
    rights += [f"GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {others};"]
    lines = [*roles, f"CREATE DATABASE {database} OWNER {owner} ENCODING 'UTF8' TEMPLATE template0;"]
    return "\n".join([*lines, *rights, f"\\connect {database}", *extensions]) + "\n"


def _make_role(connection: psycopg.Connection, name: str, password: str) -> None:
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    verb = sql.SQL("ALTER" if known else "CREATE")
    connection.execute(
        sql.SQL("{} ROLE {} LOGIN PASSWORD {}").format(verb, sql.Identifier(name), sql.Literal(password))
    )


def _make_extensions(connection: psycopg.Connection) -> None:
    for name in EXTENSIONS:
        connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)))


def _make_database(connection: psycopg.Connection, name: str) -> None:
    database, owner = sql.Identifier(name), sql.Identifier(LOGINS["owner"])
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, owner))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    for role in ROLES[1:]:
        grant = sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}")
        connection.execute(grant.format(database, sql.Identifier(LOGINS[role])))

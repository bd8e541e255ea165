"""The environment, the database address, and what every answer carries."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest
from django.test import Client

from pamong.access import clock
from pamong.config.database import database_settings
from pamong.config.env import read_env


def test_an_empty_environment_gives_safe_defaults() -> None:
    env = read_env({})
    assert (env.debug, env.https, env.demo, env.secret_key_is_own) == (False, False, False, False)
    assert len(env.secret_key) > 50
    assert "127.0.0.1" in env.allowed_hosts


def test_values_are_read() -> None:
    env = read_env(
        {
            "PAMONG_SECRET_KEY": "kunci",
            "PAMONG_HOSTS": "pamong.contoh.go.id, lain.go.id",
            "PAMONG_CLOCK_OFFSET": "-3600",
            "PAMONG_DEBUG": "ya",
        }
    )
    assert env.allowed_hosts == ("pamong.contoh.go.id", "lain.go.id")
    assert env.clock_offset == timedelta(hours=-1)
    assert (env.secret_key, env.secret_key_is_own, env.debug) == ("kunci", True, True)


@pytest.mark.parametrize(
    ("environ", "url"),
    [
        ({"DATABASE_URL": "a"}, "a"),
        ({"DATABASE_URL": "a", "PAMONG_OWNER_DATABASE_URL": "b"}, "a"),
        ({"DATABASE_URL": "a", "PAMONG_OWNER_DATABASE_URL": "b", "PAMONG_DB_ROLE": "owner"}, "b"),
        ({"DATABASE_URL": "a", "PAMONG_DB_ROLE": "owner"}, "a"),
    ],
)
def test_only_migrations_connect_as_the_owner(environ: dict[str, str], url: str) -> None:
    assert read_env(environ).database_url == url


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"PAMONG_DB_POOL": "banyak"}, "PAMONG_DB_POOL harus bilangan"),
        ({"PAMONG_DB_ROLE": "raja"}, "bukan 'raja'"),
    ],
)
def test_a_value_that_cannot_be_names_its_variable(environ: dict[str, str], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_env(environ)


def test_a_database_address_with_a_socket() -> None:
    found = database_settings(
        "postgresql://pamong_app:r%40hasia@/pamong?host=%2Frun%2Fp&application_name=x", 4
    )
    assert (found["NAME"], found["USER"], found["PASSWORD"], found["HOST"]) == (
        "pamong",
        "pamong_app",
        "r@hasia",
        "/run/p",
    )
    assert found["OPTIONS"] == {
        "application_name": "x",
        "options": "-c jit=off",
        "pool": {"min_size": 1, "max_size": 4, "timeout": 10},
    }


def test_a_database_address_with_host_and_port() -> None:
    found = database_settings("postgres://u:p@db.contoh:6432/nama")
    assert (found["HOST"], found["PORT"], found["NAME"], found["OPTIONS"]) == (
        "db.contoh",
        "6432",
        "nama",
        {"options": "-c jit=off"},
    )


def test_the_options_of_a_database_address_win() -> None:
    found = database_settings("postgres://u:p@db.contoh/nama?options=-c%20statement_timeout%3D5s")
    assert found["OPTIONS"] == {"options": "-c statement_timeout=5s"}


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(ValueError, match="alamat PostgreSQL"):
        database_settings("mysql://u:p@h/n")


def test_the_edge_clock_moves_by_the_offset(settings: object) -> None:
    before = clock.now()
    settings.PAMONG_CLOCK_OFFSET = timedelta(days=-2)  # type: ignore[attr-defined]
    assert before - clock.now() > timedelta(days=1, hours=23)
    assert before.tzinfo is UTC
    settings.PAMONG_ZONE = "Asia/Jayapura"  # type: ignore[attr-defined]
    assert clock.today() == (clock.now() + timedelta(hours=9)).date()


@pytest.mark.django_db
def test_every_answer_carries_the_security_headers(client: Client) -> None:
    headers = client.get("/api/v1/openapi.json").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in headers["Permissions-Policy"]


MAIL = {"PAMONG_MAIL_FROM": "pamong@uji.example", "PAMONG_SITE_URL": "https://pamong.uji.example/"}


def test_a_mail_server_is_told_by_its_address() -> None:
    env = read_env({"PAMONG_MAIL_URL": "smtp://pamong:r%40hasia@surel.uji.example:587/?tls=1", **MAIL})
    told = {name: env.mail[name] for name in ("host", "port", "username", "password", "use_tls", "use_ssl")}
    assert told == {
        "host": "surel.uji.example", "port": 587, "username": "pamong", "password": "r@hasia",
        "use_tls": True, "use_ssl": False,
    }  # fmt: skip
    assert (env.mail_from, env.site_url) == ("pamong@uji.example", "https://pamong.uji.example")
    wrapped = read_env({"PAMONG_MAIL_URL": "smtps://pamong:r@surel.uji.example", **MAIL}).mail
    assert (wrapped["port"], wrapped["use_ssl"], wrapped["use_tls"]) == (465, True, False)
    assert read_env({"PAMONG_MAIL_URL": "file:///srv/surel", **MAIL}).mail["file_path"] == "/srv/surel"
    assert read_env({}).mail == {}


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"PAMONG_MAIL_URL": "surel.uji.example", **MAIL}, "PAMONG_MAIL_URL harus diawali smtp://"),
        ({"PAMONG_MAIL_URL": "smtp://", **MAIL}, "PAMONG_MAIL_URL harus diawali smtp://"),
        ({"PAMONG_MAIL_URL": "file://", **MAIL}, "PAMONG_MAIL_URL harus diawali smtp://"),
        ({"PAMONG_MAIL_URL": "smtp://surel:99999", **MAIL}, "nomor portnya"),
        ({"PAMONG_MAIL_URL": "smtp://a:b@surel.uji.example", **MAIL}, "hanya dikirim lewat TLS"),
        ({"PAMONG_MAIL_URL": "smtp://surel", **MAIL, "PAMONG_MAIL_FROM": ""}, "PAMONG_MAIL_FROM harus"),
        ({"PAMONG_MAIL_URL": "smtp://surel", **MAIL, "PAMONG_SITE_URL": "pamong"}, "PAMONG_SITE_URL harus"),
    ],
)
def test_a_mail_server_that_cannot_be_is_told(environ: dict[str, str], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_env(environ)

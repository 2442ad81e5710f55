"""Settings from the environment: a good value works, a bad one is named in a sentence."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ImproperlyConfigured

from tablemates.env import channel_layer, data_dir, database, mail, mail_from, secret_key

if TYPE_CHECKING:
    from pathlib import Path

NAMES = (
    "DATABASE_URL",
    "DEFAULT_FROM_EMAIL",
    "EMAIL_URL",
    "REDIS_URL",
    "REDIS_PREFIX",
    "SECRET_KEY",
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TABLEMATES_HOME", str(tmp_path / "var"))
    return tmp_path / "var"


def test_data_folder_is_made(home: Path) -> None:
    assert data_dir() == home
    assert home.is_dir()


@pytest.mark.parametrize("given", [None, ""])
def test_without_a_database_address_it_is_the_file_in_the_data_folder(
    home: Path, monkeypatch: pytest.MonkeyPatch, given: str | None
) -> None:
    if given is not None:
        monkeypatch.setenv("DATABASE_URL", given)
    config = database()
    assert config["ENGINE"] == "tablemates.sqlite"
    assert config["NAME"] == str(home / "tablemates.sqlite3")
    assert config["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_database_address_of_postgresql_is_pooled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://ada:p%40ss@db.example.org:6543/tables")
    config = database()
    keys = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "CONN_MAX_AGE")
    assert [config[key] for key in keys] == [
        "django.db.backends.postgresql",
        "tables",
        "ada",
        "p@ss",
        "db.example.org",
        6543,
        0,
    ]
    assert set(config["OPTIONS"]) == {"pool", "prepare_threshold", "server_side_binding"}


def test_options_of_the_database_address_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://db.example.org/tables?sslmode=require")
    options = database()["OPTIONS"]
    assert options["sslmode"] == "require"
    assert {"pool", "prepare_threshold", "server_side_binding"} < set(options)


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "tables",
        "postgres//x",
        "http://example.org/x",
        "postgres://h:port/x",
        "mysql://h/x",
        "://",
    ],
)
def test_bad_database_address_is_named_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(ImproperlyConfigured) as problem:
        database()
    assert str(problem.value) == (
        "DATABASE_URL is not a database address. "
        "Use postgres://user:password@host:port/name, or leave it out."
    )


def test_secret_key_is_made_once_and_kept_for_its_owner_only(home: Path) -> None:
    key = secret_key()
    kept = home / "secret-key"
    assert len(key) == 64
    assert (kept.read_text(), secret_key()) == (key, key)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_secret_key_of_the_environment_wins_and_leaves_no_file(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "given")
    assert secret_key() == "given"
    assert not home.exists()


def test_secret_key_file_that_stayed_empty_is_filled(home: Path) -> None:
    home.mkdir()
    (home / "secret-key").touch(mode=0o600)
    assert len(secret_key()) == 64


def test_without_redis_the_channel_layer_is_in_the_process() -> None:
    assert channel_layer()["BACKEND"] == "channels.layers.InMemoryChannelLayer"


def test_with_redis_the_channel_layer_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:6379/3")
    assert channel_layer() == {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {
            "hosts": [
                {
                    "address": "redis://127.0.0.1:6379/3",
                    "max_connections": 8,
                    "socket_timeout": 1.0,
                    "socket_connect_timeout": 1.0,
                    "health_check_interval": 15,
                }
            ],
            "prefix": "tablemates",
        },
    }


@pytest.mark.parametrize("given", [None, ""])
def test_without_a_mail_server_mails_become_files(
    monkeypatch: pytest.MonkeyPatch, given: str | None
) -> None:
    if given is not None:
        monkeypatch.setenv("EMAIL_URL", given)
    assert mail() == {"EMAIL_BACKEND": "tablemates.mail.FolderBackend"}


@pytest.mark.parametrize(
    ("url", "settings"),
    [
        ("smtp://mail.example.org", ("mail.example.org", 25, None, None, False, False)),
        (
            "smtp+tls://ada:p%40ss@mail.example.org",
            ("mail.example.org", 587, "ada", "p@ss", True, False),
        ),
        ("smtp+ssl://mail.example.org:99", ("mail.example.org", 99, None, None, False, True)),
    ],
)
def test_mail_server_is_named_with_its_port_and_protection(
    monkeypatch: pytest.MonkeyPatch, url: str, settings: tuple[object, ...]
) -> None:
    monkeypatch.setenv("EMAIL_URL", url)
    config = mail()
    keys = ("EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD")
    flags = ("EMAIL_USE_TLS", "EMAIL_USE_SSL")
    given = [*(config[key] for key in keys), *(config.get(flag, False) for flag in flags)]
    assert tuple(given) == settings
    assert config["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"


def test_mails_can_be_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMAIL_URL", "consolemail://")
    assert mail()["EMAIL_BACKEND"] == "django.core.mail.backends.console.EmailBackend"


@pytest.mark.parametrize(
    "url", ["nonsense", "smtp://", "smtp://h:port", "http://h", "smtps://h", "://", "mail.example"]
)
def test_bad_mail_server_is_named_in_a_sentence(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("EMAIL_URL", url)
    with pytest.raises(ImproperlyConfigured) as problem:
        mail()
    assert str(problem.value) == (
        "EMAIL_URL is not the address of a mail server. Use smtp+tls://user:password@host:587, "
        "consolemail:// to print mails, or leave it out."
    )


def test_mails_come_from_the_host_unless_somebody_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert mail_from("tables.example.org") == "Tablemates <tablemates@tables.example.org>"
    monkeypatch.setenv("DEFAULT_FROM_EMAIL", "Ada <ada@example.org>")
    assert mail_from("tables.example.org") == "Ada <ada@example.org>"


@pytest.mark.parametrize("given", ["Ada", "Ada <ada>", "ada@example.org\nBcc: eve@example.org"])
def test_sender_without_an_address_is_named_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv("DEFAULT_FROM_EMAIL", given)
    with pytest.raises(ImproperlyConfigured, match="DEFAULT_FROM_EMAIL is no address"):
        mail_from("localhost")
